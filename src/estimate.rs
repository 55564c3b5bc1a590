//! The estimate: one request or one reply, through every room in order.
//!
//! ```text
//! model, route, day ─► price version ─┐
//! request ─ settle ─ meter ─► usage ──┼─ rate ─► charges ─ attempts ─► cost per accepted image
//! reply ─────────────────────► usage ─┘
//! ```

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

use crate::attempts::{self, AttemptCost, AttemptRates, RequestCost};
use crate::catalog::dated::in_force;
use crate::catalog::model::{Model, ModelRules, Shutdown};
use crate::catalog::owner::{FailureCharges, OwnerKind};
use crate::catalog::route::{Processing, Route};
use crate::catalog::{Catalog, LookupError};
use crate::figure::Figure;
use crate::metering::{self, Metered};
use crate::money;
use crate::note::{Note, NoteCode};
use crate::problem::Problem;
use crate::rating::{self, Charge, PriceTable, Rated};
use crate::request::{Draft, QualityChoice, Request, RequestError, SizeChoice, settle};
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{self, Reply, ReplyTokens};

/// The model of a request or reply that names none: the main subject of the catalogue.
pub const DEFAULT_MODEL: &str = "gpt-image-2";

/// Where and when to price, and how attempts turn out.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The route, or a unique ending of its id; the model maker's own where none is given.
    pub route: Option<&'a str>,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// Today: a later day is priced at the open version and marked as assumed.
    pub today: NaiveDate,
    /// How attempts turn out.
    pub rates: AttemptRates,
    /// How many accepted images are wanted in all.
    pub accepted_images: Option<u64>,
}

/// A priced request or reply.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// What was priced.
    pub subject: Subject,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// Whether the day is after today, so that its prices are an assumption.
    pub assumed: bool,
    /// The model that makes the image.
    pub model: Arc<Model>,
    /// The route and the version of its prices.
    pub table: PriceTable,
    /// What the image model counts.
    pub usage: Usage,
    /// The lines, for the whole request.
    pub charges: Vec<Charge>,
    /// The sum of the lines.
    pub total: Figure<Decimal>,
    /// The cost of attempts and accepted images.
    pub attempts: AttemptCost,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<String>,
    /// What is to be said of the figures.
    pub notes: Vec<Note>,
    /// What the owner itself publishes as an estimate of one such image. Never part of the total.
    pub published_estimate: Option<Decimal>,
}

/// What was priced.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A request that would be sent.
    Request(Request),
    /// A reply that came back, and how it was processed.
    Reply(Box<Reply>, Processing),
}

