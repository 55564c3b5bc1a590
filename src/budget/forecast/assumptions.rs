//! What a forecast takes for granted, a sentence each.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::PricedWorkload;
use crate::budget::volume::Volume;
use crate::budget::workload::{Assumptions, Budget};
use crate::catalog::terms::ChargeRule;
use crate::share::percent;

pub(in crate::budget) fn of(
    budget: &Budget,
    priced: &[PricedWorkload],
    today: NaiveDate,
) -> Vec<String> {
    let mut all = budget.assumptions.clone();
    if budget.start.plus(budget.months).first_day() > today {
        all.push(format!("days after {today} stand at the prices that are known on that day"));
    }
    let several = priced.len() > 1;
    let mut said: BTreeSet<String> = all.iter().cloned().collect();
    for found in priced {
        let name = &found.workload.name;
        let mut add = |text: String| {
            let text = if several { format!("{name}: {text}") } else { text };
            if said.insert(text.clone()) {
                all.push(text);
            }
        };
        for costed in
            found.steps.iter().flat_map(|step| step.on_first.iter().chain(&step.on_fallback))
        {
            let Ok(estimate) = &costed.stretch.price else { continue };
            // That later days stand at today's prices is said once for the budget.
            let own = estimate.assumptions.iter().filter(|it| !it.starts_with("the prices of "));
            own.cloned().for_each(&mut add);
        }
        answers(&found.workload.assume).for_each(&mut add);
        if let Volume::Growing { growth, .. } = &found.workload.volume
            && !growth.is_zero()
        {
            let first = found.workload.start.unwrap_or(budget.start);
            add(format!(
                "the volume is that of {first}, and changes by {} each month after it",
                percent(*growth)
            ));
        }
        if found.steps.len() > 1 {
            add(
                "the last step makes the image that is accepted; the others are made once for each"
                    .into(),
            );
        }
        for (from, factor) in &found.workload.price_changes {
            add(format!("from {from} on, the price times {}", factor.normalize()));
        }
    }
    let is_made = |(old, new): &(&String, &String)| {
        priced.iter().any(|found| found.stretches().any(|it| it.replaces(old, new)))
    };
    for (old, new) in budget.replacements.iter().filter(is_made) {
        all.push(format!(
            "{new} takes the place of {old} when that is shut down, with the same labels"
        ));
    }
    all
}

fn answers(assume: &Assumptions) -> impl Iterator<Item = String> + use<> {
    let rule = |what: &str, rule: Option<ChargeRule>| {
        rule.map(|rule| format!("{what} attempts are {}, as given", rule.in_words()))
    };
    [
        rule("failed", assume.failed),
        rule("blocked", assume.blocked),
        rule("timed-out", assume.timeout),
    ]
    .into_iter()
    .flatten()
}
