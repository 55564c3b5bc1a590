//! The prices of two tables, each asked for the conditions that either of them names.
//!
//! A price is looked up as rating looks it up: per meter the first rate that holds. So a table without a
//! rate of its own for a condition answers with its general one, and a moved price is one that is charged.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Both;
use super::conditions::{covers, overlap};
use crate::catalog::conditions::Conditions;
use crate::catalog::evidence::Evidence;
use crate::catalog::price::{PriceUnit, WhyNotStated};
use crate::money::{self, AmountTooLarge};
use crate::rating::{FxRates, PriceTable, TableRate, in_dollars};
use crate::unit::{Meter, Per};

/// The prices of two tables that differ, and how many do not.
#[derive(Debug, Clone, Default)]
pub struct TableRates {
    /// Those that differ.
    pub changed: Vec<RateChange>,
    /// How many are the same.
    pub equal: usize,
}

/// What a meter costs under some conditions on both sides.
#[derive(Debug, Clone)]
pub struct RateChange {
    /// Which list, from 1, where an owner charges the cheapest of several.
    pub list: Option<usize>,
    /// What is counted.
    pub meter: Meter,
    /// Under which conditions.
    pub when: Conditions,
    /// What each side charges.
    pub sides: Both<RateState>,
    /// By how much, where both sides have one price that can be compared.
    pub difference: Option<Difference>,
}

/// What a side charges for a meter under some conditions.
#[derive(Debug, Clone)]
pub enum RateState {
    /// A price.
    Priced(RatePrice),
    /// One of several prices: which one depends on further conditions.
    Depends(Vec<RatePrice>),
    /// Nothing but what stands under conditions of its own.
    ByCondition,
    /// The owner states that it costs nothing.
    NotBilled,
    /// A surcharge that this side does not take.
    NoSurcharge,
    /// The owner does not offer it.
    NotOffered,
    /// No price is known; where it was looked for, if that is said.
    NotStated(Option<WhyNotStated>),
    /// Another of the owner's lists charges it.
    OtherList,
}

/// A price of one side.
#[derive(Debug, Clone)]
pub struct RatePrice {
    /// The price in its unit, with all factors worked in.
    pub price: Decimal,
    /// For how many units.
    pub per: Per,
    /// What the price is in.
    pub unit: PriceUnit,
    /// The price in US dollars, where its unit has a known value.
    pub dollars: Option<Decimal>,
    /// Charged only beyond this many units.
    pub after: u64,
    /// Whether a part of `per` counts as a whole one.
    pub whole_units: bool,
    /// The other owner's table that it rests on, in words.
    pub basis: Option<Arc<str>>,
    /// Who says so.
    pub evidence: Arc<Evidence>,
}

/// How far side B lies above side A.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// B − A.
    pub amount: Decimal,
    /// For how many units.
    pub per: Per,
    /// The unit of both sides, or the US dollar where their units differ.
    pub unit: PriceUnit,
    /// (B − A) ÷ A; `None` where A is free.
    pub relative: Option<Decimal>,
}

pub(super) fn changes(
    tables: Both<&PriceTable>,
    fx: &FxRates,
) -> Result<TableRates, AmountTooLarge> {
    let several = tables.iter().any(|table| table.lists().len() > 1);
    let mut rates = TableRates::default();
    for key in keys(tables) {
        let sides = [state(tables[0], &key, fx)?, state(tables[1], &key, fx)?];
        let (same, difference) = compared(&sides)?;
        if same {
            rates.equal += 1;
            continue;
        }
        let list = several.then_some(key.list + 1);
        rates.changed.push(RateChange {
            list,
            meter: key.meter,
            when: key.when,
            sides,
            difference,
        });
    }
    Ok(rates)
}

/// A meter under conditions, in one of the lists.
struct Key {
    list: usize,
    meter: Meter,
    when: Conditions,
    /// Where it stands in the file that names it first.
    position: usize,
}

