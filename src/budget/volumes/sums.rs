//! The images of rows and columns, and whether a column adds the months up.

use super::number;
use crate::spreadsheet::Row;

/// What the month columns add up to in every row, of at least two months; `None` where a cell is no number, or where
/// nothing is made, which any empty column would say as well.
pub(super) fn of_months<'a>(
    months: &[usize],
    rows: &'a [Row<'a>],
) -> Option<Vec<(&'a Row<'a>, u128)>> {
    let sum = |row: &Row| months.iter().try_fold(0, |sum, at| Some(sum + images(row, *at)?));
    let rows = rows.iter().filter(|row| !row.is_blank());
    let sums: Option<Vec<_>> = rows.map(|row| Some((row, sum(row)?))).collect();
    sums.filter(|sums| months.len() >= 2 && sums.iter().any(|(_, sum)| *sum > 0))
}

/// Whether a column holds these sums.
pub(super) fn is_of(column: usize, sums: &[(&Row, u128)]) -> bool {
    sums.iter().all(|(row, sum)| images(row, column) == Some(*sum))
}

/// The images in a cell, none in an empty one; `None` where it is no number.
pub(super) fn images(row: &Row, column: usize) -> Option<u128> {
    match row.cells.get(column).map(|cell| cell.value.trim()) {
        None | Some("") => Some(0),
        Some(text) => number::whole(text).ok().map(u128::from),
    }
}
