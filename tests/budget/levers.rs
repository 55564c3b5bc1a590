//! A lever saves what the whole budget costs less with it, whoever shares a limit with its workload.

use std::collections::BTreeSet;

use imgcost::budget::{
    Budget, Fallback, FallbackWhen, Lever, LeverChange, Limit, RateChanges, Scope, Step, Workload,
    levers,
};
use imgcost::catalog::conditions::Processing;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;
use crate::common::day;

prop_compose! {
    /// Each image is accepted in the end, whatever that takes, so that every cost is exact.
    fn a_workload()(
        quality in prop::sample::select(&["low", "medium", "high"][..]),
        size in prop::sample::select(&["1024x1024", "1536x1024"][..]),
        images in 1_u64..3_000,
        acceptance in 30_i64..=100,
        falls_back: bool,
    ) -> Workload {
        let draft = request("gpt-image-2", size, quality, 60);
        let rates = rates(&Decimal::new(acceptance, 2).to_string(), "0");
        let mut workload = workload("", draft, images, rates);
        workload.fallback = falls_back.then(|| Fallback {
            route: "provider/therouter/gpt-image-2".into(),
            when: BTreeSet::from([FallbackWhen::OverLimit]),
        });
        workload
    }
}

prop_compose! {
    fn a_budget()(
        workloads in prop::collection::vec(a_workload(), 1..4),
        own in prop::option::of(1_i64..200),
        of_all in prop::option::of(1_i64..400),
    ) -> Budget {
        let mut all = budget("2026-12", 2, workloads);
        for (index, workload) in all.workloads.iter_mut().enumerate() {
            workload.name = format!("w{index}");
        }
        let limit = |scope: Scope, amount: i64| Limit { per_month: Some(amount.into()), total: None, ..Limit::of(scope) };
        let names = all.workloads.iter().map(|it| it.name.clone());
        let each = own.into_iter().flat_map(|own| names.clone().map(move |it| limit(Scope::Workload(it), own)));
        all.limits = each.chain(of_all.map(|amount| limit(Scope::Budget, amount))).collect();
        all
    }
}

/// The step with what a lever changes.
fn changed(step: &Step, change: &LeverChange) -> Step {
    let mut step = step.clone();
    match change {
        LeverChange::Quality { to, .. } => step.draft.quality = Some(to.clone()),
        LeverChange::Size { to, .. } => step.draft.size = Some(to.to_string()),
        LeverChange::Batch => step.draft.processing = Some(Processing::Batch),
        LeverChange::Attempts { to, .. } => {
            let more = RateChanges { acceptance: Some(*to), ..RateChanges::default() };
            step.rates = more.applied_to(&step.rates, true).expect("rates");
        }
        LeverChange::Model { to: (model, quality), .. } => {
            step.draft.model = Some(model.clone());
            step.draft.quality = Some(quality.clone());
        }
        other => panic!("a change that no test makes: {other}"),
    }
    step
}

fn with(budget: &Budget, lever: &Lever) -> Budget {
    let mut changed_budget = budget.clone();
    let workload = changed_budget.workloads.iter_mut().find(|it| it.name == lever.workload);
    let step = &mut workload.expect("a workload of the budget").steps[0];
    *step = changed(step, &lever.change);
    changed_budget
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_lever_saves_what_the_whole_budget_costs_less_with_it(all in a_budget()) {
        let now = of(&all);
        let found = levers(&SHIPPED, &all, &now, day("2026-11-21")).expect("fits");
        prop_assert!(!found.is_empty(), "Batch halves every price");
        let before = now.cost().expect("fits").exact();
        for lever in &found {
            let after = of(&with(&all, lever)).cost().expect("fits").exact();
            let saved = before.zip(after).map(|(before, after)| before - after);
            prop_assert!(saved.is_some(), "every cost is exact");
            prop_assert_eq!(lever.saving.exact(), saved, "{}", lever.change_in_words());
        }
    }
}
