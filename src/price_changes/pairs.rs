//! Which routes stand against each other.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Both, Selection, Sides};
use crate::catalog::Catalog;
use crate::catalog::route::{Route, RouteId};
use crate::estimate::{EstimateError, all_known, find_model, find_route, find_routes};
use crate::request::RequestError;

/// A route on each side, where it is there.
pub(super) type Pair = Both<Option<Arc<Route>>>;

pub(super) fn pairs(sides: &Sides, selection: &Selection) -> Result<Vec<Pair>, EstimateError> {
    match sides {
        Sides::Days(catalog, _) => {
            let routes = find_routes(catalog, &selection.routes, &selection.owners)?;
            let pairs = routes.into_iter().map(|route| [Some(route.clone()), Some(route)]);
            of_model(pairs.collect(), [catalog, catalog], selection)
        }
        Sides::Routes(catalog, [a, b], _) => {
            Ok(vec![[Some(find_route(catalog, a)?), Some(find_route(catalog, b)?)]])
        }
        Sides::Catalogs(catalogs, _) => {
            of_model(of_catalogs(*catalogs, selection)?, *catalogs, selection)
        }
    }
}

/// Every route of either catalogue, as far as it is selected.
fn of_catalogs(
    catalogs: Both<&Catalog>,
    selection: &Selection,
) -> Result<Vec<Pair>, EstimateError> {
    let mut ids: BTreeSet<RouteId> = BTreeSet::new();
    if selection.routes.is_empty() {
        ids.extend(catalogs.iter().flat_map(|catalog| catalog.route_ids()).cloned());
    }
    for name in &selection.routes {
        ids.extend(in_either(catalogs.map(|catalog| find_route(catalog, name)))?);
    }
    all_known(&selection.owners, ids.iter().map(|id| id.owner.as_str()))?;
    ids.retain(|id| selection.owners.is_empty() || selection.owners.contains(&id.owner));
    let pair = |id: &RouteId| Ok([in_catalog(catalogs[0], id)?, in_catalog(catalogs[1], id)?]);
    ids.iter().map(pair).collect()
}

/// The ids of a route that at least one catalogue has.
fn in_either(
    found: Both<Result<Arc<Route>, EstimateError>>,
) -> Result<Vec<RouteId>, EstimateError> {
    match found {
        [Err(error), Err(_)] => Err(error),
        [Err(error), _] | [_, Err(error)] if !is_unknown(&error) => Err(error),
        found => Ok(found.into_iter().flatten().map(|route| route.id.clone()).collect()),
    }
}

fn is_unknown(error: &EstimateError) -> bool {
    let unknown = |error: &RequestError| matches!(error, RequestError::UnknownRoute { .. });
    matches!(error, EstimateError::Request(errors) if errors.iter().all(unknown))
}

fn in_catalog(catalog: &Catalog, id: &RouteId) -> Result<Option<Arc<Route>>, EstimateError> {
    match find_route(catalog, &id.to_string()) {
        Ok(route) => Ok(Some(route).filter(|route| route.id == *id)),
        Err(error) if is_unknown(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The pairs to the model asked for, if one is.
fn of_model(
    mut pairs: Vec<Pair>,
    catalogs: Both<&Catalog>,
    selection: &Selection,
) -> Result<Vec<Pair>, EstimateError> {
    let Some(name) = &selection.model else { return Ok(pairs) };
    let [a, b] = catalogs.map(|catalog| find_model(catalog, name));
    let model = a.or(b)?.id.clone();
    pairs.retain(|pair| pair.iter().flatten().any(|route| route.model == model));
    Ok(pairs)
}
