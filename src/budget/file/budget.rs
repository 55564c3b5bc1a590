//! The budget as written → [`Budget`], with every default that was used.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Rates;
use super::amounts::{Rate, rates};
use super::frame::Frame;
use super::limits::{Known, limits};
use super::other_costs::other_costs;
use super::raw::{RawBudget, RawCapacity};
use super::scenario::{self, scenario};
use super::seats::seats;
use super::workload::workload;
use crate::budget::Assumption;
use crate::budget::defaults::{DEFAULT_FISCAL_YEAR_START, DEFAULT_MARGIN, DEFAULT_MONTHS};
use crate::budget::month::Month;
use crate::budget::workload::{Budget, Capacity, MOST_MONTHS, Workload};
use crate::catalog::Catalog;
use crate::catalog::check::{Checker, optional};
use crate::catalog::yaml::span;
use crate::input_limits::{SCENARIOS, WORKLOAD_MONTHS};
use crate::problem::ProblemCode;
use crate::request::NamedFiles;

pub(super) fn budget(
    check: &mut Checker,
    raw: &RawBudget,
    (files, catalog): (&NamedFiles, &Catalog),
    (today, fx): (NaiveDate, Rates),
) -> Option<Budget> {
    let mut assumed = Vec::new();
    let own: Vec<_> =
        raw.assumptions.iter().map(|text| check.text(text).map(Assumption::Own)).collect();
    let months = months(check, raw, today, &mut assumed);
    let fiscal_year_start = fiscal_year_start(check, raw, &mut assumed);
    let margin = match &raw.margin {
        Some(raw) => check.margin(raw),
        None => {
            assumed.push(Assumption::Margin);
            Some(DEFAULT_MARGIN)
        }
    };
    let rates = rates(check, raw, fx);
    // Amounts are checked even where the currency has no rate.
    let rate = rates.as_ref().map_or(Rate::DOLLAR, |(_, rate, _)| *rate);
    assumed.extend(rates.as_ref().and_then(|(_, _, said)| said.clone()).map(Assumption::OfFile));
    let frame = Frame {
        files,
        catalog,
        months: months.map(|(start, months)| [start, start.plus(months - 1)]),
        rate,
    };
    let workloads = workloads(check, raw, &frame, &mut assumed);
    let capacity =
        raw.capacity.as_ref().map_or(Some(Capacity::default()), |it| capacity(check, it));
    let replacements = check.pairs(&raw.replace, |check, key, new| {
        if key.value.trim() == new.value.trim() {
            let message = "a model takes the place of itself";
            let help = "name the model that replaces it";
            check.report(ProblemCode::UnknownModel, span(new), message, help);
        }
        check.text(new)
    });
    let other_costs = other_costs(check, &raw.other_costs, &frame, true);
    let seats = seats(check, &raw.seats, &frame);
    let names: Vec<&str> = raw.workloads.value.iter().map(|it| it.name.value.trim()).collect();
    let limits = raw.limits.as_ref().map_or(Some(Vec::new()), |raw_limits| {
        let (workloads, tags) = (names.clone(), all_tags(raw));
        limits(check, raw_limits, &Known { workloads, tags, months: frame.months, rate })
    });
    check.unique(raw.scenarios.iter().map(|it| &it.name), "scenario");
    if let (Err(limit), Some(last)) = (SCENARIOS.holds(raw.scenarios.len()), raw.scenarios.last()) {
        check.report(ProblemCode::TooLarge, span(&last.name), limit.message(), limit.help);
    }
    let readable = workloads.as_deref().unwrap_or_default();
    let known = scenario::Known { names: &names, workloads: readable, months: frame.months };
    let scenarios: Vec<_> = raw.scenarios.iter().map(|it| scenario(check, it, &known)).collect();
    let quoted = raw.quoted.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let data_residency = raw.data_residency.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let held_since = optional(raw.assume_held_since.as_ref(), |raw| check.date(raw));
    let (start, months) = months?;
    let lines = raw.workloads.value.len().saturating_mul(months as usize);
    if let Err(limit) = WORKLOAD_MONTHS.holds(lines) {
        check.report(ProblemCode::TooLarge, span(&raw.workloads), limit.message(), limit.help);
    }
    let assumptions: Option<Vec<_>> = own.into_iter().collect();
    Some(Budget {
        start,
        months,
        part_of: None,
        fiscal_year_start: fiscal_year_start?,
        fx: rates?.0,
        workloads: workloads?,
        other_costs: other_costs?,
        seats: seats?,
        limits: limits?,
        margin: margin?,
        capacity: capacity?,
        scenarios: scenarios.into_iter().collect::<Option<_>>()?,
        replacements: replacements?,
        quoted: quoted?,
        held_since: held_since?,
        data_residency: data_residency?,
        assumptions: assumptions?.into_iter().chain(assumed).collect(),
    })
}

