//! The forecast: workloads × months → rows of one month, workload and route each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use num_bigint::BigInt;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::legs::{self, Leg};
use super::month::Month;
use super::prices::{NoPrice, OnRoute, Pricing, Stretch, answered};
use super::scale::{add, amount, counted};
use super::workload::{Budget, CostPer, FallbackWhen, OtherCost, Scope, Step, Workload};
use crate::attempts::{AttemptRates, average_request};
use crate::catalog::Catalog;
use crate::catalog::dated::Dated;
use crate::catalog::route::Route;
use crate::catalog::terms::ChargeRule;
use crate::estimate::{Estimate, EstimateError};
use crate::figure::{Figure, Reasons};
use crate::fraction::{self, Fraction};
use crate::money::{AmountTooLarge, WholeRounding};
use crate::unit::Meter;

/// A budget month by month.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The rows, by month, workload and route.
    pub rows: Vec<Row>,
    /// What stands in the way of the budget as it was written.
    pub findings: Vec<Finding>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<String>,
    /// The prices that it rests on.
    pub prices: Vec<UsedPrice>,
}

/// A price that a workload is forecast with, on a stretch of days on which its images are made.
#[derive(Debug, Clone)]
pub struct UsedPrice {
    /// The workload.
    pub workload: String,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// The route.
    pub route: Arc<Route>,
    /// One request; `None` where it is not known what it costs.
    pub estimate: Option<Arc<Estimate>>,
}

impl UsedPrice {
    /// Whether it rests on weak evidence.
    pub fn is_quoted(&self) -> bool {
        self.estimate.as_ref().is_some_and(|estimate| estimate.is_quoted())
    }
}

/// What a workload costs in a month on a route; or another cost of the month.
#[derive(Debug, Clone)]
pub struct Row {
    /// The month.
    pub month: Month,
    /// The workload; empty for a cost of the whole budget.
    pub workload: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The other cost that it is; `None` for images on a route.
    pub other_cost: Option<String>,
    /// The route; `None` for another cost.
    pub route: Option<Arc<Route>>,
    /// The versions of the price that hold in the month, in words.
    pub versions: Vec<String>,
    /// Whether the prices of the month are known or those of today.
    pub price_basis: PriceBasis,
    /// The images wanted of the route.
    pub wanted: Figure<u64>,
    /// The images accepted in the end.
    pub accepted: Figure<Decimal>,
    /// Wanted images that are given up, or fall on days on which nothing is made.
    pub shortfall: Figure<Decimal>,
    /// The attempts.
    pub attempts: Figure<Decimal>,
    /// The calls that are billed, by the terms of the route.
    pub billed_calls: Figure<Decimal>,
    /// The tokens of attempts that deliver an image.
    pub tokens: BTreeMap<Meter, Figure<Decimal>>,
    /// The cost in US dollars.
    pub cost: Figure<Decimal>,
}

/// Whether prices are known for the days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceBasis {
    /// Every day is today or earlier.
    Dated,
    /// A day lies after today: it stands at the prices that are known today.
    Assumed,
}

impl PriceBasis {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            PriceBasis::Dated => "dated",
            PriceBasis::Assumed => "assumed",
        }
    }
}

/// Something that stands in the way of the budget as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding.
    pub kind: FindingKind,
    /// The workload.
    pub workload: String,
    /// The first month that it concerns.
    pub month: Month,
    /// What it is, and what can be done.
    pub message: String,
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The model is shut down within the budget.
    Shutdown,
    /// Fewer images are accepted than wanted.
    Shortfall,
    /// A price is not known.
    Unknown,
}

/// A workload that cannot be forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetError {
    /// The workload; empty for the whole budget.
    pub workload: String,
    /// Why.
    pub error: EstimateError,
}

/// Forecasts a budget, knowing what is known `today`.
///
/// # Errors
/// Every workload that cannot be priced as written, or the problems of the tables.
pub fn forecast(
    catalog: &Catalog,
    budget: &Budget,
    today: NaiveDate,
) -> Result<Forecast, Vec<BudgetError>> {
    forecast_of(&Pricing::of(catalog, budget, today)).map(|(forecast, _)| forecast)
}

