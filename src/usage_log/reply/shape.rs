//! Which shape a reply has, or what it is instead.

use super::Reply;
use super::reading::Reading;
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Json, Object, read_object};

/// Reads a reply. `ignored_keys` are keys that bill nothing, as the user says: none of them is a mistake for
/// another key.
///
/// # Errors
/// Every value that is wrong or does not add up, or why it is no reply that can be rated.
pub fn read(file: &str, text: &str, ignored_keys: &[String]) -> Result<Reply, Errors<Problem>> {
    if let Some(why) = several(text) {
        return Err(vec![bad_value(file, why)].into());
    }
    let entries = read_object(file, event_data(text)).map_err(|problem| vec![*problem])?;
    let object = Object::new(&entries, "");
    let mut reading = Reading::new(ignored_keys);
    let reply = match Shape::of(&object) {
        Shape::Images => reading.images_api(&object),
        Shape::Responses => reading.responses(&object),
        Shape::Other(why) => {
            reading.wrong.push(why);
            None
        }
    };
    match reply {
        Some(reply) if reading.wrong.is_empty() => Ok(reply),
        _ => Err(reading.wrong.into_iter().map(|message| bad_value(file, message)).collect()),
    }
}

/// Why a text holds more than one reply, if it does.
fn several(text: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    if lines().filter(|line| line.starts_with("data:")).count() > 1 {
        return Some(
            "this is a stream of several events: give the one that has the usage, whose type ends in \
             `.completed`"
                .into(),
        );
    }
    let is_whole = |line: &str| matches!(serde_json::from_str(line), Ok(Json::Object(_)));
    (lines().count() > 1 && lines().take(2).all(is_whole)).then(|| {
        "this holds a JSON object on each of several lines: give one reply; in the output of a Batch it is \
         the object under `response.body`"
            .into()
    })
}

/// The data of an event that was copied from a stream, with or without its `event:` line.
fn event_data(text: &str) -> &str {
    let text = text.trim_start();
    let rest = match text.strip_prefix("event:") {
        Some(event) => event.split_once('\n').map_or("", |(_, rest)| rest).trim_start(),
        None => text,
    };
    rest.strip_prefix("data:").unwrap_or(rest)
}

fn bad_value(file: &str, message: String) -> Problem {
    let help = "paste the reply as the API sent it".to_owned();
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}

enum Shape {
    /// A reply of the Images API, an event of it that has usage, or the usage alone.
    Images,
    /// A reply of the Responses API.
    Responses,
    /// Nothing that can be rated, and why.
    Other(String),
}

impl Shape {
    fn of(reply: &Object) -> Shape {
        let text = |key| reply.text(key, &mut Vec::new()).unwrap_or_default();
        let kind = text("type");
        if kind.starts_with("response.") && reply.has("response") {
            return Shape::Other(format!(
                "this is the event `{kind}` of a stream: the reply is the object under `response`"
            ));
        }
        if kind.ends_with(".partial_image") {
            return Shape::Other(format!(
                "this is the event `{kind}` of a stream: its usage stands in the event that ends in `.completed`"
            ));
        }
        let is_response = text("object") == "response";
        if let Some(why) = error_alone(reply) {
            return Shape::Other(why);
        }
        if is_response || ["tool_usage", "output"].iter().any(|key| reply.has(key)) {
            return Shape::Responses;
        }
        if ["usage", "data", "b64_json", "input_tokens"].iter().any(|key| reply.has(key)) {
            return Shape::Images;
        }
        Shape::Other(if reply.has("prompt") {
            "this is a request and not a reply: give it as a request".to_owned()
        } else {
            "the reply has no `usage`, `data` or `output`: there is nothing to rate".to_owned()
        })
    }
}

/// Why a reply is an error and no more: it counts nothing and delivers nothing.
fn error_alone(reply: &Object) -> Option<String> {
    let is_empty =
        |key| matches!(reply.get(key), None | Some(Json::List(_))) && !has_items(reply, key);
    let counts = ["usage", "tool_usage", "b64_json", "input_tokens"];
    let says_nothing = counts.iter().all(|key| reply.get(key).is_none());
    let error = error(reply).filter(|_| says_nothing && is_empty("data") && is_empty("output"))?;
    Some(format!(
        "{error} and has no `usage`: there is nothing to rate; who pays for such an attempt is a term of the \
         route (imgcost routes show)"
    ))
}

fn has_items(reply: &Object, key: &str) -> bool {
    matches!(reply.get(key), Some(Json::List(items)) if !items.is_empty())
}

/// That a reply is an error or did not end well, as it says itself: "the reply is an error (`code`)".
pub(super) fn error(reply: &Object) -> Option<String> {
    let named = |key: &str, what: &str| {
        let object = reply.object(key, &mut Vec::new())?;
        object.text(what, &mut Vec::new())
    };
    let code = named("error", "code").or_else(|| named("incomplete_details", "reason"));
    let code = code.map_or_else(String::new, |code| format!(" (`{code}`)"));
    let status = reply.text("status", &mut Vec::new()).unwrap_or_default();
    match status.as_str() {
        "failed" | "cancelled" | "incomplete" | "in_progress" | "queued"
            if reply.get("error").is_none() =>
        {
            Some(format!("the reply has the status `{status}`{code}"))
        }
        _ => reply.get("error").is_some().then(|| format!("the reply is an error{code}")),
    }
}
