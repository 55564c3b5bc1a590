//! A forecast for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::fields::{self, ForecastRow};
use super::parts::Whole;
use super::totals::TotalOutput;
use super::{Found, View, totals, words};
use crate::budget::{
    Alert, AmountToRequest, AtAcceptance, By, Finding, Lever, LimitStatus, Month, NotHeld, NotMade,
};
use crate::catalog::Catalog;
use crate::report::envelope::{Output, Said, said};
use crate::report::record::{Each, Record};
use crate::sensitivity::Sensitivity;

/// A budget month by month.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ForecastOutput<'a> {
    /// The first month.
    pub start: String,
    /// How many months are planned.
    pub months: u32,
    /// The month of the year, 1 to 12, in which a fiscal year starts.
    pub fiscal_year_start: u32,
    /// What the whole budget costs.
    pub total: Record<Whole<'a>>,
    /// What to ask for, and what it leaves out.
    pub amount_to_request: Record<&'a AmountToRequest>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What moves the cost most, of what was taken for granted.
    pub sensitivities: Each<'a, Record<&'a Sensitivity>>,
    /// How each limit stands.
    pub limits: Each<'a, Record<&'a LimitStatus>>,
    /// Limits of months that this part of a budget does not have in full; they are not held against it.
    pub limits_not_held: Each<'a, Record<NotHeld>>,
    /// When shares of limits are reached, by the high case with the margin.
    pub alerts: Each<'a, Record<&'a Alert>>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// The months in which a workload has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// What stands in the way of the budget as it was written.
    pub findings: Each<'a, Record<&'a Finding>>,
    /// Prices and terms of the user's own.
    pub yours: Vec<Said>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
    /// What would lower the cost, each by itself: savings do not add up.
    pub levers: Each<'a, Record<&'a Lever>>,
    /// What `totals` are gathered by: month, quarter, year, workload, owner, model, route or tag:NAME; several
    /// are separated by commas.
    pub totals_by: String,
    /// The rows together.
    pub totals: Each<'a, TotalOutput<'a>>,
    /// A row for each month, workload and route, for seats that are due in a month, and for each other cost of it.
    pub rows: Each<'a, Record<ForecastRow<'a>>>,
}

impl Output for ForecastOutput<'_> {
    const NAME: &'static str = "forecast";
    const COMMAND: &'static str = "budget forecast";
}

/// A forecast for programs.
pub(crate) fn output<'a>(
    found: &'a Found<'a>,
    view: &'a View<'a>,
    catalog: &'a Catalog,
) -> ForecastOutput<'a> {
    let Found { budget, forecast, .. } = found;
    let (by, of_it) = match view {
        View::Totals(by, totals) => (*by, *totals),
        View::Rows(_) | View::Wide => (&[By::Month][..], found.months),
    };
    ForecastOutput {
        start: budget.start.to_string(),
        months: budget.months,
        fiscal_year_start: budget.fiscal_year_start,
        total: Record::of(Whole {
            cost: &found.amount.cost,
            made: forecast.made(),
            price_basis: forecast.price_basis(),
            cash: found.cash,
        }),
        amount_to_request: Record::of(found.amount),
        at_acceptance: found.at_acceptance.map(Record::of),
        sensitivities: Each::row(|| found.sensitivities.iter()),
        limits: Each::row(|| found.limits.iter()),
        limits_not_held: Each::row(|| budget.limits_not_held().into_iter()),
        alerts: Each::row(|| found.alerts.iter()),
        not_made: Each::row(|| forecast.not_made().into_iter()),
        not_planned: Each::row(|| forecast.not_planned.iter()),
        findings: Each::row(|| forecast.findings.iter()),
        yours: said(&words::yours(forecast)),
        assumptions: said(&forecast.assumptions),
        levers: Each::row(|| found.levers.iter()),
        totals_by: by.iter().map(By::in_words).collect::<Vec<_>>().join(","),
        totals: totals::output(by, of_it),
        rows: Each::with(fields::fields(found), move || fields::rows(found, catalog)),
    }
}
