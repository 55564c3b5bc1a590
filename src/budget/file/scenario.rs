//! A scenario as written → [`Scenario`].

use std::collections::BTreeSet;

use super::attempts::{self, optional_share};
use super::raw::RawScenario;
use super::request;
use super::workload::price_change;
use crate::attempts::MOST_ATTEMPTS;
use crate::budget::workload::{Changes, RateChanges, Scenario, Workload};
use crate::catalog::check::Checker;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// A scenario. `names` are those of all workloads, read or not; `workloads` those that could be read.
pub(super) fn scenario(
    check: &mut Checker,
    raw: &RawScenario,
    names: &[&str],
    workloads: &[Workload],
) -> Option<Scenario> {
    let name = check.text(&raw.name);
    let named: Vec<_> = raw
        .workloads
        .iter()
        .map(|raw| {
            let known = names.contains(&raw.value.trim());
            if !known {
                check.name(raw, "workload of this budget", names);
            }
            known.then(|| raw.value.trim().to_owned())
        })
        .collect();
    let named: Option<BTreeSet<String>> = named.into_iter().collect();
    let rates = rates(check, raw);
    let [model, quality, route] =
        [&raw.model, &raw.quality, &raw.route].map(|raw| check.optional_text(raw.as_ref()));
    let size = raw.size.as_ref().map_or(Some(None), |it| request::size(check, it).map(Some));
    let processing = raw.processing.as_ref().map_or(Some(None), |it| check.word(it).map(Some));
    let volume = raw.volume.as_ref().map_or(Some(None), |it| check.factor(it).map(Some));
    let price =
        raw.price_change.as_ref().map_or(Some(None), |it| price_change(check, it).map(Some));
    let changes = Changes {
        model: model?,
        quality: quality?,
        size: size?,
        processing: processing?,
        route: route?,
        volume_factor: volume?,
        rates: rates?,
        price_change: price?,
    };
    let scenario = Scenario { name: name?, workloads: named?, changes };
    if scenario.changes == Changes::default() {
        let help = "name what it changes, such as `quality: medium`";
        check.report(ProblemCode::Empty, span(&raw.name), "the scenario changes nothing", help);
    }
    report_impossible_rates(check, raw, &scenario, workloads);
    Some(scenario)
}

fn rates(check: &mut Checker, raw: &RawScenario) -> Option<RateChanges> {
    let [acceptance, failure_rate, block_rate, timeout_rate] =
        [&raw.acceptance, &raw.failure_rate, &raw.block_rate, &raw.timeout_rate]
            .map(|raw| optional_share(check, raw.as_ref()));
    let attempts = raw.attempts.as_ref().map_or(Some(None), |it| check.attempts(it).map(Some));
    if let (Some(_), Some(second)) = (&raw.acceptance, &raw.attempts) {
        attempts::report_two_ways(check, second);
    }
    let most = u64::from(MOST_ATTEMPTS);
    let maximum = raw.maximum.as_ref().map_or(Some(None), |it| check.count(it, 1, most).map(Some));
    Some(RateChanges {
        acceptance: acceptance?,
        attempts: attempts?,
        failure_rate: failure_rate?,
        block_rate: block_rate?,
        timeout_rate: timeout_rate?,
        maximum: maximum?.and_then(|maximum| u32::try_from(maximum).ok()),
    })
}

/// A change may be right by itself and impossible with what stays.
fn report_impossible_rates(
    check: &mut Checker,
    raw: &RawScenario,
    scenario: &Scenario,
    workloads: &[Workload],
) {
    let changed = |workload: &&Workload| {
        scenario.workloads.is_empty() || scenario.workloads.contains(&workload.name)
    };
    for workload in workloads.iter().filter(changed) {
        let last = workload.steps.len().saturating_sub(1);
        for (index, step) in workload.steps.iter().enumerate() {
            let applied = scenario.changes.rates.applied_to(&step.rates, index == last);
            let Err(errors) = applied else { continue };
            for error in errors {
                let message = format!("with the rates of {}: {error}", workload.name);
                let help = "correct the rates of the scenario, or name its workloads";
                check.report(ProblemCode::BadShare, span(&raw.name), message, help);
            }
            break;
        }
    }
}
