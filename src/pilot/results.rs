//! What a log shows of each route.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::goals::{GoalVerdict, Goals};
use super::log::{Log, Rejected};
use super::rated::{RatedRow, Rater};
use super::route_results::{RouteResults, of_route};
use super::shared::{Shared, split};
use super::verdicts::verdicts;
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::problem::Problem;
use crate::rating::FxRates;

/// What a log shows.
#[derive(Debug, Clone)]
pub struct Results {
    /// The routes, the baseline first and images by hand last.
    pub routes: Vec<RouteResults>,
    /// Samples that not every route was tried with, and the routes that were; a row without a sample has an
    /// empty one.
    pub not_shared: Vec<(String, Vec<String>)>,
    /// The rows with their prices.
    pub rows: Vec<RatedRow>,
    /// Rows that are planned and not filled in.
    pub not_run: u64,
    /// Rows that cannot be read.
    pub rejected: Vec<Rejected>,
    /// Columns that are not read.
    pub ignored: Vec<String>,
    /// Whether there are goals.
    pub has_goals: bool,
    /// Whether there are goals, and no attempt on any route that has to meet them.
    pub untried: bool,
}

impl Results {
    /// Attempts that failed or broke off by what the caller did, on every route; those of seats are not counted.
    pub fn failed_by_caller(&self) -> u64 {
        let routes = self.routes.iter().filter(|found| found.route.is_some());
        routes.map(|found| found.ended(&[Event::ClientError, Event::ClientDisconnect]).part).sum()
    }

    /// Images that nobody has reviewed yet, on every route.
    pub fn not_reviewed(&self) -> u64 {
        self.routes.iter().map(|found| found.not_reviewed).sum()
    }

    /// What the rule of the model says of images whose usage is not logged, together; it is in no other sum.
    ///
    /// # Errors
    /// The sum is too large to be kept exact.
    pub fn by_rule(&self) -> Result<Figure<Decimal>, AmountTooLarge> {
        Figure::sum(self.rows.iter().filter_map(|row| row.by_rule.as_ref()))
    }

    /// Whether every goal is shown to be met.
    pub fn all_met(&self) -> bool {
        let mut goals = self.routes.iter().flat_map(|route| &route.goals);
        !self.untried && goals.all(|goal| goal.verdict == GoalVerdict::Met)
    }
}

/// Rates a log and says what it shows.
///
/// # Errors
/// Broken price tables.
pub fn results(
    catalog: &Catalog,
    log: Log,
    baseline: Option<&Route>,
    goals: &Goals,
    (fx, resolution): (&FxRates, Option<&str>),
) -> Result<Results, Errors<Problem>> {
    let baseline = baseline.map(|route| route.id.to_string());
    let mut rater = Rater::new(catalog, fx, resolution);
    let rows = log.rows.into_iter().map(|row| rater.rate(row)).collect::<Result<Vec<_>, _>>()?;
    // Routes in the order of their first row: the baseline goes first, images by hand last.
    let mut groups: Vec<(Option<Arc<Route>>, Vec<&RatedRow>)> = Vec::new();
    for row in &rows {
        let route = &row.row.route;
        match groups.iter_mut().find(|(known, _)| id(known) == id(route)) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((route.clone(), vec![row])),
        }
    }
    groups.sort_by_key(|(route, _)| (route.is_none(), id(route) != baseline));
    let (shared, not_shared) = split(&groups);
    let routes: Vec<RouteResults> = groups
        .into_iter()
        .map(|(route, rows)| {
            let is_baseline = route.is_some() && id(&route) == baseline;
            let mut found = of_route(route, is_baseline, &rows, goals.width);
            if found.route.is_some() && !is_baseline {
                found.goals = verdicts(&found, goals, log.rejected.len());
            }
            let compares = found.route.is_some() && !not_shared.is_empty() && !shared.is_empty();
            found.shared = compares.then(|| Shared::of(&rows, &shared));
            found
        })
        .collect();
    let has_goals = goals.any();
    let untried = has_goals && routes.iter().all(|route| route.goals.is_empty());
    let (not_run, rejected, ignored) = (log.not_run, log.rejected, log.ignored);
    let not_shared =
        not_shared.into_iter().map(|(sample, routes)| (sample.to_owned(), routes)).collect();
    Ok(Results { routes, not_shared, rows, not_run, rejected, ignored, has_goals, untried })
}

fn id(route: &Option<Arc<Route>>) -> Option<String> {
    route.as_ref().map(|route| route.id.to_string())
}