/// All that either table says something of, in an order that does not depend on which one is A.
fn keys(tables: Both<&PriceTable>) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let mut add = |list, meter, when: &Conditions, position| match keys
        .iter_mut()
        .find(|key| key.list == list && key.meter == meter && key.when == *when)
    {
        Some(known) => known.position = known.position.min(position),
        None => keys.push(Key { list, meter, when: when.clone(), position }),
    };
    for table in tables {
        for (list, rates) in table.lists().iter().enumerate() {
            for (position, rate) in rates.iter().enumerate() {
                add(list, rate.rate.meter, &rate.rate.when, position);
            }
        }
        for meter in table.not_billed().iter().filter(|meter| !meter.is_surcharge()) {
            add(0, *meter, &Conditions::none(), 0);
        }
        for row in table.not_stated() {
            row.meters.iter().for_each(|meter| add(0, *meter, &row.when, 0));
        }
    }
    keys.sort_by_cached_key(|key| {
        let words = format!("{:?}", key.when);
        (key.list, key.meter, key.when.processing, key.position, words)
    });
    keys
}

/// What a table charges for a meter under some conditions: in the first of its lists that has a rate for it.
pub(crate) fn charged(
    table: &PriceTable,
    meter: Meter,
    when: &Conditions,
    fx: &FxRates,
) -> Result<RateState, AmountTooLarge> {
    let has_meter = |list: &Vec<TableRate>| list.iter().any(|rate| rate.rate.meter == meter);
    let list = table.lists().iter().position(has_meter).unwrap_or_default();
    state(table, &Key { list, meter, when: when.clone(), position: 0 }, fx)
}

/// Every price of a meter that may hold under some conditions, in whichever list.
pub(crate) fn possible(
    table: &PriceTable,
    meter: Meter,
    when: &Conditions,
    fx: &FxRates,
) -> Result<Vec<RatePrice>, AmountTooLarge> {
    let rates = table.lists().iter().flatten().filter(|rate| rate.rate.meter == meter);
    rates.filter(|it| overlap(&it.rate.when, when)).map(|it| price(table, it, fx)).collect()
}

fn state(table: &PriceTable, key: &Key, fx: &FxRates) -> Result<RateState, AmountTooLarge> {
    if is_refused(table, &key.when) {
        return Ok(RateState::NotOffered);
    }
    let list = table.lists().get(key.list).map_or(&[][..], |list| list);
    let of_meter = || list.iter().filter(|rate| rate.rate.meter == key.meter);
    let mut possible: Vec<RatePrice> = Vec::new();
    for rate in of_meter() {
        let when = &rate.rate.when;
        // What is more special than the key has a row of its own.
        if !covers(when, &key.when) && !covers(&key.when, when) && overlap(when, &key.when) {
            possible.push(price(table, rate, fx)?);
        }
        if covers(when, &key.when) {
            let last = price(table, rate, fx)?;
            if possible.is_empty() {
                return Ok(RateState::Priced(last));
            }
            possible.push(last);
            break;
        }
    }
    Ok(match possible.is_empty() {
        false => RateState::Depends(possible),
        true if of_meter().any(|rate| covers(&key.when, &rate.rate.when)) => RateState::ByCondition,
        true if of_meter().next().is_some() => not_stated(table, key),
        true => unrated(table, key),
    })
}

/// What a meter costs that the list has no rate for at all.
fn unrated(table: &PriceTable, key: &Key) -> RateState {
    let elsewhere = table.lists().iter().flatten().any(|rate| rate.rate.meter == key.meter);
    if elsewhere || key.list >= table.lists().len() {
        RateState::OtherList
    } else if key.meter.is_surcharge() {
        RateState::NoSurcharge
    } else if table.not_billed().contains(&key.meter) {
        RateState::NotBilled
    } else {
        not_stated(table, key)
    }
}

