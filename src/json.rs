//! JSON objects from files: duplicate keys refused, every value with its path for messages.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

use crate::input_limits::{JSON_KEYS, JSON_LEVELS};
use crate::long::cut;
use crate::problem::{Place, Problem, ProblemCode};

/// The longest value that is shown whole, in letters.
const LONGEST_SHOWN: usize = 40;

/// Up to so many keys, looking through them takes less than keeping each twice; beyond, the work would grow with their square.
const FEW_KEYS: usize = 32;

/// A JSON value whose objects keep their order and have each key once. Texts stay where they are, as far as they are
/// written without escapes: a reply holds whole images.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'t> {
    Null,
    Bool(bool),
    Whole(u64),
    /// Negative or with a fraction. No count and no amount: read only where a day is told from seconds.
    OtherNumber(f64),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Entries<'t>),
}

/// The keys of an object with their values, in file order.
pub(crate) type Entries<'t> = Vec<(String, Json<'t>)>;

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json<'de>, D::Error> {
        Levels(0).deserialize(deserializer)
    }
}

/// Entries by themselves, away from the text that they were read from.
pub(crate) fn into_owned(entries: Entries) -> Entries<'static> {
    entries.into_iter().map(|(key, value)| (key, value.into_owned())).collect()
}

/// Reads a value that lies in so many lists and objects.
#[derive(Clone, Copy)]
struct Levels(usize);

impl Levels {
    /// What lies in a list or object.
    fn inside<E: Error>(self) -> Result<Levels, E> {
        let levels = self.0 + 1;
        JSON_LEVELS.holds(levels).map(|()| Levels(levels)).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Levels {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Levels {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::OtherNumber(value as f64))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::OtherNumber(value))
    }
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(text.into()))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(text.to_owned().into()))
    }
    fn visit_string<E: Error>(self, text: String) -> Result<Json<'de>, E> {
        Ok(Json::Text(text.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inside)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut object: Entries = Vec::new();
        let mut many = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.len() == FEW_KEYS {
                many.extend(object.iter().map(|(known, _)| known.clone()));
            }
            let is_new = match object.len() < FEW_KEYS {
                true => object.iter().all(|(known, _)| *known != key),
                false => many.insert(key.clone()),
            };
            if !is_new {
                return Err(A::Error::custom(format!("the key `{key}` stands twice")));
            }
            if JSON_KEYS.is_exceeded_by(object.len() + 1) {
                return Err(A::Error::custom(JSON_KEYS));
            }
            object.push((key, entries.next_value_seed(inside)?));
        }
        Ok(Json::Object(object))
    }
}

impl Json<'_> {
    /// The value by itself, away from the text that it was read from.
    pub(crate) fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(value) => Json::Bool(value),
            Json::Whole(count) => Json::Whole(count),
            Json::OtherNumber(number) => Json::OtherNumber(number),
            Json::Text(text) => Json::Text(text.into_owned().into()),
            Json::List(items) => Json::List(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(entries) => Json::Object(into_owned(entries)),
        }
    }

    /// What it is, for messages: "a list".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Whole(_) | Json::OtherNumber(_) => "a number",
            Json::Text(_) => "text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }

    /// What stands there, shortened; of what has parts, what it is.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Json::Whole(count) => count.to_string(),
            Json::OtherNumber(number) => number.to_string(),
            Json::Text(text) => cut(text, LONGEST_SHOWN).into_owned(),
            Json::Bool(value) => value.to_string(),
            other => other.kind().to_owned(),
        }
    }
}

/// A JSON object with its path in the file. Its accessors tell three things apart: a value of the type
/// that is asked for, none (`null` or no such key), and one of another type, which is a problem and never
/// counts as none.
#[derive(Clone)]
pub(crate) struct Object<'a> {
    entries: &'a [(String, Json<'a>)],
    path: String,
}

