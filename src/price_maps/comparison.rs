//! A map beside the tables of a day, price by price.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::names::{Led, Names};
use super::one_price::{of_rate, row_of};
use super::rows::{Here, MapRow, MapState, MapWhy};
use super::{MapEntry, MapShape, PriceMap};
use crate::catalog::Catalog;
use crate::catalog::conditions::Conditions;
use crate::catalog::price::Contract;
use crate::catalog::route::Route;
use crate::estimate::{EstimateError, find_model, find_routes, find_table};
use crate::money::AmountTooLarge;
use crate::price_changes::{Selection, covers, overlap, possible};
use crate::rating::{FxRates, PriceTable};
use crate::request::RequestError;
use crate::unit::{Meter, Per};

/// A map beside the tables.
#[derive(Debug, Clone, Default)]
pub struct MapComparison {
    /// How many models the map has.
    pub entries: usize,
    /// How many of them lead to a route here.
    pub led: usize,
    /// How many make images and lead to no route here, with a price or without one.
    pub without_route: usize,
    /// How many equal prices were read here in such a map itself, alone or beside other sources.
    pub equal_from_map: usize,
    /// How many of the rest make no images by what the map says, or are not among those that were asked for.
    pub others: usize,
    /// A row for each price: those of the map in its order, then those that it does not have.
    pub rows: Vec<MapRow>,
    /// The fields that bear a price and are not read, each with how many models have it.
    pub not_read: BTreeMap<String, usize>,
}

impl MapComparison {
    /// How many prices stand so to each other.
    pub fn count(&self, state: MapState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// Whether a price here is in this currency or credit.
    pub fn is_priced_in(&self, unit: &str) -> bool {
        let tables = self.rows.iter().filter_map(|row| row.table.as_ref());
        tables.into_iter().any(|table| table.version().unit.name() == unit)
    }
}

/// Holds a map beside the tables of a day.
///
/// # Errors
/// Unknown routes, owners or models of the selection, and the problems of tables that are wrong.
pub fn compare(
    catalog: &Catalog,
    day: NaiveDate,
    map: &PriceMap,
    selection: &Selection,
    fx: &FxRates,
) -> Result<MapComparison, EstimateError> {
    let names = Names::of(catalog)?;
    let mut comparing = Comparing { catalog, day, fx, tables: BTreeMap::new() };
    let selected = selected(catalog, selection)?;
    let mut found = MapComparison { entries: map.entries.len(), ..MapComparison::default() };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for entry in &map.entries {
        let led = names.lead(entry);
        if !is_asked_for(&led, entry, &selected, selection) {
            found.others += 1;
            continue;
        }
        for field in &entry.not_read {
            *found.not_read.entry(field.clone()).or_default() += 1;
        }
        let rows = match led {
            Led::Route(route) => {
                found.led += 1;
                known.insert(route.id.to_string());
                comparing.of_route(entry, &route)?
            }
            Led::Several(routes) => {
                found.led += 1;
                known.extend(routes.iter().map(|route| route.id.to_string()));
                let ids = routes.iter().map(|route| route.id.to_string()).collect();
                unmatched(entry, MapState::NotToldApart, &MapWhy::SeveralRoutes(ids))
            }
            Led::NoRoute(owners) => {
                found.without_route += 1;
                let owner = owners.first().map(|owner| owner.name.clone()).unwrap_or_default();
                unmatched(entry, MapState::MissingHere, &MapWhy::NoRoute { owner })
            }
            Led::NoOwner => {
                found.without_route += 1;
                let called = entry.providers.first().cloned().unwrap_or_default();
                unmatched(entry, MapState::MissingHere, &MapWhy::NoOwner(called))
            }
        };
        found.rows.extend(rows);
    }
    let not_there = comparing.not_there(&selected, &known, &found.rows)?;
    found.rows.extend(not_there);
    let equal = found.rows.iter().filter(|row| row.state == MapState::Equal);
    found.equal_from_map = equal.filter(|row| is_read_in(map.shape, row)).count();
    Ok(found)
}

/// Whether the price here was read in a map of this shape.
fn is_read_in(shape: MapShape, row: &MapRow) -> bool {
    let addresses = row.evidence().into_iter().flat_map(|it| it.locators.addresses());
    let mut addresses = addresses.map(|it| it.as_str());
    addresses.any(|address| shape.published_at().iter().any(|home| address.starts_with(home)))
}

/// The lists of prices that are asked for.
fn selected(catalog: &Catalog, selection: &Selection) -> Result<Vec<Arc<Route>>, EstimateError> {
    let mut routes = find_routes(catalog, &selection.routes, &selection.owners)?;
    if let Some(name) = &selection.model {
        let model = find_model(catalog, name)?;
        routes.retain(|route| route.model == model.id);
    }
    routes.retain(|route| route.contract == Contract::List);
    Ok(routes)
}

/// Whether an entry is looked at: one that leads to a route that is asked for, or, where all are, one that makes images.
fn is_asked_for(
    led: &Led,
    entry: &MapEntry,
    selected: &[Arc<Route>],
    selection: &Selection,
) -> bool {
    let is_selected = |route: &Arc<Route>| selected.iter().any(|it| it.id == route.id);
    let makes_images = entry.makes_images == Some(true);
    let of_any_route = selection.routes.is_empty() && selection.model.is_none();
    match led {
        Led::Route(route) => is_selected(route),
        Led::Several(routes) => routes.iter().any(is_selected),
        Led::NoRoute(owners) if !selection.owners.is_empty() => {
            let is_owner = |id: &String| owners.iter().any(|owner| owner.id == *id);
            makes_images && of_any_route && selection.owners.iter().any(is_owner)
        }
        Led::NoRoute(_) => makes_images && of_any_route,
        Led::NoOwner => makes_images && of_any_route && selection.owners.is_empty(),
    }
}

/// The rows of an entry that leads to no single route.
fn unmatched(entry: &MapEntry, state: MapState, why: &MapWhy) -> Vec<MapRow> {
    let row = |rate| MapRow { state, why: Some(why.clone()), ..row_of(entry, rate, None) };
    entry.rates.iter().map(row).collect()
}

/// The table of a route, or why it has none.
type Found = Result<PriceTable, RequestError>;

struct Comparing<'a> {
    catalog: &'a Catalog,
    day: NaiveDate,
    fx: &'a FxRates,
    tables: BTreeMap<String, Found>,
}

