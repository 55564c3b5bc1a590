//! One price of a map beside what is charged here for the same.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::rows::{Here, MapRow, MapState, MapWhy, Published};
use super::{MapEntry, MapRate};
use crate::catalog::conditions::Conditions;
use crate::catalog::route::Route;
use crate::money::{self, AmountTooLarge};
use crate::price_changes::{RatePrice, RateState, charged, possible};
use crate::rating::{FxRates, PriceTable};
use crate::unit::{Meter, Per};

/// A row of a price of the map, by itself.
pub(super) fn row_of(entry: &MapEntry, rate: &MapRate, route: Option<&Arc<Route>>) -> MapRow {
    MapRow {
        state: MapState::MissingHere,
        why: None,
        key: Some(entry.key.clone()),
        field: Some(rate.field.clone()),
        source: entry.source.clone(),
        route: route.cloned(),
        table: None,
        meter: rate.meters[0],
        when: rate.when.clone(),
        here: Here::Nothing,
        there: Some(rate.price),
        per: rate.per,
        here_usd: None,
        ratio: None,
    }
}

/// What a field says of each meter that it stands for: where it is equal for some, of those; else of the first that is
/// priced here.
pub(super) fn of_rate(
    entry: &MapEntry,
    rate: &MapRate,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<Vec<MapRow>, AmountTooLarge> {
    let mut rows = Vec::new();
    for meter in meters(entry, rate) {
        rows.push(of_meter(entry, rate, meter, (table, fx))?);
    }
    if rows.iter().any(|row| row.state == MapState::Equal) {
        rows.retain(|row| row.state == MapState::Equal);
        return Ok(rows);
    }
    let priced = rows.iter().position(|row| !matches!(row.here, Here::Nothing));
    Ok(vec![rows.swap_remove(priced.unwrap_or_default())])
}

fn of_meter(
    entry: &MapEntry,
    rate: &MapRate,
    meter: Meter,
    (table, fx): (&PriceTable, &FxRates),
) -> Result<MapRow, AmountTooLarge> {
    let when = asked(&rate.when, meter, table);
    let row = MapRow {
        table: Some(table.clone()),
        meter,
        when,
        ..row_of(entry, rate, Some(&table.route))
    };
    let state = charged(table, meter, &row.when, fx)?;
    let not_billed = matches!(state, RateState::NotBilled | RateState::NoSurcharge);
    if not_billed && rate.price.is_zero() {
        return Ok(MapRow { state: MapState::Equal, here_usd: Some(Decimal::ZERO), ..row });
    }
    match state {
        RateState::Priced(price) => beside(row, price, table),
        RateState::Depends(_) | RateState::ByCondition => {
            let prices = possible(table, meter, &row.when, fx)?;
            beside_several(row, prices)
        }
        RateState::NotBilled if meter == Meter::Images => by_call(row, (table, fx)),
        RateState::NotBilled | RateState::NoSurcharge => {
            let (state, why) = (MapState::ChargedOtherwise, Some(MapWhy::BilledOtherwise));
            Ok(MapRow { state, why, ..row })
        }
        RateState::NotOffered => Ok(MapRow { why: Some(MapWhy::NotOffered), ..row }),
        RateState::NotStated(_) | RateState::OtherList => {
            Ok(MapRow { why: Some(MapWhy::NotStated), ..row })
        }
    }
}

/// A price of an image where none is billed by the image: that of a call that makes one, else what the owner publishes
/// as an estimate.
fn by_call(row: MapRow, (table, fx): (&PriceTable, &FxRates)) -> Result<MapRow, AmountTooLarge> {
    let one_each = table.version().images_per_call.is_none_or(|images| images == 1);
    if table.bills_calls() && one_each {
        return match charged(table, Meter::Calls, &row.when, fx)? {
            RateState::Priced(price) => beside(row, price, table),
            _ => beside_several(row.clone(), possible(table, Meter::Calls, &row.when, fx)?),
        };
    }
    let why = Some(MapWhy::BilledOtherwise);
    let otherwise = MapRow { state: MapState::ChargedOtherwise, why, ..row };
    Ok(match published(&otherwise.when, &table.route) {
        Some(found) => {
            let (there, here) = (otherwise.there, found.dollars);
            let state = if there == Some(here) { MapState::Equal } else { MapState::Differing };
            MapRow {
                state,
                why: Some(MapWhy::PublishedEstimate),
                here_usd: Some(here),
                ratio: there.map(|there| ratio(there, here)).transpose()?.flatten(),
                here: Here::Estimate(found),
                ..otherwise
            }
        }
        None => otherwise,
    })
}

/// What a price stands for: what its field is named after, and what else has no field of its own.
fn meters<'a>(entry: &'a MapEntry, rate: &'a MapRate) -> impl Iterator<Item = Meter> + 'a {
    let has_own = |meter: &Meter| {
        let own =
            |it: &MapRate| it.meters[0] == *meter && it.when.processing == rate.when.processing;
        entry.rates.iter().any(own)
    };
    let (first, others) = rate.meters.split_at(1);
    first.iter().copied().chain(others.iter().copied().filter(move |meter| !has_own(meter)))
}

/// The conditions of a price of a map. What the key of an image leaves out is what the route makes then, where that is
/// stated; a token costs the same in calls of both kinds, and a route that takes one kind alone takes no other, whatever a
/// map calls it.
fn asked(when: &Conditions, meter: Meter, table: &PriceTable) -> Conditions {
    let (mut when, route) = (when.clone(), &table.route);
    let refused =
        table.version().not_offered.iter().any(|row| row.mode.is_some() && row.mode == when.mode);
    when.mode = when.mode.filter(|_| meter == Meter::Images && !refused);
    let names_none = when.quality.is_none() && when.size.is_none() && when.class.is_none();
    if let Some(defaults) = route.defaults.as_ref().filter(|_| meter == Meter::Images && names_none)
    {
        (when.quality, when.size) = (defaults.quality.clone(), defaults.size);
    }
    when
}

/// A price of the map beside one here.
fn beside(row: MapRow, price: RatePrice, table: &PriceTable) -> Result<MapRow, AmountTooLarge> {
    let Some(dollars) = price.dollars else {
        let why = Some(MapWhy::OtherUnit(price.unit.name().to_owned()));
        return Ok(MapRow { state: MapState::NotInDollars, why, here: Here::Price(price), ..row });
    };
    let per = if price.per.count() >= row.per.count() { price.per } else { row.per };
    let here = scaled(dollars, price.per, per)?;
    let there = row.there.map(|there| scaled(there, row.per, per)).transpose()?;
    let is_alike = price.after == 0 && !price.whole_units && table.lists().len() == 1;
    let (state, why) = match is_alike {
        false => (MapState::ChargedOtherwise, Some(MapWhy::BilledOtherwise)),
        true if there == Some(here) => (MapState::Equal, None),
        true => (MapState::Differing, None),
    };
    let ratio = there.map(|there| ratio(there, here)).transpose()?.flatten();
    let here_usd = Some(here);
    Ok(MapRow { state, why, here: Here::Price(price), there, per, here_usd, ratio, ..row })
}

/// A price of the map beside several here, of which further conditions decide.
fn beside_several(row: MapRow, prices: Vec<RatePrice>) -> Result<MapRow, AmountTooLarge> {
    if prices.is_empty() {
        return Ok(MapRow { why: Some(MapWhy::NotStated), ..row });
    }
    let mut is_one = false;
    let mut in_dollars = true;
    for price in &prices {
        let Some(dollars) = price.dollars else {
            in_dollars = false;
            continue;
        };
        let per = if price.per.count() >= row.per.count() { price.per } else { row.per };
        let there = row.there.map(|there| scaled(there, row.per, per)).transpose()?;
        is_one |= there == Some(scaled(dollars, price.per, per)?);
    }
    let state = match (is_one, in_dollars) {
        (true, _) => MapState::OneOfSeveral,
        (false, true) => MapState::Differing,
        (false, false) => MapState::NotInDollars,
    };
    let why = Some(MapWhy::ByCondition);
    Ok(MapRow { state, why, here: Here::Several(prices), ..row })
}

fn scaled(price: Decimal, from: Per, to: Per) -> Result<Decimal, AmountTooLarge> {
    money::times(u64::from(to.count() / from.count()), price)
}

fn ratio(there: Decimal, here: Decimal) -> Result<Option<Decimal>, AmountTooLarge> {
    (!here.is_zero()).then(|| money::quotient(there, here)).transpose()
}

/// What the owner publishes for an image of this quality and size.
fn published(when: &Conditions, route: &Route) -> Option<Published> {
    let estimates = route.published_estimates.as_ref()?;
    let dollars = estimates.of(when.quality.as_deref()?, when.size?)?;
    Some(Published { dollars, evidence: Arc::new(estimates.evidence.clone()) })
}
