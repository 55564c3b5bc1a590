//! What the rows of one route show.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::costs::{Costs, PerAccepted};
use super::goals::Goal;
use super::interval::{self, Interval};
use super::log::Ending;
use super::rated::RatedRow;
use super::shared::Shared;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::figure::Figure;
use crate::money;

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
    /// Images that nobody has reviewed yet.
    pub not_reviewed: u64,
    /// Attempts without an image.
    pub undelivered: BTreeMap<Event, u64>,
    /// Images in another size than the one asked for.
    pub other_size: u64,
    /// What all attempts cost; `None` where a seat pays.
    pub costs: Option<Costs>,
    /// What an accepted image cost; `None` without one, or where a seat pays.
    pub per_accepted: Option<PerAccepted>,
    /// The samples that every route was tried with, where some routes were tried with others too.
    pub shared: Option<Shared>,
    /// Seconds until an image was delivered.
    pub latency: Option<Latency>,
    /// How many more delivered images narrow the interval of the acceptance, with the attempts that takes
    /// and their cost; `None` where too many would be needed or nothing was delivered.
    pub more: Option<More>,
    /// The goals, met or not.
    pub goals: Vec<Goal>,
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
pub struct Proportion {
    /// How many it is.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Proportion {
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
    /// Accepted among delivered images, without those that are not reviewed yet.
    pub fn acceptance(&self) -> Proportion {
        Proportion { part: self.accepted, whole: self.delivered - self.not_reviewed }
    }

    /// Attempts that ended so, among all.
    pub fn ended(&self, events: &[Event]) -> Proportion {
        let part = events.iter().filter_map(|event| self.undelivered.get(event)).sum();
        Proportion { part, whole: self.attempts }
    }

    /// Attempts that failed: of the service, of the request, or broken off.
    pub fn failed(&self) -> Proportion {
        self.ended(&[Event::ServerError, Event::ClientError, Event::ClientDisconnect])
    }

    /// Attempts that moderation blocked.
    pub fn blocked(&self) -> Proportion {
        self.ended(&[Event::BlockAtInput, Event::BlockAtOutput])
    }

    /// Attempts that were not answered in time.
    pub fn timed_out(&self) -> Proportion {
        self.ended(&[Event::Timeout])
    }
}

/// What rows of one route show; `width` is how narrow the interval of the acceptance is wanted.
pub(super) fn of_route(
    route: Option<Arc<Route>>,
    is_baseline: bool,
    rows: &[&RatedRow],
    width: Decimal,
) -> RouteResults {
    let count = |is: fn(&RatedRow) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    let mut undelivered = BTreeMap::new();
    for row in rows {
        if let Ending::Undelivered(event) = row.row.ending {
            *undelivered.entry(event).or_insert(0) += 1;
        }
    }
    let by_use = route.is_some().then(|| rows.iter().copied());
    let mut found = RouteResults {
        is_baseline,
        attempts: rows.len() as u64,
        delivered: count(|row| row.row.ending.is_delivered()),
        accepted: count(|row| row.row.ending == Ending::Accepted),
        not_reviewed: count(|row| row.row.ending == Ending::NotReviewed),
        undelivered,
        other_size: count(|row| {
            row.row.delivered.is_some_and(|size| row.row.requested.is_some_and(|it| it != size))
        }),
        costs: by_use.clone().map(Costs::of),
        per_accepted: by_use.and_then(PerAccepted::of),
        shared: None,
        latency: latency(rows),
        more: None,
        goals: Vec::new(),
        route,
    };
    found.more = more(&found, width);
    found
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
    let acceptance = found.acceptance();
    let images = interval::more_trials(acceptance.part, acceptance.whole, width)?;
    let attempts = u128::from(images) * u128::from(found.attempts);
    let attempts = u64::try_from(attempts.div_ceil(u128::from(found.delivered.max(1)))).ok()?;
    let cost = |costs: &Costs| {
        let all = |amount| money::times(attempts, amount);
        costs.known.try_map(|amount| money::quotient(all(amount)?, found.attempts.into())).ok()
    };
    Some(More { images, attempts, cost: found.costs.as_ref().and_then(cost) })
}
