//! The counts of one request at the prices of another: what a change of the request costs, apart from a
//! change of prices.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::offered;
use super::place::call_cost;
use super::request::{request_facts, set_calls};
use super::{Estimate, EstimateError, Subject, Terms};
use crate::attempts::RequestCost;
use crate::catalog::dated::in_force;
use crate::rating::Charge;
use crate::request::{Request, RequestError};
use crate::unit::Meter;

/// Why the counts of one request cannot be taken at the prices of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NotRecounted {
    /// One of them is a conversation.
    Conversation,
    /// The rules of this model are not known on the day.
    RulesNotKnown(Arc<str>),
    /// The prices do not hold for the counts.
    Refused(Arc<RequestError>),
    /// They are billed by different meters.
    OtherMeters(Box<[BilledBy; 2]>),
}

/// A route and the meters by which it bills a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BilledBy {
    /// The id of the route.
    pub route: Arc<str>,
    /// The meters.
    pub meters: BTreeSet<Meter>,
}

impl fmt::Display for NotRecounted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NotRecounted::Conversation => {
                f.write_str("the counts of a conversation are not told from its prices")
            }
            NotRecounted::RulesNotKnown(model) => write!(f, "the rules of {model} are not known"),
            NotRecounted::Refused(error) => error.fmt(f),
            NotRecounted::OtherMeters(both) => {
                let [own, other] = &**both;
                write!(f, "{own} and {other} bill by different meters")
            }
        }
    }
}

impl fmt::Display for BilledBy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let labels: Vec<&str> = self.meters.iter().map(|meter| meter.label()).collect();
        write!(f, "{} ({})", self.route, labels.join(", "))
    }
}

/// An estimate with the counts of another one at its own prices; or why the counts of the two cannot be
/// set against each other.
///
/// # Errors
/// A cost that cannot be kept exact.
pub(crate) fn with_counts_of(
    other: &Estimate,
    own: &Estimate,
    terms: &Terms,
) -> Result<Result<Estimate, NotRecounted>, EstimateError> {
    let (Some(request), Some(asked)) = (call_alone(own), call_alone(other)) else {
        return Ok(Err(NotRecounted::Conversation));
    };
    let Ok(rules) = in_force(&own.model.rules, own.as_of) else {
        return Ok(Err(NotRecounted::RulesNotKnown(own.model.id.as_str().into())));
    };
    let mut usage = other.usage.clone();
    set_calls(&mut usage, asked.n, asked.input_images.len(), &own.table);
    let facts = request_facts(request, rules, terms);
    let rated = match offered::rate(&usage, &facts, &own.table, terms) {
        Ok(rated) => rated,
        Err(EstimateError::Request(errors)) => {
            return Ok(Err(NotRecounted::Refused(Arc::new(errors[0].clone()))));
        }
        Err(error) => return Err(error),
    };
    let whole = call_cost(&rated.charges)?;
    let is_open = whole.total.high().is_none() && own.total.high().is_some();
    if is_open || meters(&rated.charges) != meters(&other.charges) {
        return Ok(Err(NotRecounted::OtherMeters(Box::new([billed_by(own), billed_by(other)]))));
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
    meters.filter(|meter| meter.counted() != "adjustment").collect()
}

fn billed_by(estimate: &Estimate) -> BilledBy {
    let route = estimate.table.route.id.to_string().into();
    BilledBy { route, meters: meters(&estimate.charges) }
}
