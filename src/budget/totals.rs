//! Totals: the rows of a forecast gathered by a period, or by what their images or costs are of, or by several of these.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::month::Month;
use super::period::Unit;
use super::scale::add;
use super::total::{Sum, Total};
use super::workload::Budget;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// What rows are gathered by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// The month.
    Month,
    /// The quarter of the fiscal year.
    Quarter,
    /// The fiscal year.
    Year,
    /// The workload.
    Workload,
    /// The price owner.
    Owner,
    /// The model that makes the images.
    Model,
    /// The route.
    Route,
    /// The value of a tag, such as `team`.
    Tag(String),
}

impl By {
    /// The word on the command line and in files.
    pub fn in_words(&self) -> String {
        match self {
            By::Month => "month".into(),
            By::Quarter => "quarter".into(),
            By::Year => "year".into(),
            By::Workload => "workload".into(),
            By::Owner => "owner".into(),
            By::Model => "model".into(),
            By::Route => "route".into(),
            By::Tag(key) => format!("tag:{key}"),
        }
    }
}

/// The totals of a forecast by one or several keys: periods in order; all else in the order of the rows. By a period
/// alone, periods that cost nothing are among them.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn totals(
    budget: &Budget,
    forecast: &Forecast,
    by: &[By],
) -> Result<Vec<Total>, AmountTooLarge> {
    match by {
        [only] if only.unit().is_some() => periods(budget, forecast, only),
        several => gathered(budget, forecast, several),
    }
}

fn periods(budget: &Budget, forecast: &Forecast, by: &By) -> Result<Vec<Total>, AmountTooLarge> {
    let mut totals: Vec<Total> = Vec::new();
    let mut so_far = Figure::Exact(Decimal::ZERO);
    for (month, of_month) in budget.months().zip(forecast.months()?) {
        let key = by.period(budget, month);
        if totals.last().is_none_or(|last| last.key() != key) {
            totals.push(Total::empty(vec![key]));
        }
        if let Some(total) = totals.last_mut() {
            total.take(of_month)?;
            so_far = add(&so_far, &of_month.cost)?;
            total.cumulative = Some(so_far.clone());
        }
    }
    Ok(totals)
}

/// The values of a key, in the order in which they come.
#[derive(Default)]
struct Values {
    known: Vec<Arc<str>>,
    places: BTreeMap<Arc<str>, usize>,
}

impl Values {
    fn place(&mut self, value: Arc<str>) -> usize {
        let known = &mut self.known;
        *self.places.entry(value).or_insert_with_key(|value| {
            known.push(value.clone());
            known.len() - 1
        })
    }
}

/// Rows by keys, by the order in which the values of the first key come, then the second's.
fn gathered(budget: &Budget, forecast: &Forecast, by: &[By]) -> Result<Vec<Total>, AmountTooLarge> {
    let mut values: Vec<Values> = by.iter().map(|_| Values::default()).collect();
    let mut sums: BTreeMap<Vec<usize>, Sum> = BTreeMap::new();
    for row in forecast.rows() {
        let keys = by.iter().zip(&mut values);
        let places = keys.map(|(by, values)| values.place(by.value(budget, &row))).collect();
        sums.entry(places).or_default().take(&row)?;
    }
    let total = |(places, sum): (Vec<usize>, Sum)| {
        let keys = places.iter().zip(&values);
        sum.total(keys.map(|(place, values)| values.known[*place].to_string()).collect())
    };
    sums.into_iter().map(total).collect()
}

impl By {
    /// How long its periods are, where it is one.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            By::Month => Some(Unit::Month),
            By::Quarter => Some(Unit::Quarter),
            By::Year => Some(Unit::Year),
            By::Workload | By::Owner | By::Model | By::Route | By::Tag(_) => None,
        }
    }

    pub(super) fn period(&self, budget: &Budget, month: Month) -> String {
        budget.period(self.unit().unwrap_or(Unit::Whole), month).to_string()
    }

    /// What a row has of it; nothing where a cost has no route or no model, or a workload no such tag.
    pub(super) fn value(&self, budget: &Budget, row: &ForecastLine) -> Arc<str> {
        let of_route = |text: fn(&Route) -> String| row.route.as_deref().map(text);
        match self {
            By::Month | By::Quarter | By::Year => self.period(budget, row.month).into(),
            By::Workload => row.workload.clone(),
            By::Owner => of_route(|route| route.id.owner.clone()).unwrap_or_default().into(),
            // Which model makes the images of seats is up to the app that they are for.
            By::Model if !row.is_images() => "".into(),
            By::Model => of_route(|route| route.model.clone()).unwrap_or_default().into(),
            By::Route => of_route(|route| route.id.to_string()).unwrap_or_default().into(),
            By::Tag(key) => row.tags.get(key).map_or("", |tag| tag).into(),
        }
    }
}
