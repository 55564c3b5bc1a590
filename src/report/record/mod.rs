//! Records: a row of an output as a list of fields, each a term of the dictionary and a function of the row.
//!
//! Rows are written from their fields as they come, so that no file is held in memory. Names and values are paired
//! here, once: [`Columns`] writes them as CSV, a [`Record`] as a JSON object, whose schema is made of them as well.

mod choice;
mod json;
mod schema;
mod value;

pub use choice::{Chosen, UnknownColumn};
pub use json::{Each, Record};
pub use value::Value;

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::csv::{text_field, unwrapped};
use super::currency::{self, ReportCurrency};
use super::dictionary::{Term, terms};
use crate::catalog::Catalog;
use crate::figure::Figure;

/// A field of a row: what it is, and its value.
#[derive(Debug)]
pub struct Field<R> {
    /// What it is.
    pub term: &'static Term,
    /// For terms whose key has an open part, such as `tag_team`: the whole key.
    key: Option<String>,
    /// The names of its columns, made once for all rows.
    keys: Vec<Cow<'static, str>>,
    /// Whether it is there only where the command is asked for it.
    is_optional: bool,
    of: Of<R>,
}

/// A kind of row by all the fields that it can have, of which its schema is made.
pub trait Recorded: Sized {
    /// The name of the rows in schemas.
    const NAME: &'static str;

    /// Every field, in the order of files.
    fn fields() -> Vec<Field<Self>>;
}

/// How a field is read from a row; the name is that of a keyed field.
#[derive(Debug)]
enum Of<R> {
    Row(fn(&R) -> Value<'_>),
    Named(for<'r> fn(&'r R, &str) -> Value<'r>, String),
    Figure(fn(&R) -> Option<&Figure<Decimal>>, OfFigure),
}

/// What is said of a figure.
type OfFigure = fn(&Figure<Decimal>) -> Value<'_>;

impl Term {
    /// The field of this term: its value in a row.
    pub fn of<R>(&'static self, of: fn(&R) -> Value<'_>) -> Field<R> {
        self.field(Of::Row(of))
    }

    /// A figure of this term, and what goes with it: how far it is known, why no further, and the codes of that.
    pub fn figure<R>(&'static self, of: fn(&R) -> Option<&Figure<Decimal>>) -> [Field<R>; 4] {
        let said: [(&'static Term, OfFigure); 4] = [
            (self, |it| it.into()),
            (&terms::CERTAINTY, Value::certainty),
            (&terms::REASON, Value::reasons),
            (&terms::REASON_CODES, Value::reason_codes),
        ];
        said.map(|(term, said)| term.field(Of::Figure(of, said)))
    }

    fn field<R>(&'static self, of: Of<R>) -> Field<R> {
        let keys = self.keys().collect();
        Field { term: self, key: None, keys, is_optional: false, of }
    }
}

impl<R> Field<R> {
    /// A field of a term whose key has an open part: the value of `name` under the key `key`.
    pub fn named(
        term: &'static Term,
        key: String,
        name: String,
        of: for<'r> fn(&'r R, &str) -> Value<'r>,
    ) -> Field<R> {
        let keys = term.kind.keys(&key).map(|key| Cow::Owned(key.into_owned())).collect();
        Field { term, key: Some(key), keys, is_optional: false, of: Of::Named(of, name) }
    }

    /// The field as one that is there only where the command is asked for it.
    pub fn where_asked(self) -> Field<R> {
        Field { is_optional: true, ..self }
    }

    /// The key that a reader asks for the field by.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(self.term.key)
    }

    fn value<'r>(&self, row: &'r R) -> Value<'r> {
        match &self.of {
            Of::Row(of) => of(row),
            Of::Named(of, name) => of(row, name),
            Of::Figure(of, said) => of(row).map_or(Value::Blank, said),
        }
    }

    fn keys(&self) -> &[Cow<'static, str>] {
        &self.keys
    }
}

/// Fields that were chosen for a file, and whether the ends of quantities stand beside them.
#[derive(Debug)]
pub struct Columns<R> {
    /// The fields in their order.
    pub fields: Vec<Field<R>>,
    /// Whether quantities have their ends beside them.
    pub with_ends: bool,
}

impl<R> Columns<R> {
    /// The columns with the day and the digest of the catalogue that the rows rest on behind them, where no field of the
    /// rows says them itself; blank where the rows are of no one day.
    pub fn made_of(mut self, (catalog, as_of): (&Catalog, Option<NaiveDate>)) -> Columns<R> {
        let as_of = as_of.map_or_else(String::new, |day| day.to_string());
        let said = [(&terms::AS_OF, as_of), (&terms::CATALOG_DIGEST, catalog.digest().to_owned())];
        for (term, value) in said {
            if !self.fields.iter().any(|field| field.key() == term.key) {
                self.fields.push(Field::named(term, term.key.to_owned(), value, |_, value| {
                    Value::from(Some(value.to_owned()).filter(|value| !value.is_empty()))
                }));
            }
        }
        self
    }

    fn shown(&self, field: &Field<R>) -> usize {
        let kind = field.term.kind;
        match (kind.is_in_currency(kind.shown_endings()), self.with_ends) {
            (true, _) if currency::shown().is_some() => field.keys().len(),
            (true, _) | (_, false) => kind.shown_endings(),
            (false, true) => kind.endings().len(),
        }
    }

