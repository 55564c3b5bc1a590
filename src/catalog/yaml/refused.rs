//! Files that are refused as a whole, since they cannot be parsed or are over the limits of their kind.

use serde_yaml::{ErrorKind, ScanError};
use std::ops::Range;

use super::FileKind;
use super::notes::Notes;
use crate::help::Help;
use crate::input_limits::{InputLimit, YAML_LEVELS};
use crate::problem::{Problem, ProblemCode};

impl Notes<'_> {
    pub(super) fn too_many(&self, at: Range<usize>) -> Box<Problem> {
        let InputLimit { help, .. } = self.kind.values;
        self.refused(ProblemCode::TooLarge, at, self.kind.values.message(), *help)
    }

    pub(super) fn too_deep(&self, at: Range<usize>) -> Box<Problem> {
        let FileKind { holds, shape, .. } = self.kind;
        let help = format!("no key of a {holds} lies that deep; {shape} shows the shapes");
        self.refused(ProblemCode::TooLarge, at, YAML_LEVELS.message(), help)
    }

    pub(super) fn no_document(&self, at: Range<usize>) -> Box<Problem> {
        let is_empty = if self.text.trim().is_empty() { "is empty: it " } else { "" };
        let message = format!("the file {is_empty}holds no {}", self.kind.holds);
        self.refused(ProblemCode::YamlSyntax, at, message, self.one_mapping())
    }

    pub(super) fn second_document(&self, at: Range<usize>) -> Box<Problem> {
        let help =
            format!("keep one {} in a file, without `---` between its parts", self.kind.holds);
        self.refused(ProblemCode::YamlSyntax, at, "a second document starts here", help)
    }

    pub(super) fn no_yaml(&self, error: &ScanError) -> Box<Problem> {
        let at = place_of(self.text, error);
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => self.too_deep(at),
            _ => self.refused(ProblemCode::YamlSyntax, at, error.info(), self.one_mapping()),
        }
    }

    fn one_mapping(&self) -> String {
        format!("the file must be one YAML mapping; {} shows the shape", self.kind.shape)
    }

    fn refused(
        &self,
        code: ProblemCode,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) -> Box<Problem> {
        Box::new(self.problem(code, at, message, help))
    }
}

/// Where an error of the parser stands: it carries a line and a column only.
fn place_of(text: &str, error: &ScanError) -> Range<usize> {
    let mark = error.marker();
    let start: usize =
        text.split_inclusive('\n').take(mark.line().saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let at = start + rest.chars().take(mark.col()).map(char::len_utf8).sum::<usize>();
    at..at
}
