//! The forecast: workloads × months → rows of one month, workload and route each.
//!
//! ```text
//! workload ─ priced (stretches of days with one price, the way over the routes) ─┐
//! month ─ volume ────────────────────────────────────────────────────────────────┴─ month ─► rows, findings
//! ```
//!
//! A forecast keeps what its rows are made of, and not the rows. Every month is made when the budget is forecast, so that
//! whatever cannot be priced or kept exact is an error then; and again whenever its rows are asked for.

mod assumptions;
pub(in crate::budget) mod line;
mod line_maker;
mod making;
mod month;
mod month_days;
mod other_cost;
mod over_limit;
mod part;
mod planned;
mod priced;
mod seats;
mod used_price;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::line::{CostKind, Finding, FindingKind, ForecastLine, NotMade};
pub(super) use self::line_maker::{changed, days_in};
pub(super) use self::part::{Outcome, Part};
pub(super) use self::priced::{Costed, PricedStep, PricedWorkload, each_priced, priced};
pub use self::used_price::UsedPrice;
pub use crate::estimate::PriceBasis;

use self::assumptions::Assumed;
use self::month::MadeMonth;
use self::month_days::MonthDays;
use self::planned::{Plan, PlannedWorkload};
use self::seats::PlannedSeats;
use self::used_price::used_prices;
use super::error::BudgetError;
use super::made::Made;
use super::month::Month;
use super::not_told_apart::NotToldApart;
use super::prices::Pricing;
use super::scale::add;
use super::total::Total;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::money::AmountTooLarge;
use crate::reason::{Reason, Reasons};
use crate::request::RequestError;

/// A budget month by month.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Forecast {
    /// What its rows are made of.
    plan: Plan,
    /// What each month comes to, in order; an error where a sum cannot be kept.
    months: Result<Vec<Total>, AmountTooLarge>,
    made: Made,
    price_basis: Option<PriceBasis>,
    /// The months in which a workload has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
    /// What stands in the way of the budget as it was written.
    pub findings: Vec<Finding>,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
    /// The prices that it rests on.
    pub prices: Vec<UsedPrice>,
}

impl Forecast {
    /// The rows, by month, workload and route. Each month is made when its turn comes: whoever needs them twice asks
    /// twice, or keeps what is needed of them.
    pub fn rows(&self) -> impl Iterator<Item = ForecastLine> {
        self.plan.months().flat_map(|month| self.rows_of(month))
    }

    /// Why its cost may not be named the cheapest: the weakest of the prices that it rests on decides.
    pub fn doubt(&self) -> Option<Doubt> {
        self.prices.iter().filter_map(|price| price.doubt).min()
    }

    /// The rows of a month, by workload and route.
    pub fn rows_of(&self, month: Month) -> Vec<ForecastLine> {
        self.made_again(month).lines
    }

    /// The rows of a month that are of no workload: seats, and costs of the whole budget.
    pub(in crate::budget) fn rows_beside_workloads(&self, month: Month) -> Vec<ForecastLine> {
        self.plan.beside_workloads(MonthDays::of(month, self.plan.today)).collect()
    }

    /// The same, and behind them a row for each workload of which nothing is wanted in the month: it costs nothing, and is
    /// in no sum.
    pub fn rows_of_all(&self, month: Month) -> Vec<ForecastLine> {
        let MadeMonth { mut lines, not_planned, .. } = self.made_again(month);
        let named = not_planned.into_iter().map(|at| self.plan.workloads[at].named.clone());
        lines.extend(named.map(|named| ForecastLine::empty(named, month)));
        lines
    }

    /// What was made when the budget was forecast: what could not be kept exact was an error then, and is none here.
    fn made_again(&self, month: Month) -> MadeMonth {
        let made = self.plan.month(month);
        debug_assert!(made.is_ok(), "{month} was made before");
        made.unwrap_or_default()
    }

    /// What each month comes to, in order.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept.
    pub fn months(&self) -> Result<&[Total], AmountTooLarge> {
        self.months.as_deref().map_err(|too_large| *too_large)
    }

