//! The first row of a spreadsheet of volumes → what each column holds.

use std::collections::HashSet;

use super::{called, sums};
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::input_limits::BUDGET_MONTHS;
use crate::problem::ProblemCode;
use crate::spreadsheet::{Cell, Row};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Workload,
    Route,
    Size,
    Quality,
    Acceptance,
    Model,
    PromptTokens,
    FailureRate,
    BlockRate,
    TimeoutRate,
    MaximumAttempts,
    /// A tag of the workloads, such as `team`.
    Tag(String),
    /// The images of a month.
    Month(Month),
    /// A total of the months under this name, which is left out.
    Total(String),
    /// A column without a name, which must be empty.
    Unnamed,
    /// A column that was reported.
    Wrong,
}

const NAMED: [(&str, Column); 11] = [
    ("workload", Column::Workload),
    ("route", Column::Route),
    ("size", Column::Size),
    ("quality", Column::Quality),
    ("acceptance", Column::Acceptance),
    ("model", Column::Model),
    ("prompt_tokens", Column::PromptTokens),
    ("failure_rate", Column::FailureRate),
    ("block_rate", Column::BlockRate),
    ("timeout_rate", Column::TimeoutRate),
    ("maximum_attempts", Column::MaximumAttempts),
];

impl Column {
    /// The name in the header.
    pub(super) fn name(&self) -> String {
        match self {
            Column::Tag(key) => format!("tag:{key}"),
            Column::Month(month) => month.to_string(),
            column => {
                let named = NAMED.iter().find(|(_, known)| known == column);
                named.map_or_else(String::new, |(name, _)| (*name).to_owned())
            }
        }
    }

    /// The month, if it holds one.
    pub(super) fn month(&self) -> Option<Month> {
        match self {
            Column::Month(month) => Some(*month),
            _ => None,
        }
    }
}

/// The columns, every one that is wrong reported; `None` where no row can be read by them.
pub(super) fn columns(check: &mut Checker, header: &Row, rows: &[Row]) -> Option<Vec<Column>> {
    let first = header.cells.first()?;
    if first.value.trim().starts_with("sep=") {
        let message = header.message("1", "the row is a hint for a spreadsheet program".into());
        let help = "remove it: commas, semicolons and tabs are told apart without it";
        check.report(ProblemCode::UnknownKey, first.at.clone(), message, help);
        return None;
    }
    let months = header.cells.iter().enumerate();
    let months = months.filter(|(_, cell)| cell.value.trim().parse::<Month>().is_ok());
    let months: Vec<usize> = months.map(|(at, _)| at).collect();
    let sums = sums::of_months(&months, rows);
    let mut columns: Vec<Column> = Vec::new();
    let mut seen = HashSet::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let column = match total(header, at, sums.as_deref()) {
            Some(total) => total,
            None => column(check, header, cell),
        };
        let known = !matches!(column, Column::Unnamed | Column::Wrong);
        if known && !seen.insert(column.clone()) {
            let message = header.message(cell.value.trim(), "the column stands twice".into());
            let help = "remove one of the two";
            check.report(ProblemCode::DuplicateKey, cell.at.clone(), message, help);
            columns.push(Column::Wrong);
            continue;
        }
        report_disorder(check, header, cell, &column, &columns);
        columns.push(column);
    }
    report_missing(check, header, &columns);
    columns.contains(&Column::Workload).then_some(columns)
}

fn column(check: &mut Checker, header: &Row, cell: &Cell) -> Column {
    let name = cell.value.trim();
    if name.is_empty() {
        return Column::Unnamed;
    }
    if let Some((_, column)) = NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return column.clone();
    }
    if let Some(key) = name.strip_prefix("tag:").map(str::trim).filter(|key| is_tag(key)) {
        return Column::Tag(key.to_owned());
    }
    if let Ok(month) = name.parse() {
        return Column::Month(month);
    }
    let (code, what, help) = match name.contains(|c: char| c.is_ascii_digit()) {
        true => (
            ProblemCode::BadMonth,
            "is not a month",
            "write months as YYYY-MM, such as 2027-01, and format their cells as text".to_owned(),
        ),
        false => (ProblemCode::UnknownKey, "is not a column", known_columns(check, name)),
    };
    let message = format!("row {}: `{name}` {what}", header.number);
    check.report(code, cell.at.clone(), message, help);
    Column::Wrong
}

/// A column that is a total of the months, by its name or since no row says otherwise.
fn total(header: &Row, at: usize, sums: Option<&[(&Row, u128)]>) -> Option<Column> {
    let name = header.cells[at].value.trim();
    let is_known = |name: &str| {
        name.is_empty()
            || name.starts_with("tag:")
            || name.parse::<Month>().is_ok()
            || NAMED.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    if is_known(name) {
        return None;
    }
    let is_total = called::is_name(name) || sums.is_some_and(|sums| sums::is_of(at, sums));
    is_total.then(|| Column::Total(name.to_owned()))
}

fn is_tag(key: &str) -> bool {
    !key.is_empty() && !key.contains(':')
}

fn known_columns(check: &Checker, name: &str) -> String {
    let known = NAMED.map(|(name, _)| name);
    let all = format!("{}, tag:NAME, and months such as 2027-01", known.join(", "));
    match check.near(name, known.into_iter()).first() {
        Some(near) => format!("did you mean `{near}`? The columns are: {all}"),
        None => format!("the columns are: {all}"),
    }
}

/// Months follow each other: a month that is left out may be one that was forgotten.
fn report_disorder(
    check: &mut Checker,
    header: &Row,
    cell: &Cell,
    column: &Column,
    before: &[Column],
) {
    let Some(month) = column.month() else { return };
    if let Some(last) = before.iter().rev().find_map(Column::month)
        && month.since(last) != 1
    {
        let message = format!("row {}: {month} does not follow {last}", header.number);
        let help = format!("write the months in order; the next one is {}", last.plus(1));
        check.report(ProblemCode::BadMonth, cell.at.clone(), message, help);
    }
}

fn report_missing(check: &mut Checker, header: &Row, columns: &[Column]) {
    let at = header.cells.first().map_or(0..0, |cell| cell.at.clone());
    if !columns.contains(&Column::Workload) {
        let message = "the column `workload` is missing";
        let help = "name the workload of each row; the columns may stand in any order";
        check.report(ProblemCode::MissingKey, at.clone(), message, help);
    }
    let months = columns.iter().filter(|column| column.month().is_some()).count();
    if months == 0 {
        let message = "no column is a month";
        let help = "add a column for each month, such as 2027-01";
        check.report(ProblemCode::MissingKey, at, message, help);
    } else if let Err(limit) = BUDGET_MONTHS.holds(months) {
        check.report(ProblemCode::TooLarge, at, limit.message(), limit.help);
    }
}
