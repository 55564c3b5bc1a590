//! The change from an older budget, or from an older forecast of which only the results are left.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::older_forecast::OlderForecast;
use crate::budget::causes::{Causes, Change, Forecasted, Mix, causes};
use crate::budget::error::{BudgetError, too_large};
use crate::budget::forecast::{Forecast, forecast};
use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::Budget;
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::Budgeting;

/// What a budget is held against.
#[derive(Debug, Clone)]
pub enum Baseline {
    /// An older budget, which is priced on the same tables as the new one.
    Budget(Box<Budget>),
    /// An older forecast: its results only.
    Forecast(OlderForecast),
}

/// By how much a cost may exceed its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxIncrease {
    /// By this share of it: 0.1 for 10%.
    Share(Decimal),
    /// By so many US dollars.
    Amount(Decimal),
}

/// The change from a baseline over the months that both have.
#[derive(Debug, Clone)]
pub struct BaselineChange {
    /// The first and the last month that both have; `None` if there is none.
    pub months: Option<(Month, Month)>,
    /// What the baseline costs in them.
    pub from: Figure<Decimal>,
    /// What the budget costs in them.
    pub to: Figure<Decimal>,
    /// The change.
    pub change: Change,
    /// Its causes; `None` against an older forecast, which does not tell usage from price.
    pub causes: Option<Causes>,
    /// The change of each month and workload, against an older forecast.
    pub rows: Vec<RowChange>,
    /// By how much it may be.
    pub allowed: MaxIncrease,
    /// Whether it is more than allowed; `None` if that cannot be told.
    pub is_too_much: Option<bool>,
}

/// The change of a month and workload.
#[derive(Debug, Clone)]
pub struct RowChange {
    /// The month.
    pub month: Month,
    /// The workload; empty for costs of the whole budget.
    pub workload: String,
    /// What it cost in the older forecast; nothing, if it was not there.
    pub from: Figure<Decimal>,
    /// What it costs.
    pub to: Figure<Decimal>,
    /// The change.
    pub change: Change,
}

pub(super) fn change(
    catalog: &Catalog,
    baseline: &Baseline,
    budget: &Budget,
    found: &Forecast,
    allowed: MaxIncrease,
    today: NaiveDate,
) -> Result<BaselineChange, Errors<BudgetError>> {
    match baseline {
        Baseline::Budget(older) => from_budget(catalog, older, budget, allowed, today),
        Baseline::Forecast(older) => {
            from_forecast(older, budget, found, allowed).map_err(too_large)
        }
    }
}

fn from_budget(
    catalog: &Catalog,
    older: &Budget,
    budget: &Budget,
    allowed: MaxIncrease,
    today: NaiveDate,
) -> Result<BaselineChange, Errors<BudgetError>> {
    let ends = |budget: &Budget| budget.start.plus(budget.months);
    let start = older.start.max(budget.start);
    let end = ends(older).min(ends(budget));
    let Some(months) = u32::try_from(end.since(start)).ok().filter(|months| *months > 0) else {
        return Ok(nothing_in_common(allowed));
    };
    let (older, newer) = (older.within(start, months), budget.within(start, months));
    let (of_older, of_newer) =
        (forecast(catalog, &older, today)?, forecast(catalog, &newer, today)?);
    let base = Forecasted { budget: &older, forecast: &of_older };
    let other = Forecasted { budget: &newer, forecast: &of_newer };
    let causes = causes(catalog, base, other, Mix::Apart, today)?;
    let from = of_older.cost().map_err(too_large)?;
    let to = of_newer.cost().map_err(too_large)?;
    let is_too_much = is_too_much(&from, &causes.difference, allowed).map_err(too_large)?;
    Ok(BaselineChange {
        months: Some((start, start.plus(months - 1))),
        from,
        to,
        change: causes.difference.clone(),
        causes: Some(causes),
        rows: Vec::new(),
        allowed,
        is_too_much,
    })
}

fn nothing_in_common(allowed: MaxIncrease) -> BaselineChange {
    let none = Figure::Exact(Decimal::ZERO);
    BaselineChange {
        months: None,
        from: none.clone(),
        to: none,
        change: Change::Unknown(Budgeting::NoCommonMonth.into()),
        causes: None,
        rows: Vec::new(),
        allowed,
        is_too_much: None,
    }
}

fn from_forecast(
    older: &OlderForecast,
    budget: &Budget,
    found: &Forecast,
    allowed: MaxIncrease,
) -> Result<BaselineChange, AmountTooLarge> {
    let common: Vec<Month> = budget.months().filter(|month| older.months.contains(month)).collect();
    let (Some(first), Some(last)) = (common.first(), common.last()) else {
        return Ok(nothing_in_common(allowed));
    };
    let mut newer = OlderForecast::default();
    for row in common.iter().flat_map(|month| found.rows_of(*month)) {
        newer.add(row.month, &row.workload, &row.cost)?;
    }
    let keys: BTreeSet<&(Month, String)> = older
        .costs
        .keys()
        .filter(|(month, _)| common.contains(month))
        .chain(newer.costs.keys())
        .collect();
    let none = Figure::Exact(Decimal::ZERO);
    let (mut from, mut to, mut rows) = (none.clone(), none.clone(), Vec::new());
    for key in keys {
        let of = |costs: &OlderForecast| costs.costs.get(key).unwrap_or(&none).clone();
        let (before, after) = (of(older), of(&newer));
        (from, to) = (add(&from, &before)?, add(&to, &after)?);
        let change = Change::between(&before, &after)?;
        let (month, workload) = key.clone();
        rows.push(RowChange { month, workload, from: before, to: after, change });
    }
    let change = Change::between(&from, &to)?;
    let is_too_much = is_too_much(&from, &change, allowed)?;
    let months = Some((*first, *last));
    Ok(BaselineChange { months, from, to, change, causes: None, rows, allowed, is_too_much })
}

/// A millionth of a dollar. Rows are fixed at twelve places, so that an increase of just what is allowed may come
/// out a little above it.
const TOO_LITTLE_TO_COUNT: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// Whether any case of a change is more than allowed; `None` if a cost is not known.
fn is_too_much(
    from: &Figure<Decimal>,
    change: &Change,
    allowed: MaxIncrease,
) -> Result<Option<bool>, AmountTooLarge> {
    if matches!(change, Change::Unknown(_)) {
        return Ok(None);
    }
    let before = [Some(from.low()), from.expected(), from.high()];
    let mut too_much = false;
    for (change, before) in change.cases().into_iter().zip(before) {
        let (Some(change), Some(before)) = (change, before) else { continue };
        let most = match allowed {
            MaxIncrease::Amount(most) => most,
            MaxIncrease::Share(share) => money::multiply(before, share)?,
        };
        too_much |= change > money::add(most, TOO_LITTLE_TO_COUNT)?;
    }
    Ok(Some(too_much))
}
