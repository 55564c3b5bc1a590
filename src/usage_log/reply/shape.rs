//! Which shape a reply has, or what it is instead.

use super::Reply;
use super::reading::Reading;
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Json, Object, read_object};

/// Reads a reply.
///
/// # Errors
/// Every value that is wrong or does not add up, or why it is no reply that can be rated.
pub fn read(file: &str, text: &str) -> Result<Reply, Errors<Problem>> {
    if let Some(why) = several(text) {
        return Err(vec![bad_value(file, why)].into());
    }
    let entries = read_object(file, event_data(text)).map_err(|problem| vec![*problem])?;
    let object = Object::new(&entries, "");
    let mut reading = Reading::default();
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
        if is_response || ["tool_usage", "output"].iter().any(|key| reply.has(key)) {
            return Shape::Responses;
        }
        if ["usage", "data", "b64_json", "input_tokens"].iter().any(|key| reply.has(key)) {
            return Shape::Images;
        }
        Shape::Other(if reply.get("error").is_some() {
            let error = reply.object("error", &mut Vec::new());
            let code = error.and_then(|error| error.text("code", &mut Vec::new()));
            let code = code.map_or_else(String::new, |code| format!(" (`{code}`)"));
            format!(
                "the reply is an error{code} and has no `usage`: there is nothing to rate; who pays for \
                 such an attempt is a term of the route (imgcost routes show)"
            )
        } else if reply.has("prompt") {
            "this is a request and not a reply: give it with --request".to_owned()
        } else {
            "the reply has no `usage`, `data` or `output`: there is nothing to rate".to_owned()
        })
    }
}
