//! Chunks of a stream → the reply that they are parts of. What a chunk counts includes what those before it counted, so
//! that the last count stands for the whole; images add up.

use std::collections::{HashMap, HashSet};

use super::value::Value;
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
    /// Where its chunks stand.
    spots: Vec<Spot<'t>>,
    chunks: Vec<Entries<'t>>,
    /// Whether any of them has a part of an answer, and whether any says that an answer is at its end.
    has_parts: bool,
    has_ended: bool,
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
                whole.push(entries, spot);
                whole.last = last;
            }
            None => {
                if let Some(key) = &key {
                    at.insert(key.clone(), wholes.len());
                }
                wholes.push(Whole::of(key, (number, last), (entries, spot)));
            }
        }
    }
    let wholes = wholes.into_iter().map(|whole| (whole.last, whole.value()));
    let mut values: Vec<(usize, Value<'t>)> = wholes.chain(broken).collect();
    values.sort_by_key(|(last, _)| *last);
    values.into_iter().map(|(_, value)| value)
}

impl<'t> Whole<'t> {
    /// What a first chunk begins, with its place in the file and how many values stand before it.
    fn of(
        key: Option<Key>,
        (number, last): (usize, usize),
        (first, spot): (Entries<'t>, Spot<'t>),
    ) -> Whole<'t> {
        let (spots, chunks) = (Vec::new(), Vec::new());
        let mut whole =
            Whole { key, number, last, spots, chunks, has_parts: false, has_ended: false };
        whole.push(first, spot);
        whole
    }

    fn push(&mut self, chunk: Entries<'t>, spot: Spot<'t>) {
        self.has_parts |= has_parts(&chunk);
        self.has_ended |= has_ended(&chunk);
        self.chunks.push(chunk);
        self.spots.push(spot);
    }

    /// Whether chunks without an id are parts of one reply: until a candidate has ended, and in a stream the counts that
    /// come alone after it.
    fn goes_on_with(&self, next: &Entries, is_stream: bool) -> bool {
        self.has_parts && (!self.has_ended || is_stream && !has_parts(next))
    }

    fn value(self) -> Value<'t> {
        let Whole { key, number, mut spots, mut chunks, .. } = self;
        let api = key.map(|key| key.api);
        let came = chunks.len();
        // A reply that was saved twice is one, and an image that was sent twice too.
        chunks.dedup();
        let is_event = |chunk: &Entries| Object::new(chunk, "").has("type");
        let count = match api {
            Some(Api::Responses) => chunks.iter().filter(|chunk| !is_event(chunk)).count().max(1),
            _ => came,
        };
        let is_one = chunks.len() == 1 || !matches!(api, Some(Api::Gemini | Api::Chat));
        let entries = match api {
            Some(Api::Gemini) if count > 1 => GEMINI.folded(chunks),
            Some(Api::Chat) => CHAT.folded(chunks),
            _ => chunks.pop().unwrap_or_default(),
        };
        let spot = match spots.pop() {
            Some(last) if is_one => last,
            last => Spot::Chunks(spots.into_iter().chain(last).collect()),
        };
        Value { number, chunks: count, entries: Ok(entries), spot }
    }
}

/// Whether what was put together is not at its end: the counts that it has are not those of the whole.
pub(super) fn is_cut_off(whole: &Entries) -> bool {
    let object = Object::new(whole, "");
    let is_chat = object.has("choices");
    let waits = has_parts(whole) && !has_ended(whole);
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

fn has_parts(chunk: &Entries) -> bool {
    parts(chunk).next().is_some()
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

/// How the answers of an API come in chunks.
struct Answers {
    /// The key of their list in a chunk.
    key: &'static str,
    /// The keys of what an answer holds, and the one under which it stands in the whole.
    content: (&'static [&'static str], &'static str),
    /// The key of a list in it whose items add up.
    items: &'static str,
}

const GEMINI: Answers =
    Answers { key: "candidates", content: (&["content"], "content"), items: "parts" };
const CHAT: Answers =
    Answers { key: "choices", content: (&["delta", "message"], "message"), items: "images" };

impl Answers {
    /// All chunks as one object: of each key what the last says, and the answers put together.
    fn folded<'t>(&self, chunks: Vec<Entries<'t>>) -> Entries<'t> {
        let mut whole = merged(chunks.into_iter().flatten(), Some(self.key));
        for (key, value) in &mut whole {
            if let Json::List(items) = value
                && key == self.key
            {
                *items = self.by_index(std::mem::take(items));
            }
        }
        whole
    }

    /// The parts of answers, those of the same index as one; a part without an index is of the first.
    fn by_index<'t>(&self, items: Vec<Json<'t>>) -> Vec<Json<'t>> {
        let mut answers: Vec<Result<Vec<Entries>, Json>> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        for item in items {
            let Json::Object(part) = item else {
                answers.push(Err(item));
                continue;
            };
            let at = *places.entry(index(&part)).or_insert(answers.len());
            match answers.get_mut(at) {
                Some(Ok(parts)) => parts.push(part),
                _ => answers.push(Ok(vec![part])),
            }
        }
        let whole = |answer: Result<_, _>| match answer {
            Ok(parts) => Json::Object(self.answer(parts)),
            Err(no_object) => no_object,
        };
        answers.into_iter().map(whole).collect()
    }

    /// One answer from its parts.
    fn answer<'t>(&self, parts: Vec<Entries<'t>>) -> Entries<'t> {
        let (keys, under) = self.content;
        let (contents, others): (Vec<_>, Vec<_>) =
            parts.into_iter().flatten().partition(|(key, value)| {
                matches!(value, Json::Object(_)) && keys.contains(&key.as_str())
            });
        let mut answer = merged(others.into_iter(), None);
        if !contents.is_empty() {
            let entries = contents.into_iter().flat_map(|(_, content)| match content {
                Json::Object(entries) => entries,
                _ => Entries::new(),
            });
            let content = Json::Object(merged(entries, Some(self.items)));
            answer.retain(|(key, _)| key != under);
            answer.push((under.to_owned(), content));
        }
        answer
    }
}

fn index(part: &Entries) -> u64 {
    let index = part.iter().find_map(|(key, value)| match value {
        Json::Whole(index) if key == "index" => Some(*index),
        _ => None,
    });
    index.unwrap_or(0)
}

/// Of each key what is said of it last, in the order of the first; null leaves what was said before, and the lists under
/// one key add up.
fn merged<'t>(
    all: impl Iterator<Item = (String, Json<'t>)>,
    lists_of: Option<&str>,
) -> Entries<'t> {
    let mut whole = Entries::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (key, value) in all {
        let Some(at) = places.get(&key) else {
            places.insert(key.clone(), whole.len());
            whole.push((key, value));
            continue;
        };
        match (&mut whole[*at].1, value) {
            (_, Json::Null) => {}
            (Json::List(known), Json::List(more)) if lists_of == Some(key.as_str()) => {
                known.extend(more);
            }
            (known, value) => *known = value,
        }
    }
    whole
}
