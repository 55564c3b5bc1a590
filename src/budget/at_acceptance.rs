//! What a budget costs where not every image is accepted: the assumption that moves most budgets, and that few state.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::assumption::Assumption;
use super::bench::{Bench, Tried};
use super::changes::RateChanges;
use super::forecast::Forecast;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// The share of delivered images that is accepted where a budget that states none is tried with one.
const TRIED: Decimal = Decimal::from_parts(70, 0, 0, false, 2);

/// What a budget would cost with an acceptance where none was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtAcceptance {
    /// The share of delivered images that is accepted.
    pub acceptance: Decimal,
    /// The workloads for which none was given, in the order of the budget.
    pub workloads: Vec<String>,
    /// How many workloads the budget has.
    pub of: usize,
    /// The cost of the whole budget, in US dollars.
    pub cost: Figure<Decimal>,
}

/// What the budget would cost if only a part of the delivered images of each workload were accepted, of those for which
/// nothing was given; `None` if there is none, the budget cannot be forecast so, or it costs the same (nothing is made).
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn at_acceptance(
    catalog: &Catalog,
    budget: &Budget,
    found: &Forecast,
    today: NaiveDate,
) -> Result<Option<AtAcceptance>, AmountTooLarge> {
    let changes = RateChanges { acceptance: Some(TRIED), ..RateChanges::default() };
    let assumed: BTreeSet<&str> = budget.assumptions.iter().filter_map(of_rates).collect();
    let change = |workload: &mut Workload| {
        let Some(last) = workload.steps.last_mut() else { return false };
        let changed = changes.applied_to(&last.rates, true).ok();
        let changed = changed.filter(|_| assumed.contains(workload.name.as_str()));
        changed.map(|rates| last.rates = rates).is_some()
    };
    let Some(Tried { workloads, cost }) = Bench { catalog, budget, today }.cost(change)? else {
        return Ok(None);
    };
    let now = found.cost()?;
    let of = budget.workloads.len();
    let is_the_same = (cost.low(), cost.high()) == (now.low(), now.high());
    Ok((!is_the_same).then_some(AtAcceptance { acceptance: TRIED, workloads, of, cost }))
}

/// The workload whose rates an assumption is of.
fn of_rates(assumption: &Assumption) -> Option<&str> {
    match assumption {
        Assumption::Rates(name) => Some(name),
        _ => None,
    }
}
