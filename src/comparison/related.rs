//! One cost over another, each with its ends.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::money;

/// A cost over another one; `None` where either is not known in full, or the other one may be nothing.
///
/// Two costs that are open for the same reason of the same model or contract move together: the ratio lies between
/// those of their low and of their high ends. Else each may stand at either end by itself: low ÷ high to high ÷ low.
pub fn ratio(cost: &Figure<Decimal>, base: &Figure<Decimal>) -> Option<Figure<Decimal>> {
    let over = |a: Decimal, b: Decimal| money::quotient(a, b).ok();
    let (least, most) = (cost.low(), cost.high()?);
    let (base_least, base_most) = (base.low(), base.high()?);
    if base_least <= Decimal::ZERO {
        return None;
    }
    let (low, high) = match cost.reasons() == base.reasons() {
        true => {
            let (a, b) = (over(least, base_least)?, over(most, base_most)?);
            (a.min(b), a.max(b))
        }
        false => (over(least, base_most)?, over(most, base_least)?),
    };
    if low == high {
        return Some(Figure::Exact(low));
    }
    let expected = cost.expected().zip(base.expected()).and_then(|(cost, base)| over(cost, base));
    let expected = expected.filter(|expected| (low..=high).contains(expected));
    Some(Figure::range(low, expected, high, cost.reasons().and(base.reasons())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::{Attempts, Reasons, Undelivered, Whose};

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    /// A cost that is open by who pays for a failed attempt at this owner.
    fn open(owner: &str, low: &str, high: &str) -> Figure<Decimal> {
        let whose = Whose { model: "m".into(), owner: owner.into(), route: owner.into() };
        let reasons = Reasons::from(Attempts::ChargeNotStated(Undelivered::Failed));
        Figure::range(dec(low), None, dec(high), reasons.located(&whose))
    }

    #[test]
    fn over_the_same_term_the_ratio_is_plain() {
        // 0.20 ÷ 0.20 and 0.25 ÷ 0.25: what is open is open for both alike.
        let cost = open("openai", "0.20", "0.25");
        assert_eq!(ratio(&cost, &cost), Some(Figure::Exact(Decimal::ONE)));
    }

    #[test]
    fn over_terms_of_two_owners_it_goes_from_low_over_high_to_high_over_low() {
        // 0.20 ÷ 0.25 = 0.8; 0.25 ÷ 0.20 = 1.25.
        let found = ratio(&open("fal", "0.20", "0.25"), &open("openai", "0.20", "0.25"));
        let found = found.expect("a ratio");
        assert_eq!((found.low(), found.high()), (dec("0.8"), Some(dec("1.25"))));
        assert_eq!(found.reasons().iter().count(), 2, "one of each owner");
        // An exact one over a range: 0.20 ÷ 0.25 to 0.20 ÷ 0.20.
        let exact = Figure::Exact(dec("0.20"));
        let found = ratio(&exact, &open("openai", "0.20", "0.25")).expect("a ratio");
        assert_eq!((found.low(), found.high()), (dec("0.8"), Some(Decimal::ONE)));
    }

    #[test]
    fn nothing_is_so_many_times_nothing_or_an_unknown() {
        let exact = Figure::Exact(dec("0.20"));
        assert_eq!(ratio(&exact, &Figure::Exact(Decimal::ZERO)), None);
        let unknown = Figure::unknown(dec("0.20"), Attempts::NoImageDelivered);
        assert_eq!((ratio(&unknown, &exact), ratio(&exact, &unknown)), (None, None));
        assert_eq!(ratio(&exact, &exact), Some(Figure::Exact(Decimal::ONE)));
    }
}
