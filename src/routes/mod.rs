//! Routes as contracts: which there are, what each states, and which fits a kind of work.
//!
//! ```text
//! catalog, filter, day ─► Entry (status, version of the day, what the stop rule misses)
//! Entry × guidance ─ choose ─► SuitedRoute (fit, why, what is still open)
//! ```

mod choose;
mod suited;

use std::sync::Arc;

use chrono::{Months, NaiveDate};

use crate::catalog::Catalog;
use crate::catalog::dated::in_force;
use crate::catalog::evidence::{Confidence, Doubt};
use crate::catalog::life_cycle::End;
use crate::catalog::model::Model;
use crate::catalog::owner::OwnerKind;
use crate::catalog::price::PriceVersion;
use crate::catalog::readiness::{self, Missing};
use crate::catalog::route::{Route, Status};
use crate::estimate::{EstimateError, find_model, find_routes};

pub use choose::{SuitedRoute, choose};
pub use suited::{FitReason, Unanswered};

/// A route on a day.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The route.
    pub route: Arc<Route>,
    /// Whether it has a price on the day, and how well it is supported.
    pub status: Status,
    /// The fields of the stop rule that are not stated; none if the route is ready for production.
    pub missing: Vec<Missing>,
    /// Whether it can be counted on for images.
    pub lasting: Lasting,
    day: NaiveDate,
}

/// Whether a route can be counted on for images over the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lasting {
    /// It makes images, and no end of its model within a year is known.
    Yes,
    /// The route, or its model at the model's maker, is shut down within a year, on this day.
    Ending(NaiveDate),
    /// The route, or its model at the model's maker, was shut down on this day.
    ShutDown(NaiveDate),
    /// Its model makes no images.
    NoImages,
}

impl Lasting {
    /// How long a model has to last to be counted on, in months.
    const MONTHS: Months = Months::new(12);

    fn of(model: &Model, route: &Route, day: NaiveDate) -> Lasting {
        let year = day.checked_add_months(Lasting::MONTHS).unwrap_or(NaiveDate::MAX);
        match model.end_of(route).map(End::shutdown) {
            _ if model.rules.is_empty() => Lasting::NoImages,
            Some(shutdown) if shutdown.on <= day => Lasting::ShutDown(shutdown.on),
            Some(shutdown) if shutdown.on < year => Lasting::Ending(shutdown.on),
            _ => Lasting::Yes,
        }
    }

    /// Why not; nothing where it can be.
    pub fn why_not(self) -> Option<FitReason> {
        Some(match self {
            Lasting::Yes => return None,
            Lasting::Ending(on) => FitReason::Ending(on),
            Lasting::ShutDown(on) => FitReason::ShutDown(on),
            Lasting::NoImages => FitReason::NoImages,
        })
    }
}

impl Entry {
    /// A route as it stands on a day.
    ///
    /// # Errors
    /// The problems of the file of its model.
    pub fn of(
        catalog: &Catalog,
        route: Arc<Route>,
        day: NaiveDate,
    ) -> Result<Entry, EstimateError> {
        let (status, missing) = (route.status_on(day), readiness::missing(&route));
        let lasting = Lasting::of(&*find_model(catalog, &route.model)?, &route, day);
        Ok(Entry { route, status, missing, lasting, day })
    }

    /// Why its price may not be named the cheapest, if it has one.
    pub fn doubt(&self) -> Option<Doubt> {
        self.version().and_then(|version| version.evidence.doubt(self.day))
    }

    /// The version of its prices that holds on the day, if one does.
    pub fn version(&self) -> Option<&PriceVersion> {
        in_force(&self.route.versions, self.day).ok()
    }

    /// Whether the stop rule finds everything stated.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }

    /// How many fields of the stop rule are stated.
    pub fn stated(&self) -> usize {
        readiness::FIELDS - self.missing.len()
    }
}

/// Which routes are wanted. What is empty or `None` leaves none out.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Names of routes: unique endings of their ids.
    pub routes: Vec<String>,
    /// Ids of price owners.
    pub owners: Vec<String>,
    /// What the owner is to the model.
    pub kind: Option<OwnerKind>,
    /// The model, by id or alias.
    pub model: Option<String>,
    /// The status on the day.
    pub status: Option<Status>,
    /// How well the price of the day is supported.
    pub confidence: Option<Confidence>,
}

/// The routes that a filter lets through, by kind and id.
///
/// # Errors
/// A name that no route, owner or model has, or tables that are wrong.
pub fn list(
    catalog: &Catalog,
    filter: &Filter,
    day: NaiveDate,
) -> Result<Vec<Entry>, EstimateError> {
    let model = filter.model.as_deref().map(|name| find_model(catalog, name)).transpose()?;
    let routes = find_routes(catalog, &filter.routes, &filter.owners)?;
    let entries = routes.into_iter().map(|route| Entry::of(catalog, route, day));
    let mut entries = entries.collect::<Result<Vec<Entry>, EstimateError>>()?;
    entries.retain(|entry| {
        let confidence = entry.version().map(|version| version.evidence.confidence);
        filter.kind.is_none_or(|kind| entry.route.id.kind == kind)
            && model.as_ref().is_none_or(|model| entry.route.model == model.id)
            && filter.status.is_none_or(|status| entry.status == status)
            && filter.confidence.is_none_or(|level| confidence == Some(level))
    });
    entries.sort_by(|a, b| a.route.id.cmp(&b.route.id));
    Ok(entries)
}