/// The forecast, and why some counts are a step's own where others were to take their place.
pub(super) fn forecast_of(
    pricing: &Pricing,
) -> Result<(Forecast, BTreeSet<String>), Vec<BudgetError>> {
    let Pricing { budget, today, .. } = *pricing;
    let mut errors = Vec::new();
    let mut priced = Vec::new();
    for workload in &budget.workloads {
        match PricedWorkload::of(pricing, workload) {
            Ok(found) => priced.push(found),
            Err(error) => errors.push(BudgetError { workload: workload.name.clone(), error }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut found = Forecast {
        rows: Vec::new(),
        findings: Vec::new(),
        assumptions: super::assumptions::of(budget, &priced, today),
        prices: used_prices(&priced),
    };
    for month in budget.months() {
        for workload in &priced {
            let too_large = |_| {
                let error = crate::request::RequestError::TooLarge.into();
                vec![BudgetError { workload: workload.workload.name.clone(), error }]
            };
            month_of(budget, workload, month, today, &mut found).map_err(too_large)?;
        }
        found.rows.extend(budget.other_costs.iter().map(|cost| monthly(cost, month)));
    }
    let stretches = priced.iter().flat_map(|workload| workload.stretches());
    let own_counts = stretches.filter_map(|stretch| stretch.own_counts.clone()).collect();
    Ok((found, own_counts))
}

fn used_prices(priced: &[PricedWorkload]) -> Vec<UsedPrice> {
    let used = |workload: &str, stretch: &Stretch| {
        let estimate = match &stretch.price {
            Ok(estimate) => Some(estimate.clone()),
            Err(NoPrice::Unknown(_)) => None,
            Err(NoPrice::ShutDown(_)) => return None,
        };
        let (workload, route) = (workload.to_owned(), stretch.route.clone()?);
        Some(UsedPrice { workload, from: stretch.from, until: stretch.until, route, estimate })
    };
    let of = |found: &PricedWorkload| {
        found.stretches().filter_map(|it| used(&found.workload.name, it)).collect::<Vec<_>>()
    };
    priced.iter().flat_map(of).collect()
}

/// A workload with the prices of its steps over the whole budget.
pub(super) struct PricedWorkload<'a> {
    pub workload: &'a Workload,
    pub steps: Vec<PricedStep<'a>>,
}

pub(super) struct PricedStep<'a> {
    pub step: &'a Step,
    /// The way to the first route, and the share of images that go on to the fallback.
    first: (Leg, Fraction),
    pub on_first: Vec<Costed>,
    pub on_fallback: Vec<Costed>,
}

/// A stretch of days with the average cost of a request on them.
pub(super) struct Costed {
    pub stretch: Stretch,
    average: Figure<Decimal>,
    billed: Figure<Decimal>,
}

impl<'a> PricedWorkload<'a> {
    fn of(pricing: &Pricing, workload: &'a Workload) -> Result<Self, EstimateError> {
        let first = pricing.budget.start.first_day();
        let days = [first, pricing.budget.start.plus(pricing.budget.months).first_day()];
        let mut steps = Vec::new();
        let other = pricing.counts_of(workload);
        for (index, step) in workload.steps.iter().enumerate() {
            let other = other.and_then(|other| Some((other, other.steps.get(index)?)));
            let on =
                |route: Option<&str>, others: Option<&str>| -> Result<Vec<Costed>, EstimateError> {
                    let on_route = OnRoute { step, route, assume: &workload.assume };
                    let counts_of = other.map(|(other, step)| OnRoute {
                        step,
                        route: others,
                        assume: &other.assume,
                    });
                    let stretches = pricing.stretches(on_route, counts_of, days)?;
                    stretches.into_iter().map(|it| Costed::of(it, step, workload)).collect()
                };
            let others_route = other.and_then(|(_, step)| step.route.as_deref());
            let others_fallback =
                other.and_then(|(other, _)| Some(&*other.fallback.as_ref()?.route));
            let fallback = workload.fallback.as_ref();
            let on_fallback = match fallback {
                Some(fallback) => on(Some(&fallback.route), others_fallback)?,
                None => Vec::new(),
            };
            let first = legs::first(&step.rates, fallback);
            steps.push(PricedStep {
                step,
                first,
                on_first: on(step.route.as_deref(), others_route)?,
                on_fallback,
            });
        }
        Ok(PricedWorkload { workload, steps })
    }

    /// Its stretches, over all steps and routes.
    fn stretches(&self) -> impl Iterator<Item = &Stretch> {
        let costed =
            self.steps.iter().flat_map(|step| step.on_first.iter().chain(&step.on_fallback));
        costed.map(|costed| &costed.stretch)
    }

    /// The images wanted in a month; none outside the workload's own months.
    fn wanted(&self, budget: &Budget, month: Month) -> Result<Figure<u64>, AmountTooLarge> {
        let start = self.workload.start.unwrap_or(budget.start);
        let over = self.workload.end.is_some_and(|end| month > end);
        match u32::try_from(month.since(start)) {
            Ok(index) if !over => Ok(self.workload.volume.of(month, index)?.figure()),
            _ => Ok(Figure::Exact(0)),
        }
    }
}

impl Costed {
    fn of(stretch: Stretch, step: &Step, workload: &Workload) -> Result<Costed, EstimateError> {
        let (average, billed) = match &stretch.price {
            Ok(estimate) => {
                let terms = answered(&estimate.table.route.terms, &workload.assume);
                let average = average_request(&estimate.request_cost, step.rates, &terms)?;
                (average, billed_share(&step.rates, &terms))
            }
            Err(NoPrice::ShutDown(_)) => {
                (Figure::Exact(Decimal::ZERO), Figure::Exact(Decimal::ZERO))
            }
            Err(NoPrice::Unknown(why)) => {
                (Figure::unknown(Decimal::ZERO, why), Figure::unknown(Decimal::ZERO, why))
            }
        };
        Ok(Costed { stretch, average, billed })
    }
}

/// The share of calls that are billed at all: those that deliver, and those that fail at a charge.
fn billed_share(rates: &AttemptRates, terms: &crate::catalog::terms::Terms) -> Figure<Decimal> {
    let delivered = rates.delivered();
    let (mut low, mut high) = (delivered, delivered);
    for (share, events, _) in rates.undelivered() {
        let charged = |event: &crate::catalog::terms::Event| match terms.charge(*event).rule {
            ChargeRule::Free => (false, false),
            ChargeRule::InputMeters | ChargeRule::AllMeters | ChargeRule::Partial => (true, true),
            ChargeRule::RefundedAuto => (false, false),
            ChargeRule::RefundedOnRequest | ChargeRule::Maybe | ChargeRule::NotStated => {
                (false, true)
            }
        };
        if events.iter().all(|event| charged(event).0) {
            low += share;
        }
        if events.iter().any(|event| charged(event).1) {
            high += share;
        }
    }
    match low == high {
        true => Figure::Exact(low),
        false => Figure::range(low, None, high, "which attempts are billed is not fully stated"),
    }
}

/// A row in the making: what a route does for a workload in a month.
struct Entry {
    route: Arc<Route>,
    row: Row,
}

/// One month of a workload: a row for each route, and for each of its other costs.
fn month_of(
    budget: &Budget,
    priced: &PricedWorkload,
    month: Month,
    today: NaiveDate,
    found: &mut Forecast,
) -> Result<(), AmountTooLarge> {
    let workload = priced.workload;
    let wanted = priced.wanted(budget, month)?;
    if wanted == Figure::Exact(0) {
        return Ok(());
    }
    let mut maker = RowMaker { workload, month, today, entries: Vec::new(), findings: Vec::new() };
    for (index, step) in priced.steps.iter().enumerate() {
        let is_last = index + 1 == priced.steps.len();
        let over = OverLimit { budget, rows: &found.rows, workload, month };
        maker.step(step, &wanted, is_last, &over)?;
    }
    let RowMaker { mut entries, findings, .. } = maker;
    set_shortfall(&mut entries, &wanted)?;
    let rows: Vec<Row> = entries.into_iter().map(|entry| entry.row).collect();
    note_findings(found, findings, &rows, workload, month);
    let others = with_work(workload, month, &rows)?;
    found.rows.extend(rows);
    found.rows.extend(others);
    Ok(())
}

struct RowMaker<'a> {
    workload: &'a Workload,
    month: Month,
    today: NaiveDate,
    entries: Vec<Entry>,
    findings: Vec<(FindingKind, String)>,
}

