//! Checks of single values, shared by the readers of models, owners and routes.
//!
//! Each check reports what is wrong and returns `None`, so that a reader goes on and all problems of
//! a file come out in one run.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

use super::evidence::Evidence;
use super::locator::Located;
use super::raw::{
    Count, CurrencyCode, Day, DayOrUndated, Flag, Kind, Price, RawEvidence, Scalar, SizeText, Text,
    Word,
};
use super::table_file::{Origin, TableFile};
use super::word::Words;
use super::yaml::{self, FileKind, Notes, Shape, TABLE, looks_like_a_number, span};
use crate::errors::Errors;
use crate::exchange::is_currency;
use crate::help::Help;
use crate::hidden::first_hidden;
use crate::money::{self, PriceTextError};
use crate::problem::{Problem, ProblemCode};
use crate::size::Size;

/// The word for what no source states.
const NOT_STATED: &str = "not_stated";

/// The most tokens that a table may state.
pub(crate) const MOST_TOKENS: u64 = 1_000_000_000;

/// Collects the problems of one file.
pub(crate) struct Checker<'a> {
    notes: Notes<'a>,
    origin: Origin,
}

impl<'a> Checker<'a> {
    pub(super) fn new(file: &'a TableFile) -> Self {
        Checker { origin: file.origin, ..Checker::of_own(&TABLE, &file.shown, &file.text) }
    }

    /// For a file of the user's own.
    pub(crate) fn of_own(kind: &'a FileKind, file: &'a str, text: &'a Arc<str>) -> Self {
        Checker { notes: Notes::new(kind, file, text), origin: Origin::Own }
    }

    /// The file as written, whatever is wrong in it; `None` if it is no YAML or over the limits.
    pub(crate) fn raw<T: Shape>(&mut self) -> Option<T> {
        yaml::shape(&mut self.notes)
    }

    /// Who keeps the file.
    pub(super) fn origin(&self) -> Origin {
        self.origin
    }

