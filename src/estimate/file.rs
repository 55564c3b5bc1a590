//! The estimates of many requests and replies, and what they cost together.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::kinds::{Kind, Kinds};
use super::{Estimate, EstimateError};
use crate::errors::Errors;
use crate::figure::Figure;
use crate::items::Asked;
use crate::money::{AmountTooLarge, add, times};
use crate::problem::{Problem, ProblemCode};
use crate::reason::Budgeting;
use crate::request::RequestError;
use crate::sensitivity::{Premise, Sensitivity};

/// A request or reply of a file and what became of it.
#[derive(Debug)]
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

/// The lines of files as they come: what each needs is kept once for all that are alike.
#[derive(Debug, Default)]
pub struct FileLines {
    lines: Vec<FileLine>,
    kinds: Kinds,
    reasons: BTreeSet<Arc<Rejected>>,
    refused: Vec<Asked>,
}

/// Where a line stands, and the caller's own id of it.
pub type LinePlace<'a> = (&'a Arc<str>, usize, Option<&'a str>);

impl FileLines {
    /// Prices a line, or rejects it; the reason is returned.
    ///
    /// # Errors
    /// The problems of price tables, which are no matter of the line.
    pub fn add(
        &mut self,
        place: LinePlace,
        asked: Asked,
        price: impl FnOnce(&Asked) -> Result<Estimate, EstimateError>,
    ) -> Result<Option<Arc<Rejected>>, Errors<Problem>> {
        match self.kinds.priced(asked, price) {
            Ok(estimate) => {
                self.put(place, Ok(estimate));
                Ok(None)
            }
            Err((EstimateError::Request(errors), asked)) => {
                let (rejected, is_new) = self.reject(place, Rejected::Refused(errors.into()));
                self.refused.extend(asked.filter(|_| is_new));
                Ok(Some(rejected))
            }
            Err((EstimateError::Data(problems), _)) => Err(problems),
        }
    }

    /// Adds a line that is rejected, and why; whether it is the first with this reason.
    pub fn reject(&mut self, place: LinePlace, why: Rejected) -> (Arc<Rejected>, bool) {
        let known = self.reasons.get(&why).cloned();
        let is_new = known.is_none();
        let rejected = known.unwrap_or_else(|| Arc::new(why));
        self.reasons.insert(Arc::clone(&rejected));
        self.put(place, Err(Arc::clone(&rejected)));
        (rejected, is_new)
    }

    /// The lines so far.
    pub fn lines(&self) -> &[FileLine] {
        &self.lines
    }

    fn put(
        &mut self,
        (file, line, custom_id): LinePlace,
        outcome: Result<Arc<Estimate>, Arc<Rejected>>,
    ) {
        let custom_id = custom_id.map(Box::from);
        self.lines.push(FileLine { file: Arc::clone(file), line, custom_id, outcome });
    }
}

/// The requests and replies of files with what they cost together.
#[derive(Debug)]
pub struct EstimatedFile {
    /// The lines.
    pub lines: Vec<FileLine>,
    /// The kinds of them, in the order in which they come up.
    pub kinds: Vec<Kind>,
    /// The first of those that are refused for each reason.
    pub refused: Vec<Asked>,
    /// What all lines cost, for attempts as given. With a rejected line the total is not known: what is known is
    /// a lower bound.
    pub total: Figure<Decimal>,
    /// What they cost with every open request at one quality, for each quality that settles one.
    pub settled: Vec<(String, Figure<Decimal>)>,
    /// What the images of all lines cost where fewer of them are accepted and others are made in their place.
    pub if_fewer_accepted: Option<Sensitivity>,
}

impl EstimatedFile {
    /// The lines with their sums.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn of(found: FileLines) -> Result<EstimatedFile, AmountTooLarge> {
        let FileLines { lines, kinds, refused, .. } = found;
        let kinds = kinds.into_all();
        let rejected = lines.iter().filter(|line| line.outcome.is_err()).count();
        let start = match rejected {
            0 => Figure::Exact(Decimal::ZERO),
            count => Figure::unknown(Decimal::ZERO, Budgeting::RejectedLines(count as u64)),
        };
        let total = kinds.iter().try_fold(start.clone(), |sum, kind| {
            sum.try_join(&of_all(&kind.estimate.total, kind.count)?, add)
        })?;
        let settled = settled(&kinds, &start)?;
        let if_fewer_accepted = if_fewer_accepted(&kinds, start, &total)?;
        Ok(EstimatedFile { lines, kinds, refused, total, settled, if_fewer_accepted })
    }

    /// The estimates of the lines that are priced, each that several lines share once.
    pub fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        self.kinds.iter().map(|kind| &*kind.estimate)
    }

    /// What is asked, of all that are alike once.
    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.kinds.iter().map(|kind| &kind.asked).chain(&self.refused)
    }

    /// How many lines are priced, and how many are rejected.
    pub fn priced_and_rejected(&self) -> (usize, usize) {
        let priced = self.lines.iter().filter(|line| line.outcome.is_ok()).count();
        (priced, self.lines.len() - priced)
    }
}

/// What so many requests of one cost are together.
pub(super) fn of_all(
    cost: &Figure<Decimal>,
    count: u64,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    cost.try_map(|cost| times(count, cost))
}

/// The images of all lines, each at what an accepted one costs at a lower acceptance, beside what is open of rejected lines;
/// nothing where a line has none.
fn if_fewer_accepted(
    kinds: &[Kind],
    start: Figure<Decimal>,
    total: &Figure<Decimal>,
) -> Result<Option<Sensitivity>, AmountTooLarge> {
    let (mut sum, mut acceptance) = (start, None);
    for Kind { estimate, count, .. } in kinds {
        let Some(fewer) = &estimate.attempts.if_fewer_accepted else { return Ok(None) };
        acceptance = Some(fewer.acceptance);
        let images =
            count.checked_mul(estimate.request_cost.images.into()).ok_or(AmountTooLarge)?;
        sum = sum.try_join(&of_all(&fewer.per_accepted_image, images)?, add)?;
    }
    let Some(acceptance) = acceptance else { return Ok(None) };
    Sensitivity::between(Premise::AllAccepted(acceptance), total, sum)
}

fn settled(
    kinds: &[Kind],
    start: &Figure<Decimal>,
) -> Result<Vec<(String, Figure<Decimal>)>, AmountTooLarge> {
    let mut labels: Vec<&String> = Vec::new();
    let open = kinds.iter().flat_map(|kind| &kind.estimate.settled);
    for label in open.filter_map(|settled| settled.quality.as_ref()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let total_at = |label: &String| {
        kinds.iter().try_fold(start.clone(), |sum, Kind { estimate, count, .. }| {
            let at = estimate.settled.iter().find(|one| one.quality.as_ref() == Some(label));
            let cost = at.map_or(&estimate.total, |settled| &settled.total);
            sum.try_join(&of_all(cost, *count)?, add)
        })
    };
    labels.into_iter().map(|label| Ok((label.clone(), total_at(label)?))).collect()
}
