//! The problems of one file, gathered while it is read.

use std::ops::Range;
use std::sync::Arc;

use super::FileKind;
use crate::help::Help;
use crate::long::shortened;
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};

/// So many problems of a file come with the name that may be meant; of more, nobody reads the hints, and each is a
/// comparison with every known name.
const MOST_HINTS: usize = 100;

/// A file, and what was found wrong in it so far.
pub(crate) struct Notes<'a> {
    /// What kind of file it is.
    pub kind: &'a FileKind,
    /// How it is named to its reader.
    pub file: &'a str,
    /// Its text.
    pub text: &'a Arc<str>,
    /// The problems, in the order in which they were found.
    pub problems: Vec<Problem>,
}

impl<'a> Notes<'a> {
    /// Of a file in which nothing was found yet.
    pub(crate) fn new(kind: &'a FileKind, file: &'a str, text: &'a Arc<str>) -> Self {
        Notes { kind, file, text, problems: Vec::new() }
    }

    /// Notes a problem at a place.
    pub(crate) fn report(
        &mut self,
        code: ProblemCode,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) {
        let problem = self.problem(code, at, message, help);
        self.problems.push(problem);
    }

    /// A problem at a place, not noted yet.
    pub(super) fn problem(
        &self,
        code: ProblemCode,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) -> Problem {
        let span = within(self.text, at);
        let place = Place::within(self.file, self.text.clone(), span);
        let message = shortened(&message.into()).into_owned();
        Problem { code, message, place, help: help.into().shortened() }
    }

    /// The known names that are most like the one given; none where many problems were noted already.
    pub(crate) fn near<'k>(
        &self,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Vec<&'k str> {
        if self.problems.len() < MOST_HINTS { near_matches(given, known) } else { Vec::new() }
    }

    /// Notes that something else must stand at a place.
    pub(crate) fn wrong_type(&mut self, at: Range<usize>, what: &str) {
        let help = format!("{} shows the shape of this key", self.kind.shape);
        self.report(ProblemCode::WrongType, at, format!("{what} must stand here"), help);
    }
}

/// A range that surely lies on character borders of the text, for the excerpt.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let border = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
    let start = border(span.start).unwrap_or(0);
    start..border(span.end).unwrap_or(start).max(start)
}
