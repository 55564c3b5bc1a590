//! Errors of the YAML library → problems in the words of this tool.

use serde_yaml::budget::BudgetBreach;
use std::ops::Range;
use std::sync::Arc;

use super::{FileKind, MAX_DEPTH, byte_range};
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode, shortened};

const NO_ANCHORS: &str =
    "write the value where it is needed: anchors, aliases and merge keys are not read";
const NO_TAGS: &str = "remove the tag, and put text that looks like a number in quotes";

/// What is wrong in a file, and where.
pub(super) fn problem(
    kind: &FileKind,
    file: &str,
    text: &Arc<str>,
    error: &serde_yaml::Error,
) -> Box<Problem> {
    let error = error.without_snippet();
    let (code, message, help) = in_words(kind, error);
    let at = error.location().map_or(0..0, |location| place_in(text, &location));
    let span = within(text, at);
    let span = if is_anchor(error) { anchor_before(text, span) } else { span };
    Box::new(Problem {
        code,
        message: shortened(message),
        place: Place { file: file.into(), text: Some(text.clone()), span },
        help: shortened(help),
    })
}

fn in_words(kind: &FileKind, error: &serde_yaml::Error) -> (ProblemCode, String, String) {
    use ProblemCode as Code;
    use serde_yaml::Error as E;
    let wrong_type = |what: &str| {
        let help = format!("{} shows the shape of this key", kind.shape);
        (Code::WrongType, format!("{what} must stand here"), help)
    };
    let syntax = || format!("the file must be one YAML mapping; {} shows the shape", kind.shape);
    let anchors = |what: &str| (Code::Anchors, what.to_owned(), NO_ANCHORS.to_owned());
    match error {
        E::SerdeUnknownField { field, expected, .. } => (
            Code::UnknownKey,
            format!("there is no key `{field}` here"),
            one_of("keys", field, expected),
        ),
        E::SerdeUnknownVariant { variant, expected, .. } => (
            Code::UnknownWord,
            format!("`{variant}` is not one of the words that can stand here"),
            one_of("words", variant, expected),
        ),
        E::SerdeMissingField { field, .. } => {
            let help = format!("add the key; {} says what it holds", kind.shape);
            (Code::MissingKey, format!("the key `{field}` is missing"), help)
        }
        E::DuplicateMappingKey { key, .. } => {
            let key = key.as_ref().map_or("a key".to_owned(), |key| format!("the key `{key}`"));
            let help = "remove one of the two: the later one would hide the earlier";
            (Code::DuplicateKey, format!("{key} stands twice in one mapping"), help.into())
        }
        E::Budget { breach, .. } => over_the_limit(kind, breach),
        E::UnknownAnchor { .. } => anchors("an alias stands for a value elsewhere"),
        E::MergeKeyNotAllowed { .. } => anchors("a merge key takes keys from elsewhere"),
        E::UnsupportedTag { tag, .. } => {
            (Code::YamlSyntax, format!("`{tag}` is a tag"), NO_TAGS.to_owned())
        }
        E::TaggedScalarCannotDeserializeIntoString { .. } => (
            Code::YamlSyntax,
            "a tag makes this something other than text".into(),
            NO_TAGS.to_owned(),
        ),
        E::Eof { .. } => (Code::YamlSyntax, format!("the file holds no {}", kind.holds), syntax()),
        E::MultipleDocuments { .. } => several_documents(kind),
        E::Unexpected { expected, .. } => wrong_type(match *expected {
            "sequence start" => "a list",
            "mapping start" => "a mapping",
            "string scalar" => "text",
            other => other,
        }),
        E::NullIntoString { .. } => wrong_type("text"),
        E::SerdeInvalidType { expected, .. }
        | E::SerdeInvalidValue { expected, .. }
        | E::SerdeInvalidLength { expected, .. } => wrong_type(expected),
        E::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | E::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | E::ExpectedMappingEndAfterEnumVariantValue { .. }
        | E::UnexpectedValueForUnitEnumVariant { .. } => {
            wrong_type("one word, or a mapping of one key,")
        }
        other => (Code::YamlSyntax, library_message(other), syntax()),
    }
}

/// The near matches of a key or word, then all that are known.
fn one_of(what: &str, given: &str, known: &[&str]) -> String {
    let all = known.join(", ");
    match near_matches(given, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`? The {what} are: {all}"),
        None => format!("the {what} are: {all}"),
    }
}

fn over_the_limit(kind: &FileKind, breach: &BudgetBreach) -> (ProblemCode, String, String) {
    let too_large = |what: String, help: &str| (ProblemCode::TooLarge, what, help.to_owned());
    match breach {
        BudgetBreach::Anchors { .. } => {
            let what = "an anchor gives a value a name to be used elsewhere";
            (ProblemCode::Anchors, what.to_owned(), NO_ANCHORS.to_owned())
        }
        BudgetBreach::Documents { .. } => several_documents(kind),
        BudgetBreach::Depth { .. } => too_large(
            format!("lists and mappings nest more than {MAX_DEPTH} levels deep"),
            &format!("no key of a {} lies that deep; {} shows the shapes", kind.holds, kind.shape),
        ),
        _ => too_large(format!("the file holds more than {} values", kind.most_nodes), kind.split),
    }
}

fn several_documents(kind: &FileKind) -> (ProblemCode, String, String) {
    let what = "a second document starts here";
    let help = format!("keep one {} in a file, without `---` between its parts", kind.holds);
    (ProblemCode::YamlSyntax, what.to_owned(), help)
}

/// The library's message without the place, which the excerpt shows.
fn library_message(error: &serde_yaml::Error) -> String {
    let full = error.to_string();
    let cut = full.rfind(" at line ").unwrap_or(full.len());
    full[..cut].to_owned()
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

/// A range that surely lies on character borders of the text, for the excerpt.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let border = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
    let start = border(span.start).unwrap_or(0);
    start..border(span.end).unwrap_or(start).max(start)
}

fn is_anchor(error: &serde_yaml::Error) -> bool {
    matches!(error, serde_yaml::Error::Budget { breach: BudgetBreach::Anchors { .. }, .. })
}

/// The anchor in front of a value: the library gives the place of the value that has it.
fn anchor_before(text: &str, value: Range<usize>) -> Range<usize> {
    let Some(start) = text[..value.start].rfind('&') else { return value };
    let name = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
    start..start + name
}
