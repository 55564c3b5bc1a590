//! When shares of limits are reached: the month of each, the margin added as before every comparison.

use rust_decimal::Decimal;

use super::forecast::Forecast;
use super::limit::{Limit, Scope};
use super::limits::{costs, with_margin};
use super::month::Month;
use super::period::{Period, Unit};
use super::scale::add;
use super::workload::Budget;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// A share of a limit, and when it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alert {
    /// Whose cost.
    pub scope: Scope,
    /// What the limit is for: a quarter, a year or all months, in which the cost adds up from month to month; or, of a limit
    /// of months, the first month that reaches the share, and the budget's first where none does.
    pub period: Period,
    /// The limit in US dollars.
    pub limit: Decimal,
    /// The share of it: 0.8 for 80%.
    pub share: Decimal,
    /// When it is reached.
    pub reached: Reached,
}

/// When a share of a limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// In this month, by the high case with the margin.
    In(Month),
    /// In no month.
    Never,
    /// From this month on a part of the cost is not known; what is known does not reach it.
    Unknown(Month),
}

impl Reached {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Reached::In(_) => "reached",
            Reached::Never => "not_reached",
            Reached::Unknown(_) => "unknown",
        }
    }

    /// The month in which it is reached, or from which on it is not known.
    pub fn month(self) -> Option<Month> {
        match self {
            Reached::In(month) | Reached::Unknown(month) => Some(month),
            Reached::Never => None,
        }
    }
}

/// The month in which each share of each limit is reached, for limits that name shares.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn alerts(budget: &Budget, forecast: &Forecast) -> Result<Vec<Alert>, AmountTooLarge> {
    if budget.limits.iter().all(|limit| limit.alert_at.is_empty()) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for (limit, costs) in budget.limits.iter().zip(costs(budget, forecast)?) {
        for share in &limit.alert_at {
            all.extend(of_months(budget, limit, *share, &costs)?);
            for (held, amount) in budget.held(limit).filter(|it| it.0.period.unit() != Unit::Month)
            {
                let months = budget.months().zip(&costs);
                let months = months.skip(held.months.start).take(held.months.len());
                let mut so_far = Figure::Exact(Decimal::ZERO);
                let sums = months.map(|(month, cost)| {
                    so_far = add(&so_far, cost)?;
                    Ok((month, so_far.clone(), amount))
                });
                let reached = reached(sums, *share, budget.margin)?;
                let (scope, period) = (limit.scope.clone(), held.period);
                all.push(Alert { scope, period, limit: amount, share: *share, reached });
            }
        }
    }
    Ok(all)
}

/// The first month that reaches a share of its own limit.
fn of_months(
    budget: &Budget,
    limit: &Limit,
    share: Decimal,
    costs: &[Figure<Decimal>],
) -> Result<Option<Alert>, AmountTooLarge> {
    let limited = |(month, cost): (Month, &Figure<Decimal>)| {
        limit.amount(Period::Month(month)).map(|amount| (month, cost.clone(), amount))
    };
    let limited: Vec<_> = budget.months().zip(costs).filter_map(limited).collect();
    let Some((first, ..)) = limited.first() else { return Ok(None) };
    let found = reached(limited.iter().cloned().map(Ok), share, budget.margin)?;
    let month = match found {
        Reached::In(month) | Reached::Unknown(month) => month,
        Reached::Never => *first,
    };
    let amount = limited.iter().find(|(it, ..)| *it == month).map_or(Decimal::ZERO, |it| it.2);
    let (scope, period) = (limit.scope.clone(), Period::Month(month));
    Ok(Some(Alert { scope, period, limit: amount, share, reached: found }))
}

/// The first of these costs, each with its month and its limit, that reaches a share of the limit.
fn reached(
    costs: impl Iterator<Item = Result<(Month, Figure<Decimal>, Decimal), AmountTooLarge>>,
    share: Decimal,
    margin: Decimal,
) -> Result<Reached, AmountTooLarge> {
    let mut open = None;
    for cost in costs {
        let (month, cost, limit) = cost?;
        let most = money::multiply(limit, share)?;
        if with_margin(cost.high().unwrap_or(cost.low()), margin)? >= most {
            return Ok(Reached::In(month));
        }
        open = open.or(cost.high().is_none().then_some(month));
    }
    Ok(open.map_or(Reached::Never, Reached::Unknown))
}
