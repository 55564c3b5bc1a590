//! How many times one figure is another.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::money::{AmountTooLarge, quotient};

/// The figure as a multiple of a base; `None` where either is unknown or the base may be zero.
///
/// # Errors
/// [`AmountTooLarge`] if the quotient cannot be kept.
pub fn ratio(
    figure: &Figure<Decimal>,
    base: &Figure<Decimal>,
) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let (Some(high), Some(base_high)) = (figure.high(), base.high()) else { return Ok(None) };
    if base.low().is_zero() {
        return Ok(None);
    }
    let low = quotient(figure.low(), base_high)?;
    let reasons = figure.reasons().and(base.reasons());
    if reasons.is_empty() {
        return Ok(Some(Figure::Exact(low)));
    }
    let expected = match (figure.expected(), base.expected()) {
        (Some(figure), Some(base)) => Some(quotient(figure, base)?),
        _ => None,
    };
    Ok(Some(Figure::Range { low, expected, high: quotient(high, base.low())?, reasons }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Pricing;

    fn exact(value: u32) -> Figure<Decimal> {
        Figure::Exact(Decimal::from(value))
    }

    fn range(low: u32, high: u32) -> Figure<Decimal> {
        Figure::range(low.into(), None, high.into(), Pricing::QualityOpen)
    }

    #[test]
    fn a_ratio_of_exact_figures_is_exact() {
        // 1756 ÷ 7024 = 0.25
        assert_eq!(ratio(&exact(1756), &exact(7024)), Ok(Some(Figure::Exact(Decimal::new(25, 2)))));
    }

    #[test]
    fn a_ratio_of_ranges_goes_from_low_by_high_to_high_by_low() {
        let quarter_to_six =
            Figure::range(Decimal::new(25, 2), None, 6.into(), Pricing::QualityOpen);
        assert_eq!(ratio(&range(1, 6), &range(1, 4)), Ok(Some(quarter_to_six)), "1 ÷ 4 to 6 ÷ 1");
    }

    #[test]
    fn there_is_no_ratio_to_nothing_or_to_an_unknown() {
        assert_eq!(ratio(&exact(1), &exact(0)), Ok(None));
        assert_eq!(ratio(&exact(1), &range(0, 4)), Ok(None));
        assert_eq!(
            ratio(&exact(1), &Figure::unknown(Decimal::ONE, Pricing::QualityOpen)),
            Ok(None)
        );
    }
}
