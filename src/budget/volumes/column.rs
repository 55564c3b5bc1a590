//! The columns that a spreadsheet of volumes may have, by their names.

use crate::budget::month::Month;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Workload,
    Step,
    PerAccepted,
    Route,
    Model,
    Size,
    Quality,
    N,
    Prompt,
    PromptTokens,
    InputImages,
    InputFidelity,
    PartialImages,
    Processing,
    OutputFormat,
    Resolution,
    TextOutputTokens,
    Acceptance,
    Attempts,
    FailureRate,
    BlockRate,
    TimeoutRate,
    MaximumAttempts,
    /// The images of each month, where no column is a month.
    Images,
    Growth,
    Seasonality,
    From,
    To,
    /// A tag of the workloads, such as `team`.
    Tag(String),
    /// The images of a month.
    Month(Month),
    /// A total of the months under this name, which is left out.
    Total(String),
    /// A column of this name that is not known, until it is left out or refused.
    Unknown(String),
    /// A column without a name, which must be empty.
    Unnamed,
    /// A column that was reported.
    Wrong,
}

/// Each with what it holds.
const NAMED: [(&str, Column, &str); 28] = [
    (
        "workload",
        Column::Workload,
        "the name of what is made, which no other row has but its other steps",
    ),
    (
        "route",
        Column::Route,
        "the route, or a unique ending of its id; the model maker's own where it is empty",
    ),
    ("model", Column::Model, "id or alias of the model"),
    ("size", Column::Size, "WIDTHxHEIGHT or auto"),
    ("quality", Column::Quality, "quality label or auto"),
    ("n", Column::N, "images that one request asks for"),
    ("prompt", Column::Prompt, "text of the prompt, to be counted"),
    (
        "prompt_tokens",
        Column::PromptTokens,
        "the tokenizer's count of the prompt, instead of its text",
    ),
    (
        "input_images",
        Column::InputImages,
        "reference images by their sizes, or unknown: 1024x1024 unknown",
    ),
    ("input_fidelity", Column::InputFidelity, "how closely reference images are read: low or high"),
    ("partial_images", Column::PartialImages, "preview images to stream, per image"),
    ("processing", Column::Processing, "standard, batch, flex or priority"),
    ("output_format", Column::OutputFormat, "format of the output"),
    (
        "resolution",
        Column::Resolution,
        "resolution class to ask for, on routes that price by class",
    ),
    (
        "text_output_tokens",
        Column::TextOutputTokens,
        "text tokens that the model writes for an image",
    ),
    ("acceptance", Column::Acceptance, "share of delivered images that is accepted: 70%"),
    (
        "attempts",
        Column::Attempts,
        "attempts for each accepted image, failed ones included, instead of acceptance: 1.4",
    ),
    ("failure_rate", Column::FailureRate, "share of attempts in which the service fails"),
    ("block_rate", Column::BlockRate, "share of attempts that moderation blocks"),
    ("timeout_rate", Column::TimeoutRate, "share of attempts that are not answered in time"),
    ("maximum_attempts", Column::MaximumAttempts, "after how many attempts an image is given up"),
    (
        "step",
        Column::Step,
        "of a workload in several steps: 1, 2, … in a row each; the last makes the image that is accepted",
    ),
    (
        "per_accepted",
        Column::PerAccepted,
        "how many images of this step go into one that is accepted",
    ),
    ("images", Column::Images, "images wanted each month, where no column is a month"),
    ("seasonality", Column::Seasonality, "factors of calendar months beside growth: 11=2.2 7=0.7"),
    ("growth", Column::Growth, "by how much each month is larger than the one before: 3%"),
    ("from", Column::From, "the first month of the row, with images"),
    ("to", Column::To, "its last month, inclusive"),
];

/// Columns that are tags by their names alone.
const TAGS: [&str; 6] = ["team", "product", "project", "cost_centre", "cost_center", "department"];

impl Column {
    /// The name in the header.
    pub(super) fn name(&self) -> String {
        match self {
            Column::Tag(key) => format!("tag:{key}"),
            Column::Month(month) => month.to_string(),
            Column::Total(name) | Column::Unknown(name) => name.clone(),
            column => {
                let named = NAMED.iter().find(|(_, known, _)| known == column);
                named.map_or_else(String::new, |(name, ..)| (*name).to_owned())
            }
        }
    }

    /// The month, if it holds one.
    pub(super) fn month(&self) -> Option<Month> {
        match self {
            Column::Month(month) => Some(*month),
            _ => None,
        }
    }

