//! The first row of a log → where each column stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::Field;
use crate::errors::Errors;
use crate::long::shortened;
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet;

/// Where each column stands, and the columns that are not read.
pub(super) type Heading = (BTreeMap<Field, usize>, Vec<String>);

/// Finds the columns in the first row.
///
/// # Errors
/// Columns that are missing or stand twice, all of them.
pub(super) fn columns(
    file: &str,
    text: &Arc<str>,
    heading: &spreadsheet::Row,
) -> Result<Heading, Errors<Problem>> {
    if heading.is_blank() {
        let message = "the file is empty".to_owned();
        return Err(vec![no_log(file, ProblemCode::Empty, message)].into());
    }
    let mut columns = BTreeMap::new();
    let mut others = Vec::new();
    let mut problems = Vec::new();
    let mut report = |code, cell: Option<&spreadsheet::Cell>, message, help: String| {
        let span = cell.map_or(0..0, |cell| cell.at.clone());
        let place = Place::within(file, text.clone(), span);
        problems.push(Problem { code, message, place, help: help.into() });
    };
    for (index, cell) in heading.cells.iter().enumerate() {
        let name = cell.value.trim();
        let field = Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name));
        match field {
            _ if heading.is_open(text) && index + 1 == heading.cells.len() => {
                let message = "the quote of this column is not closed, and takes in every row";
                report(ProblemCode::UnevenRow, Some(cell), message.to_owned(), "close it".into());
            }
            Some(field) if columns.insert(field, index).is_some() => report(
                ProblemCode::DuplicateKey,
                Some(cell),
                format!("the column `{name}` stands twice"),
                "keep one of them".into(),
            ),
            Some(_) => {}
            None => others.push(shortened(name).into_owned()),
        }
    }
    if columns.is_empty() && !heading.is_open(text) {
        let message = "this is no log of a pilot: none of its columns is known".to_owned();
        return Err(vec![no_log(file, ProblemCode::UnknownWord, message)].into());
    }
    let is_missing = |field: &Field| !field.is_optional() && !columns.contains_key(field);
    let mut without_near = Vec::new();
    let mut unclaimed: Vec<&str> = others.iter().map(String::as_str).collect();
    for name in Field::ALL.into_iter().filter(is_missing).map(Field::name) {
        match near_column(&name, &unclaimed) {
            Some(near) => {
                unclaimed.retain(|other| *other != near);
                let help = format!("is it the column `{near}`? Then rename it");
                report(
                    ProblemCode::MissingKey,
                    None,
                    format!("the column `{name}` is missing"),
                    help,
                );
            }
            None => without_near.push(format!("`{name}`")),
        }
    }
    if !without_near.is_empty() {
        let (what, are) =
            if without_near.len() == 1 { ("column", "is") } else { ("columns", "are") };
        let message = format!("the {what} {} {are} missing", without_near.join(", "));
        report(ProblemCode::MissingKey, None, message, ADD_COLUMNS.into());
    }
    others.retain(|name| !name.is_empty());
    if problems.is_empty() { Ok((columns, others)) } else { Err(problems.into()) }
}

const ADD_COLUMNS: &str = "add what is missing, empty where nothing is known; `imgcost pilot` writes a log \
     with every column";

/// A file in which there is nothing to correct.
fn no_log(file: &str, code: ProblemCode, message: String) -> Problem {
    let help = "`imgcost pilot` writes one, with a heading and a row for each trial";
    Problem { code, message, place: Place::file(file), help: help.into() }
}

/// A column that is not read and whose name is like that of one that is missing.
fn near_column<'a>(name: &str, others: &[&'a str]) -> Option<&'a str> {
    let within = others.iter().copied().find(|other| other.contains(name));
    // A letter or two are like every name that begins so.
    let names = others.iter().copied().filter(|other| other.len() > 2);
    within.or_else(|| near_matches(name, names).first().copied())
}
