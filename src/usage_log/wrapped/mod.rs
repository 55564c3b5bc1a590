//! Objects of a log around a request, a reply or both → rows.
//!
//! ```text
//! object ─ keys (the names that logs have for the same) ─┬─ reply, or its usage ─ reply::of_object (the one reader) ─┐
//!                                                        ├─ asked (what the request says where the reply is silent) ─┴─► row
//!                                                        └─ litellm (its usage, its cache, its owners)
//! ```
//!
//! What a log says that a call cost is kept beside what is computed: gateways log nothing, or one price for all sizes. Keys
//! that are not read bill nothing by themselves; what may bill inside the reply is named by its own reader.

mod asked;
mod inner;
mod keys;
mod litellm;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::export::Source;
use super::moment::DayOf;
use super::reply::{self, Reply};
use super::row::{Found, Measured, Numbered, UsageRow};
use crate::json::{Object, Spot, What, Wrong, exact, problems};
use crate::note::Remark;
use crate::problem::Problem;
use crate::shape::{Form, Value, form, values};
use asked::Request;
use inner::Inner;
use keys::Accepted;

/// Whether an object is one of a log, and neither a request nor a reply by itself, nor a line of a Batch file.
pub(crate) fn is_wrapped(object: &Object) -> bool {
    let text = object.text("type", &mut Vec::new());
    let is_event = text.is_some_and(|kind| kind.starts_with("response."));
    let of_batch = ["response", "error", "body"].iter().any(|key| object.has(key));
    let is_whole = object.has("custom_id") && of_batch || object.has("providerMetadata");
    let has_part = || Inner::reply(object).is_some() || Inner::request(object).is_some();
    !is_event && !is_whole && (keys::are_of_a_log(object) || has_part())
}

/// The row of a reply that stands in a log by itself.
pub(crate) fn of_reply(reply: Reply) -> UsageRow {
    with_reply(UsageRow::of_request(), reply, None)
}

/// Reads a log in JSON, be it one object, a list, or objects on lines of their own: `take` gets each row, or what is wrong
/// with it.
///
/// # Errors
/// What is wrong with the text as a whole.
pub fn read(
    source: &Source,
    ignored_keys: &[String],
    take: &mut dyn FnMut(Numbered),
) -> Result<(), Box<Problem>> {
    let form = form(source.text).unwrap_or(Form::One);
    for Value { number, chunks, entries, spot } in values(source.file, source.text, form)? {
        let row = entries.map_err(|problem| vec![*problem]).and_then(|entries| {
            let object = Object::new(&entries, "");
            let row = match is_wrapped(&object) {
                true => row(&object, &spot, ignored_keys, source.day_of),
                false => reply::of_object(&object, &spot, ignored_keys)
                    .map(|reply| of_reply(reply.came_in(chunks))),
            };
            row.map_err(|wrong| problems(source.file, &spot, &wrong, || CORRECT.into()))
        });
        let found = row.map(|row| Found::Row(Box::new(row))).map_err(Into::into);
        take(Numbered { line: number as u64, found });
    }
    Ok(())
}

/// What is usual to do about a row that is rejected.
const CORRECT: &str = "correct it; the other rows are rated without it";

/// The row of an object of a log. `spot` is where it stands, and `ignored_keys` are keys of replies that bill nothing, as the
/// user says.
///
/// # Errors
/// Every value that is wrong or does not add up, or why there is nothing to rate.
pub(crate) fn row(
    object: &Object,
    spot: &Spot,
    ignored_keys: &[String],
    day_of: DayOf,
) -> Result<UsageRow, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let request = asked::request(object, &mut wrong);
    let log = keys::row(object, request.as_ref(), day_of, &mut wrong);
    let accepted = keys::accepted(object, &mut wrong);
    let read = match litellm::is_of_cache(object) {
        true => None,
        false => read_reply(object, spot, ignored_keys, &mut wrong),
    };
    let row = match read {
        Some(reply) => with_reply(log, reply, request.as_ref()),
        None if litellm::is_of_cache(object) => litellm::of_cache(log),
        // A call that ended well, or of which nothing is said, as far as it was asked for.
        None => UsageRow { images: request.as_ref().map(Request::images), ..log },
    };
    if wrong.is_empty()
        && row.images.is_none()
        && matches!(&row.measured, Measured::Counts(counts) if counts.are_silent())
    {
        wrong.push(object.wrong_whole(What::NothingToRate));
    }
    let row = with_accepted(row, accepted, object, &mut wrong);
    if wrong.is_empty() { Ok(row) } else { Err(wrong) }
}