    /// The columns with what the rows say of the currency of the report that is being written, so that others can stand
    /// behind it.
    pub fn of_report(mut self) -> Columns<R> {
        for (term, value) in self.of_currency() {
            let key = term.key.to_owned();
            self.fields.push(Field::named(term, key, value, |_, value| value.to_owned().into()));
        }
        self
    }

    /// What the rows say of the currency of the report, where that is not the US dollar and no field says it.
    fn of_currency(&self) -> Vec<(&'static Term, String)> {
        let Some(currency) = currency::shown() else { return Vec::new() };
        let fields = ReportCurrency::fields();
        let is_new =
            |it: &&Field<ReportCurrency>| !self.fields.iter().any(|own| own.key() == it.key());
        let said = |it: &Field<ReportCurrency>| {
            let value = it.value(&currency);
            (it.term, value.part(it.term.kind, 0).unwrap_or_default().into_owned())
        };
        fields.iter().filter(is_new).map(said).collect()
    }

    /// Writes rows as CSV, each as soon as it comes.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_csv(&self, rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        self.write_heading(&mut writer)?;
        for row in rows {
            self.write_row(&row, &mut writer)?;
        }
        writer.flush()
    }

    /// Writes the heading of a CSV.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_heading(&self, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
        let shown = self.fields.iter().flat_map(|it| it.keys().iter().take(self.shown(it)));
        let shown = shown.map(|key| key.as_bytes());
        let of_currency = self.of_currency();
        let more = of_currency.iter().map(|(term, _)| term.key.as_bytes());
        out.write_record(shown.chain(more)).map_err(unwrapped)
    }

    /// Writes a row of a CSV.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_row(&self, row: &R, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
        self.write_cells(row, out).map_err(unwrapped)
    }

    fn write_cells(&self, row: &R, out: &mut csv::Writer<impl Write>) -> csv::Result<()> {
        for field in &self.fields {
            let value = field.value(row);
            for ending in 0..self.shown(field) {
                let is_text = matches!(value, Value::Text(_) | Value::List(_));
                match value.part(field.term.kind, ending) {
                    Some(text) if is_text => out.write_field(&*text_field(&text))?,
                    Some(number) => out.write_field(&*number)?,
                    None => out.write_field("")?,
                }
            }
        }
        for (_, cell) in self.of_currency() {
            out.write_field(&*text_field(&cell))?;
        }
        out.write_record(None::<&[u8]>)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Made {
        name: &'static str,
        cost: Figure<Decimal>,
    }

    impl Recorded for Made {
        const NAME: &'static str = "made";

        fn fields() -> Vec<Field<Made>> {
            vec![
                terms::WORKLOAD.of(|row: &Made| row.name.into()),
                terms::COST.of(|row| Value::figure(&row.cost)),
                terms::ATTEMPTS.of(|row| Value::figure(&row.cost)),
            ]
        }
    }

    fn csv(with_ends: bool, rows: Vec<Made>) -> String {
        let mut out = Vec::new();
        let columns = Columns { fields: Made::fields(), with_ends };
        columns.write_csv(rows.into_iter(), &mut out).expect("memory");
        String::from_utf8(out).expect("text")
    }

    fn rows() -> Vec<Made> {
        let (one, two, three) = (Decimal::ONE, Decimal::TWO, Decimal::new(3, 0));
        let of = |name, cost| Made { name, cost };
        vec![
            of("exact", Figure::Exact(two)),
            of("range", Figure::range(one, None, three, crate::reason::Pricing::NotPriced)),
            of("unknown", Figure::unknown(one, crate::reason::Pricing::NotPriced)),
            of("nothing known", Figure::unknown(Decimal::ZERO, crate::reason::Pricing::NotPriced)),
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

    /// A line in [`Made::fields`] is all that a new field takes.
    #[test]
    fn each_field_stands_in_csv_json_schema_and_documentation_with_the_same_keys_and_values() {
        let schema = schemars::schema_for!(Record<Made>).to_value();
        let page = crate::report::dictionary::page();
        for field in Made::fields() {
            let key = field.keys().first().expect("a key");
            assert!(page.contains(&format!("`{key}`")), "{key} is not documented");
        }
        for row in rows() {
            let name = row.name;
            let object = serde_json::to_value(Record::of(row)).expect("an object");
            let found = csv(true, rows().into_iter().filter(|row| row.name == name).collect());
            let mut read = csv::Reader::from_reader(found.as_bytes());
            let headings = read.headers().expect("headings").clone();
            let record = read.records().next().expect("a row").expect("whole");
            for (key, cell) in headings.iter().zip(&record) {
                let value = object[key].as_str().unwrap_or_default();
                assert_eq!(value, cell.trim_start_matches('\''), "{name} {key}");
                assert!(schema["properties"][key]["description"].is_string(), "{key}: {schema:#}");
            }
            assert_eq!(object.as_object().map(serde_json::Map::len), Some(headings.len()));
            assert!(jsonschema::is_valid(&schema, &object), "{object:#}");
        }
    }
}
