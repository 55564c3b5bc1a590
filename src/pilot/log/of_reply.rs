//! A reply → the cells of its row: what an API answers, and nothing that only a person knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::Field;
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::catalog::dated::in_force;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::errors::Errors;
use crate::estimate::{EstimateError, find_model, find_route, makers_tool_route, offering};
use crate::problem::Problem;
use crate::request::RequestError;
use crate::unit::Meter;
use crate::usage_log::reply::{Reply, counts};

/// The cells that a row has of a reply; those that are not told are left out.
pub type CellsOfReply = BTreeMap<Field, String>;

/// A reply that is to stand in a log.
#[derive(Debug)]
pub struct LoggedReply {
    /// The id of the request that it answers.
    pub request_id: String,
    /// The reply.
    pub reply: Arc<Reply>,
    /// The day on which it was made where it does not say so itself.
    pub made_on: Option<NaiveDate>,
}

/// Why a reply has no row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoRow {
    /// It is several images.
    #[error(
        "the reply has {0} images, and a row is one: what is billed for several cannot be told apart"
    )]
    SeveralImages(usize),
    /// It does not say when it was made.
    #[error("the reply does not say when it was made, and prices are those of its day")]
    NoDay,
    /// The tier that it was served at is none that a row can name.
    #[error("the reply was served at the tier `{0}`, for which a log has no word")]
    Tier(String),
    /// How it ended without an image is not told.
    #[error("the reply does not tell how it ended without an image: {}", in_words(.0))]
    UnknownStage(BTreeSet<Event>),
    /// Its route cannot be found.
    #[error(transparent)]
    Route(RequestError),
}

impl NoRow {
    /// What to do next, in neutral words.
    pub fn help(&self) -> String {
        match self {
            NoRow::SeveralImages(_) => {
                "ask for one image in each call of a pilot; as a whole it is priced as an estimate"
                    .into()
            }
            NoRow::NoDay => "name the day on which it was made".into(),
            NoRow::Tier(_) => {
                "leave it out: its tokens are billed at rates that no table has".into()
            }
            NoRow::UnknownStage(_) => "write its row by hand, with the error stage".into(),
            NoRow::Route(RequestError::ReplyWithoutModel) => {
                "name the route on which it was made".into()
            }
            NoRow::Route(error) => error.help().unwrap_or_else(|| "name another route".into()),
        }
    }
}

fn in_words(events: &BTreeSet<Event>) -> String {
    match events.is_empty() {
        true => "nothing is said of it".into(),
        false => events.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(" or "),
    }
}

/// The cells of a reply that was made on this route, or on that of its model's maker.
///
/// # Errors
/// Why it has no row, or the problems of the tables that it needs.
pub fn cells(
    catalog: &Catalog,
    LoggedReply { request_id, reply, made_on }: &LoggedReply,
    route: Option<&str>,
) -> Result<Result<CellsOfReply, NoRow>, Errors<Problem>> {
    let route = match route_of(catalog, reply, route) {
        Ok(route) => route,
        Err(EstimateError::Request(errors)) => match errors.0.into_iter().next() {
            Some(error) => return Ok(Err(NoRow::Route(error))),
            None => return Ok(Err(NoRow::Route(RequestError::ReplyWithoutModel))),
        },
        Err(EstimateError::Data(problems)) => return Err(problems),
    };
    let delivered = match ending(reply) {
        Ok(ending) => ending,
        Err(why) => return Ok(Err(why)),
    };
    let Some(day) = reply.created.or(*made_on) else { return Ok(Err(NoRow::NoDay)) };
    if let Some(tier) = reply.other_tier() {
        return Ok(Err(NoRow::Tier(tier.to_owned())));
    }
    let mut cells = BTreeMap::from([
        (Field::Timestamp, day.to_string()),
        (Field::RequestId, request_id.clone()),
        (Field::Route, route.id.to_string()),
        (Field::Model, route.model.clone()),
        (Field::Processing, reply.processed().unwrap_or(Processing::Standard).as_str().to_owned()),
        (Field::Attempt, "1".to_owned()),
    ]);
    cells.extend(reply.size.clone().map(|size| (Field::DeliveredSize, size)));
    cells.extend(reply.quality.clone().map(|quality| (Field::Quality, quality)));
    match delivered {
        Ok(images) => {
            cells.extend(images.map(|count| (Field::Count(Meter::Images), count.to_string())))
        }
        Err(event) => {
            cells.remove(&Field::DeliveredSize);
            cells.insert(Field::ErrorStage, event.as_str().to_owned());
        }
    }
    let model = match find_model(catalog, &route.model) {
        Err(EstimateError::Data(problems)) => return Err(problems),
        found => found.ok(),
    };
    let rules = model.as_ref().and_then(|model| in_force(&model.rules, day).ok());
    if let Some(tokens) = reply.tokens.tokens() {
        let counts = counts(tokens, rules, (None, None));
        for usage in [counts.input.ranges(), counts.output.ranges()] {
            let tokens = Meter::ALL.into_iter().filter(|meter| meter.is_tokens());
            // What is expected of a count is that nothing was cached: that is what an empty cell says.
            let known = tokens.filter_map(|meter| Some((meter, usage.count(meter).expected()?)));
            let known = known.filter(|(_, count)| *count > 0);
            cells.extend(known.map(|(meter, count)| (Field::Count(meter), count.to_string())));
        }
    }
    Ok(Ok(cells))
}

fn route_of(
    catalog: &Catalog,
    reply: &Reply,
    named: Option<&str>,
) -> Result<Arc<Route>, EstimateError> {
    if let Some(name) = named {
        let route = find_route(catalog, name)?;
        // A name that no table has is one of the caller's own, such as that of a deployment: the route settles it.
        return match reply.model.as_deref().map(|model| find_model(catalog, model)) {
            Some(Ok(model)) => offering(catalog, route, &model),
            _ => Ok(route),
        };
    }
    let name = reply.model.as_deref().ok_or(RequestError::ReplyWithoutModel)?;
    let model = find_model(catalog, name)?;
    match reply.mainline {
        Some(_) => makers_tool_route(catalog, &model),
        None => find_route(catalog, &model.makers_route()),
    }
}

/// The image that was delivered, counted if it is listed; or how it ended without one.
fn ending(reply: &Reply) -> Result<Result<Option<usize>, Event>, NoRow> {
    match reply.images.as_deref() {
        Some([]) => {}
        Some([_]) => return Ok(Ok(Some(1))),
        Some(several) => return Err(NoRow::SeveralImages(several.len())),
        None => return Ok(Ok(None)),
    }
    let events: BTreeSet<Event> =
        reply.not_delivered.iter().flat_map(|call| call.events).copied().collect();
    match (events.first(), events.len()) {
        (Some(event), 1) => Ok(Err(*event)),
        _ => Err(NoRow::UnknownStage(events)),
    }
}
