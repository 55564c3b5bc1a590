//! The words of how a volume is bought.

use rust_decimal::Decimal;

use crate::catalog::funding::{Bonus, DiscountOn, DiscountTier, FeeTaken, Funding};
use crate::exchange::ExchangeRate;

/// Fees, bonuses and least purchases, with their source.
pub(super) fn in_words(
    funding: &Funding,
    top_up: Option<Decimal>,
    rate: Option<ExchangeRate>,
) -> String {
    let money = |amount| money(amount, &funding.currency);
    let mut words = Vec::new();
    if let Some(fee) = funding.purchase_fee {
        let taken = match fee.taken {
            FeeTaken::OnTop => "on top of",
            FeeTaken::Inside => "of the credit, inside",
            FeeTaken::OfPayment => "of",
        };
        let least = if fee.minimum.is_zero() {
            String::new()
        } else {
            format!(", at least {}", money(fee.minimum))
        };
        words.push(format!("a purchase fee of {} {taken} the payment{least}", percent(fee.share)));
    }
    words.extend(funding.fee_not_stated.clone());
    if let Some(minimum) = funding.minimum_top_up {
        words.push(format!("a least purchase of {}", money(minimum)));
    }
    if !funding.bonuses.is_empty() {
        let tier = |bonus: &Bonus| format!("{} from {}", percent(bonus.share), money(bonus.from));
        let tiers: Vec<String> = funding.bonuses.iter().map(tier).collect();
        words.push(format!("a bonus of {}", tiers.join(", ")));
    }
    if let Some(discount) = &funding.volume_discount {
        let of = match discount.on {
            DiscountOn::Whole => "of all of a month's use",
            DiscountOn::Beyond => "of what is beyond",
        };
        let tier =
            |tier: &DiscountTier| format!("{} from {}", percent(tier.share), money(tier.from));
        let tiers: Vec<String> = discount.tiers.iter().map(tier).collect();
        let tiers = tiers.join(", ");
        words.push(format!(
            "a discount {of}, {tiers}, where the volume is taken as that of a month"
        ));
    }
    for credit in &funding.promotional_credits {
        let amount = money(credit.amount);
        words.push(format!("a promotional credit of {amount} not taken off ({})", credit.given));
    }
    if let Some(expiry) = &funding.expiry {
        words.push(format!("expiry: {expiry}"));
    }
    let way = match top_up {
        Some(amount) => format!("in purchases of ${amount}"),
        None => "in one purchase".to_owned(),
    };
    let at = match (funding.rate_needed(), rate) {
        (None, _) => String::new(),
        (Some(currency), Some(rate)) => format!("; {}", rate.in_words(currency)),
        (Some(currency), None) => format!("; no exchange rate of {currency} is given"),
    };
    format!(
        "cash for the volume {way}, with {}{at} [{}]",
        words.join(", "),
        funding.evidence.in_words()
    )
}

/// An amount in the currency of the funding.
fn money(amount: Decimal, currency: &str) -> String {
    match currency {
        Funding::USD => format!("${amount}"),
        other => format!("{other} {amount}"),
    }
}

fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())
}
