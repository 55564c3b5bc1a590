//! The contracts and sources behind a budget: ready for production, fresh, well supported?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{CheckFinding, Class, Detail};
use crate::budget::forecast::{Forecast, UsedPrice};
use crate::budget::month::Month;
use crate::catalog::evidence::Evidence;
use crate::catalog::readiness;
use crate::catalog::route::{Route, RouteId};

/// A finding for each route that is used, and each of its sources.
pub(super) fn findings(found: &Forecast, max_age: u64, today: NaiveDate) -> Vec<CheckFinding> {
    let mut findings = Vec::new();
    let of_images = found.rows().filter(|row| row.is_images());
    let images: BTreeSet<String> =
        of_images.filter_map(|row| row.route.map(|route| route.id.to_string())).collect();
    for (id, (route, prices)) in used(found) {
        let mut add = |class, detail| {
            findings.push(CheckFinding { class, subject: id.clone(), month: None, detail });
        };
        let missing = readiness::missing(&route);
        // A plan is no route to production.
        if !missing.is_empty() && images.contains(&id) {
            add(Class::Readiness, Detail::Readiness(missing));
        }
        let not_fresh = prices.iter().flat_map(|price| &price.sources).filter_map(|evidence| {
            let why = evidence.not_fresh(today, max_age)?;
            Some(((&evidence.source, evidence.seen), (evidence, why)))
        });
        let each_once: BTreeMap<_, _> = not_fresh.collect();
        for (evidence, why) in each_once.into_values() {
            add(Class::SourceAge, Detail::Source(Evidence::clone(evidence), why));
        }
        if prices.iter().any(|price| price.is_quoted) {
            add(Class::Quoted, Detail::Quoted);
        }
    }
    findings
}

/// The routes on which images are made, and those of seats, each with the prices of the months of its rows.
fn used(found: &Forecast) -> BTreeMap<String, (Arc<Route>, Vec<&UsedPrice>)> {
    let mut months: BTreeMap<(Arc<str>, RouteId), (Month, Month)> = BTreeMap::new();
    for row in found.rows() {
        let Some(route) = &row.route else { continue };
        let key = (row.workload, route.id.clone());
        let spanned = months.entry(key).or_insert((row.month, row.month));
        spanned.1 = row.month;
    }
    let mut routes: BTreeMap<String, (Arc<Route>, Vec<&UsedPrice>)> = BTreeMap::new();
    for price in &found.prices {
        let of_rows = months.get(&(price.workload.clone(), price.route.id.clone()));
        if of_rows
            .is_some_and(|(first, last)| first.first_day() < price.until && price.from < last.end())
        {
            let route = || (price.route.clone(), Vec::new());
            routes.entry(price.route.id.to_string()).or_insert_with(route).1.push(price);
        }
    }
    routes
}
