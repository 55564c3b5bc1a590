//! Text with its place, by what it must be.
//!
//! Each kind has its JSON Schema here. Whether a text keeps to it is checked by [`crate::catalog::check`],
//! which takes each text by its kind and reports all problems of a file.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use crate::catalog::word::Words;
use crate::catalog::yaml::{Form, Holds, Node, Notes, Shape, Spanned};

/// Text with its place; `K` says what it must be.
pub(crate) type Text<K = Free> = Spanned<Leaf<K>>;
/// One word of a closed list.
pub(crate) type Word<T> = Text<OneOf<T>>;
/// A day.
pub(crate) type Day = Text<DayText>;
/// A width and a height in pixels.
pub(crate) type SizeText = Text<Pixels>;

/// What a text must be.
pub(crate) trait Kind {
    /// Whether a whole number may stand for it without quotes.
    const TAKES_NUMBERS: bool = false;
    /// The JSON Schema of such a text.
    fn schema() -> Schema;
}

/// Text of one kind.
#[derive(Debug)]
pub(crate) struct Leaf<K> {
    text: String,
    kind: PhantomData<fn() -> K>,
}

impl<K> Deref for Leaf<K> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl<K> fmt::Display for Leaf<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K> Leaf<K> {
    /// Of a text as it stands in a file.
    pub(crate) fn new(text: &str) -> Self {
        Leaf { text: text.to_owned(), kind: PhantomData }
    }
}

impl<K> Shape for Leaf<K> {
    const FORM: Form = Form::Text;
    fn of(node: &Node, _: &mut Notes) -> Self {
        Leaf::new(match &node.holds {
            Holds::Scalar { text, .. } => text,
            _ => "",
        })
    }
}

/// Any text that is not blank.
#[derive(Debug)]
pub(crate) struct Free;

impl Kind for Free {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"\S"})
    }
}

/// A name that may be a bare number, such as that of an account tier.
#[derive(Debug)]
pub(crate) struct NameOrNumber;

impl Kind for NameOrNumber {
    const TAKES_NUMBERS: bool = true;
    fn schema() -> Schema {
        json_schema!({"type": ["string", "integer"], "pattern": r"\S", "minimum": 0})
    }
}

/// A day of the form YYYY-MM-DD.
#[derive(Debug)]
pub(crate) struct DayText;

impl Kind for DayText {
    fn schema() -> Schema {
        let pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
        json_schema!({"type": "string", "format": "date", "pattern": pattern})
    }
}

/// The day of a source, or that it carries none.
#[derive(Debug)]
pub(crate) struct DayOrUndated;

impl DayOrUndated {
    /// The word for a source without a date.
    pub(crate) const UNDATED: &str = "undated";
}

impl Kind for DayOrUndated {
    fn schema() -> Schema {
        json_schema!({"anyOf": [{"const": Self::UNDATED}, DayText::schema()]})
    }
}

/// A size of the form WIDTHxHEIGHT, each from 1 to 1,000,000.
#[derive(Debug)]
pub(crate) struct Pixels;

impl Kind for Pixels {
    fn schema() -> Schema {
        let edge = "0*([1-9][0-9]{0,5}|1000000)";
        json_schema!({"type": "string", "pattern": format!("^{edge}[xX×]{edge}$")})
    }
}

/// An ISO 4217 code.
#[derive(Debug)]
pub(crate) struct CurrencyCode;

impl Kind for CurrencyCode {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": "^[A-Z]{3}$"})
    }
}

/// One word of the list of `T`.
#[derive(Debug)]
pub(crate) struct OneOf<T>(PhantomData<T>);

impl<T: Words> Kind for OneOf<T> {
    fn schema() -> Schema {
        let words: Vec<&str> = T::words().into_iter().map(|(word, _)| word).collect();
        let numbers = words.iter().filter_map(|word| word.parse::<u64>().ok());
        let numbers = numbers.filter(|_| T::NUMBERS).map(serde_json::Value::from);
        let all: Vec<_> = words.iter().map(|word| serde_json::Value::from(*word)).collect();
        json_schema!({"enum": all.into_iter().chain(numbers).collect::<Vec<_>>()})
    }
}

impl<K: Kind> JsonSchema for Leaf<K> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        K::schema()
    }
}

/// The key of a mapping by size, such as `1024x1536`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SizeKey(String);

impl From<String> for SizeKey {
    fn from(key: String) -> Self {
        SizeKey(key)
    }
}

impl Deref for SizeKey {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for SizeKey {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "size".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Pixels::schema()
    }
}
