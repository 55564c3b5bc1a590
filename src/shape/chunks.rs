//! Chunks of a stream → the reply that they are parts of. What a chunk counts includes what those before it counted, so
//! that the last count stands for the whole; images add up.

use std::collections::{HashMap, HashSet};

use super::values::Value;
use crate::json::{Entries, Json, Object, Spot};

/// Whose chunks they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Api {
    /// Parts of the candidates, and a `usageMetadata` in any of them.
    Gemini,
    /// Differences of the messages, and a `usage` in the last or in several.
    Chat,
    /// A reply that is sent again as it grows: the last has everything.
    Responses,
}

/// The reply that a chunk is a part of; without an id, the one that is being sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    api: Api,
    id: Option<String>,
}

impl Key {
    fn of(object: &Object) -> Option<Key> {
        let text = |object: &Object, key| object.text(key, &mut Vec::new());
        let kind = text(object, "object");
        let key = |api, id: Option<String>| Key { api, id: id.filter(|id| !id.is_empty()) };
        if kind.as_deref() == Some("chat.completion.chunk") {
            return Some(key(Api::Chat, text(object, "id")));
        }
        if object.has("candidates") || object.has("usageMetadata") {
            return Some(key(Api::Gemini, text(object, "responseId")));
        }
        let of_response = match text(object, "type") {
            Some(event) if event.starts_with("response.") => {
                object.object("response", &mut Vec::new())
            }
            _ => (kind.as_deref() == Some("response")).then(|| object.clone()),
        };
        let id = of_response.and_then(|response| text(&response, "id"));
        id.map(|id| Key { api: Api::Responses, id: Some(id) })
    }
}

/// A reply, or what is no chunk.
struct Whole<'t> {
    key: Option<Key>,
    /// The place of its first chunk in the file.
    number: usize,
    /// How many values stand before its last chunk.
    last: usize,
    /// Where its last chunk stands.
    spot: Spot<'t>,
    chunks: Vec<Entries<'t>>,
}

/// Whether any reply of these values comes in several of them.
pub(super) fn any<'t>(values: impl Iterator<Item = Value<'t>>) -> bool {
    let mut seen = HashSet::new();
    let mut is_open = false;
    for value in values {
        let Ok(entries) = value.entries else { continue };
        let key = Key::of(&Object::new(&entries, ""));
        match key {
            Some(Key { id: None, .. }) if is_open => return true,
            Some(key @ Key { id: Some(_), .. }) if !seen.insert(key.clone()) => return true,
            _ => is_open = key.is_some_and(|key| key.id.is_none()) && !has_ended(&entries),
        }
    }
    false
}

/// The values with the chunks of each reply as one, in the order in which replies end.
pub(super) fn joined<'t>(
    values: impl Iterator<Item = Value<'t>>,
    is_stream: bool,
) -> impl Iterator<Item = Value<'t>> {
    let mut wholes: Vec<Whole<'t>> = Vec::new();
    let mut broken: Vec<(usize, Value<'t>)> = Vec::new();
    let mut at: HashMap<Key, usize> = HashMap::new();
    for (last, value) in values.enumerate() {
        let (number, entries, spot) = match value {
            Value { number, entries: Ok(entries), spot, .. } => (number, entries, spot),
            value => {
                broken.push((last, value));
                continue;
            }
        };
        let key = Key::of(&Object::new(&entries, ""));
        let known = key.as_ref().and_then(|key| match &key.id {
            Some(_) => at.get(key).copied(),
            None => wholes.len().checked_sub(1).filter(|before| {
                let before = &wholes[*before];
                before.key.as_ref() == Some(key) && before.goes_on_with(&entries, is_stream)
            }),
        });
        match known.map(|known| &mut wholes[known]) {
            Some(whole) => {
                whole.chunks.push(entries);
                (whole.last, whole.spot) = (last, spot);
            }
            None => {
                if let Some(key) = &key {
                    at.insert(key.clone(), wholes.len());
                }
                wholes.push(Whole { key, number, last, spot, chunks: vec![entries] });
            }
        }
    }
    let wholes = wholes.into_iter().map(|whole| (whole.last, whole.value()));
    let mut values: Vec<(usize, Value<'t>)> = wholes.chain(broken).collect();
    values.sort_by_key(|(last, _)| *last);
    values.into_iter().map(|(_, value)| value)
}

impl<'t> Whole<'t> {
    /// Whether chunks without an id are parts of one reply: until a candidate has ended, and in a stream the counts that
    /// come alone after it.
    fn goes_on_with(&self, next: &Entries, is_stream: bool) -> bool {
        let has_parts = |chunk: &Entries| parts(chunk).next().is_some();
        self.chunks.iter().any(has_parts)
            && (!self.chunks.iter().any(has_ended) || is_stream && !has_parts(next))
    }

    fn value(self) -> Value<'t> {
        let Whole { key, number, spot, mut chunks, .. } = self;
        // A reply that was saved twice is one.
        chunks.dedup();
        let api = key.map(|key| key.api);
        let is_event = |chunk: &Entries| Object::new(chunk, "").has("type");
        let count = match api {
            Some(Api::Responses) => chunks.iter().filter(|chunk| !is_event(chunk)).count().max(1),
            _ => chunks.len(),
        };
        let is_one = chunks.len() == 1 || !matches!(api, Some(Api::Gemini | Api::Chat));
        let entries = match api {
            Some(Api::Gemini) if count > 1 => folded(chunks, "candidates", gemini_candidate),
            Some(Api::Chat) => folded(chunks, "choices", chat_choice),
            _ => chunks.pop().unwrap_or_default(),
        };
        let spot = if is_one { spot } else { Spot::Line(number) };
        Value { number, chunks: count, entries: Ok(entries), spot }
    }
}

