//! Limits: whether a forecast keeps to them, for certain.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::limit::{Limit, Scope};
use super::limit_places::LimitPlaces;
use super::month::Month;
use super::period::{Period, Unit};
use super::periods::Held;
use super::scale::add;
use super::workload::Budget;
use crate::figure::Figure;
use crate::limit::LimitVerdict;
use crate::money::{self, AmountTooLarge};

/// A limit of a period, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitStatus {
    /// Whose cost.
    pub scope: Scope,
    /// In which months.
    pub period: Period,
    /// US dollars.
    pub limit: Decimal,
    /// The cost that is held against it.
    pub cost: Figure<Decimal>,
    /// How the cost stands to it.
    pub verdict: LimitVerdict,
}

impl LimitStatus {
    /// The month, of a limit of a month.
    pub fn month(&self) -> Option<Month> {
        self.period.month()
    }
}

/// A limit of months that a part of a budget does not have in full, and that is not held against the part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotHeld {
    /// Whose cost.
    pub scope: Scope,
    /// In which months.
    pub period: Period,
    /// US dollars.
    pub limit: Decimal,
}

impl Budget {
    /// The amounts of a limit, each with the period of the budget that it is for.
    fn amounts<'a>(&'a self, limit: &'a Limit) -> impl Iterator<Item = (Held, Decimal)> + use<'a> {
        let periods = Unit::ALL.into_iter().flat_map(|unit| self.periods(unit));
        periods.filter_map(|held| Some((limit.amount(held.period)?, held))).map(|(a, b)| (b, a))
    }

    /// The amounts of a limit that are held against this budget: those of periods that it has in full.
    pub(super) fn held<'a>(
        &'a self,
        limit: &'a Limit,
    ) -> impl Iterator<Item = (Held, Decimal)> + use<'a> {
        self.amounts(limit).filter(|(held, _)| held.is_whole)
    }

    /// What of its limits is not held against it, since it is a part of a budget.
    pub fn limits_not_held(&self) -> Vec<NotHeld> {
        let of_limit = |limit| {
            let cut = self.amounts(limit).filter(|(held, _)| !held.is_whole);
            cut.map(|(Held { period, .. }, amount)| NotHeld {
                scope: limit.scope.clone(),
                period,
                limit: amount,
            })
        };
        self.limits.iter().flat_map(of_limit).collect()
    }
}

/// How every limit of a budget stands: of each month, quarter and fiscal year, and in all.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn limits(budget: &Budget, forecast: &Forecast) -> Result<Vec<LimitStatus>, AmountTooLarge> {
    let mut all = Vec::new();
    for (limit, months) in budget.limits.iter().zip(costs(budget, forecast)?) {
        for (held, most) in budget.held(limit) {
            let none = Figure::Exact(Decimal::ZERO);
            let cost = months[held.months].iter().try_fold(none, |sum, month| add(&sum, month))?;
            let verdict = verdict(&cost, most, budget.margin)?;
            let (scope, period) = (limit.scope.clone(), held.period);
            all.push(LimitStatus { scope, period, limit: most, cost, verdict });
        }
    }
    Ok(all)
}

/// What each limit is held against, month by month.
pub(super) fn costs(
    budget: &Budget,
    forecast: &Forecast,
) -> Result<Vec<Vec<Figure<Decimal>>>, AmountTooLarge> {
    let mut all = vec![Vec::new(); budget.limits.len()];
    if all.is_empty() {
        return Ok(all);
    }
    let places = LimitPlaces::of(&budget.limits);
    for month in budget.months() {
        let mut costs = vec![Figure::Exact(Decimal::ZERO); budget.limits.len()];
        for row in forecast.rows_of(month) {
            for place in places.of_row(&row) {
                costs[place] = add(&costs[place], &row.cost)?;
            }
        }
        all.iter_mut().zip(costs).for_each(|(months, cost)| months.push(cost));
    }
    Ok(all)
}

/// The cost of rows together.
///
/// # Errors
/// [`AmountTooLarge`] if the sum cannot be kept.
pub fn sum<R: Borrow<ForecastLine>>(
    rows: impl IntoIterator<Item = R>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let none = Figure::Exact(Decimal::ZERO);
    rows.into_iter().try_fold(none, |sum, row| add(&sum, &row.borrow().cost))
}

/// *Over* if the expected cost (else the low one) exceeds the limit; *unknown* if a part of it is, or some images are
/// not made; *margin not covered* if the high case with its margin exceeds it; else *within*.
///
/// # Errors
/// [`AmountTooLarge`] if the margin cannot be added.
pub fn verdict(
    cost: &Figure<Decimal>,
    limit: Decimal,
    margin: Decimal,
) -> Result<LimitVerdict, AmountTooLarge> {
    if cost.expected().unwrap_or(cost.low()) > limit {
        return Ok(LimitVerdict::Over);
    }
    let Some(high) = cost.high() else { return Ok(LimitVerdict::Unknown) };
    let with_margin = with_margin(high, margin)?;
    Ok(if with_margin > limit { LimitVerdict::MarginNotCovered } else { LimitVerdict::Within })
}

/// An amount with a margin on it.
pub(super) fn with_margin(amount: Decimal, margin: Decimal) -> Result<Decimal, AmountTooLarge> {
    money::multiply(amount, money::add(Decimal::ONE, margin)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Pricing;

    #[test]
    fn a_limit_is_held_only_if_the_high_case_with_its_margin_keeps_to_it() {
        let of = |figure: Figure<Decimal>| {
            verdict(&figure, Decimal::from(3000), Decimal::new(1, 1)).expect("fits")
        };
        let range = |low: u32, expected: Option<u32>, high: u32| {
            Figure::range(
                low.into(),
                expected.map(Decimal::from),
                high.into(),
                Pricing::QualityOpen,
            )
        };
        // 2,727.27 × 1.1 = 2,999.997; 2,727.28 × 1.1 = 3,000.008.
        assert_eq!(of(Figure::Exact(Decimal::new(272_727, 2))), LimitVerdict::Within);
        assert_eq!(of(Figure::Exact(Decimal::new(272_728, 2))), LimitVerdict::MarginNotCovered);
        assert_eq!(of(Figure::Exact(Decimal::from(3001))), LimitVerdict::Over);
        assert_eq!(of(range(1000, Some(2000), 4000)), LimitVerdict::MarginNotCovered);
        assert_eq!(of(range(1000, Some(3500), 4000)), LimitVerdict::Over, "by what is expected");
        assert_eq!(
            of(range(2000, None, 4000)),
            LimitVerdict::MarginNotCovered,
            "without it by the low end"
        );
        let unknown = |low: u32| Figure::unknown(low.into(), Pricing::QualityOpen);
        assert_eq!(of(unknown(10)), LimitVerdict::Unknown, "never held");
        assert_eq!(of(unknown(3001)), LimitVerdict::Over, "whatever the rest is");
    }
}
