//! A sheet as a table of a page: what is read, and beside it each figure in full.

use askama::Template;
use rust_decimal::Decimal;

use crate::catalog::locator::Locator;
use crate::figure::Figure;
use crate::report::cells::{cell_text, roundings};
use crate::report::currency::as_shown;
use crate::report::number::{self, Rounding};
use crate::report::sheet::{Cell, Column, Sheet, said};

/// A table with headings for its columns and rows.
#[derive(Debug, Template)]
#[template(path = "table.html")]
pub(super) struct Table {
    name: String,
    headings: Vec<(&'static str, String)>,
    rows: Vec<Vec<Shown>>,
    total: Option<Vec<Shown>>,
    /// How many more rows there are, in words; empty where there are none.
    more: String,
}

/// A cell as it is shown.
#[derive(Debug)]
struct Shown {
    class: &'static str,
    lines: Vec<String>,
    /// Addresses, each with what is read of it.
    links: Vec<(String, String)>,
    figure: Option<InFull>,
}

/// A figure in full: its value, or its low end, or the part that is known.
#[derive(Debug)]
struct InFull {
    value: String,
    high: Option<String>,
    is_at_least: bool,
}

impl Table {
    /// A sheet under a name, with so many of its rows at most.
    pub fn of(sheet: &Sheet, name: &str, most: usize) -> Table {
        let roundings = roundings(sheet);
        let row = |row: &Vec<Cell>| {
            let cells = row.iter().zip(&sheet.columns).zip(&roundings);
            cells.map(|((cell, column), rounding)| shown(cell, column, *rounding)).collect()
        };
        let heading = |column: &Column| {
            (class_of(column), said(&column.title.replace('\n', " ")).into_owned())
        };
        let more = sheet.rows.len().saturating_sub(most);
        Table {
            name: if name.is_empty() { "Table".into() } else { said(name).into_owned() },
            headings: sheet.columns.iter().map(heading).collect(),
            rows: sheet.rows.iter().take(most).map(row).collect(),
            total: sheet.total.as_ref().map(row),
            more: if more > 0 { number::count(more as u64) } else { String::new() },
        }
    }
}

/// Numbers stand to the right; they and ids are not broken.
fn class_of(column: &Column) -> &'static str {
    match (column.numeric, column.whole) {
        (true, _) => "n",
        (false, true) => "w",
        (false, false) => "t",
    }
}

fn shown(cell: &Cell, column: &Column, rounding: Rounding) -> Shown {
    let links = match cell {
        Cell::Links(all) => all.iter().map(link).collect(),
        _ => Vec::new(),
    };
    let lines = match cell {
        Cell::Links(_) => Vec::new(),
        cell => cell_text(cell, rounding).split('\n').map(str::to_owned).collect(),
    };
    Shown { class: class_of(column), lines, links, figure: in_full(cell) }
}

fn in_full(cell: &Cell) -> Option<InFull> {
    let exact = |value: String| InFull { value, high: None, is_at_least: false };
    let ends = |figure: &Figure<Decimal>, raw: fn(Decimal) -> String| match figure {
        Figure::Exact(value) => Some(exact(raw(*value))),
        Figure::Range { low, high, .. } => {
            Some(InFull { high: Some(raw(*high)), ..exact(raw(*low)) })
        }
        Figure::Unknown { at_least, .. } if at_least.is_zero() => None,
        Figure::Unknown { at_least, .. } => {
            Some(InFull { is_at_least: true, ..exact(raw(*at_least)) })
        }
    };
    match cell {
        Cell::Money(figure) => ends(figure, |amount| number::raw(as_shown(amount).1)),
        Cell::Quantity(figure) | Cell::Ratio(figure) => ends(figure, number::raw),
        Cell::Count(Figure::Exact(count)) => Some(exact(count.to_string())),
        Cell::InCurrency(amount, _) => Some(exact(number::raw(*amount))),
        _ => None,
    }
}

/// An address, which [`Locator`] takes only of http and https, and what is read of it.
fn link(address: &Locator) -> (String, String) {
    let address = address.as_str();
    let shown = address.split_once("://").map_or(address, |(_, rest)| rest);
    (address.to_owned(), shown.trim_end_matches('/').to_owned())
}
