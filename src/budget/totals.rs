//! Totals: the rows of a forecast gathered by month, quarter, workload, price owner or tag.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::scale::add;
use super::total::{Sum, Total};
use super::workload::Budget;
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
    /// The workload.
    Workload,
    /// The price owner.
    Owner,
    /// The value of a tag, such as `team`.
    Tag(String),
}

impl By {
    /// The word on the command line and in files.
    pub fn in_words(&self) -> String {
        match self {
            By::Month => "month".into(),
            By::Quarter => "quarter".into(),
            By::Workload => "workload".into(),
            By::Owner => "owner".into(),
            By::Tag(key) => format!("tag:{key}"),
        }
    }
}

/// The totals of a forecast: periods in order, with those that cost nothing; all else in the order of
/// the rows.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn totals(budget: &Budget, forecast: &Forecast, by: &By) -> Result<Vec<Total>, AmountTooLarge> {
    match by {
        By::Month | By::Quarter => periods(budget, forecast, by),
        By::Workload => gathered(forecast, |row| row.workload.clone()),
        By::Owner => {
            gathered(forecast, |row| row.route.as_ref().map_or("", |it| &it.id.owner).into())
        }
        By::Tag(key) => gathered(forecast, |row| row.tags.get(key).map_or("", |tag| tag).into()),
    }
}

fn periods(budget: &Budget, forecast: &Forecast, by: &By) -> Result<Vec<Total>, AmountTooLarge> {
    let mut totals: Vec<Total> = Vec::new();
    let mut so_far = Figure::Exact(Decimal::ZERO);
    for (month, of_month) in budget.months().zip(forecast.months()?) {
        let key = period(budget, by, month);
        if totals.last().is_none_or(|last| last.key != key) {
            totals.push(Total::empty(key));
        }
        if let Some(total) = totals.last_mut() {
            total.take(of_month)?;
            so_far = add(&so_far, &of_month.cost)?;
            total.cumulative = Some(so_far.clone());
        }
    }
    Ok(totals)
}

/// Rows by a key, in the order in which the keys come.
fn gathered(
    forecast: &Forecast,
    key: impl Fn(&ForecastLine) -> Arc<str>,
) -> Result<Vec<Total>, AmountTooLarge> {
    let mut sums: Vec<(Arc<str>, Sum)> = Vec::new();
    let mut places: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    for row in forecast.rows() {
        let place = *places.entry(key(&row)).or_insert_with_key(|key| {
            sums.push((key.clone(), Sum::default()));
            sums.len() - 1
        });
        sums[place].1.take(&row)?;
    }
    sums.into_iter().map(|(key, sum)| sum.total(key.to_string())).collect()
}

fn period(budget: &Budget, by: &By, month: super::Month) -> String {
    match by {
        By::Quarter => budget.quarter_of(month),
        _ => month.to_string(),
    }
}

impl Budget {
    /// The fiscal quarter of a month: `2027-Q1`, `FY2027-Q4` where a fiscal year is no calendar year.
    pub fn quarter_of(&self, month: super::Month) -> String {
        let (year, quarter) = month.fiscal(self.fiscal_year_start);
        let fiscal = if self.fiscal_year_start == 1 { "" } else { "FY" };
        format!("{fiscal}{year}-Q{quarter}")
    }
}
