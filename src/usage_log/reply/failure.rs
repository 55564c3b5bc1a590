//! Attempts that delivered nothing: what can have happened, by the words of the API.

use super::{DescribedImage, NotDelivered, Reply, ReplyTokens, Stated};
use crate::catalog::terms::Event;
use crate::json::{Json, Object, Wrong};
use crate::note::ReplyError;
use crate::reason::failed_attempt::FailedAttempt;

/// Everything that can have happened to an attempt that was taken up.
const ANY: &[Event] = &[
    Event::ServerError,
    Event::Timeout,
    Event::ClientDisconnect,
    Event::BlockAtInput,
    Event::BlockAtOutput,
];
/// Codes and types of errors by which moderation stops something.
const OF_MODERATION: [&str; 4] = [
    "moderation_blocked",
    "content_policy_violation",
    "content_filter",
    "image_generation_user_error",
];
/// Codes and types of errors by which nothing was taken up: a wrong request, a key, a limit.
const OF_CALLER: [&str; 10] = [
    "invalid_request_error",
    "invalid_value",
    "rate_limit_exceeded",
    "rate_limit_error",
    "insufficient_quota",
    "billing_hard_limit_reached",
    "authentication_error",
    "permission_error",
    "not_found_error",
    "model_not_found",
];

/// That a reply is an error or did not end well, as it says itself.
pub(super) fn error(reply: &Object) -> Option<ReplyError> {
    let named = |key: &str, what: &str| {
        let object = reply.object(key, &mut Vec::new())?;
        object.text(what, &mut Vec::new())
    };
    let code = named("error", "code").or_else(|| named("incomplete_details", "reason"));
    let status = reply.text("status", &mut Vec::new()).unwrap_or_default();
    match status.as_str() {
        "failed" | "cancelled" | "incomplete" | "in_progress" | "queued"
            if reply.get("error").is_none() =>
        {
            Some(ReplyError { status: Some(status), code })
        }
        _ => reply.get("error").is_some().then_some(ReplyError { status: None, code }),
    }
}

/// What can have happened to an image call of this status.
pub(super) fn of_call(status: &str) -> &'static [Event] {
    match status {
        "failed" => &[Event::ServerError, Event::BlockAtInput, Event::BlockAtOutput],
        "blocked" => &[Event::BlockAtInput, Event::BlockAtOutput],
        "in_progress" | "generating" | "queued" => {
            &[Event::Timeout, Event::ClientDisconnect, Event::ServerError]
        }
        _ => ANY,
    }
}

/// A reply that is an error and no more, as an attempt that delivered nothing.
pub(super) fn of_error(reply: &Object, wrong: &mut Vec<Wrong>) -> Reply {
    of_status(reply, None, wrong)
}

/// The items of `data` that have an error in the place of an image.
pub(super) fn of_items(items: &[Object], wrong: &mut Vec<Wrong>) -> Vec<NotDelivered> {
    let errors = items.iter().filter(|item| item.get("error").is_some());
    errors.flat_map(|item| of_error(item, wrong).not_delivered).collect()
}

/// The same of a reply whose HTTP status is known.
pub(crate) fn of_status(reply: &Object, status: Option<u64>, wrong: &mut Vec<Wrong>) -> Reply {
    // Gateways also write an error as its message alone.
    let error = match reply.get("error") {
        Some(Json::Text(_)) => Failed::default(),
        None if reply.has("message") => Failed { kind: None, ..Failed::of(reply) },
        _ => reply.object("error", wrong).map_or_else(Failed::default, |error| Failed::of(&error)),
    };
    let events = error.events(status);
    let call = NotDelivered {
        status: error.code().map_or_else(|| "failed".to_owned(), str::to_owned),
        asked: DescribedImage { size: None, quality: None },
        holds_picture: false,
        events,
        error: Some(FailedAttempt::of(events, error.code(), status)),
    };
    Reply {
        model: reply.text("model", wrong),
        images: Some(Vec::new()),
        not_delivered: vec![call],
        calls: 1,
        ..Reply::of_tokens(Stated::Tokens(ReplyTokens::NONE))
    }
}

/// An attempt of a log that delivered nothing and counts nothing: by the word of the log, and an HTTP status where that is
/// one.
pub(crate) fn of_logged(status: &str, http: Option<u64>, asked: DescribedImage) -> Reply {
    let error = Failed { code: Some(status.to_owned()), ..Failed::default() };
    let of_word = of_call(status);
    let events = match error.events(http) {
        any if any == ANY => of_word,
        told => told,
    };
    let error = Some(FailedAttempt::of(events, error.code(), http));
    let call =
        NotDelivered { status: status.to_owned(), asked, holds_picture: false, events, error };
    Reply {
        images: Some(Vec::new()),
        not_delivered: vec![call],
        ..Reply::of_tokens(Stated::Tokens(ReplyTokens::NONE))
    }
}

/// What an error says of itself.
#[derive(Default)]
struct Failed {
    code: Option<String>,
    kind: Option<String>,
    stage: Option<String>,
}

impl Failed {
    fn of(error: &Object) -> Failed {
        // APIs number their codes or name them; what is neither is no matter of the bill.
        let word = |object: &Object, key: &str| match object.get(key) {
            Some(Json::Text(text)) => Some(text.to_string()),
            Some(Json::Whole(number)) => Some(number.to_string()),
            _ => None,
        };
        let details = error.object("moderation_details", &mut Vec::new());
        let stage = details.and_then(|details| word(&details, "moderation_stage"));
        Failed {
            code: word(error, "code"),
            kind: word(error, "type").or_else(|| word(error, "status")),
            stage: stage.or_else(|| word(error, "moderation_stage")),
        }
    }

    fn code(&self) -> Option<&str> {
        self.code.as_deref().or(self.kind.as_deref())
    }

    fn is_one_of(&self, known: &[&str]) -> bool {
        [&self.code, &self.kind].into_iter().flatten().any(|word| known.contains(&word.as_str()))
    }

    /// What can have happened: by the code, else by the HTTP status.
    fn events(&self, status: Option<u64>) -> &'static [Event] {
        let status = status.or_else(|| self.code.as_ref()?.parse().ok());
        match (self.stage.as_deref(), status) {
            (Some("input"), _) => &[Event::BlockAtInput],
            (Some("output"), _) => &[Event::BlockAtOutput],
            _ if self.is_one_of(&OF_MODERATION) => &[Event::BlockAtInput, Event::BlockAtOutput],
            (_, Some(408 | 504)) => &[Event::Timeout],
            _ if self.is_one_of(&["batch_expired"]) => &[Event::Timeout],
            (_, Some(400..=499)) => &[Event::ClientError],
            _ if self.is_one_of(&OF_CALLER) => &[Event::ClientError],
            (_, Some(500..=599)) => &[Event::ServerError],
            _ if self.is_one_of(&["server_error", "internal_error"]) => &[Event::ServerError],
            _ => ANY,
        }
    }
}
