//! Which routes are meant by names of routes and of owners.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{EstimateError, find_route};
use crate::catalog::Catalog;
use crate::catalog::route::{Route, RouteId};
use crate::near::near_matches;
use crate::request::RequestError;

/// The routes of these names (unique endings of ids) and owners, by id where none are named.
pub(crate) fn find_routes(
    catalog: &Catalog,
    names: &[String],
    owners: &[String],
) -> Result<Vec<Arc<Route>>, EstimateError> {
    let every = || catalog.route_ids().iter().map(RouteId::to_string).collect();
    let named: Vec<String> = if names.is_empty() { every() } else { names.to_vec() };
    let mut routes = Vec::new();
    for name in named {
        routes.push(find_route(catalog, &name)?);
    }
    all_known(owners, routes.iter().map(|route| route.id.owner.as_str()))?;
    routes.retain(|route| owners.is_empty() || owners.contains(&route.id.owner));
    Ok(routes)
}

/// Every owner asked for is one of those known.
pub(crate) fn all_known<'a>(
    owners: &[String],
    known: impl Iterator<Item = &'a str>,
) -> Result<(), RequestError> {
    let known: BTreeSet<&str> = known.collect();
    let Some(name) = owners.iter().find(|owner| !known.contains(owner.as_str())) else {
        return Ok(());
    };
    let near = near_matches(name, known.into_iter()).into_iter().map(str::to_owned).collect();
    Err(RequestError::UnknownOwner { name: name.clone(), near })
}
