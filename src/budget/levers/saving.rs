//! What a change saves for certain.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// What is saved. Two ranges that are open for the same reasons, of the same models and owners, are compared end by
/// end; others may come out anyhow.
pub(super) fn saving(
    before: &Figure<Decimal>,
    after: &Figure<Decimal>,
) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let (Some(before_high), Some(after_high)) = (before.high(), after.high()) else {
        return Ok(None);
    };
    let less = |a: Decimal, b: Decimal| money::add(a, -b);
    let reasons = before.reasons().and(after.reasons());
    if reasons.is_empty() {
        return less(before_high, after_high).map(|saved| Some(Figure::Exact(saved)));
    }
    let ends = match before.reasons() == after.reasons() {
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
    fn a_saving_is_compared_end_by_end_only_where_the_same_term_is_open() {
        // 100 to 120 before, 50 to 60 after, of one owner: 50 to 60 is saved, not 40 to 70.
        let saved = |a, b| saving(&a, &b).expect("fits");
        assert_eq!(saved(range(100, 120, "a"), range(50, 60, "a")), Some(range(50, 60, "a")));
        // Two owners state nothing in the same words, and each may charge anyhow: 100 − 60 to 120 − 50.
        let apart = saved(range(100, 120, "a"), range(50, 60, "b")).expect("a saving");
        assert_eq!((apart.low(), apart.high()), (dec(40), Some(dec(70))));
        assert_eq!(apart.reasons().in_words(), range(100, 120, "a").reasons().in_words());
        assert_eq!(
            saved(Figure::Exact(dec(9)), Figure::Exact(dec(4))),
            Some(Figure::Exact(dec(5)))
        );
        let unknown = Figure::unknown(dec(9), Attempts::BilledShare);
        assert_eq!(saved(unknown, Figure::Exact(dec(4))), None);
    }
}
