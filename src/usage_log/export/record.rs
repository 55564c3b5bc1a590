//! A record of an export, be it a row or an object: its values by name, and what is wrong with them.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Source;
use crate::help::Help;
use crate::json::{At, Json, Object, Spot, exact, is_zero};
use crate::long::shortened;
use crate::problem::{LONGEST_EXCERPT, Place, Problem, ProblemCode};
use crate::spreadsheet::Row;
use crate::unread::{LeaveOut, Unread};
use crate::usage_log::moment::Moment;
use crate::usage_log::reply::{billing, bills};

/// A part of an export.
pub(super) enum Part<'a> {
    /// A record of usage.
    Record(Box<Record<'a>>),
    /// A day, or another part, without usage.
    NoUsage { line: u64 },
    /// What cannot be read as a record at all.
    Wrong { line: u64, problems: Vec<Problem> },
}

/// A record of an export.
pub(super) struct Record<'a> {
    /// The line on which it begins.
    pub line: u64,
    pub source: Source<'a>,
    pub values: Values<'a>,
    pub problems: Vec<Problem>,
}

/// The columns of a header by their names in small letters.
pub(super) type Columns = HashMap<String, Column>;

/// A column of a header.
pub(super) struct Column {
    /// Its place, from 0.
    pub at: usize,
    /// Its name as it is written.
    pub written: String,
}

