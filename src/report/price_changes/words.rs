//! Prices, conditions and what else differs, in words.

use crate::catalog::dated::FirstDay;
use rust_decimal::Decimal;

use crate::catalog::figures;
use crate::catalog::funding::Funding;
use crate::catalog::price::{AutoMeans, NotOffered};
use crate::catalog::route::Route;
use crate::price_changes::{
    Both, CostOf, DetailChange, Difference, RateChange, RatePrice, RateState, RouteChange,
    RouteSide, What,
};
use crate::rating::PriceTable;
use crate::report::estimate::owner;
use crate::report::{number, routes};
use crate::request::RequestError;

/// The conditions of a row of prices: "batch processing, quality high".
pub(super) fn when(rate: &RateChange) -> String {
    conditions(rate).join(", ")
}

/// The conditions of a row of prices, and which of several lists it is of.
pub(super) fn conditions(rate: &RateChange) -> Vec<String> {
    let list = rate.list.map(|list| format!("list {list}"));
    figures::conditions(&rate.when).into_iter().chain(list).collect()
}

/// What one side charges; `with_dollars` adds the value of a price in another unit.
pub(super) fn state(state: &RateState, with_dollars: bool) -> String {
    match state {
        RateState::Priced(rate) => price(rate, with_dollars),
        RateState::Depends(prices) => {
            let prices = prices.iter().map(|rate| price(rate, with_dollars));
            prices.collect::<Vec<_>>().join(" or ")
        }
        RateState::ByCondition => "by condition".into(),
        RateState::NotBilled => "not billed".into(),
        RateState::NoSurcharge => "no surcharge".into(),
        RateState::NotOffered => "not offered".into(),
        RateState::NotStated(_) => "not stated".into(),
        RateState::OtherList => "by another list".into(),
    }
}

/// Several prices, each with what it is charged for.
pub(super) fn prices(prices: &[RatePrice]) -> Vec<String> {
    prices.iter().map(|rate| price(rate, false)).collect()
}

fn price(rate: &RatePrice, with_dollars: bool) -> String {
    let mut words = number::unit_price(rate.price, rate.per, &rate.unit);
    if let Some(dollars) = rate.dollars.filter(|_| with_dollars && !rate.unit.is_usd()) {
        // On a line of its own, so that a table for 80 columns holds both.
        words += &format!("\n({})", number::converted_price(dollars));
    }
    if rate.after > 0 {
        words += &format!(" beyond {}", number::count(rate.after));
    }
    if rate.whole_units {
        words += ", whole units";
    }
    words
}

/// Whether the sides are priced in different units, so that dollars make them comparable.
pub(super) fn units_differ(sides: &Both<RouteSide>) -> bool {
    let units = sides.each_ref().map(|side| side.table().map(|table| &table.version().unit));
    units[0] != units[1]
}

pub(super) fn difference(difference: &Difference, converted: bool) -> String {
    match converted {
        false => number::unit_price_difference(difference.amount, difference.per, &difference.unit),
        true => number::converted_price_difference(difference.amount, difference.per),
    }
}

/// What else differs, and how it stands on both sides.
pub(super) fn detail(detail: &DetailChange) -> (&'static str, Both<String>) {
    match detail {
        DetailChange::Unit(sides) => ("unit", sides.each_ref().map(figures::unit)),
        DetailChange::Lists(sides) => ("lists", sides.each_ref().map(|count| lists(*count))),
        DetailChange::Rounding(sides) => {
            ("rounding", sides.each_ref().map(|rounding| or_none(rounding, figures::rounding)))
        }
        DetailChange::Floor(sides) => {
            let words = |floor: &Decimal| format!("{} a call", floor.normalize());
            ("floor", sides.each_ref().map(|floor| floor.as_ref().map_or("none".into(), words)))
        }
        DetailChange::Classes(sides) => {
            ("resolution", sides.each_ref().map(|classes| or_none(classes, figures::classes)))
        }
        DetailChange::ImagesPerCall(sides) => {
            let words =
                |count: &Option<u32>| count.map_or("not stated".into(), |count| count.to_string());
            ("images per call", sides.each_ref().map(words))
        }
        DetailChange::AutoMeans(sides) => ("auto means", sides.each_ref().map(auto_means)),
        DetailChange::NotOffered(sides) => {
            ("not offered", sides.each_ref().map(|rows| not_offered(rows)))
        }
        DetailChange::Funding(sides) => ("purchase", sides.each_ref().map(funding)),
    }
}

