//! A figure is exact, a range or unknown, and a range or an unknown always carries its reason.

use std::collections::BTreeSet;

/// Why a figure is not exact, in words for the reader; never empty in a [`Figure`].
///
/// Sorted and free of repeats, so that the order in which lines are added does not show.
pub type Reasons = BTreeSet<String>;

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

impl<T: Copy + PartialEq> Figure<T> {
    /// A range with one reason.
    pub fn range(low: T, expected: Option<T>, high: T, reason: impl Into<String>) -> Self {
        Figure::Range { low, expected, high, reasons: BTreeSet::from([reason.into()]) }
    }

    /// An unknown of which at least `at_least` is certain, with one reason.
    pub fn unknown(at_least: T, reason: impl Into<String>) -> Self {
        Figure::Unknown { at_least, reasons: BTreeSet::from([reason.into()]) }
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
    pub fn reasons(&self) -> impl Iterator<Item = &str> {
        let reasons = match self {
            Figure::Exact(_) => None,
            Figure::Range { reasons, .. } | Figure::Unknown { reasons, .. } => Some(reasons),
        };
        reasons.into_iter().flatten().map(String::as_str)
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
        let reasons: Reasons = self.reasons().chain(other.reasons()).map(str::to_owned).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn add(a: &Figure<u64>, b: &Figure<u64>) -> Figure<u64> {
        a.try_join(b, |x, y| Ok::<_, Infallible>(x + y)).expect("infallible")
    }

    #[test]
    fn a_sum_with_a_range_is_a_range_and_keeps_the_reason() {
        let sum = add(&Figure::Exact(7), &Figure::range(0, Some(100), 100, "fewer may arrive"));
        assert_eq!(sum, Figure::range(7, Some(107), 107, "fewer may arrive"));
    }

    #[test]
    fn expected_is_lost_where_one_part_has_none() {
        let sum = add(&Figure::range(1, Some(2), 3, "a"), &Figure::range(0, None, 9, "b"));
        assert_eq!((sum.low(), sum.expected(), sum.high()), (1, None, Some(12)));
    }

    #[test]
    fn a_sum_with_an_unknown_is_at_least_the_rest() {
        let sum = add(&Figure::Exact(7), &Figure::unknown(0, "not stated"));
        assert_eq!(sum, Figure::unknown(7, "not stated"));
        assert_eq!((sum.low(), sum.high()), (7, None));
    }
}
