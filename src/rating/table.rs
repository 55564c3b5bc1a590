//! The table that usage is rated by: a version of a route's prices on a day, with the other table it
//! is stated to rest on already worked in.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::assumed::AssumedRate;
use crate::catalog::conditions::{Conditions, Processing};
use crate::catalog::dated::{NotSupposed, Supposed, position_in_force, position_supposed};
use crate::catalog::evidence::Evidence;
use crate::catalog::known::Known;
use crate::catalog::no_basis::NoBasis;
use crate::catalog::price::{Basis, NotStated, PriceVersion, Rate};
use crate::catalog::route::{Route, Status};
use crate::catalog::{Catalog, LookupError};
use crate::errors::Errors;
use crate::money::{self, AmountTooLarge};
use crate::problem::Problem;
use crate::unit::Meter;

/// How many tables may rest on each other.
const MOST_BASES: u32 = 4;

/// What usage is rated by. Every charge carries it, so that a copy shares what it holds.
#[derive(Debug, Clone)]
pub struct PriceTable {
    /// The route.
    pub route: Arc<Route>,
    /// Which of its versions, as an index into [`Route::versions`].
    version: usize,
    /// Whether that version, or one that it rests on, is taken to have held before its first day, by the user's word.
    pub supposed: Option<Supposed>,
    /// Lists of rates; with several, the cheapest is charged.
    pub(super) lists: Arc<Vec<Vec<TableRate>>>,
    /// Meters that cost nothing.
    pub(super) not_billed: Arc<BTreeSet<Meter>>,
    /// Prices that were looked for and not found.
    pub(super) not_stated: Arc<Vec<NotStated>>,
}

/// A rate with all factors worked in.
#[derive(Debug, Clone)]
pub struct TableRate {
    /// What it counts, when it holds and its price; that of the version itself where no factor changes it.
    pub rate: Arc<Rate>,
    /// The other table that the price rests on, in words.
    pub basis: Option<Arc<str>>,
    /// Who says so: of a price that is stated by way of another table, first whoever states that, then whoever states
    /// the other.
    pub evidence: Arc<[Arc<Evidence>]>,
    /// The day on which the price was first read, where that is after the day of the table and no source states that it
    /// held on it.
    pub read_on: Option<NaiveDate>,
    /// What it is taken for granted as, where no source states it.
    pub assumed: Option<AssumedRate>,
}

/// Why a route has no table for a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// No price was known yet on the day of knowledge.
    #[error("no price was known on {on}: one is from {from}")]
    NotKnown {
        /// The day of knowledge.
        on: NaiveDate,
        /// The first day on which a price is known.
        from: NaiveDate,
    },
    /// No version holds; the nearest one, in words.
    #[error("no version holds on that day; the nearest: {}", .0.as_deref().unwrap_or("none"))]
    NoVersion(Option<String>),
    /// The route has no price to rate with.
    #[error("no price to rate with: {}", .0.why_no_price())]
    NotPriced(Status),
    /// The version that begins next cannot be taken to have held before: its source states its first day.
    #[error("the next version is stated to begin on {starts}: it did not hold since {since}")]
    StartStated {
        /// The day since which it was to have held.
        since: NaiveDate,
        /// The first day that its source states.
        starts: NaiveDate,
    },
    /// The table that the prices rest on cannot be used.
    #[error("the table that the prices rest on cannot be used: {0}")]
    NoBasis(NoBasis),
    /// A table is wrong.
    #[error("{0}")]
    Broken(Errors<Problem>),
    /// A price times a factor cannot be kept exact.
    #[error("a price times a factor is too large to be kept exact")]
    TooLarge,
}

impl From<NoBasis> for TableError {
    fn from(why: NoBasis) -> TableError {
        TableError::NoBasis(why)
    }
}

impl From<AmountTooLarge> for TableError {
    fn from(_: AmountTooLarge) -> TableError {
        TableError::TooLarge
    }
}

