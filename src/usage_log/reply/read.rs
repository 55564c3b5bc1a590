//! From a text to a reply, or to all that is wrong with it.

use super::Reply;
use super::reading::Reading;
use super::shape::Shape;
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
