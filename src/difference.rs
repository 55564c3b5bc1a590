//! By how much one cost exceeds another.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// A cost less another; `None` where either is not known. Two ranges that are open for the same reasons, of the same
/// models and owners, are compared end by end; others may come out anyhow.
///
/// # Errors
/// [`AmountTooLarge`] if a difference cannot be kept exact.
pub(crate) fn difference(
    of: &Figure<Decimal>,
    other: &Figure<Decimal>,
) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let (Some(of_high), Some(other_high)) = (of.high(), other.high()) else {
        return Ok(None);
    };
    let less = |a: Decimal, b: Decimal| money::add(a, -b);
    let reasons = of.reasons().and(other.reasons());
    if reasons.is_empty() {
        return less(of_high, other_high).map(|more| Some(Figure::Exact(more)));
    }
    let ends = match of.reasons() == other.reasons() {
        true => [less(of.low(), other.low())?, less(of_high, other_high)?],
        false => [less(of.low(), other_high)?, less(of_high, other.low())?],
    };
    let expected = match of.expected().zip(other.expected()) {
        Some((of, other)) => Some(less(of, other)?),
        None => None,
    };
    let [low, high] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    Ok(Some(Figure::Range { low, expected, high, reasons }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::{Attempts, Undelivered, Whose};

    fn dec(value: i64) -> Decimal {
        Decimal::from(value)
    }

    /// A range whose charge for failed attempts this owner does not state.
    fn range(low: i64, high: i64, owner: &str) -> Figure<Decimal> {
        let open = Attempts::ChargeNotStated(Undelivered::Failed);
        let whose = Whose { model: "x".into(), owner: owner.into(), route: "r".into() };
        Figure::range(dec(low), None, dec(high), open).located(&whose)
    }

    #[test]
    fn two_ranges_are_compared_end_by_end_only_where_the_same_term_is_open() {
        // 100 to 120 less 50 to 60, of one owner: 50 to 60, not 40 to 70.
        let less = |a, b| difference(&a, &b).expect("fits");
        assert_eq!(less(range(100, 120, "a"), range(50, 60, "a")), Some(range(50, 60, "a")));
        // Two owners state nothing in the same words, and each may charge anyhow: 100 − 60 to 120 − 50.
        let apart = less(range(100, 120, "a"), range(50, 60, "b")).expect("a difference");
        assert_eq!((apart.low(), apart.high()), (dec(40), Some(dec(70))));
        assert_eq!(apart.reasons().in_words(), range(100, 120, "a").reasons().in_words());
        assert_eq!(less(Figure::Exact(dec(9)), Figure::Exact(dec(4))), Some(Figure::Exact(dec(5))));
        let unknown = Figure::unknown(dec(9), Attempts::BilledShare);
        assert_eq!(less(unknown, Figure::Exact(dec(4))), None);
    }
}