impl RowMaker<'_> {
    fn step(
        &mut self,
        step: &PricedStep,
        wanted: &Figure<u64>,
        is_last: bool,
        over: &OverLimit,
    ) -> Result<(), AmountTooLarge> {
        let images = wanted
            .try_map(|images| images.checked_mul(step.step.per_accepted).ok_or(AmountTooLarge))?;
        let (first, sent_on) = &step.first;
        let kept = over.kept(step, self, &images, first)?;
        self.leg(step, &step.on_first, &kept, first, is_last)?;
        let Some(fallback) = &self.workload.fallback else { return Ok(()) };
        if !fallback.when.iter().any(|when| *when != FallbackWhen::OverLimit) && kept == images {
            return Ok(());
        }
        // What the limit leaves over is served by the fallback from the first attempt on.
        let last = legs::last(&step.step.rates);
        let moved = |fraction: &Fraction| fraction * sent_on;
        let sent = Leg { attempts: moved(&last.attempts), accepted: moved(&last.accepted) };
        self.leg(step, &step.on_fallback, &kept, &sent, is_last)?;
        let rest = rest(&images, &kept);
        if rest != Figure::Exact(0) {
            self.leg(step, &step.on_fallback, &rest, &last, is_last)?;
        }
        Ok(())
    }

    /// Adds what a route does for so many images over the stretches of the month.
    fn leg(
        &mut self,
        step: &PricedStep,
        stretches: &[Costed],
        images: &Figure<u64>,
        leg: &Leg,
        is_last: bool,
    ) -> Result<(), AmountTooLarge> {
        for costed in stretches {
            let days = days_in(&costed.stretch, self.month);
            if days == 0 {
                continue;
            }
            let mut share = Fraction::new(BigInt::from(days), BigInt::from(self.month.days()));
            match &costed.stretch.price {
                Err(NoPrice::ShutDown(why)) => {
                    self.findings.push((FindingKind::Shutdown, why.clone()));
                    // Nothing is made and nothing is paid; the images show as a shortfall.
                    share = Fraction::zero();
                }
                Err(NoPrice::Unknown(why)) => {
                    self.findings.push((FindingKind::Unknown, why.clone()));
                }
                Ok(_) => {}
            }
            let Some(route) = costed.stretch.route.clone() else { continue };
            let added = self.added(step, costed, images, leg, &share, is_last)?;
            self.add(route, added)?;
        }
        Ok(())
    }

    fn added(
        &self,
        step: &PricedStep,
        costed: &Costed,
        images: &Figure<u64>,
        leg: &Leg,
        share: &Fraction,
        is_last: bool,
    ) -> Result<Row, AmountTooLarge> {
        let attempts = &leg.attempts * share;
        let estimate = costed.stretch.price.as_ref().ok();
        let per_request =
            fraction::from_count(estimate.map_or(1, |it| u64::from(it.request_cost.images)));
        let requests = &attempts / &per_request;
        let accepted = if is_last { &leg.accepted * share } else { Fraction::zero() };
        let mut tokens = BTreeMap::new();
        let delivered = fraction::from_decimal(step.step.rates.delivered());
        for (meter, count) in estimate.iter().flat_map(|estimate| token_counts(estimate)) {
            let count = count.try_map(|count| Ok::<_, AmountTooLarge>(Decimal::from(count)))?;
            tokens.insert(meter, amount(&count, images, &(&requests * &delivered))?);
        }
        let version = estimate.map(|estimate| estimate.table.version().period().in_words());
        Ok(Row {
            month: self.month,
            workload: self.workload.name.clone(),
            tags: self.workload.tags.clone(),
            other_cost: None,
            route: None,
            versions: version.into_iter().collect(),
            price_basis: if self.month.end() > self.today.succ_opt().unwrap_or(self.today) {
                PriceBasis::Assumed
            } else {
                PriceBasis::Dated
            },
            wanted: images.clone(),
            accepted: counted(images, &accepted)?,
            shortfall: Figure::Exact(Decimal::ZERO),
            attempts: counted(images, &attempts)?,
            billed_calls: amount(&costed.billed, images, &requests)?,
            tokens,
            cost: changed(&amount(&costed.average, images, &requests)?, self.workload, self.month)?,
        })
    }

    fn add(&mut self, route: Arc<Route>, added: Row) -> Result<(), AmountTooLarge> {
        let same = self.entries.iter_mut().find(|entry| entry.route.id == route.id);
        let Some(entry) = same else {
            let row = Row { route: Some(route.clone()), ..added };
            self.entries.push(Entry { route, row });
            return Ok(());
        };
        let row = &mut entry.row;
        row.accepted = add(&row.accepted, &added.accepted)?;
        row.attempts = add(&row.attempts, &added.attempts)?;
        row.billed_calls = add(&row.billed_calls, &added.billed_calls)?;
        row.cost = add(&row.cost, &added.cost)?;
        for (meter, count) in added.tokens {
            let sum = match row.tokens.get(&meter) {
                Some(before) => add(before, &count)?,
                None => count,
            };
            row.tokens.insert(meter, sum);
        }
        for version in added.versions {
            if !row.versions.contains(&version) {
                row.versions.push(version);
            }
        }
        Ok(())
    }
}

