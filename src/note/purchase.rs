//! The words of how a volume is bought.

use rust_decimal::Decimal;

use crate::catalog::funding::{Bonus, FeeTaken, Funding};

/// Fees, bonuses and least purchases, with their source.
pub(super) fn in_words(funding: &Funding, top_up: Option<Decimal>) -> String {
    let mut words = Vec::new();
    if let Some(fee) = funding.purchase_fee {
        let percent = (fee.share * Decimal::ONE_HUNDRED).normalize();
        let taken = match fee.taken {
            FeeTaken::OnTop => "on top of",
            FeeTaken::Inside => "of the credit, inside",
        };
        let least = if fee.minimum.is_zero() {
            String::new()
        } else {
            format!(", at least ${}", fee.minimum)
        };
        words.push(format!("a purchase fee of {percent}% {taken} the payment{least}"));
    }
    words.extend(funding.fee_not_stated.clone());
    if let Some(minimum) = funding.minimum_top_up {
        words.push(format!("a least purchase of ${minimum}"));
    }
    if !funding.bonuses.is_empty() {
        let tier = |bonus: &Bonus| {
            format!("{}% from ${}", (bonus.share * Decimal::ONE_HUNDRED).normalize(), bonus.from)
        };
        let tiers: Vec<String> = funding.bonuses.iter().map(tier).collect();
        words.push(format!("a bonus of {}", tiers.join(", ")));
    }
    if let Some(expiry) = &funding.expiry {
        words.push(format!("expiry: {expiry}"));
    }
    let way = match top_up {
        Some(amount) => {
            format!("in purchases of ${}", amount.max(funding.minimum_top_up.unwrap_or_default()))
        }
        None => "in one purchase".to_owned(),
    };
    format!(
        "cash for the volume {way}, with {} [{}]",
        words.join(", "),
        funding.evidence.in_words()
    )
}