impl Comparing<'_> {
    fn table(&mut self, route: &Arc<Route>) -> Result<Found, EstimateError> {
        let id = route.id.to_string();
        if let Some(found) = self.tables.get(&id) {
            return Ok(found.clone());
        }
        let found = match find_table(self.catalog, route, self.day) {
            Ok(table) => Ok(table),
            Err(EstimateError::Request(mut why)) if !why.is_empty() => Err(why.0.remove(0)),
            Err(broken) => return Err(broken),
        };
        self.tables.insert(id, found.clone());
        Ok(found)
    }

    fn of_route(
        &mut self,
        entry: &MapEntry,
        route: &Arc<Route>,
    ) -> Result<Vec<MapRow>, EstimateError> {
        let table = match self.table(route)? {
            Ok(table) => table,
            Err(why) => {
                let row = |rate| MapRow {
                    state: MapState::NotPricedHere,
                    why: Some(MapWhy::Unpriced(why.clone())),
                    ..row_of(entry, rate, Some(route))
                };
                return Ok(entry.rates.iter().map(row).collect());
            }
        };
        let mut rows = Vec::new();
        for rate in &entry.rates {
            rows.extend(of_rate(entry, rate, &table, self.fx)?);
        }
        Ok(rows)
    }

    /// The rates of the routes that are asked for and that no price of the map speaks of.
    fn not_there(
        &mut self,
        selected: &[Arc<Route>],
        known: &BTreeSet<String>,
        rows: &[MapRow],
    ) -> Result<Vec<MapRow>, EstimateError> {
        let mut missing = Vec::new();
        for route in selected {
            let Ok(table) = self.table(route)? else { continue };
            let of_route: Vec<&MapRow> = rows
                .iter()
                .filter(|row| row.route.as_ref().is_some_and(|it| it.id == route.id))
                .collect();
            let is_known = known.contains(&route.id.to_string());
            // One that the map does not tell from others is not missing there.
            if is_known && of_route.is_empty() {
                continue;
            }
            let why = if is_known { MapWhy::NoRate } else { MapWhy::NoEntry };
            for (meter, when) in table.rate_conditions() {
                if !of_route.iter().any(|row| speaks_of(row, meter, when)) {
                    missing.push(self.only_here(&table, meter, when, &why)?);
                }
            }
        }
        Ok(missing)
    }

    fn only_here(
        &self,
        table: &PriceTable,
        meter: Meter,
        when: &Conditions,
        why: &MapWhy,
    ) -> Result<MapRow, AmountTooLarge> {
        let mut prices = possible(table, meter, when, self.fx)?;
        prices.truncate(1);
        let price = prices.pop();
        Ok(MapRow {
            state: MapState::MissingThere,
            why: Some(why.clone()),
            key: None,
            field: None,
            source: None,
            route: Some(table.route.clone()),
            table: Some(table.clone()),
            meter,
            when: when.clone(),
            there: None,
            per: price.as_ref().map_or(Per::One, |it| it.per),
            here_usd: price.as_ref().and_then(|it| it.dollars),
            here: price.map_or(Here::Nothing, Here::Price),
            ratio: None,
        })
    }
}

/// Whether a price of the map speaks of a rate here.
fn speaks_of(row: &MapRow, meter: Meter, when: &Conditions) -> bool {
    let is_meter = row.meter == meter || (row.meter == Meter::Images && meter == Meter::Calls);
    is_meter
        && match row.here {
            Here::Several(_) => overlap(when, &row.when),
            _ => covers(when, &row.when),
        }
}