impl<'a> Object<'a> {
    pub(crate) fn new(entries: &'a [(String, Json<'a>)], path: &str) -> Object<'a> {
        Object { entries, path: path.to_owned() }
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
    pub(crate) fn object(&self, key: &str, wrong: &mut Vec<String>) -> Option<Object<'a>> {
        let value = self.get(key)?;
        object_at(value, self.path_of(key), wrong)
    }

    /// The object under a key, as one by itself: what wraps it is no part of its paths.
    pub(crate) fn inner(&self, key: &str, wrong: &mut Vec<String>) -> Option<Object<'a>> {
        let object = self.object(key, wrong)?;
        Some(Object { path: String::new(), ..object })
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
        wrong: &mut Vec<String>,
    ) -> Option<Vec<(String, &'a Json<'a>)>> {
        let path = self.path_of(key);
        match self.get(key)? {
            Json::List(items) => {
                let numbered = items.iter().enumerate();
                Some(numbered.map(|(index, item)| (format!("{path}[{index}]"), item)).collect())
            }
            other => {
                wrong.push(format!("`{path}` must be a list, and is {}", other.kind()));
                None
            }
        }
    }

    /// The objects of the list under a key; an item that is none is a problem.
    pub(crate) fn objects(&self, key: &str, wrong: &mut Vec<String>) -> Option<Vec<Object<'a>>> {
        let items = self.list(key, wrong)?;
        Some(items.into_iter().filter_map(|(path, item)| object_at(item, path, wrong)).collect())
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: &str, wrong: &mut Vec<String>) -> Option<String> {
        match self.get(key)? {
            Json::Text(text) => Some(text.to_string()),
            _ => {
                wrong.push(format!("`{}` must be text", self.path_of(key)));
                None
            }
        }
    }

    /// Whether there is text under a key, however long it is.
    pub(crate) fn has_text(&self, key: &str, wrong: &mut Vec<String>) -> bool {
        match self.get(key) {
            None => false,
            Some(Json::Text(text)) => !text.is_empty(),
            Some(_) => {
                wrong.push(format!("`{}` must be text", self.path_of(key)));
                false
            }
        }
    }

    /// The count under a key.
    pub(crate) fn count(&self, key: &str, wrong: &mut Vec<String>) -> Option<u64> {
        match self.get(key)? {
            Json::Whole(count) => Some(*count),
            _ => {
                wrong.push(format!("`{}` must be a whole number, not negative", self.path_of(key)));
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
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

fn object_at<'a>(value: &'a Json<'a>, path: String, wrong: &mut Vec<String>) -> Option<Object<'a>> {
    match value {
        Json::Object(entries) => Some(Object { entries, path }),
        other => {
            wrong.push(format!("`{path}` must be an object, and is {}", other.kind()));
            None
        }
    }
}

/// Reads a text that must be one JSON object.
pub(crate) fn read_object<'t>(file: &str, text: &'t str) -> Result<Entries<'t>, Box<Problem>> {
    match serde_json::from_str(text) {
        Ok(Json::Object(entries)) => Ok(entries),
        Ok(_) => Err(Box::new(at(file, text, "this is JSON, but not an object", (1, 1)))),
        Err(error) => Err(Box::new(syntax_problem(file, text, &error))),
    }
}

/// What is wrong with the JSON of a text, and where.
pub(crate) fn syntax_problem(file: &str, text: &str, error: &serde_json::Error) -> Problem {
    let full = error.to_string();
    let message = full.rfind(" at line ").map_or(full.as_str(), |cut| &full[..cut]);
    at(file, text, message, (error.line(), error.column()))
}

fn at(file: &str, text: &str, message: &str, (line, column): (usize, usize)) -> Problem {
    let at = offset(text, line, column);
    Problem {
        code: ProblemCode::JsonSyntax,
        message: message.to_owned(),
        place: Place::within(file, text.into(), at..at),
        help: "the file must hold one JSON object, such as the body of an Images API call".into(),
    }
}

/// The byte at a line and column (both from 1, the column in bytes), on a character border.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(count: usize, last: &str) -> String {
        let keys: String = (0..count).map(|index| format!("\"k{index}\": 1, ")).collect();
        format!("{{{keys}\"{last}\": 2}}")
    }

    /// serde_json itself stops at 128.
    #[test]
    fn values_lie_a_hundred_levels_deep_at_most() {
        let nested = |levels: usize| {
            format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1))
        };
        assert!(read_object("f", &nested(100)).is_ok());
        for levels in [101, 128, 129, 100_000] {
            let problem = read_object("f", &nested(levels)).expect_err("too deep");
            assert!(problem.message.starts_with(&JSON_LEVELS.message()), "{}", problem.message);
        }
    }

    /// Below and above the number from which on they are looked up: 0, 31, 32, 33 and 100,000 others.
    #[test]
    fn a_key_that_stands_twice_is_found_among_few_and_many() {
        for count in [1, FEW_KEYS - 1, FEW_KEYS, FEW_KEYS + 1, 100_000] {
            assert_eq!(
                read_object("f", &object(count, "new")).expect("an object").len(),
                count + 1
            );
            for twice in ["k0".to_owned(), format!("k{}", count - 1)] {
                let problem = read_object("f", &object(count, &twice)).expect_err("twice");
                assert_eq!(problem.message, format!("the key `{twice}` stands twice"));
            }
        }
    }
}
