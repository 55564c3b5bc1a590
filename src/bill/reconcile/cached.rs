//! Input tokens of which more or fewer are billed as read from a cache than were.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cause::Cause;
use super::dims::{Dims, Said};
use super::explain::Pair;
use super::held::{Cell, Group};
use super::pairing::{Held, Index};
use crate::money::{self, AmountTooLarge};
use crate::unit::Meter;

/// Meters of the same tokens, not read from a cache and read from one.
const FAMILIES: [[Meter; 2]; 2] =
    [[Meter::TextInput, Meter::CachedTextInput], [Meter::ImageInput, Meter::CachedImageInput]];

/// What lines of a family are of, and their days.
type Key = (Dims, NaiveDate, NaiveDate);

impl Held {
    /// Input tokens of a kind whose sum is the same on both sides, and whose part that was read from a cache is not.
    pub(super) fn pair_cached(&mut self) -> Result<(), AmountTooLarge> {
        for family in FAMILIES {
            let is_of = |dims: &Dims| dims.meter.is_some_and(|meter| family.contains(&meter));
            let mut lines: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
            for (at, group) in self.waiting.iter().enumerate().filter(|(_, it)| is_of(&it.dims)) {
                let key = (group.dims.of_any_meter(), group.day, group.until);
                lines.entry(key).or_default().push(at);
            }
            let ways: BTreeSet<Said> = lines.keys().map(|(dims, ..)| dims.said()).collect();
            let index = |said: Said| self.index(|dims| dims.of_any_meter().as_far_as(said));
            let indexes: BTreeMap<Said, Index> =
                ways.into_iter().map(|said| (said, index(said))).collect();
            let mut gone: BTreeSet<usize> = BTreeSet::new();
            for ((dims, day, until), at) in lines {
                let days = indexes.get(&dims.said()).and_then(|index| index.get(&dims));
                let all = days.into_iter().flat_map(|days| days.range(day..until));
                let all = all.flat_map(|(_, cells)| cells).copied();
                let is_it = |at: &usize| !self.cells[*at].is_taken && is_of(&self.cells[*at].dims);
                let found: Vec<usize> = all.filter(is_it).collect();
                if let Some(group) = self.as_one(family, dims, (&at, &found))? {
                    let cells = self.take(&found);
                    let told = Some(Cause::CachedTokens);
                    self.pairs.push(Pair { told, ..Pair::new(group, cells) });
                    gone.extend(at);
                }
            }
            let mut at = 0..;
            self.waiting.retain(|_| !at.next().is_some_and(|at| gone.contains(&at)));
        }
        Ok(())
    }

    /// Lines of both meters as one, where their tokens are as many as the usage has and are split otherwise.
    fn as_one(
        &self,
        family: [Meter; 2],
        dims: Dims,
        (lines, cells): (&[usize], &[usize]),
    ) -> Result<Option<Group>, AmountTooLarge> {
        let lines = || lines.iter().map(|at| &self.waiting[*at]);
        let cells = || cells.iter().map(|at| &self.cells[*at]);
        let billed = |meter: Meter| {
            sum(lines().filter(|it| it.dims.meter == Some(meter)).map(|it: &Group| it.quantity))
        };
        let used = |meter: Meter| {
            sum(cells().filter(|it| it.dims.meter == Some(meter)).map(|it: &Cell| it.quantity))
        };
        let [plain, cached] = family;
        let all = [billed(plain)?, billed(cached)?, used(plain)?, used(cached)?];
        let [Some(plain), Some(cached), Some(used_plain), Some(used_cached)] = all else {
            return Ok(None);
        };
        let tokens = money::add(plain, cached)?;
        let is_same = tokens == money::add(used_plain, used_cached)?;
        let Some(first) = lines().next().filter(|_| is_same && cached != used_cached) else {
            return Ok(None);
        };
        if cells().next().is_none() {
            return Ok(None);
        }
        let mut group = Group { dims, quantity: Some(tokens), ..first.clone() };
        for other in lines().skip(1) {
            group.amount = money::add(group.amount, other.amount)?;
            group.rounding = money::add(group.rounding, other.rounding)?;
        }
        Ok(Some(group))
    }
}

/// The sum of quantities; 0 of none, nothing where one is not said.
fn sum(
    quantities: impl Iterator<Item = Option<Decimal>>,
) -> Result<Option<Decimal>, AmountTooLarge> {
    let mut sum = Decimal::ZERO;
    for quantity in quantities {
        let Some(quantity) = quantity else { return Ok(None) };
        sum = money::add(sum, quantity)?;
    }
    Ok(Some(sum))
}
