//! What a row of volumes says besides its months, and what is said of it.

use std::collections::BTreeMap;

use super::column::Column;
use crate::spreadsheet::Row;

/// What is said of rows, by their numbers.
pub(super) type Said = BTreeMap<usize, String>;

/// The name of the workload; empty where there is none.
pub(super) fn name<'r>(row: &'r Row, columns: &[Column]) -> &'r str {
    let at = columns.iter().position(|column| *column == Column::Workload);
    at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.value.trim())
}

/// Whether it says anything of what is asked for.
pub(super) fn names_a_request(row: &Row, columns: &[Column]) -> bool {
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| column.is_of_request() && !cell.value.trim().is_empty())
}

/// Whether a row says more than a name and numbers: a total has no acceptance, rate or tag of its own.
pub(super) fn says_more(row: &Row, columns: &[Column]) -> bool {
    let is_plain = |column: &Column| {
        matches!(
            column,
            Column::Workload
                | Column::Month(_)
                | Column::Images
                | Column::Total(_)
                | Column::Unknown(_)
                | Column::Unnamed
        )
    };
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| !is_plain(column) && !cell.value.trim().is_empty())
}

/// That a row is left out, and why.
pub(super) fn line(row: &Row, columns: &[Column], why: &str) -> String {
    format!("row {}, `{}`, is left out: {why}", row.number, name(row, columns))
}
