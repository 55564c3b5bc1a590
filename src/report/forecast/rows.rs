//! The rows of the CSV: one grain, a month of a workload on a route, or of another cost. No totals.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Found;
use crate::budget::{Budget, Row};
use crate::figure::Figure;
use crate::report::sheet::{Cell, Column, Sheet};
use crate::unit::Meter;

/// The kind of a row whose cost a price table holds, and of one whose cost none does.
pub(super) const KINDS: [&str; 2] = ["images", "other_cost"];

pub(super) fn sheet(found: &Found) -> Sheet {
    let tags = tags(found.budget);
    let mut keys = ["month", "fiscal_year", "fiscal_quarter"].map(str::to_owned).to_vec();
    keys.extend(IDENTITY.map(str::to_owned));
    keys.extend(["versions", "price_basis"].map(str::to_owned));
    keys.extend(tags.iter().map(|tag| tag_key(tag)));
    keys.extend(COST.map(str::to_owned));
    let quantities = quantities();
    keys.extend(quantities.iter().flat_map(|(name, _)| ends(name)));
    let rows = found.forecast.rows.iter().map(|row| {
        let (year, quarter) = row.month.fiscal(found.budget.fiscal_year_start);
        let mut cells = vec![
            Cell::text(row.month.to_string()),
            Cell::Number(year.into()),
            Cell::Number(quarter.into()),
        ];
        cells.extend(identity(row));
        cells.push(Cell::text(row.versions.join("; ")));
        cells.push(Cell::text(row.price_basis.as_str()));
        cells.extend(tags.iter().map(|tag| text(row.tags.get(tag).cloned())));
        let [exact, low, expected, high, certainty, reason] = cost(&row.cost);
        // That nothing is made is why it costs nothing.
        let reason = row.not_made.as_ref().map_or(reason, |why| Cell::text(why.clone()));
        cells.extend([exact, low, expected, high, certainty, reason]);
        cells.extend(quantities.iter().flat_map(|(_, of)| quantity(row, of)));
        cells
    });
    Sheet { rows: rows.collect(), columns: columns(keys), total: None }
}

/// The columns of a cost in files: the exact amount, its ends, how certain it is and why.
pub(super) const COST: [&str; 6] =
    ["cost_usd", "cost_usd_low", "cost_usd_expected", "cost_usd_high", "certainty", "reason"];

/// The cells under [`COST`]. The known part of an unknown is a lower bound, not its value.
pub(super) fn cost(figure: &Figure<Decimal>) -> [Cell; 6] {
    let [expected, low, high] = numbers(figure);
    let reasons: Vec<&str> = figure.reasons().collect();
    [
        number(figure.exact()),
        low,
        expected,
        high,
        Cell::text(figure.certainty().as_str()),
        Cell::text(reasons.join("; ")),
    ]
}

/// What a figure is expected to be, its low and its high end; empty where it is not known.
pub(super) fn numbers(figure: &Figure<Decimal>) -> [Cell; 3] {
    let known = figure.high().is_some() || !figure.low().is_zero();
    [number(figure.expected()), number(known.then(|| figure.low())), number(figure.high())]
}

/// A name with those of its ends, for [`numbers`].
pub(super) fn ends(name: &str) -> [String; 3] {
    ["", "_low", "_high"].map(|end| format!("{name}{end}"))
}

pub(super) fn columns(keys: Vec<String>) -> Vec<Column> {
    keys.into_iter().map(|key| Column::text(key.clone(), key)).collect()
}

/// The tags of any workload.
pub(super) fn tags(budget: &Budget) -> Vec<String> {
    let all: BTreeSet<&String> =
        budget.workloads.iter().flat_map(|workload| workload.tags.keys()).collect();
    all.into_iter().cloned().collect()
}

/// The name of the column of a tag: `tag_cost_centre`.
pub(super) fn tag_key(tag: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("tag_{}", tag.chars().map(word).collect::<String>())
}

/// The columns of [`identity`].
pub(super) const IDENTITY: [&str; 8] =
    ["cost_kind", "cost_name", "workload", "route", "model", "owner", "owner_name", "owner_kind"];

/// What a row is of: kind and name of the cost, workload, route, model, owner, its name and kind.
pub(super) fn identity(row: &Row) -> [Cell; 8] {
    let route = row.route.as_deref();
    [
        Cell::text(KINDS[usize::from(row.other_cost.is_some())]),
        text(row.other_cost.clone()),
        Cell::text(row.workload.clone()),
        text(route.map(|route| route.id.to_string())),
        text(route.map(|route| route.model.clone())),
        text(route.map(|route| route.id.owner.clone())),
        text(route.map(|route| route.owner_name.clone())),
        text(route.map(|route| route.id.kind.as_str().to_owned())),
    ]
}

/// What is counted of a row.
enum Counted {
    Wanted,
    Accepted,
    Shortfall,
    Attempts,
    BilledCalls,
    Tokens(Meter),
}

fn quantities() -> Vec<(String, Counted)> {
    let mut all = vec![
        ("wanted_images".to_owned(), Counted::Wanted),
        ("accepted_images".into(), Counted::Accepted),
        ("shortfall_images".into(), Counted::Shortfall),
        ("attempts".into(), Counted::Attempts),
        ("billed_calls".into(), Counted::BilledCalls),
    ];
    let meters = Meter::ALL.into_iter().filter(|meter| meter.is_tokens());
    all.extend(meters.map(|meter| (format!("{meter}_tokens"), Counted::Tokens(meter))));
    all
}

/// A quantity with its ends; another cost has none.
fn quantity(row: &Row, of: &Counted) -> [Cell; 3] {
    if row.other_cost.is_some() {
        return [Cell::Empty, Cell::Empty, Cell::Empty];
    }
    match of {
        Counted::Wanted => {
            let Ok(wanted) =
                row.wanted.try_map(|count| Ok::<_, std::convert::Infallible>(Decimal::from(count)));
            numbers(&wanted)
        }
        Counted::Accepted => numbers(&row.accepted),
        Counted::Shortfall => numbers(&row.shortfall),
        Counted::Attempts => numbers(&row.attempts),
        Counted::BilledCalls => numbers(&row.billed_calls),
        Counted::Tokens(meter) => {
            let none = Figure::Exact(Decimal::ZERO);
            numbers(row.tokens.get(meter).unwrap_or(&none))
        }
    }
}

fn number(value: Option<Decimal>) -> Cell {
    value.map_or(Cell::Empty, Cell::Number)
}

fn text(value: Option<String>) -> Cell {
    value.map_or(Cell::Empty, Cell::Text)
}