fn not_stated(table: &PriceTable, key: &Key) -> RateState {
    let row = table
        .not_stated()
        .iter()
        .find(|row| row.meters.contains(&key.meter) && covers(&row.when, &key.when));
    RateState::NotStated(row.map(|row| row.why.clone()))
}

/// Whether the owner refuses what the conditions ask for.
fn is_refused(table: &PriceTable, when: &Conditions) -> bool {
    table.version().not_offered.iter().any(|row| {
        let processing = row.processing == Some(when.processing);
        let quality = row.quality.is_some() && row.quality == when.quality;
        let mode = row.mode.is_some() && row.mode == when.mode;
        processing || quality || mode
    })
}

fn price(table: &PriceTable, rate: &TableRate, fx: &FxRates) -> Result<RatePrice, AmountTooLarge> {
    let version = table.version();
    let TableRate { rate, basis, evidence, .. } = rate;
    Ok(RatePrice {
        price: rate.price,
        per: rate.per,
        unit: version.unit.clone(),
        dollars: in_dollars(rate.price, &version.unit, fx)?,
        after: rate.after,
        whole_units: rate.whole_units,
        basis: basis.clone(),
        evidence: evidence[0].clone(),
    })
}

/// Whether two sides are the same, and by how much they differ.
fn compared(sides: &Both<RateState>) -> Result<(bool, Option<Difference>), AmountTooLarge> {
    use RateState::*;
    Ok(match sides {
        [Priced(a), Priced(b)] => {
            let difference = difference(a, b)?.filter(|_| is_counted_alike(a, b));
            let same = difference.as_ref().is_some_and(|difference| difference.amount.is_zero());
            (same, difference)
        }
        [Depends(a), Depends(b)] => (all_same(a, b)?, None),
        [ByCondition, ByCondition]
        | [NotBilled, NotBilled]
        | [NoSurcharge, NoSurcharge]
        | [NotOffered, NotOffered]
        | [NotStated(_), NotStated(_)]
        | [OtherList, OtherList] => (true, None),
        _ => (false, None),
    })
}

fn all_same(a: &[RatePrice], b: &[RatePrice]) -> Result<bool, AmountTooLarge> {
    let mut same = a.len() == b.len();
    for (a, b) in a.iter().zip(b) {
        let equal = difference(a, b)?.is_some_and(|difference| difference.amount.is_zero());
        same = same && is_counted_alike(a, b) && equal;
    }
    Ok(same)
}

/// Whether a price is for the same part of what is counted.
fn is_counted_alike(a: &RatePrice, b: &RatePrice) -> bool {
    a.after == b.after && a.whole_units == b.whole_units && (!a.whole_units || a.per == b.per)
}

/// B − A for the larger of the two scales; `None` where the units differ and one has no known value.
fn difference(a: &RatePrice, b: &RatePrice) -> Result<Option<Difference>, AmountTooLarge> {
    let per = if a.per.count() >= b.per.count() { a.per } else { b.per };
    let (prices, unit) = if a.unit == b.unit {
        ([a.price, b.price], a.unit.clone())
    } else {
        let (Some(a), Some(b)) = (a.dollars, b.dollars) else { return Ok(None) };
        ([a, b], PriceUnit::Currency("USD".into()))
    };
    let scaled = |price, own: Per| money::times(u64::from(per.count() / own.count()), price);
    let (low, high) = (scaled(prices[0], a.per)?, scaled(prices[1], b.per)?);
    let amount = money::add(high, -low)?;
    let relative = relative(amount, low)?;
    Ok(Some(Difference { amount, per, unit, relative }))
}

/// A difference as a share of where it starts; `None` where that is nothing.
pub(super) fn relative(
    difference: Decimal,
    start: Decimal,
) -> Result<Option<Decimal>, AmountTooLarge> {
    (!start.is_zero()).then(|| money::quotient(difference, start)).transpose()
}
