//! The same usage at two prices: by model, in total, and for each unit of a meter.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::not_taken::NotTaken;
use super::rated::{self, RatedCell};
use super::sides::There;
use super::terms::LogTerms;
use crate::estimate::{Assumption, EstimateError, Rejected};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::note::Note;
use crate::rating::Charge;
use crate::unit::Meter;

/// What usage cost, and what the same usage costs elsewhere.
#[derive(Debug)]
pub struct Compared {
    /// Each model with the routes of both sides, in the order of their names.
    pub models: Vec<ComparedModel>,
    /// All of them together.
    pub whole: ComparedModel,
    /// Each meter that either side bills, in the order of lines.
    pub meters: Vec<ComparedMeter>,
    /// Rows that have no price there, by the reason: they are in no figure here.
    pub without_price: Vec<RowsWithoutPrice>,
    /// What was assumed there.
    pub assumptions: Vec<Assumption>,
    /// What is to be said there.
    pub notes: Vec<Note>,
}

/// The usage of a model on both sides.
#[derive(Debug, Clone)]
pub struct ComparedModel {
    /// The id of the model; empty of all.
    pub model: Arc<str>,
    /// The names of the price owners here.
    pub owners: Vec<Arc<str>>,
    /// The names of the price owners there.
    pub owners_there: Vec<Arc<str>>,
    /// Its rows.
    pub rows: u64,
    /// What they cost here.
    pub here: Figure<Decimal>,
    /// What they cost there.
    pub there: Figure<Decimal>,
}

/// What one unit of a meter costs on both sides, as far as rows count it one by one.
#[derive(Debug, Clone)]
pub struct ComparedMeter {
    /// The meter.
    pub meter: Meter,
    /// How many were counted here.
    pub quantity: u64,
    /// What a million of them, or one where they are no tokens, cost here; `None` where they are not billed.
    pub here: Option<Figure<Decimal>>,
    /// The same there.
    pub there: Option<Figure<Decimal>>,
}

/// Rows that have no price on the other side.
#[derive(Debug, Clone)]
pub struct RowsWithoutPrice {
    /// Why.
    pub why: Arc<Rejected>,
    /// How many.
    pub rows: u64,
}

impl ComparedModel {
    fn empty(model: Arc<str>) -> ComparedModel {
        let none = || Figure::Exact(Decimal::ZERO);
        ComparedModel {
            model,
            owners: Vec::new(),
            owners_there: Vec::new(),
            rows: 0,
            here: none(),
            there: none(),
        }
    }

    fn add_here(&mut self, cell: &RatedCell) -> Result<(), AmountTooLarge> {
        put(&mut self.owners, &cell.owner);
        self.rows = self.rows.checked_add(cell.tally.rows).ok_or(AmountTooLarge)?;
        self.here = self.here.try_join(&cell.cost, money::add)?;
        Ok(())
    }

    fn add_there(&mut self, cell: &RatedCell) -> Result<(), AmountTooLarge> {
        put(&mut self.owners_there, &cell.owner);
        self.there = self.there.try_join(&cell.cost, money::add)?;
        Ok(())
    }

    /// By how much it costs more there, where both are exact.
    pub fn difference(&self) -> Option<Decimal> {
        money::add(self.there.exact()?, -self.here.exact()?).ok()
    }

    /// The difference over what it costs here, where both are exact and that is not zero.
    pub fn change(&self) -> Option<Decimal> {
        let here = self.here.exact().filter(|here| !here.is_zero())?;
        money::quotient(self.difference()?, here).ok()
    }
}

fn put(owners: &mut Vec<Arc<str>>, owner: &Arc<str>) {
    if !owners.contains(owner) {
        owners.push(Arc::clone(owner));
    }
}

impl Compared {
    pub(super) fn of(
        here: &super::UsageCost,
        there: There,
        terms: &LogTerms,
    ) -> Result<Compared, EstimateError> {
        let rated = rated::rate(there.ledger, terms).map_err(|error| match error {
            NotTaken::Broken(problems) => EstimateError::Data(problems),
            NotTaken::Rejected(_) => EstimateError::from(AmountTooLarge),
        })?;
        let mut models: BTreeMap<Arc<str>, ComparedModel> = BTreeMap::new();
        let mut whole = ComparedModel::empty("".into());
        let compared: Vec<&RatedCell> = here.cells.iter().filter(|it| it.key.compared).collect();
        for cell in &compared {
            let key = &cell.key.model;
            let empty = || ComparedModel::empty(Arc::clone(key));
            models.entry(Arc::clone(key)).or_insert_with(empty).add_here(cell)?;
            whole.add_here(cell)?;
        }
        for cell in &rated.cells {
            let key = &cell.key.model;
            let empty = || ComparedModel::empty(Arc::clone(key));
            models.entry(Arc::clone(key)).or_insert_with(empty).add_there(cell)?;
            whole.add_there(cell)?;
        }
        let [ours, theirs] = [
            by_meter(compared.iter().flat_map(|cell| &cell.charges))?,
            by_meter(rated.cells.iter().flat_map(|cell| &cell.charges))?,
        ];
        let meter = |meter: Meter| {
            let (here, there) = (ours.get(&meter), theirs.get(&meter));
            let quantity = here.or(there).map_or(0, |sums| sums.quantity);
            let each = |sums: Option<&MeterSums>| sums.and_then(|sums| sums.each(meter));
            ComparedMeter { meter, quantity, here: each(here), there: each(there) }
        };
        let billed = Meter::ALL.into_iter();
        let billed = billed.filter(|it| ours.contains_key(it) || theirs.contains_key(it));
        Ok(Compared {
            models: models.into_values().collect(),
            whole,
            meters: billed.map(meter).collect(),
            without_price: there
                .without_price
                .into_iter()
                .map(|(why, rows)| RowsWithoutPrice { why, rows })
                .collect(),
            assumptions: rated.said.assumptions.into_values().collect(),
            notes: rated.said.notes.into_values().collect(),
        })
    }
}

/// How much of a meter is billed, and what it costs.
struct MeterSums {
    quantity: u64,
    cost: Figure<Decimal>,
}

impl MeterSums {
    fn each(&self, meter: Meter) -> Option<Figure<Decimal>> {
        let units = if meter.is_tokens() { Decimal::from(1_000_000) } else { Decimal::ONE };
        let quantity = Decimal::from(self.quantity);
        let of = |cost: Decimal| money::quotient(money::multiply(cost, units)?, quantity);
        (self.quantity > 0).then(|| self.cost.try_map(of).ok()).flatten()
    }
}

fn by_meter<'a>(
    charges: impl Iterator<Item = &'a Charge>,
) -> Result<BTreeMap<Meter, MeterSums>, AmountTooLarge> {
    let mut sums: BTreeMap<Meter, MeterSums> = BTreeMap::new();
    for charge in charges {
        let quantity = charge.quantity.count.low();
        let of = sums.entry(charge.meter);
        let none = || MeterSums { quantity: 0, cost: Figure::Exact(Decimal::ZERO) };
        let sum = of.or_insert_with(none);
        sum.quantity = sum.quantity.checked_add(quantity).ok_or(AmountTooLarge)?;
        sum.cost = sum.cost.try_join(&charge.amount, money::add)?;
    }
    Ok(sums)
}
