//! The stop rule: a route that cannot be named in seven fields is not ready for production.

use std::fmt;

use super::route::Route;
use super::terms::{ChargeRule, Clause, Event};

/// How many fields the stop rule asks for.
pub const FIELDS: usize = 7;

/// The events of which the stop rule wants to know who pays.
const EVENTS: [Event; 4] =
    [Event::BlockAtInput, Event::BlockAtOutput, Event::ServerError, Event::Timeout];

/// A field of the stop rule that is not stated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Missing {
    /// Where requests are sent.
    Endpoint,
    /// What is billed.
    BillingUnit,
    /// What the contract says of one of its subjects.
    Clause(Clause),
    /// Who pays for these events.
    ChargeRule(Vec<Event>),
}

impl Missing {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Missing::Endpoint => "endpoint",
            Missing::BillingUnit => "billing_unit",
            Missing::Clause(clause) => clause.as_str(),
            Missing::ChargeRule(_) => "charge_rule",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Missing::Endpoint => f.write_str("endpoint"),
            Missing::BillingUnit => f.write_str("billing unit"),
            Missing::Clause(clause) => f.write_str(clause.label()),
            Missing::ChargeRule(events) if events.len() == EVENTS.len() => {
                f.write_str("failure-charge rule")
            }
            Missing::ChargeRule(events) => {
                let events: Vec<&str> = events.iter().map(|event| event.label()).collect();
                write!(f, "failure-charge rule for {}", listed(&events))
            }
        }
    }
}

/// The fields of the stop rule that are not stated; none if the route is ready.
///
/// The owner and the model are always there: a table cannot be entered without them, and the model names
/// the route where its alias is not stated.
pub fn missing(route: &Route) -> Vec<Missing> {
    let clauses = [Clause::UploadPolicy, Clause::OutputRights];
    let not_stated = |event: &Event| route.terms.charge(*event).rule == ChargeRule::NotStated;
    let events: Vec<Event> = EVENTS.into_iter().filter(not_stated).collect();
    let mut missing = Vec::new();
    missing.extend(route.endpoint.is_none().then_some(Missing::Endpoint));
    missing.extend(route.billing_unit.is_none().then_some(Missing::BillingUnit));
    missing.extend(not_said(route, &clauses));
    missing.extend((!events.is_empty()).then_some(Missing::ChargeRule(events)));
    missing
}

/// Those of some clauses that a contract says nothing of.
pub(crate) fn not_said(route: &Route, clauses: &[Clause]) -> impl Iterator<Item = Missing> {
    let open = |clause: &&Clause| route.terms.clause(**clause).stated().is_none();
    clauses.iter().filter(open).copied().map(Missing::Clause)
}

/// What is missing, each in words.
pub fn in_words(missing: &[Missing]) -> Vec<String> {
    missing.iter().map(Missing::to_string).collect()
}

/// The verdict of the stop rule: `ready: 7 of 7`, or `5 of 7, missing: …`.
pub fn verdict(missing: &[Missing]) -> String {
    match missing.len() {
        0 => format!("ready: {FIELDS} of {FIELDS}"),
        open => format!("{} of {FIELDS}, missing: {}", FIELDS - open, in_words(missing).join(", ")),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}
