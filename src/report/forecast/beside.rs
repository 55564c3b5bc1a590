//! What stands beside the images of a budget for people: seats, and costs that no price table holds.

use super::payees::short_owner;
use super::{Found, cost_cells, cost_columns};
use crate::budget::{CostKind, Line, Total, whose};
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::help::View;
use crate::report::block::{Block, Counted};
use crate::report::sheet::{Cell, Column, Sheet};

/// A table of seats and one of other costs, where there are any.
pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let of_kind = |kind| found.lines.iter().filter(move |line| line.first().kind == kind);
    let seats: Vec<&Line> = of_kind(CostKind::Seats).collect();
    let others: Vec<&Line> = of_kind(CostKind::Other).collect();
    let table = |title: &'static str, lines: &[&Line], words, sheet: fn(&[&Line]) -> Sheet| {
        let inside = || vec![Block::Text(title.into()), Block::Sheet(sheet(lines))];
        let what = Counted::new(lines.len(), words);
        (!lines.is_empty()).then(|| Block::folded(what, View::All, inside()))
    };
    let of_seats = ("plan of seats", "plans of seats");
    let of_others = ("other cost", "other costs");
    let seats =
        table("Seats, at the offers of their price owners:", &seats, of_seats, sums_of_seats);
    let others =
        table("Other costs, which no price table holds:", &others, of_others, sums_of_others);
    seats.into_iter().chain(others).collect()
}

/// Seats with what they come to over all months, and the day of the source of their price.
fn sums_of_seats(lines: &[&Line]) -> Sheet {
    let cost_columns = cost_columns(lines.iter().map(|line| &line.total.cost));
    let mut columns = vec![
        Column::text("Offer"),
        Column::text("Route").ranked(3),
        Column::text("Price owner"),
        Column::number("Seats"),
        Column::text("From").ranked(2),
    ];
    columns.extend(cost_columns.iter().cloned());
    columns.push(Column::text("Seen").ranked(4));
    let rows = lines.iter().map(|line| {
        let Total { cost, made, .. } = &line.total;
        let first = line.first();
        let of_route = |text: fn(&Route) -> String| {
            first.route.as_ref().map_or(Cell::Empty, |it| Cell::text(text(it)))
        };
        let mut cells = vec![
            Cell::text(first.cost_name.as_deref().unwrap_or_default().to_owned()),
            of_route(|route| route.id.name.clone()),
            of_route(short_owner),
            Cell::Quantity(Figure::Exact(first.seats.unwrap_or_default().into())),
            Cell::text(first.month.to_string()),
        ];
        cells.extend(cost_cells(cost, *made, cost_columns.len()));
        cells.push(of_route(|route| {
            route.funding.as_ref().map_or_else(String::new, |it| it.evidence.seen_in_words())
        }));
        cells
    });
    Sheet { rows: rows.collect(), columns, total: None }
}

/// Other costs with what they come to over all months.
fn sums_of_others(lines: &[&Line]) -> Sheet {
    let cost_columns = cost_columns(lines.iter().map(|line| &line.total.cost));
    let mut columns = vec![Column::text("Cost of")];
    columns.extend(cost_columns.iter().cloned());
    let rows = lines.iter().map(|line| {
        let Total { cost, made, .. } = &line.total;
        let cells = cost_cells(cost, *made, cost_columns.len());
        std::iter::once(Cell::text(whose(line.first()))).chain(cells).collect()
    });
    Sheet { rows: rows.collect(), columns, total: None }
}
