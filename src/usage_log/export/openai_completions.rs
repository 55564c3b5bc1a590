//! Tokens of an OpenAI organization by day: pages of `usage/completions`, or the CSV of its dashboard, which has the same
//! names.
//!
//! A record sums up the requests of a day that are alike in what the export was grouped by. The same day, project and model
//! may stand there twice: each is usage of its own. `user_id` and `api_key_id` are not kept.

use super::processing::processing;
use super::record::Record;
use super::tokens;
use crate::problem::ProblemCode;
use crate::usage_log::moment::{Moment, utc_day};
use crate::usage_log::row::{Labels, UsageRow};

/// What the API calls a record of this kind.
const KIND: &str = "organization.usage.completions";

/// A record of tokens.
pub(super) fn row(record: &mut Record) -> Option<UsageRow> {
    if !is_of_kind(record, KIND) {
        return None;
    }
    let day = record.day("start_time", day_of_bucket);
    check_end(record);
    let processing = processing(record);
    let requests = record.needed_count("num_model_requests");
    let measured = tokens::of_openai(record);
    let labels = Labels {
        model: record.word("model"),
        project: record.word("project_id"),
        ..Labels::default()
    };
    let (requests, measured) = (requests?, measured?);
    Some(UsageRow { day, labels, processing, requests, measured, ..UsageRow::of_request() })
}

/// A bucket is a day in UTC, whatever the time zone of whoever reads.
pub(super) fn day_of_bucket(seconds: &str) -> Option<Moment> {
    Moment::of_seconds(seconds).map(|start| Moment::Day(start.day(&utc_day)))
}

/// Whether a record is of this kind; rows of a spreadsheet do not say it.
pub(super) fn is_of_kind(record: &mut Record, kind: &str) -> bool {
    let other = record.text("object").filter(|it| !it.starts_with(kind));
    if let Some(other) = &other {
        let what = format!("is `{other}`: usage of another kind than `{kind}`");
        record.report(ProblemCode::UnknownWord, "object", &what, "give it as a file of its own");
    }
    other.is_none()
}

/// A record is of one day, whose prices hold: the first second after it is the last that its bucket can end with.
pub(super) fn check_end(record: &mut Record) {
    let mut day = |name| match record.text(name).as_deref().map(Moment::of_seconds) {
        Some(Some(Moment::At(time))) => Some(time),
        _ => None,
    };
    let Some((start, end)) = day("start_time").zip(day("end_time")) else { return };
    let last = end - chrono::TimeDelta::nanoseconds(1);
    if last.date() > start.date() {
        let what = format!(
            "its time goes from {} to {}, and prices are those of a day",
            start.date(),
            last.date()
        );
        let help = "export it by the day";
        record.report(ProblemCode::BadValue, "end_time", &what, help);
    }
}
