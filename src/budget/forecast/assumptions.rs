//! What a forecast takes for granted.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::priced::PricedWorkload;
use crate::budget::assumption::{Assumption, OfWorkload};
use crate::budget::seats::SeatsPriced;
use crate::budget::volume::Volume;
use crate::budget::workload::{Assumptions, Budget};
use crate::estimate;
use crate::reason::Undelivered;

/// What is taken for granted, workload by workload.
pub(in crate::budget) struct Assumed<'a> {
    budget: &'a Budget,
    all: Vec<Assumption>,
    /// The models that another takes the place of.
    replaced: BTreeSet<&'a str>,
}

impl<'a> Assumed<'a> {
    /// What is taken for granted of a whole budget.
    pub(in crate::budget) fn of(budget: &'a Budget, today: NaiveDate) -> Assumed<'a> {
        let mut all = budget.assumptions.clone();
        if budget.start.plus(budget.months).first_day() > today {
            all.push(Assumption::LaterDays(today));
        }
        Assumed { budget, all, replaced: BTreeSet::new() }
    }

    /// Adds what is taken for granted of a workload. Names are unique: no other says the same of it.
    pub(in crate::budget) fn add(&mut self, found: &PricedWorkload) {
        let several = self.budget.workloads.len() > 1;
        let mut own: Vec<OfWorkload> = Vec::new();
        for what in of_workload(self.budget, found) {
            if !own.contains(&what) {
                own.push(what);
            }
        }
        let name = || several.then(|| found.workload.name.clone());
        self.all.extend(own.into_iter().map(|what| Assumption::OfWorkload(name(), what)));
        let is_made = |(old, new): &(&String, &String)| {
            found.stretches().any(|stretch| stretch.replaces(old, new))
        };
        let made = self.budget.replacements.iter().filter(is_made);
        self.replaced.extend(made.map(|(old, _)| old.as_str()));
    }

    /// Adds how seats are priced.
    pub(in crate::budget) fn add_seats(&mut self, priced: Option<SeatsPriced>) {
        self.all.extend(priced.map(|it| Assumption::SeatsPriced(Box::new(it))));
    }

    /// All of it, in order.
    pub(in crate::budget) fn into_all(self) -> Vec<Assumption> {
        let Assumed { budget, mut all, replaced } = self;
        let made = budget.replacements.iter().filter(|(old, _)| replaced.contains(old.as_str()));
        all.extend(
            made.map(|(old, new)| Assumption::Replaced { old: old.clone(), new: new.clone() }),
        );
        all
    }
}

fn of_workload(budget: &Budget, found: &PricedWorkload) -> Vec<OfWorkload> {
    let mut all: Vec<OfWorkload> = Vec::new();
    let steps = found.steps.iter().flat_map(|step| step.on_first.iter().chain(&step.on_fallback));
    for estimate in steps.filter_map(|costed| costed.stretch.price.as_ref().ok()) {
        // That later days stand at today's prices is said once for the budget.
        let is_own =
            |it: &&estimate::Assumption| !matches!(it, estimate::Assumption::LaterDay { .. });
        all.extend(estimate.assumptions.iter().filter(is_own).cloned().map(OfWorkload::Request));
    }
    all.extend(answers(&found.workload.assume));
    if let Volume::Growing { growth, .. } = &found.workload.volume
        && !growth.is_zero()
    {
        let first = found.workload.first_month(budget.start);
        all.push(OfWorkload::Grows { first, by: *growth });
    }
    all.extend(found.workload.volume.season().cloned().map(OfWorkload::Season));
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
