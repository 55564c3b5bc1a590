//! The cells of one row: read one by one, each problem with its row and column.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use super::columns::Field;
use crate::catalog::parse_date;
use crate::help::Help;
use crate::long::shortened;
use crate::money::{PriceTextError, parse_price};
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};
use crate::size::Size;
use crate::spreadsheet::{Cell, Row};

/// The largest count that a cell may hold.
const MOST: u64 = 1_000_000_000_000;

const WITH_VALUES: &str = "export the sheet with the values of its cells";
const PLAIN_COUNT: &str = "write a count in digits alone: 7024";
const PLAIN_NUMBER: &str = "write decimals with a point and thousands without a mark: 12.4, 7024";
const FROM_ZERO: &str = "write a number from 0 up, or leave it empty where it is not known";
const TOO_LARGE: &str = "correct it, or leave it empty where it is not known";

/// A row that is being read.
pub(super) struct Cells<'a> {
    pub file: &'a str,
    pub text: &'a Arc<str>,
    pub columns: &'a BTreeMap<Field, usize>,
    pub row: &'a Row<'a>,
    pub problems: Vec<Problem>,
}

impl<'a> Cells<'a> {
    /// The text of a cell; empty if its column is not there.
    pub(super) fn text(&self, field: Field) -> &'a str {
        self.cell(field).map_or("", |cell| cell.value.trim())
    }

    fn cell(&self, field: Field) -> Option<&'a Cell<'a>> {
        self.row.cells.get(*self.columns.get(&field)?)
    }

    /// A problem of the row as a whole.
    pub(super) fn report_row(&mut self, code: ProblemCode, message: &str, help: impl Into<Help>) {
        let at = self.row.cells.first().map_or(0..0, |cell| cell.at.clone());
        self.push(code, at, format!("row {}: {message}", self.row.number), help);
    }

    /// A problem of one cell.
    pub(super) fn report(
        &mut self,
        code: ProblemCode,
        field: Field,
        message: &str,
        help: impl Into<Help>,
    ) {
        let at = self.cell(field).map_or(0..0, |cell| cell.at.clone());
        self.push(code, at, self.row.message(&field.name(), message.to_owned()), help);
    }

    fn push(
        &mut self,
        code: ProblemCode,
        at: Range<usize>,
        message: String,
        help: impl Into<Help>,
    ) {
        let place = Place::within(self.file, self.text.clone(), at);
        let message = shortened(&message).into_owned();
        self.problems.push(Problem { code, message, place, help: help.into() });
    }

    /// The text of a cell that says something to this program; a formula is not what it would show.
    pub(super) fn word(&mut self, field: Field) -> &'a str {
        let text = self.text(field);
        if !text.starts_with(['=', '@']) {
            return text;
        }
        self.report(ProblemCode::Formula, field, &format!("`{text}` is a formula"), WITH_VALUES);
        ""
    }

    /// One of a list of words, in capitals or not; `None` for an empty cell.
    pub(super) fn one_of<T: Copy>(&mut self, field: Field, known: &[(&str, T)]) -> Option<T> {
        let text = self.word(field);
        let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        if text.is_empty() || found.is_some() {
            return found.map(|(_, value)| *value);
        }
        let words = || known.iter().map(|(word, _)| *word);
        let near = near_matches(text, words());
        let help = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", words().collect::<Vec<_>>().join(", ")),
        };
        self.report(ProblemCode::UnknownWord, field, &format!("`{text}` is not known"), help);
        None
    }

    /// A whole number.
    pub(super) fn count(&mut self, field: Field) -> Option<u64> {
        let text = self.word(field);
        if text.is_empty() {
            return None;
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = text.parse().ok().filter(|count| digits && *count <= MOST);
        if count.is_none() {
            let (message, help) = match () {
                () if digits => (format!("`{text}` is more than {MOST}"), TOO_LARGE),
                () if text.starts_with('-') => (format!("`{text}` is below zero"), FROM_ZERO),
                () if text.contains(',') => (format!("`{text}` has a comma"), PLAIN_COUNT),
                () => (format!("`{text}` is not a whole number"), PLAIN_COUNT),
            };
            self.report(ProblemCode::BadValue, field, &message, help);
        }
        count
    }

    /// An amount or a time from zero up.
    pub(super) fn amount(&mut self, field: Field) -> Option<Decimal> {
        let text = self.word(field);
        if text.is_empty() {
            return None;
        }
        let (message, help) = match parse_price(text) {
            Ok(amount) => return Some(amount),
            Err(PriceTextError::Negative) => (format!("`{text}` is below zero"), FROM_ZERO),
            Err(PriceTextError::OutOfRange) => {
                (format!("`{text}` is too large or too long"), TOO_LARGE)
            }
            Err(_) if text.contains(',') => (format!("`{text}` has a comma"), PLAIN_NUMBER),
            Err(_) => (format!("`{text}` is not a plain number"), PLAIN_NUMBER),
        };
        self.report(ProblemCode::BadValue, field, &message, help);
        None
    }

    /// A size in pixels; `None` for an empty cell, `auto` or the name of a resolution such as `2K`.
    pub(super) fn size(&mut self, field: Field) -> Option<Size> {
        let text = self.word(field);
        let named = text.eq_ignore_ascii_case("auto") || is_resolution(text);
        if text.is_empty() || (named && field == Field::RequestedSize) {
            return None;
        }
        let size = text.parse();
        if let Err(error) = &size {
            let error: &crate::size::NotASize = error;
            self.report(ProblemCode::BadSize, field, &error.to_string(), "correct the size");
        }
        size.ok()
    }

    /// The UTC day of a time, which is not after today.
    pub(super) fn day(&mut self, field: Field, today: NaiveDate) -> Option<NaiveDate> {
        let text = self.word(field);
        let written = "write it as 2026-11-21T14:05:00Z, or 2026-11-21";
        let (message, help) = match utc_day(text) {
            Some(day) if day <= today => return Some(day),
            Some(day) => (
                format!("{day} is after {today}, as of which the log is read"),
                "a log has what was done: correct the day",
            ),
            None if text.is_empty() => {
                ("is empty, and prices are those of its day".to_owned(), written)
            }
            None => (format!("`{text}` is not a time"), written),
        };
        self.report(ProblemCode::BadDate, field, &message, help);
        None
    }
}

fn is_resolution(text: &str) -> bool {
    let digits = text.strip_suffix(['K', 'k']).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The UTC day of a time with or without its offset; a time without one is UTC.
fn utc_day(text: &str) -> Option<NaiveDate> {
    let with_offset =
        || DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc().date_naive());
    let without = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .map(|time| time.date())
    };
    parse_date(text).or_else(with_offset).or_else(without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_taken_to_its_utc_day() {
        let day = |text: &str| utc_day(text).map(|day| day.to_string());
        assert_eq!(day("2026-11-21").as_deref(), Some("2026-11-21"));
        assert_eq!(day("2026-11-21T23:30:00-05:00").as_deref(), Some("2026-11-22"));
        assert_eq!(day("2026-11-21 09:15").as_deref(), Some("2026-11-21"));
        assert_eq!(day("21.11.2026"), None);
        assert_eq!(day("2026-02-30T10:00:00Z"), None);
    }
}
