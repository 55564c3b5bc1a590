//! A simulation for spreadsheets: a row for each month, the total, each limit and each source.

use rust_decimal::Decimal;

use super::words;
use crate::budget::simulate::{LimitSpan, Outcome, Percentiles, Simulation};
use crate::budget::{Budget, Made};
use crate::report::number::raw;
use crate::report::sheet::{Cell, Column, Sheet};

const COLUMNS: [&str; 14] = [
    "open_end", "what", "month", "scope", "span", "currency", "p10", "p50", "p90", "mean", "limit",
    "share", "status", "runs",
];

pub(super) fn sheet(budget: &Budget, simulation: &Simulation) -> Sheet {
    let column = |key: &'static str| match key {
        "p10" | "p50" | "p90" | "mean" | "limit" | "share" | "runs" => Column::number(key, key),
        key => Column::text(key, key),
    };
    let mut rows = Vec::new();
    for (place, outcome) in simulation.outcomes.iter().enumerate() {
        let end = words::word(simulation, place);
        for found in found(budget, simulation, outcome) {
            let mut row = vec![Cell::text(end)];
            row.extend(found);
            row.push(Cell::text(simulation.settings.runs.to_string()));
            rows.push(row);
        }
    }
    Sheet { columns: COLUMNS.into_iter().map(column).collect(), rows, total: None }
}

fn found(budget: &Budget, simulation: &Simulation, outcome: &Outcome) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    // Beside the spread of a month its limit, for a chart of both.
    let limit = super::monthly_limit(budget);
    for ((month, found), made) in outcome.months.iter().zip(&simulation.made) {
        let cost = Some((found, *made));
        rows.push(row("month", month.to_string(), ["", "month"], cost, [limit, None]));
    }
    let whole = Some((&outcome.total, simulation.made_in_all()));
    rows.push(row("total", String::new(), ["", "total"], whole, [None, None]));
    for risk in &outcome.limits {
        let (month, span) = match risk.span {
            LimitSpan::Month(month) => (month.to_string(), "month"),
            LimitSpan::AnyMonth => (String::new(), "any_month"),
            LimitSpan::Total => (String::new(), "total"),
        };
        let scope = risk.scope.in_words();
        // Where something is not made, no run above the limit shows nothing: the share is not known.
        let known = Some(risk.exceeded).filter(|share| !risk.at_least || !share.is_zero());
        let mut limit = row("limit", month, [&scope, span], None, [Some(risk.limit), known]);
        if let Some(status) = limit.last_mut().filter(|_| risk.at_least) {
            *status = Cell::text("at_least");
        }
        rows.push(limit);
    }
    for source in &outcome.sources {
        let name = source.source.as_str();
        rows.push(row("source", String::new(), [name, "total"], None, [None, Some(source.share)]));
    }
    rows
}

fn row(
    what: &str,
    month: String,
    [scope, span]: [&str; 2],
    found: Option<(&Percentiles, Made)>,
    values: [Option<Decimal>; 2],
) -> Vec<Cell> {
    let number = |value: Option<Decimal>| value.map_or(Cell::Empty, |it| Cell::text(raw(it)));
    let mut row = vec![
        Cell::text(what),
        Cell::text(month),
        Cell::text(scope),
        Cell::text(span),
        Cell::text("USD"),
    ];
    // What nothing is made of has no cost that is known.
    let known = |it: &Percentiles, made| made != Made::Nothing || !it.p90.is_zero();
    let costs = found.filter(|(it, made)| known(it, *made));
    row.extend(match costs {
        Some((it, _)) => [it.p10, it.p50, it.p90, it.mean].map(|cost| number(Some(cost))),
        None => [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
    });
    row.extend(values.map(number));
    row.push(found.map_or(Cell::Empty, |(_, made)| Cell::text(made.as_str())));
    row
}
