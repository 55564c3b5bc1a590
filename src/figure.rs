//! A figure is exact, a range or unknown, and a range or an unknown always carries its reason.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::money::{self, AmountTooLarge};
use crate::reason::{Reasons, Whose};

/// How far a figure can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// One value, from a stated rule and a stated price.
    Exact,
    /// Between two values.
    Range,
    /// Not known; at best a lower bound.
    Unknown,
}

impl Certainty {
    /// The word that tables and files print.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Exact => "exact",
            Certainty::Range => "range",
            Certainty::Unknown => "unknown",
        }
    }
}

/// A count or an amount together with how certain it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure<T> {
    /// One value.
    Exact(T),
    /// Somewhere from `low` to `high`.
    Range {
        /// The least that it can be.
        low: T,
        /// A value between the two for which there is evidence or a stated assumption; never a midpoint.
        expected: Option<T>,
        /// The most that it can be.
        high: T,
        /// Why it is a range.
        reasons: Reasons,
    },
    /// Not known.
    Unknown {
        /// The part that is known (zero if nothing is), below which the figure cannot be.
        at_least: T,
        /// Why it is not known.
        reasons: Reasons,
    },
}

impl<T> Figure<T> {
    /// The figure of references to its values.
    pub fn as_ref(&self) -> Figure<&T> {
        match self {
            Figure::Exact(value) => Figure::Exact(value),
            Figure::Range { low, expected, high, reasons } => {
                let reasons = reasons.clone();
                Figure::Range { low, expected: expected.as_ref(), high, reasons }
            }
            Figure::Unknown { at_least, reasons } => {
                Figure::Unknown { at_least, reasons: reasons.clone() }
            }
        }
    }
}

impl<T: Copy + PartialEq> Figure<T> {
    /// A range and why it is one.
    pub fn range(low: T, expected: Option<T>, high: T, reasons: impl Into<Reasons>) -> Self {
        Figure::Range { low, expected, high, reasons: reasons.into() }
    }

    /// An unknown of which at least `at_least` is certain, and why it is not known.
    pub fn unknown(at_least: T, reasons: impl Into<Reasons>) -> Self {
        Figure::Unknown { at_least, reasons: reasons.into() }
    }

    /// How certain the figure is.
    pub fn certainty(&self) -> Certainty {
        match self {
            Figure::Exact(_) => Certainty::Exact,
            Figure::Range { .. } => Certainty::Range,
            Figure::Unknown { .. } => Certainty::Unknown,
        }
    }

    /// The value, if the figure is exact.
    pub fn exact(&self) -> Option<T> {
        match self {
            Figure::Exact(value) => Some(*value),
            _ => None,
        }
    }

    /// The least that the figure can be; for an unknown, the part that is known.
    pub fn low(&self) -> T {
        match self {
            Figure::Exact(value) => *value,
            Figure::Range { low, .. } => *low,
            Figure::Unknown { at_least, .. } => *at_least,
        }
    }

    /// The value to expect: the exact one, or that of a range for which there is evidence.
    pub fn expected(&self) -> Option<T> {
        match self {
            Figure::Exact(value) => Some(*value),
            Figure::Range { expected, .. } => *expected,
            Figure::Unknown { .. } => None,
        }
    }

    /// The most that the figure can be, if that is known.
    pub fn high(&self) -> Option<T> {
        match self {
            Figure::Exact(value) => Some(*value),
            Figure::Range { high, .. } => Some(*high),
            Figure::Unknown { .. } => None,
        }
    }

    /// Why the figure is not exact; empty if it is.
    pub fn reasons(&self) -> &Reasons {
        match self {
            Figure::Exact(_) => Reasons::NONE,
            Figure::Range { reasons, .. } | Figure::Unknown { reasons, .. } => reasons,
        }
    }

    /// The same figure, each of its reasons with whose rule or terms are open.
    #[must_use]
    pub fn located(self, whose: &Whose) -> Self {
        match self {
            Figure::Exact(_) => self,
            Figure::Range { low, expected, high, reasons } => {
                Figure::Range { low, expected, high, reasons: reasons.located(whose) }
            }
            Figure::Unknown { at_least, reasons } => {
                Figure::Unknown { at_least, reasons: reasons.located(whose) }
            }
        }
    }

    /// Applies an increasing function to every value of the figure.
    ///
    /// # Errors
    /// The first error of `f`.
    pub fn try_map<U: PartialEq, E>(&self, f: impl Fn(T) -> Result<U, E>) -> Result<Figure<U>, E> {
        Ok(match self {
            Figure::Exact(value) => Figure::Exact(f(*value)?),
            Figure::Range { low, expected, high, reasons } => Figure::Range {
                low: f(*low)?,
                expected: expected.map(&f).transpose()?,
                high: f(*high)?,
                reasons: reasons.clone(),
            },
            Figure::Unknown { at_least, reasons } => {
                Figure::Unknown { at_least: f(*at_least)?, reasons: reasons.clone() }
            }
        })
    }

