//! A spreadsheet of volumes → [`Budget`]: a row for each workload or step of one, a column for each month.
//!
//! ```text
//! CSV text, workbook ─ sheet ─► rows of cells ─ header ─► columns (column)
//!                                             ─ plain ──► numbers and months in one way of writing, or which two they mean
//!                                             ─ totals, unknown ─► what is left out
//!                                             ─ row, steps ─► Workload, or every problem with row and column
//! ```

mod called;
mod column;
mod dates;
mod header;
mod number;
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

use super::workload::{Budget, Workload};
use crate::budget::Assumption;
use crate::budget::defaults::DEFAULT_MONTHS;
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::catalog::yaml::FileKind;
use crate::errors::Errors;
use crate::input_limits::{BUDGET_MONTHS, SHEET_CELLS, VOLUME_BYTES, WORKLOAD_MONTHS};
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet::{Row, is_workbook};
use column::Column;
pub use column::columns;
pub use dates::DayOrder;
pub use number::DecimalMark;
pub use sheet::Sheet;

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

/// Whether bytes are those of a workbook or of another packed file, and no text.
pub fn is_packed(bytes: &[u8]) -> bool {
    is_workbook(bytes)
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
    let rows = sheet.rows().map_err(|limit| vec![limit.problem(Place::file(file))])?;
    let mut check = Checker::of_own(&VOLUMES, file, sheet.text());
    let told = sheet.told.iter().map(ToString::to_string).collect();
    let budget = budget(&mut check, rows, told, written);
    check.finish(budget).map_err(|problems| {
        let placed = |it: Problem| Problem { place: sheet.placed(it.place), ..it };
        problems.into_iter().map(placed).collect::<Vec<_>>().into()
    })
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
    written: Written,
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
    let (start, months) = period(check, header, columns, workloads.as_deref(), &mut assumptions)?;
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

/// The first month and the number of months: those of the columns, else from the first `from` to the last `to`.
fn period(
    check: &mut Checker,
    header: &Row,
    columns: &[Column],
    workloads: Option<&[Workload]>,
    assumptions: &mut Vec<Assumption>,
) -> Option<(Month, u32)> {
    let mut months = columns.iter().filter_map(Column::month);
    if let Some(first) = months.next() {
        let last = months.next_back().unwrap_or(first);
        return Some((first, u32::try_from(last.since(first) + 1).ok()?));
    }
    // Months that are open were reported, and say so.
    let workloads = workloads.filter(|_| columns.contains(&Column::Images))?;
    let Some(first) = workloads.iter().filter_map(|workload| workload.from).min() else {
        let at = header.cells.first().map_or(0..0, |cell| cell.at.clone());
        let message = "no row says in which month it begins";
        check.report(ProblemCode::MissingKey, at, message, "add a column `from`, such as 2027-01");
        return None;
    };
    let ends = workloads.iter().map(|workload| workload.to);
    let months = match ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max()) {
        Some(last) => u32::try_from(last.since(first) + 1).ok()?,
        // Where a row does not end, a budget has the months that any other has.
        None => {
            assumptions.push(Assumption::Months);
            let last = workloads.iter().filter_map(|workload| workload.to.or(workload.from)).max();
            let all = last.and_then(|last| u32::try_from(last.since(first) + 1).ok());
            all.unwrap_or(0).max(DEFAULT_MONTHS)
        }
    };
    if let Err(limit) = BUDGET_MONTHS.holds(months as usize) {
        check.report(ProblemCode::TooLarge, 0..0, limit.message(), limit.help);
        return None;
    }
    Some((first, months))
}