impl PriceTable {
    /// The table of a route on a day.
    ///
    /// # Errors
    /// [`TableError`]: no price, no version for the day, or a basis that cannot be used.
    pub fn of(
        catalog: &Catalog,
        route: Arc<Route>,
        day: NaiveDate,
    ) -> Result<PriceTable, TableError> {
        PriceTable::supposing(catalog, route, day, None)
    }

    /// The same, where the first version that begins after a day is taken to have held since then.
    ///
    /// # Errors
    /// [`TableError`], as those of [`PriceTable::of`]; or that the source of that version states its first day.
    pub fn supposing(
        catalog: &Catalog,
        route: Arc<Route>,
        day: NaiveDate,
        held_since: Option<NaiveDate>,
    ) -> Result<PriceTable, TableError> {
        Tables { catalog, day, held_since }.of(route, MOST_BASES)
    }

    /// The version of the prices.
    pub fn version(&self) -> &PriceVersion {
        &self.route.versions[self.version]
    }

    /// The calls that a number of images takes, and whether the owner states how many a call makes.
    pub fn calls(&self, images: u32) -> (u32, bool) {
        match self.version().images_per_call {
            Some(per_call) => (images.div_ceil(per_call), true),
            None => (images, false),
        }
    }

    /// The lists of rates; with several, the cheapest is charged.
    pub fn lists(&self) -> &[Vec<TableRate>] {
        &self.lists
    }

    /// Meters that cost nothing.
    pub fn not_billed(&self) -> &BTreeSet<Meter> {
        &self.not_billed
    }

    /// Prices that were looked for and not found.
    pub fn not_stated(&self) -> &[NotStated] {
        &self.not_stated
    }

    /// Every rate as what it counts and when it holds.
    pub fn rate_conditions(&self) -> impl Iterator<Item = (Meter, &Conditions)> {
        self.lists.iter().flatten().map(|rate| (rate.rate.meter, &rate.rate.when))
    }

    /// Whether any rate is for a kind of processing.
    pub fn has_rates_for(&self, processing: Processing) -> bool {
        self.rate_conditions().any(|(_, when)| when.processing == processing)
    }

    /// Whether any rate is for calls.
    pub fn bills_calls(&self) -> bool {
        self.lists.iter().flatten().any(|rate| rate.rate.meter == Meter::Calls)
    }
}

/// Where tables are looked up, for one day.
struct Tables<'a> {
    catalog: &'a Catalog,
    day: NaiveDate,
    held_since: Option<NaiveDate>,
}