impl Subject {
    /// How it is or was processed.
    pub fn processing(&self) -> Processing {
        match self {
            Subject::Request(request) => request.processing,
            Subject::Reply(_, processing) => *processing,
        }
    }
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EstimateError {
    /// It cannot be priced as asked.
    Request(Vec<RequestError>),
    /// A table is wrong.
    Data(Vec<Problem>),
}

impl From<RequestError> for EstimateError {
    fn from(error: RequestError) -> EstimateError {
        EstimateError::Request(vec![error])
    }
}

impl From<Vec<RequestError>> for EstimateError {
    fn from(errors: Vec<RequestError>) -> EstimateError {
        EstimateError::Request(errors)
    }
}

impl From<money::AmountTooLarge> for EstimateError {
    fn from(_: money::AmountTooLarge) -> EstimateError {
        RequestError::TooLarge.into()
    }
}

/// Prices a request.
///
/// # Errors
/// All reasons why it cannot be priced as asked, or the problems of the tables it needs.
pub fn estimate_request(
    catalog: &Catalog,
    draft: &Draft,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let mut place = Place::find(catalog, draft.model.as_deref(), terms)?;
    let rules = place.rules(terms.as_of)?.clone();
    let (request, mut assumptions) = settle(draft, &place.model, &rules)?;
    let Metered { usage, notes, assumptions: metering_assumptions } =
        metering::meter(&request, &rules)?;
    assumptions.extend(metering_assumptions);
    place.assumptions.extend(assumptions);
    place.notes.extend(draft.notes.clone());
    place.notes.extend(notes);
    place.notes.extend(cached_note(&place.table.route, &usage));
    let published_estimate = published_estimate(&request, &place.table.route);
    let images = request.n;
    let rated = rate(&usage, request.processing, &place.table)?;
    place.finish(Subject::Request(request), usage, rated, images, published_estimate, terms)
}

/// What the user knows of a reply besides the reply itself.
#[derive(Debug, Clone, Default)]
pub struct ReplyContext {
    /// The image model, where the reply does not name it.
    pub model: Option<String>,
    /// The mainline model of a Responses reply, where the reply does not name it.
    pub mainline_model: Option<String>,
    /// How it was processed.
    pub processing: Option<Processing>,
    /// Cached text tokens, where the reply does not tell them.
    pub cached_text_tokens: Option<u64>,
    /// Cached image tokens, where the reply does not tell them.
    pub cached_image_tokens: Option<u64>,
}

/// Rates a reply: its counts are taken as they are.
///
/// # Errors
/// All reasons why it cannot be rated, or the problems of the tables it needs.
pub fn estimate_reply(
    catalog: &Catalog,
    reply: Reply,
    context: &ReplyContext,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let named = context.model.as_deref().or(reply.model.as_deref());
    let mut place = Place::find(catalog, named, terms)?;
    check_cached(&reply.tokens, context)?;
    let processing = context.processing.unwrap_or(Processing::Standard);
    let rules = place.rules(terms.as_of).ok();
    let cached = (context.cached_text_tokens, context.cached_image_tokens);
    let mut usage = reply::usage(&reply.tokens, rules, cached);
    let images = reply.images.unwrap_or_else(|| {
        place.assumptions.push("one image, since the reply does not list its images".into());
        1
    });
    usage.set(Meter::Images, Figure::Exact(u64::from(images)), Vec::new());
    usage.set(Meter::Calls, Figure::Exact(1), Vec::new());
    place.notes.extend(other_day_note(&reply, terms));
    let mut rated = rate(&usage, processing, &place.table)?;
    if let Some(mainline) = &reply.mainline {
        let named = context.mainline_model.as_deref().or(mainline.model.as_deref());
        let usage = reply::usage(&mainline.tokens, None, (None, None));
        let more = mainline_charges(catalog, named, &usage, processing, terms)?;
        rated.charges.extend(more.charges);
        rated.notes.extend(more.notes);
    }
    place.finish(Subject::Reply(Box::new(reply), processing), usage, rated, images, None, terms)
}

fn rate(usage: &Usage, processing: Processing, table: &PriceTable) -> Result<Rated, EstimateError> {
    let not_offered = &table.version().not_offered;
    if let Some((_, evidence)) = not_offered.iter().find(|(kind, _)| *kind == processing) {
        return Err(RequestError::NotOffered {
            route: table.route.id.to_string(),
            processing: processing.as_str(),
            source_in_words: evidence.in_words(),
        }
        .into());
    }
    Ok(rating::rate(usage, processing, table)?)
}

/// The mainline model of a Responses reply has a table of its own. Where there is none for it, its
/// tokens are charges without a price, so that the total says what it lacks.
fn mainline_charges(
    catalog: &Catalog,
    model: Option<&str>,
    usage: &Usage,
    processing: Processing,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let own_route = Terms { route: None, ..terms.clone() };
    let place = match model {
        Some(model) => Place::find(catalog, Some(model), &own_route).map_err(|_| {
            format!("no price table for the mainline model `{model}` on {}", terms.as_of)
        }),
        None => Err("the reply does not name its mainline model; give --mainline-model".to_owned()),
    };
    match place {
        Ok(place) => {
            let mut rated = rating::rate(usage, processing, &place.table)?;
            let text = format!(
                "{} made the call; its own tokens are priced by {}",
                place.model.id, place.table.route.id
            );
            rated.notes.push(Note::new(NoteCode::MainlineModel, text));
            Ok(rated)
        }
        Err(reason) => {
            let mut rated = rating::without_table(usage, &reason);
            rated.notes.push(Note::new(NoteCode::MainlineModel, reason));
            Ok(rated)
        }
    }
}

fn check_cached(tokens: &ReplyTokens, context: &ReplyContext) -> Result<(), EstimateError> {
    let given = [
        ("text", context.cached_text_tokens, tokens.text_input),
        ("image", context.cached_image_tokens, tokens.image_input),
    ];
    let errors: Vec<RequestError> = given
        .into_iter()
        .filter_map(|(what, cached, billed)| {
            let cached = cached.filter(|cached| *cached > billed)?;
            Some(RequestError::CachedMoreThanBilled { what, cached, billed })
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

fn other_day_note(reply: &Reply, terms: &Terms) -> Option<Note> {
    let created = reply.created.filter(|created| *created != terms.as_of)?;
    let text = format!(
        "the reply was made on {created} and is rated at the prices of {}; --as-of {created} takes those of its own day",
        terms.as_of
    );
    Some(Note::new(NoteCode::ReplyOfAnotherDay, text))
}

fn cached_note(route: &Route, usage: &Usage) -> Option<Note> {
    let cached = [Meter::CachedTextInput, Meter::CachedImageInput];
    let any = cached.into_iter().any(|meter| usage.count(meter) != Figure::Exact(0));
    (any && route.cached_discount_seen == Some(false)).then(|| {
        let text = "no reply of the Images API has shown the cached discount; count on it only where your replies do";
        Note::new(NoteCode::CachedDiscountNotSeen, text)
    })
}

fn published_estimate(request: &Request, route: &Route) -> Option<Decimal> {
    match (&request.quality, request.size, request.processing) {
        (QualityChoice::Label(label), SizeChoice::Exact(size), Processing::Standard) => {
            route.published_estimates.as_ref()?.of(label, size)
        }
        _ => None,
    }
}

/// The model, the route and the price version of a day, with what was assumed on the way to them.
struct Place {
    model: Arc<Model>,
    table: PriceTable,
    assumptions: Vec<String>,
    notes: Vec<Note>,
}

impl Place {
    fn find(catalog: &Catalog, model: Option<&str>, terms: &Terms) -> Result<Place, EstimateError> {
        let mut assumptions = Vec::new();
        let route = terms.route.map(|name| find_route(catalog, name)).transpose()?;
        let name = match (model, &route) {
            (Some(name), _) => name.to_owned(),
            (None, Some(route)) => route.model.clone(),
            (None, None) => {
                assumptions.push(format!("model {DEFAULT_MODEL}, since none was named"));
                DEFAULT_MODEL.to_owned()
            }
        };
        let model = find_model(catalog, &name)?;
        let route = match route {
            Some(route) if route.model != model.id => {
                return Err(RequestError::OtherModel {
                    route: route.id.to_string(),
                    offered: route.model.clone(),
                    asked: model.id.clone(),
                }
                .into());
            }
            Some(route) => route,
            None => find_route(catalog, &format!("official/{}/{}", model.maker, model.id))?,
        };
        let notes = shutdown_note(&model, &route, terms.as_of)?.into_iter().collect();
        let table = PriceTable::in_force(route.clone(), terms.as_of).map_err(|nearest| {
            let nearest = nearest.map(|period| period.in_words());
            RequestError::NoVersion {
                what: route.id.to_string(),
                day: terms.as_of.to_string(),
                nearest,
            }
        })?;
        Ok(Place { model, table, assumptions, notes })
    }

    fn rules(&self, day: NaiveDate) -> Result<&ModelRules, EstimateError> {
        if self.model.rules.is_empty() {
            return Err(RequestError::MakesNoImages { model: self.model.id.clone() }.into());
        }
        in_force(&self.model.rules, day).map_err(|nearest| {
            let nearest = nearest.map(|period| period.in_words());
            let what = format!("the rules of {}", self.model.id);
            RequestError::NoVersion { what, day: day.to_string(), nearest }.into()
        })
    }

    fn finish(
        self,
        subject: Subject,
        usage: Usage,
        rated: Rated,
        images: u32,
        published_estimate: Option<Decimal>,
        terms: &Terms,
    ) -> Result<Estimate, EstimateError> {
        let Place { model, table, mut assumptions, mut notes } = self;
        let total = rating::total(&rated.charges)?;
        let input = rating::total(rated.charges.iter().filter(|charge| charge.meter.is_input()))?;
        let no_terms = FailureCharges::not_stated();
        let charges = table.route.terms.as_ref().map_or(&no_terms, |terms| &terms.failure_charges);
        let request = RequestCost { total: total.clone(), input, images };
        let attempts = attempts::cost(&request, terms.rates, charges, terms.accepted_images)?;
        let assumed = terms.as_of > terms.today;
        if assumed {
            assumptions.push(format!(
                "the prices of {} are those known today, {}",
                terms.as_of, terms.today
            ));
        }
        notes.extend(rated.notes);
        notes.extend(failure_note(&total, &attempts));
        Ok(Estimate {
            subject,
            as_of: terms.as_of,
            assumed,
            model,
            usage,
            charges: rated.charges,
            total,
            attempts,
            assumptions,
            notes,
            published_estimate,
            table,
        })
    }
}

/// Reasons that the cost per accepted image has beyond those of the request itself.
fn failure_note(total: &Figure<Decimal>, attempts: &AttemptCost) -> Option<Note> {
    let of_request: Vec<&str> = total.reasons().collect();
    let more: Vec<&str> = attempts
        .per_accepted_image
        .reasons()
        .filter(|reason| !of_request.contains(reason))
        .collect();
    (!more.is_empty()).then(|| Note::new(NoteCode::FailureChargeOpen, more.join("; ")))
}

/// A shutdown ends the routes of the model's maker and is a warning on others.
fn shutdown_note(
    model: &Model,
    route: &Route,
    day: NaiveDate,
) -> Result<Option<Note>, RequestError> {
    let Some(shutdown) = &model.shutdown else { return Ok(None) };
    let makers_own = route.id.kind == OwnerKind::Official && route.id.owner == model.maker;
    if makers_own && day >= shutdown.on {
        return Err(shut_down(model, shutdown));
    }
    let tense = if day < shutdown.on { "shuts it down" } else { "has shut it down" };
    let instead = match shutdown.replacements[..] {
        [] => String::new(),
        _ => format!(" and names {} instead", shutdown.replacements.join(", ")),
    };
    let text = format!("{}: its maker {tense} on {}{instead}", model.id, shutdown.on);
    Ok(Some(Note::new(NoteCode::ShutdownAhead, text)))
}

fn shut_down(model: &Model, shutdown: &Shutdown) -> RequestError {
    RequestError::ShutDown {
        model: model.id.clone(),
        maker: model.maker.clone(),
        on: shutdown.on.to_string(),
        last_day: shutdown.on.pred_opt().unwrap_or(shutdown.on).to_string(),
        replacements: shutdown.replacements.clone(),
    }
}

fn find_model(catalog: &Catalog, name: &str) -> Result<Arc<Model>, EstimateError> {
    catalog.model(name).map_err(|error| match error {
        LookupError::Broken(problems) => EstimateError::Data(problems),
        LookupError::NotFound { near } => {
            RequestError::UnknownModel { name: name.to_owned(), near }.into()
        }
        LookupError::Ambiguous { candidates } => {
            RequestError::UnknownModel { name: name.to_owned(), near: candidates }.into()
        }
    })
}

fn find_route(catalog: &Catalog, name: &str) -> Result<Arc<Route>, EstimateError> {
    catalog.route(name).map_err(|error| match error {
        LookupError::Broken(problems) => EstimateError::Data(problems),
        LookupError::NotFound { near } => {
            RequestError::UnknownRoute { name: name.to_owned(), near }.into()
        }
        LookupError::Ambiguous { candidates } => {
            RequestError::AmbiguousRoute { name: name.to_owned(), candidates }.into()
        }
    })
}
