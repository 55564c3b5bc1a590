//! A comparison as a report: the answer, a short table, and on request a sheet for each section; every row with its owner.

mod answers;
mod columns;
mod fields;
mod full;
mod handout;
pub mod matrix;
mod output;
mod said;
mod short;
mod words;

use super::block::{Block, Counted, Fold};
use super::dictionary::{Term, terms};
use super::document::Report;
use super::estimate as estimate_view;
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::comparison::{Comparison, RouteEstimate};
use crate::help;

use columns::position;
pub use columns::{COLUMNS, DEFAULT, RouteColumn, WIDE, WITH_VOLUME, columns_of};
pub use fields::ComparedRow;
pub(crate) use output::output;
pub use output::{ComparedRoute, ComparisonOutput};

/// How a comparison is shown.
#[derive(Debug, Clone)]
pub struct View {
    /// The columns of the table.
    pub columns: Vec<RouteColumn>,
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
    let report = Report::streamed(
        (catalog, Some(comparison.as_of)),
        move || blocks(comparison, view),
        move |out| columns.write_csv(fields::rows(comparison, catalog), out),
        move || output(comparison, catalog, view.explain),
    )
    .handed_on(|| handout::answer(comparison), || handout::parts(comparison, view));
    #[cfg(feature = "cli")]
    let report = report.reckoned(|| estimate_view::book::reckoned(&priced(comparison)));
    report
}

/// The rows with a price, as sheets have them.
#[cfg(feature = "cli")]
fn priced(comparison: &Comparison) -> Vec<estimate_view::book::Priced<'_>> {
    let with_price =
        comparison.rows.iter().filter_map(|row| Some((row, row.outcome.as_deref().ok()?)));
    let priced = with_price.map(|(row, estimate)| {
        let work = row.work.in_words();
        estimate_view::book::Priced { route: &row.route, work, estimate }
    });
    priced.collect()
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
    // A route may offer several, and one with a price as well: they are counted by themselves.
    let what = Counted::new(comparison.offers.len(), ("subscription", "subscriptions"));
    blocks.push(Block::folded(what, help::View::All, Vec::new()));
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
    columns: &[RouteColumn],
    view: &View,
) -> Sheet {
    let has_model = position(columns, &terms::MODEL).is_some();
    let column = |shown: &RouteColumn| -> Column {
        let column = shown.column();
        match shown.is(&terms::ROUTE_NAME) && has_model {
            _ if view.as_named => Column { whole: column.numeric, ..column },
            // Beside a model, most names of routes say it again, and may take two lines.
            true => Column { whole: false, ..column },
            false => column.ranked(shown.rank),
        }
    };
    Sheet {
        columns: columns.iter().map(column).collect(),
        rows: rows.iter().map(|row| cells(row, columns, comparison)).collect(),
        total: None,
    }
}

/// The columns, with those in which the work differs before the cost.
fn with_axes(comparison: &Comparison, columns: &[RouteColumn]) -> Vec<RouteColumn> {
    let differs = |value: fn(&RouteEstimate) -> Option<&String>| {
        let mut values = comparison.rows.iter().map(value);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let axes = [
        (&terms::MODEL, differs(|row| Some(&row.work.model))),
        (&terms::SIZE, differs(|row| row.work.size.as_ref())),
        (&terms::QUALITY, differs(|row| row.work.quality.as_ref())),
    ];
    let axes = axes.into_iter().filter(|(_, differs)| *differs).map(|(term, _)| term);
    let axes: Vec<&Term> = axes.filter(|term| position(columns, term).is_none()).collect();
    let at = position(columns, &terms::PER_ACCEPTED_IMAGE).unwrap_or(columns.len());
    let mut all = columns.to_vec();
    all.splice(at..at, columns_of(&axes));
    all
}

fn cells(row: &RouteEstimate, columns: &[RouteColumn], comparison: &Comparison) -> Vec<Cell> {
    columns.iter().map(|column| (column.cell)(row, comparison.aged_on)).collect()
}

/// Puts the cost at list prices behind the cost, where it is not shown.
fn show_list_price(columns: &mut Vec<RouteColumn>) {
    if position(columns, &terms::BY_LIST).is_none() {
        let after = position(columns, &terms::PER_ACCEPTED_IMAGE);
        let at = after.map_or(columns.len(), |at| at + 1);
        columns.splice(at..at, columns_of(&[&terms::BY_LIST]));
    }
}

fn list(title: &str, items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List(title.to_owned(), items))
}