/// The days of a month that belong to a stretch.
fn days_in(stretch: &Stretch, month: Month) -> i64 {
    let from = stretch.from.max(month.first_day());
    let until = stretch.until.min(month.end());
    (until - from).num_days().max(0)
}

fn token_counts(estimate: &Estimate) -> impl Iterator<Item = (Meter, Figure<u64>)> {
    let counted = estimate.usage.counted().filter(|(meter, _)| meter.is_tokens());
    counted.map(|(meter, quantity)| (meter, quantity.count.clone()))
}

/// The cost with the changes of the price that the user supposes.
fn changed(
    cost: &Figure<Decimal>,
    workload: &Workload,
    month: Month,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let in_force = workload.price_changes.iter().filter(|(from, _)| *from <= month);
    let factor =
        in_force.fold(Fraction::one(), |all, (_, factor)| all * fraction::from_decimal(*factor));
    match factor.is_one() {
        true => Ok(cost.clone()),
        false => cost.try_map(|cost| fraction::of_amount(cost, &factor)),
    }
}

/// Images that are not kept, bound by bound.
fn rest(images: &Figure<u64>, kept: &Figure<u64>) -> Figure<u64> {
    let reasons: Reasons = images.reasons().map(str::to_owned).collect();
    let less = |all: u64, kept: u64| all.saturating_sub(kept);
    let low = less(images.low(), kept.low());
    match (images.high(), kept.high()) {
        (Some(all), Some(part)) if reasons.is_empty() => Figure::Exact(less(all, part)),
        (Some(all), Some(part)) => {
            let expected = images.expected().zip(kept.expected()).map(|(a, b)| less(a, b));
            Figure::Range { low, expected, high: less(all, part), reasons }
        }
        _ => Figure::Unknown { at_least: low, reasons },
    }
}

