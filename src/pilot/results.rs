//! What a log shows of each route.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::goals::{Goal, Goals, held};
use super::interval::{self, Interval};
use super::log::{Ending, Log, Rejected};
use super::rated::{RatedRow, Rater};
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::problem::Problem;
use crate::rating::FxRates;

/// What a log shows.
#[derive(Debug, Clone)]
pub struct Results {
    /// The routes, the baseline first and images by hand last.
    pub routes: Vec<RouteResults>,
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
    /// Whether every goal is shown to be met.
    pub fn all_met(&self) -> bool {
        !self.untried && self.routes.iter().flat_map(|route| &route.goals).all(|goal| goal.met)
    }
}

/// What the rows of one route show.
#[derive(Debug, Clone)]
pub struct RouteResults {
    /// The route; `None` for images by hand.
    pub route: Option<Arc<Route>>,
    /// Whether it is the route of today, which has no goals to meet.
    pub is_baseline: bool,
    /// Attempts.
    pub attempts: u64,
    /// Images that were delivered.
    pub delivered: u64,
    /// Images that were accepted.
    pub accepted: u64,
    /// Attempts without an image.
    pub undelivered: BTreeMap<Event, u64>,
    /// Images in another size than the one asked for.
    pub other_size: u64,
    /// What all attempts cost at the prices of their days; `None` where a seat pays.
    pub rated: Option<Figure<Decimal>>,
    /// What was logged as cost; `None` where no cost was logged or a seat pays.
    pub logged: Option<Logged>,
    /// What an accepted image cost, as rated; `None` without one.
    pub per_accepted: Option<Figure<Decimal>>,
    /// What an accepted image cost, as logged; `None` without one, or without the cost of each attempt.
    pub logged_per_accepted: Option<Decimal>,
    /// Seconds until an image was delivered.
    pub latency: Option<Latency>,
    /// How many more delivered images narrow the interval of the acceptance, with the attempts that takes
    /// and their cost; `None` where too many would be needed or nothing was delivered.
    pub more: Option<More>,
    /// The goals, met or not.
    pub goals: Vec<Goal>,
}

/// What was logged as cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The sum in US dollars.
    pub cost: Decimal,
    /// Of how many attempts.
    pub attempts: u64,
}

/// What it takes to know the acceptance better.
#[derive(Debug, Clone)]
pub struct More {
    /// Delivered images.
    pub images: u64,
    /// Attempts, failures as so far included.
    pub attempts: u64,
    /// Their cost, at the average so far; `None` where a seat pays.
    pub cost: Option<Figure<Decimal>>,
}

/// How long images took. By nearest rank: of the values in order, the one at rank ⌈share × count⌉.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// How many delivered images have one.
    pub count: u64,
    /// The middle one.
    pub median: Decimal,
    /// The one that nine of ten do not exceed.
    pub p90: Decimal,
}

/// A count among others, and the interval of its share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many it is.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Share {
    /// The share, fixed where it does not end; `None` of nothing.
    pub fn value(&self) -> Option<Decimal> {
        money::quotient(self.part.into(), self.whole.into()).ok()
    }

    /// Where the share lies with 95% confidence.
    pub fn interval(&self) -> Option<Interval> {
        interval::interval(self.part, self.whole)
    }
}

impl RouteResults {
    /// Accepted among delivered images.
    pub fn acceptance(&self) -> Share {
        Share { part: self.accepted, whole: self.delivered }
    }

    /// Attempts that ended so, among all.
    pub fn ended(&self, events: &[Event]) -> Share {
        let part = events.iter().filter_map(|event| self.undelivered.get(event)).sum();
        Share { part, whole: self.attempts }
    }

    /// Attempts that failed: of the service, of the request, or broken off.
    pub fn failed(&self) -> Share {
        self.ended(&[Event::ServerError, Event::ClientError, Event::ClientDisconnect])
    }

    /// Attempts that moderation blocked.
    pub fn blocked(&self) -> Share {
        self.ended(&[Event::BlockAtInput, Event::BlockAtOutput])
    }

