//! What is taken off a month's value, where an owner gives a discount on volume.

use rust_decimal::Decimal;

use crate::catalog::funding::{DiscountOn, VolumeDiscount};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// A month's value less its discount.
///
/// A discount on the whole takes less for a value at the start of a tier than for one just below it. Of an open value, the ends
/// are therefore looked for at these borders as well.
pub(super) fn discounted(
    value: &Figure<Decimal>,
    discount: &VolumeDiscount,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let found = value.try_map(|value| of(value, discount))?;
    let is_open = value.exact().is_none();
    if discount.on == DiscountOn::Beyond || !is_open {
        return Ok(found);
    }
    let (low, high) = (value.low(), value.high());
    let (mut least, mut most) = (found.low(), found.high());
    for (tier, reached) in discount.tiers.iter().enumerate() {
        let is_between = reached.from > low && high.is_none_or(|high| reached.from <= high);
        if is_between {
            let share_below =
                tier.checked_sub(1).map_or(Decimal::ZERO, |at| discount.tiers[at].share);
            least = least.min(less(reached.from, reached.share)?);
            let below = less(reached.from, share_below)?;
            most = most.map(|most| most.max(below));
        }
    }
    let reasons = value.reasons().clone();
    Ok(match most {
        Some(most) => Figure::range(least, found.expected(), most, reasons),
        None => Figure::unknown(least, reasons),
    })
}

fn of(value: Decimal, discount: &VolumeDiscount) -> Result<Decimal, AmountTooLarge> {
    let reached = discount.tiers.iter().enumerate().rev().filter(|(_, tier)| value >= tier.from);
    match discount.on {
        DiscountOn::Whole => {
            let share = reached.map(|(_, tier)| tier.share).next().unwrap_or_default();
            less(value, share)
        }
        DiscountOn::Beyond => {
            let mut left = value;
            let mut end = value;
            for (_, tier) in reached {
                left -= money::multiply(end - tier.from, tier.share)?;
                end = tier.from;
            }
            Ok(left)
        }
    }
}

fn less(value: Decimal, share: Decimal) -> Result<Decimal, AmountTooLarge> {
    money::multiply(value, Decimal::ONE - share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::funding::DiscountTier;
    use crate::reason::Pricing;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    /// 5% from $1,000, 10% from $5,000.
    fn tiers(on: DiscountOn) -> VolumeDiscount {
        let tier = |from, share| DiscountTier { from: dec(from), share: dec(share) };
        VolumeDiscount { on, tiers: vec![tier("1000", "0.05"), tier("5000", "0.10")] }
    }

    fn of_exact(value: &str, on: DiscountOn) -> Decimal {
        let found = discounted(&Figure::Exact(dec(value)), &tiers(on)).expect("fits");
        found.exact().expect("exact")
    }

    #[test]
    fn of_the_whole_the_highest_tier_that_is_reached_counts() {
        assert_eq!(of_exact("999.99", DiscountOn::Whole), dec("999.99"));
        assert_eq!(of_exact("1000", DiscountOn::Whole), dec("950"), "1,000 × 0.95");
        assert_eq!(of_exact("6000", DiscountOn::Whole), dec("5400"), "6,000 × 0.90");
    }

    #[test]
    fn beyond_a_tier_each_part_has_its_own_share() {
        assert_eq!(of_exact("1000", DiscountOn::Beyond), dec("1000"), "nothing is beyond 1,000");
        let both = dec("5700");
        assert_eq!(
            of_exact("6000", DiscountOn::Beyond),
            both,
            "1,000 + 4,000 × 0.95 + 1,000 × 0.90"
        );
    }

    #[test]
    fn a_range_over_a_border_has_its_ends_at_the_border() {
        let open = Figure::range(dec("980"), None, dec("1010"), Pricing::QualityOpen);
        let found = discounted(&open, &tiers(DiscountOn::Whole)).expect("fits");
        // 1,000 × 0.95 = 950 is less than 980 without a discount; just below 1,000 nothing is taken off.
        assert_eq!((found.low(), found.high()), (dec("950"), Some(dec("1000"))));
        let open = Figure::unknown(dec("10"), Pricing::QualityOpen);
        let found = discounted(&open, &tiers(DiscountOn::Whole)).expect("fits");
        assert_eq!((found.low(), found.high()), (dec("10"), None));
    }
}
