//! The names that logs have for the same thing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::asked::Request;
use super::litellm;
use crate::catalog::conditions::Processing;
use crate::errors::NotAValue;
use crate::json::{Json, Object, What, Wrong, exact};
use crate::usage_log::moment::{DayOf, Moment};
use crate::usage_log::row::{Labels, UsageRow};

/// When a call was.
const TIME: [&str; 9] = [
    "timestamp",
    "time",
    "ts",
    "start_time",
    "startTime",
    "created_at",
    "date",
    "end_time",
    "endTime",
];
/// Whom it is booked on.
const PROJECT: [&str; 8] =
    ["project", "project_id", "team", "team_id", "cost_center", "user", "user_id", "end_user"];
/// Tags of the user's own.
const TAG: [&str; 3] = ["tag", "tags", "request_tags"];
/// What the log says that it cost.
const COST: [&str; 5] = ["cost", "cost_usd", "response_cost", "spend", "total_cost"];
/// How it ended.
const STATUS: [&str; 3] = ["status", "status_code", "http_status"];
/// The id of the call.
const ID: [&str; 3] = ["request_id", "custom_id", "id"];
/// Keys that no reply has at its top: whatever else an object has, it is of a log.
const OF_A_LOG: [&str; 16] = [
    "timestamp",
    "ts",
    "start_time",
    "startTime",
    "project",
    "project_id",
    "team",
    "team_id",
    "accepted",
    "cost_usd",
    "response_cost",
    "spend",
    "request_tags",
    "status_code",
    "call_type",
    "request_id",
];

/// Whether a key is one of the log, and none of a reply that stands beside it.
pub(super) fn is_of_the_log(key: &str) -> bool {
    let lists: [&[&str]; 6] = [&TIME, &PROJECT, &TAG, &COST, &ID, &OF_A_LOG];
    let is_reply_too = key == "created_at" || key == "id";
    !is_reply_too && (lists.iter().any(|list| list.contains(&key)) || key == "accepted")
}

/// Words by which a log says that a call failed.
const FAILURES: [&str; 10] = [
    "failure",
    "failed",
    "error",
    "errored",
    "timeout",
    "timed_out",
    "cancelled",
    "canceled",
    "blocked",
    "rejected",
];

/// Whether an object has a key that only logs have.
pub(super) fn are_of_a_log(object: &Object) -> bool {
    OF_A_LOG.iter().any(|key| object.has(key))
}

/// How a call ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Status {
    pub code: Option<u64>,
    pub is_failure: bool,
}

/// How a call ended, by all of its keys.
pub(super) fn status(object: &Object) -> Status {
    let mut status = Status::default();
    for key in STATUS {
        let Some(text) = object.get(key).and_then(word) else { continue };
        status.is_failure |= FAILURES.iter().any(|word| word.eq_ignore_ascii_case(&text));
        let code = text.parse::<u64>().ok().filter(|code| (100..=599).contains(code));
        status.is_failure |= code.is_some_and(|code| code >= 400);
        status.code = status.code.or(code);
    }
    status
}

/// How many of the images were accepted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Accepted {
    All(bool),
    Count(u64),
}

/// A row as far as the log and the request say it.
pub(super) fn row(
    object: &Object,
    request: Option<&Request>,
    day_of: DayOf,
    wrong: &mut Vec<Wrong>,
) -> UsageRow {
    let first = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| object.get(key).and_then(word));
        found.map(Box::<str>::from)
    };
    let asked = request.cloned().unwrap_or_default();
    let labels = Labels {
        model: asked.model.or_else(|| first(&["model", "model_name", "model_group"])),
        route: first(&["route"]).or_else(|| litellm::route(object)),
        project: first(&PROJECT),
        tag: first(&TAG),
        status: first(&STATUS),
        size: asked.size,
        quality: asked.quality,
    };
    UsageRow {
        day: day(object, day_of, wrong),
        labels,
        processing: processing(object, wrong).or(asked.processing),
        recorded: cost(object, wrong),
        request_id: first(&ID),
        ..UsageRow::of_request()
    }
}

/// A word, number or list of words as one text; `None` of what is neither, and of an empty one.
fn word(value: &Json) -> Option<String> {
    let text = match value {
        Json::Text(text) => text.trim().to_owned(),
        Json::Whole(count) => count.to_string(),
        Json::OtherNumber(number) => number.to_string(),
        Json::List(items) => items.iter().filter_map(word).collect::<Vec<_>>().join(","),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn day(object: &Object, day_of: DayOf, wrong: &mut Vec<Wrong>) -> Option<NaiveDate> {
    let (key, value) = TIME.iter().find_map(|key| Some((*key, object.get(key)?)))?;
    let moment = match value {
        Json::Text(text) => Moment::of_text(text.trim()).or_else(|| Moment::of_number(text)),
        number => word(number).and_then(|number| Moment::of_number(&number)),
    };
    if moment.is_none() {
        wrong.push(object.wrong(key, What::NotATime));
    }
    moment.map(|moment| moment.day(day_of))
}

/// What it cost. A log that has several costs has the same one: the first is taken.
fn cost(object: &Object, wrong: &mut Vec<Wrong>) -> Option<Decimal> {
    let (key, value) = COST.iter().find_map(|key| Some((*key, object.get(key)?)))?;
    let cost = match value {
        Json::Text(text) => exact(text.trim()),
        number => word(number).and_then(|number| exact(&number)),
    };
    if cost.is_none() {
        wrong.push(object.wrong(key, What::NotAValue(NotAValue::from("no amount"))));
    }
    cost
}

/// How many of the images were accepted, where the log says it.
pub(super) fn accepted(object: &Object, wrong: &mut Vec<Wrong>) -> Option<Accepted> {
    match object.get("accepted")? {
        Json::Bool(all) => Some(Accepted::All(*all)),
        Json::Text(text) if text.eq_ignore_ascii_case("true") => Some(Accepted::All(true)),
        Json::Text(text) if text.eq_ignore_ascii_case("false") => Some(Accepted::All(false)),
        _ => object.count("accepted", wrong).map(Accepted::Count),
    }
}

fn processing(object: &Object, wrong: &mut Vec<Wrong>) -> Option<Processing> {
    let text = object.text("processing", wrong)?;
    let found = Processing::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(&text));
    if found.is_none() {
        wrong.push(object.wrong("processing", What::UnknownTier(text)));
    }
    found
}
