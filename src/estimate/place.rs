//! Where a figure is priced: the model, the route and the price table of a day.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Assumption, ByRule, DEFAULT_MODEL, Estimate, EstimateError, Subject, Terms, notes};
use crate::attempts::{self, CallCost, RequestCost, TurnCosts};
use crate::catalog::dated::in_force;
use crate::catalog::life_cycle::Shutdown;
use crate::catalog::model::Model;
use crate::catalog::model_rules::ModelRules;
use crate::catalog::route::{Route, RouteId};
use crate::catalog::{Catalog, LookupError};
use crate::note::Note;
use crate::rating::{self, Charge, PriceTable, Rated, TableError, purchase};
use crate::reason::Whose;
use crate::request::RequestError;
use crate::unit::Meter;
use crate::usage::Usage;

/// The model, the route and the price version of a day, with what was assumed on the way to them.
#[derive(Debug, Clone)]
pub(crate) struct PricedOn {
    /// The model.
    pub model: Arc<Model>,
    /// The route and the version of its prices.
    pub table: PriceTable,
    /// The day to which the ages of sources count.
    pub aged_on: NaiveDate,
    /// What was assumed on the way.
    pub assumptions: Vec<Assumption>,
    /// What is to be said of it.
    pub notes: Vec<Note>,
}

/// What was priced at a place.
pub(super) struct Priced {
    pub subject: Subject,
    /// What the image model counts.
    pub usage: Usage,
    /// The lines, the mainline model's among them.
    pub rated: Rated,
    /// The images that an attempt asks for.
    pub images: u32,
    /// The turns of a conversation of several.
    pub turns: Option<TurnCosts>,
    /// What the rule says of a reply whose usage is not stated.
    pub by_rule: Option<ByRule>,
    pub published_estimate: Option<Decimal>,
}

/// The route, which must be one for this model.
pub(crate) fn offering(
    catalog: &Catalog,
    route: Arc<Route>,
    model: &Model,
) -> Result<Arc<Route>, EstimateError> {
    if route.model == model.id {
        return Ok(route);
    }
    let beside = find_route(catalog, &route.id.beside(&model.id).to_string()).ok();
    Err(RequestError::OtherModel {
        route: route.id.to_string(),
        offered: route.model.clone(),
        asked: model.id.clone(),
        beside: beside.map(|route| route.id.to_string()),
    }
    .into())
}

/// The route of a model's maker that is meant where none is named.
pub(super) type MakersRoute = fn(&Catalog, &Model) -> Result<Arc<Route>, EstimateError>;

impl PricedOn {
    /// The place that is named, by model or route; of a model alone, the `makers_route`.
    pub(super) fn find(
        catalog: &Catalog,
        model: Option<&str>,
        terms: &Terms,
        makers_route: MakersRoute,
    ) -> Result<PricedOn, EstimateError> {
        let mut assumptions = Vec::new();
        let route = terms.route.map(|name| find_route_of(catalog, name, model)).transpose()?;
        let name = match (model, &route) {
            // What a route's own callers send stands for its model.
            (Some(name), Some(route)) if route.is_asked_for_by(name) => route.model.clone(),
            (Some(name), _) => name.to_owned(),
            (None, Some(route)) => route.model.clone(),
            (None, None) => {
                assumptions.push(Assumption::Model(DEFAULT_MODEL.to_owned()));
                DEFAULT_MODEL.to_owned()
            }
        };
        let model = find_model(catalog, &name)?;
        let route = match route {
            Some(route) => offering(catalog, route, &model)?,
            None => makers_route(catalog, &model)?,
        };
        let mut notes: Vec<Note> =
            shutdown_note(&model, &route, terms.as_of)?.into_iter().collect();
        notes.extend(route.risks.iter().map(|risk| Note::Risk(risk.clone())));
        let table = table_on(catalog, &route, terms.as_of, terms.held_since)?;
        let table = table.assuming(terms.assumed_rates);
        let aged_on = catalog.day_of_knowledge().unwrap_or(terms.as_of);
        Ok(PricedOn { model, table, aged_on, assumptions, notes })
    }