impl Tables<'_> {
    fn of(&self, route: Arc<Route>, most: u32) -> Result<PriceTable, TableError> {
        if route.status != Status::Priced {
            return Err(TableError::NotPriced(route.status));
        }
        let (version, mut supposed) = self.version(&route)?;
        let found = &route.versions[version];
        let own = |rates: &[Arc<Rate>]| {
            let rate = |rate: &Arc<Rate>| self.own_rate(rate, found);
            rates.iter().map(rate).collect::<Result<Vec<_>, _>>()
        };
        let mut first = own(&found.rates)?;
        let mut not_billed = found.not_billed.clone();
        let mut not_stated = found.not_stated.clone();
        if let Some(basis) = &found.basis {
            let other = self.basis(&basis.route, most)?;
            if other.version().unit != found.unit {
                return Err(NoBasis::OtherUnit(basis.route.clone()).into());
            }
            first.extend(factored(&other, basis, &found.evidence)?);
            not_billed.extend(other.not_billed.iter());
            not_stated.extend(other.not_stated.iter().cloned());
            supposed = supposed.or(other.supposed);
        }
        let mut lists =
            found.cheapest_of.iter().map(|list| own(list)).collect::<Result<Vec<_>, _>>()?;
        if lists.is_empty() {
            lists.push(first);
        } else {
            lists.iter_mut().for_each(|list| list.extend(first.clone()));
        }
        Ok(PriceTable {
            route: route.clone(),
            version,
            supposed,
            lists: Arc::new(lists),
            not_billed: Arc::new(not_billed),
            not_stated: Arc::new(not_stated),
        })
    }

    /// Which version holds, and whether it is only supposed to.
    fn version(&self, route: &Route) -> Result<(usize, Option<Supposed>), TableError> {
        if let Some((on, from)) = self.catalog.day_of_knowledge().zip(route.price_known_from) {
            return Err(TableError::NotKnown { on, from });
        }
        let found = match self.held_since {
            Some(since) => position_supposed(&route.versions, self.day, since),
            None => position_in_force(&route.versions, self.day)
                .map(|version| (version, None))
                .map_err(NotSupposed::NoVersion),
        };
        found.map_err(|why| match (why, self.held_since) {
            (NotSupposed::Stated(starts), Some(since)) => TableError::StartStated { since, starts },
            (NotSupposed::NoVersion(Some(nearest)), _) => {
                TableError::NoVersion(Some(nearest.in_words()))
            }
            _ => TableError::NoVersion(None),
        })
    }

    /// A rate of a version with its factor.
    fn own_rate(
        &self,
        rate: &Arc<Rate>,
        version: &PriceVersion,
    ) -> Result<TableRate, AmountTooLarge> {
        let read_on = rate.known_from().filter(|from| *from > self.day);
        let evidence = Arc::from([stated_by(rate, version)]);
        let rate = multiplied(rate, version.factor)?;
        Ok(TableRate { rate, basis: None, evidence, read_on, assumed: None })
    }

    fn basis(&self, id: &str, most: u32) -> Result<PriceTable, TableError> {
        if most == 0 {
            return Err(NoBasis::TooDeep(id.into()).into());
        }
        let route = self.catalog.route(id).map_err(|error| match error {
            LookupError::Broken(problems) => TableError::Broken(problems),
            LookupError::NotKnown { on, from, .. } => TableError::NotKnown { on, from },
            _ => NoBasis::NoRoute(id.into()).into(),
        })?;
        self.of(route, most - 1).map_err(|error| match error {
            TableError::NoVersion(_) => {
                NoBasis::NoVersion { route: id.into(), day: self.day }.into()
            }
            other => other,
        })
    }
}

/// The rates of another table, as far as they are taken over, times the factor, each saying where it
/// comes from.
fn factored(
    other: &PriceTable,
    basis: &Basis,
    stated_by: &Arc<Evidence>,
) -> Result<Vec<TableRate>, AmountTooLarge> {
    let factor = basis.factor;
    let times =
        if factor == Decimal::ONE { String::new() } else { format!("{} × ", factor.normalize()) };
    let version = other.version();
    let words = |evidence: &Evidence| -> Arc<str> {
        let (id, owner) = (&other.route.id, &other.route.owner_name);
        let (period, evidence) = (version.period.in_words(), evidence.in_words());
        format!("{times}{id} ({owner}), version {period}; {evidence}").into()
    };
    let rates = other.lists.first().map_or(&[][..], |list| list);
    rates
        .iter()
        .filter(|rate| basis.covers.contains(&rate.rate.when.processing))
        .map(|found| {
            let price = money::multiply(found.rate.price, factor)?;
            let by_both = [stated_by].into_iter().chain(&*found.evidence).cloned();
            let (evidence, basis) = (by_both.collect(), Some(words(&found.evidence[0])));
            let rate = Rate { price, evidence: None, ..Rate::clone(&found.rate) };
            let (rate, read_on) = (Arc::new(rate), found.read_on);
            Ok(TableRate { rate, basis, evidence, read_on, assumed: None })
        })
        .collect()
}

/// Who states a rate: its own source, or that of the version.
fn stated_by(rate: &Rate, version: &PriceVersion) -> Arc<Evidence> {
    rate.evidence.as_ref().unwrap_or(&version.evidence).clone()
}

fn multiplied(rate: &Arc<Rate>, factor: Decimal) -> Result<Arc<Rate>, AmountTooLarge> {
    if factor == Decimal::ONE {
        return Ok(rate.clone());
    }
    let price = money::multiply(rate.price, factor)?;
    Ok(Arc::new(Rate { price, ..Rate::clone(rate) }))
}
