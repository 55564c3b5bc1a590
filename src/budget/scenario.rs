//! Scenarios: a budget with named changes worked in.

use super::forecast::BudgetError;
use super::volume::Volume;
use super::workload::{Budget, Changes, Scenario, StepChanges, Workload};
use crate::errors::Errors;
use crate::request::RequestError;

/// The budget as it is under a scenario. What the scenario does not name stays.
///
/// # Errors
/// Workloads whose rates of attempts cannot be so, or whose volume is beyond what can be counted.
pub fn under(budget: &Budget, scenario: &Scenario) -> Result<Budget, Errors<BudgetError>> {
    let concerned = |workload: &Workload| {
        scenario.workloads.is_empty() || scenario.workloads.contains(&workload.name)
    };
    let mut changed = budget.clone();
    let mut errors = Vec::new();
    for workload in changed.workloads.iter_mut().filter(|workload| concerned(workload)) {
        if let Err(wrong) = change(workload, &scenario.changes, budget) {
            errors.push(BudgetError { workload: workload.name.clone(), error: wrong.into() });
        }
    }
    if errors.is_empty() { Ok(changed) } else { Err(errors.into()) }
}

fn change(
    workload: &mut Workload,
    changes: &Changes,
    budget: &Budget,
) -> Result<(), Errors<RequestError>> {
    change_steps(workload, &changes.of_steps())?;
    workload.price_changes.extend(changes.price_change);
    if let Some(factor) = changes.volume_factor {
        let mut images = Vec::new();
        for month in workload.months(budget) {
            let times = workload.images(budget.start, month, factor);
            images.push((month, times.map_err(|_| vec![RequestError::TooLarge])?));
        }
        workload.volume = Volume::ByMonth(images.into_iter().collect());
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
    let steps = workload.steps.len();
    for (index, step) in workload.steps.iter_mut().enumerate() {
        let changed = changes.applied_to(step, index + 1 == steps);
        let wrong =
            |errors: Errors<_>| errors.into_iter().map(RequestError::Rates).collect::<Vec<_>>();
        *step = changed.map_err(wrong)?;
    }
    Ok(())
}