    /// Combines two independent figures with a function that increases in both.
    ///
    /// # Errors
    /// The first error of `f`.
    pub fn try_join<E>(
        &self,
        other: &Figure<T>,
        f: impl Fn(T, T) -> Result<T, E>,
    ) -> Result<Figure<T>, E> {
        let low = f(self.low(), other.low())?;
        let reasons = self.reasons().and(other.reasons());
        let (Some(high_a), Some(high_b)) = (self.high(), other.high()) else {
            return Ok(Figure::Unknown { at_least: low, reasons });
        };
        if reasons.is_empty() {
            return Ok(Figure::Exact(low));
        }
        let expected = match (self.expected(), other.expected()) {
            (Some(a), Some(b)) => Some(f(a, b)?),
            _ => None,
        };
        Ok(Figure::Range { low, expected, high: f(high_a, high_b)?, reasons })
    }
}

impl<T> Figure<T> {
    /// Lets it have its reasons in common with others that are open for the same.
    pub(crate) fn share_reasons(&mut self, known: &mut BTreeSet<Reasons>) {
        if let Figure::Range { reasons, .. } | Figure::Unknown { reasons, .. } = self {
            *reasons = reasons.shared(known);
        }
    }
}

impl Figure<Decimal> {
    /// The sum of amounts, exactly zero of none.
    ///
    /// They are added by halves, so that the reasons of many open amounts are put together in time that grows little faster
    /// than their number; each is exact, so that the order does not show.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept exact.
    pub fn sum<'a>(
        amounts: impl IntoIterator<Item = &'a Figure<Decimal>>,
    ) -> Result<Figure<Decimal>, AmountTooLarge> {
        let amounts: Vec<&Figure<Decimal>> = amounts.into_iter().collect();
        sum_by_halves(&amounts)
    }
}

fn sum_by_halves(amounts: &[&Figure<Decimal>]) -> Result<Figure<Decimal>, AmountTooLarge> {
    match amounts {
        [] => Ok(Figure::Exact(Decimal::ZERO)),
        [one] => Ok((*one).clone()),
        more => {
            let (first, second) = more.split_at(more.len() / 2);
            sum_by_halves(first)?.try_join(&sum_by_halves(second)?, money::add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::{Metering, Pricing};
    use std::convert::Infallible;

    const FEWER: Metering = Metering::PartialImages { asked: 1, tokens_each: 100 };

    fn add(a: &Figure<u64>, b: &Figure<u64>) -> Figure<u64> {
        a.try_join(b, |x, y| Ok::<_, Infallible>(x + y)).expect("infallible")
    }

    #[test]
    fn a_sum_with_a_range_is_a_range_and_keeps_the_reason() {
        let sum = add(&Figure::Exact(7), &Figure::range(0, Some(100), 100, FEWER));
        assert_eq!(sum, Figure::range(7, Some(107), 107, FEWER));
    }

    #[test]
    fn expected_is_lost_where_one_part_has_none() {
        let sum = add(
            &Figure::range(1, Some(2), 3, Pricing::SizeOpen),
            &Figure::range(0, None, 9, Pricing::QualityOpen),
        );
        assert_eq!((sum.low(), sum.expected(), sum.high()), (1, None, Some(12)));
    }

    #[test]
    fn a_sum_with_an_unknown_is_at_least_the_rest() {
        let sum = add(&Figure::Exact(7), &Figure::unknown(0, Pricing::QualityOpen));
        assert_eq!(sum, Figure::unknown(7, Pricing::QualityOpen));
        assert_eq!((sum.low(), sum.high()), (7, None));
    }

    #[test]
    fn a_sum_by_halves_is_the_sum_one_by_one() {
        let open = |low: u64, reason: Pricing| Figure::unknown(Decimal::from(low), reason);
        let amounts = [
            Figure::Exact(Decimal::from(1)),
            open(2, Pricing::SizeOpen),
            Figure::range(Decimal::from(3), None, Decimal::from(5), Pricing::QualityOpen),
            open(4, Pricing::SizeOpen),
            Figure::Exact(Decimal::from(5)),
        ];
        for count in 0..=amounts.len() {
            let one_by_one =
                amounts[..count].iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, amount| {
                    sum.try_join(amount, money::add)
                });
            assert_eq!(Figure::sum(&amounts[..count]), one_by_one);
        }
    }
}
