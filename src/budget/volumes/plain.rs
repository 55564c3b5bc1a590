//! The cells of a spreadsheet of volumes → what they say in one way of writing: numbers in plain digits, months as YYYY-MM.
//!
//! What could mean two things is said once for its column. All that follows reads plain cells.

use super::Written;
use super::column::Column;
use super::dates::{self, DayOrder};
use super::header::report_days;
use super::number::{self, DecimalMark};
use super::settle::{Unsettled, settled};
use crate::catalog::check::Checker;
use crate::help::Help;
use crate::problem::ProblemCode;
use crate::spreadsheet::{CellKind, Row};

/// Writes the cells of numbers and months plainly; the columns of months are written in one way.
pub(super) fn write(check: &mut Checker, rows: &mut [Row], columns: &[Column], written: &Written) {
    let months: Vec<usize> =
        (0..columns.len()).filter(|at| columns[*at].month().is_some()).collect();
    let way = way_of(check, rows, (&months, "the months"), written.decimal);
    // A total is written as the months are that it adds up.
    let totals = (0..columns.len()).filter(|at| matches!(columns[*at], Column::Unknown(_)));
    totals.chain(months).for_each(|at| plain_numbers(rows, at, way));
    for (at, column) in columns.iter().enumerate() {
        let name = format!("column `{}`", column.name());
        if matches!(column, Column::From | Column::To) {
            plain_months(check, rows, (at, &name), written.days);
        } else if column.is_number() && column.month().is_none() {
            let way = way_of(check, rows, (&[at], &name), written.decimal);
            plain_numbers(rows, at, way);
        }
    }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy)]
enum Way {
    /// With this mark before decimals, if it makes a difference.
    One(Option<DecimalMark>),
    /// It was reported that it is open: each number by itself, so that what else is wrong is said as well.
    Open,
}

/// The way in which these columns are written; one that is open is reported.
fn way_of(
    check: &mut Checker,
    rows: &[Row],
    (columns, name): (&[usize], &str),
    said: Option<DecimalMark>,
) -> Way {
    let cells: Vec<_> = rows
        .iter()
        .flat_map(|row| columns.iter().filter_map(move |at| Some((row, row.cells.get(*at)?))))
        .filter(|(_, cell)| cell.kind == CellKind::Text)
        .collect();
    let meanings = cells.iter().map(|(_, cell)| number::meaning(&cell.value)).enumerate();
    let unsettled = match settled(meanings, said) {
        Ok(mark) => return Way::One(mark),
        Err(unsettled) => unsettled,
    };
    let (row, cell) = cells[unsettled.cell()];
    let text = cell.value.trim();
    let both = [DecimalMark::Point, DecimalMark::Comma].map(|mark| number::plain(text, Some(mark)));
    let (what, help) = match (&unsettled, both) {
        (Unsettled::Open(_), [Some(point), Some(comma)]) => (
            format!("`{text}` is {point} with a decimal point, and {comma} with a decimal comma"),
            Help::GiveDecimalMark,
        ),
        (Unsettled::NotAsSaid(..), _) => (
            format!("`{text}` is no number with the decimal mark that is said"),
            Help::GiveDecimalMark,
        ),
        _ => (
            format!("`{text}` has its decimals behind another mark than the numbers before it"),
            "write all of them in the same way".into(),
        ),
    };
    let message = format!("row {}, {name}: {what}", row.number);
    check.report(ProblemCode::BadNumber, cell.at.clone(), message, help);
    Way::Open
}

fn plain_numbers(rows: &mut [Row], at: usize, way: Way) {
    for cell in rows.iter_mut().filter_map(|row| row.cells.get_mut(at)) {
        if cell.kind != CellKind::Text {
            continue;
        }
        let mark = match way {
            Way::One(mark) => mark,
            Way::Open => number::by_itself(&cell.value),
        };
        let plain = number::plain(&cell.value, mark);
        if let Some(plain) = plain.filter(|plain| **plain != *cell.value) {
            cell.value = plain.into();
        }
    }
}

fn plain_months(
    check: &mut Checker,
    rows: &mut [Row],
    (at, name): (usize, &str),
    said: Option<DayOrder>,
) {
    let says = |row: &Row| row.cells.get(at).and_then(|cell| dates::says(&cell.value));
    let meanings =
        rows.iter().enumerate().filter_map(|(index, row)| Some((index, says(row)?.meaning())));
    let order = match settled(meanings, said) {
        Ok(order) => order,
        Err(unsettled) => {
            let row = &rows[unsettled.cell()];
            report_days(check, row, (name, &row.cells[at]), &unsettled);
            Some(DayOrder::DayFirst)
        }
    };
    for row in rows {
        let month = says(row).and_then(|says| says.month(order));
        if let (Some(month), Some(cell)) = (month, row.cells.get_mut(at)) {
            cell.value = month.to_string().into();
        }
    }
}
