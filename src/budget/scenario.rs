//! Scenarios: a budget with named changes worked in.
//!
//! A change of some months makes parts of a workload: each has its own months and the name of the whole, so that rows,
//! limits and sums of the name are those of all its parts.

use rust_decimal::Decimal;

use super::changes::{Changes, Scenario, StepChanges};
use super::error::BudgetError;
use super::month::Month;
use super::volume::Volume;
use super::workload::{Budget, Workload};
use crate::errors::Errors;
use crate::money::{self, AmountTooLarge};
use crate::request::RequestError;

/// The budget as it is under a scenario. What the scenario does not name stays.
///
/// # Errors
/// Workloads whose rates of attempts cannot be so, or whose volume is beyond what can be counted.
pub fn under(budget: &Budget, scenario: &Scenario) -> Result<Budget, Errors<BudgetError>> {
    let mut changed = Budget { workloads: Vec::new(), ..budget.clone() };
    let mut errors = Vec::new();
    for workload in &budget.workloads {
        let own = scenario.changes.iter().filter(|change| change.concerns(&workload.name));
        match parts(budget, workload, &own.collect::<Vec<_>>()) {
            Ok(parts) => changed.workloads.extend(parts),
            Err(wrong) => {
                let (workload, error) = (workload.name.clone(), wrong.into());
                errors.push(BudgetError { workload, error });
            }
        }
    }
    if errors.is_empty() { Ok(changed) } else { Err(errors.into()) }
}

/// A workload with changes worked in: one for each run of months in which the same changes hold.
fn parts(
    budget: &Budget,
    workload: &Workload,
    changes: &[&Changes],
) -> Result<Vec<Workload>, Errors<RequestError>> {
    let in_force = |month: Month| -> Vec<bool> {
        changes.iter().map(|change| change.holds_in(month)).collect()
    };
    let months: Vec<Month> = workload.months(budget).collect();
    let runs: Vec<&[Month]> = months.chunk_by(|a, b| in_force(*a) == in_force(*b)).collect();
    let is_whole = runs.len() <= 1;
    let first = runs.first().map_or(budget.start, |run| run[0]);
    let mut all = Vec::new();
    for run in if is_whole { vec![&months[..]] } else { runs } {
        let month = run.first().copied().unwrap_or(first);
        let holds = changes.iter().copied().filter(|change| change.holds_in(month));
        let holds: Vec<&Changes> = holds.collect();
        let mut part = if is_whole { workload.clone() } else { alone(budget, workload, run)? };
        change(&mut part, budget, (month, run), &holds)?;
        all.push(part);
    }
    Ok(all)
}

/// A workload in months that follow each other alone, with the images that it has in them.
pub(super) fn alone(
    budget: &Budget,
    workload: &Workload,
    months: &[Month],
) -> Result<Workload, Errors<RequestError>> {
    let volume = by_month(budget, workload, months, Decimal::ONE)?;
    let (from, to) = (months.first().copied(), months.last().copied());
    Ok(Workload { volume, from, to, ..workload.clone() })
}

/// The images of months, each times a factor and rounded once.
fn by_month(
    budget: &Budget,
    workload: &Workload,
    months: &[Month],
    factor: Decimal,
) -> Result<Volume, Errors<RequestError>> {
    let images = months.iter().map(|month| {
        let times = workload.images(budget.start, *month, factor);
        Ok((*month, times.map_err(|_| vec![RequestError::TooLarge])?))
    });
    Ok(Volume::ByMonth(images.collect::<Result<_, Errors<RequestError>>>()?))
}

/// Works changes that hold in all months of a workload into it, one after the other; its volume is rounded once.
fn change(
    workload: &mut Workload,
    budget: &Budget,
    (first, months): (Month, &[Month]),
    changes: &[&Changes],
) -> Result<(), Errors<RequestError>> {
    let mut factor = Decimal::ONE;
    for change in changes {
        change_steps_where(workload, &change.of_steps(), |place| change.is_of_step(place))?;
        workload.price_changes.extend(change.price_factor.map(|factor| (first, factor)));
        if let Some(times) = change.volume_factor {
            let product = money::multiply(factor, times);
            factor = product.map_err(|_: AmountTooLarge| vec![RequestError::TooLarge])?;
        }
    }
    if changes.iter().any(|change| change.volume_factor.is_some()) {
        workload.volume = by_month(budget, workload, months, factor)?;
    }
    Ok(())
}

/// Changes every step of a workload.
///
/// # Errors
/// Rates of attempts that cannot be so.
pub(super) fn change_steps(
    workload: &mut Workload,
    changes: &StepChanges,
) -> Result<(), Errors<RequestError>> {
    change_steps_where(workload, changes, |_| true)
}

fn change_steps_where(
    workload: &mut Workload,
    changes: &StepChanges,
    is_meant: impl Fn(usize) -> bool,
) -> Result<(), Errors<RequestError>> {
    let steps = workload.steps.len();
    let meant = workload.steps.iter_mut().enumerate().filter(|(place, _)| is_meant(*place));
    for (place, step) in meant {
        let changed = changes.applied_to(step, place + 1 == steps);
        let wrong =
            |errors: Errors<_>| errors.into_iter().map(RequestError::Rates).collect::<Vec<_>>();
        *step = changed.map_err(wrong)?;
    }
    Ok(())
}
