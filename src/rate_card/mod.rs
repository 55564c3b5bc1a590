//! The rate card: every rate of a selection of routes, with its conditions and all that it rests on; and the sources to
//! read again.
//!
//! ```text
//! catalog, routes, day ─ price tables ─► lines (priced, not billed, not stated, not offered)
//! catalog, day ─ tables as written ─► sources, the oldest first
//! ```

mod sources;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::catalog::conditions::Conditions;
use crate::catalog::evidence::RestsOn;
use crate::catalog::price::{NotOffered, NotStated, PriceVersion, Rate, SvgAuthoring};
use crate::catalog::route::Route;
use crate::estimate::EstimateError;
use crate::rating::{FxRates, PriceTable, TableError, TableRate, in_dollars};
use crate::unit::Meter;

pub use sources::{SourceToRead, sources};

/// The rates of a selection of routes.
#[derive(Debug, Clone, Default)]
pub struct RateCard {
    /// The lines, route by route and version by version in the order of the tables.
    pub lines: Vec<CardLine>,
    /// How many routes have a price on it.
    pub priced_routes: usize,
    /// The routes without one, and why.
    pub unpriced: Vec<(Arc<Route>, TableError)>,
}

impl RateCard {
    /// Whether a rate on it is in this currency or credit.
    pub fn is_priced_in(&self, unit: &str) -> bool {
        let is_price = |says: &CardRate| matches!(says, CardRate::Priced(..) | CardRate::Floor(..));
        let priced = self.lines.iter().filter(|line| is_price(&line.says));
        priced.map(CardLine::version).any(|version| version.unit.name() == unit)
    }
}

/// A line of the rate card.
#[derive(Debug, Clone)]
pub struct CardLine {
    /// The route and the version of its prices.
    pub table: PriceTable,
    /// Which of several lists it stands in, from 1, where the cheapest of them is charged.
    pub list: Option<usize>,
    /// What it says.
    pub says: CardRate,
}

/// What a line of the rate card says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CardRate {
    /// A price, with all factors worked in; and in US dollars, where its unit has a known value.
    Priced(TableRate, Option<Decimal>),
    /// What a call costs at the least; and in US dollars, where its unit has a known value.
    Floor(Decimal, Option<Decimal>),
    /// What the tokens of the model cost that writes an SVG file; and in US dollars, where its unit has a known value.
    SvgAuthoring(Arc<Rate>, Option<Decimal>),
    /// The owner states that it does not bill this.
    NotBilled(Meter),
    /// A price that was looked for and not found, for one of the meters that the statement names.
    NotStated(Meter, NotStated),
    /// The owner does not offer this.
    NotOffered(NotOffered),
}

impl CardRate {
    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            CardRate::Priced(..) => "priced",
            CardRate::Floor(..) => "floor",
            CardRate::SvgAuthoring(..) => "svg_authoring",
            CardRate::NotBilled(_) => "not_billed",
            CardRate::NotStated(..) => "not_stated",
            CardRate::NotOffered(_) => "not_offered",
        }
    }

    /// What is counted; nothing of what is not offered.
    pub fn meter(&self) -> Option<Meter> {
        match self {
            CardRate::Priced(rate, _) => Some(rate.rate.meter),
            CardRate::Floor(..) => Some(Meter::Calls),
            CardRate::SvgAuthoring(rate, _) => Some(rate.meter),
            CardRate::NotBilled(meter) | CardRate::NotStated(meter, _) => Some(*meter),
            CardRate::NotOffered(_) => None,
        }
    }

    /// The conditions under which it holds; none where it always does.
    pub fn conditions(&self) -> Option<&Conditions> {
        match self {
            CardRate::Priced(rate, _) => Some(&rate.rate.when),
            CardRate::NotStated(_, open) => Some(&open.when),
            CardRate::SvgAuthoring(rate, _) => Some(&rate.when),
            CardRate::Floor(..) | CardRate::NotBilled(_) | CardRate::NotOffered(_) => None,
        }
    }
}

impl CardLine {
    /// The version of the prices.
    pub fn version(&self) -> &PriceVersion {
        self.table.version()
    }

    /// Who says so.
    pub fn rests_on(&self) -> Option<RestsOn<'_>> {
        match &self.says {
            CardRate::Priced(rate, _) => RestsOn::these(&*rate.evidence),
            CardRate::Floor(..) | CardRate::SvgAuthoring(..) | CardRate::NotBilled(_) => {
                Some(RestsOn::one(&self.version().evidence))
            }
            CardRate::NotOffered(row) => Some(RestsOn::one(&row.evidence)),
            // Nobody states a price that was not found.
            CardRate::NotStated(..) => None,
        }
    }
}

/// Which versions of the prices are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// The one that holds on this day.
    On(NaiveDate),
    /// Every one; a price by way of another list as that list is on the first day of the version.
    All,
}

impl Versions {
    /// The days on which a route's price is looked for.
    fn days(self, route: &Route) -> Vec<NaiveDate> {
        match self {
            Versions::On(day) => vec![day],
            Versions::All => route.versions.iter().map(|version| version.period.first).collect(),
        }
    }
}

/// The rate card of these routes.
///
/// # Errors
/// The problems of tables that are wrong, and prices that cannot be kept exact.
pub fn rate_card(
    catalog: &Catalog,
    routes: impl IntoIterator<Item = Arc<Route>>,
    versions: Versions,
    fx: &FxRates,
) -> Result<RateCard, EstimateError> {
    let mut card = RateCard::default();
    for route in routes {
        let days = versions.days(&route);
        let tables = days.iter().map(|day| PriceTable::of(catalog, route.clone(), *day));
        let mut is_priced = false;
        for table in tables {
            match table {
                Ok(table) => card.lines.extend(lines(&table, fx)?),
                Err(TableError::Broken(problems)) => return Err(problems.into()),
                Err(why) => {
                    card.unpriced.push((route.clone(), why));
                    continue;
                }
            }
            is_priced = true;
        }
        card.priced_routes += usize::from(is_priced);
    }
    Ok(card)
}

fn lines(table: &PriceTable, fx: &FxRates) -> Result<Vec<CardLine>, EstimateError> {
    let line = |list, says| CardLine { table: table.clone(), list, says };
    let (lists, version) = (table.lists(), table.version());
    let mut lines = Vec::new();
    for (index, list) in lists.iter().enumerate() {
        for rate in list {
            let dollars = in_dollars(rate.rate.price, &version.unit, fx)?;
            let of_several = (lists.len() > 1).then_some(index + 1);
            lines.push(line(of_several, CardRate::Priced(rate.clone(), dollars)));
        }
    }
    if let Some(floor) = version.floor {
        let dollars = in_dollars(floor, &version.unit, fx)?;
        lines.push(line(None, CardRate::Floor(floor, dollars)));
    }
    if let Some(SvgAuthoring::Rates(rates)) = &version.svg_authoring {
        for rate in rates {
            let dollars = in_dollars(rate.price, &version.unit, fx)?;
            lines.push(line(None, CardRate::SvgAuthoring(rate.clone(), dollars)));
        }
    }
    lines.extend(table.not_billed().iter().map(|meter| line(None, CardRate::NotBilled(*meter))));
    for open in table.not_stated() {
        let of_meter = |meter: &Meter| line(None, CardRate::NotStated(*meter, open.clone()));
        lines.extend(open.meters.iter().map(of_meter));
    }
    let refused = version.not_offered.iter().cloned();
    lines.extend(refused.map(|row| line(None, CardRate::NotOffered(row))));
    Ok(lines)
}
