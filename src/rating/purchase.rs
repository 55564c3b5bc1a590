//! What a volume costs in cash, where the unit has to be bought: fees, bonuses, least purchases.

use rust_decimal::Decimal;

use crate::catalog::funding::{FeeTaken, Funding, PurchaseFee};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::note::{Note, NoteCode};

/// What a volume takes in cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The cash to pay.
    pub cash: Figure<Decimal>,
    /// How it comes about, in words.
    pub notes: Vec<Note>,
}

/// The cash for a volume of this value, bought at once, or in purchases of `top_up` each.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn cash(
    value: &Figure<Decimal>,
    funding: &Funding,
    top_up: Option<Decimal>,
) -> Result<Purchase, AmountTooLarge> {
    let cash = value.try_map(|value| match top_up {
        Some(top_up) => in_purchases(value, top_up, funding),
        None => at_once(value, funding),
    })?;
    Ok(Purchase { cash, notes: vec![Note::new(NoteCode::Purchase, in_words(funding, top_up))] })
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
    money::multiply(money::quotient(value, credit)?.ceil(), payment)
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
    let inside = funding.purchase_fee.filter(|fee| fee.taken == FeeTaken::Inside);
    let (credit, payment) = match inside {
        Some(fee) => (money::quotient(amount, Decimal::ONE + fee.share)?, amount),
        None => (amount, paid_for(amount, funding.purchase_fee)?),
    };
    Ok((money::multiply(credit, share)?, payment))
}

/// What is paid for this much credit before bonuses. A fee inside the payment leaves
/// `payment ÷ (1 + share)`, so that the same payment is due for the same credit either way.
fn paid_for(amount: Decimal, fee: Option<PurchaseFee>) -> Result<Decimal, AmountTooLarge> {
    let Some(fee) = fee else { return Ok(amount) };
    money::add(amount, money::multiply(amount, fee.share)?.max(fee.minimum))
}

fn in_words(funding: &Funding, top_up: Option<Decimal>) -> String {
    let mut words = Vec::new();
    if let Some(fee) = funding.purchase_fee {
        let percent = (fee.share * Decimal::ONE_HUNDRED).normalize();
        let taken = match fee.taken {
            FeeTaken::OnTop => "on top of",
            FeeTaken::Inside => "inside",
        };
        let least = if fee.minimum.is_zero() {
            String::new()
        } else {
            format!(", at least ${}", fee.minimum)
        };
        words.push(format!("a purchase fee of {percent}% {taken} the payment{least}"));
    }
    if let Some(minimum) = funding.minimum_top_up {
        words.push(format!("a least purchase of ${minimum}"));
    }
    if !funding.bonuses.is_empty() {
        words.push("bonuses on large purchases".to_owned());
    }
    if let Some(expiry) = &funding.expiry {
        words.push(format!("expiry: {expiry}"));
    }
    let way = match top_up {
        Some(amount) => format!("in purchases of ${amount}"),
        None => "in one purchase".to_owned(),
    };
    format!(
        "cash for the volume {way}, with {} [{}]",
        words.join(", "),
        funding.evidence.in_words()
    )
}