    /// Whether it says what is asked for.
    pub(super) fn is_of_request(&self) -> bool {
        use Column::{
            InputFidelity, InputImages, Model, N, OutputFormat, PartialImages, Processing, Prompt,
            PromptTokens, Quality, Resolution, Route, Size, TextOutputTokens,
        };
        matches!(
            self,
            Model
                | Size
                | Quality
                | PromptTokens
                | Route
                | Prompt
                | N
                | InputImages
                | InputFidelity
                | PartialImages
                | Processing
                | OutputFormat
                | Resolution
                | TextOutputTokens
        )
    }

    /// Whether it says how attempts turn out.
    pub(super) fn is_rate(&self) -> bool {
        use Column::{Acceptance, Attempts, BlockRate, FailureRate, MaximumAttempts, TimeoutRate};
        matches!(
            self,
            Acceptance | Attempts | FailureRate | BlockRate | TimeoutRate | MaximumAttempts
        )
    }

    /// Whether its cells are numbers, which may be written in several ways.
    pub(super) fn is_number(&self) -> bool {
        use Column::{
            Growth, Images, N, PartialImages, PerAccepted, PromptTokens, Step, TextOutputTokens,
        };
        self.is_rate()
            || self.month().is_some()
            || matches!(
                self,
                Growth
                    | Images
                    | N
                    | PartialImages
                    | PerAccepted
                    | PromptTokens
                    | Step
                    | TextOutputTokens
            )
    }
}

/// The column that a name is of, in capitals or small letters, with blanks or hyphens between its words; no month.
pub(super) fn named(name: &str) -> Option<Column> {
    let name = name.trim();
    let key =
        name.get(..4).filter(|start| start.eq_ignore_ascii_case("tag:")).map(|_| name[4..].trim());
    if let Some(key) = key.filter(|key| !key.is_empty() && !key.contains(':')) {
        return Some(Column::Tag(key.to_owned()));
    }
    // No known name is longer; what is longer may be the text of a whole file behind an open quote.
    if name.len() > 40 {
        return None;
    }
    let plain = name.to_lowercase().replace([' ', '-'], "_");
    if TAGS.contains(&&*plain) {
        return Some(Column::Tag(plain));
    }
    NAMED.iter().find(|(known, ..)| *known == plain).map(|(_, column, _)| column.clone())
}

/// A known name that an unknown one is but for a letter or two, or that it begins with.
pub(super) fn close_to(name: &str) -> Option<&'static str> {
    if name.len() > 40 {
        return None;
    }
    let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
    let is_close = |known: &&str| {
        let most = match known.len() {
            0..3 => 0,
            3..5 => 1,
            _ => 2,
        };
        strsim::damerau_levenshtein(&plain, known) <= most
            || known.len() > 4 && plain.starts_with(known)
    };
    NAMED.iter().map(|(known, ..)| *known).chain(TAGS).find(is_close)
}

/// The columns that a spreadsheet may have, each with what it holds.
pub fn columns() -> Vec<(String, &'static str)> {
    let named = NAMED.iter().map(|(name, _, holds)| ((*name).to_owned(), *holds));
    let tags = (TAGS[..4].join(", "), "who the row is for; a tag, as is a column tag:NAME");
    let months =
        ("2027-01, …".to_owned(), "the images wanted in that month; a date, 2027-01 or Jan 2027");
    named.chain([tags, months]).collect()
}

/// The names of all columns but months and tags, for messages.
pub(super) fn known() -> String {
    let names = NAMED.map(|(name, ..)| name).join(", ");
    format!("{names}, {}, tag:NAME, and months such as 2027-01", TAGS[..4].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_it_is_written() {
        assert_eq!(named(" Prompt Tokens "), Some(Column::PromptTokens));
        assert_eq!(named("Team"), Some(Column::Tag("team".into())));
        assert_eq!(named("TAG: Region"), Some(Column::Tag("Region".into())));
        assert_eq!(named("notes"), None);
    }

    #[test]
    fn what_is_close_to_a_name_may_be_a_slip() {
        assert_eq!(close_to("qualtiy"), Some("quality"));
        assert_eq!(close_to("acceptance rate"), Some("acceptance"));
        assert_eq!(close_to("modl"), Some("model"));
        for other in
            ["notes", "id", "owner", "comment", "priority", "type", "date", "status", "region"]
        {
            assert_eq!(close_to(other), None, "{other}");
        }
    }
}
