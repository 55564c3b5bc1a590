//! A workbook (.xlsx, .ods) → its sheets as cells.
//!
//! `calamine` reads both kinds; what it would allocate is counted before, by [`packed`].

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, Reader, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata,
    open_workbook_from_rs,
};
use chrono::NaiveDate;

use super::CellKind;
use super::concealed;
use super::error::{WorkbookError, broken};
use super::packed::{self, Format};
use super::rendered::{Cells, Rendered};
use crate::input_limits::{CELL_CHARACTERS, SHEET_CELLS, SHEET_COLUMNS, VOLUME_BYTES};

/// A workbook with its sheets that say something, in their order.
#[derive(Debug)]
pub(crate) struct Workbook {
    /// The name of each, and what it holds.
    pub sheets: Vec<(String, Rendered)>,
    /// Which rows and columns that say something are hidden, by the name of their sheet: `rows 5, 6 and column C`.
    pub concealed: BTreeMap<String, String>,
    /// The names of sheets that are hidden, which are not read.
    pub hidden: Vec<String>,
}

/// Whether bytes begin as a packed file does, which a workbook is.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl Workbook {
    /// Reads a workbook; which kind it is, its content says.
    ///
    /// # Errors
    /// What is wrong with it, or the limit that it is above.
    pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, WorkbookError> {
        let format = packed::format(bytes)?;
        let read = match format {
            Format::Xlsx => of_xlsx,
            Format::Ods => of_ods,
        };
        // Addresses of cells beyond all columns overflow within the reader.
        let fails = |_| WorkbookError::Broken("its reader fails on an address in it".to_owned());
        let mut book = std::panic::catch_unwind(|| read(bytes)).map_err(fails)??;
        let concealed = concealed::of(bytes, format)?;
        let said = book
            .sheets
            .iter()
            .filter_map(|(name, sheet)| Some((name.clone(), sheet.said_of(concealed.get(name)?)?)));
        book.concealed = said.collect();
        Ok(book)
    }
}

fn of_xlsx(bytes: &[u8]) -> Result<Workbook, WorkbookError> {
    let mut book: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(broken::<XlsxError>)?;
    let (names, hidden) = names(&book);
    let mut sheets = Vec::new();
    for name in names {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of a chart has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken(error)),
        };
        let mut sheet = Sheet::default();
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            let value = match (cell.value, cell.formula) {
                (DataRef::Empty, Some(XlsxFormulaMetadata::Normal { formula })) => {
                    Data::String(format!("={formula}"))
                }
                (DataRef::Empty, Some(_)) => Data::String("=…".into()),
                (value, _) => Data::from(value),
            };
            sheet.add(cell.pos, &value)?;
        }
        sheets.push((name, Rendered::of(&sheet.cells)?));
    }
    Ok(Workbook { sheets: with_cells(sheets), concealed: BTreeMap::new(), hidden })
}

fn of_ods(bytes: &[u8]) -> Result<Workbook, WorkbookError> {
    let mut book: Ods<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let (names, hidden) = names(&book);
    let mut sheets = Vec::new();
    for name in names {
        let (range, formulas) = (
            book.worksheet_range(&name).map_err(broken)?,
            book.worksheet_formula(&name).map_err(broken)?,
        );
        let mut sheet = Sheet::default();
        let (row, column) = range.start().unwrap_or_default();
        for (at_row, at_column, value) in range.used_cells() {
            sheet.add((row + at_row as u32, column + at_column as u32), value)?;
        }
        let (row, column) = formulas.start().unwrap_or_default();
        for (at_row, at_column, formula) in formulas.used_cells() {
            let at = (row + at_row as u32, column + at_column as u32);
            if !formula.is_empty() && range.get_value(at).is_none_or(|value| *value == Data::Empty)
            {
                sheet.add(at, &Data::String(format!("={formula}")))?;
            }
        }
        sheets.push((name, Rendered::of(&sheet.cells)?));
    }
    Ok(Workbook { sheets: with_cells(sheets), concealed: BTreeMap::new(), hidden })
}

/// The names of the sheets that are shown, and of those that are not.
fn names<'b, R: Reader<Cursor<&'b [u8]>>>(book: &R) -> (Vec<String>, Vec<String>) {
    let sheets = book.sheets_metadata();
    let (shown, hidden): (Vec<_>, Vec<_>) =
        sheets.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&calamine::Sheet>| sheets.iter().map(|it| it.name.clone()).collect();
    (names(shown), names(hidden))
}

