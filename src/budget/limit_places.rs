//! Which limits hold for a row of a forecast.

use std::collections::HashMap;

use super::forecast::line::ForecastLine;
use super::limit::{Limit, Scope};

/// Which limits hold for a row: those for workloads by their name, since a budget may have one for each, so that work
/// grows with rows and limits and not with the one times the other.
pub(super) struct LimitPlaces<'a> {
    limits: &'a [Limit],
    of_workloads: HashMap<&'a str, Vec<usize>>,
    others: Vec<usize>,
}

impl<'a> LimitPlaces<'a> {
    pub(super) fn of(limits: &'a [Limit]) -> LimitPlaces<'a> {
        let mut places = LimitPlaces { limits, of_workloads: HashMap::new(), others: Vec::new() };
        for (place, limit) in limits.iter().enumerate() {
            match &limit.scope {
                Scope::Workload(name) => places.of_workloads.entry(name).or_default().push(place),
                Scope::Budget | Scope::Owner(_) | Scope::Tag(..) => places.others.push(place),
            }
        }
        places
    }

    /// The places of the limits that hold for a row.
    pub(super) fn of_row(&self, row: &ForecastLine) -> impl Iterator<Item = usize> {
        let own = self.of_workloads.get(&*row.workload).into_iter().flatten();
        let places = own.chain(&self.others).copied();
        places.filter(|place| row.is_in(&self.limits[*place].scope))
    }
}
