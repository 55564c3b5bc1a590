//! What a change does to a request or a volume: the one estimate function, once on each side.

use rust_decimal::Decimal;

use super::rates::relative;
use super::{Both, RouteChange, RouteSide, Sides, Work};
use crate::attempts::AttemptRates;
use crate::estimate::{Estimate, EstimateError, Terms, estimate_request};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Pricing, Reasons};

/// The cost of a request or volume on both sides.
#[derive(Debug, Clone)]
pub struct CostChange {
    /// The estimate, or why there is none.
    pub sides: Both<Result<Box<Estimate>, Reasons>>,
    /// B − A, where both are exact.
    pub difference: Option<Decimal>,
    /// (B − A) ÷ A, where both are exact and A is not free.
    pub relative: Option<Decimal>,
}

/// What the costs are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CostOf {
    /// One request, without further attempts.
    Request,
    /// An accepted image, with the attempts that it takes.
    AcceptedImage,
    /// So many accepted images.
    Volume(u64),
}

impl CostOf {
    pub(super) fn of(work: &Work) -> CostOf {
        match work.terms.accepted_images {
            Some(images) => CostOf::Volume(images),
            None if work.terms.rates != AttemptRates::ONE_ATTEMPT => CostOf::AcceptedImage,
            None => CostOf::Request,
        }
    }

    /// The figure of an estimate that is meant.
    pub fn figure(self, estimate: &Estimate) -> &Figure<Decimal> {
        match (self, &estimate.attempts.volume) {
            (CostOf::Request, _) => &estimate.total,
            (CostOf::Volume(_), Some(volume)) => &volume.total,
            (CostOf::AcceptedImage | CostOf::Volume(_), _) => &estimate.attempts.per_accepted_image,
        }
    }
}

pub(super) fn change(
    sides: &Sides,
    change: &RouteChange,
    work: &Work,
) -> Result<CostChange, EstimateError> {
    let of = CostOf::of(work);
    let found = [estimate(sides, change, work, 0)?, estimate(sides, change, work, 1)?];
    let (difference, relative) = compared(&found, of)?;
    Ok(CostChange { sides: found, difference, relative })
}

fn estimate(
    sides: &Sides,
    change: &RouteChange,
    work: &Work,
    side: usize,
) -> Result<Result<Box<Estimate>, Reasons>, EstimateError> {
    let route = match &change.sides[side] {
        RouteSide::NotThere => return Ok(Err(Pricing::RouteNotThere.into())),
        RouteSide::Unpriced(_, why) => return Ok(Err(std::slice::from_ref(why).into())),
        RouteSide::Priced(table) => table.route.id.to_string(),
    };
    let terms = Terms { route: Some(&route), as_of: sides.days()[side], ..work.terms.clone() };
    match estimate_request(sides.catalogs()[side], &work.draft, &terms) {
        Ok(estimate) => Ok(Ok(Box::new(estimate))),
        Err(EstimateError::Request(errors)) => Ok(Err(errors[..].into())),
        Err(broken) => Err(broken),
    }
}

type Compared = (Option<Decimal>, Option<Decimal>);

/// Two models make two products of the same words, so that their costs are shown and not compared.
fn compared(
    sides: &Both<Result<Box<Estimate>, Reasons>>,
    of: CostOf,
) -> Result<Compared, AmountTooLarge> {
    let [Ok(a), Ok(b)] = sides else { return Ok((None, None)) };
    let costs = [a, b].map(|estimate| of.figure(estimate).exact());
    let ([Some(low), Some(high)], true) = (costs, a.model.id == b.model.id) else {
        return Ok((None, None));
    };
    let difference = money::add(high, -low)?;
    Ok((Some(difference), relative(difference, low)?))
}
