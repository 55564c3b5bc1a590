//! The rows of lines, each made when its line comes: a file of replies that all differ is not held as estimates until the
//! last of them is priced.

use std::cell::{RefCell, RefMut};
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use super::line::WrittenLine;
use super::overview::ShownLine;
use super::spooled::{self, Spool, SpooledRows};
use crate::catalog::Catalog;
use crate::estimate::{Added, Estimate, FileLine};
use crate::report::Format;
use crate::report::record::{Columns, Recorded};

/// The most lines that are shown one by one without being asked for.
pub(super) const FEW: usize = 12;

/// What is asked of the rows.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The format that they are written in.
    pub format: Format,
    /// Whether people see every line, asked for or not.
    pub all: bool,
    /// Whether the CSV has the groups in their place.
    pub grouped: bool,
    /// Whether it is shown how each line of an estimate came about.
    pub explain: bool,
}

/// The rows so far, in the format in which they will be written.
pub struct Rows(Form);

enum Form {
    Csv { columns: Columns<FileLine>, out: Box<csv::Writer<Box<dyn Spool>>> },
    Json(Box<SpooledRows>),
    Shown { all: bool, explain: bool, shown: Shown },
    None,
}

/// What people see of the lines.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// All of them, or one more than are shown without being asked for.
    pub lines: Vec<ShownLine>,
    /// The estimates to explain.
    pub explained: Vec<Arc<Estimate>>,
}

impl Rows {
    /// No rows yet, of prices of this catalogue; what would fill the memory goes into the spool.
    ///
    /// # Errors
    /// What cannot be written there.
    pub fn new(
        wanted: Wanted,
        catalog: &Catalog,
        spool: impl FnOnce() -> Box<dyn Spool>,
    ) -> io::Result<Rows> {
        let Wanted { all, explain, .. } = wanted;
        Ok(Rows(match wanted.format {
            Format::Csv if wanted.grouped => Form::None,
            Format::Csv => {
                let columns = Columns { fields: FileLine::fields(), with_ends: false };
                let columns = columns.made_of((catalog, None));
                let mut out = Box::new(csv::Writer::from_writer(spool()));
                columns.write_heading(&mut *out)?;
                Form::Csv { columns, out }
            }
            Format::Json => Form::Json(Box::new(SpooledRows::new(explain, spool()))),
            #[cfg(feature = "cli")]
            Format::Xlsx => Form::Shown { all: true, explain, shown: Shown::default() },
            _ => Form::Shown { all, explain, shown: Shown::default() },
        }))
    }

    /// Adds the row of a line.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn add(&mut self, Added { line, first }: Added) -> io::Result<()> {
        match &mut self.0 {
            Form::Csv { columns, out } => columns.write_row(&line, out),
            Form::Json(rows) => rows.add(line),
            Form::Shown { all, explain, shown } => {
                if *all || shown.lines.len() <= FEW {
                    shown.lines.push(ShownLine::of(&line));
                }
                let estimate = line.outcome.ok().filter(|_| *explain && first.is_some());
                shown.explained.extend(estimate);
                Ok(())
            }
            Form::None => Ok(()),
        }
    }

    /// All rows, to be written or shown.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn finish(self) -> io::Result<WrittenRows> {
        let text = match self.0 {
            Form::Csv { out, .. } => out.into_inner().map_err(csv::IntoInnerError::into_error)?,
            Form::Json(rows) => rows.into_spool()?,
            Form::Shown { shown, .. } => return Ok(WrittenRows { shown, text: None }),
            Form::None => return Ok(WrittenRows { shown: Shown::default(), text: None }),
        };
        Ok(WrittenRows { shown: Shown::default(), text: Some(RefCell::new(text)) })
    }
}

/// The rows of all lines.
pub struct WrittenRows {
    pub(super) shown: Shown,
    text: Option<RefCell<Box<dyn Spool>>>,
}

impl WrittenRows {
    /// Writes the rows of a CSV with their heading.
    pub(super) fn copy(&self, out: &mut dyn Write) -> io::Result<()> {
        self.again()?.map_or(Ok(()), |mut text| io::copy(&mut text, out).map(drop))
    }

    /// The rows of an object, one by one.
    pub(super) fn each(&self) -> Box<dyn Iterator<Item = WrittenLine> + '_> {
        match self.again() {
            Ok(text) => Box::new(text.into_iter().flat_map(spooled::rows)),
            Err(error) => Box::new(std::iter::once(WrittenLine(Err(error)))),
        }
    }

    fn again(&self) -> io::Result<Option<Again<'_>>> {
        let Some(text) = &self.text else { return Ok(None) };
        let mut text = text.borrow_mut();
        text.seek(SeekFrom::Start(0))?;
        Ok(Some(Again(text)))
    }
}

/// A spool that is read again.
struct Again<'a>(RefMut<'a, Box<dyn Spool>>);

impl Read for Again<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows")
    }
}

impl fmt::Debug for WrittenRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrittenRows").field("shown", &self.shown).finish_non_exhaustive()
    }
}
