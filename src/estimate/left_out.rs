//! What a body leaves out: by the default that the route states, and what is not read made open.

use rust_decimal::Decimal;

use super::Terms;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::help::Asked;
use crate::note::Assumption;
use crate::rating::{Charge, Part, Rated};
use crate::reason::{Pricing, Reasons};
use crate::request::{Draft, LeftOut};

/// The draft with what the route makes of a size or quality that a body does not name, and what is to be
/// said of it.
pub(super) fn by_route(draft: &Draft, route: &Route) -> (Draft, Vec<Assumption>) {
    let mut draft = draft.clone();
    let Some(defaults) = route.defaults.as_ref().filter(|_| draft.left_out == LeftOut::ByApi)
    else {
        return (draft, Vec::new());
    };
    let made = |asked: Asked, value: &str| Assumption::MadeByRoute {
        asked,
        value: value.to_owned(),
        owner: route.owner_name.clone(),
        evidence: defaults.evidence.clone(),
    };
    let mut assumed = Vec::new();
    if let (None, Some(size)) = (&draft.size, defaults.size) {
        assumed.push(made(Asked::Size, &size.to_string()));
        draft.size = Some(size.to_string());
    }
    if let (None, Some(quality)) = (&draft.quality, &defaults.quality) {
        assumed.push(made(Asked::Quality, quality));
        draft.quality = Some(quality.clone());
    }
    (draft, assumed)
}

/// What the route itself makes where flags take an announced default.
pub(super) fn of_route_alone(draft: &Draft, route: &Route, terms: &Terms) -> Option<Assumption> {
    let defaults = route.defaults.as_ref()?;
    if draft.left_out == LeftOut::ByApi || terms.route.is_none() {
        return None;
    }
    let size = defaults.size.filter(|_| draft.size.is_none());
    let quality = defaults.quality.clone().filter(|_| draft.quality.is_none());
    let size = size.map(|size| (Asked::Size, size.to_string()));
    let made: Vec<(Asked, String)> =
        size.into_iter().chain(quality.map(|quality| (Asked::Quality, quality))).collect();
    let owner = route.owner_name.clone();
    (!made.is_empty()).then_some(Assumption::OtherwiseMadeByRoute { owner, made })
}

/// Makes every line open for a prompt that a body lacks: what is known of it stays the least.
pub(super) fn open(rated: &mut Rated, draft: &Draft) {
    if draft.prompt.is_some() || draft.left_out == LeftOut::Default {
        return;
    }
    let reason = Reasons::from(Pricing::WithoutPrompt);
    let read = |charge: &&mut Charge| !matches!(charge.part, Part::NotRead(_));
    for charge in rated.charges.iter_mut().filter(read) {
        charge.native = at_least(&charge.native, &reason);
        charge.amount = at_least(&charge.amount, &reason);
    }
}

fn at_least(figure: &Figure<Decimal>, reason: &Reasons) -> Figure<Decimal> {
    Figure::Unknown { at_least: figure.low(), reasons: figure.reasons().and(reason) }
}
