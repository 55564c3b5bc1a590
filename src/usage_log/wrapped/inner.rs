//! The request or the reply inside an object of a log: an object, the text of one, or what an HTTP library kept around it.

use super::keys;
use crate::json::{At, Entries, Json, Object, Spot, Wrong, into_owned, parse};
use crate::usage_log::reply::{self, Reply};

/// Names of a reply in a log.
const REPLY: [&str; 6] = ["response", "reply", "output", "response_body", "result", "body"];
/// Names of a request in a log.
const REQUEST: [&str; 7] = [
    "request",
    "request_body",
    "proxy_server_request",
    "body",
    "input",
    "model_parameters",
    "optional_params",
];
/// Keys of which a reply has one.
const OF_A_REPLY: [&str; 12] = [
    "usage",
    "data",
    "output",
    "choices",
    "error",
    "tool_usage",
    "usageMetadata",
    "candidates",
    "b64_json",
    "created",
    "providerMetadata",
    "input_tokens",
];
/// Keys of which a request has one.
const OF_A_REQUEST: [&str; 6] = ["prompt", "size", "quality", "n", "messages", "model"];

/// An object inside another one.
pub(super) enum Inner<'a> {
    /// As it stands there.
    Object(Object<'a>),
    /// Read from a text, or put together of what the log has at its top: the value of this key is meant.
    Held(Entries<'static>, &'static str),
}

impl<'a> Inner<'a> {
    /// The reply.
    pub(super) fn reply(object: &Object<'a>) -> Option<Inner<'a>> {
        part(object, &REPLY, &OF_A_REPLY)
    }

    /// The request.
    pub(super) fn request(object: &Object<'a>) -> Option<Inner<'a>> {
        part(object, &REQUEST, &OF_A_REQUEST)
    }

    /// A reply that stands among the keys of the log itself.
    pub(super) fn flat(object: &Object) -> Option<Inner<'a>> {
        let has_usage = OF_A_REPLY
            .iter()
            .any(|key| *key != "error" && *key != "created" && object.get(key).is_some());
        let is_kept = |key: &str| !keys::is_of_the_log(key) && key != "metadata";
        let kept = object.entries().filter(|(key, _)| is_kept(key));
        let kept =
            || kept.map(|(key, value)| (key.to_owned(), value.clone().into_owned())).collect();
        has_usage.then(kept).map(|entries| Inner::Held(entries, ""))
    }

    pub(super) fn object(&self) -> Object<'_> {
        match self {
            Inner::Object(object) => object.clone(),
            Inner::Held(entries, _) => Object::new(entries, ""),
        }
    }

    /// The reply that it is, by the one reader of replies.
    pub(super) fn read(&self, spot: &Spot, ignored_keys: &[String]) -> Result<Reply, Vec<Wrong>> {
        match self {
            Inner::Object(object) => reply::of_object(object, spot, ignored_keys),
            Inner::Held(entries, key) => {
                let read = reply::of_object(&Object::new(entries, ""), spot, ignored_keys);
                read.map_err(|wrong| wrong.into_iter().map(|it| it.at_key(key)).collect())
            }
        }
    }
}

/// The first object under these keys that has one of those that tell what it is.
fn part<'a>(object: &Object<'a>, keys: &[&'static str], telling: &[&str]) -> Option<Inner<'a>> {
    keys.iter().find_map(|key| {
        let tells = |inner: &Object| telling.iter().any(|key| inner.get(key).is_some());
        match object.get(key)? {
            Json::Object(_) => {
                let inner = object.inner(key, &mut Vec::new())?;
                // HTTP libraries keep the body beside its status and headers.
                let body = inner.get("body").and_then(|_| inner.inner("body", &mut Vec::new()));
                let inner = body.filter(tells).unwrap_or(inner);
                tells(&inner).then_some(Inner::Object(inner))
            }
            Json::Text(text) if text.trim_start().starts_with('{') => match parse(text) {
                Ok(Json::Object(entries)) => {
                    let tells = tells(&Object::new(&entries, ""));
                    tells.then(|| Inner::Held(into_owned(entries), key))
                }
                _ => None,
            },
            _ => None,
        }
    })
}

impl Wrong {
    /// The same of a value that was read from the text of this key; of the object itself where there is none.
    fn at_key(self, key: &str) -> Wrong {
        let path = match (key, &*self.path) {
            ("", path) => path.to_owned(),
            (key, "") => key.to_owned(),
            (key, path) => format!("{key}.{path}"),
        };
        let at = if key.is_empty() { self.at } else { At::Value(key.to_owned()) };
        Wrong { path, at, what: self.what }
    }
}
