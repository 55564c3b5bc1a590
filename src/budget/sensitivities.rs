//! What moves the cost of a budget: each thing that was taken for granted, tried otherwise and by itself.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::assumption::Assumption;
use super::at_acceptance::AtAcceptance;
use super::forecast::{Forecast, forecast};
use super::volume::Volume;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::sensitivity::{HIGHER_PRICES, Premise, Sensitivity, largest, unstated_charges};

/// The growth a month that is tried where none was given: 3%.
const GROWTH_TRIED: Decimal = Decimal::from_parts(3, 0, 0, false, 2);

/// A budget on the bench: forecast once more with one thing changed.
struct Bench<'a> {
    catalog: &'a Catalog,
    budget: &'a Budget,
    today: NaiveDate,
}

/// The workloads that a change is of, and what the budget then costs.
type Tried = (Vec<String>, Figure<Decimal>);

impl Bench<'_> {
    /// The cost with a change of workloads, and those that it changes; nothing where it changes none, or the budget
    /// cannot be forecast so.
    fn cost(
        &self,
        change: impl Fn(&mut Workload) -> bool,
    ) -> Result<Option<Tried>, AmountTooLarge> {
        let mut tried = self.budget.clone();
        let changed: Vec<String> = tried
            .workloads
            .iter_mut()
            .filter_map(|workload| change(workload).then(|| workload.name.clone()))
            .collect();
        if changed.is_empty() {
            return Ok(None);
        }
        let Ok(found) = forecast(self.catalog, &tried, self.today) else { return Ok(None) };
        Ok(Some((changed, found.cost()?)))
    }

    /// The premise with the workloads that it is of, where these are not all.
    fn moved(
        &self,
        premise: Premise,
        of: Vec<String>,
        now: &Figure<Decimal>,
        then: Figure<Decimal>,
    ) -> Result<Option<Sensitivity>, AmountTooLarge> {
        let is_of_all = of.len() == self.budget.workloads.len();
        let workloads = if is_of_all { Vec::new() } else { of };
        let moved = Sensitivity::between(premise, now, then)?;
        Ok(moved.map(|it| Sensitivity { workloads, ..it }))
    }
}

/// The few premises that move the cost of a budget most: an acceptance that was not given, growth that was not given, who
/// pays for failures where that is not stated, today's list prices that are assumed to stay.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn sensitivities(
    catalog: &Catalog,
    budget: &Budget,
    found: &Forecast,
    accepted: Option<&AtAcceptance>,
    today: NaiveDate,
) -> Result<Vec<Sensitivity>, AmountTooLarge> {
    let bench = Bench { catalog, budget, today };
    let now = found.cost()?;
    let mut all = Vec::new();
    if let Some(tried) = accepted {
        let premise = Premise::AllAccepted(tried.acceptance);
        all.extend(bench.moved(premise, tried.workloads.clone(), &now, tried.cost.clone())?);
    }
    if let Some((of, cost)) = bench.cost(|workload| grow(workload, budget))? {
        all.extend(bench.moved(Premise::SameVolume(GROWTH_TRIED), of, &now, cost)?);
    }
    let later = |it: &Assumption| matches!(it, Assumption::LaterDays(_));
    if found.assumptions.iter().any(later)
        && let Some((of, cost)) = bench.cost(|workload| raise(workload, budget))?
    {
        all.extend(bench.moved(Premise::PricesStay(HIGHER_PRICES), of, &now, cost)?);
    }
    all.extend(unstated_charges(&now)?);
    Ok(largest(all))
}

/// Lets a volume grow that stays the same for want of an answer.
fn grow(workload: &mut Workload, budget: &Budget) -> bool {
    let is_default = budget.assumptions.contains(&Assumption::Growth(workload.name.clone()));
    match &mut workload.volume {
        Volume::Growing { growth, .. } if is_default && budget.months > 1 => {
            *growth = GROWTH_TRIED;
            true
        }
        _ => false,
    }
}

/// Raises the prices of a workload from the first month on, where no change of them was given.
fn raise(workload: &mut Workload, budget: &Budget) -> bool {
    let is_open = workload.price_changes.is_empty();
    if is_open {
        workload.price_changes.push((budget.start, Decimal::ONE + HIGHER_PRICES));
    }
    is_open
}
