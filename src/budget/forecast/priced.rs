//! Workloads with their prices: everything of a forecast that does not depend on the month.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::line::Named;
use crate::attempts::{AttemptRates, average_request};
use crate::budget::error::BudgetError;
use crate::budget::images::Images;
use crate::budget::legs::{self, Leg};
use crate::budget::limit::{Limit, Scope};
use crate::budget::month::Month;
use crate::budget::prices::{OnRoute, Pricing, Stretch, answered};
use crate::budget::step::Step;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::catalog::dated::Dated;
use crate::catalog::terms::{ChargeRule, Event, Terms};
use crate::errors::Errors;
use crate::estimate::{EstimateError, all_known};
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge};
use crate::reason::{Attempts, Reason, Whose};
use crate::request::RequestError;

/// The workloads of a budget with their prices.
///
/// # Errors
/// Every workload that cannot be priced as written, or the problems of the tables.
pub(in crate::budget) fn priced<'a>(
    pricing: &Pricing<'a>,
) -> Result<Vec<PricedWorkload<'a>>, Errors<BudgetError>> {
    let mut priced = Vec::new();
    each_priced(pricing, |workload| priced.push(workload))?;
    Ok(priced)
}

/// Hands on each workload of a budget with its prices, in order.
///
/// # Errors
/// As those of [`priced`], once all that can be priced were handed on.
pub(in crate::budget) fn each_priced<'a>(
    pricing: &Pricing<'a>,
    mut take: impl FnMut(PricedWorkload<'a>),
) -> Result<(), Errors<BudgetError>> {
    let mut errors = Vec::new();
    if let Err(error) = known_owners(pricing.catalog, pricing.budget) {
        errors.push(BudgetError { workload: String::new(), error: error.into() });
    }
    for workload in &pricing.budget.workloads {
        match PricedWorkload::of(pricing, workload) {
            Ok(found) => take(found),
            Err(error) => errors.push(BudgetError { workload: workload.name.clone(), error }),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

/// A limit on a price owner that nobody knows would always be held.
fn known_owners(catalog: &Catalog, budget: &Budget) -> Result<(), RequestError> {
    let owner = |limit: &Limit| match &limit.scope {
        Scope::Owner(id) => Some(id.clone()),
        _ => None,
    };
    let limited: Vec<String> = budget.limits.iter().filter_map(owner).collect();
    // To tell which owners are known on the day of knowledge, all tables are read.
    if limited.is_empty() {
        return Ok(());
    }
    all_known(&limited, catalog.route_ids().iter().map(|id| id.owner.as_str()))
}

/// A workload with the prices of its steps over the whole budget.
pub(in crate::budget) struct PricedWorkload<'a> {
    pub(in crate::budget) workload: &'a Workload,
    pub(super) named: Named,
    pub(super) wanted: Wanted,
    pub(in crate::budget) steps: Vec<PricedStep<'a>>,
}

pub(in crate::budget) struct PricedStep<'a> {
    pub(in crate::budget) step: &'a Step,
    /// The way to the first route, and the share of images that go on to the fallback.
    pub(super) first: (Leg, Fraction),
    pub(in crate::budget) on_first: Vec<Costed>,
    pub(in crate::budget) on_fallback: Vec<Costed>,
}

/// A stretch of days with the average cost of a request on them.
pub(in crate::budget) struct Costed {
    pub(in crate::budget) stretch: Stretch,
    pub(super) average: Figure<Decimal>,
    pub(super) billed: Figure<Decimal>,
    /// The version of the price, in words.
    pub(super) versions: Arc<[String]>,
}

impl<'a> PricedWorkload<'a> {
    pub(in crate::budget) fn of(
        pricing: &Pricing,
        workload: &'a Workload,
    ) -> Result<Self, EstimateError> {
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
        let wanted = Wanted::of(pricing.budget, workload)?;
        Ok(PricedWorkload { workload, named: Named::of(workload), wanted, steps })
    }

    /// Its stretches, over all steps and routes.
    pub(in crate::budget) fn stretches(&self) -> impl Iterator<Item = &Stretch> {
        let costed =
            self.steps.iter().flat_map(|step| step.on_first.iter().chain(&step.on_fallback));
        costed.map(|costed| &costed.stretch)
    }

    /// The images wanted in a month; none outside the workload's own months.
    pub(in crate::budget) fn wanted(&self, budget: &Budget, month: Month) -> Figure<u64> {
        self.wanted.in_month(budget.start, month)
    }
}

/// The images wanted in each month of a budget: one number each, as nearly every budget has them, or ranges.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Exactly(Box<[u64]>),
    Within(Box<[Images]>),
}

