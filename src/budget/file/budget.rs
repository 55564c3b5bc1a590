//! The budget as written → [`Budget`], with every default that was used.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Rates;
use super::amounts::{Rate, rates};
use super::frame::Frame;
use super::limits::{Known, limits};
use super::months;
use super::other_costs::other_costs;
use super::raw::{RawBudget, RawCapacity};
use super::scenario::{self, scenario};
use super::seats::seats;
use super::sheet::{NamedSheet, ReadSheet, of_sheet};
use super::workload::workload;
use crate::budget::Assumption;
use crate::budget::defaults::{DEFAULT_FISCAL_YEAR_START, DEFAULT_MARGIN};
use crate::budget::workload::{Budget, Capacity, Workload};
use crate::catalog::Catalog;
use crate::catalog::check::{Checker, optional};
use crate::catalog::yaml::span;
use crate::input_limits::{SCENARIOS, WORKLOAD_MONTHS};
use crate::problem::{Place, ProblemCode};
use crate::request::NamedFiles;

pub(super) fn budget(
    check: &mut Checker,
    raw: &RawBudget,
    (files, catalog): (&NamedFiles, &Catalog),
    (today, fx): (NaiveDate, Rates),
) -> Option<(Budget, Option<NamedSheet>)> {
    let mut assumed = Vec::new();
    let own: Vec<_> =
        raw.assumptions.iter().map(|text| check.text(text).map(Assumption::Own)).collect();
    let said = months::said(check, raw);
    let sheet = raw
        .volumes
        .as_ref()
        .map(|raw| of_sheet(check, &raw.value, files, said.unwrap_or_default()));
    let months = said.and_then(|said| match &sheet {
        None => Some(months::by_default(said, today, &mut assumed)),
        Some(sheet) => sheet.read.as_ref().map(|it| it.months),
    });
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
    // A spreadsheet that cannot be read may have workloads and tags that nobody knows.
    let is_whole = sheet.as_ref().is_none_or(|it| it.read.is_some());
    let (places, mut of_sheet) = sheet.map_or_else(Default::default, |it| (it.places, it.read));
    assumed.extend(of_sheet.iter_mut().flat_map(|it| std::mem::take(&mut it.assumptions)));
    report_in_both(check, raw, &places);
    let own_workloads = workloads(check, raw, &frame, &mut assumed);
    let first = of_sheet.as_mut().map(|it| std::mem::take(&mut it.workloads));
    let workloads: Option<Vec<Workload>> = own_workloads
        .filter(|_| is_whole)
        .map(|own| first.into_iter().flatten().chain(own).collect());
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
    let own_names = raw.own_workloads().iter().map(|it| it.name.value.trim());
    let names: Vec<&str> = places.keys().map(String::as_str).chain(own_names).collect();
    let limits = raw.limits.as_ref().map_or(Some(Vec::new()), |raw_limits| {
        let tags = all_tags(raw, of_sheet.as_ref());
        let workloads = names.clone();
        let known = Known { workloads, tags, is_whole, months: frame.months, rate };
        limits(check, raw_limits, &known)
    });
    check.unique(raw.scenarios.iter().map(|it| &it.name), "scenario");
    if let (Err(limit), Some(last)) = (SCENARIOS.holds(raw.scenarios.len()), raw.scenarios.last()) {
        check.report(ProblemCode::TooLarge, span(&last.name), limit.message(), limit.help);
    }
    let readable = workloads.as_deref().unwrap_or_default();
    let known =
        scenario::Known { names: &names, is_whole, workloads: readable, months: frame.months };
    let scenarios: Vec<_> = raw.scenarios.iter().map(|it| scenario(check, it, &known)).collect();
    let quoted = raw.quoted.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let data_residency = raw.data_residency.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let held_since = optional(raw.assume_held_since.as_ref(), |raw| check.date(raw));
    let (start, months) = months?;
    let lines = names.len().saturating_mul(months as usize);
    if let (Err(limit), Some(own)) = (WORKLOAD_MONTHS.holds(lines), &raw.workloads) {
        check.report(ProblemCode::TooLarge, span(own), limit.message(), limit.help);
    }
    let assumptions: Option<Vec<_>> = own.into_iter().collect();
    let budget = Budget {
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
    };
    Some((budget, of_sheet.map(|it| it.named)))
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

/// The workloads that the file has itself.
fn workloads(
    check: &mut Checker,
    raw: &RawBudget,
    frame: &Frame,
    assumed: &mut Vec<Assumption>,
) -> Option<Vec<Workload>> {
    if let Some(own) = raw.workloads.as_ref().filter(|own| own.value.is_empty()) {
        let message = match raw.volumes {
            Some(_) => "the list has no workload",
            None => "the budget has no workload",
        };
        let help = "add one with name, request and accepted_images";
        check.report(ProblemCode::Empty, span(own), message, help);
    }
    check.unique(raw.own_workloads().iter().map(|it| &it.name), "workload");
    let read = raw.own_workloads().iter().map(|raw| workload(check, raw, frame, assumed));
    read.collect::<Vec<_>>().into_iter().collect()
}

/// Reports workloads whose names the spreadsheet has as well, with both places.
fn report_in_both(check: &mut Checker, raw: &RawBudget, of_sheet: &BTreeMap<String, Place>) {
    for raw in raw.own_workloads().iter().filter(|it| it.name.place().is_some()) {
        let name = raw.name.value.trim();
        let Some(place) = of_sheet.get(name) else { continue };
        let message =
            format!("`{name}` is a workload of the spreadsheet as well, at {}", place.shown());
        let help = "keep one of the two, or give each a name of its own";
        check.report(ProblemCode::DuplicateName, span(&raw.name), message, help);
    }
}

/// The tags of all workloads, seats and other costs as `key:value`; of those that stand in the file itself, read or not.
fn all_tags(raw: &RawBudget, sheet: Option<&ReadSheet>) -> Vec<String> {
    let workloads = || raw.own_workloads().iter();
    let of_work = workloads().flat_map(|it| &it.other_costs).chain(&raw.other_costs);
    let of_work = of_work.map(|cost| &cost.tags).chain(workloads().map(|it| &it.tags));
    let pairs = of_work.chain(raw.seats.iter().map(|it| &it.tags)).flat_map(|tags| &tags.0);
    let own = pairs.map(|(key, value)| format!("{}:{}", key.value.trim(), value.value.trim()));
    let of_sheet = sheet.into_iter().flat_map(|it| it.tags.iter().cloned());
    let mut tags: Vec<String> = own.chain(of_sheet).collect();
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
