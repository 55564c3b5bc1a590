//! The row of a spreadsheet of volumes that names its columns → what each column holds.

use std::collections::HashSet;

use super::column::{self, Column};
use super::dates::{self, DayOrder};
use super::settle::{Unsettled, settled};
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::help::Help;
use crate::input_limits::BUDGET_MONTHS;
use crate::problem::ProblemCode;
use crate::spreadsheet::{Cell, CellKind, Row};

/// So far down a title and blank rows may push the header.
pub(super) const MOST_ABOVE: usize = 30;

/// Where the header stands among these rows, if one of the first names a column `workload` and another.
pub(super) fn find(rows: &[Row]) -> Option<usize> {
    let is_header = |row: &Row| {
        let named = || row.cells.iter().map(|cell| (column::named(&cell.value), &cell.value));
        named().any(|(column, _)| column == Some(Column::Workload))
            && named().any(|(column, text)| match column {
                Some(column) => column != Column::Workload,
                None => dates::says(text).is_some(),
            })
    };
    rows.iter().take(MOST_ABOVE).position(is_header)
}

/// The columns, every one that is wrong reported; `None` where no row can be read by them.
pub(super) fn columns(
    check: &mut Checker,
    header: &Row,
    order: Option<DayOrder>,
) -> Option<Vec<Column>> {
    let order = order_of_days(check, header, order);
    let mut columns: Vec<Column> = Vec::new();
    let mut seen = HashSet::new();
    let mut last = None;
    for cell in &header.cells {
        let mut column = column_of(check, header, cell, order);
        let known = !matches!(column, Column::Unnamed | Column::Wrong | Column::Unknown(_));
        if known && !seen.insert(column.clone()) {
            let message = header.message(cell.value.trim(), "the column stands twice".into());
            let help = "remove one of the two";
            check.report(ProblemCode::DuplicateKey, cell.at.clone(), message, help);
            column = Column::Wrong;
        }
        if let Some(month) = column.month() {
            report_disorder(check, header, cell, month, last.replace(month));
        }
        columns.push(column);
    }
    if order.is_some() {
        report_missing(check, header, &columns);
    }
    columns.contains(&Column::Workload).then_some(columns)
}

fn column_of(
    check: &mut Checker,
    header: &Row,
    cell: &Cell,
    order: Option<Option<DayOrder>>,
) -> Column {
    let name = cell.value.trim();
    if name.is_empty() {
        return Column::Unnamed;
    }
    if let Some(column) = column::named(name) {
        return column;
    }
    match (dates::says(name), order) {
        (Some(says), Some(order)) => says.month(order).map_or(Column::Wrong, Column::Month),
        // That they are open was said once for all of them.
        (Some(_), None) => Column::Wrong,
        (None, _) if cell.kind == CellKind::Error => {
            let message =
                header.message(name, format!("`{name}` is an error in the place of a name"));
            check.report(ProblemCode::Formula, cell.at.clone(), message, "correct its formula");
            Column::Wrong
        }
        (None, _) => Column::Unknown(name.to_owned()),
    }
}

/// The order of days in the header; `None` where it is open, which is reported.
fn order_of_days(
    check: &mut Checker,
    header: &Row,
    said: Option<DayOrder>,
) -> Option<Option<DayOrder>> {
    let months =
        header.cells.iter().enumerate().filter(|(_, cell)| column::named(&cell.value).is_none());
    let meanings = months.filter_map(|(at, cell)| Some((at, dates::says(&cell.value)?.meaning())));
    match settled(meanings, said) {
        Ok(order) => Some(order),
        Err(unsettled) => {
            let cell = &header.cells[unsettled.cell()];
            report_days(check, header, ("the months", cell), &unsettled);
            None
        }
    }
}

/// Says once for a column that its days may be two, or are not of one order.
pub(super) fn report_days(
    check: &mut Checker,
    row: &Row,
    (column, cell): (&str, &Cell),
    unsettled: &Unsettled<DayOrder>,
) {
    let text = cell.value.trim();
    let both = dates::says(text).and_then(dates::Says::both);
    let (what, help) = match (unsettled, both) {
        (Unsettled::Open(_), Some([day_first, month_first])) => (
            format!(
                "`{text}` is {day_first} with the day first, and {month_first} with the month first"
            ),
            Help::GiveDayOrder,
        ),
        (Unsettled::NotAsSaid(..), _) => {
            (format!("`{text}` is no day in the order that is said"), Help::GiveDayOrder)
        }
        _ => (
            format!("`{text}` has its day in another place than the days before it"),
            "write all of them as YYYY-MM".into(),
        ),
    };
    let message = format!("row {}, {column}: {what}", row.number);
    check.report(ProblemCode::BadMonth, cell.at.clone(), message, help);
}

/// Months follow each other: a month that is left out may be one that was forgotten.
fn report_disorder(
    check: &mut Checker,
    header: &Row,
    cell: &Cell,
    month: Month,
    last: Option<Month>,
) {
    let Some(last) = last.filter(|last| month.since(*last) != 1) else { return };
    let message = format!("row {}: {month} does not follow {last}", header.number);
    let help = format!("write the months in order; the next one is {}", last.plus(1));
    check.report(ProblemCode::BadMonth, cell.at.clone(), message, help);
}

fn report_missing(check: &mut Checker, header: &Row, columns: &[Column]) {
    let at = header.cells.first().map_or(0..0, |cell| cell.at.clone());
    if !columns.contains(&Column::Workload) {
        let message = "the column `workload` is missing";
        let help = "name the workload of each row; the columns may stand in any order";
        check.report(ProblemCode::MissingKey, at.clone(), message, help);
    }
    let months = columns.iter().filter(|column| column.month().is_some()).count();
    if months == 0 && !columns.contains(&Column::Images) {
        let message = "no column is a month";
        let help =
            "add a column for each month, such as 2027-01, or `images` for those of each month";
        check.report(ProblemCode::MissingKey, at, message, help);
    } else if let Err(limit) = BUDGET_MONTHS.holds(months) {
        check.report(ProblemCode::TooLarge, at, limit.message(), limit.help);
    }
}
