//! Records: a row of an output as a list of fields, each a term of the dictionary and a function of the row.
//!
//! Rows are written from their fields as they come, so that no file is held in memory. Names and values are paired
//! here, once. The CSV of comparisons and forecasts is written so; [`Record`] writes the same fields as a JSON object,
//! which no output does yet.

mod choice;

pub use choice::{Chosen, UnknownColumn};

use std::borrow::Cow;
use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::csv::{text_field, unwrapped};
use super::dictionary::{Kind, Term};
use super::number::raw;
use crate::figure::{Certainty, Figure};

/// A field of a row: what it is, and its value.
#[derive(Debug)]
pub struct Field<R> {
    /// What it is.
    pub term: &'static Term,
    /// For terms whose key has an open part, such as `tag_team`: the whole key.
    key: Option<String>,
    of: Of<R>,
}

/// How a field is read from a row; the name is that of a keyed field.
#[derive(Debug)]
enum Of<R> {
    Row(fn(&R) -> Value<'_>),
    Named(for<'r> fn(&'r R, &str) -> Value<'r>, String),
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing is to be said of this row: a blank cell, `null` in JSON.
    Blank,
    /// Words, an id, a day, a month or a size.
    Text(Cow<'a, str>),
    /// A number that is known.
    Number(Decimal),
    /// A figure with its ends.
    Figure(Cow<'a, Figure<Decimal>>),
}

impl<'a> Value<'a> {
    /// Words that are there or not.
    pub fn text(text: Option<impl Into<Cow<'a, str>>>) -> Value<'a> {
        text.map_or(Value::Blank, |text| Value::Text(text.into()))
    }

    /// A figure of the row.
    pub fn figure(figure: &'a Figure<Decimal>) -> Value<'a> {
        Value::Figure(Cow::Borrowed(figure))
    }

    /// The value under one of [`Kind::endings`] of a term of this type.
    fn part(&self, kind: Kind, ending: usize) -> Option<Cow<'_, str>> {
        let number = |value: Option<Decimal>| value.map(|value| Cow::Owned(raw(value)));
        match (self, kind, ending) {
            (Value::Figure(figure), Kind::Money, 0)
            | (Value::Figure(figure), Kind::Count | Kind::Quantity, 1) => {
                // An unknown of which nothing is known is not "at least 0": a sheet would add it up as free.
                let is_blank = figure.certainty() == Certainty::Unknown && figure.low().is_zero();
                number((!is_blank).then(|| figure.low()))
            }
            (Value::Figure(figure), Kind::Money, 1)
            | (Value::Figure(figure), Kind::Count | Kind::Quantity, 0) => number(figure.expected()),
            (Value::Figure(figure), Kind::Money | Kind::Count | Kind::Quantity, _) => {
                number(figure.high())
            }
            (Value::Figure(figure), ..) => number(figure.exact()),
            (Value::Number(value), ..) => number(Some(*value)),
            (Value::Text(text), ..) => Some(Cow::Borrowed(text)),
            (Value::Blank, ..) => None,
        }
    }
}

impl<R> Field<R> {
    /// A field of a term.
    pub fn new(term: &'static Term, of: fn(&R) -> Value<'_>) -> Field<R> {
        Field { term, key: None, of: Of::Row(of) }
    }

    /// A field of a term whose key has an open part: the value of `name` under the key `key`.
    pub fn named(
        term: &'static Term,
        key: String,
        name: String,
        of: for<'r> fn(&'r R, &str) -> Value<'r>,
    ) -> Field<R> {
        Field { term, key: Some(key), of: Of::Named(of, name) }
    }

    /// The key that a reader asks for the field by.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(self.term.key)
    }

    fn value<'r>(&self, row: &'r R) -> Value<'r> {
        match &self.of {
            Of::Row(of) => of(row),
            Of::Named(of, name) => of(row, name),
        }
    }

    fn keys(&self) -> Vec<Cow<'_, str>> {
        let key = self.key();
        let ending = |ending: &&'static str| match *ending {
            "" => Cow::Borrowed(key),
            ending => Cow::Owned(format!("{key}{ending}")),
        };
        self.term.kind.endings().iter().map(ending).collect()
    }
}

/// Fields that were chosen for a file, and whether the ends of counts stand beside them.
#[derive(Debug)]
pub struct Columns<R> {
    /// The fields in their order.
    pub fields: Vec<Field<R>>,
    /// Whether counts have their ends beside them.
    pub with_ends: bool,
}

