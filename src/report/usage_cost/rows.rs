//! The rated rows of logs, each made when it comes: those of a million requests are not held.

use std::borrow::Cow;
use std::cell::{RefCell, RefMut};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::rc::Rc;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::ser::{Error, Serializer};
use serde_json::value::RawValue;

use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::report::Format;
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::estimate_file::Spool;
use crate::report::json;
use crate::report::record::{Columns, Field, Record, Recorded, Value};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::usage_cost::stream::RowTaken;
use crate::usage_log::row::Measured;

/// The most rows that a table shows.
const MOST_SHOWN: usize = 10_000;
/// What stands between rows of the spool: none of them holds it, for JSON writes it as an escape.
const BETWEEN: u8 = 0;
/// In how many objects and lists a row lies.
const LEVELS: usize = 2;

/// A row of a log that was priced.
#[derive(Debug, Clone)]
pub struct PricedRow {
    file: Arc<str>,
    taken: RowTaken,
}

/// The rows so far, in the format in which they will be written.
pub struct UsageRows {
    form: Form,
    file: Arc<str>,
}

enum Form {
    Csv { columns: Columns<PricedRow>, out: Box<csv::Writer<Box<dyn Spool>>> },
    Json { fields: Rc<[Field<PricedRow>]>, out: Box<dyn Spool> },
    Shown(Vec<PricedRow>),
}

/// All rows, to be written or shown.
pub struct WrittenUsageRows {
    text: Option<RefCell<Box<dyn Spool>>>,
    shown: Vec<PricedRow>,
}

impl UsageRows {
    /// No rows yet, of prices of this catalogue; what would fill the memory goes into the spool.
    ///
    /// # Errors
    /// What cannot be written there.
    pub fn new(format: Format, catalog: &Catalog, spool: Box<dyn Spool>) -> io::Result<UsageRows> {
        let form = match format {
            Format::Csv => {
                let columns = Columns { fields: PricedRow::fields(), with_ends: false };
                let columns = columns.made_of((catalog, None));
                let mut out = Box::new(csv::Writer::from_writer(spool));
                columns.write_heading(&mut *out)?;
                Form::Csv { columns, out }
            }
            Format::Json => Form::Json { fields: PricedRow::fields().into(), out: spool },
            _ => Form::Shown(Vec::new()),
        };
        Ok(UsageRows { form, file: "".into() })
    }

    /// Adds a row of a file.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn add(&mut self, file: &str, taken: &RowTaken) -> io::Result<()> {
        if &*self.file != file {
            self.file = file.into();
        }
        let row = PricedRow { file: Arc::clone(&self.file), taken: taken.clone() };
        match &mut self.form {
            Form::Csv { columns, out } => columns.write_row(&row, out),
            Form::Json { fields, out } => {
                json::write_inside(LEVELS, &Record::new(fields, row), &mut **out)?;
                out.write_all(&[BETWEEN])
            }
            Form::Shown(rows) => {
                if rows.len() < MOST_SHOWN {
                    rows.push(row);
                }
                Ok(())
            }
        }
    }

    /// All rows, to be written or shown.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn finish(self) -> io::Result<WrittenUsageRows> {
        let text = match self.form {
            Form::Csv { out, .. } => out.into_inner().map_err(csv::IntoInnerError::into_error)?,
            Form::Json { out, .. } => out,
            Form::Shown(shown) => return Ok(WrittenUsageRows { text: None, shown }),
        };
        Ok(WrittenUsageRows { text: Some(RefCell::new(text)), shown: Vec::new() })
    }
}

impl WrittenUsageRows {
    /// Writes the rows of a CSV with their heading.
    pub(super) fn copy(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut text) = self.again()? else { return Ok(()) };
        io::copy(&mut *text, out).map(drop)
    }

    /// The rows of an object, one by one.
    pub(super) fn each(&self) -> Box<dyn Iterator<Item = WrittenUsageRow> + '_> {
        match self.again() {
            Ok(text) => Box::new(text.into_iter().flat_map(|text| {
                let rows = BufReader::new(Again(text)).split(BETWEEN);
                rows.map(|row| WrittenUsageRow(row.and_then(raw)))
            })),
            Err(error) => Box::new(std::iter::once(WrittenUsageRow(Err(error)))),
        }
    }

    /// The rows for people.
    pub(super) fn sheet(&self) -> Option<Block> {
        (!self.shown.is_empty()).then(|| Block::Sheet(sheet(&self.shown)))
    }

    fn again(&self) -> io::Result<Option<RefMut<'_, Box<dyn Spool>>>> {
        let Some(text) = &self.text else { return Ok(None) };
        let mut text = text.borrow_mut();
        text.seek(SeekFrom::Start(0))?;
        Ok(Some(text))
    }
}

