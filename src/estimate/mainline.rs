//! The mainline model that calls the image model: its own tokens, by its own table.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::place::{PricedOn, find_model, find_route, makers_own, refuse_ended};
use super::{EstimateError, Terms};
use crate::catalog::Catalog;
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::image_tool::ImageTool;
use crate::catalog::model::Model;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::help::MainlineValue;
use crate::metering::prompt::count_tokens;
use crate::near::near_matches;
use crate::note::{Note, SecondModel};
use crate::rating::{self, Facts, Part, Rated};
use crate::reason::{Pricing, Reason};
use crate::request::{Draft, MainlineTurn, Prompt, Request, RequestError};
use crate::unit::Meter;
use crate::usage::Usage;

/// The maker's route on which a mainline model calls a model.
pub(crate) fn makers_tool_route(
    catalog: &Catalog,
    model: &Model,
) -> Result<Arc<Route>, EstimateError> {
    match find_route(catalog, &model.makers_tool_route()) {
        Err(EstimateError::Request(_)) if model.rules.is_empty() => {
            Err(RequestError::MakesNoImages { model: model.id.clone() }.into())
        }
        Err(EstimateError::Request(_)) => {
            let routes =
                catalog.route_ids().iter().filter_map(|id| catalog.route(&id.to_string()).ok());
            let known = routes.filter(|route| route.image_tool.is_some());
            let known = known.map(|route| route.id.to_string()).collect();
            Err(RequestError::NoToolRoute { model: model.id.clone(), known }.into())
        }
        found => found,
    }
}

/// Refuses what is said of a mainline model on a route where the image model is called itself.
pub(crate) fn refuse_mainline(
    catalog: &Catalog,
    draft: &Draft,
    route: &Route,
) -> Result<(), EstimateError> {
    let said = draft.said_of_conversation();
    if said.is_empty() || route.image_tool.is_some() {
        return Ok(());
    }
    let model = find_model(catalog, &route.model)?;
    let instead = makers_tool_route(catalog, &model).ok().map(|route| route.id.to_string());
    Err(RequestError::NoMainlineModel { route: route.id.to_string(), said, instead }.into())
}

/// One turn of the mainline model, on a route on which one calls the image model; no charges elsewhere.
/// What is not given of it is unknown, since a total without it would be too low.
pub(super) fn turn(
    catalog: &Catalog,
    request: &Request,
    route: &Route,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let Some(tool) = &route.image_tool else { return Ok(Rated::default()) };
    let asked = &request.mainline;
    let missing = missing(asked);
    let usage = usage(asked, &missing);
    let mut rated = match &asked.model {
        None => rating::without_table(&usage, missing),
        Some(name) => {
            let model = known_model(catalog, name, tool, route)?;
            // The bill of a route is its owner's: nobody else's price of the mainline model counts.
            let own = route.id.beside(&model).to_string();
            if let Ok(table) = find_route(catalog, &own) {
                refuse_ended(catalog, &table, terms.as_of)?;
            }
            let own = Terms { route: Some(&own), ..terms.clone() };
            let does = SecondModel::Calls;
            let mut rated = charges(catalog, &model, does, &usage, request.processing, &own)?;
            rated.notes.push(Note::MainlineEvidence(tool.evidence.clone()));
            rated
        }
    };
    let several = request.turns > NonZeroU32::MIN;
    if several || !asked.is_empty() {
        let rows = tool.not_counted.iter().filter(|row| several || !row.of_later_turns);
        rated.notes.extend(rows.map(|row| Note::NotCounted {
            what: row.text.clone(),
            evidence: row.evidence.clone(),
        }));
    }
    Ok(rated.of(&Part::Mainline))
}

/// What is given and what is missing, as the reason of what is unknown without it.
fn missing(asked: &MainlineTurn) -> Pricing {
    let values = [
        (MainlineValue::Model, asked.model.is_some()),
        (MainlineValue::InputTokens, asked.input_tokens.is_some()),
        (MainlineValue::OutputTokens, asked.output_tokens.is_some()),
    ];
    Pricing::MainlineNotGiven(values.into())
}

