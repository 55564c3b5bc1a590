//! What a log shows.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::log_fields::{LogRow, rows};
use super::notes::{self, counted};
use super::results_output::output;
use super::{budget, list, measures};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::{Help, Sentence};
use crate::pilot::{Difference, RatedRow, Results, RouteResults};
use crate::report::block::Block;
use crate::report::document::Report;
use crate::report::number;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};

/// The most differing rows that people are shown; files have all.
const MOST_DIFFERENT: usize = 10;

/// How to show a log.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// Whether every row is shown, and not only the routes.
    pub rows: bool,
    /// How wide the interval of the acceptance is wanted.
    pub width: Decimal,
}

/// Results as a report.
pub fn report<'a>(results: &'a Results, catalog: &'a Catalog, view: &'a View) -> Report<'a> {
    Report::streamed(
        (catalog, None),
        || blocks(results, view),
        move |out| write_csv((results, catalog), view, out),
        || output(results),
    )
}

/// A row for each row of the log, or for each route.
fn write_csv(
    (results, catalog): (&Results, &Catalog),
    view: &View,
    out: &mut dyn Write,
) -> io::Result<()> {
    match view.rows {
        true => {
            let columns =
                Columns { fields: LogRow::fields(), with_ends: false }.made_of((catalog, None));
            columns.write_csv(rows(results), out)
        }
        false => {
            let columns = Columns { fields: <&RouteResults>::fields(), with_ends: false }
                .made_of((catalog, None));
            columns.write_csv(results.routes.iter(), out)
        }
    }
}

fn blocks(results: &Results, view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(results, view))];
    if !results.routes.is_empty() {
        let width = number::percent(view.width);
        blocks.push(Block::Sheet(measures::sheet(&results.routes, &width)));
    }
    for route in results.routes.iter().filter(|route| route.route.is_some()) {
        let name = measures::name(route);
        let Some(yaml) = budget::yaml(route) else {
            blocks.push(Block::Text(format!(
                "No image of {name} was accepted: it says no rates to a budget."
            )));
            continue;
        };
        blocks.push(Block::Text(format!("For a workload of a budget, from {name}:")));
        blocks.push(Block::Code(yaml));
    }
    if view.rows {
        blocks.push(Block::Sheet(attempts(results)));
    } else {
        blocks.extend(Block::open("Logged and rated costs that differ:", differences(results)));
    }
    blocks.extend(Block::open("Not exact, because:", reasons(results)));
    blocks.extend(list("Notes:", notes::notes(results)));
    let methods = notes::methods(results);
    blocks.extend(Block::notes("How the figures are made:", ("note", "notes"), methods));
    blocks
}

fn title(results: &Results, view: &View) -> String {
    let not_read = results.rejected.len() as u64;
    let mut words = vec![counted(results.rows.len() as u64, "attempt")];
    if results.not_run > 0 {
        words.push(format!("{} not run yet", number::count(results.not_run)));
    }
    if not_read > 0 {
        words.push(format!("{} not read", counted(not_read, "row")));
    }
    format!("Pilot log {}: {}", view.file, words.join(", "))
}

fn differences(results: &Results) -> Vec<Sentence> {
    let differ = |row: &&RatedRow| matches!(row.difference, Difference::By(_));
    let all: Vec<&RatedRow> = results.rows.iter().filter(differ).collect();
    let first = all.iter().take(MOST_DIFFERENT);
    let mut shown: Vec<Sentence> = first.map(|row| difference_in_words(row).into()).collect();
    if all.len() > shown.len() {
        let more = counted((all.len() - shown.len()) as u64, "row");
        shown.push(Sentence::new(format!("and {more} more"), Help::ShowRows));
    }
    shown
}

fn difference_in_words(row: &RatedRow) -> String {
    let by = row.difference.amount().unwrap_or_default();
    let more = if by.is_sign_negative() { "less" } else { "more" };
    let dollars = |amount| number::dollar_figure_alone(&Figure::Exact(amount));
    let rated = row.rated.as_ref().map(number::dollar_figure_alone).unwrap_or_default();
    format!(
        "row {}, {}: {} logged, {rated} rated: {} {more}",
        row.row.number,
        row.row.request_id,
        dollars(row.row.cost.unwrap_or_default()),
        dollars(by.abs())
    )
}

fn reasons(results: &Results) -> Vec<Sentence> {
    let costs = results.routes.iter().filter_map(|route| route.costs.as_ref());
    costs.flat_map(|costs| costs.rated.reasons().said()).collect()
}

/// A row per attempt, for people.
fn attempts(results: &Results) -> Sheet {
    let columns = vec![
        Column::number("Row"),
        Column::text("Request"),
        Column::text("Ending"),
        Column::number("Rated"),
        Column::number("Logged"),
        Column::text("Difference"),
    ];
    let row = |rated: &RatedRow| {
        vec![
            Cell::Count(Figure::Exact(rated.row.number as u64)),
            Cell::text(&rated.row.request_id),
            Cell::text(rated.row.ending.as_str()),
            rated.rated.clone().map_or(Cell::Missing("seat only"), Cell::Money),
            rated.row.cost.map_or(Cell::Empty, |cost| Cell::Money(Figure::Exact(cost))),
            Cell::text(rated.difference.as_str().replace('_', " ")),
        ]
    };
    Sheet { columns, rows: results.rows.iter().map(row).collect(), total: None }
}
