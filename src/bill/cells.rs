//! The cells of a row as a reader takes them: all that is wrong in a row is noted, each with its line and column.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::days::DayForm;
use super::header::Header;
use super::line::BillPlace;
use super::number::{NotANumber, Written, number};
use super::records::Record;
use crate::exchange::is_currency;
use crate::long::shortened;
use crate::money::AmountTooLarge;
use crate::problem::{Problem, ProblemCode};

/// The most characters of a name that is kept of a row.
const LONGEST_NAME: usize = 1_000;

/// A row with what is wrong in it.
pub(super) struct Cells<'a> {
    pub file: &'a Arc<str>,
    pub header: &'a Header,
    pub record: &'a Record,
    pub problems: Vec<Problem>,
}

impl<'a> Cells<'a> {
    /// What a cell says, without blanks around it; nothing where there is no such column.
    pub(super) fn text(&self, column: Option<usize>) -> &'a str {
        let cell = column.and_then(|column| self.record.cells.get(column));
        cell.map_or("", |(value, _)| value.trim())
    }

    /// What a cell says, where it says anything; `NULL` is what exports of databases write for nothing.
    pub(super) fn said(&self, column: Option<usize>) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !text.is_empty() && *text != "NULL")
    }

    /// A name or a text that is kept.
    pub(super) fn name(&mut self, column: Option<usize>) -> Option<Arc<str>> {
        let text = self.said(column)?;
        if text.chars().nth(LONGEST_NAME).is_some() {
            let what = format!("is longer than {LONGEST_NAME} characters");
            self.report(column, ProblemCode::TooLarge, &what, "shorten it");
            return None;
        }
        Some(text.into())
    }

    /// The place of the row.
    pub(super) fn place(&self) -> BillPlace {
        BillPlace { file: Arc::clone(self.file), line: self.record.line }
    }

    /// Notes a problem at a cell, or of the row.
    pub(super) fn report(
        &mut self,
        column: Option<usize>,
        code: ProblemCode,
        what: &str,
        help: impl Into<String>,
    ) {
        let name = column.and_then(|column| self.header.names.get(column));
        let message = match name {
            Some(name) => format!("column `{}`: {}", shortened(name), shortened(what)),
            None => shortened(what).into_owned(),
        };
        let place = self.record.place(self.file, column);
        self.problems.push(Problem { code, message, place, help: help.into().into() });
    }

    /// A number that must be there.
    pub(super) fn number(&mut self, column: usize) -> Option<Written> {
        if self.said(Some(column)).is_none() {
            let help = "fill it in: an amount that is not there is not zero";
            self.report(
                Some(column),
                ProblemCode::Empty,
                "is empty, and a number must stand there",
                help,
            );
            return None;
        }
        self.optional_number(Some(column))
    }

    /// A number where there is one.
    pub(super) fn optional_number(&mut self, column: Option<usize>) -> Option<Written> {
        let text = self.said(column)?;
        let wrong = match number(text) {
            Ok(written) => return Some(written),
            Err(wrong) => wrong,
        };
        let (code, why, help) = said_of(wrong);
        self.report(column, code, &format!("`{text}` {why}"), help);
        None
    }

    /// An amount that was computed of a row.
    pub(super) fn kept(
        &mut self,
        column: Option<usize>,
        found: Result<Written, AmountTooLarge>,
    ) -> Option<Written> {
        if let Err(error) = &found {
            self.report(column, ProblemCode::Overflow, &error.to_string(), "correct the number");
        }
        found.ok()
    }

    /// A time in one of these forms.
    pub(super) fn time(&mut self, column: usize, forms: &[DayForm]) -> Option<NaiveDateTime> {
        let text = self.text(Some(column));
        let found = forms.iter().find_map(|form| form.time(text));
        if found.is_none() {
            let what = match text {
                "" => "is empty, and a day must stand there".to_owned(),
                text => format!("`{text}` is no day"),
            };
            let forms: Vec<&str> = forms.iter().map(|form| form.as_str()).collect();
            let swapped = DayForm::DayFirst.day(text).is_some() && !forms.contains(&"DD/MM/YYYY");
            let help = match swapped {
                true => "there is no such month: day and month are swapped, or the file needs a mapping that says so".to_owned(),
                false => format!("days are read as {}", forms.join(" or ")),
            };
            self.report(Some(column), ProblemCode::BadDate, &what, help);
        }
        found
    }

    /// A day in one of these forms.
    pub(super) fn day(&mut self, column: usize, forms: &[DayForm]) -> Option<NaiveDate> {
        self.time(column, forms).map(|time| time.date())
    }

    /// The code of a currency, in capitals or not.
    pub(super) fn currency(&mut self, column: usize) -> Option<Arc<str>> {
        let text = self.text(Some(column));
        let code = text.to_uppercase();
        if is_currency(&code) {
            return Some(code.into());
        }
        let what = match text {
            "" => "is empty, and an amount without a currency is none".to_owned(),
            text => format!("`{text}` is not the code of a currency"),
        };
        self.report(
            Some(column),
            ProblemCode::UnknownWord,
            &what,
            "write three letters, such as USD or EUR",
        );
        None
    }
}

/// What is said of a text that is no number.
pub(super) fn said_of(wrong: NotANumber) -> (ProblemCode, &'static str, &'static str) {
    match wrong {
        NotANumber::Formula => (
            ProblemCode::Formula,
            "is a formula in the place of a number",
            "export the bill again with values in the place of formulas",
        ),
        NotANumber::Comma => (
            ProblemCode::BadNumber,
            "has a comma",
            "write it with a point and without marks of thousands, or say in a mapping that a comma stands before decimals",
        ),
        NotANumber::Other => {
            (ProblemCode::BadNumber, "is no number", "write it as plain digits, such as 6.6108")
        }
        NotANumber::TooLong => (
            ProblemCode::OutOfRange,
            "is too large, or has more digits than are kept exactly (28)",
            "correct the number",
        ),
    }
}