impl Wanted {
    fn of(budget: &Budget, workload: &Workload) -> Result<Wanted, AmountTooLarge> {
        let images = workload.images_by_month(budget).map(|(_, images)| images);
        let images: Vec<Images> = images.collect::<Result<_, _>>()?;
        Ok(match images.iter().all(Images::is_exact) {
            true => Wanted::Exactly(images.iter().map(|it| it.low).collect()),
            false => Wanted::Within(images.into()),
        })
    }

    /// Those of a month of a budget that begins in `start`; none outside its months.
    pub(super) fn in_month(&self, start: Month, month: Month) -> Figure<u64> {
        let Ok(index) = usize::try_from(month.since(start)) else { return Figure::Exact(0) };
        match self {
            Wanted::Exactly(images) => Figure::Exact(images.get(index).copied().unwrap_or(0)),
            Wanted::Within(images) => images.get(index).map_or(Figure::Exact(0), Images::figure),
        }
    }
}

impl PricedStep<'_> {
    /// What a wanted image of the step costs on a day, on the first route and on those that follow; `None` where that
    /// is beyond what can be counted.
    pub(in crate::budget) fn cost_on(&self, day: NaiveDate) -> Option<Figure<Decimal>> {
        let (first, sent_on) = &self.first;
        let last = legs::last(&self.step.rates);
        let parts = [
            (&self.on_first, first.attempts.clone()),
            (&self.on_fallback, last.attempts * sent_on),
        ];
        let mut cost = Figure::Exact(Decimal::ZERO);
        for (costed, attempts) in parts {
            let Some(found) = costed.iter().find(|it| day < it.stretch.until) else { continue };
            let part =
                found.average.try_map(|amount| fraction::of_amount(amount, &attempts)).ok()?;
            cost = cost.try_join(&part, money::add).ok()?;
        }
        Some(cost)
    }

    /// Why nothing is made on the first route on a day; `None` where something is.
    pub(in crate::budget) fn not_made_on(&self, day: NaiveDate) -> Option<&Reason> {
        let costed = self.on_first.iter().find(|it| day < it.stretch.until)?;
        let why = costed.stretch.price.as_ref().err().filter(|why| why.is_not_made())?;
        Some(why.reason())
    }
}

impl Costed {
    /// Whether the same is asked of the same route at the same price, on the same days.
    pub(in crate::budget) fn is_as(&self, other: &Costed) -> bool {
        let request = |costed: &Costed| {
            let estimate = costed.stretch.price.as_ref().ok()?;
            Some((estimate.table.route.id.clone(), estimate.subject.request()?.clone()))
        };
        let days = |costed: &Costed| [costed.stretch.from, costed.stretch.until];
        days(self) == days(other)
            && self.average == other.average
            && request(self) == request(other)
    }

    fn of(stretch: Stretch, step: &Step, workload: &Workload) -> Result<Costed, EstimateError> {
        let (average, billed) = match &stretch.price {
            Ok(estimate) => {
                let terms = answered(&estimate.table.route.terms, &workload.assume);
                let whose = Whose::of(&estimate.table.route);
                let average = average_request(&estimate.request_cost, step.rates, &terms)?;
                let billed = billed_share(&step.rates, &terms);
                (average.located(&whose), billed.located(&whose))
            }
            Err(why) if why.is_not_made() => {
                (Figure::Exact(Decimal::ZERO), Figure::Exact(Decimal::ZERO))
            }
            Err(why) => {
                let unknown = Figure::unknown(Decimal::ZERO, why.reason().clone());
                (unknown.clone(), unknown)
            }
        };
        let version = stretch.price.as_ref().ok().map(|it| it.table.version().period().in_words());
        let versions = version.into_iter().collect();
        Ok(Costed { stretch, average, billed, versions })
    }
}

/// The share of calls that are billed at all: those that deliver, and those that fail at a charge.
fn billed_share(rates: &AttemptRates, terms: &Terms) -> Figure<Decimal> {
    let delivered = rates.delivered();
    let (mut low, mut high) = (delivered, delivered);
    for (share, events, _) in rates.undelivered() {
        let charged = |event: &Event| match terms.charge(*event).rule {
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
        false => Figure::range(low, None, high, Attempts::BilledShare),
    }
}
