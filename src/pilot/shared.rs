//! The samples that every route was tried with: what else one of them made costs something else.

use std::sync::Arc;

use super::costs::{Costs, PerAccepted};
use super::log::Ending;
use super::rated::RatedRow;
use crate::catalog::route::Route;

/// What the samples that every route was tried with cost on one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Attempts.
    pub attempts: u64,
    /// Images that were accepted.
    pub accepted: u64,
    /// What the attempts cost.
    pub costs: Costs,
    /// What an accepted image cost; `None` without one.
    pub per_accepted: Option<PerAccepted>,
}

impl Shared {
    /// Of the rows of a route, those of these samples.
    pub(super) fn of(rows: &[&RatedRow], samples: &[&str]) -> Shared {
        let rows = || rows.iter().copied().filter(|row| samples.contains(&row.row.sample.as_str()));
        let accepted = rows().filter(|row| row.row.ending == Ending::Accepted).count();
        Shared {
            attempts: rows().count() as u64,
            accepted: accepted as u64,
            costs: Costs::of(rows()),
            per_accepted: PerAccepted::of(rows()),
        }
    }
}

/// The rows of a route; of a seat without one.
type Group<'a> = (Option<Arc<Route>>, Vec<&'a RatedRow>);
/// A sample, and the routes that were tried with it.
type Tried<'a> = (&'a str, Vec<String>);

/// The samples that every route was tried with, and the others with the routes that were.
pub(super) fn split<'a>(groups: &[Group<'a>]) -> (Vec<&'a str>, Vec<Tried<'a>>) {
    let mut tried: Vec<Tried> = Vec::new();
    let routes = || groups.iter().filter_map(|(route, rows)| Some((route.as_ref()?, rows)));
    for (route, rows) in routes() {
        let id = route.id.to_string();
        for row in rows {
            match tried.iter_mut().find(|(sample, _)| *sample == row.row.sample) {
                Some((_, ids)) if ids.contains(&id) => {}
                Some((_, ids)) => ids.push(id.clone()),
                None => tried.push((&row.row.sample, vec![id.clone()])),
            }
        }
    }
    let all = routes().count();
    let (shared, others): (Vec<_>, Vec<_>) =
        tried.into_iter().partition(|(_, ids)| ids.len() == all);
    (shared.into_iter().map(|(sample, _)| sample).collect(), others)
}
