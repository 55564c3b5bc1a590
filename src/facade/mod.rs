//! The library in three calls: what to ask of it where no command line is in between.
//!
//! Each reads the text that a program has at hand, the body of an API call or a budget, and asks the rooms that
//! the commands ask. Who needs more than a text can say builds a [`Draft`](crate::request::Draft), a
//! [`Question`] or a [`Budget`] and calls those rooms: [`price_request`], [`comparison::compare`],
//! [`budget::forecast`].
//!
//! What they find is written [for programs](ToJson) as the commands write it.

mod json;

pub use json::ToJson;

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::budget::file::{Rates, read_at_rates};
use crate::budget::{
    self, Alert, AmountToRequest, AtAcceptance, Budget, BudgetError, By, Case, Forecast, Lever,
    LimitStatus, Total,
};
use crate::catalog::Catalog;
use crate::comparison::{self, Comparison, Question};
use crate::errors::Errors;
use crate::estimate::{Estimate, EstimateError, Terms, price_request};
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::problem::Problem;
use crate::rating::FxRates;
use crate::request::batch_file;
use crate::request::{Draft, NamedFiles, Reading};
use crate::sensitivity::Sensitivity;

/// The name of a body in problems: it has no file.
const BODY: &str = "body";

/// The name of a budget in problems: it has no file.
const BUDGET: &str = "budget";

/// Prices the body of an Images API call, as it would be sent, by default on the route of the model's maker.
///
/// `terms` is a day, or [`Terms`] with a route, rates of attempts and a volume. Images that the body names by a path
/// are read in or below the working folder.
///
/// ```
/// use imgcost::{Catalog, NaiveDate};
///
/// fn main() -> anyhow::Result<()> {
///     let day: NaiveDate = "2026-11-21".parse()?;
///     let body = r#"{"model": "gpt-image-2", "prompt": "A red fox", "quality": "high", "size": "1024x1024"}"#;
///     let estimate = imgcost::price(&Catalog::shipped(), day, body)?;
///     println!("{:?}", estimate.total);
///     Ok(())
/// }
/// ```
///
/// # Errors
/// What is wrong with the body or a table, or all reasons why it cannot be priced as asked.
pub fn price<'a>(
    catalog: &Catalog,
    terms: impl Into<Terms<'a>>,
    body: &str,
) -> Result<Estimate, EstimateError> {
    price_request(catalog, &draft(catalog, body)?, &terms.into())
}

/// Prices the body of an Images API call on every route that offers its model.
///
/// `terms` and the images are those of [`price`]; a route among the terms is not used.
///
/// # Errors
/// As those of [`price`]; of a route that cannot make what is asked, its row says why.
pub fn compare<'a>(
    catalog: &Catalog,
    terms: impl Into<Terms<'a>>,
    body: &str,
) -> Result<Comparison, EstimateError> {
    let draft = comparison::same_for_all(draft(catalog, body)?, &[])?;
    comparison::compare(catalog, &Question::of(draft), &terms.into())
}

/// A budget with all that a forecast says of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BudgetForecast {
    /// The budget as it was read, with what was taken for granted.
    pub budget: Budget,
    /// Its rows, findings and prices.
    pub forecast: Forecast,
    /// The cost month by month.
    pub months: Vec<Total>,
    /// What the months come to.
    pub whole: Total,
    /// How its limits stand.
    pub limits: Vec<LimitStatus>,
    /// When shares of them are reached.
    pub alerts: Vec<Alert>,
    /// What leaves the account in US dollars, each month's credit bought at once; `None` where that is the cost.
    pub cash: Option<Figure<Decimal>>,
    /// The amount to request: the most that it can cost, with the margin.
    pub amount: AmountToRequest,
    /// What it would cost at another acceptance, where none was given.
    pub at_acceptance: Option<AtAcceptance>,
    /// What moves the cost most, of what was taken for granted.
    pub sensitivities: Vec<Sensitivity>,
    /// What would lower the cost, the largest saving first.
    pub levers: Vec<Lever>,
    /// The day of knowledge.
    pub known_on: NaiveDate,
}

/// Forecasts a budget in the form of a `budget.yaml`, by what is known on a day.
///
/// # Errors
/// Everything that is wrong with the text, or every workload that cannot be priced.
pub fn forecast(
    catalog: &Catalog,
    day: NaiveDate,
    budget: &str,
) -> Result<BudgetForecast, ForecastError> {
    let catalog = &catalog.known_on(day);
    let files = NamedFiles::of(Path::new(""), &[]);
    let rates = Rates { before: &FxRates::new(), after: &FxRates::new() };
    let budget = read_at_rates(BUDGET, &Arc::from(budget), (&files, catalog), day, rates)?.budget;
    let forecast = budget::forecast(catalog, &budget, day)?;
    let months = budget::totals(&budget, &forecast, &[By::Month])?;
    let at_acceptance = budget::at_acceptance(catalog, &budget, &forecast, day)?;
    let accepted = at_acceptance.as_ref();
    Ok(BudgetForecast {
        whole: Total::of_all(&months)?,
        months,
        sensitivities: budget::sensitivities(catalog, &budget, &forecast, accepted, day)?,
        at_acceptance,
        levers: budget::levers(catalog, &budget, &forecast, day)?,
        known_on: day,
        limits: budget::limits(&budget, &forecast)?,
        alerts: budget::alerts(&budget, &forecast)?,
        cash: budget::cash(&forecast, &budget.fx)?,
        amount: budget::amount_to_request(&budget, &forecast, Case::High)?,
        budget,
        forecast,
    })
}

/// Why a text gives no forecast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ForecastError {
    /// The text is no budget.
    #[error(transparent)]
    NoBudget(#[from] Errors<Problem>),
    /// Workloads cannot be priced.
    #[error(transparent)]
    NotPriced(#[from] Errors<BudgetError>),
    /// A sum is too large to be kept exact.
    #[error(transparent)]
    TooLarge(#[from] AmountTooLarge),
}

/// What a body asks for; a file of several is none.
fn draft(catalog: &Catalog, body: &str) -> Result<Draft, EstimateError> {
    let files = NamedFiles::of(Path::new(""), &[]);
    let known = catalog.free_keys()?;
    let reading = Reading { files: &files, known: &known, ignored_keys: None };
    batch_file::read_one(BODY, body, &reading)
        .map_err(|not_one| EstimateError::Data(not_one.problems(BODY)))
}