    /// What all months cost, in US dollars.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept.
    pub fn cost(&self) -> Result<Figure<Decimal>, AmountTooLarge> {
        self.months()?.iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, it| add(&sum, &it.cost))
    }

    /// The weakest basis of the prices of its rows; `None` where no row has a price.
    pub fn price_basis(&self) -> Option<PriceBasis> {
        self.price_basis
    }

    /// How much of what is planned is made, over all months.
    pub fn made(&self) -> Made {
        self.made
    }

    /// Why images are planned and not one of them has a price; empty where any has.
    pub fn no_price(&self) -> Vec<Sentence> {
        let images = || self.rows().filter(|row| row.is_images() && row.route.is_some());
        let is_known = |row: ForecastLine| {
            !row.versions.is_empty() && (row.cost.high().is_some() || !row.cost.low().is_zero())
        };
        if images().next().is_none() || images().any(is_known) {
            return Vec::new();
        }
        let found = self.findings.iter().map(|it| it.said().of(&it.workload));
        let mut why: Vec<Sentence> = found.collect();
        for row in images().filter(|row| !row.versions.is_empty()) {
            for reason in row.cost.reasons().said() {
                let reason = reason.of(&row.workload);
                if !why.contains(&reason) {
                    why.push(reason);
                }
            }
        }
        why
    }

    /// What is planned and cannot be made, by workload and reason.
    pub fn not_made(&self) -> Vec<NotMade> {
        let mut all: Vec<NotMade> = Vec::new();
        if !self.made.is_short() {
            return all;
        }
        let mut places: BTreeMap<(Arc<str>, Reason), usize> = BTreeMap::new();
        for row in self.rows() {
            let Some(why) = row.not_made else { continue };
            let place = *places.entry((row.workload, why)).or_insert_with_key(|(workload, why)| {
                all.push(NotMade {
                    workload: workload.to_string(),
                    months: Vec::new(),
                    why: why.clone(),
                });
                all.len() - 1
            });
            let months = &mut all[place].months;
            if months.last() != Some(&row.month) {
                months.push(row.month);
            }
        }
        all
    }

    /// The rows whose cost is unknown, each with why. A reason for which a cost elsewhere is a range, such as a volume
    /// that is one, makes no cost unknown and is left out.
    pub fn unknown_rows(&self) -> impl Iterator<Item = (ForecastLine, Reasons)> {
        let is_any = self.cost().map_or(true, |cost| cost.high().is_none());
        let rows = move || is_any.then(|| self.rows()).into_iter().flatten();
        let mut of_ranges: BTreeSet<Reason> = BTreeSet::new();
        for row in rows().filter(|row| row.cost.high().is_some()) {
            let new = row.cost.reasons().iter().filter(|reason| !of_ranges.contains(reason));
            let new: Vec<Reason> = new.cloned().collect();
            of_ranges.extend(new);
        }
        rows().filter(|row| row.cost.high().is_none()).map(move |row| {
            let all = row.cost.reasons();
            let own: Reasons = all.iter().filter(|reason| !of_ranges.contains(reason)).collect();
            let why = if own.is_empty() { all.clone() } else { own };
            (row, why)
        })
    }
}

/// Forecasts a budget, knowing what is known `today`.
///
/// # Errors
/// Every workload that cannot be priced as written, or the problems of the tables.
pub fn forecast(
    catalog: &Catalog,
    budget: &Budget,
    today: NaiveDate,
) -> Result<Forecast, Errors<BudgetError>> {
    forecast_of(&Pricing::of(catalog, budget, today)).map(|(forecast, _)| forecast)
}

/// An amount of a workload, or of the whole budget, is too large to be kept exact.
fn too_large_for(workload: String) -> Errors<BudgetError> {
    Errors(vec![BudgetError { workload, error: RequestError::TooLarge.into() }])
}

/// The forecast, and why some counts are a step's own where others were to take their place.
pub(super) fn forecast_of(
    pricing: &Pricing,
) -> Result<(Forecast, BTreeSet<NotToldApart>), Errors<BudgetError>> {
    let Pricing { budget, today, .. } = *pricing;
    let mut assumed = Assumed::of(budget, today);
    let (mut workloads, mut prices) = (Vec::new(), Vec::new());
    let mut own_counts = BTreeSet::new();
    // Most workloads are open for the same reasons: shared, they are compared by where they are.
    let mut reasons = BTreeSet::new();
    // The estimates of a workload are many times larger than what its rows are made of: each goes when it was read.
    each_priced(pricing, |priced| {
        assumed.add(&priced);
        prices.extend(used_prices(&priced, today));
        own_counts.extend(priced.stretches().filter_map(|stretch| stretch.own_counts.clone()));
        workloads.push(PlannedWorkload::of(priced).sharing(&mut reasons));
    })?;
    let mut seats = Vec::new();
    for planned in &budget.seats {
        let found = PlannedSeats::of(pricing, planned).map_err(|_| too_large_for(String::new()))?;
        prices.extend(found.used_price(budget, today));
        assumed.add_seats(found.priced(budget));
        seats.push(found);
    }
    let forecast = Forecast {
        plan: Plan::of(budget, today, workloads, seats),
        months: Ok(Vec::new()),
        made: Made::NotPlanned,
        price_basis: None,
        not_planned: BTreeMap::new(),
        findings: Vec::new(),
        assumptions: assumed.into_all(),
        prices,
    };
    Ok((forecast.make()?, own_counts))
}
