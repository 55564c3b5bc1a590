//! Lines of a bill beside the usage that they are for: why they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::cause::Cause;
use super::found::Difference;
use super::held::{Cell, Group};
use crate::money::{self, AmountTooLarge};

/// A group of lines of the bill, and the usage that it is for.
#[derive(Debug)]
pub(super) struct Pair {
    pub group: Group,
    pub cells: Vec<Cell>,
    /// The cause of what remains, where the way in which they were found tells it.
    pub told: Option<Cause>,
    /// How much of the difference is billed on other days.
    pub shifted: Decimal,
}

impl Pair {
    pub(super) fn new(group: Group, cells: Vec<Cell>) -> Pair {
        Pair { group, cells, told: None, shifted: Decimal::ZERO }
    }

    /// What the usage costs at least.
    fn rated(&self) -> Result<Decimal, AmountTooLarge> {
        self.cells.iter().try_fold(Decimal::ZERO, |sum, cell| money::add(sum, cell.cost.low()))
    }

    /// Billed less rated.
    pub(super) fn difference(&self) -> Result<Decimal, AmountTooLarge> {
        money::add(self.group.amount, -self.rated()?)
    }

    fn quantity(&self) -> Result<Option<Decimal>, AmountTooLarge> {
        self.cells.iter().try_fold(Some(Decimal::ZERO), |sum, cell| {
            sum.zip(cell.quantity).map(|(a, b)| money::add(a, b)).transpose()
        })
    }

    /// The differences of the two, by cause; they add up to what remains.
    pub(super) fn explain(&self) -> Result<Vec<Difference>, AmountTooLarge> {
        let mut parts = Parts::of(money::add(self.difference()?, -self.shifted)?);
        if !self.shifted.is_zero() {
            parts.found.push((Cause::DayShift, self.shifted));
        }
        if parts.rest.abs() <= self.group.rounding {
            parts.all(Cause::Rounding);
        } else {
            self.by_what_is_told(&mut parts)?;
            self.by_what_would_be_otherwise(&mut parts)?;
            self.by_quantity(&mut parts)?;
            self.by_range(&mut parts)?;
            let is_rounded = parts.rest.abs() <= self.group.rounding;
            parts.all(if is_rounded { Cause::Rounding } else { Cause::Unexplained });
        }
        let by: BTreeSet<Option<&Arc<str>>> =
            self.cells.iter().map(|cell| cell.rated_by.as_ref()).collect();
        let rated_by = by.first().filter(|_| by.len() == 1).copied().flatten();
        let difference = |(cause, amount)| Difference {
            cause,
            day: self.group.day,
            dims: self.group.dims.clone(),
            amount,
            rated_by: rated_by.cloned(),
        };
        Ok(parts.found.into_iter().map(difference).collect())
    }

    /// Where it was found as one of cached tokens or of processing. That the quantities are the same is what tells it; where
    /// they are not said, what it would cost otherwise has to.
    fn by_what_is_told(&self, parts: &mut Parts) -> Result<(), AmountTooLarge> {
        match self.told {
            Some(Cause::CachedTokens) => parts.all(Cause::CachedTokens),
            Some(cause) => {
                let (billed, used) = (self.group.quantity, self.quantity()?);
                if billed.is_some() && billed == used {
                    parts.all(cause);
                }
            }
            None => {}
        }
        Ok(())
    }

    /// The fewest causes that would make up all of the difference.
    fn by_what_would_be_otherwise(&self, parts: &mut Parts) -> Result<(), AmountTooLarge> {
        if parts.rest.is_zero() {
            return Ok(());
        }
        let causes: BTreeSet<Cause> =
            self.cells.iter().flat_map(|cell| cell.otherwise.keys().copied()).collect();
        let mut known: Vec<(Cause, Decimal)> = Vec::new();
        for cause in causes.into_iter().take(MOST_CAUSES) {
            let mut more = Decimal::ZERO;
            for cell in &self.cells {
                let usual = cell.cost.low();
                let otherwise = cell.otherwise.get(&cause).copied().unwrap_or(usual);
                more = money::add(more, money::add(otherwise, -usual)?)?;
            }
            if !more.is_zero() {
                known.push((cause, more));
            }
        }
        let mut choices: Vec<u32> = (1..1 << known.len()).collect();
        choices.sort_by_key(|choice| (choice.count_ones(), *choice));
        for choice in choices {
            let chosen = || known.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
            let sum =
                chosen().try_fold(Decimal::ZERO, |sum, (_, (_, more))| money::add(sum, *more))?;
            if money::add(parts.rest, -sum)?.abs() <= self.group.rounding {
                for (_, (cause, more)) in chosen() {
                    parts.take(*cause, *more)?;
                }
                parts.all(Cause::Rounding);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Another quantity at the price of the usage, and the same quantity at another price.
    fn by_quantity(&self, parts: &mut Parts) -> Result<(), AmountTooLarge> {
        let (Some(billed), Some(used)) = (self.group.quantity, self.quantity()?) else {
            return Ok(());
        };
        let is_exact = self.cells.iter().all(|cell| cell.cost.exact().is_some());
        if parts.rest.is_zero() || self.group.dims.meter.is_none() || used.is_zero() || !is_exact {
            return Ok(());
        }
        let more = money::add(billed, -used)?;
        if !more.is_zero() {
            let of_more = money::quotient(money::multiply(self.rated()?, more)?, used)?;
            let is_usage = of_more.is_sign_positive();
            parts.take(if is_usage { Cause::NotInUsage } else { Cause::NotInBill }, of_more)?;
        }
        if parts.rest.abs() > self.group.rounding {
            parts.all(Cause::Price);
        }
        Ok(())
    }

    /// As much of it as the range of the usage has room for.
    fn by_range(&self, parts: &mut Parts) -> Result<(), AmountTooLarge> {
        if parts.rest <= Decimal::ZERO {
            return Ok(());
        }
        let mut room = Some(Decimal::ZERO);
        for cell in &self.cells {
            let own = cell.cost.high().map(|high| money::add(high, -cell.cost.low()));
            room = room.zip(own.transpose()?).map(|(a, b)| money::add(a, b)).transpose()?;
        }
        let within = room.map_or(parts.rest, |room| room.min(parts.rest));
        parts.take(Cause::WithinRange, within)
    }
}

/// So many causes are tried together.
const MOST_CAUSES: usize = 6;

/// A difference that is taken apart.
struct Parts {
    rest: Decimal,
    found: Vec<(Cause, Decimal)>,
}

impl Parts {
    fn of(rest: Decimal) -> Parts {
        Parts { rest, found: Vec::new() }
    }

    fn take(&mut self, cause: Cause, amount: Decimal) -> Result<(), AmountTooLarge> {
        if !amount.is_zero() {
            self.rest = money::add(self.rest, -amount)?;
            self.found.push((cause, amount));
        }
        Ok(())
    }

    fn all(&mut self, cause: Cause) {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_zero() {
            self.found.push((cause, rest));
        }
    }
}
