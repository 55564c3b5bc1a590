//! Limits: whether a forecast keeps to them, for certain.

use rust_decimal::Decimal;

use super::forecast::{Forecast, Row};
use super::month::Month;
use super::scale::add;
use super::workload::{Budget, Limit, Scope};
use crate::figure::Figure;
use crate::limit::LimitVerdict;
use crate::money::{self, AmountTooLarge};

/// How a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Even the high case with its margin keeps to it.
    Held,
    /// The high case with its margin exceeds it.
    AtRisk,
    /// A line is unknown, or some of its images are not made, so that it cannot be told.
    Unknown,
    /// What is expected exceeds it.
    Over,
}

impl Standing {
    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Held => "held",
            Standing::AtRisk => "at_risk",
            Standing::Unknown => "unknown",
            Standing::Over => "over",
        }
    }

    /// The verdict that it is.
    pub fn verdict(self) -> LimitVerdict {
        match self {
            Standing::Held => LimitVerdict::Within,
            Standing::AtRisk => LimitVerdict::MarginNotCovered,
            Standing::Unknown => LimitVerdict::Unknown,
            Standing::Over => LimitVerdict::Over,
        }
    }

    /// The word for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Standing::AtRisk => "at risk",
            other => other.as_str(),
        }
    }
}

/// A limit of a month, or of the whole budget, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitStatus {
    /// Whose cost.
    pub scope: Scope,
    /// The month; `None` for the whole budget.
    pub month: Option<Month>,
    /// US dollars.
    pub limit: Decimal,
    /// The cost that is held against it.
    pub cost: Figure<Decimal>,
    /// How it stands.
    pub standing: Standing,
}

/// How every limit of a budget stands, month by month and in all.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn limits(budget: &Budget, forecast: &Forecast) -> Result<Vec<LimitStatus>, AmountTooLarge> {
    let mut all = Vec::new();
    for limit in &budget.limits {
        let rows = || forecast.rows.iter().filter(|row| row.is_in(&limit.scope));
        if let Some(most) = limit.per_month {
            for month in budget.months() {
                let rows = rows().filter(|row| row.month == month);
                all.push(status(limit, Some(month), most, rows, budget.margin)?);
            }
        }
        if let Some(most) = limit.total {
            all.push(status(limit, None, most, rows(), budget.margin)?);
        }
    }
    Ok(all)
}

/// The cost of rows together.
///
/// # Errors
/// [`AmountTooLarge`] if the sum cannot be kept.
pub fn sum<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Result<Figure<Decimal>, AmountTooLarge> {
    rows.into_iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, row| add(&sum, &row.cost))
}

fn status<'a>(
    limit: &Limit,
    month: Option<Month>,
    most: Decimal,
    rows: impl Iterator<Item = &'a Row>,
    margin: Decimal,
) -> Result<LimitStatus, AmountTooLarge> {
    let cost = sum(rows)?;
    let standing = standing(&cost, most, margin)?;
    Ok(LimitStatus { scope: limit.scope.clone(), month, limit: most, cost, standing })
}

/// *Over* if the expected cost (else the low one) exceeds the limit; *unknown* if a part is; *at risk* if
/// the high case with its margin exceeds it; else *held*.
///
/// # Errors
/// [`AmountTooLarge`] if the margin cannot be added.
pub fn standing(
    cost: &Figure<Decimal>,
    limit: Decimal,
    margin: Decimal,
) -> Result<Standing, AmountTooLarge> {
    if cost.expected().unwrap_or(cost.low()) > limit {
        return Ok(Standing::Over);
    }
    let Some(high) = cost.high() else { return Ok(Standing::Unknown) };
    let with_margin = money::multiply(high, Decimal::ONE + margin)?;
    Ok(if with_margin > limit { Standing::AtRisk } else { Standing::Held })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_held_only_if_the_high_case_with_its_margin_keeps_to_it() {
        let of = |figure: Figure<Decimal>| {
            standing(&figure, Decimal::from(3000), Decimal::new(1, 1)).expect("fits")
        };
        let range = |low: u32, expected: Option<u32>, high: u32| {
            Figure::range(low.into(), expected.map(Decimal::from), high.into(), "open")
        };
        // 2,727.27 × 1.1 = 2,999.997; 2,727.28 × 1.1 = 3,000.008.
        assert_eq!(of(Figure::Exact(Decimal::new(272_727, 2))), Standing::Held);
        assert_eq!(of(Figure::Exact(Decimal::new(272_728, 2))), Standing::AtRisk);
        assert_eq!(of(Figure::Exact(Decimal::from(3001))), Standing::Over);
        assert_eq!(of(range(1000, Some(2000), 4000)), Standing::AtRisk);
        assert_eq!(of(range(1000, Some(3500), 4000)), Standing::Over, "by what is expected");
        assert_eq!(of(range(2000, None, 4000)), Standing::AtRisk, "without it by the low end");
        let unknown = |low: u32| Figure::unknown(low.into(), "not stated");
        assert_eq!(of(unknown(10)), Standing::Unknown, "never held");
        assert_eq!(of(unknown(3001)), Standing::Over, "whatever the rest is");
    }
}
