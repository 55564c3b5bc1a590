//! A spreadsheet of volumes → [`Budget`]: a row for each workload or step of one, a column for each month.
//!
//! ```text
//! CSV text, workbook ─ sheet ─► rows of cells ─ header ─► columns (column)
//!                                             ─ plain ──► numbers and months in one way of writing, or which two they mean
//!                                             ─ totals, unknown ─► what is left out
//!                                             ─ row, steps ─► Workload, or every problem with row and column
//! ```

mod called;
mod chosen;
mod column;
mod dates;
mod header;
mod number;
mod period;
mod plain;
mod row;
mod row_reader;
mod said;
mod settle;
mod sheet;
mod steps;
mod subtotals;
mod sums;
pub mod template;
mod totals;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::check::Checker;
use crate::catalog::yaml::FileKind;
use crate::errors::Errors;
use crate::input_limits::{SHEET_CELLS, VOLUME_BYTES, WORKLOAD_MONTHS};
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet::Row;
use column::Column;
pub use column::columns;
pub use dates::DayOrder;
pub use number::DecimalMark;
pub use period::SaidMonths;
pub use sheet::{Sheet, plan_of};

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

/// How numbers and days are written where a column could mean two things. What is left out is told by the column itself, or
/// the column is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// What stands before decimals.
    pub decimal: Option<DecimalMark>,
    /// Whether the day or the month is first.
    pub days: Option<DayOrder>,
}

/// Reads a spreadsheet of volumes that was saved as CSV, as [`read_sheet`] does.
///
/// # Errors
/// Every value that is wrong, with its row and column.
pub fn read(file: &str, text: &Arc<str>) -> Result<WithNotes, Errors<Problem>> {
    read_sheet(file, &Sheet::csv(text), Written::default())
}

/// Reads a spreadsheet of volumes. The first month column is the start of the budget, the last one its end; an empty cell is
/// no image. Without columns of months it says `images` for each month, and begins in the first month of `from`. Rows and
/// columns of totals and columns that are not known are left out, which the notes say and the assumptions of the budget
/// repeat.
///
/// # Errors
/// Every value that is wrong, with its row and column.
pub fn read_sheet(
    file: &str,
    sheet: &Sheet,
    written: Written,
) -> Result<WithNotes, Errors<Problem>> {
    read_in(file, sheet, written, SaidMonths::default())
}

/// Reads a spreadsheet of volumes as [`read_sheet`] does, for a budget whose months are said. Months of the spreadsheet that
/// the budget does not have are wrong; rows of which it has some, and months that no column has, are told.
///
/// # Errors
/// As those of [`read_sheet`].
pub fn read_in(
    file: &str,
    sheet: &Sheet,
    written: Written,
    said: SaidMonths,
) -> Result<WithNotes, Errors<Problem>> {
    let rows = sheet.rows().map_err(|limit| vec![limit.problem(Place::file(file))])?;
    let mut check = Checker::of_own(&VOLUMES, file, sheet.text());
    let told = sheet.told.iter().map(ToString::to_string).collect();
    let budget = budget(&mut check, rows, told, (written, said));
    check.finish(budget).map_err(|problems| {
        let placed = |it: Problem| Problem { place: sheet.placed(it.place), ..it };
        problems.into_iter().map(placed).collect::<Vec<_>>().into()
    })
}

/// Whether a spreadsheet says the same without what is said of how it is written, its numbers or its days; `read` is what it
/// says with it.
pub fn is_same(
    file: &str,
    sheet: &Sheet,
    (without, said): (Written, SaidMonths),
    read: &WithNotes,
) -> bool {
    read_in(file, sheet, without, said).is_ok_and(|same| same == *read)
}

/// Where each workload of a spreadsheet stands, by its name; nothing of a file that cannot be read.
pub fn places(file: &str, sheet: &Sheet) -> BTreeMap<String, Place> {
    let Ok(rows) = sheet.rows() else { return BTreeMap::new() };
    let Some(at) = header::find(&rows) else { return BTreeMap::new() };
    let is_workload = |name: &str| column::named(name) == Some(Column::Workload);
    let column = rows[at].cells.iter().position(|cell| is_workload(&cell.value));
    let named = rows.iter().skip(at + 1).filter_map(|row| {
        let cell = row.cells.get(column?)?;
        let place = Place::within(file, sheet.text().clone(), cell.at.clone());
        Some((cell.value.trim().to_owned(), sheet.placed(place)))
    });
    named.collect()
}

fn budget(
    check: &mut Checker,
    mut rows: Vec<Row>,
    mut notes: Vec<String>,
    (written, said): (Written, SaidMonths),
) -> Option<WithNotes> {
    let at = header::find(&rows).or_else(|| rows.iter().position(|row| !row.is_blank()));
    let Some(at) = at else {
        let help = "the first row names the columns: workload, route, size, quality, acceptance, 2027-01, …";
        check.report(ProblemCode::Empty, 0..0, "the file has no rows", help);
        return None;
    };
    notes.extend(above(&rows[..at]));
    let (header, rows) = rows[at..].split_first_mut()?;
    let mut columns = header::columns(check, header, written.days)?;
    plain::write(check, rows, &columns, &written);
    notes.extend(unknown::columns(check, header, rows, &mut columns));
    let columns = &columns[..];
    let mut rows: Vec<&Row> = rows.iter().filter(|row| !row.is_blank()).collect();
    notes.extend(totals::left_out(&mut rows, columns));
    let mut assumptions: Vec<_> = notes.iter().cloned().map(Assumption::OfFile).collect();
    assumptions.extend([Assumption::Margin, Assumption::FiscalYears]);
    if rows.is_empty() {
        let help = "write a row for each workload under the header";
        let at = header.cells.first().map_or(0..0, |cell| cell.at.clone());
        check.report(ProblemCode::Empty, at, "the file has no workload", help);
    }
    let read = rows.iter().map(|row| row::workload(check, row, columns, &mut assumptions));
    let read: Vec<_> = read.collect();
    let workloads = steps::joined(check, &rows, columns, read);
    let read = period::Read { header, rows: &rows, columns, workloads: workloads.as_deref() };
    let (start, months) = period::period(check, &read, said, (&mut assumptions, &mut notes))?;
    if let Err(limit) = WORKLOAD_MONTHS.holds(rows.len() * months as usize) {
        check.report(ProblemCode::TooLarge, 0..0, limit.message(), limit.help);
    }
    let budget = Budget { months, assumptions, ..Budget::of(start, workloads?) };
    Some((budget, notes))
}

/// What stands above the header: a title is no row.
fn above(rows: &[Row]) -> Option<String> {
    let told = rows.iter().filter(|row| !row.is_blank());
    let told: Vec<String> = told.map(|row| row.number.to_string()).collect();
    match &told[..] {
        [] => None,
        [row] => Some(format!("row {row} is left out: it stands above the header")),
        rows => Some(format!("rows {} are left out: they stand above the header", rows.join(", "))),
    }
}
