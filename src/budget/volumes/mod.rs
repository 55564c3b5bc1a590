//! A spreadsheet of volumes → [`Budget`]: a row for each workload, a column for each month.
//!
//! ```text
//! text ─ cells (values with their places) ─ header ─► columns
//!                                         ─ row ────► Workload, or every problem with row and column
//! ```

mod called;
mod header;
mod number;
mod row;
mod said;
mod subtotals;
mod sums;
mod totals;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::check::Checker;
use crate::catalog::yaml::FileKind;
use crate::errors::Errors;
use crate::input_limits::{SHEET_CELLS, VOLUME_BYTES, VOLUME_ROWS, WORKLOAD_MONTHS};
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet::{self, Row};
use header::Column;

/// Bounds of a spreadsheet; its rows are bounded apart from its bytes.
const VOLUMES: FileKind = FileKind {
    holds: "table of volumes",
    shape: "the help of `imgcost budget forecast`",
    currency: "US dollars",
    bytes: &VOLUME_BYTES,
    values: &SHEET_CELLS,
};

/// A budget, and what of its spreadsheet was left out or is to be looked at, a line each.
pub type WithNotes = (Budget, Vec<String>);

/// Reads a spreadsheet of volumes that was saved as CSV. The first month column is the start of the budget,
/// the last one its end; an empty cell is no image. Rows and columns of totals are left out, which the notes say and
/// the assumptions of the budget repeat.
///
/// # Errors
/// Every value that is wrong, with its row and column.
pub fn read(file: &str, text: &Arc<str>) -> Result<WithNotes, Errors<Problem>> {
    let rows = VOLUME_BYTES
        .holds(text.len())
        .and_then(|()| spreadsheet::rows(text, &VOLUME_ROWS))
        .map_err(|limit| vec![limit.problem(Place::file(file))])?;
    let mut check = Checker::of_own(&VOLUMES, file, text);
    let budget = budget(&mut check, &rows);
    check.finish(budget)
}

/// Where each workload of a spreadsheet stands, by its name; nothing of a file that cannot be read.
pub fn places(file: &str, text: &Arc<str>) -> BTreeMap<String, Place> {
    let mut check = Checker::of_own(&VOLUMES, file, text);
    let Ok(rows) = spreadsheet::rows(text, &VOLUME_ROWS) else { return BTreeMap::new() };
    let columns =
        rows.split_first().and_then(|(header, rows)| header::columns(&mut check, header, rows));
    let column = columns.and_then(|all| all.iter().position(|it| *it == Column::Workload));
    let named = rows.iter().skip(1).filter_map(|row| {
        let cell = row.cells.get(column?)?;
        let place = Place::within(file, text.clone(), cell.at.clone());
        Some((cell.value.trim().to_owned(), place))
    });
    named.collect()
}

fn budget(check: &mut Checker, rows: &[Row]) -> Option<WithNotes> {
    let Some((header, rows)) = rows.split_first() else {
        let help = "the first row names the columns: workload, route, size, quality, acceptance, 2027-01, …";
        check.report(ProblemCode::Empty, 0..0, "the file has no rows", help);
        return None;
    };
    let columns = header::columns(check, header, rows)?;
    let mut rows: Vec<&Row> = rows.iter().filter(|row| !row.is_blank()).collect();
    let notes = totals::left_out(&mut rows, &columns);
    let mut assumptions: Vec<_> = notes.iter().cloned().map(Assumption::OfFile).collect();
    assumptions.extend([Assumption::Margin, Assumption::FiscalYears]);
    if rows.is_empty() {
        let help = "write a row for each workload under the header";
        let at = header.cells.first().map_or(0..0, |cell| cell.at.clone());
        check.report(ProblemCode::Empty, at, "the file has no workload", help);
    }
    let read = rows.iter().map(|row| row::workload(check, row, &columns, &mut assumptions));
    let workloads: Vec<_> = read.collect();
    report_duplicates(check, &rows, &columns);
    let months: Vec<_> = columns.iter().filter_map(Column::month).collect();
    if let Err(limit) = WORKLOAD_MONTHS.holds(rows.len() * months.len()) {
        check.report(ProblemCode::TooLarge, 0..0, limit.message(), limit.help);
    }
    let (start, end) = (*months.first()?, *months.last()?);
    let budget = Budget {
        months: u32::try_from(end.since(start) + 1).ok()?,
        assumptions,
        ..Budget::of(start, workloads.into_iter().collect::<Option<_>>()?)
    };
    Some((budget, notes))
}

fn report_duplicates(check: &mut Checker, rows: &[&Row], columns: &[Column]) {
    let Some(column) = columns.iter().position(|column| *column == Column::Workload) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for row in rows {
        let Some(cell) = row.cells.get(column) else { continue };
        let name = cell.value.trim();
        if !name.is_empty() && !seen.insert(name) {
            let message = row.message("workload", format!("`{name}` is the name of another row"));
            let help = "give each row a name of its own, such as `poster high`";
            check.report(ProblemCode::DuplicateName, cell.at.clone(), message, help);
        }
    }
}