fn usage(asked: &MainlineTurn, missing: &Pricing) -> Usage {
    let MainlineTurn { input_tokens, cached_tokens, output_tokens, text, .. } = asked;
    let cached = cached_tokens.unwrap_or(0);
    let rest = input_tokens.map(|tokens| tokens.saturating_sub(cached));
    let figure = |tokens: Option<u64>, least: u64| {
        tokens.map_or_else(|| Figure::unknown(least, missing.clone()), Figure::Exact)
    };
    let counted = text.as_ref().filter(|_| input_tokens.is_none());
    let how_read = match counted {
        Some(_) => READ_AT_LEAST,
        None => "read by the mainline model, without cached, as given",
    };
    let least = counted.map_or(0, tokens_of).saturating_sub(cached);
    let mut usage = Usage::default();
    let mut set = |meter, count, how: &str| usage.set(meter, count, vec![how.to_owned()]);
    set(Meter::TextInput, figure(rest, least), how_read);
    set(
        Meter::CachedTextInput,
        Figure::Exact(cached),
        "read by the mainline model from a cache, as given",
    );
    set(Meter::TextOutput, figure(*output_tokens, 0), "written by the mainline model, as given");
    usage
}

fn tokens_of(text: &Prompt) -> u64 {
    match text {
        Prompt::Text(text) => count_tokens(text),
        Prompt::Tokens(tokens) | Prompt::BilledTokens(tokens) => *tokens,
    }
}

/// How the least that a mainline model reads comes about.
const READ_AT_LEAST: &str = "read by the mainline model: counted from the text of the body (o200k_base), to which the definition of the tool, \
     images and earlier turns add what is not known";

/// The id of a mainline model of the tool.
fn known_model(
    catalog: &Catalog,
    name: &str,
    tool: &ImageTool,
    route: &Route,
) -> Result<String, EstimateError> {
    let id = catalog.model(name).map_or_else(|_| name.to_owned(), |model| model.id.clone());
    let known = &tool.mainline_models;
    if known.contains(&id) {
        return Ok(id);
    }
    let near = near_matches(name, known.iter().map(String::as_str));
    Err(RequestError::UnknownMainlineModel {
        name: name.to_owned(),
        route: route.id.to_string(),
        near: near.into_iter().map(str::to_owned).collect(),
        known: known.clone(),
    }
    .into())
}

/// The charges of a mainline model by the table that `terms` names, else by its maker's. Where there is
/// none for the day, they are charges without a price, so that the total says what it lacks.
pub(super) fn charges(
    catalog: &Catalog,
    model: &str,
    does: SecondModel,
    usage: &Usage,
    processing: Processing,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let place = match PricedOn::find(catalog, Some(model), terms, makers_own) {
        Ok(place) => place,
        Err(EstimateError::Request(_)) => {
            let reason = Pricing::NoMainlineTable { model: model.into(), day: terms.as_of };
            return Ok(unpriced(usage, reason));
        }
        Err(broken) => return Err(broken),
    };
    let rated = rating::rate(usage, &facts(processing), &place.table, terms.fx)?;
    let mut rated = place.located(rated);
    rated.notes.extend(place.notes);
    let model = place.model.id.clone();
    let route = place.table.route.id.to_string();
    rated.notes.push(Note::MainlineModel { model: model.clone(), does, route });
    if let Some(stated) = place.table.version().evidence.note.clone() {
        rated.notes.push(Note::PriceEvidence { of: Some(model), stated });
    }
    Ok(rated)
}

/// The charges of a mainline model that cannot be priced.
pub(super) fn unpriced(usage: &Usage, reason: impl Into<Reason>) -> Rated {
    let reason = reason.into();
    let mut rated = rating::without_table(usage, reason.clone());
    rated.notes.push(Note::MainlineNotPriced(reason.into()));
    rated
}

fn facts(processing: Processing) -> Facts {
    Facts {
        processing,
        mode: Mode::Generate,
        quality: None,
        size: None,
        labels: Vec::new(),
        resolution: None,
        format: None,
    }
}
