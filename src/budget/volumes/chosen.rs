//! Which sheet of a workbook is read, and what is said of the others.

use std::fmt;

use super::header;
use crate::spreadsheet::{Rendered, Workbook};

/// What is said of a workbook: sheets that are not read, by their names, and what is hidden and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// No column of them is called `workload`.
    NoWorkloads { sheets: String },
    /// Another one is named.
    NotNamed { sheets: String },
    /// They are hidden.
    Hidden { sheets: String },
    /// Rows and columns of the sheet that are hidden, as by a filter, and count as any other.
    HiddenAndRead { what: String },
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Told::NoWorkloads { sheets } => {
                write!(f, "left out, since no column of it is called `workload`: sheet {sheets}")
            }
            Told::NotNamed { sheets } => {
                write!(f, "left out, since the budget names another: sheet {sheets}")
            }
            Told::Hidden { sheets } => write!(f, "left out, since it is hidden: sheet {sheets}"),
            Told::HiddenAndRead { what } => {
                write!(f, "hidden, and read as any other: {what}; delete what is not to count")
            }
        }
    }
}

/// What is wrong and what to do.
type Wrong = (String, String);

/// Which sheet of a workbook is read, and what is said of the others: the one of this name, else the one that has volumes.
pub(super) fn chosen(book: &Workbook, named: Option<&str>) -> Result<(usize, Vec<Told>), Wrong> {
    let at = match named {
        Some(name) => of_name(book, name)?,
        None => with_volumes(book)?,
    };
    let others = names(book, |other| other != at);
    let mut told = Vec::new();
    if !others.is_empty() {
        told.push(match named {
            Some(_) => Told::NotNamed { sheets: others },
            None => Told::NoWorkloads { sheets: others },
        });
    }
    if !book.hidden.is_empty() {
        told.push(Told::Hidden { sheets: quoted(book.hidden.iter()) });
    }
    Ok((at, told))
}

/// The sheet of a name; capital letters make no other, as in a spreadsheet.
fn of_name(book: &Workbook, named: &str) -> Result<usize, Wrong> {
    let is_named = |name: &str| name.trim().to_lowercase() == named.trim().to_lowercase();
    if let Some(at) = book.sheets.iter().position(|(name, _)| is_named(name)) {
        return Ok(at);
    }
    if book.hidden.iter().any(|name| is_named(name)) {
        return Err((format!("the sheet `{named}` is hidden"), "show it, or name another".into()));
    }
    let help = match &*names(book, |_| true) {
        "" => "no sheet of the workbook has a row".to_owned(),
        sheets => format!("its sheets with a row are {sheets}"),
    };
    Err((format!("the workbook has no sheet `{named}` with a row"), help))
}

/// The one sheet that has volumes.
fn with_volumes(book: &Workbook) -> Result<usize, Wrong> {
    let has_volumes = |sheet: &Rendered| header::find(&sheet.rows()).is_some();
    let found: Vec<usize> =
        (0..book.sheets.len()).filter(|at| has_volumes(&book.sheets[*at].1)).collect();
    match found[..] {
        [at] => Ok(at),
        [] if book.sheets.len() <= 1 => Ok(0),
        [] => {
            let message =
                format!("none of the sheets {} has a column `workload`", names(book, |_| true));
            Err((message, "name the column of the workloads so".into()))
        }
        _ => {
            let several = names(book, |at| found.contains(&at));
            let help = "keep one of them in the workbook, or hide the others; a budget file names one, as \
                        `volumes: {file: plan.xlsx, sheet: Plan}`";
            Err((format!("several sheets have a column `workload`: {several}"), help.into()))
        }
    }
}

fn names(book: &Workbook, which: impl Fn(usize) -> bool) -> String {
    let all = book.sheets.iter().enumerate().filter(|(at, _)| which(*at));
    quoted(all.map(|(_, (name, _))| name))
}

fn quoted<'n>(names: impl Iterator<Item = &'n String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
