//! What a change saves for certain.

use rust_decimal::Decimal;

use crate::figure::{Figure, Reasons};
use crate::money::{self, AmountTooLarge};

/// What is saved. Two ranges that are open for the same reasons are compared end by end; others may
/// come out anyhow.
pub(super) fn saving(
    before: &Figure<Decimal>,
    after: &Figure<Decimal>,
) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let (Some(before_high), Some(after_high)) = (before.high(), after.high()) else {
        return Ok(None);
    };
    let less = |a: Decimal, b: Decimal| money::add(a, -b);
    let reasons: Reasons = before.reasons().chain(after.reasons()).map(str::to_owned).collect();
    if reasons.is_empty() {
        return less(before_high, after_high).map(|saved| Some(Figure::Exact(saved)));
    }
    let ends = match before.reasons().eq(after.reasons()) {
        true => [less(before.low(), after.low())?, less(before_high, after_high)?],
        false => [less(before.low(), after_high)?, less(before_high, after.low())?],
    };
    let expected = match before.expected().zip(after.expected()) {
        Some((before, after)) => Some(less(before, after)?),
        None => None,
    };
    let [low, high] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    Ok(Some(Figure::Range { low, expected, high, reasons }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(value: i64) -> Decimal {
        Decimal::from(value)
    }

    fn range(low: i64, high: i64, reason: &str) -> Figure<Decimal> {
        Figure::range(dec(low), None, dec(high), reason)
    }

    #[test]
    fn a_saving_between_ranges_of_one_reason_is_compared_end_by_end() {
        // 100 to 120 before, 50 to 60 after: 50 to 60 is saved, not 40 to 70.
        let saved = |a, b| saving(&a, &b).expect("fits");
        assert_eq!(saved(range(100, 120, "x"), range(50, 60, "x")), Some(range(50, 60, "x")));
        let apart = saved(range(100, 120, "x"), range(50, 60, "y")).expect("a saving");
        assert_eq!((apart.low(), apart.high()), (dec(40), Some(dec(70))));
        assert_eq!(
            saved(Figure::Exact(dec(9)), Figure::Exact(dec(4))),
            Some(Figure::Exact(dec(5)))
        );
        assert_eq!(saved(Figure::unknown(dec(9), "x"), Figure::Exact(dec(4))), None);
    }
}
