//! Which shape a reply has, or what it is instead.

use crate::request::{Json, Object};

pub(super) enum Shape {
    /// A reply of the Images API, an event of it that has usage, or the usage alone.
    Images,
    /// A reply of the Responses API.
    Responses,
    /// Nothing that can be rated, and why.
    Other(String),
}

impl Shape {
    pub(super) fn of(reply: &Object) -> Shape {
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
