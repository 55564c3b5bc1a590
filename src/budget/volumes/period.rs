//! The months of a budget with a spreadsheet: those of its columns or rows, or of what a budget file says of them.

use super::column::Column;
use super::said;
use crate::budget::Assumption;
use crate::budget::defaults::DEFAULT_MONTHS;
use crate::budget::month::Month;
use crate::budget::workload::Workload;
use crate::catalog::check::Checker;
use crate::input_limits::BUDGET_MONTHS;
use crate::problem::ProblemCode;
use crate::spreadsheet::Row;

/// What a budget file says of its months; what it leaves out is as the spreadsheet has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaidMonths {
    /// The first month.
    pub start: Option<Month>,
    /// How many there are.
    pub months: Option<u32>,
}

/// The rows of a spreadsheet with the one that names their columns, and what was read of them.
pub(super) struct Read<'a> {
    pub header: &'a Row<'a>,
    pub rows: &'a [&'a Row<'a>],
    pub columns: &'a [Column],
    pub workloads: Option<&'a [Workload]>,
}

/// The first month and the number of months: those that are said, else those of the columns, else from the first `from` to
/// the last `to`. What lies outside of those that are said is reported, or told in a line.
pub(super) fn period(
    check: &mut Checker,
    read: &Read,
    said: SaidMonths,
    (assumptions, notes): (&mut Vec<Assumption>, &mut Vec<String>),
) -> Option<(Month, u32)> {
    let [first, last] = own(check, read, said, assumptions)?;
    let start = said.start.unwrap_or(first);
    let end = match said.months {
        Some(months) => start.plus(months.saturating_sub(1)),
        // A spreadsheet that ends before the first month that is said lies outside of it as a whole.
        None => last.max(start),
    };
    if said == SaidMonths::default() {
        return Some((start, number(start, end)?));
    }
    let months = number(start, end)?;
    if let Err(limit) = BUDGET_MONTHS.holds(months as usize) {
        check.report(ProblemCode::TooLarge, 0..0, limit.message(), limit.help);
        return None;
    }
    let is_inside =
        report_columns(check, read, [start, end]) & report_rows(check, read, [start, end]);
    let told = [told_columns(read, [start, end]), told_rows(read, [start, end])].concat();
    assumptions.extend(told.iter().cloned().map(Assumption::OfFile));
    notes.extend(told);
    is_inside.then_some((start, months))
}

/// The number of months from one to another, both included.
fn number(first: Month, last: Month) -> Option<u32> {
    u32::try_from(last.since(first) + 1).ok()
}

/// The first and the last month of the spreadsheet by itself.
fn own(
    check: &mut Checker,
    read: &Read,
    said: SaidMonths,
    assumptions: &mut Vec<Assumption>,
) -> Option<[Month; 2]> {
    let mut months = read.columns.iter().filter_map(Column::month);
    if let Some(first) = months.next() {
        return Some([first, months.next_back().unwrap_or(first)]);
    }
    // Months that are open were reported, and say so.
    let workloads = read.workloads.filter(|_| read.columns.contains(&Column::Images))?;
    let begins = workloads.iter().filter_map(|workload| workload.from).min();
    let Some(first) = said.start.or(begins) else {
        let at = read.header.cells.first().map_or(0..0, |cell| cell.at.clone());
        let message = "no row says in which month it begins";
        check.report(ProblemCode::MissingKey, at, message, "add a column `from`, such as 2027-01");
        return None;
    };
    let ends = workloads.iter().map(|workload| workload.to);
    let months = match ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max()) {
        Some(last) => number(first, last.max(first))?,
        // Where a row does not end, a budget has the months that any other has.
        None => {
            if said.months.is_none() {
                assumptions.push(Assumption::Months);
            }
            let last = workloads.iter().filter_map(|workload| workload.to.or(workload.from)).max();
            last.and_then(|last| number(first, last)).unwrap_or(0).max(DEFAULT_MONTHS)
        }
    };
    if let Err(limit) = BUDGET_MONTHS.holds(months as usize) {
        check.report(ProblemCode::TooLarge, 0..0, limit.message(), limit.help);
        return None;
    }
    Some([first, first.plus(months - 1)])
}

