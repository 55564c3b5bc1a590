//! What a forecast takes for granted.

use chrono::NaiveDate;

use super::PricedWorkload;
use crate::budget::assumption::{Assumption, OfWorkload};
use crate::budget::volume::Volume;
use crate::budget::workload::{Assumptions, Budget};
use crate::estimate;
use crate::reason::Undelivered;

pub(in crate::budget) fn of(
    budget: &Budget,
    priced: &[PricedWorkload],
    today: NaiveDate,
) -> Vec<Assumption> {
    let mut all = budget.assumptions.clone();
    if budget.start.plus(budget.months).first_day() > today {
        all.push(Assumption::LaterDays(today));
    }
    let several = priced.len() > 1;
    for found in priced {
        for what in of_workload(budget, found) {
            let name = several.then(|| found.workload.name.clone());
            let said = Assumption::OfWorkload(name, what);
            if !all.contains(&said) {
                all.push(said);
            }
        }
    }
    let is_made = |(old, new): &(&String, &String)| {
        priced.iter().any(|found| found.stretches().any(|it| it.replaces(old, new)))
    };
    let made = budget.replacements.iter().filter(is_made);
    all.extend(made.map(|(old, new)| Assumption::Replaced { old: old.clone(), new: new.clone() }));
    all
}

fn of_workload(budget: &Budget, found: &PricedWorkload) -> Vec<OfWorkload> {
    let mut all: Vec<OfWorkload> = Vec::new();
    let steps = found.steps.iter().flat_map(|step| step.on_first.iter().chain(&step.on_fallback));
    for estimate in steps.filter_map(|costed| costed.stretch.price.as_ref().ok()) {
        // That later days stand at today's prices is said once for the budget.
        let is_own =
            |it: &&estimate::Assumption| !matches!(it, estimate::Assumption::LaterDay { .. });
        for own in estimate.assumptions.iter().filter(is_own).cloned().map(OfWorkload::Request) {
            if !all.contains(&own) {
                all.push(own);
            }
        }
    }
    all.extend(answers(&found.workload.assume));
    if let Volume::Growing { growth, .. } = &found.workload.volume
        && !growth.is_zero()
    {
        let first = found.workload.start.unwrap_or(budget.start);
        all.push(OfWorkload::Grows { first, by: *growth });
    }
    if found.steps.len() > 1 {
        all.push(OfWorkload::LastStep);
    }
    for (from, factor) in &found.workload.price_changes {
        all.push(OfWorkload::PriceTimes { from: *from, factor: *factor });
    }
    all
}

fn answers(assume: &Assumptions) -> impl Iterator<Item = OfWorkload> + use<> {
    let answers = [
        (Undelivered::Failed, assume.failed),
        (Undelivered::Blocked, assume.blocked),
        (Undelivered::TimedOut, assume.timeout),
    ];
    answers.into_iter().filter_map(|(end, rule)| Some(OfWorkload::Charged(end, rule?)))
}
