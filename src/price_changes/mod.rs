//! What changed between two sides: two days, two routes or two catalogues.
//!
//! ```text
//! sides, selection ─ pairs ─► routes A and B ─ price tables ─┬ rates ──► which prices moved
//!                                                            ├ details ► unit, classes, rounding
//!                                    draft, terms ─ estimate ┴ cost ───► what that does to a request
//! ```
//!
//! The resolved tables are compared, so that a list that moves shows up on the tables that rest on it.
//! To swap the sides mirrors the result.

mod conditions;
mod cost;
mod details;
mod files;
mod pairs;
mod rates;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::catalog::Catalog;
use crate::catalog::model::Model;
use crate::catalog::route::Route;
use crate::estimate::{EstimateError, Terms, find_model, find_table};
use crate::rating::{FxRates, PriceTable};
use crate::request::{Draft, RequestError};

pub(crate) use conditions::{covers, overlap};
pub use cost::{CostChange, CostOf};
pub use details::DetailChange;
pub use files::{ModelChange, VersionChange, What};
pub use rates::{Difference, RateChange, RatePrice, RateState, TableRates};
pub(crate) use rates::{charged, possible};

/// Something on side A and on side B.
pub type Both<T> = [T; 2];

/// What is compared with what.
#[derive(Clone, Copy)]
pub enum Sides<'a> {
    /// The same routes on two days.
    Days(&'a Catalog, Both<NaiveDate>),
    /// Two routes (ids or unique endings) on the same day.
    Routes(&'a Catalog, Both<&'a str>, NaiveDate),
    /// The same routes in two catalogues on the same day.
    Catalogs(Both<&'a Catalog>, NaiveDate),
}

impl<'a> Sides<'a> {
    /// The catalogue of each side.
    pub fn catalogs(&self) -> Both<&'a Catalog> {
        match *self {
            Sides::Days(catalog, _) | Sides::Routes(catalog, ..) => [catalog, catalog],
            Sides::Catalogs(catalogs, _) => catalogs,
        }
    }

    /// The day of each side.
    pub fn days(&self) -> Both<NaiveDate> {
        match *self {
            Sides::Days(_, days) => days,
            Sides::Routes(.., day) | Sides::Catalogs(_, day) => [day, day],
        }
    }
}

/// Which routes of two days or catalogues are compared.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these routes, by unique endings of their ids; all if empty.
    pub routes: Vec<String>,
    /// Only these owners; all if empty.
    pub owners: Vec<String>,
    /// Only routes to this model.
    pub model: Option<String>,
}

/// A request or volume whose cost is compared, too.
#[derive(Debug, Clone)]
pub struct Work<'a> {
    /// The request; where it names no model, each route is asked for its own.
    pub draft: Draft,
    /// How it turns out; its route and day are those of each side.
    pub terms: Terms<'a>,
}

/// What changed.
#[derive(Debug, Clone)]
pub struct PriceChanges {
    /// The day of each side.
    pub days: Both<NaiveDate>,
    /// How many routes have a price on at least one side.
    pub compared: usize,
    /// How many routes have a price on neither side and are the same on both.
    pub unpriced: usize,
    /// The routes that changed, by id; of two routes always the pair, and beside a cost those whose model differs.
    pub routes: Vec<RouteChange>,
    /// Models that their maker shuts down between the two days.
    pub shutdowns: Vec<Arc<Model>>,
    /// Models that differ between two catalogues.
    pub models: Vec<ModelChange>,
    /// What the costs are of, if a request or volume is compared.
    pub cost_of: Option<CostOf>,
}

/// A route, or two, on both sides.
#[derive(Debug, Clone)]
pub struct RouteChange {
    /// Where it stands on each side.
    pub sides: Both<RouteSide>,
    /// The prices that differ, and how many do not; empty unless both sides are priced.
    pub rates: TableRates,
    /// What else decides the cost and differs.
    pub details: Vec<DetailChange>,
    /// Versions that differ, of two catalogues.
    pub versions: Vec<VersionChange>,
    /// What differs besides the versions, of two catalogues.
    pub others: Vec<&'static str>,
    /// What it does to the request or volume.
    pub cost: Option<CostChange>,
}

/// Where a route stands on one side.
#[derive(Debug, Clone)]
pub enum RouteSide {
    /// This catalogue does not have it.
    NotThere,
    /// It has no price table to rate with.
    Unpriced(Arc<Route>, RequestError),
    /// It has one.
    Priced(PriceTable),
}

/// What became of a route from side A to side B.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricedSides {
    /// Priced on both sides.
    Both,
    /// Priced on side B only.
    Starts,
    /// Priced on side A only.
    Ends,
    /// Priced on neither.
    Neither,
}

impl RouteSide {
    /// The route, if it is there.
    pub fn route(&self) -> Option<&Arc<Route>> {
        match self {
            RouteSide::NotThere => None,
            RouteSide::Unpriced(route, _) => Some(route),
            RouteSide::Priced(table) => Some(&table.route),
        }
    }