fn with_cells(sheets: Vec<(String, Rendered)>) -> Vec<(String, Rendered)> {
    sheets.into_iter().filter(|(_, sheet)| !sheet.text.trim().is_empty()).collect()
}

/// A sheet that is being read.
#[derive(Default)]
struct Sheet {
    cells: Cells,
    count: usize,
    bytes: usize,
}

impl Sheet {
    fn add(&mut self, (row, column): (u32, u32), value: &Data) -> Result<(), WorkbookError> {
        let Some((text, kind)) = said(value)? else { return Ok(()) };
        self.count += 1;
        self.bytes += text.len();
        SHEET_COLUMNS.holds(column as usize + 1)?;
        SHEET_CELLS.holds(self.count)?;
        VOLUME_BYTES.holds(self.bytes)?;
        self.cells.entry(row).or_default().insert(column, (text, kind));
        Ok(())
    }
}

/// What a cell says as text, and what kind of it; nothing of an empty one.
fn said(value: &Data) -> Result<Option<(String, CellKind)>, WorkbookError> {
    let found = match value {
        Data::Empty => return Ok(None),
        Data::String(text) => {
            CELL_CHARACTERS.holds(text.chars().count())?;
            // A line break within a cell begins no row.
            (text.replace(['\n', '\r'], " ").trim().to_owned(), CellKind::Text)
        }
        Data::Float(number) => number_text(*number),
        Data::Int(number) => (number.to_string(), CellKind::Number),
        Data::Bool(truth) => (truth.to_string(), CellKind::Text),
        Data::DateTime(date) if date.is_datetime() => day(date),
        Data::DateTime(duration) => hours(duration),
        Data::DateTimeIso(text) => (text.get(..10).unwrap_or(text).to_owned(), CellKind::Day),
        Data::DurationIso(text) => (text.clone(), CellKind::Duration),
        Data::Error(error) => (error.to_string(), CellKind::Error),
    };
    Ok(Some(found).filter(|(text, _)| !text.is_empty()))
}

/// The shortest decimal that is this double: what was typed, of up to 15 digits.
fn number_text(number: f64) -> (String, CellKind) {
    match number.is_finite() {
        true => (number.to_string(), CellKind::Number),
        false => ("a number that is not finite".to_owned(), CellKind::Error),
    }
}

/// The day of a date, whatever its time, as YYYY-MM-DD.
fn day(date: &ExcelDateTime) -> (String, CellKind) {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let found = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    // Day 60 of Excel is 29 February 1900, which never was.
    found.map_or_else(
        || (format!("{year}-{month:02}-{day:02}"), CellKind::Error),
        |day| (day.format("%Y-%m-%d").to_string(), CellKind::Day),
    )
}

/// A duration as its format shows it: 1 is 24:00:00.
fn hours(duration: &ExcelDateTime) -> (String, CellKind) {
    // Shown and never counted with.
    let seconds = (duration.as_f64() * 86_400.0).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let [hours, minutes, seconds] =
        [seconds / 3600, seconds / 60 % 60, seconds % 60].map(i64::unsigned_abs);
    (format!("{sign}{hours}:{minutes:02}:{seconds:02}"), CellKind::Duration)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn a_double_is_the_shortest_decimal_that_gives_it_back() {
        let text = |number: f64| number_text(number).0;
        assert_eq!(text(12_000.0), "12000");
        assert_eq!(text(0.7), "0.7");
        // 0.1 + 0.2 is another double than 0.3, and says so.
        assert_eq!(text(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(text(1e21), "1000000000000000000000");
        assert_eq!(number_text(f64::NAN).1, CellKind::Error);
    }

    #[test]
    fn a_duration_is_no_number() {
        let of = |serial| hours(&ExcelDateTime::new(serial, ExcelDateTimeType::TimeDelta, false));
        assert_eq!(of(1.0), ("24:00:00".to_owned(), CellKind::Duration));
        assert_eq!(of(500.5).0, "12012:00:00");
        assert_eq!(of(-0.0625).0, "-1:30:00");
    }

    #[test]
    fn a_date_is_the_day_of_its_calendar() {
        let of = |serial, is_1904| {
            day(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904))
        };
        assert_eq!(of(46_388.0, false), ("2027-01-01".to_owned(), CellKind::Day));
        // The calendar of 1904 begins 1,462 days later.
        assert_eq!(of(44_926.5, true), ("2027-01-01".to_owned(), CellKind::Day));
        assert_eq!(of(60.0, false).1, CellKind::Error);
    }
}