    pub(crate) fn rules(&self, day: NaiveDate) -> Result<&ModelRules, EstimateError> {
        rules_on(&self.model, day)
    }

    /// Lines that were rated here, each open amount with whose rule or terms are open.
    pub(super) fn located(&self, rated: Rated) -> Rated {
        rated.located(&Whose::of(&self.table.route))
    }

    /// Adds notes and assumptions, each once.
    pub(super) fn say(&mut self, notes: Vec<Note>, assumptions: Vec<Assumption>) {
        for note in notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        for assumption in assumptions {
            if !self.assumptions.contains(&assumption) {
                self.assumptions.push(assumption);
            }
        }
    }

    pub(super) fn finish(self, priced: Priced, terms: &Terms) -> Result<Estimate, EstimateError> {
        let whose = Whose::of(&self.table.route);
        let PricedOn { model, table, aged_on, mut assumptions, mut notes } = self;
        let Priced { subject, usage, rated, images, turns, by_rule, published_estimate } = priced;
        let whole = call_cost(&rated.charges)?;
        let total = whole.total.clone();
        let request = RequestCost { whole, images, turns };
        let attempts = attempts::cost(
            &request,
            terms.rates,
            &table.route.terms,
            terms.accepted_images,
            terms.review,
        )?
        .located(&whose);
        let volume = attempts.volume.as_ref();
        let purchase = match (volume, &table.route.funding) {
            (Some(volume), Some(funding)) if funding.changes_the_cash() => {
                let mut bought = purchase::cash(&volume.billed, funding, terms.top_up, terms.fx)?;
                bought.cash = bought.cash.located(&whose);
                Some(bought)
            }
            _ => None,
        };
        notes.extend(purchase.iter().flat_map(|purchase| purchase.notes.clone()));
        notes.extend(notes::of_table(&table, &rated.charges, terms.fx));
        let assumed = terms.as_of > terms.today;
        if assumed {
            assumptions.push(Assumption::LaterDay { day: terms.as_of, today: terms.today });
        }
        assumptions.extend(of_tables(&table, &rated.charges));
        notes.extend(rated.notes);
        if request.images > 0 {
            notes.extend(notes::failure_note(&total, &attempts));
        }
        Ok(Estimate {
            subject,
            as_of: terms.as_of,
            aged_on,
            assumed,
            model,
            usage,
            charges: rated.charges,
            total,
            request_cost: request,
            attempts,
            purchase,
            assumptions,
            notes,
            settled: Vec::new(),
            sensitivities: Vec::new(),
            by_rule,
            published_estimate,
            table,
        })
    }
}

/// The rules of a model on a day.
pub(super) fn rules_on(model: &Model, day: NaiveDate) -> Result<&ModelRules, EstimateError> {
    if model.rules.is_empty() {
        return Err(RequestError::MakesNoImages { model: model.id.clone() }.into());
    }
    in_force(&model.rules, day).map_err(|nearest| {
        let nearest = nearest.map(|period| period.in_words());
        let what = format!("the rules of {}", model.id);
        RequestError::NoVersion { what, day: day.to_string(), nearest }.into()
    })
}

/// What is taken for granted of the days of prices: by the user's word, or since a price was read later.
pub(super) fn of_tables(table: &PriceTable, charges: &[Charge]) -> Vec<Assumption> {
    let mut all: Vec<Assumption> = Vec::new();
    let tables = charges.iter().filter_map(|charge| charge.table.as_ref());
    for table in std::iter::once(table).chain(tables) {
        let held =
            table.supposed.map(|it| Assumption::HeldSince { since: it.since, first: it.first });
        all.extend(held.filter(|held| !all.contains(held)));
    }
    let mut read: BTreeMap<(String, NaiveDate), Vec<Meter>> = BTreeMap::new();
    for charge in charges {
        if let Some((table, on)) = charge.table.as_ref().zip(charge.read_on) {
            read.entry((table.route.id.to_string(), on)).or_default().push(charge.meter);
        }
    }
    for charge in charges {
        if let Some((table, rate)) = charge.table.as_ref().zip(charge.assumed.clone()) {
            let given = Assumption::RateGiven { route: table.route.id.to_string(), rate };
            if !all.contains(&given) {
                all.push(given);
            }
        }
    }
    let later = |((route, on), meters)| Assumption::ReadLater { route, meters, on };
    all.extend(read.into_iter().map(later));
    all
}

