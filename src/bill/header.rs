//! The first row of a bill → where each column stands. Names are compared without regard to case: the same owner writes
//! `ResourceId` and `resourceGroupName` in one row.

use std::collections::BTreeSet;

use super::records::Record;
use crate::errors::Errors;
use crate::long::shortened;
use crate::near::near_matches;
use crate::problem::{Problem, ProblemCode};

/// The names of the columns.
pub(super) struct Header {
    /// As they are written.
    pub names: Vec<String>,
    lower: Vec<String>,
    record: Record,
}

impl Header {
    pub(super) fn of(record: Record) -> Header {
        let names: Vec<String> =
            record.cells.iter().map(|(value, _)| value.trim().to_owned()).collect();
        let lower = names.iter().map(|name| name.to_lowercase()).collect();
        Header { names, lower, record }
    }

    /// Whether there is a column of one of these names, in small letters.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.lower.iter().any(|lower| names.contains(&lower.as_str()))
    }

    /// A problem at a column, or at the row.
    pub(super) fn problem(
        &self,
        file: &str,
        column: Option<usize>,
        code: ProblemCode,
        message: &str,
        help: String,
    ) -> Problem {
        let place = self.record.place(file, column);
        Problem { code, message: shortened(message).into_owned(), place, help: help.into() }
    }
}

/// Finds the columns that a reader takes, and notes those that are missing.
pub(super) struct Finder<'a> {
    file: &'a str,
    header: &'a Header,
    used: BTreeSet<usize>,
    problems: Vec<Problem>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(file: &'a str, header: &'a Header) -> Finder<'a> {
        Finder { file, header, used: BTreeSet::new(), problems: Vec::new() }
    }

    /// The column of the first of these names, in small letters, that there is.
    pub(super) fn optional(&mut self, names: &[&str]) -> Option<usize> {
        let of = |name: &&str| {
            let lower = self.header.lower.iter().enumerate();
            let mut found = lower.filter(|(_, lower)| lower == name).map(|(at, _)| at);
            found.next().map(|first| (first, found.next()))
        };
        let (first, second) = names.iter().find_map(of)?;
        if let Some(second) = second {
            let message = format!("the column `{}` stands twice", self.header.names[second]);
            let code = ProblemCode::DuplicateKey;
            let help = "keep one of them".to_owned();
            self.problems.push(self.header.problem(self.file, Some(second), code, &message, help));
        }
        self.used.insert(first);
        Some(first)
    }

    /// The same of a column without which nothing can be read; 0 where it is missing, which is noted.
    pub(super) fn required(&mut self, names: &[&str]) -> usize {
        if let Some(found) = self.optional(names) {
            return found;
        }
        let name = names.first().copied().unwrap_or_default();
        let others = self.header.names.iter().map(String::as_str).filter(|name| name.len() > 2);
        let near = near_matches(name, others).first().map(|near| (*near).to_owned());
        let help = match near {
            Some(near) => {
                format!("is it the column `{near}`? Then rename it, or name it in a mapping")
            }
            None => {
                "export the bill again with all of its columns, or name the columns in a mapping"
                    .to_owned()
            }
        };
        let message = format!("the column `{name}` is missing");
        let problem = self.header.problem(self.file, None, ProblemCode::MissingKey, &message, help);
        self.problems.push(problem);
        0
    }

    /// The columns that are not read.
    ///
    /// # Errors
    /// All that is wrong with the header.
    pub(super) fn finish(self) -> Result<Vec<String>, Errors<Problem>> {
        if !self.problems.is_empty() {
            return Err(self.problems.into());
        }
        let names = self.header.names.iter().enumerate();
        let others = names.filter(|(at, name)| !name.is_empty() && !self.used.contains(at));
        Ok(others.map(|(_, name)| shortened(name).into_owned()).collect())
    }
}
