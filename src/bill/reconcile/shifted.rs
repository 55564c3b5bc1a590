//! What is billed on another day than it was used on, taken out of both sides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cause::Cause;
use super::dims::{Dims, Said};
use super::found::Difference;
use super::pairing::Held;
use super::shift::{OfDay, runs};
use crate::money::{self, AmountTooLarge};

impl Held {
    /// What is billed on another day: groups, pairs and usage without the other side whose differences make up for each other.
    pub(super) fn shift_days(&mut self) -> Result<Vec<Difference>, AmountTooLarge> {
        let mut found = Vec::new();
        for said in self
            .ways()
            .into_iter()
            .chain(self.ways_of_pairs())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .rev()
        {
            let index = self.index(|dims| dims.as_far_as(said));
            let mut series: BTreeMap<Dims, BTreeMap<NaiveDate, Sides>> = BTreeMap::new();
            for (at, group) in self.waiting.iter().enumerate() {
                if group.is_of_a_day() && group.dims.said() == said {
                    let sides = series.entry(group.dims.clone()).or_default();
                    sides.entry(group.day).or_default().waiting.push(at);
                }
            }
            for (at, pair) in self.pairs.iter().enumerate() {
                let is_open = pair.shifted.is_zero() && pair.told.is_none();
                if is_open && pair.group.is_of_a_day() && pair.group.dims.said() == said {
                    let sides = series.entry(pair.group.dims.clone()).or_default();
                    sides.entry(pair.group.day).or_default().pairs.push(at);
                }
            }
            let mut gone = BTreeSet::new();
            for (dims, mut days) in series {
                for (day, at) in index.get(&dims).into_iter().flatten() {
                    days.entry(*day).or_default().cells.extend(at);
                }
                let of_days: Vec<(NaiveDate, Sides)> = days.into_iter().collect();
                let differences = of_days.iter().map(|(day, sides)| self.of_day(*day, sides));
                let differences: Vec<OfDay> = differences.collect::<Result<_, _>>()?;
                for run in runs(&differences)? {
                    for at in run {
                        let (day, sides) = &of_days[at];
                        found.extend(self.shift(*day, &dims, sides));
                        gone.extend(sides.waiting.iter().copied());
                        self.shift_pairs(sides)?;
                    }
                }
            }
            let mut at = 0..;
            self.waiting.retain(|_| !at.next().is_some_and(|at| gone.contains(&at)));
        }
        Ok(found)
    }

    fn ways_of_pairs(&self) -> Vec<Said> {
        self.pairs.iter().map(|pair| pair.group.dims.said()).collect()
    }

    fn of_day(&self, day: NaiveDate, sides: &Sides) -> Result<OfDay, AmountTooLarge> {
        let (mut difference, mut rounding) = (Decimal::ZERO, Decimal::ZERO);
        for at in &sides.waiting {
            difference = money::add(difference, self.waiting[*at].amount)?;
            rounding = money::add(rounding, self.waiting[*at].rounding)?;
        }
        for at in &sides.pairs {
            difference = money::add(difference, self.pairs[*at].difference()?)?;
            rounding = money::add(rounding, self.pairs[*at].group.rounding)?;
        }
        for at in &sides.cells {
            difference = money::add(difference, -self.cells[*at].cost.low())?;
        }
        Ok(OfDay { day, difference, rounding })
    }

    /// What stands alone on a day of a run; usage of it is taken.
    fn shift(&mut self, day: NaiveDate, dims: &Dims, sides: &Sides) -> Vec<Difference> {
        let shifted = |amount, rated_by| Difference {
            cause: Cause::DayShift,
            day,
            dims: dims.clone(),
            amount,
            rated_by,
        };
        let billed = sides.waiting.iter().map(|at| shifted(self.waiting[*at].amount, None));
        let mut all: Vec<Difference> = billed.collect();
        for cell in self.take(&sides.cells) {
            all.push(shifted(-cell.cost.low(), cell.rated_by));
        }
        all
    }

    fn shift_pairs(&mut self, sides: &Sides) -> Result<(), AmountTooLarge> {
        for at in &sides.pairs {
            self.pairs[*at].shifted = self.pairs[*at].difference()?;
        }
        Ok(())
    }
}

/// What has a difference on a day, by its places.
#[derive(Default)]
struct Sides {
    waiting: Vec<usize>,
    pairs: Vec<usize>,
    cells: Vec<usize>,
}
