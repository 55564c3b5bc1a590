//! The stop rule: a route that cannot be named in seven fields is not ready for production.

use super::owner::{ChargeRule, Term};
use super::route::Route;

/// How many fields the stop rule asks for.
pub const FIELDS: usize = 7;

/// The fields of the stop rule that are not stated, in words; none if the route is ready.
///
/// The owner, the model and its alias are always there: a table cannot be entered without them.
pub fn missing(route: &Route) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if route.endpoint.is_none() {
        missing.push("endpoint");
    }
    if route.billing_unit.is_none() {
        missing.push("billing unit");
    }
    let stated = |term: Option<&Term>| matches!(term, Some(Term::Stated(..)));
    let terms = route.terms.as_ref();
    if !stated(terms.map(|terms| &terms.upload_policy)) {
        missing.push("upload policy");
    }
    if !stated(terms.map(|terms| &terms.output_rights)) {
        missing.push("output rights");
    }
    if !charge_rule_stated(route) {
        missing.push("failure-charge rule");
    }
    missing
}

/// Whether it is stated who pays for blocks at input and output, server errors and time-outs.
fn charge_rule_stated(route: &Route) -> bool {
    route.terms.as_ref().is_some_and(|terms| {
        let charges = &terms.failure_charges;
        [&charges.block_at_input, &charges.block_at_output, &charges.server_error, &charges.timeout]
            .into_iter()
            .all(|event| event.rule != ChargeRule::NotStated)
    })
}
