//! The stop rule: a route that cannot be named in seven fields is not ready for production.

use super::route::Route;
use super::terms::{ChargeRule, Clause, Event};

/// How many fields the stop rule asks for.
pub const FIELDS: usize = 7;

/// The events of which the stop rule wants to know who pays.
const EVENTS: [Event; 4] =
    [Event::BlockAtInput, Event::BlockAtOutput, Event::ServerError, Event::Timeout];

/// The fields of the stop rule that are not stated, in words; none if the route is ready.
///
/// The owner and the model are always there: a table cannot be entered without them, and the model names
/// the route where its alias is not stated.
pub fn missing(route: &Route) -> Vec<String> {
    let mut missing = Vec::new();
    if route.endpoint.is_none() {
        missing.push("endpoint".to_owned());
    }
    if route.billing_unit.is_none() {
        missing.push("billing unit".to_owned());
    }
    for clause in [Clause::UploadPolicy, Clause::OutputRights] {
        if route.terms.clause(clause).stated().is_none() {
            missing.push(clause.label().to_owned());
        }
    }
    missing.extend(missing_charge_rule(route));
    missing
}

/// The verdict of the stop rule: `ready: 7 of 7`, or `5 of 7, missing: …`.
pub fn verdict(missing: &[String]) -> String {
    match missing.len() {
        0 => format!("ready: {FIELDS} of {FIELDS}"),
        open => format!("{} of {FIELDS}, missing: {}", FIELDS - open, missing.join(", ")),
    }
}

/// Who pays for blocks at input and output, server errors and time-outs, as far as it is not stated.
fn missing_charge_rule(route: &Route) -> Option<String> {
    let not_stated = |event: &Event| route.terms.charge(*event).rule == ChargeRule::NotStated;
    let open: Vec<&str> = EVENTS.into_iter().filter(not_stated).map(Event::label).collect();
    match open.len() {
        0 => None,
        4 => Some("failure-charge rule".to_owned()),
        _ => Some(format!("failure-charge rule for {}", listed(&open))),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}
