//! What the rows of a forecast are the product of, where they are exactly that: images wanted × attempts for each × what
//! a call costs. What is no such product says why, so that nobody takes a formula for the plan where it is not.
//!
//! ```text
//! call = Σ quantity × rate ÷ per × the unit in US dollars
//! average call = call × delivered + Σ share of an event × what is charged for it
//! a wanted image on a route = Σ over its steps: images of the step × attempts ÷ images per call × average call
//! row = images wanted × a wanted image × the price changes that the user supposes
//! ```

mod call;
mod held;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::call::{Call, CallLine, Charged, Undelivered};
pub use self::held::NotAProduct;
use super::amount::Case;
use super::error::BudgetError;
use super::forecast::{Costed, ForecastLine, each_priced};
use super::month::Month;
use super::prices::{Pricing, answered};
use super::step::Step;
use super::workload::{Budget, FallbackWhen, Workload};
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::route::{Route, RouteId};
use crate::errors::Errors;
use crate::estimate::Estimate;
use crate::fraction::{self, Fraction};
use crate::rating::FxRates;

/// What a workload costs as factors.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WorkloadFactors {
    /// Its place in the budget.
    pub at: usize,
    /// Its steps in order.
    pub steps: Vec<StepFactors>,
    /// Why no row of it is a product, whatever its prices.
    pub held: Option<NotAProduct>,
}

/// What a step of a workload costs as factors.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StepFactors {
    /// How many images of it go into one wanted image.
    pub per_accepted: u64,
    /// How its attempts turn out.
    pub rates: AttemptRates,
    /// Its prices, from day to day.
    pub stretches: Vec<StretchFactors>,
}

/// What a call of a step costs on days with one price.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StretchFactors {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// The route, where it is known.
    pub route: Option<Arc<Route>>,
    /// The call, or why its price is no product.
    pub call: Result<Call, NotAProduct>,
    /// What a wanted image of the workload costs by the step on these days, at each end.
    each: [Option<Decimal>; 3],
}

/// The factors of every workload of a budget, handed on one by one in their order, as they are priced `today`.
///
/// # Errors
/// Those of [`forecast`](super::forecast()).
pub fn factors(
    catalog: &Catalog,
    budget: &Budget,
    today: NaiveDate,
    mut take: impl FnMut(WorkloadFactors),
) -> Result<(), Errors<BudgetError>> {
    let mut at = 0;
    each_priced(&Pricing::of(catalog, budget, today), |priced| {
        let workload = priced.workload;
        let steps = priced.steps.iter().map(|step| {
            let of = |costed| StretchFactors::of(costed, step.step, (workload, budget));
            StepFactors {
                per_accepted: step.step.per_accepted,
                rates: step.step.rates,
                stretches: step.on_first.iter().map(of).collect(),
            }
        });
        take(WorkloadFactors { at, steps: steps.collect(), held: held(workload) });
        at += 1;
    })
}

/// The call of an estimate as factors, with what is charged for one that delivers nothing.
///
/// # Errors
/// Why its price is no sum of quantities times rates.
pub fn call_of(estimate: &Estimate) -> Result<Call, NotAProduct> {
    let terms = &estimate.table.route.terms;
    Call::of(estimate, &estimate.attempts.rates, terms, &FxRates::new())
}

/// Why no row of a workload is a product.
fn held(workload: &Workload) -> Option<NotAProduct> {
    if let Some(fallback) = &workload.fallback {
        let by_limit = fallback.when.contains(&FallbackWhen::OverLimit);
        return Some(if by_limit { NotAProduct::OverLimit } else { NotAProduct::SentOn });
    }
    let gives_up = workload.steps.iter().any(|step| step.rates.maximum().is_some());
    gives_up.then_some(NotAProduct::Maximum)
}

impl StretchFactors {
    fn of(
        costed: &Costed,
        step: &Step,
        (workload, budget): (&Workload, &Budget),
    ) -> StretchFactors {
        let stretch = &costed.stretch;
        let call = match &stretch.price {
            Ok(estimate) => {
                let terms = answered(&estimate.table.route.terms, &workload.assume);
                Call::of(estimate, &step.rates, &terms, &budget.fx)
            }
            Err(why) if why.is_not_made() => Err(NotAProduct::NotMade),
            Err(_) => Err(NotAProduct::Unknown),
        };
        let of = |call, end| finely(&each(call, step, end)?);
        let each = match &call {
            Ok(call) if call.is_the_same_at_each_end() => [of(call, Case::Low); 3],
            Ok(call) => Case::ALL.map(|end| of(call, end)),
            Err(_) => [None; 3],
        };
        let (from, until) = (stretch.from, stretch.until);
        StretchFactors { from, until, route: stretch.route.clone(), call, each }
    }

    /// What a wanted image of the workload costs by the step in US dollars at an end; nothing where nothing is expected,
    /// or its price is no product.
    pub fn each(&self, end: Case) -> Option<Decimal> {
        self.each[end as usize]
    }
}

fn each(call: &Call, step: &Step, end: Case) -> Option<Fraction> {
    let average = call.average(&step.rates, end)?;
    let per_call = fraction::of_counts(step.per_accepted.try_into().ok()?, call.images.into());
    Some(step.rates.attempts_per_wanted() * per_call * average)
}

