//! The only module that knows the YAML library.
//!
//! `serde_yaml` here is the maintained `serde-saphyr` under the name that this project's card gives
//! it: the original is archived, keeps no places and reads unquoted numbers through floats.

use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::Arc;

use crate::problem::{Place, Problem, ProblemCode};

pub(super) use serde_yaml::Spanned;

/// The largest table file that is read, in bytes.
pub(crate) const MAX_FILE_BYTES: usize = 1_000_000;

/// Reads one document of a known shape.
///
/// Errors of syntax and shape stop the file at the first one; a file over the limits is refused
/// before anything large is allocated.
pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &Arc<str>) -> Result<T, Box<Problem>> {
    if text.len() > MAX_FILE_BYTES {
        return Err(Box::new(too_large(file)));
    }
    serde_yaml::from_str_with_options(text, options()).map_err(|error| problem(file, text, &error))
}

pub(super) fn too_large(file: &str) -> Problem {
    Problem {
        code: ProblemCode::TooLarge,
        message: format!("the file is larger than {MAX_FILE_BYTES} bytes"),
        place: Place::file(file),
        help: "split the tables into one file per route".into(),
    }
}

/// The bytes at which a value stands.
pub(super) fn span<T>(value: &Spanned<T>) -> Range<usize> {
    byte_range(&value.referenced)
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_depth: 32,
            max_aliases: 0,
            max_anchors: 0,
            max_nodes: 50_000,
            max_documents: 1,
        },
    }
}

fn byte_range(location: &serde_yaml::Location) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    start..start + span.byte_len().unwrap_or(0) as usize
}

/// Where an error stands. Errors of the scanner carry a line and a column only.
fn place_in(text: &str, location: &serde_yaml::Location) -> Range<usize> {
    if location.span().byte_offset().is_some() {
        return byte_range(location);
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let at = start + rest.chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    at..at
}

fn problem(file: &str, text: &Arc<str>, error: &serde_yaml::Error) -> Box<Problem> {
    use serde_yaml::Error as E;
    let (code, help) = match error {
        E::DuplicateMappingKey { .. } => (
            ProblemCode::DuplicateKey,
            "remove one of the two: the later one would hide the earlier",
        ),
        E::SerdeUnknownField { .. } => {
            (ProblemCode::UnknownKey, "check the spelling against pricing/README.md")
        }
        E::SerdeUnknownVariant { .. } => {
            (ProblemCode::UnknownWord, "use one of the words that pricing/README.md lists")
        }
        E::SerdeMissingField { .. } => {
            (ProblemCode::MissingKey, "add the key; pricing/README.md says what it holds")
        }
        E::Budget { .. } | E::AliasReplayLimitExceeded { .. } => (
            ProblemCode::TooLarge,
            "price tables use no anchors or aliases and nest at most 32 levels deep",
        ),
        E::SerdeInvalidType { .. }
        | E::SerdeInvalidValue { .. }
        | E::SerdeInvalidLength { .. }
        | E::InvalidScalar { .. }
        | E::InvalidBooleanStrict { .. }
        | E::Unexpected { .. }
        | E::NullIntoString { .. }
        | E::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | E::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | E::UnexpectedValueForUnitEnumVariant { .. }
        | E::QuotingRequired { .. } => {
            (ProblemCode::WrongType, "see pricing/README.md for the shape of this key")
        }
        _ => (
            ProblemCode::YamlSyntax,
            "the file must be one YAML mapping; pricing/README.md shows the shape",
        ),
    };
    let span = error.location().map_or(0..0, |location| place_in(text, &location));
    Box::new(Problem {
        code,
        message: message(error),
        place: Place { file: file.into(), text: Some(text.clone()), span: within(text, span) },
        help: help.into(),
    })
}

/// The library's message without the place, which the excerpt shows, and without advice for programmers.
fn message(error: &serde_yaml::Error) -> String {
    let full = error.without_snippet().to_string();
    let cut = full.rfind(" at line ").unwrap_or(full.len());
    if matches!(error.without_snippet(), serde_yaml::Error::Budget { .. }) {
        return "the file uses anchors or aliases, or nests too deeply".into();
    }
    full[..cut]
        .replace(", set DuplicateKeyPolicy in Options if acceptable", "")
        .replace("missing field", "missing key")
        .replace("unknown field", "unknown key")
        .replace("unknown variant", "unknown word")
        .replace("expected sequence start", "a list must stand here")
        .replace("expected mapping start", "a mapping must stand here")
}

/// A range that surely lies on character borders of the text, for the excerpt.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let border = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
    let start = border(span.start).unwrap_or(0);
    start..border(span.end).unwrap_or(start).max(start)
}
