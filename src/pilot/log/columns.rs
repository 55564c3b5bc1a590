//! The columns of a log.

use std::borrow::Cow;

use crate::unit::Meter;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// When it was sent, UTC.
    Timestamp,
    /// The caller's own id of the request.
    RequestId,
    /// The sample that it is.
    Sample,
    /// The prompt, or a hash of it.
    Prompt,
    /// The tokenizer's count of the prompt.
    PromptTokens,
    /// The route.
    Route,
    /// The model.
    Model,
    /// The size asked for.
    RequestedSize,
    /// The size that came back.
    DeliveredSize,
    /// The quality asked for.
    Quality,
    /// How it was processed: at once, or by Batch.
    Processing,
    /// A count of the reply.
    Count(Meter),
    /// Where the image was kept.
    OutputFile,
    /// Which attempt at the request it is.
    Attempt,
    /// Where it ended without an image.
    ErrorStage,
    /// Seconds until the answer.
    Latency,
    /// What was charged.
    Cost,
    /// What the reviewer said.
    Verdict,
    /// What was learned of the rights in it.
    RightsNote,
}

impl Field {
    /// Every column, in the order of the template.
    pub const ALL: [Field; 28] = [
        Field::Timestamp,
        Field::RequestId,
        Field::Sample,
        Field::Prompt,
        Field::PromptTokens,
        Field::Route,
        Field::Model,
        Field::RequestedSize,
        Field::DeliveredSize,
        Field::Quality,
        Field::Processing,
        Field::Count(Meter::InputImages),
        Field::Count(Meter::TextInput),
        Field::Count(Meter::CachedTextInput),
        Field::Count(Meter::ImageInput),
        Field::Count(Meter::CachedImageInput),
        Field::Count(Meter::ImageOutput),
        Field::Count(Meter::TextOutput),
        Field::Count(Meter::Images),
        Field::Count(Meter::Calls),
        Field::Count(Meter::Pixels),
        Field::OutputFile,
        Field::Attempt,
        Field::ErrorStage,
        Field::Latency,
        Field::Cost,
        Field::Verdict,
        Field::RightsNote,
    ];

    /// The name in the file.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Field::Timestamp => "timestamp",
            Field::RequestId => "request_id",
            Field::Sample => "sample",
            Field::Prompt => "prompt",
            Field::PromptTokens => "prompt_tokens",
            Field::Route => "route",
            Field::Model => "model",
            Field::RequestedSize => "requested_size",
            Field::DeliveredSize => "delivered_size",
            Field::Quality => "quality",
            Field::Processing => "processing",
            Field::Count(meter) if meter.is_tokens() => {
                return Cow::Owned(format!("{}_tokens", meter.as_str()));
            }
            Field::Count(meter) => meter.as_str(),
            Field::OutputFile => "output_file",
            Field::Attempt => "attempt",
            Field::ErrorStage => "error_stage",
            Field::Latency => "latency_seconds",
            Field::Cost => "cost_usd",
            Field::Verdict => "verdict",
            Field::RightsNote => "rights_note",
        })
    }

    /// Whether a file may do without it: no figure is made of it, or what holds without it is said.
    pub fn is_optional(self) -> bool {
        matches!(
            self,
            Field::Sample
                | Field::Prompt
                | Field::PromptTokens
                | Field::Processing
                | Field::OutputFile
                | Field::Attempt
                | Field::RightsNote
        )
    }

    /// Whether it is filled in only once the attempt was made.
    pub fn is_of_the_run(self) -> bool {
        matches!(
            self,
            Field::Timestamp
                | Field::DeliveredSize
                | Field::OutputFile
                | Field::ErrorStage
                | Field::Latency
                | Field::Cost
                | Field::Verdict
        ) || matches!(self, Field::Count(meter) if meter != Meter::InputImages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_meter_has_a_column() {
        let names: BTreeSet<_> = Field::ALL.iter().map(|field| field.name()).collect();
        assert_eq!(names.len(), Field::ALL.len());
        assert!(Meter::ALL.iter().all(|meter| Field::ALL.contains(&Field::Count(*meter))));
    }
}