/// A fraction with nine places more than an amount has, so that a billion times it is as exact as one.
fn finely(value: &Fraction) -> Option<Decimal> {
    const MORE: u32 = 9;
    let mut fine = fraction::to_decimal(&(value * fraction::from_count(10_u64.pow(MORE)))).ok()?;
    let scale = fine.scale() + MORE;
    match fine.set_scale(scale) {
        Ok(()) => Some(fine),
        Err(_) => fraction::to_decimal(value).ok(),
    }
}

impl WorkloadFactors {
    /// The places of the steps whose calls a row is the product of, each with that of its price.
    ///
    /// # Errors
    /// Why the row is none: of what is left open, of a change within its month, or since the factors do not come to it.
    pub fn of_row(
        &self,
        workload: &Workload,
        row: &ForecastLine,
    ) -> Result<Vec<(usize, usize)>, NotAProduct> {
        let Some(route) = &row.route else { return Err(NotAProduct::Unknown) };
        if row.not_made.is_some() {
            return Err(NotAProduct::NotMade);
        }
        if row.cost.high().is_none() {
            return Err(NotAProduct::Unknown);
        }
        if let Some(why) = self.held {
            return Err(why);
        }
        let mut places = Vec::new();
        for (at, step) in self.steps.iter().enumerate() {
            if let Some(price) = step.price_of(row.month, &route.id)? {
                places.push((at, price));
            }
        }
        match self.comes_to(workload, row, &places) {
            Some(true) => Ok(places),
            _ => Err(NotAProduct::Differs),
        }
    }

    /// What a wanted image costs by these steps and prices in US dollars at an end; nothing where nothing is expected.
    pub fn each(&self, places: &[(usize, usize)], end: Case) -> Option<Decimal> {
        let mut all =
            places.iter().map(|(step, price)| self.steps[*step].stretches[*price].each(end));
        all.try_fold(Decimal::ZERO, |sum, each| sum.checked_add(each?))
    }

    /// What the factors give at an end, in US dollars; nothing where nothing is expected.
    pub fn product(
        &self,
        workload: &Workload,
        row: &ForecastLine,
        (places, end): (&[(usize, usize)], Case),
    ) -> Option<Decimal> {
        let wanted = match end {
            Case::Low => Some(row.wanted.low()),
            Case::Expected => row.wanted.expected(),
            Case::High => row.wanted.high(),
        };
        let all = Decimal::from(wanted?).checked_mul(self.each(places, end)?)?;
        let changed = all.checked_mul(price_factor(workload, row.month)?)?;
        changed.checked_div(self.images_of_row(places).into())
    }

    /// How many images a row counts for each image that is wanted of the workload: that of the first route counts wanted
    /// images, that of another one the images of its own step.
    pub fn images_of_row(&self, places: &[(usize, usize)]) -> u64 {
        match places.first() {
            Some((step, _)) if *step > 0 => self.steps[*step].per_accepted,
            _ => 1,
        }
    }

    fn comes_to(
        &self,
        workload: &Workload,
        row: &ForecastLine,
        places: &[(usize, usize)],
    ) -> Option<bool> {
        let (cost, wanted) = (&row.cost, &row.wanted);
        let ends = [
            (Case::Low, Some(cost.low()), Some(wanted.low())),
            (Case::Expected, cost.expected(), wanted.expected()),
            (Case::High, cost.high(), wanted.high()),
        ];
        let mut last = None;
        for (end, cost, wanted) in ends {
            let each = self.each(places, end);
            // Most rows are the same at each end.
            if last == Some((each, cost, wanted)) {
                continue;
            }
            last = Some((each, cost, wanted));
            match (self.product(workload, row, (places, end)), cost) {
                (Some(product), Some(cost)) if (product - cost).abs() <= NEAR => {}
                (None, None) => {}
                _ => return Some(false),
            }
        }
        Some(!places.is_empty())
    }
}

/// A hundredth of a cent.
const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

impl StepFactors {
    /// The place of the price that holds on every day of a month, if that is one of this route.
    fn price_of(&self, month: Month, route: &RouteId) -> Result<Option<usize>, NotAProduct> {
        let days = [month.first_day(), month.end()];
        let is_on =
            |it: &&StretchFactors| it.route.as_ref().is_some_and(|known| known.id == *route);
        let touched = || self.stretches.iter().filter(|it| it.from < days[1] && days[0] < it.until);
        if !touched().any(|it| is_on(&it)) {
            return Ok(None);
        }
        let whole = self.stretches.iter().position(|it| it.from <= days[0] && days[1] <= it.until);
        let Some(whole) = whole else { return Err(NotAProduct::WithinMonth) };
        match &self.stretches[whole].call {
            Ok(_) => Ok(Some(whole)),
            Err(why) => Err(*why),
        }
    }
}

/// By how much the user supposes that the prices of a workload change up to a month; nothing where that cannot be kept.
pub fn price_factor(workload: &Workload, month: Month) -> Option<Decimal> {
    let mut in_force = workload.price_changes.iter().filter(|(from, _)| *from <= month);
    in_force.try_fold(Decimal::ONE, |all, (_, factor)| all.checked_mul(*factor))
}
