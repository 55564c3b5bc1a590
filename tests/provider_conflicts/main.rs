//! What sources of provider prices contradict, and what they trap a reader into: a test each, so that
//! a later correction of a table cannot undo how it was settled.
//!
//! `conflicts`: the contradictions and traps, one by one. `absent`: what must not be loaded, and why.

#[path = "../common/mod.rs"]
mod common;

mod absent;
mod conflicts;

use std::sync::{Arc, LazyLock};

use common::{TODAY, day};
use imgcost::catalog::Catalog;
use imgcost::catalog::dated::in_force;
use imgcost::catalog::price::PriceVersion;
use imgcost::catalog::route::Route;

pub fn route(id: &str) -> Arc<Route> {
    Catalog::shipped().route(id).unwrap_or_else(|error| panic!("{id}: {error:?}"))
}

/// Every shipped route.
pub static ROUTES: LazyLock<Vec<Arc<Route>>> = LazyLock::new(|| {
    let catalog = Catalog::shipped();
    let route = |id: String| catalog.route(&id).unwrap_or_else(|error| panic!("{id}: {error:?}"));
    catalog.route_ids().iter().map(|id| route(id.to_string())).collect()
});

pub fn version(route: &Route) -> &PriceVersion {
    in_force(&route.versions, day(TODAY)).expect("a version in force")
}

/// What the evidence of the version in force notes.
pub fn note(id: &str) -> String {
    version(&route(id)).evidence.note.clone().unwrap_or_default()
}
