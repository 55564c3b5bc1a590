//! What the lines of files cost together, added up as they come.

use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::groups::{Groups, of_all};
use super::{Estimate, Group, GroupBy, PriceBasis, RejectedLines};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::money::{AmountTooLarge, add};
use crate::note::{Assumption, Note};
use crate::reason::Budgeting;
use crate::sensitivity::{Premise, Sensitivity};

/// The requests and replies of files: what they cost together, and what is to be said of all of them.
#[derive(Debug)]
pub struct EstimatedFile {
    /// How many are priced.
    pub priced: u64,
    /// How many of those are replies.
    pub replies: u64,
    /// Why others are rejected, each reason once, in the order in which they come up.
    pub rejected: Vec<RejectedLines>,
    /// What all lines cost, for attempts as given. With a rejected line the total is not known: what is known is
    /// a lower bound.
    pub total: Figure<Decimal>,
    /// What they cost with every open request at one quality, for each quality that settles one.
    pub settled: Vec<(String, Figure<Decimal>)>,
    /// How many requests leave size or quality open.
    pub open: u64,
    /// What the images of all lines cost where fewer of them are accepted and others are made in their place.
    pub if_fewer_accepted: Option<Sensitivity>,
    /// What they are grouped by: as asked, and by owner where there are several.
    pub grouped_by: Vec<GroupBy>,
    /// The priced lines, summed up by what they have in common, in the order in which the groups come up.
    pub groups: Vec<Group>,
    /// What was assumed, each sentence once.
    pub assumptions: Vec<Assumption>,
    /// The notes of all lines, each once.
    pub notes: Vec<Note>,
}

impl EstimatedFile {
    /// How many lines are rejected.
    pub fn rejected_lines(&self) -> u64 {
        self.rejected.iter().map(|lines| lines.count).sum()
    }

    /// The weakest that the prices of all lines rest on; `None` where none is priced.
    pub fn price_basis(&self) -> Option<PriceBasis> {
        self.groups.iter().map(|group| group.price_basis).max()
    }
}

/// The sums so far.
#[derive(Debug)]
pub(super) struct Sums {
    priced: u64,
    replies: u64,
    open: u64,
    total: Figure<Decimal>,
    settled: Vec<(String, Figure<Decimal>)>,
    fewer_accepted: FewerAccepted,
    groups: Groups,
    assumptions: Once<Assumption>,
    notes: Once<Note>,
}

/// Estimates, each with how many lines have it.
pub(super) type Counted = Vec<(Arc<Estimate>, u64)>;

const ZERO: Figure<Decimal> = Figure::Exact(Decimal::ZERO);

impl Sums {
    pub(super) fn by(by: &[GroupBy]) -> Sums {
        Sums {
            priced: 0,
            replies: 0,
            open: 0,
            total: ZERO,
            settled: Vec::new(),
            fewer_accepted: FewerAccepted::None,
            groups: Groups::by(by),
            assumptions: Once::default(),
            notes: Once::default(),
        }
    }

    /// Keeps what is to be said of an estimate, however many lines have it.
    pub(super) fn meet(&mut self, estimate: &Estimate) {
        for assumption in &estimate.assumptions {
            self.assumptions.put(assumption, Assumption::said);
        }
        for note in &estimate.notes {
            self.notes.put(note, Note::said);
        }
    }

    /// Adds lines of a file.
    pub(super) fn add(&mut self, file: &str, counted: &Counted) -> Result<(), AmountTooLarge> {
        // What is open of a request costs the total before it had come up as much as the total itself.
        let before = self.total.clone();
        let totals = of_each(counted, |estimate| &estimate.total)?;
        self.total = before.try_join(&Figure::sum(&totals)?, add)?;
        self.settle(&before, counted)?;
        for (estimate, count) in counted {
            self.priced += count;
            self.replies += if estimate.subject.request().is_none() { *count } else { 0 };
            self.open += if estimate.settled.is_empty() { 0 } else { *count };
            self.fewer_accepted.add(estimate, *count)?;
            self.groups.add(file, estimate, *count)?;
        }
        Ok(())
    }