/// The reply, be it one by itself, the usage of one, keys at the top, or that the call failed.
fn read_reply(
    object: &Object,
    spot: &Spot,
    ignored_keys: &[String],
    wrong: &mut Vec<Wrong>,
) -> Option<Reply> {
    let status = keys::status(object);
    let inner = match Inner::reply(object) {
        // What a log counts of a call that failed is its own count, and not that of a reply.
        None if !status.is_failure => litellm::usage(object, wrong).or_else(|| Inner::flat(object)),
        stored => stored,
    };
    let read = match inner {
        Some(inner) => inner.read(spot, ignored_keys),
        None if object.get("error").is_some() || status.is_failure => {
            let reply = reply::of_failure(object, status.code, wrong);
            Ok(Reply { unread: litellm::counted(object), ..reply })
        }
        None => return None,
    };
    read.map_err(|more| wrong.extend(more)).ok()
}

/// A row with what its reply says, and with what was asked for where that is silent.
fn with_reply(mut row: UsageRow, reply: Reply, request: Option<&Request>) -> UsageRow {
    row.labels.model = reply.model.as_deref().map(Box::from).or(row.labels.model);
    let asked = (row.labels.size.take(), row.labels.quality.take());
    (row.labels.size, row.asked.size) = delivered(reply.size.as_deref(), asked.0);
    (row.labels.quality, row.asked.quality) = delivered(reply.quality.as_deref(), asked.1);
    row.processing = reply.processed().or(row.processing);
    row.day = row.day.or(reply.created);
    row.recorded = row.recorded.or_else(|| own_cost(&reply));
    row.images = match &reply.images {
        Some(images) if !reply.leaves_out_images() => Some(images.len() as u64),
        _ if reply.not_delivered.is_empty() => request.map(Request::images),
        _ => None,
    };
    row.measured = Measured::Reply(Arc::new(reply));
    row
}

/// What was delivered, else what was asked for; and what was asked for where that is another.
fn delivered(made: Option<&str>, asked: Option<Box<str>>) -> (Option<Box<str>>, Option<Box<str>>) {
    match made {
        None => (asked, None),
        Some(made) => {
            let other = asked.filter(|asked| &**asked != made && &**asked != "auto");
            (Some(made.into()), other)
        }
    }
}

/// What a gateway says in its reply that it cost.
fn own_cost(reply: &Reply) -> Option<Decimal> {
    reply.remarks.iter().find_map(|remark| match remark {
        Remark::OwnCost { cost, .. } => exact(cost),
        _ => None,
    })
}

/// The row with how many of its images were accepted: no more than were delivered.
fn with_accepted(
    row: UsageRow,
    accepted: Option<Accepted>,
    object: &Object,
    wrong: &mut Vec<Wrong>,
) -> UsageRow {
    let accepted = accepted.map(|accepted| match accepted {
        Accepted::All(true) => row.images.unwrap_or(1),
        Accepted::All(false) => 0,
        Accepted::Count(count) => count,
    });
    if let (Some(part), Some(whole)) = (accepted, row.images)
        && part > whole
    {
        let what = What::MoreThanAll { part, of: "that was delivered", whole };
        wrong.push(object.wrong("accepted", what));
    }
    UsageRow { accepted, ..row }
}
