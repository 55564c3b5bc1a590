//! Groups of lines and the usage that they are for, found for each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cause::Cause;
use super::dims::{Dims, Said};
use super::explain::Pair;
use super::found::Difference;
use super::held::{Cell, Group};

/// Both sides while they are held against each other.
pub(super) struct Held {
    pub cells: Vec<Cell>,
    /// Groups of lines for which no usage was found yet.
    pub waiting: Vec<Group>,
    pub pairs: Vec<Pair>,
}

/// The cells that are not taken, by what they are of as far as something is said, and by their day.
pub(super) type Index = BTreeMap<Dims, BTreeMap<NaiveDate, Vec<usize>>>;

impl Held {
    /// What groups say, the ones that say most first.
    pub(super) fn ways(&self) -> Vec<Said> {
        let all: BTreeSet<Said> = self.waiting.iter().map(|group| group.dims.said()).collect();
        let mut all: Vec<Said> = all.into_iter().collect();
        all.sort_by_key(|said| std::cmp::Reverse((said.count(), *said)));
        all
    }

    pub(super) fn index(&self, of: impl Fn(&Dims) -> Dims) -> Index {
        let mut index = Index::new();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_taken) {
            index.entry(of(&cell.dims)).or_default().entry(cell.day).or_default().push(at);
        }
        index
    }

    pub(super) fn take(&mut self, at: &[usize]) -> Vec<Cell> {
        at.iter()
            .map(|at| {
                self.cells[*at].is_taken = true;
                self.cells[*at].clone()
            })
            .collect()
    }

    /// Groups and usage of the same days.
    pub(super) fn pair_same_day(&mut self) {
        for said in self.ways() {
            self.pair_by(said, |dims| dims.as_far_as(said), Dims::clone, None);
        }
    }

    /// Groups whose usage of the day was processed otherwise.
    pub(super) fn pair_other_processing(&mut self) {
        for said in self.ways().into_iter().filter(|said| said.processing()) {
            let of_cell = |dims: &Dims| dims.as_far_as(said).however_processed();
            self.pair_by(said, of_cell, Dims::however_processed, Some(Cause::Processing));
        }
    }

    /// Groups that say just this, and the usage of their days that is of the same by both functions.
    fn pair_by(
        &mut self,
        said: Said,
        of_cell: impl Fn(&Dims) -> Dims,
        of_group: impl Fn(&Dims) -> Dims,
        told: Option<Cause>,
    ) {
        let index = self.index(of_cell);
        for group in std::mem::take(&mut self.waiting) {
            let found: Vec<usize> = match index.get(&of_group(&group.dims)) {
                Some(days) if group.dims.said() == said => {
                    let days = days.range(group.day..group.until);
                    let all = days.flat_map(|(_, at)| at).copied();
                    all.filter(|at| !self.cells[*at].is_taken).collect()
                }
                _ => Vec::new(),
            };
            if found.is_empty() {
                self.waiting.push(group);
                continue;
            }
            let cells = self.take(&found);
            let pair = Pair::new(group, cells);
            self.pairs.push(Pair { told: told.or(pair.told), ..pair });
        }
    }

    /// What stands on one side alone.
    pub(super) fn without_other_side(&self) -> Vec<Difference> {
        let billed = self.waiting.iter().map(|group| Difference {
            cause: Cause::NotInUsage,
            day: group.day,
            dims: group.dims.clone(),
            amount: group.amount,
            rated_by: None,
        });
        let used = self.cells.iter().filter(|cell| !cell.is_taken).map(|cell| Difference {
            cause: Cause::NotInBill,
            day: cell.day,
            dims: cell.dims.clone(),
            amount: -cell.cost.low(),
            rated_by: cell.rated_by.clone(),
        });
        billed.chain(used).collect()
    }
}
