//! The comparison: the same work over every route that offers it, each row its owner's.
//!
//! ```text
//! drafts (models × qualities × sizes) × routes ─ estimate ─► rows ─ section, ratio to official ─ sort ─► answers
//! ```

mod answer;
mod cheapest;
mod left_out;
mod mainline;
mod moved;
mod own_prices;
mod ranking;
mod related;
mod section;
mod subscription;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::sync::Arc;

use crate::catalog::route::{Honoured, Route, Status};
use crate::catalog::{Catalog, LookupError};
use crate::errors::Errors;
use crate::estimate::{
    DEFAULT_MODEL, Estimate, EstimateError, ReplyContext, Terms, estimate_reply, estimate_work,
};
use crate::figure::Figure;
use crate::request::{Draft, LeftOut, RequestError};
use crate::usage_log::reply::Reply;

pub use answer::{Answer, answers};
pub use cheapest::{Candidate, Cheapest, cheapest};
pub use left_out::NotAskable;
pub use ranking::Ranking;
pub use related::ratio;
pub use section::Section;
pub use subscription::{Offer, offers};

/// What is compared.
#[derive(Debug, Clone)]
pub struct Question {
    /// The work, one draft for each combination of model, quality and size; for a reply, its model.
    pub drafts: Vec<Draft>,
    /// A reply whose counts are rated on every route, instead of drafts that are metered.
    pub reply: Option<(Reply, ReplyContext)>,
    /// Only these routes, by a unique ending of their ids; all if empty.
    pub routes: Vec<String>,
    /// Only these owners; all if empty.
    pub owners: Vec<String>,
    /// What costs are related to.
    pub baseline: Baseline,
    /// The order within a section.
    pub order: Order,
}

impl Question {
    /// One piece of work over all routes, by cost, related to the official price.
    pub fn of(draft: Draft) -> Question {
        Question {
            drafts: vec![draft],
            reply: None,
            routes: Vec::new(),
            owners: Vec::new(),
            baseline: Baseline::Official,
            order: Order::Cost,
        }
    }
}

/// A body of which every route is asked for the same, for one of these models where it names none: what each
/// route makes of what a body leaves out is not one product.
///
/// # Errors
/// No model is named at all.
pub fn same_for_all(body: Draft, models: &[String]) -> Result<Draft, RequestError> {
    match body.model.is_none() && models.is_empty() {
        true => Err(RequestError::BodyWithoutModel),
        false => Ok(Draft { left_out: LeftOut::Compared, ..body }),
    }
}

/// What costs are related to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Baseline {
    /// The model maker's own route, for the same model, size and quality.
    Official,
    /// A route, for the same model, size and quality.
    Route(String),
    /// An amount in US dollars per accepted image: today's cost.
    Amount(Decimal),
}

/// The order of rows within a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// By cost per accepted image, what is unknown last.
    Cost,
    /// By the price owner's name.
    Owner,
    /// By the date of the source, the newest first.
    Date,
}

impl Order {
    /// Every order.
    pub const ALL: [Order; 3] = [Order::Cost, Order::Owner, Order::Date];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Cost => "cost",
            Order::Owner => "owner",
            Order::Date => "date",
        }
    }
}

/// The rows of a comparison.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// The rows, by section and order.
    pub rows: Vec<RouteEstimate>,
    /// The pieces of work, in the order in which they were asked for.
    pub works: Vec<Work>,
    /// The order of rows within a section.
    pub order: Order,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// The day to which the ages of sources count: the day of knowledge where one is named, else that of the prices.
    pub aged_on: NaiveDate,
    /// Subscriptions, which are no price for API work.
    pub offers: Vec<Offer>,
    /// Work that a model cannot be asked for while another can.
    pub left_out: Vec<NotAskable>,
}

/// One route for one piece of work.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RouteEstimate {
    /// Where it stands.
    pub section: Section,
    /// The route.
    pub route: Arc<Route>,
    /// The work.
    pub work: Work,
    /// Its estimate, or why it cannot be priced.
    pub outcome: Result<Box<Estimate>, Errors<RequestError>>,
    /// The cost per accepted image over that of the model maker's own route; `None` where either is not known in full.
    pub ratio_to_official: Option<Figure<Decimal>>,
    /// The same over the baseline that was asked for; `None` without one as well.
    pub ratio_to_baseline: Option<Figure<Decimal>>,
    /// Whether the model's maker has shut it down on this route.
    pub retired: bool,
    /// Of a route under the user's own contract: what the same work costs by the owner's list.
    pub by_list: Option<Figure<Decimal>>,
    /// Whether the user holds the list to be wrong and has a correction among the rows.
    pub corrected: bool,
}