/// How much of the month's limits is left for the first route.
struct OverLimit<'a> {
    budget: &'a Budget,
    rows: &'a [Row],
    workload: &'a Workload,
    month: Month,
}

impl OverLimit<'_> {
    /// The images that the first route serves within the limits; all of them without such a fallback.
    fn kept(
        &self,
        step: &PricedStep,
        maker: &RowMaker,
        images: &Figure<u64>,
        leg: &Leg,
    ) -> Result<Figure<u64>, AmountTooLarge> {
        let fallback = self.workload.fallback.as_ref();
        if !fallback.is_some_and(|it| it.when.contains(&FallbackWhen::OverLimit)) {
            return Ok(images.clone());
        }
        let mut alone = RowMaker {
            workload: self.workload,
            month: self.month,
            today: maker.today,
            entries: Vec::new(),
            findings: Vec::new(),
        };
        let one = Figure::Exact(1_000_000);
        alone.leg(step, &step.on_first, &one, leg, true)?;
        let Some(entry) = alone.entries.first() else { return Ok(images.clone()) };
        let million = entry.row.cost.expected().or(entry.row.cost.high());
        let left = self.left(&entry.route.id.owner, &maker.entries)?;
        let (Some(million), Some(left)) = (million.filter(|cost| !cost.is_zero()), left) else {
            return Ok(images.clone());
        };
        let fits = fraction::from_decimal(left) / fraction::from_decimal(million)
            * fraction::from_count(1_000_000);
        let fits = fraction::to_whole(&fits, WholeRounding::Down)?;
        images.try_map(|images| Ok(images.min(fits)))
    }

    /// The least that any limit of the month leaves; `None` where there is none.
    fn left(&self, owner: &str, own: &[Entry]) -> Result<Option<Decimal>, AmountTooLarge> {
        let mut least: Option<Decimal> = None;
        for limit in &self.budget.limits {
            let Some(most) = limit.per_month else { continue };
            let concerns = match &limit.scope {
                Scope::Budget => true,
                Scope::Workload(name) => *name == self.workload.name,
                Scope::Owner(id) => id == owner,
                Scope::Tag(key, value) => self.workload.tags.get(key) == Some(value),
            };
            if !concerns {
                continue;
            }
            let before = self.rows.iter().filter(|row| row.month == self.month);
            let spent = before.chain(own.iter().map(|entry| &entry.row));
            let mut left = most;
            for row in spent.filter(|row| super::limits::is_in(row, &limit.scope)) {
                left -= row.cost.expected().or(row.cost.high()).unwrap_or_default();
            }
            let left = left.max(Decimal::ZERO);
            least = Some(least.map_or(left, |least| least.min(left)));
        }
        Ok(least)
    }
}

