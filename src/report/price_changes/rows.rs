//! Price changes for spreadsheets: a row for each thing that differs.

use rust_decimal::Decimal;

use super::{json, words};
use crate::catalog::price::PriceUnit;
use crate::figure::Figure;
use crate::price_changes::{
    CostChange, CostOf, Difference, PriceChanges, RateChange, RateState, RouteChange, RouteSide,
};
use crate::reason::Pricing;
use crate::report::sheet::{Cell, Column, Sheet};
use crate::unit::Per;

/// A row by the keys of its columns; what it does not name is empty.
type Row = Vec<(&'static str, Cell)>;

const TEXT: [(&str, &str); 22] = [
    ("kind", "Kind"),
    ("route_a", "Route A"),
    ("owner_a", "Price owner A"),
    ("owner_kind_a", "Owner kind A"),
    ("route_b", "Route B"),
    ("owner_b", "Price owner B"),
    ("owner_kind_b", "Owner kind B"),
    ("model", "Model"),
    ("what", "What"),
    ("conditions", "Conditions"),
    ("a", "A"),
    ("price_a", "Price A"),
    ("per_a", "Per A"),
    ("unit_a", "Unit A"),
    ("b", "B"),
    ("price_b", "Price B"),
    ("per_b", "Per B"),
    ("unit_b", "Unit B"),
    ("difference", "Difference"),
    ("difference_per", "Difference per"),
    ("difference_unit", "Unit of the difference"),
    ("relative_change", "Relative change"),
];
const COSTS: [(&str, &str); 2] = [("cost_a_usd", "Cost A"), ("cost_b_usd", "Cost B")];
const END: [(&str, &str); 3] =
    [("source_a", "Source A"), ("source_b", "Source B"), ("reason", "Reason")];

pub(super) fn sheet(changes: &PriceChanges) -> Sheet {
    let costs = if changes.cost_of.is_some() { &COSTS[..] } else { &[] };
    let columns: Vec<(&str, &str)> = TEXT.iter().chain(costs).chain(&END).copied().collect();
    let mut rows: Vec<Row> = Vec::new();
    for change in &changes.routes {
        rows.extend(route_rows(change, changes.cost_of));
    }
    for model in &changes.shutdowns {
        let on = model.shutdown.as_ref().map(|shutdown| shutdown.on.to_string());
        rows.push(vec![
            ("kind", Cell::text("shutdown")),
            ("model", Cell::text(&model.id)),
            ("what", Cell::text(on.unwrap_or_default())),
        ]);
    }
    for model in &changes.models {
        rows.push(vec![
            ("kind", Cell::text("model")),
            ("model", Cell::text(&model.id)),
            ("what", Cell::text(json::what(model.what))),
        ]);
    }
    let cells = |mut row: Row| {
        let cell = |(key, _): &(&str, &str)| {
            let found = row.iter_mut().find(|(name, _)| name == key);
            found.map_or(Cell::Empty, |(_, cell)| std::mem::replace(cell, Cell::Empty))
        };
        columns.iter().map(cell).collect()
    };
    Sheet {
        rows: rows.into_iter().map(cells).collect(),
        columns: columns.iter().map(|(key, title)| Column::text(*key, *title)).collect(),
        total: None,
    }
}

fn route_rows(change: &RouteChange, of: Option<CostOf>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let [a, b] = &change.sides;
    if a.table().is_none() || b.table().is_none() {
        let word =
            |side: &RouteSide| Cell::text(if side.table().is_some() { "priced" } else { "" });
        let reasons: Vec<String> = change.sides.iter().filter_map(json::reason).collect();
        rows.push(vec![
            ("kind", Cell::text("route")),
            ("what", Cell::text(json::outcome(change))),
            ("a", word(a)),
            ("b", word(b)),
            ("reason", Cell::text(reasons.join("; "))),
        ]);
    }
    rows.extend(change.rates.changed.iter().map(rate_row));
    for detail in &change.details {
        let (what, [a, b]) = words::detail(detail);
        rows.push(vec![
            ("kind", Cell::text("detail")),
            ("what", Cell::text(what)),
            ("a", Cell::text(a)),
            ("b", Cell::text(b)),
        ]);
    }
    for version in &change.versions {
        let [a, b] = version.periods.map(|period| {
            period.map_or(Cell::Empty, |period| Cell::text(period.first.to_string()))
        });
        let what = Cell::text(json::what(version.what));
        rows.push(vec![("kind", Cell::text("version")), ("what", what), ("a", a), ("b", b)]);
    }
    for other in &change.others {
        rows.push(vec![("kind", Cell::text("other")), ("what", Cell::text(*other))]);
    }
    rows.extend(change.cost.as_ref().zip(of).map(|(cost, of)| cost_row(cost, of)));
    rows.iter_mut().for_each(|row| row.extend(route_cells(change)));
    rows
}

fn route_cells(change: &RouteChange) -> Row {
    let [a, b] = change.sides.each_ref().map(RouteSide::route);
    let model = b.or(a).map_or(Cell::Empty, |route| Cell::text(&route.model));
    let mut cells = vec![("model", model)];
    for (route, keys) in
        [(a, ["route_a", "owner_a", "owner_kind_a"]), (b, ["route_b", "owner_b", "owner_kind_b"])]
    {
        let Some(route) = route else { continue };
        cells.extend([
            (keys[0], Cell::text(route.id.to_string())),
            (keys[1], Cell::text(&route.id.owner)),
            (keys[2], Cell::text(route.id.kind.as_str())),
        ]);
    }
    cells
}

fn rate_row(rate: &RateChange) -> Row {
    let mut row = vec![
        ("kind", Cell::text("rate")),
        ("what", Cell::text(rate.meter.as_str())),
        ("conditions", Cell::text(words::when(rate))),
    ];
    let keys = [
        ["a", "price_a", "per_a", "unit_a", "source_a"],
        ["b", "price_b", "per_b", "unit_b", "source_b"],
    ];
    for (side, keys) in rate.sides.iter().zip(keys) {
        row.push((keys[0], Cell::text(json::word(side))));
        if let RateState::Priced(price) = side {
            row.extend([
                (keys[1], Cell::UnitPrice(price.price, price.per, price.unit.clone())),
                (keys[2], per(price.per)),
                (keys[3], Cell::text(price.unit.name())),
                (keys[4], Cell::text(price.evidence.in_words())),
            ]);
        }
    }
    row.extend(rate.difference.iter().flat_map(difference));
    row
}

fn per(per: Per) -> Cell {
    Cell::text(per.count().to_string())
}

fn difference(found: &Difference) -> Row {
    vec![
        ("difference", Cell::UnitPrice(found.amount, found.per, found.unit.clone())),
        ("difference_per", per(found.per)),
        ("difference_unit", Cell::text(found.unit.name())),
        ("relative_change", found.relative.map_or(Cell::Empty, Cell::Change)),
    ]
}

fn cost_row(cost: &CostChange, of: CostOf) -> Row {
    let mut row = vec![("kind", Cell::text("cost")), ("what", Cell::text(words::cost_of(of)))];
    let mut reasons: Vec<String> = Vec::new();
    for (side, key) in cost.sides.iter().zip(["cost_a_usd", "cost_b_usd"]) {
        let figure = match side {
            Ok(estimate) => {
                reasons.extend(of.figure(estimate).reasons().sentences());
                of.figure(estimate).clone()
            }
            Err(reason) => {
                reasons.push(reason.clone());
                Figure::unknown(Decimal::ZERO, Pricing::NotPriced)
            }
        };
        row.push((key, Cell::Money(figure)));
    }
    reasons.dedup();
    row.push(("reason", Cell::text(reasons.join("; "))));
    let usd = PriceUnit::Currency("USD".into());
    row.extend(
        cost.difference.map(|amount| ("difference", Cell::UnitPrice(amount, Per::One, usd))),
    );
    row.extend(cost.difference.map(|_| ("difference_unit", Cell::text("USD"))));
    row.extend(cost.relative.map(|share| ("relative_change", Cell::Change(share))));
    row
}
