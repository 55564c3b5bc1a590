//! The requests and replies of files as they come: each is priced, given to who writes its row, and added up.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::kinds::Kinds;
use super::sums::Sums;
use super::{Estimate, EstimateError, EstimatedFile, GroupBy};
use crate::items::Asked;
use crate::money::AmountTooLarge;
use crate::problem::{Problem, ProblemCode};
use crate::request::RequestError;

/// How many places of a reason are kept.
const PLACES: usize = 5;

/// A request or reply of a file and what became of it.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// The file that it stands in, as the user knows it.
    pub file: Arc<str>,
    /// Its number in the file, from 1: that of its line, or its place in a list.
    pub line: usize,
    /// The caller's own id of it.
    pub custom_id: Option<Box<str>>,
    /// Its estimate, or why it was rejected.
    pub outcome: Result<Arc<Estimate>, Arc<Rejected>>,
}

/// Why lines are rejected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rejected {
    /// They cannot be read: each thing that is wrong, without its place.
    Unreadable(Vec<(ProblemCode, String)>),
    /// They cannot be priced as asked.
    Refused(Vec<RequestError>),
}

impl Rejected {
    /// The code of each reason.
    pub fn codes(&self) -> Vec<&'static str> {
        match self {
            Rejected::Unreadable(wrong) => wrong.iter().map(|(code, _)| code.as_str()).collect(),
            Rejected::Refused(errors) => errors.iter().map(RequestError::code).collect(),
        }
    }
}

impl From<&[Problem]> for Rejected {
    fn from(problems: &[Problem]) -> Rejected {
        let wrong = problems.iter().map(|problem| (problem.code, problem.message.clone()));
        Rejected::Unreadable(wrong.collect())
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let words: Vec<String> = match self {
            Rejected::Unreadable(wrong) => {
                wrong.iter().map(|(_, message)| message.clone()).collect()
            }
            Rejected::Refused(errors) => errors.iter().map(RequestError::to_string).collect(),
        };
        f.write_str(&words.join("; "))
    }
}

/// Lines that are rejected for one reason: how many, and where the first of them stand.
#[derive(Debug)]
pub struct RejectedLines {
    /// The reason.
    pub why: Arc<Rejected>,
    /// The files and numbers of the first.
    pub places: Vec<(Arc<str>, usize)>,
    /// How many there are.
    pub count: u64,
}

/// Where a line stands, and the caller's own id of it.
pub type LinePlace<'a> = (&'a Arc<str>, usize, Option<&'a str>);

/// A line that was added.
#[derive(Debug)]
pub struct Added {
    /// The line.
    pub line: FileLine,
    /// What is asked, where nothing that is kept is like it.
    pub first: Option<Asked>,
}

/// The lines of files as they come. Of each its row can be written; what is kept are sums, and a few estimates for lines
/// that are alike.
#[derive(Debug)]
pub struct FileLines {
    kinds: Kinds,
    sums: Sums,
    file: Option<Arc<str>>,
    reasons: BTreeMap<Arc<Rejected>, usize>,
    rejected: Vec<RejectedLines>,
}

impl FileLines {
    /// No lines yet, which will be summed up by what they have in common.
    pub fn grouped_by(by: &[GroupBy]) -> FileLines {
        FileLines {
            kinds: Kinds::default(),
            sums: Sums::by(by),
            file: None,
            reasons: BTreeMap::new(),
            rejected: Vec::new(),
        }
    }

    /// Prices a line, or rejects it.
    ///
    /// # Errors
    /// The problems of price tables, which are no matter of the line, or a sum that cannot be kept exact.
    pub fn add(
        &mut self,
        place: LinePlace,
        asked: Asked,
        price: impl FnOnce(&Asked) -> Result<Estimate, EstimateError>,
    ) -> Result<Added, EstimateError> {
        self.begin(place.0)?;
        match self.kinds.priced(asked, price) {
            Ok((estimate, first)) => {
                if first.is_some() {
                    self.sums.meet(&estimate);
                }
                if self.kinds.are_many() {
                    self.add_up()?;
                    self.kinds.forget();
                }
                Ok(Added { line: line(place, Ok(estimate)), first })
            }
            Err((EstimateError::Request(errors), first)) => {
                let line = self.reject(place, Rejected::Refused(errors.into()));
                Ok(Added { line, first })
            }
            Err((data, _)) => Err(data),
        }
    }

    /// Adds a line that is rejected, and why.
    pub fn reject(&mut self, place: LinePlace, why: Rejected) -> FileLine {
        let (at, why) = match self.reasons.get_key_value(&why) {
            Some((known, at)) => (*at, Arc::clone(known)),
            None => {
                let (at, why) = (self.rejected.len(), Arc::new(why));
                self.reasons.insert(Arc::clone(&why), at);
                let (why, places) = (Arc::clone(&why), Vec::new());
                self.rejected.push(RejectedLines { why, places, count: 0 });
                (at, Arc::clone(&self.rejected[at].why))
            }
        };
        let lines = &mut self.rejected[at];
        lines.count += 1;
        if lines.places.len() < PLACES {
            lines.places.push((Arc::clone(place.0), place.1));
        }
        line(place, Err(why))
    }

    /// What all lines cost together.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn into_file(mut self) -> Result<EstimatedFile, AmountTooLarge> {
        self.add_up()?;
        self.sums.into_file(self.rejected)
    }

    /// The lines of one file are added up before the next begins, so that files can be told apart.
    fn begin(&mut self, file: &Arc<str>) -> Result<(), AmountTooLarge> {
        if self.file.as_ref().is_none_or(|before| before != file) {
            self.add_up()?;
            self.file = Some(Arc::clone(file));
        }
        Ok(())
    }

    fn add_up(&mut self) -> Result<(), AmountTooLarge> {
        let file = self.file.as_deref().unwrap_or_default();
        self.sums.add(file, &self.kinds.take_counted())
    }
}

fn line(
    (file, line, custom_id): LinePlace,
    outcome: Result<Arc<Estimate>, Arc<Rejected>>,
) -> FileLine {
    FileLine { file: Arc::clone(file), line, custom_id: custom_id.map(Box::from), outcome }
}
