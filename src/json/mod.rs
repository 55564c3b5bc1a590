//! JSON objects from files: duplicate keys refused, every value with its path, and what is wrong at its place.
//!
//! ```text
//! text ─► Json ─ object (what its keys hold) ─► what is wrong ─ spot (where that stands in the text) ─► problems
//! ```
//!
//! Places are looked for only where something is wrong.

mod cursor;
mod malformed;
mod number;
mod object;
mod spot;
mod walk;
mod written;
mod wrong;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::ops::Range;

use crate::input_limits::{JSON_KEYS, JSON_LEVELS};
use crate::long::cut;
use crate::problem::{Place, Problem, ProblemCode};

use malformed::Malformed;
pub(crate) use malformed::{NotJson, parse};
pub(crate) use number::{exact, is_zero};
pub(crate) use object::Object;
pub(crate) use spot::{Items, Spot};
pub(crate) use written::{Written, parse_written};
pub(crate) use wrong::{At, What, Wrong, problems, without_what_follows};

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
    /// Negative, with a fraction or an exponent, or above [`u64::MAX`]: as it is written.
    OtherNumber(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Entries<'t>),
}

/// The keys of an object with their values, in file order.
pub(crate) type Entries<'t> = Vec<(String, Json<'t>)>;

/// Entries by themselves, away from the text that they were read from.
pub(crate) fn into_owned(entries: Entries) -> Entries<'static> {
    entries.into_iter().map(|(key, value)| (key, value.into_owned())).collect()
}

/// Reads a value that lies in so many lists and objects, and keeps what is refused of it.
#[derive(Clone, Copy)]
struct Reader<'r> {
    levels: usize,
    refused: &'r Cell<Option<Malformed>>,
    /// Whether there are numbers whose text is still to be taken.
    has_other_numbers: &'r Cell<bool>,
}

impl Reader<'_> {
    /// What lies in a list or object.
    fn inside<E: Error>(self) -> Result<Self, E> {
        let levels = self.levels + 1;
        match JSON_LEVELS.holds(levels) {
            Ok(()) => Ok(Reader { levels, ..self }),
            Err(_) => Err(self.refuse(Malformed::TooMuch(&JSON_LEVELS))),
        }
    }

    /// A number whose text is taken when all is read: no float stands for it.
    fn other_number<'t>(self) -> Json<'t> {
        self.has_other_numbers.set(true);
        Json::OtherNumber(Cow::Borrowed(""))
    }

    fn refuse<E: Error>(self, why: Malformed) -> E {
        let error = E::custom(&why);
        self.refused.set(Some(why));
        error
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
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
    fn visit_i64<E: Error>(self, _: i64) -> Result<Json<'de>, E> {
        Ok(self.other_number())
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(self.other_number())
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
                return Err(self.refuse(Malformed::KeyTwice(key)));
            }
            if JSON_KEYS.is_exceeded_by(object.len() + 1) {
                return Err(self.refuse(Malformed::TooMuch(&JSON_KEYS)));
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
            Json::OtherNumber(text) => Json::OtherNumber(text.into_owned().into()),
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
            Json::OtherNumber(text) | Json::Text(text) => cut(text, LONGEST_SHOWN).into_owned(),
            Json::Bool(value) => value.to_string(),
            other => other.kind().to_owned(),
        }
    }
}

/// Reads a text that must be one JSON object; `spot` is where it stands.
pub(crate) fn read_object<'t>(
    file: &str,
    text: &'t str,
    spot: &Spot,
) -> Result<Entries<'t>, Box<Problem>> {
    match parse(text) {
        Ok(Json::Object(entries)) => Ok(entries),
        Ok(other) => {
            let start = text.len() - text.trim_start().len();
            let message = format!("this is JSON, but {} and not an object", other.kind());
            let place = spot.place(file, start..start);
            Err(Box::new(not_one_object(ProblemCode::JsonSyntax, message, place)))
        }
        Err(wrong) => Err(Box::new(wrong.problem(file, spot))),
    }
}

impl NotJson {
    /// What is wrong, and where in the file.
    pub(crate) fn problem(&self, file: &str, spot: &Spot) -> Problem {
        let place = spot.place(file, self.span.clone());
        let problem = not_one_object(self.why.code(), self.why.to_string(), place);
        match self.why {
            Malformed::KeyTwice(_) => {
                Problem { help: "keep the one that is meant".into(), ..problem }
            }
            Malformed::TooLargeNumber(_) => {
                Problem { help: "write the number that is meant".into(), ..problem }
            }
            _ => problem,
        }
    }
}

fn not_one_object(code: ProblemCode, message: String, place: Place) -> Problem {
    let help = "the file must hold one JSON object, such as the body of an Images API call".into();
    Problem { code, message, place, help }
}

/// The text in quotes that ends at or before a place; the place where none does.
fn key_before(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..(at + 1).min(text.len())).unwrap_or_default().trim_end();
    let Some(end) = before.strip_suffix('"').map(str::len) else { return at..at };
    let is_escaped = |quote: usize| {
        let slashes = before[..quote].bytes().rev().take_while(|byte| *byte == b'\\').count();
        slashes % 2 == 1
    };
    let quotes = before[..end].rmatch_indices('"').map(|(quote, _)| quote);
    let start = quotes.into_iter().find(|quote| !is_escaped(*quote)).unwrap_or(end);
    start..end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(count: usize, last: &str) -> String {
        let keys: String = (0..count).map(|index| format!("\"k{index}\": 1, ")).collect();
        format!("{{{keys}\"{last}\": 2}}")
    }

    fn read(text: &str) -> Result<Entries<'_>, Box<Problem>> {
        read_object("f", text, &Spot::whole(text))
    }

    /// serde_json itself stops at 128.
    #[test]
    fn values_lie_a_hundred_levels_deep_at_most() {
        let nested = |levels: usize| {
            format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1))
        };
        assert!(read(&nested(100)).is_ok());
        for levels in [101, 128, 129, 100_000] {
            let text = nested(levels);
            let problem = read(&text).expect_err("too deep");
            assert!(problem.message.starts_with(&JSON_LEVELS.message()), "{}", problem.message);
        }
    }

    /// Below and above the number from which on they are looked up: 0, 31, 32, 33 and 100,000 others.
    #[test]
    fn a_key_that_stands_twice_is_found_among_few_and_many() {
        for count in [1, FEW_KEYS - 1, FEW_KEYS, FEW_KEYS + 1, 100_000] {
            assert_eq!(read(&object(count, "new")).expect("an object").len(), count + 1);
            for twice in ["k0".to_owned(), format!("k{}", count - 1)] {
                let text = object(count, &twice);
                let problem = read(&text).expect_err("twice");
                assert_eq!(problem.message, format!("the key `{twice}` stands twice"));
            }
        }
    }
}
