//! The images of rows and columns, and whether a column adds the months up.

use super::number;
use crate::spreadsheet::Row;

/// Whether a column holds the sum of the month columns in every row: of at least two months.
pub(super) fn is_sum_of_months(column: usize, months: &[usize], rows: &[Row]) -> bool {
    let of = |row: &Row| {
        let sum = months.iter().try_fold(0, |sum, at| Some(sum + images(row, *at)?))?;
        (images(row, column)? == sum).then_some(sum)
    };
    let rows = rows.iter().filter(|row| !row.is_blank());
    let sums: Option<Vec<u128>> = rows.map(of).collect();
    months.len() >= 2 && sums.is_some_and(|sums| sums.iter().any(|sum| *sum > 0))
}

/// The images in a cell, none in an empty one; `None` where it is no number.
pub(super) fn images(row: &Row, column: usize) -> Option<u128> {
    match row.cells.get(column).map(|cell| cell.value.trim()) {
        None | Some("") => Some(0),
        Some(text) => number::whole(text).ok().map(u128::from),
    }
}
