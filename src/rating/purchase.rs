//! What a volume costs in cash, where the unit has to be bought: fees, bonuses, least purchases.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::volume_discount::discounted;
use crate::catalog::funding::{FeeTaken, Funding, PurchaseFee};
use crate::exchange::FxRates;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge, WholeRounding};
use crate::note::Note;
use crate::reason::Pricing;

/// What a volume takes in cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The cash to pay.
    pub cash: Figure<Decimal>,
    /// How it comes about.
    pub notes: Vec<Note>,
}

/// The cash in US dollars for a volume of this value, which is taken as that of one month, bought at once, or in purchases of
/// `top_up` dollars each. Amounts in another currency need their rate; without it the cash is not known.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn cash(
    value: &Figure<Decimal>,
    funding: &Funding,
    top_up: Option<Decimal>,
    fx: &FxRates,
) -> Result<Purchase, AmountTooLarge> {
    let rate = funding.rate_needed().and_then(|currency| fx.get(currency).copied());
    let in_dollars = match rate {
        Some(rate) => Cow::Owned(funding.in_dollars(rate)?),
        None => Cow::Borrowed(funding),
    };
    let is_known = in_dollars.rate_needed().is_none();
    let cash = match is_known {
        true => for_value(value, &in_dollars, top_up)?,
        false => Figure::unknown(
            least_possible(value.low(), funding)?,
            Pricing::NoExchangeRate { currency: funding.currency.as_str().into() },
        ),
    };
    let least = in_dollars.minimum_top_up.filter(|_| is_known).unwrap_or_default();
    let top_up = top_up.map(|amount| amount.max(least));
    Ok(Purchase {
        cash,
        notes: vec![Note::Purchase { funding: Box::new(funding.clone()), top_up, rate }],
    })
}

fn for_value(
    value: &Figure<Decimal>,
    funding: &Funding,
    top_up: Option<Decimal>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let value = match &funding.volume_discount {
        Some(discount) => Cow::Owned(discounted(value, discount)?),
        None => Cow::Borrowed(value),
    };
    let cash = value.try_map(|value| match top_up {
        Some(top_up) => in_purchases(value, top_up, funding),
        None => at_once(value, funding),
    })?;
    Ok(match &funding.fee_not_stated {
        Some(fee) => Figure::unknown(cash.low(), Pricing::PurchaseFee(fee.as_str().into())),
        None => cash,
    })
}

/// What a value takes at the least, whatever its amounts are in dollars: the largest discount, the largest bonus, no fee.
fn least_possible(value: Decimal, funding: &Funding) -> Result<Decimal, AmountTooLarge> {
    let tiers = funding.volume_discount.iter().flat_map(|discount| &discount.tiers);
    let discount = tiers.map(|tier| tier.share).max().unwrap_or_default();
    let bonus = funding.bonuses.iter().map(|bonus| bonus.share).max().unwrap_or_default();
    money::quotient(money::multiply(value, Decimal::ONE - discount)?, Decimal::ONE + bonus)
}

/// One purchase that gives at least this credit.
fn at_once(value: Decimal, funding: &Funding) -> Result<Decimal, AmountTooLarge> {
    if value.is_zero() {
        return Ok(value);
    }
    let amount = least_amount(value, funding)?.max(funding.minimum_top_up.unwrap_or_default());
    paid_for(amount, funding.purchase_fee)
}

/// The least amount whose credit, with its bonus, is at least the value.
fn least_amount(value: Decimal, funding: &Funding) -> Result<Decimal, AmountTooLarge> {
    let mut least = value;
    for bonus in &funding.bonuses {
        let needed = money::quotient(value, money::add(Decimal::ONE, bonus.share)?)?;
        least = least.min(needed.max(bonus.from));
    }
    Ok(least)
}

/// As many purchases of a fixed amount as the value takes.
fn in_purchases(
    value: Decimal,
    top_up: Decimal,
    funding: &Funding,
) -> Result<Decimal, AmountTooLarge> {
    let (credit, payment) =
        purchase_of(top_up.max(funding.minimum_top_up.unwrap_or_default()), funding)?;
    money::multiply(money::whole_quotient(value, credit, WholeRounding::Up)?, payment)
}