fn months(
    check: &mut Checker,
    raw: &RawBudget,
    today: NaiveDate,
    assumed: &mut Vec<Assumption>,
) -> Option<(Month, u32)> {
    let start = match &raw.start {
        Some(raw) => check.month(raw),
        None => {
            let next = Month::of(today).plus(1);
            assumed.push(Assumption::Start(next));
            Some(next)
        }
    };
    let months = match &raw.months {
        Some(raw) => {
            check.count(raw, 1, MOST_MONTHS.into()).and_then(|months| u32::try_from(months).ok())
        }
        None => {
            assumed.push(Assumption::Months);
            Some(DEFAULT_MONTHS)
        }
    };
    Some((start?, months?))
}

fn fiscal_year_start(
    check: &mut Checker,
    raw: &RawBudget,
    assumed: &mut Vec<Assumption>,
) -> Option<u32> {
    match &raw.fiscal_year_start {
        Some(raw) => check.count(raw, 1, 12).and_then(|month| u32::try_from(month).ok()),
        None => {
            assumed.push(Assumption::FiscalYears);
            Some(DEFAULT_FISCAL_YEAR_START)
        }
    }
}

fn workloads(
    check: &mut Checker,
    raw: &RawBudget,
    frame: &Frame,
    assumed: &mut Vec<Assumption>,
) -> Option<Vec<Workload>> {
    if raw.workloads.value.is_empty() {
        let message = "the budget has no workload";
        let help = "add one with name, request and accepted_images";
        check.report(ProblemCode::Empty, span(&raw.workloads), message, help);
    }
    check.unique(raw.workloads.value.iter().map(|it| &it.name), "workload");
    let read = raw.workloads.value.iter().map(|raw| workload(check, raw, frame, assumed));
    read.collect::<Vec<_>>().into_iter().collect()
}

/// The tags of all workloads, seats and other costs as `key:value`.
fn all_tags(raw: &RawBudget) -> Vec<String> {
    let workloads = || raw.workloads.value.iter();
    let of_work = workloads().flat_map(|it| &it.other_costs).chain(&raw.other_costs);
    let of_work = of_work.map(|cost| &cost.tags).chain(workloads().map(|it| &it.tags));
    let pairs = of_work.chain(raw.seats.iter().map(|it| &it.tags)).flat_map(|tags| &tags.0);
    let mut tags: Vec<String> =
        pairs.map(|(key, value)| format!("{}:{}", key.value.trim(), value.value.trim())).collect();
    tags.sort();
    tags.dedup();
    tags
}

fn capacity(check: &mut Checker, raw: &RawCapacity) -> Option<Capacity> {
    let tier = check.optional_text(raw.tier.as_ref());
    let most_hours = Decimal::from(24);
    let least = Decimal::new(1, 2);
    let hours = raw.hours_per_day.as_ref();
    let hours = hours.map_or(Some(None), |raw| check.number(raw, least, most_hours).map(Some));
    let peak = raw.peak_factor.as_ref();
    let peak = peak
        .map_or(Some(None), |raw| check.number(raw, Decimal::ONE, Decimal::ONE_THOUSAND).map(Some));
    Some(Capacity { tier: tier?, hours_per_day: hours?, peak_factor: peak? })
}
