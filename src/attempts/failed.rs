//! What failed and blocked attempts add to the cost of a request, by the terms of the route.

use rust_decimal::Decimal;

use super::{AttemptRates, CallCost, RequestCost};
use crate::catalog::terms::{ChargeRule, Event, Terms};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Attempts, Reasons, Undelivered};

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
    for (share, events, ending) in rates.undelivered() {
        if !share.is_zero() {
            let event = event_cost(request, terms, events, ending)?;
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
    ending: Undelivered,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let mut all = Figure::Exact(Decimal::ZERO);
    for (index, event) in events.iter().enumerate() {
        let cost = ended(request, terms.charge(*event).rule, ending)?;
        all = if index == 0 { cost } else { either(all, cost, ending) };
    }
    Ok(all)
}

/// The range over two ways in which an attempt can end.
fn either(a: Figure<Decimal>, b: Figure<Decimal>, ending: Undelivered) -> Figure<Decimal> {
    if a == b {
        return a;
    }
    let low = a.low().min(b.low());
    let reason = Attempts::DependsOnEnd(ending);
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
    ending: Undelivered,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let Some(turns) = &request.turns else { return Ok(charged(&request.whole, rule, ending)) };
    let at_first = charged(&turns.first, rule, ending);
    let at_last = turns.before_last.try_join(&charged(&turns.last, rule, ending), money::add)?;
    let reasons = at_first.reasons().and(at_last.reasons()).and(&Reasons::from(Attempts::TurnOpen));
    let low = at_first.low().min(at_last.low());
    Ok(match at_first.high().zip(at_last.high()) {
        Some((a, b)) => Figure::Range { low, expected: None, high: a.max(b), reasons },
        None => Figure::Unknown { at_least: low, reasons },
    })
}

/// What a call costs that delivers nothing, under one rule.
pub(crate) fn charged(call: &CallCost, rule: ChargeRule, ending: Undelivered) -> Figure<Decimal> {
    let up_to_full = |reason: Attempts| match call.total.high() {
        Some(high) => Figure::range(Decimal::ZERO, None, high, reason),
        None => Figure::unknown(Decimal::ZERO, reason),
    };
    match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => Figure::Exact(Decimal::ZERO),
        ChargeRule::InputMeters => call.input.clone(),
        ChargeRule::AllMeters => call.total.clone(),
        ChargeRule::RefundedOnRequest => up_to_full(Attempts::RefundedOnRequest(ending)),
        ChargeRule::Partial => up_to_full(Attempts::ChargedInPart(ending)),
        ChargeRule::Maybe => up_to_full(Attempts::MayBeCharged(ending)),
        ChargeRule::NotStated => up_to_full(Attempts::ChargeNotStated(ending)),
    }
}
