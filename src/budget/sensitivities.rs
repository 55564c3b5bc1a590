//! What moves the cost of a budget: each thing that was taken for granted, tried otherwise and by itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::assumption::Assumption;
use super::at_acceptance::AtAcceptance;
use super::bench::{Bench, Tried};
use super::forecast::Forecast;
use super::volume::Volume;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::sensitivity::{HIGHER_PRICES, Premise, Sensitivity, largest, unstated_charges};

/// The growth a month that is tried where none was given: 3%.
const GROWTH_TRIED: Decimal = Decimal::from_parts(3, 0, 0, false, 2);

/// The premise with the workloads that it is of, where these are not all.
fn moved(
    budget: &Budget,
    premise: Premise,
    now: &Figure<Decimal>,
    tried: Tried,
) -> Result<Option<Sensitivity>, AmountTooLarge> {
    let is_of_all = tried.workloads.len() == budget.workloads.len();
    let workloads = if is_of_all { Vec::new() } else { tried.workloads };
    let moved = Sensitivity::between(premise, now, tried.cost)?;
    Ok(moved.map(|it| Sensitivity { workloads, ..it }))
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
        let tried = Tried { workloads: tried.workloads.clone(), cost: tried.cost.clone() };
        all.extend(moved(budget, premise, &now, tried)?);
    }
    let assumed: BTreeSet<&str> = budget.assumptions.iter().filter_map(of_growth).collect();
    let grow = |workload: &mut Workload| budget.months > 1 && grow(workload, &assumed);
    if let Some(tried) = bench.cost(grow)? {
        all.extend(moved(budget, Premise::SameVolume(GROWTH_TRIED), &now, tried)?);
    }
    let later = |it: &Assumption| matches!(it, Assumption::LaterDays(_));
    if found.assumptions.iter().any(later)
        && let Some(tried) = bench.cost(|workload| raise(workload, budget))?
    {
        let premise = match budget.seats.is_empty() {
            true => Premise::PricesStay(HIGHER_PRICES),
            false => Premise::ImagePricesStay(HIGHER_PRICES),
        };
        all.extend(moved(budget, premise, &now, tried)?);
    }
    all.extend(unstated_charges(&now)?);
    Ok(largest(all))
}

/// The workload whose growth an assumption is of.
fn of_growth(assumption: &Assumption) -> Option<&str> {
    match assumption {
        Assumption::Growth(name) => Some(name),
        _ => None,
    }
}

/// Lets a volume grow that stays the same for want of an answer.
fn grow(workload: &mut Workload, assumed: &BTreeSet<&str>) -> bool {
    match &mut workload.volume {
        Volume::Growing { growth, .. } if assumed.contains(workload.name.as_str()) => {
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
