//! The forecast: workloads × months → rows of one month, workload and route each.
//!
//! ```text
//! workload ─ priced (stretches of days with one price, the way over the routes) ─┐
//! month ─ volume ────────────────────────────────────────────────────────────────┴─ month ─► rows, findings
//! ```

mod assumptions;
mod month;
mod over_limit;
mod priced;
mod row;
mod row_maker;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

pub(super) use self::assumptions::of as assumptions_of;
pub(super) use self::priced::{Costed, PricedStep, PricedWorkload, priced};
pub(in crate::budget) use self::row::Named;
pub use self::row::{Finding, FindingKind, NotMade, PriceBasis, Row, Tokens};
pub(super) use self::row_maker::{changed, days_in};

use self::month::month_of;
use self::priced::used_prices;
use super::made::Made;
use super::month::Month;
use super::prices::Pricing;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::errors::Errors;
use crate::estimate::{Estimate, EstimateError};
use crate::help::Sentence;
use crate::reason::{Reason, Reasons};

/// A budget month by month.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Forecast {
    /// The rows, by month, workload and route.
    pub rows: Vec<Row>,
    /// The months in which a workload has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
    /// What stands in the way of the budget as it was written.
    pub findings: Vec<Finding>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<Assumption>,
    /// The prices that it rests on.
    pub prices: Vec<UsedPrice>,
}

impl Forecast {
    /// The weakest basis of the prices of its rows; `None` where no row has a price.
    pub fn price_basis(&self) -> Option<PriceBasis> {
        let priced = self.rows.iter().filter(|row| !row.versions.is_empty());
        priced.map(|row| row.price_basis).max()
    }

    /// How much of what is planned is made, over all months.
    pub fn made(&self) -> Made {
        Made::of_all(self.rows.iter().map(|row| row.made))
    }

    /// Why images are planned and not one of them has a price; empty where any has.
    pub fn no_price(&self) -> Vec<Sentence> {
        let images = || self.rows.iter().filter(|row| row.route.is_some());
        let is_known = |row: &Row| {
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
        for row in &self.rows {
            let Some(why) = &row.not_made else { continue };
            let same = |known: &&mut NotMade| *known.workload == *row.workload && known.why == *why;
            match all.iter_mut().find(same) {
                Some(known) if known.months.last() == Some(&row.month) => {}
                Some(known) => known.months.push(row.month),
                None => all.push(NotMade {
                    workload: row.workload.to_string(),
                    months: vec![row.month],
                    why: why.clone(),
                }),
            }
        }
        all
    }

    fn note_not_planned(&mut self, workload: &str, month: Month) {
        self.not_planned.entry(workload.to_owned()).or_default().push(month);
    }

    /// The rows whose cost is unknown, each with why. A reason for which a cost elsewhere is a range, such as a volume
    /// that is one, makes no cost unknown and is left out.
    pub fn unknown_rows(&self) -> impl Iterator<Item = (&Row, Reasons)> {
        let (known, unknown): (Vec<&Row>, Vec<&Row>) =
            self.rows.iter().partition(|row| row.cost.high().is_some());
        let of_ranges: BTreeSet<&Reason> =
            known.iter().flat_map(|row| row.cost.reasons()).collect();
        unknown.into_iter().map(move |row| {
            let all = row.cost.reasons();
            let own: Reasons = all.iter().filter(|reason| !of_ranges.contains(reason)).collect();
            (row, if own.is_empty() { all.clone() } else { own })
        })
    }
}

/// A price that a workload is forecast with, on a stretch of days on which its images are made.
#[derive(Debug, Clone)]
#[non_exhaustive]
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

/// A workload that cannot be forecast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{error}", if workload.is_empty() { String::new() } else { format!("{workload}: ") })]
#[non_exhaustive]
pub struct BudgetError {
    /// The workload; empty for the whole budget.
    pub workload: String,
    /// Why.
    #[source]
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
) -> Result<Forecast, Errors<BudgetError>> {
    forecast_of(&Pricing::of(catalog, budget, today)).map(|(forecast, _)| forecast)
}

/// The forecast, and why some counts are a step's own where others were to take their place.
pub(super) fn forecast_of(
    pricing: &Pricing,
) -> Result<(Forecast, BTreeSet<String>), Errors<BudgetError>> {
    let Pricing { budget, today, .. } = *pricing;
    let priced = priced(pricing)?;
    let mut found = Forecast {
        rows: Vec::with_capacity(budget.workloads.len() * budget.months as usize),
        not_planned: BTreeMap::new(),
        findings: Vec::new(),
        assumptions: assumptions_of(budget, &priced, today),
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
        found.rows.extend(budget.other_costs.iter().map(|cost| Row::monthly(cost, month)));
    }
    let stretches = priced.iter().flat_map(|workload| workload.stretches());
    let own_counts = stretches.filter_map(|stretch| stretch.own_counts.clone()).collect();
    Ok((found, own_counts))
}
