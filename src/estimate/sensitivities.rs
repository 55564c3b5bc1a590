//! What moves the cost of an accepted image: each thing that was taken for granted, tried otherwise and by itself.

use rust_decimal::Decimal;

use super::{Assumption, Estimate, EstimateError};
use crate::attempts::{self, CallCost, RequestCost, TurnCosts};
use crate::catalog::dated::in_force;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::Whose;
use crate::request::{Draft, Prompt};
use crate::sensitivity::{HIGHER_PRICES, Premise, Sensitivity, largest, unstated_charges};
use crate::size::Size;

/// The tokens of the prompt that is tried where none was given.
const PROMPT_TRIED: u64 = 100;

/// A request, and how it is priced once more with one thing changed.
pub(crate) struct Tried<'a> {
    pub draft: &'a Draft,
    pub price: &'a dyn Fn(&Draft) -> Result<Estimate, EstimateError>,
}

impl Tried<'_> {
    /// What it then costs; nothing where its route refuses the change.
    fn cost(&self, changes: Draft) -> Result<Option<Figure<Decimal>>, EstimateError> {
        match (self.price)(&changes.over(self.draft.clone())) {
            Ok(estimate) => Ok(Some(estimate.attempts.per_accepted_image)),
            Err(EstimateError::Request(_)) => Ok(None),
            Err(broken) => Err(broken),
        }
    }
}

/// The few premises that move the cost of an accepted image most; of a reply nothing of what was sent is tried.
///
/// # Errors
/// Those of pricing, where the route does not only refuse what is tried.
pub(crate) fn sensitivities(
    estimate: &Estimate,
    request: Option<Tried>,
) -> Result<Vec<Sensitivity>, EstimateError> {
    if estimate.request_cost.images == 0 {
        return Ok(Vec::new());
    }
    let now = &estimate.attempts.per_accepted_image;
    let mut all: Vec<Sensitivity> = Vec::new();
    all.extend(all_accepted(estimate)?);
    all.extend(unstated_charges(now)?);
    all.extend(prices_stay(estimate)?);
    if let Some(request) = request {
        for (premise, cost) in tried_otherwise(estimate, &request)? {
            all.extend(Sensitivity::between(premise, now, cost)?);
        }
    }
    Ok(largest(all))
}

fn all_accepted(estimate: &Estimate) -> Result<Option<Sensitivity>, AmountTooLarge> {
    let Some(fewer) = &estimate.attempts.if_fewer_accepted else { return Ok(None) };
    let premise = Premise::AllAccepted(fewer.acceptance);
    let now = &estimate.attempts.per_accepted_image;
    Sensitivity::between(premise, now, fewer.per_accepted_image.clone())
}

/// What higher prices would make of a day after today; what people are paid for looking at images stays.
fn prices_stay(estimate: &Estimate) -> Result<Option<Sensitivity>, AmountTooLarge> {
    if !estimate.assumed {
        return Ok(None);
    }
    let request = higher(&estimate.request_cost)?;
    let review = estimate.attempts.review.map(|review| review.each);
    let terms = &estimate.table.route.terms;
    let then = attempts::cost(&request, estimate.attempts.rates, terms, None, review)?;
    let then = then.located(&Whose::of(&estimate.table.route)).per_accepted_image;
    let premise = Premise::PricesStay(HIGHER_PRICES);
    Sensitivity::between(premise, &estimate.attempts.per_accepted_image, then)
}

fn higher(request: &RequestCost) -> Result<RequestCost, AmountTooLarge> {
    let factor = Decimal::ONE + HIGHER_PRICES;
    let figure =
        |figure: &Figure<Decimal>| figure.try_map(|amount| money::multiply(amount, factor));
    let call = |call: &CallCost| {
        Ok::<_, AmountTooLarge>(CallCost {
            total: figure(&call.total)?,
            input: figure(&call.input)?,
        })
    };
    let turns = |turns: &TurnCosts| {
        Ok::<_, AmountTooLarge>(TurnCosts {
            first: call(&turns.first)?,
            before_last: figure(&turns.before_last)?,
            last: call(&turns.last)?,
        })
    };
    let turns = request.turns.as_ref().map(turns).transpose()?;
    Ok(RequestCost { whole: call(&request.whole)?, images: request.images, turns })
}

/// What stands for a size, a quality or a prompt that were not named, each tried otherwise.
fn tried_otherwise(
    estimate: &Estimate,
    tried: &Tried,
) -> Result<Vec<(Premise, Figure<Decimal>)>, EstimateError> {
    let mut all = Vec::new();
    for assumption in &estimate.assumptions {
        all.extend(match assumption {
            Assumption::Quality { label, .. } => other_quality(estimate, tried, label)?,
            Assumption::Size(size) => other_size(tried, *size)?,
            Assumption::NoPrompt => {
                let prompt = Some(Prompt::Tokens(PROMPT_TRIED));
                let cost = tried.cost(Draft { prompt, ..Draft::default() })?;
                cost.map(|cost| (Premise::NoPrompt(PROMPT_TRIED), cost))
            }
            _ => None,
        });
    }
    Ok(all)
}

/// The quality that costs most: the last of those that the model names, the cheapest first.
fn other_quality(
    estimate: &Estimate,
    tried: &Tried,
    taken: &str,
) -> Result<Option<(Premise, Figure<Decimal>)>, EstimateError> {
    let rules = in_force(&estimate.model.rules, estimate.as_of).ok();
    let Some(most) = rules.and_then(|rules| rules.labels().last()) else { return Ok(None) };
    let cost = tried.cost(Draft { quality: Some(most.clone()), ..Draft::default() })?;
    let premise = Premise::DefaultQuality { taken: taken.to_owned(), tried: most.clone() };
    Ok(cost.map(|cost| (premise, cost)))
}

/// The common size that costs most, of those that the model and the route make.
fn other_size(
    tried: &Tried,
    taken: Size,
) -> Result<Option<(Premise, Figure<Decimal>)>, EstimateError> {
    let mut most: Option<(Size, Figure<Decimal>)> = None;
    for size in Size::COMMON {
        let cost = tried.cost(Draft { size: Some(size.to_string()), ..Draft::default() })?;
        let Some(cost) = cost.filter(|cost| cost.high().is_some()) else { continue };
        if most.as_ref().is_none_or(|(_, most)| most.high() < cost.high()) {
            most = Some((size, cost));
        }
    }
    Ok(most.map(|(size, cost)| (Premise::DefaultSize { taken, tried: size }, cost)))
}