/// The cost of charges, and the part of it for what is sent.
pub(crate) fn call_cost(charges: &[Charge]) -> Result<CallCost, EstimateError> {
    let input = rating::total(charges.iter().filter(|charge| charge.meter.is_input()))?;
    Ok(CallCost { total: rating::total(charges)?, input })
}

fn table_on(
    catalog: &Catalog,
    route: &Arc<Route>,
    day: NaiveDate,
    held_since: Option<NaiveDate>,
) -> Result<PriceTable, EstimateError> {
    PriceTable::supposing(catalog, route.clone(), day, held_since)
        .map_err(|error| table_error(error, route, day))
}

/// The price table of a route on a day, if its model is not shut down there.
pub(crate) fn find_table(
    catalog: &Catalog,
    route: &Arc<Route>,
    day: NaiveDate,
) -> Result<PriceTable, EstimateError> {
    refuse_ended(catalog, route, day)?;
    table_on(catalog, route, day, None)
}

/// Refuses a route that has ended by a day.
pub(super) fn refuse_ended(
    catalog: &Catalog,
    route: &Route,
    day: NaiveDate,
) -> Result<(), EstimateError> {
    let model = find_model(catalog, &route.model)?;
    match model.ended(route, day) {
        Some(ended) => Err(shut_down(&model, route, ended).into()),
        None => Ok(()),
    }
}

fn table_error(error: TableError, route: &Route, day: NaiveDate) -> EstimateError {
    let advertised = route.advertised.as_ref().map(|(text, _)| text.clone());
    let look_at = route.look_at();
    let (route, day) = (route.id.to_string(), day.to_string());
    match error {
        TableError::NotKnown { on, from } => {
            RequestError::NotKnown { what: format!("the price of {route}"), on, from }.into()
        }
        TableError::StartStated { since, starts } => {
            RequestError::StartStated { route, since, starts }.into()
        }
        TableError::NoVersion(nearest) => {
            RequestError::NoVersion { what: route, day, nearest }.into()
        }
        TableError::NotPriced(status) => {
            RequestError::NotPriced { route, status, advertised, look_at }.into()
        }
        TableError::NoBasis(why) => RequestError::NoBasis { route, why }.into(),
        TableError::Broken(problems) => EstimateError::Data(problems),
        TableError::TooLarge => RequestError::TooLarge.into(),
    }
}

/// An end of the route refuses it; an end of the model at its maker is a warning on other routes.
fn shutdown_note(
    model: &Model,
    route: &Route,
    day: NaiveDate,
) -> Result<Option<Note>, RequestError> {
    let Some(end) = model.end_of(route) else { return Ok(None) };
    if let Some(ended) = model.ended(route, day) {
        return Err(shut_down(model, route, ended));
    }
    let shutdown = end.shutdown();
    Ok(Some(Note::ShutdownAhead {
        model: model.id.clone(),
        by: who_ends(route),
        on: shutdown.on,
        is_past: day >= shutdown.on,
        replacements: shutdown.replacements.clone(),
    }))
}

/// The name of the owner that ends a route of its own; none where the model's maker ends the model.
fn who_ends(route: &Route) -> Option<String> {
    route.shutdown.as_ref().map(|_| route.owner_name.clone())
}

