//! A comparison as a report: the answer, a short table, and on request a sheet for each section; every row with its owner.

mod answers;
mod columns;
mod fields;
mod full;
pub mod matrix;
mod output;
mod said;
mod short;
mod words;

use super::block::Block;
use super::block::{Counted, Fold};
use super::document::Report;
use super::estimate as estimate_view;
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::comparison::{Comparison, RouteEstimate};
use crate::help;

pub use columns::ColumnName;
pub use fields::ComparedRow;
pub(crate) use output::output;
pub use output::{ComparedRoute, ComparisonOutput};

/// How a comparison is shown.
#[derive(Debug, Clone)]
pub struct View {
    /// The columns of the table.
    pub columns: Vec<ColumnName>,
    /// Whether the columns were named one by one, so that none may give way to the width.
    pub as_named: bool,
    /// At most so many rows beside the official and the cheapest one; of everything, so many of each section.
    pub top: Option<usize>,
    /// Show how each line of each row came about.
    pub explain: bool,
}

/// A comparison as a report.
pub fn report<'a>(comparison: &'a Comparison, catalog: &'a Catalog, view: &'a View) -> Report<'a> {
    let columns = Columns { fields: ComparedRow::fields(), with_ends: true };
    Report::streamed(
        (catalog, Some(comparison.as_of)),
        move || blocks(comparison, view),
        move |out| columns.write_csv(fields::rows(comparison, catalog), out),
        move || output(comparison, catalog, view.explain),
    )
}

fn blocks(comparison: &Comparison, view: &View) -> Vec<Block> {
    let shown = short::shown(comparison, view.top);
    let more = comparison.rows.len() - shown.len();
    let mut blocks = vec![Block::Title(title(comparison))];
    blocks.extend(words::answers(comparison));
    blocks.push(Block::Folded(Fold {
        what: Counted::new(more, ("more route", "more routes")),
        view: help::View::All,
        inside: full::blocks(comparison, view),
        instead: short::blocks(comparison, &shown, view),
    }));
    blocks
}

fn title(comparison: &Comparison) -> String {
    let first = comparison.rows.iter().find_map(|row| row.outcome.as_ref().ok());
    let several = comparison.rows.iter().any(|row| row.work != comparison.rows[0].work);
    let what = match (first, several) {
        (Some(estimate), false) => estimate_view::title(estimate),
        (Some(_), true) => "several models, sizes or qualities".into(),
        (None, _) => "no route has a price".into(),
    };
    let attempts = first.map_or_else(String::new, |estimate| {
        let attempts = &estimate.attempts;
        let volume = attempts
            .volume
            .as_ref()
            .map(|volume| format!("; {} accepted images", number::count(volume.accepted_images)));
        format!(" ({}{})", estimate_view::attempts_in_words(estimate), volume.unwrap_or_default())
    });
    format!("{what}: cost per accepted image{attempts}, prices of {}", comparison.as_of)
}

/// Rows under the columns of a view.
fn sheet(
    comparison: &Comparison,
    rows: &[&RouteEstimate],
    columns: &[ColumnName],
    view: &View,
) -> Sheet {
    let has_model = columns.contains(&ColumnName::Model);
    let column = |name: &ColumnName| -> Column {
        let column = name.column();
        match name {
            _ if view.as_named => Column { whole: column.numeric, ..column },
            // Beside a model, most names of routes say it again, and may take two lines.
            ColumnName::RouteName if has_model => Column { whole: false, ..column },
            _ => column.ranked(name.rank()),
        }
    };
    Sheet {
        columns: columns.iter().map(column).collect(),
        rows: rows.iter().map(|row| cells(row, columns, comparison)).collect(),
        total: None,
    }
}

/// The columns, with those in which the work differs before the cost.
fn with_axes(comparison: &Comparison, columns: &[ColumnName]) -> Vec<ColumnName> {
    let differs = |value: fn(&RouteEstimate) -> Option<&String>| {
        let mut values = comparison.rows.iter().map(value);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let mut axes = Vec::new();
    if differs(|row| Some(&row.work.model)) {
        axes.push(ColumnName::Model);
    }
    if differs(|row| row.work.size.as_ref()) {
        axes.push(ColumnName::Size);
    }
    if differs(|row| row.work.quality.as_ref()) {
        axes.push(ColumnName::Quality);
    }
    axes.retain(|axis| !columns.contains(axis));
    let at = columns.iter().position(|name| *name == ColumnName::Cost).unwrap_or(columns.len());
    let mut all = columns.to_vec();
    all.splice(at..at, axes);
    all
}

fn cells(row: &RouteEstimate, columns: &[ColumnName], comparison: &Comparison) -> Vec<Cell> {
    columns.iter().map(|column| column.cell(row, comparison.as_of)).collect()
}

fn list(title: &str, items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List(title.to_owned(), items))
}
