//! What a JSON object is, by its keys: a request, a reply, an event of a stream, or something else.

use super::Other;
use crate::json::{Json, Object};

/// What an object is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// What was or would be sent.
    Request(Request),
    /// What came back.
    Reply(Reply),
    /// A part of a stream that has no counts: an image under way, a word, a mark of progress.
    Progress(String),
    /// Neither.
    Other(Other),
}

/// The forms of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// A body of the Images API, be it a generation or an edit.
    Images,
    /// A body of the Responses API.
    Responses,
    /// A line of a Batch input file, with its body.
    BatchLine,
}

/// The forms of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Of the Images API, or the last event of its stream, or its usage alone.
    Images,
    /// Of the Responses API.
    Responses,
    /// The last event of a stream of the Responses API, with the reply in it.
    ResponsesEvent,
    /// Of the Chat Completions API, as gateways answer for models that make images.
    Chat,
    /// Of the Gemini API.
    Gemini,
    /// Of the AI SDK, whose keys are in camel case.
    AiSdk,
    /// An error, and no more.
    Error,
    /// A line of a Batch output file, with the reply in it.
    BatchLine,
}

/// Keys that only bodies of the Responses API have.
pub(crate) const OF_RESPONSES: [&str; 5] =
    ["input", "instructions", "previous_response_id", "tool_choice", "tools"];
/// Keys of replies that no request has.
const OF_REPLIES: [&str; 7] =
    ["usage", "data", "output", "tool_usage", "created", "created_at", "b64_json"];
/// Keys of a body of the Images API that are read: their values decide its price.
pub(crate) const OF_IMAGES_API: [&str; 12] = [
    "model",
    "prompt",
    "n",
    "size",
    "quality",
    "image",
    "images",
    "input_fidelity",
    "partial_images",
    "output_format",
    "background",
    "svg",
];
/// The events of a stream of the Responses API that end it; each has the reply.
const LAST_OF_RESPONSES: [&str; 3] =
    ["response.completed", "response.incomplete", "response.failed"];

impl Kind {
    /// What an object is.
    pub(crate) fn of(object: &Object) -> Kind {
        if let Some(kind) = of_line(object).or_else(|| of_event(object)) {
            return kind;
        }
        if Other::is_of_ai_sdk_stream(object) {
            return Kind::Other(Other::AiSdkStream);
        }
        // A body that has a text to draw by is no reply, whatever else it has.
        let prompted = matches!(object.get("prompt"), Some(Json::Text(_)));
        let reply = if prompted { None } else { of_reply(object) };
        if let Some(reply) = reply {
            return Kind::Reply(reply);
        }
        if let Some(other) = Other::of_object(object) {
            return Kind::Other(other);
        }
        let has = |keys: &[&str]| keys.iter().any(|key| object.has(key));
        if has(&OF_RESPONSES) {
            return Kind::Request(Request::Responses);
        }
        if has(&OF_REPLIES) && !prompted {
            return Kind::Reply(Reply::Images);
        }
        match has(&OF_IMAGES_API) {
            true => Kind::Request(Request::Images),
            false => Kind::Other(Other::UnknownObject),
        }
    }
}

/// A line of a Batch file.
fn of_line(object: &Object) -> Option<Kind> {
    if object.has("body") {
        return Some(Kind::Request(Request::BatchLine));
    }
    let answered = object.has("response") || object.has("error");
    (object.has("custom_id") && answered).then_some(Kind::Reply(Reply::BatchLine))
}

/// An event of a stream.
fn of_event(object: &Object) -> Option<Kind> {
    let kind = object.text("type", &mut Vec::new())?;
    if kind.starts_with("response.") {
        let is_last = LAST_OF_RESPONSES.contains(&kind.as_str()) && object.has("response");
        return Some(if is_last {
            Kind::Reply(Reply::ResponsesEvent)
        } else {
            Kind::Progress(kind)
        });
    }
    // The Responses API writes the error of a stream beside its type, with nothing around it.
    if kind == "error" && object.has("message") {
        return Some(Kind::Reply(Reply::Error));
    }
    kind.ends_with(".partial_image").then_some(Kind::Progress(kind))
}

fn of_reply(object: &Object) -> Option<Reply> {
    let has = |keys: &[&str]| keys.iter().any(|key| object.has(key));
    if has(&["usageMetadata", "candidates", "promptFeedback", "promptTokenCount"]) {
        return Some(Reply::Gemini);
    }
    if object.has("choices") {
        return Some(Reply::Chat);
    }
    let usage = object.object("usage", &mut Vec::new());
    let counts_in_camel_case =
        |object: &Object| object.has("inputTokens") || object.has("outputTokens");
    if object.has("providerMetadata")
        || counts_in_camel_case(object)
        || usage.as_ref().is_some_and(counts_in_camel_case)
    {
        return Some(Reply::AiSdk);
    }
    if is_error_alone(object) {
        return Some(Reply::Error);
    }
    let is_response = object.text("object", &mut Vec::new()).as_deref() == Some("response");
    if is_response || has(&["tool_usage", "output"]) {
        return Some(Reply::Responses);
    }
    let is_listed = Other::of_object(object).is_some();
    let counts = ["usage", "data", "b64_json", "input_tokens", "prompt_tokens"];
    (has(&counts) && !is_listed).then_some(Reply::Images)
}

/// Whether a reply is an error and no more: it counts nothing and delivers nothing.
fn is_error_alone(reply: &Object) -> bool {
    let is_empty = |key| match reply.get(key) {
        None => true,
        Some(Json::List(items)) => items.is_empty(),
        Some(_) => false,
    };
    let counts = ["usage", "tool_usage", "b64_json", "input_tokens"];
    reply.get("error").is_some()
        && counts.iter().all(|key| reply.get(key).is_none())
        && is_empty("data")
        && is_empty("output")
}
