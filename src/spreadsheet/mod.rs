//! Spreadsheets: CSV text, and workbooks (.xlsx, .ods) → rows of cells with their places and kinds.
//!
//! ```text
//! text ─ csv ──────────────────────────────────┐
//! bytes ─ packed (bounds) ─ workbook ─ Sheet ──┴─► rows of cells
//! ```
//!
//! A cell is text as it would be typed, and the kind that its file gives it: a workbook knows numbers and dates, of a CSV
//! each cell is text. A reader of counts or dates asks for the kind only where the text could mean two things.

mod concealed;
mod csv;
mod error;
mod packed;
mod rendered;
mod workbook;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use csv::{each_row, of_header, rows, rows_from, separator};
pub(crate) use error::WorkbookError;
pub(crate) use rendered::Rendered;
pub(crate) use workbook::{Workbook, is_workbook};

/// A row that is not blank in the text.
pub(crate) struct Row<'t> {
    /// Its number in the spreadsheet, from 1.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<Cell<'t>>,
    /// Whether it is of a workbook, whose places are cells.
    pub is_of_workbook: bool,
}

/// A cell. One without quotes is a part of the text: a large sheet has hundreds of thousands of them.
pub(crate) struct Cell<'t> {
    /// What it says.
    pub value: Cow<'t, str>,
    /// Where it stands, quotes included.
    pub at: Range<usize>,
    /// What its file says that it is.
    pub kind: CellKind,
}

/// What a file says that a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Text, which may be a number or a date in some way of writing them.
    Text,
    /// A number: the shortest decimal that is the double of the cell, with a point and without a mark of thousands.
    Number,
    /// A day, as YYYY-MM-DD.
    Day,
    /// A duration, as hours:minutes:seconds: a number in the file, and neither a count nor a day.
    Duration,
    /// A value of an error, such as `#REF!`.
    Error,
}

impl Row<'_> {
    /// Whether no cell says anything: spreadsheets save such rows below the last one.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.value.trim().is_empty())
    }

    /// Whether the quote of a cell is never closed: it then holds all that stands below it.
    pub(crate) fn is_open(&self, text: &str) -> bool {
        self.cells.last().is_some_and(|cell| {
            let raw = &text[cell.at.clone()];
            raw.starts_with('"') && raw.matches('"').count() % 2 == 1
        })
    }

    /// A message with row and column; of a workbook the place says the row.
    pub(crate) fn message(&self, column: &str, what: String) -> String {
        match self.is_of_workbook {
            true => format!("column `{column}`: {what}"),
            false => format!("row {}, column `{column}`: {what}", self.number),
        }
    }
}

impl<'t> Cell<'t> {
    /// A cell of CSV at a place, with what it says without its quotes.
    fn of(text: &'t str, at: Range<usize>, says: &[u8]) -> Cell<'t> {
        let raw = &text[at.clone()];
        let value = match raw.as_bytes() == says {
            true => Cow::Borrowed(raw),
            false => Cow::Owned(String::from_utf8_lossy(says).into_owned()),
        };
        Cell { value, at, kind: CellKind::Text }
    }
}
