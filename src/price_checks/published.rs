//! Statements of published tables that were changed in place, and the pins that find them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::catalog::Catalog;
use crate::catalog::files::TableFile;
use crate::catalog::position::Position;
use crate::catalog::published::{Published, text};
use crate::catalog::statements::{DATED, Statement, Statements};
use crate::errors::Errors;
use crate::help::Help;
use crate::problem::{Place, Problem, ProblemCode};

/// A published statement that is no longer what was published.
pub(super) struct Changed {
    table: String,
    pub problem: Problem,
}

/// Published statements that are no longer what was published, and those that are gone.
pub(super) fn changed(catalog: &Catalog) -> Result<Vec<Changed>, Errors<Problem>> {
    let published = catalog.published()?;
    let stated: Statements = catalog.statements().into_values().flatten().collect();
    let mut found = Vec::new();
    for file in &published {
        for (table, pins) in &file.statements {
            let now = stated.get(table);
            let of_table = |pin| of_pin(catalog, file, (table, now), pin);
            let problems = pins.iter().filter_map(of_table);
            found.extend(problems.map(|problem| Changed { table: table.clone(), problem }));
        }
    }
    Ok(found)
}

/// What is wrong with one pinned statement of a table, whose statements are now these.
fn of_pin(
    catalog: &Catalog,
    file: &Published,
    (table, now): (&str, Option<&BTreeMap<String, Statement>>),
    (name, (pinned, pin)): (&String, &Statement),
) -> Option<Problem> {
    match now.and_then(|now| now.get(name)) {
        Some((digest, _)) if digest == pinned => None,
        Some((_, at)) => {
            let table_file = catalog.table_file(&format!("{table}.yaml"))?;
            Some(statement_changed(table, name, place(&table_file, at)))
        }
        None => Some(statement_gone(table, name, place(&file.file, pin))),
    }
}

fn statement_gone(table: &str, name: &str, place: Place) -> Problem {
    let help = match name.split_once('.') {
        Some(_) if is_dated(name) => {
            "bring the version back: it still prices its own days; a new price is a new version"
                .into()
        }
        _ => Help::PinCorrected { table: table.into(), dated: false },
    };
    Problem {
        code: ProblemCode::PublishedStatementGone,
        message: format!("{table} no longer has {}, which has been published", in_words(name)),
        place,
        help,
    }
}

fn statement_changed(table: &str, name: &str, place: Place) -> Problem {
    Problem {
        code: ProblemCode::PublishedStatementChanged,
        message: format!("{table}: {} was changed after it was published", in_words(name)),
        place,
        help: Help::PinCorrected { table: table.into(), dated: is_dated(name) },
    }
}

/// Whether a statement is a version with days of its own.
fn is_dated(name: &str) -> bool {
    name.split_once('.').is_some_and(|(of, _)| DATED.contains(&of))
}

/// A statement as it is named to people: `versions.2026-04-21` is the version from that day.
fn in_words(name: &str) -> String {
    match name.split_once('.') {
        Some(("versions", day)) => format!("the version of its prices from {day}"),
        Some(("rules", day)) => format!("the version of its rules from {day}"),
        Some(("batch_files", day)) => format!("what a Batch takes from {day} on"),
        _ => format!("`{name}`"),
    }
}

fn place(file: &TableFile, at: &Position) -> Place {
    Place::within(file.shown.clone(), file.text.clone(), at.bytes())
}

/// Why a catalogue cannot be pinned as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPinned {
    /// Statements were changed, or are gone, that are not said to be corrected.
    #[error("{0}")]
    Changed(Errors<Problem>),
    /// A table that is said to be corrected has not changed.
    #[error("{0} is said to be corrected and has not changed")]
    NotChanged(String),
}

/// Files of pins that are to be written.
#[derive(Debug, Default)]
pub struct Pins {
    /// The files whose pins are new or renewed, by path, as they are to be.
    pub files: BTreeMap<String, String>,
    /// How many tables are pinned in all.
    pub tables: usize,
    /// How many statements are pinned in all.
    pub statements: usize,
}

/// The pins of all tables of a catalogue, made on this day. Those of changed statements are renewed only for tables
/// that are said to be corrected; a file in which nothing is new stays as it is.
///
/// # Errors
/// [`NotPinned`]
pub fn pin(catalog: &Catalog, corrected: &[String], today: NaiveDate) -> Result<Pins, NotPinned> {
    let changed = changed(catalog).map_err(NotPinned::Changed)?;
    let is_corrected = |found: &Changed| corrected.contains(&found.table);
    if let Some(idle) = corrected.iter().find(|id| !changed.iter().any(|it| it.table == **id)) {
        return Err(NotPinned::NotChanged(idle.clone()));
    }
    let open = changed.into_iter().filter(|found| !is_corrected(found));
    let open: Vec<Problem> = open.map(|found| found.problem).collect();
    if !open.is_empty() {
        return Err(NotPinned::Changed(open.into()));
    }
    let published = catalog.published().map_err(NotPinned::Changed)?;
    Ok(files(catalog.statements(), &published, today))
}

fn files(
    mut stated: BTreeMap<String, Statements>,
    published: &[Published],
    today: NaiveDate,
) -> Pins {
    let mut pins = Pins::default();
    for file in published {
        stated.entry(file.file.path.clone()).or_default();
    }
    for (path, statements) in stated {
        pins.tables += statements.len();
        pins.statements += statements.values().map(BTreeMap::len).sum::<usize>();
        let before = published.iter().find(|file| file.file.path == path);
        let same_day = before.map(|before| text(before.pinned, &statements));
        if before.map(|before| &*before.file.text) != same_day.as_deref() || before.is_none() {
            pins.files.insert(path, text(today, &statements));
        }
    }
    pins
}