impl<R> Columns<R> {
    fn shown(&self, field: &Field<R>) -> usize {
        match self.with_ends {
            true => field.term.kind.endings().len(),
            false => field.term.kind.shown_endings(),
        }
    }

    /// Writes rows as CSV, each as soon as it comes.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_csv(&self, rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<()> {
        self.write_rows(rows, out).map_err(unwrapped)
    }

    fn write_rows(&self, rows: impl Iterator<Item = R>, out: &mut dyn Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        for field in &self.fields {
            for key in field.keys().iter().take(self.shown(field)) {
                writer.write_field(&**key)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
        for row in rows {
            for field in &self.fields {
                let value = field.value(&row);
                for ending in 0..self.shown(field) {
                    let is_text = matches!(value, Value::Text(_));
                    match value.part(field.term.kind, ending) {
                        Some(text) if is_text => writer.write_field(&*text_field(&text))?,
                        Some(number) => writer.write_field(&*number)?,
                        None => writer.write_field("")?,
                    }
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
        Ok(writer.flush()?)
    }
}

/// A row for programs: an object with every key of every field.
pub struct Record<'a, R> {
    /// The fields.
    pub fields: &'a [Field<R>],
    /// The row.
    pub row: R,
}

impl<R> Serialize for Record<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for field in self.fields {
            let value = field.value(&self.row);
            for (ending, key) in field.keys().iter().enumerate() {
                let cell = value.part(field.term.kind, ending);
                object.serialize_entry(key, &cell)?;
            }
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::dictionary::terms;

    struct Made {
        name: &'static str,
        cost: Figure<Decimal>,
    }

    fn fields() -> Vec<Field<Made>> {
        vec![
            Field::new(&terms::WORKLOAD, |row: &Made| Value::text(Some(row.name))),
            Field::new(&terms::COST, |row| Value::figure(&row.cost)),
            Field::new(&terms::ATTEMPTS, |row| Value::figure(&row.cost)),
        ]
    }

    fn csv(with_ends: bool, rows: Vec<Made>) -> String {
        let mut out = Vec::new();
        let columns = Columns { fields: fields(), with_ends };
        columns.write_csv(rows.into_iter(), &mut out).expect("memory");
        String::from_utf8(out).expect("text")
    }

    fn rows() -> Vec<Made> {
        let (one, two, three) = (Decimal::ONE, Decimal::TWO, Decimal::new(3, 0));
        let of = |name, cost| Made { name, cost };
        vec![
            of("exact", Figure::Exact(two)),
            of("range", Figure::range(one, None, three, "why")),
            of("unknown", Figure::unknown(one, "why")),
            of("nothing known", Figure::unknown(Decimal::ZERO, "why")),
            of("free", Figure::Exact(Decimal::ZERO)),
            of("=1+1", Figure::Exact(one)),
        ]
    }

    #[test]
    fn money_is_spread_by_its_type_and_only_what_is_known_is_filled() {
        let expected = "\
workload,cost_low_usd,cost_expected_usd,cost_high_usd,attempts
exact,2,2,2,2
range,1,,3,
unknown,1,,,
nothing known,,,,
free,0,0,0,0
'=1+1,1,1,1,1
";
        assert_eq!(csv(false, rows()), expected);
        let heading = "workload,cost_low_usd,cost_expected_usd,cost_high_usd,attempts";
        assert_eq!(csv(false, Vec::new()), format!("{heading}\n"), "whatever stands in the rows");
        assert_eq!(csv(true, Vec::new()), format!("{heading},attempts_low,attempts_high\n"));
    }

    #[test]
    fn a_row_for_programs_has_the_same_keys_and_values() {
        let fields = fields();
        for row in rows() {
            let name = row.name;
            let object = serde_json::to_value(Record { fields: &fields, row }).expect("an object");
            let found = csv(true, rows().into_iter().filter(|row| row.name == name).collect());
            let mut read = csv::Reader::from_reader(found.as_bytes());
            let headings = read.headers().expect("headings").clone();
            let record = read.records().next().expect("a row").expect("whole");
            for (key, cell) in headings.iter().zip(&record) {
                let value = object[key].as_str().unwrap_or_default();
                assert_eq!(value, cell.trim_start_matches('\''), "{name} {key}");
            }
            assert_eq!(object.as_object().map(serde_json::Map::len), Some(headings.len()));
        }
    }
}