fn or_none<T>(value: &Option<T>, words: fn(&T) -> String) -> String {
    value.as_ref().map_or_else(|| "none".into(), words)
}

fn lists(count: usize) -> String {
    match count {
        1 => "one list".into(),
        count => format!("the cheapest of {count} lists"),
    }
}

fn auto_means(auto: &AutoMeans) -> String {
    let stated = [&auto.quality, &auto.class].into_iter().flatten().map(String::as_str);
    let stated: Vec<&str> = stated.collect();
    if stated.is_empty() { "not stated".into() } else { stated.join(", ") }
}

fn not_offered(rows: &[NotOffered]) -> String {
    let rows: Vec<String> = rows.iter().map(figures::not_offered).collect();
    if rows.is_empty() { "nothing named".into() } else { rows.join(", ") }
}

fn funding(funding: &Option<Funding>) -> String {
    let Some(funding) = funding else { return "paid as used".into() };
    routes::words::funding(funding).join(", ")
}

/// A route with its owner, what that is to the model, and whose price it is.
pub(super) fn route(route: &Route) -> String {
    format!("{}: {}", route.id, owner(route))
}

/// What a side is: route, version and source, or why there is no price.
pub(super) fn standing(side: &RouteSide, with_route: bool) -> String {
    let route = side.route().filter(|_| with_route).map(|found| format!("{}; ", route(found)));
    let words = match side {
        RouteSide::NotThere => "not there".into(),
        RouteSide::Unpriced(_, reason) => reason.to_string(),
        RouteSide::Priced(table) => version(table),
    };
    route.unwrap_or_default() + &words
}

fn version(table: &PriceTable) -> String {
    let version = table.version();
    let bases = table.lists().iter().flatten().find_map(|rate| rate.basis.as_ref());
    let basis = bases.map_or_else(String::new, |basis| format!("; by way of {basis}"));
    format!("version {}; {}{basis}", version.period.in_words(), version.evidence.in_words())
}

/// What the first day of a version is, where it is not stated.
pub(super) fn first_day(first_day: FirstDay) -> &'static str {
    match first_day {
        FirstDay::Stated => "",
        FirstDay::Seen => "first seen",
        FirstDay::NoLaterThan => "undated source",
    }
}

/// Why a route has no price on one of the sides; empty where no version holds.
pub(super) fn why_gone(change: &RouteChange) -> String {
    let gone = change.sides.iter().find_map(|side| match side {
        RouteSide::Unpriced(_, RequestError::ShutDown { on, .. }) => {
            Some(format!("the model is shut down from {on} on"))
        }
        RouteSide::Unpriced(_, RequestError::NoBasis { why, .. }) => Some(why.to_string()),
        _ => None,
    });
    gone.unwrap_or_default()
}

/// What differs in a file or version, for a sentence after its name.
pub(super) fn what(what: What, labels: &Both<String>) -> String {
    match what {
        What::OnlyA => format!("only in {}", labels[0]),
        What::OnlyB => format!("only in {}", labels[1]),
        What::Content => "differs".into(),
        What::Evidence => "has another source, date or note".into(),
    }
}

/// What the costs are of, before the request in parentheses.
pub(super) fn cost_of(of: CostOf) -> String {
    match of {
        CostOf::Request => "one request".into(),
        CostOf::AcceptedImage => "an accepted image".into(),
        CostOf::Volume(1) => "1 accepted image".into(),
        CostOf::Volume(images) => format!("{} accepted images", number::count(images)),
    }
}
