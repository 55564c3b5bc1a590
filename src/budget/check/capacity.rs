//! Whether the account's limits carry the busiest minute of each month.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::{CheckFinding, Class, Detail};
use crate::budget::forecast::{Forecast, ForecastLine, UsedPrice};
use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::{Budget, Capacity};
use crate::catalog::conditions::Processing;
use crate::catalog::rate_limits::{RateLimits, Tier};
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::fraction;
use crate::money::AmountTooLarge;

/// More in a minute than an account may use.
#[derive(Debug, Clone, PartialEq)]
pub struct Peak {
    /// What is counted.
    pub counted: Counted,
    /// How many in the busiest minute.
    pub per_minute: Figure<Decimal>,
    /// How many the tier allows.
    pub allowed: u64,
    /// The tier.
    pub tier: String,
    /// The lowest tier that is enough, if one is.
    pub enough: Option<String>,
}

/// What an account's limits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Images asked for.
    Images,
    /// Tokens of all kinds.
    Tokens,
}

impl Counted {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Counted::Images => "images",
            Counted::Tokens => "tokens",
        }
    }

    fn allowed(self, tier: &Tier) -> Option<u64> {
        match self {
            Counted::Images => tier.images_per_minute,
            Counted::Tokens => tier.tokens_per_minute,
        }
    }
}

/// What is not known of an account's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CapacityOpen {
    /// The tables state no limits of the route.
    NotStated,
    /// The budget names no tier of the account: those that there are.
    NoTier(Vec<String>),
    /// There is no such tier.
    UnknownTier {
        /// The tier as named.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// How many of something a tier allows is not stated.
    CountNotStated {
        /// What is counted.
        counted: Counted,
        /// The tier.
        tier: String,
    },
    /// Batch work has a queue with limits of its own, which the tables do not state.
    BatchQueue,
}

impl fmt::Display for CapacityOpen {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            CapacityOpen::NotStated => {
                f.write_str("unknown: the tables state no limits by account tier")
            }
            CapacityOpen::NoTier(known) => {
                write!(f, "unknown: no account tier is named (known: {})", known.join(", "))
            }
            CapacityOpen::UnknownTier { name, known } => {
                write!(f, "unknown: there is no tier `{name}` (known: {})", known.join(", "))
            }
            CapacityOpen::CountNotStated { counted, tier } => {
                write!(f, "how many {} a minute tier {tier} allows is not stated", counted.as_str())
            }
            CapacityOpen::BatchQueue => f.write_str(
                "the limits of the Batch queue are not in the tables; Batch work is left out here",
            ),
        }
    }
}

/// The first month on each route whose busiest minute is not shown to be carried.
pub(super) fn findings(
    budget: &Budget,
    found: &Forecast,
) -> Result<Vec<CheckFinding>, AmountTooLarge> {
    let mut routes: BTreeMap<String, Arc<Route>> = BTreeMap::new();
    for route in found.rows().filter(ForecastLine::is_images).filter_map(|row| row.route) {
        routes.entry(route.id.to_string()).or_insert(route);
    }
    let mut work = Work { budget, found, prices: BTreeMap::new() };
    for price in &found.prices {
        work.prices.entry(&price.workload).or_default().push(price);
    }
    let mut findings = Vec::new();
    for (id, route) in routes {
        let mut add = |month, detail| {
            let subject = id.clone();
            findings.push(CheckFinding { class: Class::Capacity, subject, month, detail });
        };
        let (limits, tier) = match tier(&budget.capacity, &route) {
            Ok(found) => found,
            Err(why) => {
                add(None, Detail::Capacity(why));
                continue;
            }
        };
        for counted in [Counted::Images, Counted::Tokens] {
            let Some(allowed) = counted.allowed(tier) else {
                let tier = tier.name.clone();
                add(None, Detail::Capacity(CapacityOpen::CountNotStated { counted, tier }));
                continue;
            };
            if let Some((month, peak)) = work.first_over(&route, counted, allowed)? {
                let enough = enough(limits, counted, &peak);
                let tier = tier.name.clone();
                let peak = Peak { counted, per_minute: peak, allowed, tier, enough };
                add(Some(month), Detail::Peak(peak));
            }
        }
        if uses_batch(found, &route) {
            add(None, Detail::Capacity(CapacityOpen::BatchQueue));
        }
    }
    Ok(findings)
}