/// What one purchase of this amount gives and costs, in that order.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn purchase_of(
    amount: Decimal,
    funding: &Funding,
) -> Result<(Decimal, Decimal), AmountTooLarge> {
    let bonus = funding.bonuses.iter().rev().find(|bonus| amount >= bonus.from);
    let share = bonus.map_or(Decimal::ONE, |bonus| Decimal::ONE + bonus.share);
    let inside = funding.purchase_fee.filter(|fee| fee.taken != FeeTaken::OnTop);
    let (credit, payment) = match inside {
        Some(fee) => (credit_of(amount, fee)?, amount),
        None => (amount, paid_for(amount, funding.purchase_fee)?),
    };
    Ok((money::multiply(credit, share)?, payment))
}

/// The credit that a payment leaves after a fee that is inside it.
fn credit_of(payment: Decimal, fee: PurchaseFee) -> Result<Decimal, AmountTooLarge> {
    let credit = match fee.taken {
        FeeTaken::OfPayment => money::multiply(payment, Decimal::ONE - fee.share)?,
        FeeTaken::OnTop | FeeTaken::Inside => money::quotient(payment, Decimal::ONE + fee.share)?,
    };
    Ok(credit.min(payment - fee.minimum).max(Decimal::ZERO))
}

/// What is paid for this much credit before bonuses. A fee inside the payment leaves
/// `payment ÷ (1 + share)`, so that the same payment is due for the same credit either way; one of the payment leaves
/// `payment × (1 - share)`.
fn paid_for(amount: Decimal, fee: Option<PurchaseFee>) -> Result<Decimal, AmountTooLarge> {
    let Some(fee) = fee else { return Ok(amount) };
    let with_fee = match fee.taken {
        FeeTaken::OfPayment => money::quotient(amount, Decimal::ONE - fee.share)?,
        FeeTaken::OnTop | FeeTaken::Inside => {
            money::add(amount, money::multiply(amount, fee.share)?)?
        }
    };
    Ok(with_fee.max(money::add(amount, fee.minimum)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::funding::Bonus;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn funding(share: &str, minimum: &str, taken: FeeTaken) -> Funding {
        Funding {
            purchase_fee: Some(PurchaseFee { share: dec(share), minimum: dec(minimum), taken }),
            ..Funding::nothing_stated()
        }
    }

    fn cash_for(value: &str, funding: &Funding) -> Decimal {
        let purchase =
            cash(&Figure::Exact(dec(value)), funding, None, &FxRates::new()).expect("fits");
        purchase.cash.exact().expect("exact")
    }

    #[test]
    fn openrouter_takes_5_5_percent_and_at_least_80_cents() {
        let fee = funding("0.055", "0.80", FeeTaken::OnTop);
        assert_eq!(cash_for("10", &fee), dec("10.80"), "5.5% of 10 is 0.55, below the least");
        assert_eq!(cash_for("100", &fee), dec("105.50"), "100 + 5.50");
        assert_eq!(cash_for("14.54", &fee), dec("15.34"), "0.7997 is below the least");
        assert_eq!(cash_for("14.55", &fee), dec("15.35025"), "0.80025 is above it");
    }

    #[test]
    fn cloudflare_takes_5_percent_and_10_dollars_at_least() {
        let fee =
            Funding { minimum_top_up: Some(dec("10")), ..funding("0.05", "0", FeeTaken::OnTop) };
        assert_eq!(cash_for("10", &fee), dec("10.50"));
        assert_eq!(cash_for("100", &fee), dec("105"));
        assert_eq!(cash_for("3", &fee), dec("10.50"), "the least purchase is 10");
    }

    #[test]
    fn cloudsigma_takes_its_5_percent_out_of_the_payment() {
        let fee = funding("0.05", "0", FeeTaken::Inside);
        let (credit, payment) = purchase_of(dec("100"), &fee).expect("fits");
        assert_eq!((credit, payment), (dec("95.238095238095"), dec("100")));
        assert_eq!(cash_for("10", &fee), dec("10.50"), "10.50 ÷ 1.05 = 10");
        assert_eq!(cash_for("100", &fee), dec("105"));
        let bought = cash(&Figure::Exact(dec("100")), &fee, Some(dec("100")), &FxRates::new());
        let bought = bought.expect("fits");
        assert_eq!(bought.cash, Figure::Exact(dec("200")), "one payment of 100 is not enough");
    }

    #[test]
    fn a_fee_of_the_payment_is_more_than_the_same_percent_of_the_credit() {
        let fee = funding("0.05", "0", FeeTaken::OfPayment);
        let (credit, payment) = purchase_of(dec("100"), &fee).expect("fits");
        assert_eq!((credit, payment), (dec("95"), dec("100")), "100 - 5% of 100");
        assert_eq!(cash_for("95", &fee), dec("100"), "95 ÷ 0.95");
        let least = funding("0.05", "10", FeeTaken::OfPayment);
        assert_eq!(cash_for("95", &least), dec("105"), "the least fee of 10 is above the 5 of 100");
        assert_eq!(purchase_of(dec("100"), &least).expect("fits").0, dec("90"));
    }

    #[test]
    fn amounts_in_euros_are_no_dollars() {
        let euros = Funding {
            currency: "EUR".into(),
            minimum_top_up: Some(dec("250")),
            ..Funding::nothing_stated()
        };
        let value = Figure::Exact(dec("100"));
        let unknown = cash(&value, &euros, None, &FxRates::new()).expect("fits").cash;
        assert_eq!((unknown.low(), unknown.high()), (dec("100"), None), "no rate is given");
        let rates = FxRates::from([crate::exchange::of_pair("EUR/USD", "1.08").expect("a rate")]);
        let known = cash(&value, &euros, None, &rates).expect("fits").cash;
        assert_eq!(known, Figure::Exact(dec("270")), "the least purchase: 250 × 1.08");
    }

    #[test]
    fn a_discount_on_volume_comes_before_the_purchase() {
        use crate::catalog::funding::{DiscountOn, DiscountTier, VolumeDiscount};
        let tiers = vec![DiscountTier { from: dec("1000"), share: dec("0.10") }];
        let discount = VolumeDiscount { on: DiscountOn::Beyond, tiers };
        let both =
            Funding { volume_discount: Some(discount), ..funding("0.05", "0", FeeTaken::OnTop) };
        // 1,000 + 500 × 0.90 = 1,450, and 5% on top.
        assert_eq!(cash_for("1500", &both), dec("1522.50"));
    }

    #[test]
    fn a_bonus_lowers_the_cash_of_a_call() {
        let bonus = |from, share| Bonus { from: dec(from), share: dec(share) };
        let tiers = Funding {
            purchase_fee: None,
            bonuses: vec![bonus("50", "0.05"), bonus("100", "0.10"), bonus("500", "0.15")],
            ..funding("0", "0", FeeTaken::OnTop)
        };
        assert_eq!(cash_for("30", &tiers), dec("30"), "below the first bonus");
        assert_eq!(
            cash_for("575", &tiers),
            dec("500"),
            "500 × 1.15: a call of 0.03 takes 0.03 ÷ 1.15"
        );
        assert_eq!(cash_for("52", &tiers), dec("50"), "50 gives 52.50");
        assert_eq!(cash_for("110", &tiers), dec("100"));
    }

    #[test]
    fn a_fee_of_unknown_rate_leaves_the_cash_open_upward() {
        let unknown = Funding {
            purchase_fee: None,
            fee_not_stated: Some("a processing fee at a rate that is not stated".into()),
            ..funding("0", "0", FeeTaken::OnTop)
        };
        let bought =
            cash(&Figure::Exact(dec("100")), &unknown, None, &FxRates::new()).expect("fits");
        assert_eq!((bought.cash.low(), bought.cash.high()), (dec("100"), None));
    }

    #[test]
    fn a_range_stays_a_range_and_nothing_costs_nothing() {
        let fee = funding("0.05", "0", FeeTaken::OnTop);
        let range = Figure::range(dec("10"), None, dec("20"), Pricing::QualityOpen);
        let range = cash(&range, &fee, None, &FxRates::new()).expect("fits");
        assert_eq!((range.cash.low(), range.cash.high()), (dec("10.5"), Some(dec("21"))));
        assert_eq!(cash_for("0", &fee), dec("0"));
    }
}