/// Reports columns of months that the budget does not have, once for those before it and once for those after it; whether
/// there are none.
fn report_columns(check: &mut Checker, read: &Read, [start, end]: [Month; 2]) -> bool {
    let mut is_inside = true;
    let is_outside: [&dyn Fn(Month) -> bool; 2] = [&|month| month < start, &|month| month > end];
    for is_outside in is_outside {
        let cells = read.header.cells.iter().zip(read.columns);
        let mut outside = cells.filter_map(|(cell, column)| {
            Some((cell, column.month().filter(|it| is_outside(*it))?))
        });
        let Some((cell, first)) = outside.next() else { continue };
        let months = match outside.next_back() {
            Some((_, last)) => format!("{first} to {last} are no months"),
            None => format!("{first} is no month"),
        };
        let what = format!("{months} of the budget, {start} to {end}");
        let message = read.header.message(cell.value.trim(), what);
        let help = "leave `start` and `months` out of the budget for the months of the spreadsheet, or correct them";
        check.report(ProblemCode::OutOfRange, cell.at.clone(), message, help);
        is_inside = false;
    }
    is_inside
}

/// Reports rows that lie outside of the budget as a whole; whether there are none.
fn report_rows(check: &mut Checker, read: &Read, [start, end]: [Month; 2]) -> bool {
    let mut is_inside = true;
    for row in read.rows {
        let [from, to] = own_months(row, read.columns);
        let wrong = if let Some((at, from)) = from.filter(|(_, from)| *from > end) {
            Some((at, Column::From, format!("{from} is after the budget ends, in {end}")))
        } else {
            to.filter(|(_, to)| *to < start).map(|(at, to)| {
                (at, Column::To, format!("{to} is before the budget starts, in {start}"))
            })
        };
        let Some((at, column, what)) = wrong else { continue };
        let place = row.cells.get(at).map_or(0..0, |cell| cell.at.clone());
        let help = "correct the month, or `start` and `months` of the budget";
        check.report(ProblemCode::OutOfRange, place, row.message(&column.name(), what), help);
        is_inside = false;
    }
    is_inside
}

/// That the columns do not reach as far as the budget.
fn told_columns(read: &Read, [start, end]: [Month; 2]) -> Vec<String> {
    let mut months = read.columns.iter().filter_map(Column::month);
    let Some(first) = months.next() else { return Vec::new() };
    let last = months.next_back().unwrap_or(first);
    let before = (start < first)
        .then(|| [start, start.plus(u32::try_from(first.since(start) - 1).unwrap_or(0))]);
    let after = (last < end).then(|| [last.plus(1), end]);
    let line = |[first, last]: [Month; 2]| match first == last {
        true => format!("no column is {first}: no image of the spreadsheet is planned in it"),
        false => format!(
            "no column is {first} to {last}: no image of the spreadsheet is planned in them"
        ),
    };
    [before, after].into_iter().flatten().map(line).collect()
}

/// Rows of which the budget has some months and not all.
fn told_rows(read: &Read, [start, end]: [Month; 2]) -> Vec<String> {
    let outside = read.rows.iter().filter_map(|row| {
        let [from, to] = own_months(row, read.columns).map(|it| it.map(|(_, month)| month));
        let before = from.filter(|from| *from < start).map(|from| {
            format!("from {from}, of which the budget has the months from {start} on; growth counts from {from}")
        });
        let after = to.filter(|to| *to > end);
        let after = after.map(|to| format!("until {to}, of which the budget has the months up to {end}"));
        let parts: Vec<String> = before.into_iter().chain(after).collect();
        let name = said::name(row, read.columns);
        (!parts.is_empty()).then(|| format!("row {}, `{name}`, goes {}", row.number, parts.join(", and ")))
    });
    outside.collect()
}

/// The first and the last month that a row says, each with the place of its cell.
fn own_months(row: &Row, columns: &[Column]) -> [Option<(usize, Month)>; 2] {
    [Column::From, Column::To].map(|column| {
        let at = columns.iter().position(|known| *known == column)?;
        Some((at, row.cells.get(at)?.value.trim().parse().ok()?))
    })
}
