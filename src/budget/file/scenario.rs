//! A scenario as written → [`Scenario`].

use std::collections::BTreeSet;

use super::attempts::{self, optional_share};
use super::raw::{RawChange, RawScenario};
use super::request;
use crate::attempts::MOST_ATTEMPTS;
use crate::budget::changes::{Changes, RateChanges, Scenario};
use crate::budget::month::Month;
use crate::budget::workload::Workload;
use crate::catalog::check::Checker;
use crate::catalog::raw::Text;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// The most steps of a workload that a change can name.
const MOST_STEPS: u64 = 1000;

/// What scenarios are read against.
pub(super) struct Known<'a> {
    /// The names of all workloads, read or not.
    pub names: &'a [&'a str],
    /// Whether these are all: a spreadsheet that cannot be read may have others.
    pub is_whole: bool,
    /// The workloads that could be read.
    pub workloads: &'a [Workload],
    /// The first and the last month of the budget, if both could be read.
    pub months: Option<[Month; 2]>,
}

pub(super) fn scenario(check: &mut Checker, raw: &RawScenario, known: &Known) -> Option<Scenario> {
    let name = check.text(&raw.name);
    let own = change(check, &raw.change, &raw.name, known);
    let Some(list) = &raw.changes else {
        let own = own?;
        if own.changes_nothing() {
            let help = "name what it changes, such as `quality: medium`";
            check.report(ProblemCode::Empty, span(&raw.name), "the scenario changes nothing", help);
        }
        return Some(Scenario { name: name?, changes: vec![own] });
    };
    if own.is_some_and(|own| own != Changes::default()) {
        let message = "`changes` and the keys of one change say the same in two ways";
        let help = "move the keys beside `changes` into the list";
        check.report(ProblemCode::EitherOr, span(list), message, help);
    }
    if list.value.is_empty() {
        let help = "add a change, such as `{quality: medium}`";
        check.report(ProblemCode::Empty, span(list), "the scenario changes nothing", help);
    }
    let read = list.value.iter().map(|raw_change| {
        let found = change(check, raw_change, &raw.name, known)?;
        if found.changes_nothing() {
            let help = "name in each change what it changes, such as `quality: medium`";
            check.report(ProblemCode::Empty, span(list), "a change changes nothing", help);
        }
        Some(found)
    });
    let changes: Vec<_> = read.collect();
    Some(Scenario { name: name?, changes: changes.into_iter().collect::<Option<_>>()? })
}

/// One change; what is wrong with it as a whole stands at the name of its scenario.
fn change(check: &mut Checker, raw: &RawChange, scenario: &Text, known: &Known) -> Option<Changes> {
    let named: Vec<_> = raw
        .workloads
        .iter()
        .map(|raw| {
            let is_known = known.names.contains(&raw.value.trim());
            if !is_known && known.is_whole {
                check.name(raw, "workload of this budget", known.names);
            }
            is_known.then(|| raw.value.trim().to_owned())
        })
        .collect();
    let named: Option<BTreeSet<String>> = named.into_iter().collect();
    let steps: Vec<_> = raw.steps.iter().map(|raw| check.count(raw, 1, MOST_STEPS)).collect();
    let steps: Option<BTreeSet<u64>> = steps.into_iter().collect();
    let [from, to] = [&raw.from, &raw.to].map(|raw| check.optional_month(raw.as_ref()));
    let rates = rates(check, raw);
    let [model, quality, route] =
        [&raw.model, &raw.quality, &raw.route].map(|raw| check.optional_text(raw.as_ref()));
    let size = raw.size.as_ref().map_or(Some(None), |it| request::size(check, it).map(Some));
    let processing = raw.processing.as_ref().map_or(Some(None), |it| check.word(it).map(Some));
    let volume = raw.volume.as_ref().map_or(Some(None), |it| check.factor(it).map(Some));
    let price = raw.price_change.as_ref();
    let price = price.map_or(Some(None), |it| check.price_change(it).map(Some));
    let steps = steps?.into_iter().filter_map(|step| usize::try_from(step).ok());
    let changes = Changes {
        workloads: named?,
        steps: steps.collect(),
        from: from?,
        to: to?,
        model: model?,
        quality: quality?,
        size: size?,
        processing: processing?,
        route: route?,
        volume_factor: volume?,
        rates: rates?,
        price_factor: price?,
    };
    report_months(check, raw, &changes, known);
    report_steps(check, raw, &changes, known);
    report_impossible_rates(check, scenario, &changes, known);
    Some(changes)
}

/// A change that holds in no month of the budget.
fn report_months(check: &mut Checker, raw: &RawChange, changes: &Changes, known: &Known) {
    let Some([first, last]) = known.months else { return };
    if let (Some(from), Some(at)) = (changes.from, &raw.from)
        && from > last
    {
        let message = format!("the change begins after the budget ends, in {last}");
        let help = "correct `from`, or make the budget longer";
        check.report(ProblemCode::OutOfRange, span(at), message, help);
    }
    let begins = changes.from.unwrap_or(first).max(first);
    if let (Some(to), Some(at)) = (changes.to, &raw.to)
        && to < begins
    {
        let message = format!("the change ends before it begins, in {begins}");
        let help = "`to` is the last month in which it holds";
        check.report(ProblemCode::EndBeforeStart, span(at), message, help);
    }
}

/// A step that no workload of the change has.
fn report_steps(check: &mut Checker, raw: &RawChange, changes: &Changes, known: &Known) {
    let concerned = known.workloads.iter().filter(|it| changes.concerns(&it.name));
    let Some(most) = concerned.map(|workload| workload.steps.len()).max() else { return };
    for (step, at) in changes.steps.iter().zip(&raw.steps).filter(|(step, _)| **step > most) {
        let message = format!("none of its workloads has a step {step}");
        let help = "count the steps of a workload from 1";
        check.report(ProblemCode::OutOfRange, span(at), message, help);
    }
}

fn rates(check: &mut Checker, raw: &RawChange) -> Option<RateChanges> {
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
fn report_impossible_rates(check: &mut Checker, scenario: &Text, changes: &Changes, known: &Known) {
    for workload in known.workloads.iter().filter(|it| changes.concerns(&it.name)) {
        let last = workload.steps.len().saturating_sub(1);
        let steps = workload.steps.iter().enumerate();
        for (index, step) in steps.filter(|(index, _)| changes.is_of_step(*index)) {
            let applied = changes.rates.applied_to(&step.rates, index == last);
            let Err(errors) = applied else { continue };
            for error in errors {
                let message = format!("with the rates of {}: {error}", workload.name);
                let help = "correct the rates of the scenario, or name its workloads";
                check.report(ProblemCode::BadShare, span(scenario), message, help);
            }
            break;
        }
    }
}
