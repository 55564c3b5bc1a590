//! A bill as it was read: what was billed, by whom and for what, with what is no usage apart.

pub mod beside;
mod fields;
mod output;
mod words;

pub use output::BillOutput;

use chrono::NaiveDate;

use super::block::{Block, Counted};
use super::dictionary::{Term, terms};
use super::document::Report;
use super::sheet::{Cell, Column, Sheet};
use crate::bill::{Bill, BillBy, BillKind, BillRow};
use crate::catalog::Catalog;
use crate::help::View;

/// The most rows that are shown without being asked for.
const FEW: usize = 20;

/// A bill, and how it is shown.
#[derive(Clone, Copy)]
pub struct BillView<'a> {
    /// The tables by which names are known.
    pub catalog: &'a Catalog,
    /// The day on which it is read.
    pub as_of: NaiveDate,
    /// What its lines are summed up by.
    pub by: &'a [BillBy],
    /// The lines, summed up so.
    pub rows: &'a [BillRow],
}

/// A bill as a report.
pub fn report<'a>(bill: &'a Bill, view: BillView<'a>) -> Report<'a> {
    let place = (view.catalog, Some(view.as_of));
    Report::streamed(
        place,
        move || blocks(bill, view),
        move |out| fields::columns(view.by).made_of(place).write_csv(view.rows.iter(), out),
        move || BillOutput::of(bill, view),
    )
}

fn blocks(bill: &Bill, view: BillView) -> Vec<Block> {
    let mut blocks =
        vec![Block::Title(words::title(bill, view)), Block::Facts(words::facts(bill, view))];
    if !view.rows.is_empty() {
        blocks.push(sheet(view).first(FEW, ("more row", "more rows"), View::All));
    }
    blocks.extend(Block::notes("Notes:", ("note", "notes"), words::notes(bill, view)));
    blocks
}

/// The term of what lines are summed up by.
fn term(by: BillBy) -> &'static Term {
    match by {
        BillBy::Month => &terms::MONTH,
        BillBy::Project => &terms::PROJECT,
        BillBy::Model => &terms::MODEL,
        BillBy::Processing => &terms::PROCESSING,
        BillBy::Meter => &terms::METER,
        BillBy::Owner => &terms::OWNER,
        BillBy::Kind => &terms::BILL_KIND,
        BillBy::Text => &terms::BILL_TEXT,
        _ => &terms::DAY,
    }
}

/// The rows for people: owner and kind stand there where there are several, or where they are asked for.
fn sheet(view: BillView) -> Sheet {
    let has_several = |of: fn(&BillRow) -> String| {
        let mut values: Vec<String> = view.rows.iter().map(of).collect();
        values.sort_unstable();
        values.dedup();
        values.len() > 1
    };
    let mut by: Vec<BillBy> = view.by.to_vec();
    for (it, is_told) in [
        (BillBy::Owner, has_several(|row| row.owner.to_string())),
        (BillBy::Kind, has_several(|row| row.kind.as_str().to_owned())),
    ] {
        if is_told && !by.contains(&it) {
            by.push(it);
        }
    }
    let has_list =
        view.rows.iter().any(|row| row.list_cost.is_some_and(|it| it != row.billed_cost));
    let mut columns: Vec<Column> = by.iter().map(|by| column(*by)).collect();
    columns.extend(has_list.then(|| Column::lines(terms::LIST_COST.title).ranked(2)));
    columns.push(Column::lines(terms::BILLED_COST.title));
    let row = |row: &BillRow| {
        let mut cells: Vec<Cell> = by.iter().map(|by| cell(row, *by, view)).collect();
        let list = row.list_cost.map_or(Cell::Empty, |cost| amount(cost, row));
        cells.extend(has_list.then_some(list));
        cells.push(amount(row.billed_cost, row));
        cells
    };
    Sheet { columns, rows: view.rows.iter().map(row).collect(), total: None }
}

fn amount(amount: rust_decimal::Decimal, row: &BillRow) -> Cell {
    Cell::InCurrency(amount, row.currency.to_string())
}

fn column(by: BillBy) -> Column {
    match by {
        BillBy::Model => Column::text(terms::MODEL.title),
        BillBy::Project => Column::text(terms::PROJECT.title),
        BillBy::Day => Column::ids(terms::DAY.title),
        BillBy::Owner => Column::of(&terms::OWNER_NAME),
        by => Column::of(term(by)),
    }
}

fn cell(row: &BillRow, by: BillBy, view: BillView) -> Cell {
    let said = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    said(match by {
        BillBy::Day => row.day.map(|day| day.to_string()),
        BillBy::Month => row.month.map(words::month),
        BillBy::Project => row.project.as_ref().map(ToString::to_string),
        BillBy::Model => match (&row.model, &row.text) {
            (Some(model), _) => Some(model.to_string()),
            // The text of the bill where no model is known.
            (None, Some(text)) => Some(format!("“{text}”")),
            (None, None) => None,
        },
        BillBy::Processing => row.processing.map(|it| it.as_str().to_owned()),
        BillBy::Meter => row.meter.map(|it| it.label().to_owned()),
        BillBy::Owner => Some(words::owner_name(view.catalog, &row.owner)),
        BillBy::Kind => Some(row.kind.as_str().to_owned()),
        BillBy::Text => row.text.as_ref().map(ToString::to_string),
    })
}

/// Lines of a bill, counted.
fn lines(count: usize) -> String {
    Counted::new(count, ("line", "lines")).in_words()
}

/// Whether a kind is counted in what is billed before tax.
fn is_before_tax(kind: BillKind) -> bool {
    kind != BillKind::Tax
}
