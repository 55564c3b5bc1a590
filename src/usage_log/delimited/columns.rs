//! The columns of a log of usage, and the names by which logs call them.

use crate::unit::Meter;
use crate::usage_log::row::COUNTED;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Column {
    /// When it was used: a day, or a time with or without its zone.
    Time,
    /// The model.
    Model,
    /// The route.
    Route,
    /// What it is booked on.
    Project,
    /// A tag of the user's own.
    Tag,
    /// How it ended: a word, or an HTTP status.
    Status,
    /// The size that was delivered; where a log has one size alone, that.
    Size,
    /// The size that was asked for.
    AskedSize,
    /// The quality that was delivered; where a log has one quality alone, that.
    Quality,
    /// The quality that was asked for.
    AskedQuality,
    /// How it was processed, or the tier at which it was served.
    Processing,
    /// Whether it was processed in a Batch.
    Batch,
    /// How many requests the row stands for.
    Requests,
    /// How many images were delivered.
    Images,
    /// How many of them were accepted, or whether they were.
    Accepted,
    /// A count of [`COUNTED`], by its place there.
    Count(usize),
    /// All input tokens, cached ones included.
    Input,
    /// All cached input tokens.
    CachedInput,
    /// All output tokens.
    Output,
    /// Input and output tokens together.
    Total,
    /// What the log says that it cost, in US dollars.
    Recorded,
    /// The id of the request.
    RequestId,
}

impl Column {
    /// How many there are.
    pub(super) const MANY: usize = 27;

    /// All of them.
    pub const ALL: [Column; Column::MANY] = [
        Column::Time,
        Column::Model,
        Column::Route,
        Column::Project,
        Column::Tag,
        Column::Status,
        Column::Size,
        Column::AskedSize,
        Column::Quality,
        Column::AskedQuality,
        Column::Processing,
        Column::Batch,
        Column::Requests,
        Column::Images,
        Column::Accepted,
        Column::Count(0),
        Column::Count(1),
        Column::Count(2),
        Column::Count(3),
        Column::Count(4),
        Column::Count(5),
        Column::Input,
        Column::CachedInput,
        Column::Output,
        Column::Total,
        Column::Recorded,
        Column::RequestId,
    ];

    /// The column of a count.
    pub fn of_meter(meter: Meter) -> Option<Column> {
        COUNTED.iter().position(|counted| *counted == meter).map(Column::Count)
    }

    /// The names of it, its own first.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Column::Time => {
                &["timestamp", "time", "date", "day", "created_at", "created", "start_time"]
            }
            Column::Model => &["model", "model_name", "model_id"],
            Column::Route => &["route"],
            Column::Project => {
                &["project", "project_name", "project_id", "cost_centre", "cost_center"]
            }
            Column::Tag => &["tag", "team"],
            Column::Status => &["status", "outcome", "status_code", "error_stage"],
            Column::Size => &["size", "delivered_size", "image_size"],
            Column::AskedSize => &["requested_size"],
            Column::Quality => &["quality", "delivered_quality", "image_quality"],
            Column::AskedQuality => &["requested_quality"],
            Column::Processing => &["processing", "service_tier", "tier"],
            Column::Batch => &["batch", "is_batch"],
            Column::Requests => &["requests", "num_model_requests", "num_requests"],
            Column::Images => &["images", "num_images", "image_count", "n"],
            Column::Accepted => &["accepted", "accepted_images", "images_accepted", "verdict"],
            Column::Count(0) => &["text_input_tokens", "input_text_tokens"],
            Column::Count(1) => &["cached_text_input_tokens", "input_cached_text_tokens"],
            Column::Count(2) => &["image_input_tokens", "input_image_tokens"],
            Column::Count(3) => &["cached_image_input_tokens", "input_cached_image_tokens"],
            Column::Count(4) => &["image_output_tokens", "output_image_tokens"],
            Column::Count(_) => &["text_output_tokens", "output_text_tokens"],
            Column::Input => &["input_tokens", "prompt_tokens"],
            Column::CachedInput => &["cached_tokens", "input_cached_tokens", "cached_input_tokens"],
            Column::Output => &["output_tokens", "completion_tokens"],
            Column::Total => &["total_tokens"],
            Column::Recorded => &["cost_usd", "cost", "recorded_cost", "spend", "response_cost"],
            Column::RequestId => &["request_id", "id", "call_id"],
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The column that a name is one of; capitals, and a blank or hyphen in the place of an underscore, are no matter.
    pub fn of_name(name: &str) -> Option<Column> {
        let name = name.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        Column::ALL.into_iter().find(|column| column.names().contains(&name.as_str()))
    }

    /// Its place in a list of all.
    pub(super) fn index(self) -> usize {
        match self {
            Column::Time => 0,
            Column::Model => 1,
            Column::Route => 2,
            Column::Project => 3,
            Column::Tag => 4,
            Column::Status => 5,
            Column::Size => 6,
            Column::AskedSize => 7,
            Column::Quality => 8,
            Column::AskedQuality => 9,
            Column::Processing => 10,
            Column::Batch => 11,
            Column::Requests => 12,
            Column::Images => 13,
            Column::Accepted => 14,
            Column::Count(at) => 15 + at,
            Column::Input => 21,
            Column::CachedInput => 22,
            Column::Output => 23,
            Column::Total => 24,
            Column::Recorded => 25,
            Column::RequestId => 26,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_name_is_of_one_column() {
        let all: Vec<_> = Column::ALL.iter().flat_map(|column| column.names()).collect();
        let once: BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), once.len());
        for (at, column) in Column::ALL.into_iter().enumerate() {
            assert_eq!(column.index(), at, "{column:?}");
            assert_eq!(Column::of_name(column.name()), Some(column));
        }
        assert_eq!(Column::of_name("Text Input Tokens"), Some(Column::Count(0)));
        assert_eq!(Column::of_meter(Meter::ImageOutput), Some(Column::Count(4)));
        assert_eq!(Column::of_meter(Meter::Images), None);
    }
}
