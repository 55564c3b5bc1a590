//! How each line of an estimate came about, in words that a finance reader follows.

use super::{label, turns};
use crate::attempts::Failures;
use crate::catalog::price::{CreditValue, PriceUnit};
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::rating::{Charge, UnitPrice};
use crate::report::block::Block;
use crate::report::evidence::found_again;
use crate::report::number;

/// A list for each line.
pub(super) fn blocks(estimate: &Estimate) -> Vec<Block> {
    let mut blocks: Vec<Block> = estimate
        .charges
        .iter()
        .map(|charge| {
            let amount = number::dollar_line(&charge.amount);
            Block::List(format!("{}: {amount}", label(charge)), sentences(charge))
        })
        .collect();
    blocks.push(Block::List("total".into(), vec![total(estimate)]));
    blocks.push(Block::List("per accepted image".into(), attempts(estimate)));
    blocks
}

/// Quantity, price and amount of a line, a sentence each.
pub(super) fn sentences(charge: &Charge) -> Vec<String> {
    let counted = charge.meter.counted();
    let mut sentences: Vec<String> = Vec::new();
    let quantity = number::count_figure(&charge.quantity.count);
    let how = charge.quantity.how.join("; ");
    sentences.push(format!("quantity: {quantity} {counted}s ({how})"));
    match (&charge.unit_price, &charge.table) {
        (Some(unit), Some(table)) => {
            let version = table.version();
            sentences.push(format!(
                "price: {} from {}, version {}; {}",
                number::unit_price(unit.price, unit.per, &unit.unit),
                table.route.id,
                version.period.in_words(),
                unit.evidence.in_words()
            ));
            sentences.extend(found_again(&unit.evidence));
            sentences
                .extend(unit.basis.iter().map(|basis| format!("the owner states it as {basis}")));
            if let Figure::Exact(count) = charge.quantity.count {
                sentences.push(format!(
                    "amount: {} × {} ÷ {} = {}",
                    number::count(count),
                    number::native(unit.price, &unit.unit),
                    number::count(u64::from(unit.per.count())),
                    in_dollars(charge, unit)
                ));
            }
        }
        _ if charge.amount.high().is_some() => {
            sentences.push("price: one of several, by what is open".into());
        }
        _ => sentences.push("price: unknown".into()),
    }
    sentences.extend(
        charge
            .amount
            .reasons()
            .sentences()
            .into_iter()
            .map(|reason| format!("not exact: {reason}")),
    );
    sentences
}

/// The amount, by way of the owner's unit where that is not the US dollar.
fn in_dollars(charge: &Charge, unit: &UnitPrice) -> String {
    // All digits: whoever checks the sum must find it.
    let dollars = match &charge.amount {
        Figure::Exact(amount) => format!("${}", number::raw(*amount)),
        open => number::dollar_line(open),
    };
    if unit.unit.is_usd() {
        return dollars;
    }
    let worth = match &unit.unit {
        PriceUnit::Credit(name, CreditValue::UsdEach(usd)) => {
            format!(", at ${} for a {name}", number::raw(*usd))
        }
        PriceUnit::Credit(name, CreditValue::PerUsd(count)) => {
            format!(", at {} {name}s for $1", number::raw(*count))
        }
        _ => String::new(),
    };
    format!("{} = {dollars}{worth}", number::native_figure(&charge.native, &unit.unit))
}

/// How attempts and failures come in.
fn attempts(estimate: &Estimate) -> Vec<String> {
    let cost = &estimate.attempts;
    let rates = &cost.rates;
    let failures = rates.failures();
    let percent = number::percent;
    let mut sentences = Vec::new();
    if let Some(share) = rates.acceptance() {
        sentences.push(format!(
            "attempts: 1 ÷ ((100% − {} failed − {} blocked − {} timed out) × {} accepted) = {} for an accepted image",
            percent(failures.failure_rate),
            percent(failures.block_rate),
            percent(failures.timeout_rate),
            percent(share),
            number::rounded(cost.attempts_per_accepted, 6)
        ));
    }
    let attempt = match turns(estimate) {
        None => "one image asked for".to_owned(),
        Some(turns) => {
            format!("a conversation of {turns} turns, which asks for one image, the last")
        }
    };
    sentences.push(format!(
        "an attempt is {attempt}; a delivered image is billed whether it is accepted or not"
    ));
    if failures != Failures::NONE {
        sentences.push("what the terms leave open of attempts that deliver nothing is free at the low end and charged in full at the high end".into());
    }
    if let Some(review) = &cost.review {
        let each = number::raw(review.each);
        sentences.push(format!(
            "an average attempt has {} × ${each} for looking at what is delivered, which no owner bills",
            percent(rates.delivered())
        ));
    }
    sentences.push(format!(
        "{} an average attempt × attempts = {}",
        number::dollar_line(&cost.per_attempt),
        number::dollar_line(&cost.per_accepted_image)
    ));
    if let Some(volume) = &cost.volume {
        let images = number::count(volume.accepted_images);
        sentences.push(format!("× {images} = {}", number::dollar_line(&volume.total)));
    }
    sentences
}

fn total(estimate: &Estimate) -> String {
    let part = |charge: &Charge| match &charge.amount {
        Figure::Exact(amount) => format!("${}", number::raw(*amount)),
        open => format!("({})", number::dollar_line(open)),
    };
    let parts: Vec<String> = estimate.charges.iter().map(part).collect();
    let total = match &estimate.total {
        Figure::Exact(total) => format!("${}", number::raw(*total)),
        open => number::dollar_line(open),
    };
    format!("{} = {total}", if parts.is_empty() { "nothing".into() } else { parts.join(" + ") })
}
