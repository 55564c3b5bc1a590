//! Prices of a map and how they stand to the tables, in words.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::catalog::figures;
use crate::catalog::price::PriceUnit;
use crate::price_changes::RatePrice;
use crate::price_maps::{Here, MapComparison, MapRow, MapState, MapWhy};
use crate::report::block::Counted;
use crate::report::number;

/// What a state is called where prices are counted.
pub(super) fn label(state: MapState) -> &'static str {
    match state {
        MapState::Equal => "Equal",
        MapState::Differing => "Differing",
        MapState::OneOfSeveral => "One of several here",
        MapState::ChargedOtherwise => "Charged otherwise",
        MapState::NotInDollars => "Not in dollars here",
        MapState::NotPricedHere => "No price on the day",
        MapState::NotToldApart => "Of several routes",
        MapState::MissingHere => "Missing here",
        MapState::MissingThere => "Missing there",
    }
}

/// The words for one and for several prices that stand so.
pub(super) fn counted(state: MapState) -> (&'static str, &'static str) {
    match state {
        MapState::Equal => ("equal price", "equal prices"),
        MapState::Differing => ("differing price", "differing prices"),
        MapState::OneOfSeveral => {
            ("price that is one of several", "prices that are one of several")
        }
        MapState::ChargedOtherwise => ("charged otherwise", "charged otherwise"),
        MapState::NotInDollars => ("not in dollars", "not in dollars"),
        MapState::NotPricedHere => ("of a route without a price", "of routes without a price"),
        MapState::NotToldApart => ("of several routes", "of several routes"),
        MapState::MissingHere => ("price missing here", "prices missing here"),
        MapState::MissingThere => ("price missing there", "prices missing there"),
    }
}

pub(super) fn heading(state: MapState) -> String {
    let what = match state {
        MapState::Equal => "Equal",
        MapState::Differing => "Differing",
        MapState::OneOfSeveral => "One of several prices here, of which further conditions decide",
        MapState::ChargedOtherwise => "Charged here in another way",
        MapState::NotInDollars => {
            "Here in a unit without a value in dollars; an exchange rate gives it one"
        }
        MapState::NotPricedHere => "Of routes that have no price here on the day",
        MapState::NotToldApart => "Of a name that stands for several routes here",
        MapState::MissingHere => "In the map alone",
        MapState::MissingThere => "Here alone",
    };
    format!("{what}:")
}

/// Of how many routes or models the prices are that only one side has.
pub(super) fn spread(found: &MapComparison, state: MapState) -> Option<String> {
    let rows = || found.rows.iter().filter(|row| row.state == state);
    match state {
        MapState::Equal => {
            let read = number::count(found.equal_from_map as u64);
            (found.equal_from_map > 0)
                .then(|| format!(", {read} of them read here in such a map: no second source"))
        }
        MapState::MissingHere => {
            let models = found.without_route;
            let count = Counted::new(models, ("model", "models")).in_words();
            let prices = number::count(rows().filter(|row| row.route.is_none()).count() as u64);
            (models > 0).then(|| format!(", {prices} of them of {count} without a route here"))
        }
        MapState::MissingThere => {
            let routes: BTreeSet<String> =
                rows().filter_map(|row| row.route.as_ref()).map(|it| it.id.to_string()).collect();
            let count = Counted::new(routes.len(), ("route", "routes")).in_words();
            (!routes.is_empty()).then(|| format!(", of {count}"))
        }
        _ => None,
    }
}

/// The route; of what has none here, nothing.
pub(super) fn route(row: &MapRow) -> String {
    row.route.as_ref().map_or_else(String::new, |it| format!("{}/{}", it.id.owner, it.id.name))
}

pub(super) fn when(row: &MapRow) -> String {
    figures::conditions(&row.when).join(", ")
}

/// What stands here.
pub(super) fn here(row: &MapRow) -> String {
    match (&row.here, row.here_usd) {
        (Here::Several(prices), _) => prices_in_words(prices).join(" or "),
        (Here::Price(price), None) => price_in_words(price),
        (Here::Nothing, Some(dollars)) if dollars.is_zero() => "not billed".into(),
        (_, Some(dollars)) => number::unit_price(dollars, row.per, &usd()),
        (_, None) => String::new(),
    }
}

pub(super) fn there(row: &MapRow) -> String {
    row.there.map_or_else(String::new, |dollars| number::unit_price(dollars, row.per, &usd()))
}

/// Prices of which further conditions decide.
pub(super) fn prices_in_words(prices: &[RatePrice]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for price in prices.iter().map(price_in_words) {
        if !words.contains(&price) {
            words.push(price);
        }
    }
    words
}

fn price_in_words(price: &RatePrice) -> String {
    number::unit_price(price.price, price.per, &price.unit)
}

fn usd() -> PriceUnit {
    PriceUnit::Currency("USD".into())
}

/// How many times the price here the one there is; nothing where they are the same.
pub(super) fn ratio(row: &MapRow) -> String {
    let differs = row.ratio.filter(|ratio| *ratio != Decimal::ONE);
    differs.map_or_else(String::new, number::ratio)
}

pub(super) fn key(row: &MapRow) -> String {
    row.key.clone().unwrap_or_default()
}

/// Why the two are not simply held beside each other, in a few words.
pub(super) fn remark(row: &MapRow) -> String {
    match &row.why {
        None | Some(MapWhy::BilledOtherwise | MapWhy::ByCondition | MapWhy::SeveralRoutes(_)) => {
            String::new()
        }
        Some(MapWhy::NoOwner(name)) => format!("no owner {name}"),
        Some(MapWhy::NoRoute { .. }) => "no such route".into(),
        Some(MapWhy::Unpriced(why)) => why.to_string(),
        Some(MapWhy::NotStated) => "not stated".into(),
        Some(MapWhy::NotOffered) => "not offered".into(),
        Some(MapWhy::PublishedEstimate) => "published estimate".into(),
        Some(MapWhy::OtherUnit(unit)) => format!("in {unit}"),
        Some(MapWhy::NoRate) => "no such rate there".into(),
        Some(MapWhy::NoEntry) => "no such route there".into(),
    }
}