fn raw(text: Vec<u8>) -> io::Result<Box<RawValue>> {
    Ok(serde_json::from_slice(&text)?)
}

/// A spool that is read again.
struct Again<'a>(RefMut<'a, Box<dyn Spool>>);

impl Read for Again<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

/// A row that was written when it came.
#[derive(Debug)]
pub struct WrittenUsageRow(io::Result<Box<RawValue>>);

impl Serialize for WrittenUsageRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl JsonSchema for WrittenUsageRow {
    fn schema_name() -> Cow<'static, str> {
        Record::<PricedRow>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Record::<PricedRow>::json_schema(generator)
    }
}

impl Recorded for PricedRow {
    const NAME: &'static str = "usage_row";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            terms::FILE.of(|it: &PricedRow| (&*it.file).into()),
            terms::LINE.of(|it| it.taken.line.into()),
            terms::REQUEST_ID.of(|it| it.taken.row.request_id.as_deref().into()),
            terms::DAY.of(|it| it.taken.cost.day.into()),
            terms::MODEL.of(|it| (&*it.taken.cost.model).into()),
            terms::ROUTE.of(|it| (&*it.taken.cost.route).into()),
            terms::PROCESSING.of(|it| it.taken.cost.processing.as_str().into()),
            terms::PROJECT.of(|it| it.taken.row.labels.project.as_deref().into()),
            terms::USAGE_TAG.of(|it| it.taken.row.labels.tag.as_deref().into()),
            terms::STATUS_LOGGED.of(|it| it.taken.row.labels.status.as_deref().into()),
            terms::SIZE.of(|it| it.taken.row.labels.size.as_deref().into()),
            terms::QUALITY.of(|it| it.taken.row.labels.quality.as_deref().into()),
            terms::REQUESTS.of(|it| it.taken.row.requests.into()),
            terms::IMAGES.of(|it| it.taken.row.images.into()),
            terms::ACCEPTED_SO_FAR.of(|it| it.taken.row.accepted.into()),
        ];
        fields.extend(terms::COST.figure(|it: &PricedRow| Some(&it.taken.cost.cost)));
        fields.extend([
            terms::ESTIMATED.of(|it: &PricedRow| it.taken.cost.is_estimated.into()),
            terms::LOGGED.of(|it| it.taken.row.recorded.into()),
            terms::AS_OF.of(|it| it.taken.cost.day.into()),
        ]);
        fields.extend(counts());
        fields
    }
}

/// The counts of a row, as the log has them one by one.
fn counts() -> impl Iterator<Item = Field<PricedRow>> {
    let name = |meter: crate::unit::Meter| format!("{}_tokens", meter.as_str());
    crate::usage_log::row::COUNTED.into_iter().map(move |meter| {
        Field::named(
            &terms::METERED,
            name(meter),
            meter.as_str().to_owned(),
            |row: &PricedRow, name| {
                let meter = crate::unit::Meter::from_name(name);
                match (&row.taken.row.measured, meter) {
                    (Measured::Counts(counts), Some(meter)) => counts
                        .of(meter)
                        .map_or(Value::Blank, |count| Value::count(&Figure::Exact(count))),
                    _ => Value::Blank,
                }
            },
        )
    })
}

fn sheet(rows: &[PricedRow]) -> Sheet {
    let columns = vec![
        Column::number("Line"),
        Column::of(&terms::DAY),
        Column::of(&terms::MODEL),
        Column::of(&terms::PROJECT),
        Column::of(&terms::SIZE),
        Column::of(&terms::QUALITY),
        Column::of(&terms::IMAGES),
        Column::lines("Cost"),
    ];
    let row = |row: &PricedRow| {
        let label = |label: &Option<Box<str>>| label.as_deref().map_or(Cell::Empty, Cell::text);
        let PricedRow { taken: RowTaken { line, row, cost }, .. } = row;
        vec![
            Cell::text(line.to_string()),
            Cell::text(cost.day.to_string()),
            Cell::text(&*cost.model),
            label(&row.labels.project),
            label(&row.labels.size),
            label(&row.labels.quality),
            row.images.map_or(Cell::Empty, |images| Cell::Count(Figure::Exact(images))),
            Cell::Money(cost.cost.clone()),
        ]
    };
    Sheet { columns, rows: rows.iter().map(row).collect(), total: None }
}

impl fmt::Debug for UsageRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UsageRows")
    }
}

impl fmt::Debug for WrittenUsageRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrittenUsageRows").finish_non_exhaustive()
    }
}
