//! Why a text is not JSON, or none that is taken: what the parser stopped at, and where.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, IgnoredAny};
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
    /// A number that JSON allows, and of a size that is not read.
    TooLargeNumber(String),
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
            None => match too_large_number(text, at) {
                Some(span) => {
                    NotJson { why: Malformed::TooLargeNumber(text[span.clone()].to_owned()), span }
                }
                None => NotJson { why: Malformed::at(text, at, error.classify()), span: at..at },
            },
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
            Malformed::TooLargeNumber(_) => ProblemCode::OutOfRange,
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
            Malformed::TooLargeNumber(number) => {
                write!(f, "the number `{number}` is larger than any that is read, 1.79e308")
            }
        }
    }
}

fn cannot_stand(f: &mut fmt::Formatter, what: &dyn fmt::Display) -> fmt::Result {
    write!(f, "`{what}` cannot stand here: a comma, quote or bracket may be missing before it")
}

/// The number at a byte, where it is one by the grammar and the parser stopped at its size: this kind of error has no
/// name in its interface.
fn too_large_number(text: &str, at: usize) -> Option<Range<usize>> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let bytes = text.as_bytes();
    let start = at - bytes[..at].iter().rev().take_while(|byte| is_part(byte)).count();
    let end = at + bytes[at..].iter().take_while(|byte| is_part(byte)).count();
    let number = &text[start..end];
    let is_number = serde_json::from_str::<IgnoredAny>(number).is_ok();
    (is_number && serde_json::from_str::<f64>(number).is_err()).then_some(start..end)
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

    fn why(text: &str) -> String {
        parse(text).expect_err("not taken").why.to_string()
    }

    #[test]
    fn a_number_that_is_too_large_is_not_taken_for_a_missing_comma() {
        for number in
            ["1e400", "-2.5E+9999", "1e99999999999999999999", &format!("1{}", "0".repeat(400))]
        {
            for text in
                [format!("{{\"a\": {number}}}"), format!("[1, {number}, 2]"), number.to_owned()]
            {
                let wrong = parse(&text).expect_err("too large");
                assert_eq!(wrong.why, Malformed::TooLargeNumber(number.to_owned()), "{text}");
                assert_eq!(&text[wrong.span], number);
            }
        }
        for text in ["[1 2]", "[1e]", "[1.]", "[01]", "[--1]", "[1e400e]", "{\"a\": 1e3 1}"] {
            assert!(why(text).contains("cannot stand here"), "{text}: {}", why(text));
        }
    }
}
