//! The counts of one request at the prices of another: what a change of the request costs, apart from a
//! change of prices.

use std::collections::BTreeSet;

use super::offered;
use super::place::call_cost;
use super::request::{request_facts, set_calls};
use super::{Estimate, EstimateError, Subject, Terms};
use crate::attempts::RequestCost;
use crate::catalog::dated::in_force;
use crate::rating::Charge;
use crate::request::Request;
use crate::unit::Meter;

/// An estimate with the counts of another one at its own prices; or why the counts of the two cannot be
/// set against each other.
///
/// # Errors
/// A cost that cannot be kept exact.
pub(crate) fn with_counts_of(
    other: &Estimate,
    own: &Estimate,
    terms: &Terms,
) -> Result<Result<Estimate, String>, EstimateError> {
    let (Some(request), Some(asked)) = (call_alone(own), call_alone(other)) else {
        let why = "the counts of a conversation are not told from its prices";
        return Ok(Err(why.into()));
    };
    let Ok(rules) = in_force(&own.model.rules, own.as_of) else {
        return Ok(Err(format!("the rules of {} are not known", own.model.id)));
    };
    let mut usage = other.usage.clone();
    set_calls(&mut usage, asked.n, asked.input_images.len(), &own.table);
    let facts = request_facts(request, rules, terms);
    let rated = match offered::rate(&usage, &facts, &own.table, terms) {
        Ok(rated) => rated,
        Err(EstimateError::Request(errors)) => return Ok(Err(errors[0].to_string())),
        Err(error) => return Err(error),
    };
    let whole = call_cost(&rated.charges)?;
    let is_open = whole.total.high().is_none() && own.total.high().is_some();
    if is_open || meters(&rated.charges) != meters(&other.charges) {
        return Ok(Err(other_meters(own, other)));
    }
    Ok(Ok(Estimate {
        usage,
        charges: rated.charges,
        total: whole.total.clone(),
        request_cost: RequestCost { whole, images: other.request_cost.images, turns: None },
        ..own.clone()
    }))
}

/// The request of a single call of the image model, with no other model in it.
fn call_alone(estimate: &Estimate) -> Option<&Request> {
    let alone = estimate.request_cost.turns.is_none() && estimate.table.route.image_tool.is_none();
    match &estimate.subject {
        Subject::Request(request) if alone => Some(request),
        _ => None,
    }
}

fn meters(charges: &[Charge]) -> BTreeSet<Meter> {
    let meters = charges.iter().map(|charge| charge.meter);
    meters.filter(|meter| *meter != Meter::RoundingAdjustment).collect()
}

fn other_meters(own: &Estimate, other: &Estimate) -> String {
    let words = |estimate: &Estimate| {
        let labels: Vec<&str> = meters(&estimate.charges).into_iter().map(Meter::label).collect();
        format!("{} ({})", estimate.table.route.id, labels.join(", "))
    };
    format!("{} and {} bill by different meters", words(own), words(other))
}
