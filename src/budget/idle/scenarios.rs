//! Scenarios that change nothing: each is forecast beside the budget as it is, and without each of its changes.

use chrono::NaiveDate;

use super::{Idle, IdleReason, are_known_and_same};
use crate::budget::changes::Scenario;
use crate::budget::forecast::{Forecast, forecast};
use crate::budget::scenario::under;
use crate::budget::workload::Budget;
use crate::catalog::Catalog;

/// The scenarios under which every figure is that of the budget as it is, and of others the changes without which every
/// figure is the same. What cannot be forecast is no evidence.
pub(super) fn idle(catalog: &Catalog, budget: &Budget, today: NaiveDate) -> Vec<Idle> {
    let Some(base) =
        (!budget.scenarios.is_empty()).then(|| forecast(catalog, budget, today).ok()).flatten()
    else {
        return Vec::new();
    };
    let of = |scenario: &Scenario| {
        let changed = under(budget, scenario).ok()?;
        forecast(catalog, &changed, today).ok()
    };
    budget.scenarios.iter().flat_map(|scenario| of_scenario(scenario, &base, of)).collect()
}

fn of_scenario(
    scenario: &Scenario,
    base: &Forecast,
    of: impl Fn(&Scenario) -> Option<Forecast>,
) -> Vec<Idle> {
    let Some(found) = of(scenario) else { return Vec::new() };
    let is_as = |other: &Forecast| {
        are_known_and_same(std::slice::from_ref(&found), std::slice::from_ref(other))
    };
    let name = &scenario.name;
    if is_as(base) {
        let key = format!("scenario {name}");
        return vec![Idle { key, why: IdleReason::ScenarioAsItIs }];
    }
    if scenario.changes.len() < 2 {
        return Vec::new();
    }
    let is_idle = |at: &usize| {
        let mut without = scenario.clone();
        without.changes.remove(*at);
        of(&without).is_some_and(|other| is_as(&other))
    };
    let places = (0..scenario.changes.len()).filter(is_idle);
    places
        .map(|at| Idle {
            key: format!("change {} of scenario {name}", at + 1),
            why: IdleReason::ScenarioAsWithout,
        })
        .collect()
}