    /// The value, if no problem was reported on the way to it.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Errors<Problem>> {
        match value {
            Some(value) if self.notes.problems.is_empty() => Ok(value),
            _ => Err(self.notes.problems.into()),
        }
    }

    /// Problems of another file that this one rests on.
    pub(crate) fn extend(&mut self, problems: Vec<Problem>) {
        self.notes.problems.extend(problems);
    }

    pub(crate) fn report(
        &mut self,
        code: ProblemCode,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) {
        self.notes.report(code, at, message, help);
    }

    /// The known names that are most like the one given, where it is not one of many problems.
    pub(crate) fn near<'k>(
        &self,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Vec<&'k str> {
        self.notes.near(given, known)
    }

    /// Text with something in it, and nothing that a reader cannot see.
    pub(crate) fn text<K: Kind>(&mut self, raw: &Text<K>) -> Option<String> {
        let at = raw.place()?;
        if self.is_bare_number(raw) {
            return None;
        }
        let text = raw.value.trim();
        if let Some(hidden) = first_hidden(text) {
            let message =
                format!("the text holds U+{:04X}, which no reader sees", u32::from(hidden));
            let help = "remove it: two texts that look alike must be alike";
            self.report(ProblemCode::HiddenCharacter, at, message, help);
            return None;
        }
        if text.is_empty() {
            let help = "say it in a few words: a reader must be able to find the source again";
            self.report(ProblemCode::BlankText, at, "the text is blank", help);
            return None;
        }
        Some(text.to_owned())
    }

    /// Reports a number without quotes in the place of a text that must not be one.
    pub(crate) fn is_bare_number<K: Kind>(&mut self, raw: &Text<K>) -> bool {
        let text = raw.value.trim();
        let is_bare = self.notes.text.get(span(raw)) == Some(&*raw.value);
        let is_name = K::TAKES_NUMBERS && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = is_bare && !is_name && looks_like_a_number(text);
        if is_number {
            let help = format!("put it in quotes: \"{text}\"; without them it is no text");
            self.report(ProblemCode::WrongType, span(raw), "text must stand here", help);
        }
        is_number
    }

    /// A currency by its ISO 4217 code.
    pub(super) fn currency(
        &mut self,
        raw: &Text<CurrencyCode>,
        help: &'static str,
    ) -> Option<String> {
        let at = raw.place()?;
        let code = &*raw.value;
        let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_code {
            let message = format!("`{code}` is not a currency code");
            self.report(ProblemCode::UnknownWord, at, message, help);
        }
        is_code.then(|| code.to_owned())
    }

    /// The same in files of a user's own.
    pub(crate) fn users_currency<K: Kind>(&mut self, raw: &Text<K>) -> Option<String> {
        let code = self.text(raw)?;
        if !is_currency(&code) {
            let message = format!("`{code}` is not the code of a currency");
            let help = "write three capital letters, such as USD or EUR";
            self.report(ProblemCode::UnknownWord, span(raw), message, help);
            return None;
        }
        Some(code)
    }

    /// Text, or `None` for the word `not_stated`.
    pub(super) fn statement(&mut self, raw: &Text) -> Option<Option<String>> {
        if *raw.value == *NOT_STATED { Some(None) } else { self.text(raw).map(Some) }
    }

    pub(crate) fn date(&mut self, raw: &Day) -> Option<NaiveDate> {
        self.day(&raw.value, raw.place()?)
    }

    fn day(&mut self, text: &str, at: Range<usize>) -> Option<NaiveDate> {
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("`{text}` is not a day");
            self.report(ProblemCode::BadDate, at, message, "write it as YYYY-MM-DD");
        }
        date
    }

    pub(super) fn optional_date(&mut self, raw: Option<&Day>) -> Option<Option<NaiveDate>> {
        optional(raw, |raw| self.date(raw))
    }

    pub(crate) fn price(&mut self, raw: &Price) -> Option<Decimal> {
        let at = raw.place()?;
        let text = match &raw.value.0 {
            Scalar::Text(text) => text,
            Scalar::Whole(_) | Scalar::Number => {
                let bare = self.notes.text.get(at.clone()).unwrap_or_default();
                let help = format!(
                    "put it in quotes: \"{bare}\"; a bare number may be read through a float"
                );
                let message = "the price is not in quotes";
                self.report(ProblemCode::UnquotedPrice, at, message, help);
                return None;
            }
            Scalar::Truth(_) | Scalar::Nothing => {
                return self.wrong_type(at, "a price in quotes, such as \"5.00\",");
            }
        };
        money::parse_price(text)
            .map_err(|error| {
                let code = match error {
                    PriceTextError::Negative => ProblemCode::NegativePrice,
                    _ => ProblemCode::BadPrice,
                };
                let help = format!(
                    "write it as plain digits in {}, such as \"5.00\"",
                    self.notes.kind.currency
                );
                self.report(code, at, format!("`{text}` is {error}", error = bad(error)), help);
            })
            .ok()
    }

    /// A whole number from `low` to `high`.
    pub(crate) fn count(&mut self, raw: &Count, low: u64, high: u64) -> Option<u64> {
        let at = raw.place()?;
        let Scalar::Whole(number) = raw.value.0 else {
            return self.wrong_type(at, "a whole number from 0 up, without quotes,");
        };
        let inside = (low..=high).contains(&number);
        if !inside {
            let message = format!("{number} is not from {low} to {high}");
            self.report(ProblemCode::OutOfRange, at, message, "correct the number");
        }
        inside.then_some(number)
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, raw: &Flag) -> Option<bool> {
        let at = raw.place()?;
        let Scalar::Truth(truth) = raw.value.0 else {
            return self.wrong_type(at, "`true` or `false`, without quotes,");
        };
        Some(truth)
    }

    pub(crate) fn wrong_type<T>(&mut self, at: Range<usize>, what: &str) -> Option<T> {
        self.notes.wrong_type(at, what);
        None
    }

    /// A whole number from 1 to 1,000,000, for edges, factors and limits.
    pub(crate) fn small(&mut self, raw: &Count) -> Option<u32> {
        self.count(raw, 1, 1_000_000).map(|value| value as u32)
    }

    /// A number above zero: a factor, a credit's value, a step.
    pub(super) fn positive(&mut self, raw: &Price) -> Option<Decimal> {
        let value = self.price(raw)?;
        if value.is_zero() {
            let message = "this must be above zero";
            self.report(ProblemCode::OutOfRange, span(raw), message, "correct the number");
            return None;
        }
        Some(value)
    }

    /// A number of tokens from 0 to [`MOST_TOKENS`].
    pub(crate) fn tokens(&mut self, raw: &Count) -> Option<u64> {
        self.count(raw, 0, MOST_TOKENS)
    }

    pub(super) fn size(&mut self, raw: &SizeText) -> Option<Size> {
        self.size_text(&raw.value, raw.place()?)
    }

    /// A size that is the key of a mapping; `at` is the place of its value.
    pub(crate) fn size_text(&mut self, text: &str, at: Range<usize>) -> Option<Size> {
        text.parse::<Size>()
            .map_err(|error| {
                self.report(ProblemCode::BadSize, at, error.to_string(), "correct the size");
            })
            .ok()
    }

    /// One of a closed list of words.
    pub(crate) fn word<T: Words>(&mut self, raw: &Word<T>) -> Option<T> {
        raw.place()?;
        let words = T::words();
        let found = words.iter().find(|(word, _)| **word == *raw.value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.report_word((T::CODE, T::WHAT), raw, &known, T::SUGGESTED);
        }
        found.map(|(_, value)| *value)
    }

    /// One of the names that another place of the tables gives.
    pub(crate) fn name(&mut self, raw: &Text, what: &str, known: &[&str]) {
        if raw.place().is_some() && !known.contains(&&*raw.value) {
            self.report_word((ProblemCode::UnknownWord, what), raw, known, true);
        }
    }

    fn report_word<K>(
        &mut self,
        (code, what): (ProblemCode, &str),
        raw: &Text<K>,
        known: &[&str],
        suggested: bool,
    ) {
        let near = self.near(&raw.value, known.iter().copied());
        let help = match near.first().filter(|_| suggested) {
            Some(near) => format!("did you mean `{near}`? The words are: {}", known.join(", ")),
            None => format!("use one of: {}", known.join(", ")),
        };
        self.report(code, span(raw), format!("`{}` is not a {what}", raw.value), help);
    }

    pub(crate) fn evidence(&mut self, raw: &RawEvidence) -> Option<Evidence> {
        let source = self.text(&raw.source);
        let locators =
            raw.locators.as_ref().map_or(Some(Located::NotGiven), |raw| self.locators(raw));
        let undated = *raw.seen.value == *DayOrUndated::UNDATED;
        let day = |check: &mut Self| check.day(&raw.seen.value, raw.seen.place()?);
        let seen = if undated { Some(None) } else { day(self).map(Some) };
        let confidence = self.word(&raw.confidence);
        let note = optional(raw.note.as_ref(), |note| self.text(note));
        Some(Evidence {
            source: source?,
            locators: locators?,
            seen: seen?,
            confidence: confidence?,
            note: note?,
        })
    }
}

fn bad(error: PriceTextError) -> &'static str {
    match error {
        PriceTextError::NotANumber => "not a plain decimal number",
        PriceTextError::Negative => "negative",
        PriceTextError::OutOfRange => "longer than 12 decimal places or above 1000000000",
    }
}

/// A day of the form YYYY-MM-DD in the years that prices can have.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    use chrono::Datelike;
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == 10 && (2000..=2199).contains(&date.year())).then_some(date)
}

/// All of a list or mapping, or `None` if one is missing.
pub(crate) fn all<T, C: FromIterator<T>>(values: Vec<Option<T>>) -> Option<C> {
    values.into_iter().collect()
}

/// What may be left out: `None` only if it is there and wrong.
pub(crate) fn optional<R, T>(
    raw: Option<&R>,
    read: impl FnOnce(&R) -> Option<T>,
) -> Option<Option<T>> {
    raw.map_or(Some(None), |raw| read(raw).map(Some))
}