    /// The price table, if there is one.
    pub fn table(&self) -> Option<&PriceTable> {
        match self {
            RouteSide::Priced(table) => Some(table),
            _ => None,
        }
    }
}

impl RouteChange {
    /// What became of the route.
    pub fn priced_sides(&self) -> PricedSides {
        match self.sides.each_ref().map(|side| side.table().is_some()) {
            [true, true] => PricedSides::Both,
            [false, true] => PricedSides::Starts,
            [true, false] => PricedSides::Ends,
            [false, false] => PricedSides::Neither,
        }
    }

    /// Whether anything differs between the sides.
    pub fn differs(&self) -> bool {
        let there = self.sides.each_ref().map(|side| side.route().is_some());
        matches!(self.priced_sides(), PricedSides::Starts | PricedSides::Ends)
            || there[0] != there[1]
            || !self.rates.changed.is_empty()
            || !self.details.is_empty()
            || !self.versions.is_empty()
            || !self.others.is_empty()
    }
}

impl PriceChanges {
    /// Whether anything differs between the sides.
    pub fn anything(&self) -> bool {
        self.routes.iter().any(RouteChange::differs) || !self.models.is_empty()
    }
}

/// Compares the sides.
///
/// # Errors
/// Unknown routes, owners or models, or the problems of tables that are wrong.
pub fn price_changes(
    sides: &Sides,
    selection: &Selection,
    work: Option<&Work>,
    fx: &FxRates,
) -> Result<PriceChanges, EstimateError> {
    let (mut compared, mut unpriced, mut routes) = (0, 0, Vec::new());
    let pairs = pairs::pairs(sides, selection)?;
    let models = match sides {
        Sides::Catalogs(catalogs, _) => files::models(catalogs)?,
        _ => Vec::new(),
    };
    for pair in &pairs {
        let mut change = route_change(sides, pair, fx)?;
        if change.priced_sides() == PricedSides::Neither && !change.differs() {
            unpriced += 1;
        } else {
            compared += 1;
        }
        // With the rules of its model, the cost of a route may differ and its table be the same.
        let is_model = |model: &ModelChange| pair.iter().flatten().any(|it| it.model == model.id);
        let is_priced = work.is_some() && change.priced_sides() == PricedSides::Both;
        let may_cost_other = is_priced && models.iter().any(is_model);
        if change.differs() || may_cost_other || matches!(sides, Sides::Routes(..)) {
            change.cost = work.map(|work| cost::change(sides, &change, work)).transpose()?;
            routes.push(change);
        }
    }
    Ok(PriceChanges {
        days: sides.days(),
        compared,
        unpriced,
        routes,
        shutdowns: shutdowns(sides, &pairs)?,
        models,
        cost_of: work.map(CostOf::of),
    })
}

fn route_change(
    sides: &Sides,
    pair: &pairs::Pair,
    fx: &FxRates,
) -> Result<RouteChange, EstimateError> {
    let standings = [standing(sides, pair, 0)?, standing(sides, pair, 1)?];
    let (rates, details) = match &standings {
        [RouteSide::Priced(a), RouteSide::Priced(b)] => {
            let tables = [a, b];
            (rates::changes(tables, fx)?, details::changes(tables))
        }
        _ => Default::default(),
    };
    let (versions, others) = match (sides, pair) {
        (Sides::Catalogs(..), [Some(a), Some(b)]) => {
            (files::versions([a, b]), files::others([a, b]))
        }
        _ => Default::default(),
    };
    Ok(RouteChange { sides: standings, rates, details, versions, others, cost: None })
}

fn standing(sides: &Sides, pair: &pairs::Pair, side: usize) -> Result<RouteSide, EstimateError> {
    let Some(route) = &pair[side] else { return Ok(RouteSide::NotThere) };
    match find_table(sides.catalogs()[side], route, sides.days()[side]) {
        Ok(table) => Ok(RouteSide::Priced(table)),
        Err(EstimateError::Request(mut reasons)) if !reasons.is_empty() => {
            Ok(RouteSide::Unpriced(route.clone(), reasons.0.remove(0)))
        }
        Err(broken) => Err(broken),
    }
}

/// The models of the routes whose shutdown lies after one day and not after the other.
fn shutdowns(sides: &Sides, pairs: &[pairs::Pair]) -> Result<Vec<Arc<Model>>, EstimateError> {
    let Sides::Days(catalog, [a, b]) = sides else { return Ok(Vec::new()) };
    let (first, last) = (a.min(b), a.max(b));
    let mut models: Vec<Arc<Model>> = Vec::new();
    for route in pairs.iter().filter_map(|pair| pair[0].as_ref()) {
        let model = find_model(catalog, &route.model)?;
        let between = model.shutdown.as_ref().is_some_and(|end| *first < end.on && end.on <= *last);
        if between && !models.iter().any(|known| known.id == model.id) {
            models.push(model);
        }
    }
    models.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(models)
}