/// Sets what is wanted and not accepted, on the row of the first route.
fn set_shortfall(entries: &mut [Entry], wanted: &Figure<u64>) -> Result<(), AmountTooLarge> {
    let mut accepted = Figure::Exact(Decimal::ZERO);
    for entry in entries.iter() {
        accepted = add(&accepted, &entry.row.accepted)?;
    }
    let Some(first) = entries.first_mut() else { return Ok(()) };
    let less =
        |wanted: u64, accepted: Decimal| (Decimal::from(wanted) - accepted).max(Decimal::ZERO);
    let reasons: Reasons = wanted.reasons().map(str::to_owned).collect();
    let low = less(wanted.low(), accepted.low());
    first.row.wanted = wanted.clone();
    first.row.shortfall = match (wanted.high(), accepted.high()) {
        // A volume that is a range and served in full has no shortfall, whichever it is.
        (Some(most), Some(high)) if low.is_zero() && less(most, high).is_zero() => {
            Figure::Exact(Decimal::ZERO)
        }
        (Some(wanted), Some(accepted)) if reasons.is_empty() => {
            Figure::Exact(less(wanted, accepted))
        }
        (Some(most), Some(high)) => {
            let expected = wanted.expected().zip(accepted.expected()).map(|(a, b)| less(a, b));
            Figure::Range { low, expected, high: less(most, high), reasons }
        }
        _ => Figure::Unknown { at_least: low, reasons },
    };
    Ok(())
}

/// Findings are said once, at the first month that they concern.
fn note_findings(
    found: &mut Forecast,
    mut findings: Vec<(FindingKind, String)>,
    rows: &[Row],
    workload: &Workload,
    month: Month,
) {
    let given_up = workload.steps.last().and_then(|step| step.rates.maximum());
    if let Some(maximum) = given_up
        && rows.iter().any(|row| row.shortfall.low() > Decimal::ZERO)
    {
        let text = format!(
            "images are given up after {maximum} attempts, so that fewer are accepted than wanted"
        );
        findings.push((FindingKind::Shortfall, text));
    }
    for (kind, message) in findings {
        let known = found
            .findings
            .iter()
            .any(|it| it.kind == kind && it.workload == workload.name && it.message == message);
        if !known {
            found.findings.push(Finding { kind, workload: workload.name.clone(), month, message });
        }
    }
}

/// The other costs that come with a workload in a month.
fn with_work(workload: &Workload, month: Month, rows: &[Row]) -> Result<Vec<Row>, AmountTooLarge> {
    let sum = |of: fn(&Row) -> &Figure<Decimal>| {
        rows.iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, row| add(&sum, of(row)))
    };
    let mut others = Vec::new();
    for cost in &workload.other_costs {
        let times = match cost.per {
            CostPer::Month => Figure::Exact(Decimal::ONE),
            CostPer::AcceptedImage => sum(|row| &row.accepted)?,
            CostPer::Attempt => sum(|row| &row.attempts)?,
        };
        let each = fraction::from_decimal(cost.amount);
        let amount = times.try_map(|times| fraction::of_amount(times, &each))?;
        let row = monthly(cost, month);
        let (name, tags) = (workload.name.clone(), workload.tags.clone());
        others.push(Row { workload: name, tags, cost: amount, ..row });
    }
    Ok(others)
}

/// A cost that comes each month.
fn monthly(cost: &OtherCost, month: Month) -> Row {
    let none = Figure::Exact(Decimal::ZERO);
    Row {
        month,
        workload: String::new(),
        tags: BTreeMap::new(),
        other_cost: Some(cost.name.clone()),
        route: None,
        versions: Vec::new(),
        price_basis: PriceBasis::Assumed,
        wanted: Figure::Exact(0),
        accepted: none.clone(),
        shortfall: none.clone(),
        attempts: none.clone(),
        billed_calls: none,
        tokens: BTreeMap::new(),
        cost: Figure::Exact(cost.amount),
    }
}