    fn settle(
        &mut self,
        before: &Figure<Decimal>,
        counted: &Counted,
    ) -> Result<(), AmountTooLarge> {
        let settled = counted.iter().flat_map(|(estimate, _)| &estimate.settled);
        for label in settled.filter_map(|settled| settled.quality.as_ref()) {
            if !self.settled.iter().any(|(known, _)| known == label) {
                self.settled.push((label.clone(), before.clone()));
            }
        }
        for (label, sum) in &mut self.settled {
            let at_label = counted.iter().map(|(it, count)| of_all(settled_at(label, it), *count));
            let each = at_label.collect::<Result<Vec<_>, _>>()?;
            *sum = sum.try_join(&Figure::sum(&each)?, add)?;
        }
        Ok(())
    }

    /// All of it, with what is open of rejected lines.
    pub(super) fn into_file(
        self,
        rejected: Vec<RejectedLines>,
    ) -> Result<EstimatedFile, AmountTooLarge> {
        let start = match rejected.iter().map(|lines| lines.count).sum() {
            0 => ZERO,
            count => Figure::unknown(Decimal::ZERO, Budgeting::RejectedLines(count)),
        };
        let with_rejected = |sum: &Figure<Decimal>| start.try_join(sum, add);
        let total = with_rejected(&self.total)?;
        let settled = self.settled.into_iter();
        let settled = settled.map(|(label, sum)| Ok((label, with_rejected(&sum)?)));
        let if_fewer_accepted = match self.fewer_accepted {
            FewerAccepted::At(acceptance, sum) => {
                let premise = Premise::AllAccepted(acceptance);
                Sensitivity::between(premise, &total, with_rejected(&sum)?)?
            }
            FewerAccepted::None | FewerAccepted::NotOfAll => None,
        };
        let (grouped_by, groups) = self.groups.into_groups();
        Ok(EstimatedFile {
            priced: self.priced,
            replies: self.replies,
            rejected,
            settled: settled.collect::<Result<_, _>>()?,
            total,
            open: self.open,
            if_fewer_accepted,
            grouped_by,
            groups,
            assumptions: self.assumptions.all,
            notes: self.notes.all,
        })
    }
}

/// What an estimate costs at a quality: of what is open at it, of what is not as it is.
fn settled_at<'a>(quality: &String, estimate: &'a Estimate) -> &'a Figure<Decimal> {
    let mut settled = estimate.settled.iter();
    let at = settled.find(|one| one.quality.as_ref() == Some(quality));
    at.map_or(&estimate.total, |settled| &settled.total)
}

fn of_each(
    counted: &Counted,
    cost: fn(&Estimate) -> &Figure<Decimal>,
) -> Result<Vec<Figure<Decimal>>, AmountTooLarge> {
    counted.iter().map(|(estimate, count)| of_all(cost(estimate), *count)).collect()
}

/// The images of all lines, each at what an accepted one costs at a lower acceptance.
#[derive(Debug)]
enum FewerAccepted {
    /// Of no line yet.
    None,
    /// A line has no such cost, so that all together have none.
    NotOfAll,
    /// The acceptance, and the cost of all at it.
    At(Decimal, Figure<Decimal>),
}

impl FewerAccepted {
    fn add(&mut self, estimate: &Estimate, count: u64) -> Result<(), AmountTooLarge> {
        let sum = match self {
            FewerAccepted::NotOfAll => return Ok(()),
            FewerAccepted::None => &ZERO,
            FewerAccepted::At(_, sum) => sum,
        };
        *self = match &estimate.attempts.if_fewer_accepted {
            None => FewerAccepted::NotOfAll,
            Some(fewer) => {
                let images = u64::from(estimate.request_cost.images);
                let images = count.checked_mul(images).ok_or(AmountTooLarge)?;
                let cost = of_all(&fewer.per_accepted_image, images)?;
                FewerAccepted::At(fewer.acceptance, sum.try_join(&cost, add)?)
            }
        };
        Ok(())
    }
}

/// Things that are said once, in the order in which they come up.
#[derive(Debug)]
struct Once<T> {
    said: HashSet<Sentence>,
    all: Vec<T>,
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once { said: HashSet::new(), all: Vec::new() }
    }
}

impl<T: Clone> Once<T> {
    fn put(&mut self, one: &T, said: fn(&T) -> Sentence) {
        if self.said.insert(said(one)) {
            self.all.push(one.clone());
        }
    }
}
