//! The only module that knows the YAML library.
//!
//! ```text
//! text ─ parser ─► events ─ tree ─► one tree with places ─ shape ─► raw shapes
//!                             └──── notes: every problem ────┘
//! ```
//!
//! `serde_yaml` here is `granit-parser` under the name that this project's card gives it. The original is archived,
//! keeps no places and reads unquoted numbers through floats. Of its maintained successor, `serde-saphyr`, this is the
//! parser alone: the deserializer, compiled anew for each shape, made more than a quarter of the program, and stopped at
//! the first problem of a file.

mod notes;
mod refused;
mod shape;
mod tree;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;
use std::ops::Range;

use crate::input_limits::{InputLimit, TABLE_BYTES, TABLE_VALUES};
use crate::problem::Place;

pub(crate) use notes::Notes;
pub(crate) use shape::{Form, Shape, Table, choice, keys, one_key, read};
pub(crate) use tree::{Entry, Holds, Node, tree};

/// A kind of file: its bounds, and where its writer finds its shape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileKind {
    /// What one file holds: "table".
    pub holds: &'static str,
    /// Where its shape is shown.
    pub shape: &'static str,
    /// What amounts of money are stated in.
    pub currency: &'static str,
    /// The largest file that is read.
    pub bytes: &'static InputLimit,
    /// The most values, lists and mappings of a file.
    pub values: &'static InputLimit,
}

/// A price table and what goes with it.
pub(crate) const TABLE: FileKind = FileKind {
    holds: "table",
    shape: "pricing/README.md",
    currency: "the version's currency",
    bytes: &TABLE_BYTES,
    values: &TABLE_VALUES,
};

/// Reads a file of a known shape and notes every problem; nothing of a file that is no YAML or over the limits.
pub(crate) fn shape<T: Shape>(notes: &mut Notes) -> Option<T> {
    if let Err(limit) = notes.kind.bytes.holds(notes.text.len()) {
        notes.problems = vec![limit.problem(Place::file(notes.file))];
        return None;
    }
    let text = notes.text.clone();
    match tree::tree(&text, notes) {
        Ok(root) => Some(read(&root, notes)),
        Err(problem) => {
            notes.problems = vec![*problem];
            None
        }
    }
}

/// A value, and the bytes at which it stands.
#[derive(Debug)]
pub(crate) struct Spanned<T> {
    pub value: T,
    at: Option<Range<usize>>,
}

impl<T> Spanned<T> {
    /// Of a value that stands at these bytes.
    pub(crate) fn new(value: T, at: Range<usize>) -> Self {
        Spanned { value, at: Some(at) }
    }

    /// The bytes at which it stands; `None` where nothing could be read, which has been noted.
    pub(crate) fn place(&self) -> Option<Range<usize>> {
        self.at.clone()
    }
}

/// A place is no part of what is written: the schema is that of the value.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The bytes at which a value stands; the start of the file where nothing could be read.
pub(crate) fn span<T>(value: &Spanned<T>) -> Range<usize> {
    value.place().unwrap_or_default()
}

/// Whether a text without quotes is a number or a truth value by the rules of YAML 1.2.
pub(crate) fn looks_like_a_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let in_base = |prefix: &str, base: u32| {
        let digits = text.strip_prefix(prefix).unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base))
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
        }
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let decimal = match (whole, fraction) {
        ("", fraction) => digits(fraction) && mantissa.starts_with('.'),
        (whole, fraction) => digits(whole) && (fraction.is_empty() || digits(fraction)),
    };
    let words = ["true", "True", "TRUE", "false", "False", "FALSE", ".nan", ".NaN", ".NAN"];
    decimal && digits(exponent)
        || in_base("0x", 16)
        || in_base("0o", 8)
        || words.contains(&text)
        || [".inf", ".Inf", ".INF"].contains(&unsigned)
}