    /// Attempts that were not answered in time.
    pub fn timed_out(&self) -> Share {
        self.ended(&[Event::Timeout])
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
) -> Result<Results, Vec<Problem>> {
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
    let routes: Vec<RouteResults> = groups
        .into_iter()
        .map(|(route, rows)| {
            let is_baseline = route.is_some() && id(&route) == baseline;
            of_route(route, is_baseline, &rows, goals, log.rejected.len())
        })
        .collect();
    let has_goals = goals.any();
    let untried = has_goals && routes.iter().all(|route| route.goals.is_empty());
    let (not_run, rejected, ignored) = (log.not_run, log.rejected, log.ignored);
    Ok(Results { routes, rows, not_run, rejected, ignored, has_goals, untried })
}

fn id(route: &Option<Arc<Route>>) -> Option<String> {
    route.as_ref().map(|route| route.id.to_string())
}

fn of_route(
    route: Option<Arc<Route>>,
    is_baseline: bool,
    rows: &[&RatedRow],
    goals: &Goals,
    rejected: usize,
) -> RouteResults {
    let count = |is: fn(&RatedRow) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    let mut undelivered = BTreeMap::new();
    for row in rows {
        if let Ending::Undelivered(event) = row.row.ending {
            *undelivered.entry(event).or_insert(0) += 1;
        }
    }
    let accepted = count(|row| row.row.ending == Ending::Accepted);
    let attempts = rows.len() as u64;
    let rated = route.is_some().then(|| sum(rows));
    let logged: Vec<Decimal> = rows.iter().filter_map(|row| row.row.cost).collect();
    let logged_cost = logged.iter().try_fold(Decimal::ZERO, |sum, cost| money::add(sum, *cost));
    let complete = logged.len() == rows.len();
    let each = |amount: Decimal| money::quotient(amount, accepted.into());
    let mut found = RouteResults {
        is_baseline,
        attempts,
        delivered: count(|row| row.row.ending.is_delivered()),
        accepted,
        undelivered,
        other_size: count(|row| {
            row.row.delivered.is_some_and(|size| row.row.requested.is_some_and(|it| it != size))
        }),
        per_accepted: rated.as_ref().and_then(|rated| rated.try_map(each).ok()),
        logged_per_accepted: logged_cost.ok().filter(|_| complete).and_then(|it| each(it).ok()),
        logged: logged_cost.ok().filter(|_| !logged.is_empty()).map(|cost| {
            let attempts = logged.len() as u64;
            Logged { cost, attempts }
        }),
        rated,
        latency: latency(rows),
        more: None,
        goals: Vec::new(),
        route,
    };
    found.more = more(&found, goals.width);
    if found.route.is_some() && !is_baseline {
        found.goals = held(&found, goals, rejected);
    }
    found
}

fn sum(rows: &[&RatedRow]) -> Figure<Decimal> {
    let mut rated = rows.iter().filter_map(|row| row.rated.as_ref());
    let none = Figure::Exact(Decimal::ZERO);
    let sum = rated.try_fold(none, |sum, cost| sum.try_join(cost, money::add));
    sum.unwrap_or_else(|error: AmountTooLarge| Figure::unknown(Decimal::ZERO, error.to_string()))
}

fn latency(rows: &[&RatedRow]) -> Option<Latency> {
    let delivered = rows.iter().filter(|row| row.row.ending.is_delivered());
    let mut seconds: Vec<Decimal> = delivered.filter_map(|row| row.row.latency).collect();
    seconds.sort_unstable();
    let rank = |percent: usize| (seconds.len() * percent).div_ceil(100);
    let at = |percent| seconds.get(rank(percent).checked_sub(1)?).copied();
    Some(Latency { count: seconds.len() as u64, median: at(50)?, p90: at(90)? })
}

fn more(found: &RouteResults, width: Decimal) -> Option<More> {
    let images = interval::more_trials(found.accepted, found.delivered, width)?;
    let attempts = u128::from(images) * u128::from(found.attempts);
    let attempts = u64::try_from(attempts.div_ceil(u128::from(found.delivered.max(1)))).ok()?;
    let cost = |rated: &Figure<Decimal>| {
        let all = |amount| money::times(attempts, amount);
        rated.try_map(|amount| money::quotient(all(amount)?, found.attempts.into())).ok()
    };
    Some(More { images, attempts, cost: found.rated.as_ref().and_then(cost) })
}
