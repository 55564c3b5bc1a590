//! The value of a field: made of what a row has by its type, and written by the type of its term.

use std::borrow::Cow;
use std::convert::Infallible;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::budget::Month;
use crate::figure::{Certainty, Figure};
use crate::report::currency;
use crate::report::dictionary::Kind;
use crate::report::number::raw;
use crate::size::Size;

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing is to be said of this row: a blank cell, `null` in JSON.
    Blank,
    /// Words, an id, a day, a month or a size.
    Text(Cow<'a, str>),
    /// Words or ids, each by itself.
    List(Vec<String>),
    /// Whether something is the case.
    Flag(bool),
    /// A number that is known.
    Number(Decimal),
    /// The low, the expected and the high case of a change, as far as they are known.
    Cases([Option<Decimal>; 3]),
    /// A figure with its ends.
    Figure(Cow<'a, Figure<Decimal>>),
}

impl<'a> Value<'a> {
    /// A figure of whole numbers.
    pub fn count(figure: &Figure<u64>) -> Value<'a> {
        let Ok(figure) = figure.try_map(|count| Ok::<_, Infallible>(Decimal::from(count)));
        Value::Figure(Cow::Owned(figure))
    }

    /// How far a figure is known.
    pub fn certainty(figure: &Figure<Decimal>) -> Value<'a> {
        figure.certainty().as_str().into()
    }

    /// Why a figure is not exact.
    pub fn reasons(figure: &Figure<Decimal>) -> Value<'a> {
        figure.reasons().in_words().into()
    }

    /// The codes of why a figure is not exact.
    pub fn reason_codes(figure: &Figure<Decimal>) -> Value<'a> {
        Value::codes(figure.reasons().codes())
    }

    /// Codes, each once.
    pub fn codes(codes: impl IntoIterator<Item = &'static str>) -> Value<'a> {
        let mut each: Vec<String> = Vec::new();
        for code in codes {
            if !each.iter().any(|known| known == code) {
                each.push(code.to_owned());
            }
        }
        Value::List(each)
    }

    /// A figure of the row.
    pub fn figure(figure: &'a Figure<Decimal>) -> Value<'a> {
        Value::Figure(Cow::Borrowed(figure))
    }

    /// The value under one of [`Kind::endings`] of a term of this type.
    pub(super) fn part(&self, kind: Kind, ending: usize) -> Option<Cow<'_, str>> {
        if kind.is_in_currency(ending) {
            let dollars = self.in_dollars(kind, ending - kind.shown_endings())?;
            return currency::converted(dollars).map(|amount| Cow::Owned(raw(amount)));
        }
        let number = |value: Option<Decimal>| value.map(|value| Cow::Owned(raw(value)));
        match (self, kind, ending) {
            (
                Value::Figure(_) | Value::Cases(_) | Value::Number(_),
                Kind::Money | Kind::Change | Kind::Amount,
                ending,
            ) => number(self.in_dollars(kind, ending)),
            (Value::Figure(figure), Kind::Count | Kind::Quantity, 1) => number(known_low(figure)),
            (Value::Figure(figure), Kind::Count | Kind::Quantity, 0) => number(figure.expected()),
            (Value::Figure(figure), Kind::Count | Kind::Quantity, _) => number(figure.high()),
            (Value::Figure(figure), ..) => number(figure.exact()),
            (Value::Cases(cases), _, ending) => number(cases.get(ending).copied().flatten()),
            (Value::Number(value), ..) => number(Some(*value)),
            (Value::Text(text), ..) => Some(Cow::Borrowed(text)),
            (Value::List(words), ..) => Some(Cow::Owned(words.join("; "))),
            (Value::Flag(flag), ..) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
            (Value::Blank, ..) => None,
        }
    }

    /// The amount under one of the endings in US dollars of a term of money.
    fn in_dollars(&self, kind: Kind, ending: usize) -> Option<Decimal> {
        match (self, kind, ending) {
            (Value::Figure(figure), Kind::Money, 0) => known_low(figure),
            (Value::Figure(figure), Kind::Money, 1) => figure.expected(),
            (Value::Figure(figure), Kind::Money, _) => figure.high(),
            (Value::Figure(figure), ..) => figure.exact(),
            (Value::Cases(cases), _, ending) => cases.get(ending).copied().flatten(),
            (Value::Number(amount), ..) => Some(*amount),
            _ => None,
        }
    }
}

/// The low end of a figure. An unknown of which nothing is known is not "at least 0": a sheet would add it up as free.
fn known_low(figure: &Figure<Decimal>) -> Option<Decimal> {
    let is_blank = figure.certainty() == Certainty::Unknown && figure.low().is_zero();
    (!is_blank).then(|| figure.low())
}

/// Words; empty ones are none.
impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Value<'a> {
        if text.is_empty() { Value::Blank } else { Value::Text(text) }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Cow::Borrowed(text).into()
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Value<'a> {
        text.as_str().into()
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Cow::<str>::Owned(text).into()
    }
}

/// What is there or not.
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Value<'a> {
        value.map_or(Value::Blank, T::into)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl From<Decimal> for Value<'_> {
    fn from(number: Decimal) -> Self {
        Value::Number(number)
    }
}

/// Whole numbers of any width.
macro_rules! whole_numbers {
    ($($whole:ty)*) => {$(
        impl From<$whole> for Value<'_> {
            fn from(number: $whole) -> Self {
                Value::Number(number.into())
            }
        }
    )*};
}

whole_numbers!(u32 u64 usize i32 i64);

impl From<NaiveDate> for Value<'_> {
    fn from(day: NaiveDate) -> Self {
        day.to_string().into()
    }
}

impl From<Size> for Value<'_> {
    fn from(size: Size) -> Self {
        size.to_string().into()
    }
}

impl From<Month> for Value<'_> {
    fn from(month: Month) -> Self {
        month.to_string().into()
    }
}

impl<'a> From<&'a Figure<Decimal>> for Value<'a> {
    fn from(figure: &'a Figure<Decimal>) -> Value<'a> {
        Value::figure(figure)
    }
}

impl From<Vec<&str>> for Value<'_> {
    fn from(words: Vec<&str>) -> Self {
        Value::List(words.into_iter().map(str::to_owned).collect())
    }
}

impl From<Vec<String>> for Value<'_> {
    fn from(words: Vec<String>) -> Self {
        Value::List(words)
    }
}