/// The limits of the account's tier; or why they are not known.
fn tier<'a>(
    capacity: &Capacity,
    route: &'a Route,
) -> Result<(&'a RateLimits, &'a Tier), CapacityOpen> {
    let limits = route.rate_limits.as_ref().ok_or(CapacityOpen::NotStated)?;
    let known = || limits.tiers.iter().map(|tier| tier.name.clone()).collect();
    let name = capacity.tier.as_ref().ok_or_else(|| CapacityOpen::NoTier(known()))?;
    let found = limits.tiers.iter().find(|tier| tier.name == *name);
    let unknown = || CapacityOpen::UnknownTier { name: name.clone(), known: known() };
    Ok((limits, found.ok_or_else(unknown)?))
}

/// A forecast with its prices by workload.
struct Work<'a> {
    budget: &'a Budget,
    found: &'a Forecast,
    prices: BTreeMap<&'a str, Vec<&'a UsedPrice>>,
}

impl Work<'_> {
    /// The first month whose busiest minute is, or may be, above what is allowed.
    fn first_over(
        &self,
        route: &Route,
        counted: Counted,
        allowed: u64,
    ) -> Result<Option<(Month, Figure<Decimal>)>, AmountTooLarge> {
        let mut peaks: BTreeMap<Month, Figure<Decimal>> = BTreeMap::new();
        let on_route = |row: &ForecastLine| row.route.as_ref().is_some_and(|it| it.id == route.id);
        for row in self.found.rows().filter(on_route) {
            let peak = peaks.entry(row.month).or_insert(Figure::Exact(Decimal::ZERO));
            *peak = add(peak, &self.per_minute(&row, counted)?)?;
        }
        let over =
            |peak: &Figure<Decimal>| peak.high().is_none_or(|high| high > Decimal::from(allowed));
        Ok(peaks.into_iter().find(|(_, peak)| over(peak)))
    }

    /// A row's busiest minute: the month's count ÷ days of work ÷ hours a day ÷ 60 × peak factor.
    fn per_minute(
        &self,
        row: &ForecastLine,
        counted: Counted,
    ) -> Result<Figure<Decimal>, AmountTooLarge> {
        let none = Figure::Exact(Decimal::ZERO);
        let capacity = &self.budget.capacity;
        let days = self.days_of_work(row);
        let hours = capacity.hours_per_day.unwrap_or(Decimal::from(24));
        if days == 0 || hours.is_zero() {
            return Ok(none);
        }
        let count = match counted {
            Counted::Images => row.attempts.clone(),
            Counted::Tokens => {
                row.tokens.iter().try_fold(none, |sum, (_, count)| add(&sum, count))?
            }
        };
        let hours = fraction::from_count(days) * fraction::from_decimal(hours);
        let minutes = hours * fraction::from_count(60);
        let peak = fraction::from_decimal(capacity.peak_factor.unwrap_or(Decimal::ONE));
        count.try_map(|count| fraction::of_amount(count, &(&peak / &minutes)))
    }

    /// The days of a row's month on which its workload is made on its route, other than as Batch.
    fn days_of_work(&self, row: &ForecastLine) -> u64 {
        let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
        for price in self.prices.get(&*row.workload).into_iter().flatten() {
            let here = row.route.as_ref().is_some_and(|route| route.id == price.route.id);
            if !here || is_batch(price) {
                continue;
            }
            let first = price.from.max(row.month.first_day());
            let until = price.until.min(row.month.end());
            days.extend((0..31).map(|day| first + Days::new(day)).take_while(|day| *day < until));
        }
        days.len() as u64
    }
}

fn uses_batch(found: &Forecast, route: &Route) -> bool {
    found.prices.iter().any(|price| price.route.id == route.id && is_batch(price))
}

fn is_batch(price: &UsedPrice) -> bool {
    price.processing == Some(Processing::Batch)
}

/// The lowest tier that allows as many.
fn enough(limits: &RateLimits, counted: Counted, peak: &Figure<Decimal>) -> Option<String> {
    let high = peak.high()?;
    let carries =
        |tier: &&Tier| counted.allowed(tier).is_some_and(|allowed| Decimal::from(allowed) >= high);
    limits.tiers.iter().find(carries).map(|tier| tier.name.clone())
}
