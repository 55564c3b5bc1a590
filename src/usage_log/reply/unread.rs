//! What of a reply may bill and is not read, and what stands in it as `null`.

use crate::request::{Json, Object};

/// A value that may bill and is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it is called, without the numbers of items: `usage.audio_tokens`, `output.file_search_call`.
    pub key: String,
    /// Where it stands, with the numbers of items: `output[1].type`.
    pub path: String,
    /// What stands there, shortened.
    pub value: String,
}

impl Unread {
    /// Whether a name means it: its key or the last part of it, a key that it stands under, or its place.
    pub fn is_meant_by(&self, name: &str) -> bool {
        let under = |key: &str| {
            key == name || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        };
        under(&self.key) || self.path == name || self.key.rsplit('.').next() == Some(name)
    }
}

/// The longest value that is shown whole.
const LONGEST: usize = 40;

/// The leaves of an object that say something and are not among those that are read. A key that is
/// read is given by its path in the object, with points.
pub(super) fn unread_leaves(object: &Object, read: &[&str]) -> Vec<Unread> {
    let mut found = Vec::new();
    for (key, value) in object.entries() {
        leaves(value, key, object, read, &mut found);
    }
    found
}

fn leaves(value: &Json, within: &str, object: &Object, read: &[&str], found: &mut Vec<Unread>) {
    if read.contains(&within) {
        return;
    }
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                leaves(value, &format!("{within}.{key}"), object, read, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{within}[{index}]"), object, read, found);
            }
        }
        leaf if is_nothing(leaf) => {}
        leaf => {
            let path = object.path_of(within);
            found.push(Unread { key: without_numbers(&path), path, value: in_words(leaf) });
        }
    }
}

/// The leaves under the keys of an object that are chosen, as far as they say something.
pub(super) fn unread_under(object: &Object, chosen: impl Fn(&str) -> bool) -> Vec<Unread> {
    let mut found = Vec::new();
    for (key, value) in object.entries().filter(|(key, _)| chosen(key)) {
        leaves(value, key, object, &[], &mut found);
    }
    found
}

/// The whole of an item that may bill by being there.
pub(super) fn item(key: &str, object: &Object) -> Unread {
    Unread { key: key.to_owned(), path: object.path().to_owned(), value: "1".to_owned() }
}

/// Whether a value counts nothing and says nothing.
fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) | Json::Whole(0) => true,
        Json::OtherNumber(number) => *number == 0.0,
        Json::Text(text) => text.is_empty(),
        _ => false,
    }
}

fn in_words(value: &Json) -> String {
    match value {
        Json::Whole(count) => count.to_string(),
        Json::OtherNumber(number) => number.to_string(),
        Json::Text(text) if text.chars().count() > LONGEST => {
            text.chars().take(LONGEST).chain(['…']).collect()
        }
        Json::Text(text) => text.clone(),
        Json::Bool(true) => "true".to_owned(),
        other => other.kind().to_owned(),
    }
}

/// A path without the numbers of items: `output[1].svg_usage` → `output.svg_usage`.
fn without_numbers(path: &str) -> String {
    let mut key = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            letter => key.push(letter),
        }
    }
    key
}

/// The paths of an object at which `null` stands, at any depth.
pub(super) fn nulls(value: &Json, path: &str, found: &mut Vec<String>) {
    match value {
        Json::Null => found.push(path.to_owned()),
        Json::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                nulls(value, &path, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                nulls(item, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}
