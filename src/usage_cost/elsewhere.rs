//! The same usage at other prices: on another route, at another owner, on another day.

use std::sync::Arc;

use super::not_taken::NotTaken;
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::estimate::{find_model, find_route};

/// Where usage is priced, whatever route its rows name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Elsewhere<'a> {
    /// On the route of each row, at the prices of another day or of other tables.
    SameRoute,
    /// On the route of each model's maker.
    Official,
    /// On this route, or the end of its id.
    Route(&'a str),
    /// On the route of this owner, by its id, for the model of each row.
    Owner(&'a str),
}

impl Elsewhere<'_> {
    /// The route for a model; `None` where it is that of the row.
    pub(super) fn route(
        self,
        catalog: &Catalog,
        model: &str,
    ) -> Result<Option<Arc<Route>>, NotTaken> {
        let model = find_model(catalog, model)?;
        match self {
            Elsewhere::SameRoute => Ok(None),
            Elsewhere::Official => Ok(Some(find_route(catalog, &model.makers_route())?)),
            Elsewhere::Route(name) => {
                let route = find_route(catalog, name)?;
                let sells = route.model == model.id;
                sells.then_some(Some(route)).ok_or_else(|| not_sold(name, &model.id))
            }
            Elsewhere::Owner(owner) => of_owner(catalog, owner, &model.id).map(Some),
        }
    }
}

/// The route of an owner for a model: the one that is called as the model is, else the first of its list that every account
/// has.
fn of_owner(catalog: &Catalog, owner: &str, model: &str) -> Result<Arc<Route>, NotTaken> {
    let ids = catalog.route_ids();
    let mut named: Vec<_> =
        ids.iter().filter(|id| id.owner == owner && !id.name.contains('@')).collect();
    named.sort_by_key(|id| id.name != model);
    for id in named {
        let route = find_route(catalog, &id.to_string())?;
        if route.model == model {
            return Ok(route);
        }
    }
    Err(not_sold(owner, model))
}

fn not_sold(where_: &str, model: &str) -> NotTaken {
    NotTaken::says_too_little(&format!("{model} is not sold by {where_}"))
}