/// What tells one piece of work from another in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The model.
    pub model: String,
    /// The size asked for, if any.
    pub size: Option<String>,
    /// The quality asked for, if any.
    pub quality: Option<String>,
}

impl Work {
    /// Model, size and quality, as far as they are named.
    pub fn in_words(&self) -> String {
        let parts = [Some(&self.model), self.size.as_ref(), self.quality.as_ref()];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

/// Prices the work over the routes.
///
/// # Errors
/// A request that is illegal for every model asked for, an unknown model, route or owner, or tables
/// that are wrong.
pub fn compare(
    catalog: &Catalog,
    question: &Question,
    terms: &Terms,
) -> Result<Comparison, EstimateError> {
    let routes = crate::estimate::find_routes(catalog, &question.routes, &question.owners)?;
    let mut rows = Vec::new();
    let mut illegal = Vec::new();
    let mut left_out = Vec::new();
    let mut works = Vec::new();
    for draft in &question.drafts {
        let model = draft.model.as_deref().unwrap_or(DEFAULT_MODEL);
        let model = crate::estimate::find_model(catalog, model)?;
        let work = Work {
            model: model.id.clone(),
            size: draft.size.clone(),
            quality: draft.quality.clone(),
        };
        if question.reply.is_none()
            && let Err(errors) = legal(draft, &model, terms)
        {
            illegal.push(errors.clone());
            left_out.push(NotAskable { work, errors });
            continue;
        }
        works.push(work.clone());
        for route in routes.iter().filter(|route| route.model == model.id) {
            rows.push(row(catalog, route, draft, &work, question, terms)?);
        }
    }
    if rows.is_empty()
        && let Some(errors) = illegal.into_iter().next()
    {
        return Err(errors.into());
    }
    mainline::refuse_without_tool_route(catalog, question, &rows)?;
    relate(&mut rows, catalog, question, terms)?;
    own_prices::beside_lists(&mut rows);
    sort(&mut rows, question.order);
    let offers = offers(&routes, &rows, terms.fx);
    let order = question.order;
    let aged_on = catalog.day_of_knowledge().unwrap_or(terms.as_of);
    let mut found =
        Comparison { rows, works, order, as_of: terms.as_of, aged_on, offers, left_out };
    moved::of_answers(&mut found, catalog, question, terms)?;
    Ok(found)
}

/// Whether the work can be asked of its model at all: every route would refuse it for the same reasons.
fn legal(
    draft: &Draft,
    model: &crate::catalog::model::Model,
    terms: &Terms,
) -> Result<(), Errors<RequestError>> {
    if model.rules.is_empty() {
        return Err(vec![RequestError::MakesNoImages { model: model.id.clone() }].into());
    }
    match crate::catalog::dated::in_force(&model.rules, terms.as_of) {
        Ok(rules) => {
            crate::request::settle(draft, model, rules, terms.resolution, terms.as_of).map(|_| ())
        }
        Err(_) => Ok(()),
    }
}

fn row(
    catalog: &Catalog,
    route: &Arc<Route>,
    draft: &Draft,
    work: &Work,
    question: &Question,
    terms: &Terms,
) -> Result<RouteEstimate, EstimateError> {
    let id = route.id.to_string();
    let at_route = Terms { route: Some(&id), ..terms.clone() };
    let estimate = match &question.reply {
        Some((reply, context)) => estimate_reply(catalog, reply.clone(), context, &at_route),
        None => estimate_work(catalog, draft, &at_route),
    };
    let mut retired = false;
    let outcome = match estimate {
        Ok(estimate) => Ok(Box::new(estimate)),
        Err(EstimateError::Request(errors)) if errors.iter().any(mainline::is_mistaken) => {
            return Err(errors.into());
        }
        Err(EstimateError::Request(errors)) => {
            retired = errors.iter().any(|error| matches!(error, RequestError::ShutDown { .. }));
            Err(errors)
        }
        Err(broken) => return Err(broken),
    };
    let section = Section::of(route, &outcome);
    Ok(RouteEstimate {
        section,
        route: route.clone(),
        work: work.clone(),
        outcome,
        ratio_to_official: None,
        ratio_to_baseline: None,
        retired,
        by_list: None,
        corrected: false,
    })
}

impl RouteEstimate {
    /// The cost per accepted image, if the row is priced.
    pub fn cost(&self) -> Option<&Figure<Decimal>> {
        self.outcome.as_ref().ok().map(|estimate| &estimate.attempts.per_accepted_image)
    }

    /// Whether the row stands where rows are compared, and its route is stated to make the size and the
    /// quality asked for.
    pub fn is_the_product(&self) -> bool {
        self.section.is_comparable()
            && !self.corrected
            && self.route.size_honoured == Honoured::Yes
            && self.route.quality_honoured == Honoured::Yes
    }

    /// What a limit is held against: [`Estimate::limited_cost`], if the row is priced and the sum can be kept.
    pub fn limited_cost(&self) -> Option<Figure<Decimal>> {
        self.outcome.as_ref().ok()?.limited_cost().ok()
    }

    /// Whether the route is not for API work at all.
    pub fn is_subscription(&self) -> bool {
        self.route.status == Status::SubscriptionOnly
    }
}

/// Sets each row's ratios: to the official price of its own work, and to the baseline that was asked for.
fn relate(
    rows: &mut [RouteEstimate],
    catalog: &Catalog,
    question: &Question,
    terms: &Terms,
) -> Result<(), EstimateError> {
    let works: Vec<Work> = rows.iter().map(|row| row.work.clone()).collect();
    for draft in &question.drafts {
        let Some(work) = works.iter().find(|work| is_work_of(work, draft)) else { continue };
        let base = |to: &Baseline, rows: &[RouteEstimate]| {
            base(to, rows, work, draft, catalog, question, terms)
        };
        let official = base(&Baseline::Official, rows)?;
        let baseline = match &question.baseline {
            Baseline::Official => None,
            asked => base(asked, rows)?,
        };
        for row in rows.iter_mut().filter(|row| is_work_of(&row.work, draft)) {
            let over = |base: &Option<Figure<Decimal>>| ratio(row.cost()?, base.as_ref()?);
            (row.ratio_to_official, row.ratio_to_baseline) = (over(&official), over(&baseline));
        }
    }
    Ok(())
}

fn is_work_of(work: &Work, draft: &Draft) -> bool {
    let same_model = draft.model.as_ref().is_none_or(|model| *model == work.model);
    same_model && work.size == draft.size && work.quality == draft.quality
}

/// The cost that a piece of work is related to. The baseline is priced anew where it is not
/// among the rows.
fn base(
    to: &Baseline,
    rows: &[RouteEstimate],
    work: &Work,
    draft: &Draft,
    catalog: &Catalog,
    question: &Question,
    terms: &Terms,
) -> Result<Option<Figure<Decimal>>, EstimateError> {
    let id = match to {
        Baseline::Amount(amount) => return Ok(Some(Figure::Exact(*amount))),
        Baseline::Route(name) => crate::estimate::find_route(catalog, name)?.id.to_string(),
        Baseline::Official => crate::estimate::find_model(catalog, &work.model)?.makers_route(),
    };
    let among = rows.iter().find(|row| row.work == *work && row.route.id.to_string() == id);
    if let Some(row) = among {
        return Ok(row.cost().cloned());
    }
    let route = match catalog.route(&id) {
        Ok(route) => route,
        Err(LookupError::Broken(problems)) => return Err(EstimateError::Data(problems)),
        Err(_) => return Ok(None),
    };
    let row = row(catalog, &route, draft, work, question, terms)?;
    Ok(row.cost().cloned())
}

fn sort(rows: &mut [RouteEstimate], order: Order) {
    rows.sort_by(|a, b| a.section.cmp(&b.section).then_with(|| order.compare(a, b)));
}

impl Order {
    /// Which of two rows comes first, whatever their section.
    pub fn compare(self, a: &RouteEstimate, b: &RouteEstimate) -> Ordering {
        let name = |row: &RouteEstimate| row.route.owner_name.to_lowercase();
        let within = match self {
            Order::Cost => cost_key(a).cmp(&cost_key(b)),
            Order::Owner => name(a).cmp(&name(b)),
            Order::Date => seen(b).cmp(&seen(a)),
        };
        within.then_with(|| a.route.id.cmp(&b.route.id))
    }
}

/// Exact costs and ranges by their most, then what is unknown, which is not ranked.
fn cost_key(row: &RouteEstimate) -> (bool, Decimal, Decimal) {
    match row.cost() {
        Some(cost) => (cost.high().is_none(), cost.high().unwrap_or_default(), cost.low()),
        None => (true, Decimal::ZERO, Decimal::ZERO),
    }
}

fn seen(row: &RouteEstimate) -> Option<NaiveDate> {
    row.outcome.as_ref().ok().and_then(|estimate| estimate.rests_on().seen())
}
