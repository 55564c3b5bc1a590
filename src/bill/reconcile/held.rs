//! Both sides put together by what they are of: cells of usage, and groups of lines of the bill.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cause::Cause;
use super::dims::{Dims, Said};
use super::input::{BilledCost, Computed};
use crate::bill::line::BillKind;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// Usage of a day that is alike in all that it says.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub day: NaiveDate,
    pub dims: Dims,
    pub quantity: Option<Decimal>,
    pub cost: Figure<Decimal>,
    pub otherwise: BTreeMap<Cause, Decimal>,
    pub rated_by: Option<Arc<str>>,
    /// Whether a line of the bill was found for it.
    pub is_taken: bool,
}

/// Lines of usage of a bill that are alike.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub day: NaiveDate,
    pub until: NaiveDate,
    pub dims: Dims,
    pub quantity: Option<Decimal>,
    pub amount: Decimal,
    pub rounding: Decimal,
}

impl Group {
    /// Whether it is of one day.
    pub(super) fn is_of_a_day(&self) -> bool {
        self.day.succ_opt() == Some(self.until)
    }
}

fn both(a: Option<Decimal>, b: Option<Decimal>) -> Result<Option<Decimal>, AmountTooLarge> {
    a.zip(b).map(|(a, b)| money::add(a, b)).transpose()
}

/// The cells of usage, in order.
pub(super) fn cells(computed: &[Computed]) -> Result<Vec<Cell>, AmountTooLarge> {
    let mut cells: BTreeMap<(NaiveDate, Dims), Cell> = BTreeMap::new();
    for it in computed {
        let key = (it.day, it.dims.clone());
        let Some(cell) = cells.get_mut(&key) else {
            cells.insert(
                key,
                Cell {
                    day: it.day,
                    dims: it.dims.clone(),
                    quantity: it.quantity,
                    cost: it.cost.clone(),
                    otherwise: it.otherwise.clone(),
                    rated_by: it.rated_by.clone(),
                    is_taken: false,
                },
            );
            continue;
        };
        // Of what one of them does not say otherwise, it costs what it does.
        let (before, added) = (cell.cost.low(), it.cost.low());
        let causes: BTreeSet<Cause> =
            cell.otherwise.keys().chain(it.otherwise.keys()).copied().collect();
        for cause in causes {
            let [a, b] = [(&cell.otherwise, before), (&it.otherwise, added)]
                .map(|(all, usual)| all.get(&cause).copied().unwrap_or(usual));
            cell.otherwise.insert(cause, money::add(a, b)?);
        }
        cell.cost = cell.cost.try_join(&it.cost, money::add)?;
        cell.quantity = both(cell.quantity, it.quantity)?;
        if cell.rated_by != it.rated_by {
            cell.rated_by = None;
        }
    }
    Ok(cells.into_values().collect())
}

/// What any cell says: nothing else can be told apart.
pub(super) fn told(cells: &[Cell]) -> Said {
    cells.iter().fold(Dims::default().said(), |said, cell| said.or(cell.dims.said()))
}

/// The lines of usage of a bill, by what they and the usage both say, in order.
pub(super) fn groups(billed: &[BilledCost], told: Said) -> Result<Vec<Group>, AmountTooLarge> {
    let mut groups: BTreeMap<(NaiveDate, NaiveDate, Dims), Group> = BTreeMap::new();
    for it in billed.iter().filter(|it| it.kind == BillKind::Usage) {
        let dims = it.dims.as_far_as(told);
        match groups.get_mut(&(it.day, it.until, dims.clone())) {
            Some(group) => {
                group.amount = money::add(group.amount, it.amount)?;
                group.rounding = money::add(group.rounding, it.rounding)?;
                group.quantity = both(group.quantity, it.quantity)?;
            }
            None => {
                let key = (it.day, it.until, dims.clone());
                let (amount, rounding) = (it.amount, it.rounding);
                let group = Group {
                    day: it.day,
                    until: it.until,
                    dims,
                    quantity: it.quantity,
                    amount,
                    rounding,
                };
                groups.insert(key, group);
            }
        }
    }
    Ok(groups.into_values().collect())
}
