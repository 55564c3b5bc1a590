//! Columns whose names are not known: totals of the months and notes are left out, and what may be a slip is refused.

use super::column::{self, Column};
use super::{called, number, sums};
use crate::catalog::check::Checker;
use crate::problem::ProblemCode;
use crate::spreadsheet::Row;

/// Settles what columns of unknown names are, and says which are left out without being totals.
pub(super) fn columns(
    check: &mut Checker,
    header: &Row,
    rows: &[Row],
    columns: &mut [Column],
) -> Option<String> {
    let months: Vec<usize> =
        (0..columns.len()).filter(|at| columns[*at].month().is_some()).collect();
    let sums = sums::of_months(&months, rows);
    let mut left_out = Vec::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let Column::Unknown(name) = &*column else { continue };
        if called::is_name(name) || sums.as_deref().is_some_and(|sums| sums::is_of(at, sums)) {
            *column = Column::Total(name.clone());
        } else if let Some((code, what, help)) = refusal(name, rows, at) {
            let message = format!("row {}: `{name}` {what}", header.number);
            check.report(code, header.cells[at].at.clone(), message, help);
            *column = Column::Wrong;
        } else {
            left_out.push(format!("`{name}`"));
        }
    }
    match &left_out[..] {
        [] => None,
        [one] => {
            Some(format!("the column {one} is left out: it is not one of those that are read"))
        }
        all => Some(format!(
            "the columns {} are left out: they are none of those that are read",
            all.join(", ")
        )),
    }
}

/// Why a column is refused: its name may be meant for another, or its numbers may be volumes.
fn refusal(name: &str, rows: &[Row], at: usize) -> Option<(ProblemCode, &'static str, String)> {
    if let Some(close) = column::close_to(name) {
        let help = format!("did you mean `{close}`? The columns are: {}", column::known());
        return Some((ProblemCode::UnknownKey, "is not a column", help));
    }
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    let is_number =
        |row: &Row| row.cells.get(at).is_some_and(|cell| number::whole(cell.value.trim()).is_ok());
    let help =
        "write months as YYYY-MM or Jan 2027; of what is no volume, name the column without digits";
    (has_digit && rows.iter().any(is_number))
        .then(|| (ProblemCode::BadMonth, "is not a month", help.to_owned()))
}
