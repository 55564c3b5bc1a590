//! Figures of published versions that were changed in place, and the pins that find them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::catalog::Catalog;
use crate::catalog::dated::Dated;
use crate::catalog::files::TableFile;
use crate::catalog::position::Position;
use crate::catalog::price::{Contract, PriceVersion};
use crate::catalog::published::{Published, digest};
use crate::catalog::route::Route;
use crate::errors::Errors;
use crate::help::Help;
use crate::problem::{Place, Problem, ProblemCode};

/// A published version that is no longer what was published.
pub(super) struct Changed {
    route: String,
    pub problem: Problem,
}

/// Published versions whose figures are no longer those that were published, and those that are gone.
pub(super) fn changed(catalog: &Catalog) -> Result<Vec<Changed>, Errors<Problem>> {
    let published = catalog.published()?;
    let file = catalog.published_file();
    let mut found = Vec::new();
    for (id, pins) in &published.digests {
        let route = catalog.route(id).ok();
        for (day, (pinned, at)) in pins {
            let versions = route.iter().flat_map(|route| &route.versions);
            let version = versions.into_iter().find(|it| it.period().first.to_string() == *day);
            let problem = match (&route, version) {
                (Some(route), Some(version)) if digest(version) != *pinned => figure_changed(
                    day,
                    id,
                    place(catalog.file_of(route).as_ref(), &version.position),
                ),
                (Some(_), Some(_)) => continue,
                _ => version_gone(day, id, place(file.as_ref(), at)),
            };
            found.push(Changed { route: id.clone(), problem });
        }
    }
    Ok(found)
}

fn version_gone(day: &str, id: &str, place: Place) -> Problem {
    Problem {
        code: ProblemCode::PublishedVersionGone,
        message: format!("{id} has no version from {day}, which has been published"),
        place,
        help: "bring the version back: it still prices its own days; a new price is a new version"
            .into(),
    }
}

fn figure_changed(day: &str, id: &str, place: Place) -> Problem {
    Problem {
        code: ProblemCode::PublishedFigureChanged,
        message: format!(
            "{id}: a figure of the version from {day} was changed after it was published"
        ),
        place,
        help: Help::PinCorrected(id.into()),
    }
}

fn place(file: Option<&TableFile>, at: &Position) -> Place {
    match file {
        Some(file) => Place::within(file.shown.clone(), file.text.clone(), at.bytes()),
        None => Place::file("published.yaml"),
    }
}

/// Why a catalogue cannot be pinned as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPinned {
    /// Figures were changed, or versions are gone, that are not said to be corrected.
    #[error("{0}")]
    Changed(Errors<Problem>),
    /// A route that is said to be corrected has not changed.
    #[error("{0} is said to be corrected and has not changed")]
    NotChanged(String),
}

/// The pins of all versions of a catalogue, made on this day. Those of changed versions are renewed only for routes
/// that are said to be corrected.
///
/// # Errors
/// [`NotPinned`]
pub fn pin(
    catalog: &Catalog,
    corrected: &[String],
    today: NaiveDate,
) -> Result<Published, NotPinned> {
    let changed = changed(catalog).map_err(NotPinned::Changed)?;
    let is_corrected = |found: &Changed| corrected.contains(&found.route);
    if let Some(idle) = corrected.iter().find(|id| !changed.iter().any(|it| it.route == **id)) {
        return Err(NotPinned::NotChanged(idle.clone()));
    }
    let open = changed.into_iter().filter(|found| !is_corrected(found));
    let open: Vec<Problem> = open.map(|found| found.problem).collect();
    if !open.is_empty() {
        return Err(NotPinned::Changed(open.into()));
    }
    let routes = catalog.route_ids().iter().filter_map(|id| catalog.route(&id.to_string()).ok());
    let listed = routes.filter(|route| route.contract == Contract::List);
    Ok(Published { pinned: Some(today), digests: listed.filter_map(pins).collect() })
}

type Pins = BTreeMap<String, (String, Position)>;

fn pins(route: Arc<Route>) -> Option<(String, Pins)> {
    let pin = |version: &PriceVersion| {
        (version.period().first.to_string(), (digest(version), Position::default()))
    };
    let pins: Pins = route.versions.iter().map(pin).collect();
    (!pins.is_empty()).then(|| (route.id.to_string(), pins))
}
