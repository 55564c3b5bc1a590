//! The stop rule: a route that cannot be named in seven fields is not ready for production.

use super::owner::{ChargeRule, FailureCharges, Term};
use super::route::Route;

/// How many fields the stop rule asks for.
pub const FIELDS: usize = 7;

/// The fields of the stop rule that are not stated, in words; none if the route is ready.
///
/// The owner, the model and its alias are always there: a table cannot be entered without them.
pub fn missing(route: &Route) -> Vec<String> {
    let mut missing = Vec::new();
    if route.endpoint.is_none() {
        missing.push("endpoint".to_owned());
    }
    if route.billing_unit.is_none() {
        missing.push("billing unit".to_owned());
    }
    let stated = |term: Option<&Term>| matches!(term, Some(Term::Stated(..)));
    let terms = route.terms.as_ref();
    if !stated(terms.map(|terms| &terms.upload_policy)) {
        missing.push("upload policy".to_owned());
    }
    if !stated(terms.map(|terms| &terms.output_rights)) {
        missing.push("output rights".to_owned());
    }
    missing.extend(missing_charge_rule(route));
    missing
}

/// Who pays for blocks at input and output, server errors and time-outs, as far as it is not stated.
fn missing_charge_rule(route: &Route) -> Option<String> {
    let none = FailureCharges::not_stated();
    let charges = route.terms.as_ref().map_or(&none, |terms| &terms.failure_charges);
    let events = [
        ("blocks at input", &charges.block_at_input),
        ("blocks at output", &charges.block_at_output),
        ("server errors", &charges.server_error),
        ("time-outs", &charges.timeout),
    ];
    let open: Vec<&str> = events
        .into_iter()
        .filter(|(_, event)| event.rule == ChargeRule::NotStated)
        .map(|(name, _)| name)
        .collect();
    match open.len() {
        0 => None,
        4 => Some("failure-charge rule".to_owned()),
        _ => Some(format!("failure-charge rule for {}", open.join(" and "))),
    }
}
