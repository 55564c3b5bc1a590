//! An object of a file with its path, and what its keys hold.

use super::Json;
use super::wrong::{At, What, Wrong};

/// A JSON object with its path in the file. Its accessors tell three things apart: a value of the type
/// that is asked for, none (`null` or no such key), and one of another type, which is a problem and never
/// counts as none.
#[derive(Clone)]
pub(crate) struct Object<'a> {
    entries: &'a [(String, Json<'a>)],
    /// Where the value stands that its paths are told from.
    within: String,
    path: String,
}

impl<'a> Object<'a> {
    pub(crate) fn new(entries: &'a [(String, Json<'a>)], path: &str) -> Object<'a> {
        Object { entries, within: String::new(), path: path.to_owned() }
    }

    /// The keys in file order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The keys in file order, each with its value.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Json<'a>)> {
        self.entries.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there is such a key, be its value `null`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name == key)
    }

    /// The value of a key; `null` counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Json<'a>> {
        self.entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
            .filter(|v| **v != Json::Null)
    }

    /// The object under a key.
    pub(crate) fn object(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<Object<'a>> {
        self.object_at(self.get(key)?, key, wrong)
    }

    /// The object under a key, as one by itself: what wraps it is no part of its paths.
    pub(crate) fn inner(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<Object<'a>> {
        let object = self.object(key, wrong)?;
        let within = object.at_root();
        Some(Object { within, path: String::new(), ..object })
    }

    /// The object that a value is, if it is one.
    pub(crate) fn at(value: &'a Json, path: &str) -> Option<Object<'a>> {
        match value {
            Json::Object(entries) => Some(Object::new(entries, path)),
            _ => None,
        }
    }

    /// The items of the list under a key, each with its path.
    pub(crate) fn list(
        &self,
        key: &str,
        wrong: &mut Vec<Wrong>,
    ) -> Option<Vec<(String, &'a Json<'a>)>> {
        let path = self.path_of(key);
        match self.get(key)? {
            Json::List(items) => {
                let numbered = items.iter().enumerate();
                Some(numbered.map(|(index, item)| (format!("{path}[{index}]"), item)).collect())
            }
            other => {
                wrong.push(self.wrong(key, What::NotAList(other.kind())));
                None
            }
        }
    }

    /// The objects of the list under a key; an item that is none is a problem.
    pub(crate) fn objects(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<Vec<Object<'a>>> {
        self.list(key, wrong)?;
        let Some(Json::List(items)) = self.get(key) else { return None };
        let object = |(index, item)| self.object_at(item, &format!("{key}[{index}]"), wrong);
        Some(items.iter().enumerate().filter_map(object).collect())
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<String> {
        self.text_in_place(key, wrong).map(str::to_owned)
    }

    /// The text under a key where it was read: that of an image has megabytes.
    pub(crate) fn text_in_place(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<&'a str> {
        match self.get(key)? {
            Json::Text(text) => Some(text),
            _ => {
                wrong.push(self.wrong(key, What::NotText));
                None
            }
        }
    }

    /// Whether there is text under a key, however long it is.
    pub(crate) fn has_text(&self, key: &str, wrong: &mut Vec<Wrong>) -> bool {
        match self.get(key) {
            None => false,
            Some(Json::Text(text)) => !text.is_empty(),
            Some(_) => {
                wrong.push(self.wrong(key, What::NotText));
                false
            }
        }
    }

    /// The count under a key.
    pub(crate) fn count(&self, key: &str, wrong: &mut Vec<Wrong>) -> Option<u64> {
        match self.get(key)? {
            Json::Whole(count) => Some(*count),
            Json::OtherNumber(_) => {
                wrong.push(self.wrong(key, What::NotWhole));
                None
            }
            _ => {
                wrong.push(self.wrong(key, What::NotACount));
                None
            }
        }
    }

    /// The path of the object itself, for messages.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The path of a key, for messages.
    pub(crate) fn path_of(&self, key: &str) -> String {
        joined(&self.path, key)
    }

    /// What is wrong at the value of a key.
    pub(crate) fn wrong(&self, key: &str, what: What) -> Wrong {
        Wrong { path: self.path_of(key), at: At::Value(joined(&self.at_root(), key)), what }
    }

    /// What is wrong with a key itself.
    pub(crate) fn wrong_key(&self, key: &str, what: What) -> Wrong {
        Wrong { path: self.path_of(key), at: At::Key(joined(&self.at_root(), key)), what }
    }

    /// What is wrong because a key is missing.
    pub(crate) fn missing(&self, key: &str, what: What) -> Wrong {
        Wrong { path: self.path_of(key), at: At::Value(self.at_root()), what }
    }

    /// What is wrong with the object as a whole.
    pub(crate) fn wrong_whole(&self, what: What) -> Wrong {
        Wrong { path: self.path.clone(), at: At::Value(self.at_root()), what }
    }

    /// The path from the root of the value.
    fn at_root(&self) -> String {
        joined(&self.within, &self.path)
    }

    /// The object that the value of a key is, or an item of the list there.
    pub(crate) fn object_at(
        &self,
        value: &'a Json<'a>,
        key: &str,
        wrong: &mut Vec<Wrong>,
    ) -> Option<Object<'a>> {
        match value {
            Json::Object(entries) => {
                Some(Object { entries, within: self.within.clone(), path: self.path_of(key) })
            }
            other => {
                wrong.push(self.wrong(key, What::NotAnObject(other.kind())));
                None
            }
        }
    }
}

/// A path below another one.
fn joined(path: &str, key: &str) -> String {
    match (path.is_empty(), key.is_empty()) {
        (true, _) => key.to_owned(),
        (_, true) => path.to_owned(),
        _ => format!("{path}.{key}"),
    }
}
