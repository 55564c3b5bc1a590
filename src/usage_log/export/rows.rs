//! The rows of a CSV export, one by one: only one of them is held.

use super::Source;
use super::record::{Column, Columns, EXPORTED, Part, Record, Values, place};
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet::{Row, each_row, separator};

/// Columns that say when a row was, and not that anything was used.
const WHEN: [&str; 4] = ["start_time", "end_time", "start_time_iso", "end_time_iso"];

/// The names of a header, in small letters.
pub(super) fn names(text: &str) -> Vec<String> {
    let header = each_row(text, 0, mark(text)).next();
    header.and_then(Result::ok).map_or_else(Vec::new, |header| names_of(&header))
}

/// Hands on every row under its header.
pub(super) fn each(source: &Source, take: &mut dyn FnMut(Part)) -> Result<(), Errors<Problem>> {
    let text = source.text;
    let mut rows = each_row(text, 0, mark(text));
    let header = match rows.next() {
        Some(header) => header.map_err(|limit| vec![limit.problem(Place::file(source.file))])?,
        None => return Ok(()),
    };
    let columns = columns(source, &header)?;
    for row in rows {
        let row = row.map_err(|limit| vec![limit.problem(Place::file(source.file))])?;
        let line = row.number as u64;
        if row.is_blank() {
            continue;
        }
        if let Some(problem) = uneven(source, &row, header.cells.len()) {
            take(Part::Wrong { line, problems: vec![problem] });
        } else if says_only_when(&columns, &row) {
            take(Part::NoUsage { line });
        } else {
            let values = Values::Row { columns: &columns, row: &row };
            let problems = Vec::new();
            take(Part::Record(Box::new(Record { line, source: *source, values, problems })));
        }
    }
    Ok(())
}

/// What separates the cells of a text.
fn mark(text: &str) -> u8 {
    separator(text.trim_start_matches(['\r', '\n']))
}

fn names_of(header: &Row) -> Vec<String> {
    header.cells.iter().map(|cell| cell.value.trim().to_ascii_lowercase()).collect()
}

/// Where each column stands by its name; a name that stands twice tells nothing.
fn columns(source: &Source, header: &Row) -> Result<Columns, Errors<Problem>> {
    let mut columns = Columns::new();
    let mut problems = Vec::new();
    for (at, name) in names_of(header).into_iter().enumerate().filter(|(_, name)| !name.is_empty())
    {
        let written = header.cells[at].value.trim().to_owned();
        if columns.insert(name.clone(), Column { at, written }).is_some() {
            problems.push(Problem {
                code: ProblemCode::DuplicateKey,
                message: format!("the column `{name}` stands twice"),
                place: place(source, header, header.cells[at].at.start),
                help: "keep one of them".into(),
            });
        }
    }
    if problems.is_empty() { Ok(columns) } else { Err(problems.into()) }
}

/// Whether which cell stands under which column cannot be told.
fn uneven(source: &Source, row: &Row, columns: usize) -> Option<Problem> {
    let found = row.cells.len();
    let what = match () {
        () if row.is_open(source.text) => {
            "a quote is not closed: its cell takes in what stands below it".to_owned()
        }
        () if found != columns => format!("{found} cells, and the header has {columns}"),
        () => return None,
    };
    let at = row.cells.first().map_or(0, |cell| cell.at.start);
    Some(Problem {
        code: ProblemCode::UnevenRow,
        message: format!("row {}: {what}", row.number),
        place: place(source, row, at),
        help: EXPORTED.into(),
    })
}

/// Whether nothing but a time stands in a row: dashboards list days without usage so.
fn says_only_when(columns: &Columns, row: &Row) -> bool {
    let when: Vec<usize> = WHEN.iter().filter_map(|name| Some(columns.get(*name)?.at)).collect();
    let is_blank = |(at, cell): (usize, &crate::spreadsheet::Cell)| {
        when.contains(&at) || cell.value.trim().is_empty()
    };
    !when.is_empty() && row.cells.iter().enumerate().all(is_blank)
}