fn shut_down(model: &Model, route: &Route, shutdown: &Shutdown) -> RequestError {
    RequestError::ShutDown {
        model: model.id.clone(),
        by: who_ends(route),
        on: shutdown.on.to_string(),
        last_day: shutdown.on.pred_opt().unwrap_or(shutdown.on).to_string(),
        replacements: shutdown.replacements.clone(),
    }
}

/// The maker's own route of a model.
pub(super) fn makers_own(catalog: &Catalog, model: &Model) -> Result<Arc<Route>, EstimateError> {
    find_route(catalog, &model.makers_route())
}

/// The model of a name: its own, one with its maker before it, or what routes to it take.
pub(crate) fn find_model(catalog: &Catalog, name: &str) -> Result<Arc<Model>, EstimateError> {
    let near = match catalog.model(name) {
        Ok(model) => return Ok(model),
        Err(LookupError::Broken(problems)) => return Err(EstimateError::Data(problems)),
        Err(LookupError::NotFound { near }) => near,
        Err(LookupError::Ambiguous { candidates }) => candidates,
        Err(LookupError::NotKnown { name, on, from }) => {
            return Err(RequestError::NotKnown { what: name, on, from }.into());
        }
    };
    match owner_before_model(catalog, name).or_else(|| name_of_routes(catalog, name)) {
        Some(found) => Ok(found?),
        None => Err(RequestError::UnknownModel { name: name.to_owned(), near }.into()),
    }
}

/// `openai/gpt-image-2` is the model with its maker before it. In `azure/gpt-image-2` another owner stands there: which
/// owner's price is meant is said by a route.
fn owner_before_model(catalog: &Catalog, name: &str) -> Option<Result<Arc<Model>, RequestError>> {
    let (before, model) = name.rsplit_once('/')?;
    let owner = before.rsplit('/').next().unwrap_or(before);
    let model = catalog.model(model).ok()?;
    let sells = |id: &&RouteId| {
        id.name.split('@').next() == Some(model.id.as_str())
            && catalog.owner(id.kind, &id.owner).is_ok_and(|known| known.is_called(owner))
    };
    let routes: Vec<String> =
        catalog.route_ids().iter().filter(sells).map(|id| id.to_string()).collect();
    if routes.contains(&model.makers_route()) {
        return Some(Ok(model));
    }
    let model = model.id.clone();
    Some(Err(RequestError::OwnerBeforeModel { name: name.to_owned(), model, routes }))
}

/// What a name is that callers of some routes send as the model.
fn name_of_routes(catalog: &Catalog, name: &str) -> Option<Result<Arc<Model>, RequestError>> {
    let routes = catalog.routes_asked_for_by(name);
    let model = catalog.model(&routes.first()?.model).ok()?;
    if routes.iter().any(|route| route.id.to_string() == model.makers_route()) {
        return Some(Ok(model));
    }
    let routes = routes.iter().map(|route| route.id.to_string()).collect();
    Some(Err(RequestError::NameOfRoutes { name: name.to_owned(), routes }))
}

pub(crate) fn find_route(catalog: &Catalog, name: &str) -> Result<Arc<Route>, EstimateError> {
    find_route_of(catalog, name, None)
}

/// The route of a name; where there is none, those of the model are named first among what may be meant.
fn find_route_of(
    catalog: &Catalog,
    name: &str,
    model: Option<&str>,
) -> Result<Arc<Route>, EstimateError> {
    catalog.route(name).map_err(|error| match error {
        LookupError::Broken(problems) => EstimateError::Data(problems),
        LookupError::NotFound { near } => {
            let near = model.map_or(near, |_| catalog.routes_like(name, model));
            RequestError::UnknownRoute { name: name.to_owned(), near }.into()
        }
        LookupError::Ambiguous { candidates } => {
            RequestError::AmbiguousRoute { name: name.to_owned(), candidates }.into()
        }
        LookupError::NotKnown { name, on, from } => {
            RequestError::NotKnown { what: name, on, from }.into()
        }
    })
}