/// Whether what was put together is not at its end: the counts that it has are not those of the whole.
pub(super) fn is_cut_off(whole: &Entries) -> bool {
    let object = Object::new(whole, "");
    let is_chat = object.has("choices");
    let waits = parts(whole).next().is_some() && !has_ended(whole);
    waits && !(is_chat && object.get("usage").is_some())
}

/// The candidates or choices of a chunk.
fn parts<'c, 't>(chunk: &'c Entries<'t>) -> impl Iterator<Item = &'c Json<'t>> {
    let list = chunk.iter().find_map(|(key, value)| match value {
        Json::List(items) if key == "candidates" || key == "choices" => Some(items),
        _ => None,
    });
    list.into_iter().flatten()
}

/// Whether a chunk says that an answer is at its end.
fn has_ended(chunk: &Entries) -> bool {
    parts(chunk).any(|part| {
        let part = Object::at(part, "");
        part.is_some_and(|part| {
            part.get("finishReason").is_some() || part.get("finish_reason").is_some()
        })
    })
}

/// All chunks as one object: of each key what the last says, and the answers put together.
fn folded<'t>(
    chunks: Vec<Entries<'t>>,
    answers: &str,
    add: fn(&mut Entries<'t>, Entries<'t>),
) -> Entries<'t> {
    let mut whole = Entries::new();
    for (key, value) in chunks.into_iter().flatten() {
        match value {
            Json::List(items) if key == answers => add_answers(list(&mut whole, &key), items, add),
            value => set(&mut whole, key, value),
        }
    }
    whole
}

/// Puts the parts of answers to those of the same index; one without an index is the first.
fn add_answers<'t>(
    known: &mut Vec<Json<'t>>,
    items: Vec<Json<'t>>,
    add: fn(&mut Entries<'t>, Entries<'t>),
) {
    let index = |entries: &Entries| {
        entries.iter().find_map(|(key, value)| match value {
            Json::Whole(index) if key == "index" => Some(*index),
            _ => None,
        })
    };
    for item in items {
        let Json::Object(part) = item else {
            known.push(item);
            continue;
        };
        let its = index(&part).unwrap_or(0);
        let answer = known.iter_mut().find_map(|answer| match answer {
            Json::Object(answer) if index(answer).unwrap_or(0) == its => Some(answer),
            _ => None,
        });
        match answer {
            Some(answer) => add(answer, part),
            None => {
                let mut answer = Entries::new();
                add(&mut answer, part);
                known.push(Json::Object(answer));
            }
        }
    }
}

fn gemini_candidate<'t>(candidate: &mut Entries<'t>, part: Entries<'t>) {
    for (key, value) in part {
        match value {
            Json::Object(content) if key == "content" => {
                add_items(candidate, key, content, "parts")
            }
            value => set(candidate, key, value),
        }
    }
}

fn chat_choice<'t>(choice: &mut Entries<'t>, part: Entries<'t>) {
    for (key, value) in part {
        match value {
            Json::Object(message) if key == "delta" || key == "message" => {
                add_items(choice, "message".to_owned(), message, "images");
            }
            value => set(choice, key, value),
        }
    }
}

/// Puts an object under a key to the one that is there: the items of one list add up, of the rest the last stands.
fn add_items<'t>(whole: &mut Entries<'t>, key: String, more: Entries<'t>, items_key: &str) {
    if !matches!(value_of(whole, &key), Some(Json::Object(_))) {
        set(whole, key.clone(), Json::Object(Entries::new()));
    }
    let Some(Json::Object(known)) = value_of(whole, &key) else { return };
    for (key, value) in more {
        match value {
            Json::List(items) if key == items_key => list(known, &key).extend(items),
            value => set(known, key, value),
        }
    }
}

fn value_of<'e, 't>(entries: &'e mut Entries<'t>, key: &str) -> Option<&'e mut Json<'t>> {
    entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
}

/// Sets a key; null leaves what was said before.
fn set<'t>(entries: &mut Entries<'t>, key: String, value: Json<'t>) {
    match value_of(entries, &key) {
        Some(_) if value == Json::Null => {}
        Some(known) => *known = value,
        None => entries.push((key, value)),
    }
}

/// The list under a key, which is empty where there was none.
fn list<'e, 't>(entries: &'e mut Entries<'t>, key: &str) -> &'e mut Vec<Json<'t>> {
    let at =
        entries.iter().position(|(known, value)| known == key && matches!(value, Json::List(_)));
    let at = at.unwrap_or_else(|| {
        entries.retain(|(known, _)| known != key);
        entries.push((key.to_owned(), Json::List(Vec::new())));
        entries.len() - 1
    });
    match &mut entries[at].1 {
        Json::List(items) => items,
        _ => unreachable!("a list was found or put there"),
    }
}
