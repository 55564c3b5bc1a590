//! What failed and blocked attempts add to the cost of a request, by the terms of the route.

use rust_decimal::Decimal;

use super::{AttemptRates, CallCost, RequestCost};
use crate::catalog::terms::{ChargeRule, Event, Terms};
use crate::figure::{Figure, Reasons};
use crate::money::{self, AmountTooLarge};

/// The average cost of a request, where attempts partly fail, time out or are blocked.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn average_request(
    request: &RequestCost,
    rates: AttemptRates,
    terms: &Terms,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let scaled = |figure: &Figure<Decimal>, share: Decimal| {
        figure.try_map(|amount| money::multiply(amount, share))
    };
    let mut sum = scaled(&request.whole.total, rates.delivered())?;
    for (share, events, what) in rates.undelivered() {
        if !share.is_zero() {
            let event = event_cost(request, terms, events, what)?;
            sum = sum.try_join(&scaled(&event, share)?, money::add)?;
        }
    }
    Ok(sum)
}

/// What a request costs that delivers nothing, where any of several events may be meant.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub(crate) fn event_cost(
    request: &RequestCost,
    terms: &Terms,
    events: &[Event],
    what: &str,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let mut all = Figure::Exact(Decimal::ZERO);
    for (index, event) in events.iter().enumerate() {
        let cost = ended(request, terms.charge(*event).rule, what)?;
        all = if index == 0 { cost } else { either(all, cost, what) };
    }
    Ok(all)
}

/// The range over two ways in which an attempt can end.
fn either(a: Figure<Decimal>, b: Figure<Decimal>, what: &str) -> Figure<Decimal> {
    if a == b {
        return a;
    }
    let low = a.low().min(b.low());
    let reason = format!("whether {what} attempt is charged depends on how it ends");
    match a.high().zip(b.high()) {
        Some((a, b)) => Figure::range(low, None, a.max(b), reason),
        None => Figure::unknown(low, reason),
    }
}

/// What an attempt costs that ends under one rule. A conversation may end at any of its turns, and the
/// turns before that one have delivered their images and are billed.
fn ended(
    request: &RequestCost,
    rule: ChargeRule,
    what: &str,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let Some(turns) = &request.turns else { return Ok(charged(&request.whole, rule, what)) };
    let at_first = charged(&turns.first, rule, what);
    let at_last = turns.before_last.try_join(&charged(&turns.last, rule, what), money::add)?;
    let mut reasons: Reasons =
        at_first.reasons().chain(at_last.reasons()).map(str::to_owned).collect();
    reasons.insert(
        "a conversation that does not succeed may end at any of its turns (--turns)".to_owned(),
    );
    let low = at_first.low().min(at_last.low());
    Ok(match at_first.high().zip(at_last.high()) {
        Some((a, b)) => Figure::Range { low, expected: None, high: a.max(b), reasons },
        None => Figure::Unknown { at_least: low, reasons },
    })
}

/// What a call costs that delivers nothing, under one rule; `what` stands before the word
/// attempt, such as "a failed".
pub(crate) fn charged(call: &CallCost, rule: ChargeRule, what: &str) -> Figure<Decimal> {
    let up_to_full = |reason: String| match call.total.high() {
        Some(high) => Figure::range(Decimal::ZERO, None, high, reason),
        None => Figure::unknown(Decimal::ZERO, reason),
    };
    match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => Figure::Exact(Decimal::ZERO),
        ChargeRule::InputMeters => call.input.clone(),
        ChargeRule::AllMeters => call.total.clone(),
        ChargeRule::RefundedOnRequest => {
            up_to_full(format!("{what} attempt is refunded only on request"))
        }
        ChargeRule::Partial => {
            up_to_full(format!("{what} attempt is charged in part, how much is not stated"))
        }
        ChargeRule::Maybe => up_to_full(format!("{what} attempt may be charged")),
        ChargeRule::NotStated => {
            up_to_full(format!("who pays for {what} attempt is not stated by the price owner"))
        }
    }
}
