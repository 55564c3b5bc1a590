//! A limit in US dollars, and how a cost stands to it: the words of every format and exit code.

use rust_decimal::Decimal;

use crate::figure::Figure;

/// How a cost stands to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitVerdict {
    /// The most that it can be, with its margin, is within.
    Within,
    /// It is within, and with its margin it is not.
    MarginNotCovered,
    /// It is not shown to be within.
    Unknown,
    /// It is above.
    Over,
}

impl LimitVerdict {
    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            LimitVerdict::Within => "within",
            LimitVerdict::MarginNotCovered => "margin_not_covered",
            LimitVerdict::Unknown => "unknown",
            LimitVerdict::Over => "over",
        }
    }

    /// The words for people.
    pub fn in_words(self) -> &'static str {
        match self {
            LimitVerdict::MarginNotCovered => "margin not covered",
            other => other.as_str(),
        }
    }

    /// Whether a gate holds: the cost is shown to be within, its margin included.
    pub fn holds(self) -> bool {
        self == LimitVerdict::Within
    }

    /// How a cost without a margin stands to a limit: within only if the most that it can be is.
    pub fn of(cost: &Figure<Decimal>, limit: Decimal) -> LimitVerdict {
        match cost.high() {
            Some(high) if high <= limit => LimitVerdict::Within,
            _ if cost.low() > limit => LimitVerdict::Over,
            _ => LimitVerdict::Unknown,
        }
    }

    /// How several choices stand: one that is within is enough, and over are they only if all of them are.
    pub fn of_any(costs: impl IntoIterator<Item = LimitVerdict>) -> LimitVerdict {
        let mut verdicts = costs.into_iter().peekable();
        if verdicts.peek().is_none() {
            return LimitVerdict::Unknown;
        }
        verdicts.min().unwrap_or(LimitVerdict::Unknown)
    }
}

/// A limit that was given, with its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLimit {
    /// US dollars.
    pub usd: Decimal,
    /// How the cost stands to it.
    pub verdict: LimitVerdict,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Pricing;

    #[test]
    fn a_limit_is_held_by_the_most_and_exceeded_by_the_least() {
        let of = |figure: Figure<Decimal>| LimitVerdict::of(&figure, Decimal::TEN);
        let dec = |value: u32| Decimal::from(value);
        assert_eq!(of(Figure::Exact(dec(10))), LimitVerdict::Within);
        assert_eq!(
            of(Figure::range(dec(9), None, dec(11), Pricing::QualityOpen)),
            LimitVerdict::Unknown
        );
        assert_eq!(of(Figure::unknown(dec(9), Pricing::QualityOpen)), LimitVerdict::Unknown);
        assert_eq!(of(Figure::unknown(dec(11), Pricing::QualityOpen)), LimitVerdict::Over);
        use LimitVerdict::{Over, Unknown, Within};
        assert_eq!(LimitVerdict::of_any([Over, Within]), Within);
        assert_eq!(LimitVerdict::of_any([Over, Unknown]), Unknown);
        assert_eq!((LimitVerdict::of_any([Over]), LimitVerdict::of_any([])), (Over, Unknown));
    }
}
