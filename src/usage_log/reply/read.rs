//! A reply in any of its shapes → what it says, and what is no reply → why not.

use super::reading::Reading;
use super::{Reply, failure};
use crate::catalog::conditions::Processing;
use crate::errors::Errors;
use crate::json::{Json, Object, Spot, What, Wrong, problems, without_what_follows};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{self, Form, Kind, Other};

/// What is usual to do about a reply that cannot be read.
pub(crate) const AS_SENT: &str = "paste the reply as the API sent it";

/// Reads the one reply of a file. `ignored_keys` are keys that bill nothing, as the user says: none of them is a mistake
/// for another key.
///
/// # Errors
/// Every value that is wrong or does not add up, why it is no reply that can be rated, or that there are several.
pub fn read(file: &str, text: &str, ignored_keys: &[String]) -> Result<Reply, Errors<Problem>> {
    let of_other =
        |other: Other| Problem { help: other.help(), ..bad_value(file, other.to_string()) };
    let form = match shape::form(text) {
        Ok(form) => form,
        Err(other @ (Other::Empty | Other::NoObject(_))) => {
            return Err(vec![of_other(other)].into());
        }
        // What is no JSON has its place in the text.
        Err(_) => Form::One,
    };
    let mut values = shape::values(file, text, form).map_err(|problem| vec![*problem])?;
    let first = values.next();
    let count = usize::from(first.is_some()) + values.count();
    let Some(value) = first.filter(|_| count == 1) else {
        return Err(vec![several(file, count)].into());
    };
    let entries = value.entries.map_err(|problem| vec![*problem])?;
    of_object(&Object::new(&entries, ""), &value.spot, ignored_keys)
        .map(|reply| reply.came_in(value.chunks))
        .map_err(|wrong| problems(file, &value.spot, &wrong, || AS_SENT.into()).into())
}

/// Reads a reply; `spot` is where the value stands that it is or lies in.
///
/// # Errors
/// Every value that is wrong or does not add up, or why it is no reply that can be rated.
pub(crate) fn of_object(
    reply: &Object,
    spot: &Spot,
    ignored_keys: &[String],
) -> Result<Reply, Vec<Wrong>> {
    let mut reading = Reading::new(spot, ignored_keys);
    let read = match Kind::of(reply) {
        Kind::Reply(kind) => of_kind(kind, reply, &mut reading)?,
        other => {
            reading.wrong.push(reply.wrong_whole(no_reply(other)));
            None
        }
    };
    match read {
        Some(read) if reading.wrong.is_empty() => Ok(read),
        _ => Err(without_what_follows(reading.wrong)),
    }
}

fn of_kind(
    kind: shape::Reply,
    reply: &Object,
    reading: &mut Reading,
) -> Result<Option<Reply>, Vec<Wrong>> {
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
fn of_batch_line(line: &Object, reading: &Reading) -> Result<Reply, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let response = line.object("response", &mut wrong);
    let status = response.as_ref().and_then(|it| it.count("status_code", &mut wrong));
    let body = response.as_ref().and_then(|it| it.inner("body", &mut wrong));
    let failed = status.is_some_and(|status| status >= 400);
    let reply = match body {
        _ if !wrong.is_empty() => return Err(wrong),
        Some(body) if failed => failure::of_status(&body, status, &mut wrong),
        Some(body) => of_object(&body, reading.spot, reading.ignored_keys())?,
        None if line.get("error").is_some() => failure::of_error(line, &mut wrong),
        None => return Err(vec![line.missing("response.body", What::NoReplyOfBatch)]),
    };
    if wrong.is_empty() {
        Ok(Reply { processing: Some(Processing::Batch), ..reply })
    } else {
        Err(wrong)
    }
}

/// Why something is no reply.
fn no_reply(kind: Kind) -> What {
    match kind {
        Kind::Progress(event) => What::Progress(event),
        Kind::Request(_) => What::RequestForReply,
        Kind::Other(Other::UnknownObject) | Kind::Reply(_) => What::NothingToRate,
        Kind::Other(other) => What::Else(other.sentence()),
    }
}

fn several(file: &str, count: usize) -> Problem {
    Problem {
        help: "give one of them".into(),
        ..bad_value(file, format!("this holds {count} replies, and one is wanted"))
    }
}

fn bad_value(file: &str, message: String) -> Problem {
    let (code, place) = (ProblemCode::BadValue, Place::file(file));
    Problem { code, message, place, help: AS_SENT.into() }
}
