//! Images and requests of an OpenAI organization by day and size: pages of `usage/images`.
//!
//! It counts neither tokens nor qualities, so that a row has its images alone. What reads images, as edits and variations do,
//! is billed for them, and they are not counted: where `source` does not say that images were made of text alone, it is named
//! as what may bill.

use std::sync::Arc;

use super::openai_completions::{check_end, day_of_bucket, is_of_kind};
use super::record::Record;
use crate::reason;
use crate::unread::{LeaveOut, Unread};
use crate::usage_log::reply::{Reply, Stated};
use crate::usage_log::row::{Counts, Labels, Measured, UsageRow};

/// What the API calls a record of this kind.
const KIND: &str = "organization.usage.images";

/// The source that reads no images.
const OF_TEXT: &str = "image.generation";

/// A record of images.
pub(super) fn row(record: &mut Record) -> Option<UsageRow> {
    if !is_of_kind(record, KIND) {
        return None;
    }
    let day = record.day("start_time", day_of_bucket);
    check_end(record);
    let requests = record.needed_count("num_model_requests");
    let images = record.needed_count("images");
    let measured = measured(record);
    let labels = Labels {
        model: record.word("model"),
        project: record.word("project_id"),
        size: record.word("size"),
        ..Labels::default()
    };
    Some(UsageRow { day, labels, requests: requests?, images, measured, ..UsageRow::of_request() })
}

/// No tokens, with what else may bill.
fn measured(record: &mut Record) -> Measured {
    let mut unread = record.unread(&[]);
    let source = record.text("source");
    if source.as_deref() != Some(OF_TEXT) {
        let value = source.map_or_else(|| "not told".to_owned(), |source| source.into_owned());
        let (key, path) = ("source".to_owned(), "source".to_owned());
        let (left_out_by, known) = (LeaveOut::Flag, String::new());
        unread.push(Unread { key, path, value, count: 1, left_out_by, known });
    }
    match unread.is_empty() {
        true => Measured::Counts(Counts::default()),
        false => {
            let tokens = Stated::Missing(reason::Reply::ImagesCounted);
            Measured::Reply(Arc::new(Reply { unread, ..Reply::of_tokens(tokens) }))
        }
    }
}