/// Where the values of a record stand.
pub(super) enum Values<'a> {
    /// In the cells of a row, by the names of their columns in small letters.
    Row { columns: &'a Columns, row: &'a Row<'a> },
    /// In an object, or in the one around the list that it is an item of.
    Object { object: Object<'a>, around: Option<Object<'a>>, spot: Spot<'a> },
}

impl<'a> Record<'a> {
    /// The value of a name, as text; `None` where nothing stands there.
    pub(super) fn text(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let (json, kind) = match &self.values {
            Values::Row { columns, row } => {
                let cell = row.cells.get(columns.get(name)?.at)?;
                let text = cell.value.trim();
                return (!text.is_empty()).then_some(Cow::Borrowed(text));
            }
            Values::Object { object, around, .. } => {
                let outer = || around.as_ref()?.get(name);
                let json = object.get(name).or_else(outer)?;
                (json, json.kind())
            }
        };
        match json {
            Json::Text(text) => Some(Cow::Borrowed(text.trim())).filter(|text| !text.is_empty()),
            Json::Whole(count) => Some(count.to_string().into()),
            Json::OtherNumber(number) => Some(Cow::Borrowed(number)),
            Json::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Json::Null => None,
            Json::List(_) | Json::Object(_) => {
                let what = format!("must be one value, and is {kind}");
                self.report(ProblemCode::WrongType, name, &what, EXPORTED);
                None
            }
        }
    }

    /// The value of a name as a word of the log.
    pub(super) fn word(&mut self, name: &str) -> Option<Box<str>> {
        self.text(name).map(|text| text.as_ref().into())
    }

    /// A count; exports write some of them as `10.0`.
    pub(super) fn count(&mut self, name: &str) -> Option<u64> {
        let text = self.text(name)?;
        let count = number(&text).filter(|it| it.is_integer()).and_then(|it| it.to_u64());
        if count.is_none() {
            let what = format!("`{text}` is not a whole number, from 0 up");
            self.report(ProblemCode::BadValue, name, &what, EXPORTED);
        }
        count
    }

    /// A count without which the record says nothing.
    pub(super) fn needed_count(&mut self, name: &str) -> Option<u64> {
        let before = self.problems.len();
        let count = self.count(name);
        if count.is_none() && self.problems.len() == before {
            self.report_missing(name);
        }
        count
    }

    /// An amount, which may be negative.
    pub(super) fn amount(&mut self, name: &str) -> Option<Decimal> {
        let text = self.text(name)?;
        let amount = number(&text);
        if amount.is_none() {
            let what = format!("`{text}` is not a number of at most 28 digits");
            self.report(ProblemCode::BadNumber, name, &what, EXPORTED);
        }
        amount
    }

    /// Whether something is so.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        let known = [("true", true), ("false", false)];
        let flag = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text));
        if flag.is_none() {
            let what = format!("`{text}` is neither true nor false");
            self.report(ProblemCode::UnknownWord, name, &what, EXPORTED);
        }
        flag.map(|(_, flag)| *flag)
    }

    /// The day of a time that is read from its text; it must be there.
    pub(super) fn day(
        &mut self,
        name: &str,
        read: fn(&str) -> Option<Moment>,
    ) -> Option<NaiveDate> {
        let Some(text) = self.text(name) else {
            self.report_missing(name);
            return None;
        };
        let moment = read(&text);
        if moment.is_none() {
            let what = format!("`{text}` is not a time that is known");
            self.report(ProblemCode::BadDate, name, &what, EXPORTED);
        }
        moment.map(|moment| moment.day(self.source.day_of))
    }

    /// What of the record may bill and is none of these names, which are read.
    pub(super) fn unread(&self, read: &[&str]) -> Vec<Unread> {
        match &self.values {
            Values::Object { object, .. } => billing(object, read),
            Values::Row { columns, row } => {
                let mut found: Vec<(usize, Unread)> = columns
                    .iter()
                    .filter(|(name, _)| bills(name) && !read.contains(&name.as_str()))
                    .filter_map(|(name, Column { at, .. })| {
                        Some((*at, unread(name, &row.cells.get(*at)?.value)?))
                    })
                    .collect();
                found.sort_by_key(|(at, _)| *at);
                found.into_iter().map(|(_, unread)| unread).collect()
            }
        }
    }

    /// What stands under a name, as what may bill and is not read; `None` where nothing does.
    pub(super) fn unread_named(&mut self, name: &str) -> Option<Unread> {
        let value = self.text(name)?;
        unread(name, &value)
    }

    /// The first of these names that the record has, else the first of them: exports of one kind call the same otherwise.
    pub(super) fn first_of(&self, names: &[&'static str]) -> &'static str {
        let has = |name: &&&'static str| match &self.values {
            Values::Row { columns, .. } => columns.contains_key(**name),
            Values::Object { object, .. } => object.has(name),
        };
        names.iter().find(has).or(names.first()).copied().unwrap_or_default()
    }

    pub(super) fn report_missing(&mut self, name: &str) {
        self.report(ProblemCode::MissingKey, name, "is missing", EXPORTED);
    }

    /// Says what is wrong with the value of a name.
    pub(super) fn report(
        &mut self,
        code: ProblemCode,
        name: &str,
        what: &str,
        help: impl Into<Help>,
    ) {
        let (message, place) = match &self.values {
            Values::Row { columns, row } => {
                let column = columns.get(name);
                let cell = column.and_then(|column| row.cells.get(column.at));
                let at = cell.or(row.cells.first()).map_or(0, |cell| cell.at.start);
                let written = column.map_or(name, |column| &column.written);
                (row.message(written, what.to_owned()), place(&self.source, row, at))
            }
            Values::Object { object, around, spot } => {
                let at = At::Value(name.to_owned());
                let inner = object.has(name) || around.as_ref().is_none_or(|it| !it.has(name));
                let path = if inner { object.path_of(name) } else { name.to_owned() };
                let place = spot.places(self.source.file, &[&at]).pop();
                let place = place.unwrap_or_else(|| Place::file(self.source.file));
                (format!("`{path}` {what}"), place)
            }
        };
        let message = shortened(&message).into_owned();
        let problem = Problem { code, message, place, help: help.into() };
        // A count that is a part of several sums is read more than once.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// What is usual to do about a record that cannot be read.
pub(super) const EXPORTED: &str =
    "correct it, or export it again; the other rows are rated without it";

/// A number as it is written: digits, a point and an exponent.
fn number(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    is_plain.then(|| exact(text)).flatten()
}

/// A cell that says something and is not read.
fn unread(name: &str, cell: &str) -> Option<Unread> {
    let value = cell.trim();
    let says_nothing = is_zero(value) || value.eq_ignore_ascii_case("false");
    let (key, path) = (name.to_owned(), name.to_owned());
    (!says_nothing).then(|| Unread {
        key,
        path,
        value: shortened(value).into_owned(),
        count: number(value).and_then(|it| it.to_u64()).unwrap_or(1),
        left_out_by: LeaveOut::Flag,
        known: String::new(),
    })
}

/// The place of a byte of a row, with its line where that is short.
pub(super) fn place(source: &Source, row: &Row, at: usize) -> Place {
    let (text, first) = (source.text, row.cells.first().map_or(at, |cell| cell.at.start));
    let line = row.number + text[first..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let rest = &text[start..];
    let length = rest.bytes().take(LONGEST_EXCERPT + 1).position(|byte| byte == b'\n');
    match length.or((rest.len() <= LONGEST_EXCERPT).then_some(rest.len())) {
        Some(length) => {
            let at = (at - start).min(length);
            Place::in_line(source.file, line, rest[..length].trim_end_matches('\r'), at..at)
        }
        None => Place::point(source.file, line, 1 + text[start..at].chars().count()),
    }
}
