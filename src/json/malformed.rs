//! Why a text is not JSON, or none that is taken: what the parser stopped at, and where.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::number::with_written_numbers;
use super::{Json, Reader, key_before};
use crate::input_limits::InputLimit;
use crate::problem::ProblemCode;

/// Why a text is not JSON, or none that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// It ends before it is whole.
    CutOff,
    /// Something stands where it cannot.
    Stray(char),
    /// It holds more than is read of anything.
    TooMuch(&'static InputLimit),
    /// A key stands twice in one object.
    KeyTwice(String),
}

/// What is wrong with a text that was to be JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub why: Malformed,
    /// Where in the text.
    pub span: Range<usize>,
}

/// The JSON value that a text is.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, NotJson> {
    let refused = Cell::new(None);
    let has_other_numbers = Cell::new(false);
    let reader = Reader { levels: 0, refused: &refused, has_other_numbers: &has_other_numbers };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = reader.deserialize(&mut deserializer);
    let read = read.and_then(|json| deserializer.end().map(|()| json));
    let as_written = |json| match has_other_numbers.get() {
        true => with_written_numbers(json, text),
        false => json,
    };
    read.map(as_written).map_err(|error| {
        let at = offset(text, error.line(), error.column());
        match refused.take() {
            // A key was read to its end.
            Some(why) => NotJson { why, span: key_before(text, at) },
            None => NotJson { why: Malformed::at(text, at, error.classify()), span: at..at },
        }
    })
}

impl Malformed {
    /// What the parser stopped at.
    fn at(text: &str, at: usize, category: Category) -> Malformed {
        match text[at..].chars().next().filter(|_| category != Category::Eof) {
            Some(letter) => Malformed::Stray(letter),
            None => Malformed::CutOff,
        }
    }

    /// The code of its problem.
    pub(crate) fn code(&self) -> ProblemCode {
        match self {
            Malformed::CutOff | Malformed::Stray(_) => ProblemCode::JsonSyntax,
            Malformed::TooMuch(_) => ProblemCode::TooLarge,
            Malformed::KeyTwice(_) => ProblemCode::DuplicateKey,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Malformed::CutOff => f.write_str("the JSON ends before it is whole"),
            Malformed::Stray(letter @ ('"' | '\'')) => cannot_stand(f, letter),
            Malformed::Stray(letter) => cannot_stand(f, &letter.escape_debug()),
            Malformed::TooMuch(limit) => limit.fmt(f),
            Malformed::KeyTwice(key) => write!(f, "the key `{key}` stands twice"),
        }
    }
}

fn cannot_stand(f: &mut fmt::Formatter, what: &dyn fmt::Display) -> fmt::Result {
    write!(f, "`{what}` cannot stand here: a comma, quote or bracket may be missing before it")
}

/// The byte at a line and column (both from 1, the column in bytes), on a character border.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}
