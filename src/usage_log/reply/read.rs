//! A reply in any of its shapes → what it says, and what is no reply → why not.

use super::reading::Reading;
use super::{Reply, failure};
use crate::catalog::price::Processing;
use crate::errors::Errors;
use crate::json::{Json, Object};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{self, Form, Kind, Other};

/// Reads the one reply of a file. `ignored_keys` are keys that bill nothing, as the user says: none of them is a mistake
/// for another key.
///
/// # Errors
/// Every value that is wrong or does not add up, why it is no reply that can be rated, or that there are several.
pub fn read(file: &str, text: &str, ignored_keys: &[String]) -> Result<Reply, Errors<Problem>> {
    let of_other = |other: Other| Problem {
        help: other.help().to_string(),
        ..bad_value(file, other.to_string())
    };
    let form = match shape::form(text) {
        Ok(form) => form,
        Err(other @ (Other::Empty | Other::NoObject(_))) => {
            return Err(vec![of_other(other)].into());
        }
        // What is no JSON has its place in the text.
        Err(_) => Form::One,
    };
    let mut values = shape::values(file, text, form).map_err(|problem| vec![problem])?;
    let first = values.next();
    let count = usize::from(first.is_some()) + values.count();
    let Some(value) = first.filter(|_| count == 1) else {
        return Err(vec![several(file, count)].into());
    };
    let entries = value.entries.map_err(|problem| vec![problem])?;
    of_object(&Object::new(&entries, ""), ignored_keys)
        .map(|reply| reply.came_in(value.chunks))
        .map_err(|wrong| wrong.into_iter().map(|message| bad_value(file, message)).collect())
}

/// Reads a reply.
///
/// # Errors
/// Every value that is wrong or does not add up, or why it is no reply that can be rated, a sentence each.
pub(crate) fn of_object(reply: &Object, ignored_keys: &[String]) -> Result<Reply, Vec<String>> {
    let mut reading = Reading::new(ignored_keys);
    let read = match Kind::of(reply) {
        Kind::Reply(kind) => of_kind(kind, reply, &mut reading)?,
        other => {
            reading.wrong.push(no_reply(other));
            None
        }
    };
    match read {
        Some(read) if reading.wrong.is_empty() => Ok(read),
        _ => Err(reading.wrong),
    }
}

fn of_kind(
    kind: shape::Reply,
    reply: &Object,
    reading: &mut Reading,
) -> Result<Option<Reply>, Vec<String>> {
    Ok(match kind {
        shape::Reply::Images => reading.images_api(reply),
        shape::Reply::Responses => reading.responses(reply),
        // What a mainline model used up before the failure is a part of it.
        shape::Reply::Error if is_response(reply) => reading.responses(reply),
        shape::Reply::Error => Some(failure::of_error(reply, &mut reading.wrong)),
        shape::Reply::ResponsesEvent => match reply.inner("response", &mut reading.wrong) {
            Some(reply) => reading.responses(&reply),
            None => None,
        },
        shape::Reply::BatchLine => Some(of_batch_line(reply, reading)?),
        shape::Reply::Chat => reading.chat(reply),
        shape::Reply::Gemini => reading.gemini(reply),
        shape::Reply::AiSdk => reading.ai_sdk(reply),
    })
}

fn is_response(reply: &Object) -> bool {
    matches!(reply.get("object"), Some(Json::Text(kind)) if kind == "response")
}

/// A line of a Batch output file: the reply stands under `response.body`, and was made at Batch rates.
fn of_batch_line(line: &Object, reading: &Reading) -> Result<Reply, Vec<String>> {
    let mut wrong = Vec::new();
    let response = line.object("response", &mut wrong);
    let status = response.as_ref().and_then(|it| it.count("status_code", &mut wrong));
    let body = response.as_ref().and_then(|it| it.inner("body", &mut wrong));
    let failed = status.is_some_and(|status| status >= 400);
    let reply = match body {
        _ if !wrong.is_empty() => return Err(wrong),
        Some(body) if failed => failure::of_status(&body, status, &mut wrong),
        Some(body) => of_object(&body, reading.ignored_keys())?,
        None if line.get("error").is_some() => failure::of_error(line, &mut wrong),
        None => return Err(vec!["`response.body` is missing: there is no reply to rate".into()]),
    };
    if wrong.is_empty() {
        Ok(Reply { processing: Some(Processing::Batch), ..reply })
    } else {
        Err(wrong)
    }
}

/// Why something is no reply.
fn no_reply(kind: Kind) -> String {
    match kind {
        Kind::Progress(event) => format!(
            "this is the event `{event}` of a stream: its usage stands in the event that ends in `.completed`"
        ),
        Kind::Request(_) => {
            "this is a request and not a reply: give the reply to it, or the request as one"
                .to_owned()
        }
        Kind::Other(Other::UnknownObject) => {
            "the reply has no `usage`, `data` or `output`: there is nothing to rate".to_owned()
        }
        Kind::Other(other) => format!("{other}: {}", other.help()),
        Kind::Reply(_) => "this reply cannot be read".to_owned(),
    }
}

fn several(file: &str, count: usize) -> Problem {
    Problem {
        help: "give one of them".to_owned(),
        ..bad_value(file, format!("this holds {count} replies, and one is wanted"))
    }
}

fn bad_value(file: &str, message: String) -> Problem {
    let help = "paste the reply as the API sent it".to_owned();
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}
