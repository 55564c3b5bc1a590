//! From the names of a map to a route: by what the tables call owners, routes and models, compared whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::MapEntry;
use crate::catalog::model::Model;
use crate::catalog::owner::{Owner, OwnerKind};
use crate::catalog::price::Contract;
use crate::catalog::route::{Route, Status};
use crate::catalog::{Catalog, LookupError};
use crate::estimate::{EstimateError, find_routes};

/// The routes of a catalogue by what their owners are called.
pub(super) struct Names {
    owners: Vec<(Arc<Owner>, Vec<Arc<Route>>)>,
    models: Vec<Arc<Model>>,
}

/// Where the names of an entry lead.
#[derive(Debug, Clone)]
pub(super) enum Led {
    /// To one route.
    Route(Arc<Route>),
    /// To several, of which the map does not tell which.
    Several(Vec<Arc<Route>>),
    /// To an owner that has no such route.
    NoRoute(Vec<Arc<Owner>>),
    /// To no owner.
    NoOwner,
}

impl Names {
    /// The names of all lists of prices: what a user has agreed beside a list stands in no map.
    pub(super) fn of(catalog: &Catalog) -> Result<Names, EstimateError> {
        let mut by_owner: BTreeMap<(OwnerKind, String), Vec<Arc<Route>>> = BTreeMap::new();
        let lists = find_routes(catalog, &[], &[])?;
        for route in lists.into_iter().filter(|route| route.contract == Contract::List) {
            by_owner.entry((route.id.kind, route.id.owner.clone())).or_default().push(route);
        }
        let mut owners = Vec::new();
        for ((kind, id), routes) in by_owner {
            match catalog.owner(kind, &id) {
                Ok(owner) => owners.push((owner, routes)),
                Err(LookupError::Broken(problems)) => return Err(problems.into()),
                // No route is read without the table of its owner.
                Err(_) => {}
            }
        }
        let models = match catalog.models() {
            Err(LookupError::Broken(problems)) => return Err(problems.into()),
            models => models.unwrap_or_default(),
        };
        Ok(Names { owners, models })
    }

    /// Where an entry leads.
    pub(super) fn lead(&self, entry: &MapEntry) -> Led {
        let is_named = |owner: &Owner| entry.providers.iter().any(|name| owner.is_called(name));
        let owners: Vec<_> = self.owners.iter().filter(|(owner, _)| is_named(owner)).collect();
        if owners.is_empty() {
            return Led::NoOwner;
        }
        let routes = || owners.iter().flat_map(|(_, routes)| routes);
        for name in &entry.names {
            let by_alias = |route: &Route| route.is_asked_for_by(name);
            let by_id = |route: &Route| route.id.name.eq_ignore_ascii_case(name);
            let by_model = |route: &Route| self.is_model(&route.model, name);
            let as_model = |route: &Route| by_model(route) && route.id.name == route.model;
            let ways: [&dyn Fn(&Route) -> bool; 4] = [&by_alias, &by_id, &as_model, &by_model];
            for is_meant in ways {
                let found: Vec<_> = routes().filter(|route| is_meant(route)).cloned().collect();
                match alone(found) {
                    Found::None => {}
                    Found::One(route) => return Led::Route(route),
                    Found::Several(routes) => return Led::Several(routes),
                }
            }
        }
        Led::NoRoute(owners.iter().map(|(owner, _)| owner.clone()).collect())
    }

    fn is_model(&self, id: &str, name: &str) -> bool {
        let called = |model: &Arc<Model>| {
            model.id == id
                && [&model.id]
                    .into_iter()
                    .chain(&model.aliases)
                    .any(|it| it.eq_ignore_ascii_case(name))
        };
        self.models.iter().any(called)
    }
}

enum Found {
    None,
    One(Arc<Route>),
    Several(Vec<Arc<Route>>),
}

/// The route of a name: no subscription, and one through a mainline model only where there is no other, since a map lists
/// the models that are called by themselves.
fn alone(mut found: Vec<Arc<Route>>) -> Found {
    found.retain(|route| route.status != Status::SubscriptionOnly);
    let direct: Vec<_> = found.iter().filter(|route| route.image_tool.is_none()).cloned().collect();
    found = if direct.is_empty() { found } else { direct };
    match found.len() {
        0 => Found::None,
        1 => Found::One(found.remove(0)),
        _ => Found::Several(found),
    }
}
