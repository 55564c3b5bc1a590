//! A spreadsheet of volumes as it comes: CSV text, or the one sheet of a workbook that has volumes.

use std::sync::Arc;

use super::chosen::{Told, chosen};
use super::column::{self, Column};
use super::header;
use crate::errors::Errors;
use crate::input_limits::{InputLimit, VOLUME_BYTES, VOLUME_ROWS};
use crate::problem::{Place, Problem, ProblemCode, SheetCell};
use crate::shape;
use crate::spreadsheet::{self, Rendered, Row, Workbook, WorkbookError};

/// A spreadsheet, whose cells its file gives as text or typed.
#[derive(Debug, Clone)]
pub struct Sheet {
    text: Arc<str>,
    /// The cells of a workbook; a CSV is read from its text.
    typed: Option<Arc<Rendered>>,
    /// The name of a sheet of a workbook.
    name: Option<Arc<str>>,
    /// What is said of the workbook.
    pub(super) told: Vec<Told>,
}

impl Sheet {
    /// A spreadsheet that was saved as CSV.
    pub fn csv(text: &Arc<str>) -> Sheet {
        Sheet { text: text.clone(), typed: None, name: None, told: Vec::new() }
    }

    /// The sheet of a workbook (.xlsx or .ods) that names a column `workload`.
    ///
    /// # Errors
    /// A file that cannot be read or is above a limit, and one in which no sheet or several have volumes.
    pub fn workbook(file: &str, bytes: &[u8]) -> Result<Sheet, Errors<Problem>> {
        Sheet::of_workbook(file, bytes, None)
    }

    /// The sheet of a workbook that has this name, or that names a column `workload` where none is said.
    ///
    /// # Errors
    /// As those of [`Sheet::workbook`]; and a name that no sheet has.
    pub fn of_workbook(
        file: &str,
        bytes: &[u8],
        named: Option<&str>,
    ) -> Result<Sheet, Errors<Problem>> {
        let problem = |code, message: String, help: &str| {
            let help = help.to_owned().into();
            Errors(vec![Problem { code, message, place: Place::file(file), help }])
        };
        VOLUME_BYTES
            .holds(bytes.len())
            .map_err(|limit| Errors(vec![limit.problem(Place::file(file))]))?;
        let book = Workbook::read(bytes).map_err(|error| match error {
            WorkbookError::Limit(limit) => Errors(vec![limit.problem(Place::file(file))]),
            WorkbookError::Broken(why) => {
                let message = format!("the workbook cannot be read: {why}");
                problem(ProblemCode::Unreadable, message, "save it as .xlsx, .ods or CSV again")
            }
        })?;
        let (at, mut told) = chosen(&book, named)
            .map_err(|(message, help)| problem(ProblemCode::EitherOr, message, &help))?;
        let sheet = book.sheets.into_iter().nth(at);
        let (name, sheet) = sheet.ok_or_else(|| {
            let help = "the header names the columns: workload, route, size, quality, acceptance, 2027-01, …";
            problem(ProblemCode::Empty, "no sheet of the workbook has a row".into(), help)
        })?;
        told.extend(book.concealed.get(&name).cloned().map(|what| Told::HiddenAndRead { what }));
        let (text, name) = (sheet.text.clone(), Some(name.into()));
        Ok(Sheet { text, typed: Some(sheet.into()), name, told })
    }

    /// A place in its text, of a workbook with its sheet and cell.
    pub(super) fn placed(&self, place: Place) -> Place {
        match (&self.name, &self.typed) {
            (Some(sheet), Some(cells)) if place.text.is_some() => {
                let (sheet, address) = (Arc::clone(sheet), cells.address(place.span.start));
                place.in_cell(SheetCell { sheet, address })
            }
            _ => place,
        }
    }

    /// Whether it is a sheet of a workbook.
    pub fn is_of_workbook(&self) -> bool {
        self.typed.is_some()
    }

    /// Its text, as problems show it; that of a workbook has a line for each row.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The rows, from the first one.
    pub(super) fn rows(&self) -> Result<Vec<Row<'_>>, &'static InputLimit> {
        match &self.typed {
            Some(sheet) => Ok(sheet.rows()),
            None => {
                VOLUME_BYTES.holds(self.text.len())?;
                let (from, separator) = separated(&self.text);
                spreadsheet::rows_from(&self.text, from, separator, &VOLUME_ROWS)
            }
        }
    }
}

/// Where the rows of a CSV begin, and what separates its cells: what a first line `sep=;` says, as spreadsheets write it,
/// else what the header has.
fn separated(text: &str) -> (usize, u8) {
    let from = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[from..].lines().next().unwrap_or_default();
    if let Some([mark]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (from + first.len(), *mark);
    }
    let lines = || text[from..].lines().take(header::MOST_ABOVE);
    let names = |line: &str, mark: char| {
        let mut cells = line.split(mark).map(|cell| cell.trim().trim_matches('"'));
        cells.any(|cell| column::named(cell) == Some(Column::Workload))
    };
    let marks = [',', ';', '\t'];
    let of_header = lines()
        .find_map(|line| marks.into_iter().find(|mark| line.contains(*mark) && names(line, *mark)));
    if let Some(mark) = of_header {
        return (from, mark as u8);
    }
    let header = lines().find(|line| line.contains(marks));
    (from, spreadsheet::of_header(header.unwrap_or_default()))
}

/// The text of a plan, and its sheet where it came as a workbook; of UTF-16, which spreadsheets save as well, the text.
/// `named` is the sheet of a workbook that is meant, where that is said.
///
/// # Errors
/// Bytes that are no text, and what [`Sheet::of_workbook`] refuses.
pub fn plan_of(
    file: &str,
    bytes: Vec<u8>,
    named: Option<&str>,
) -> Result<(String, Option<Sheet>), Errors<Problem>> {
    if spreadsheet::is_workbook(&bytes) {
        let sheet = Sheet::of_workbook(file, &bytes, named)?;
        return Ok((sheet.text().to_string(), Some(sheet)));
    }
    if let Some(text) = shape::text_of_utf16(&bytes) {
        return Ok((text, None));
    }
    shape::text(bytes).map(|text| (text, None)).map_err(|other| {
        let (message, help) = (other.to_string(), other.help());
        let (code, place) = (ProblemCode::Unreadable, Place::file(file));
        Errors(vec![Problem { code, message, place, help }])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_separated_by_what_the_header_has_or_the_first_line_says() {
        let separator = |text: &str| separated(text).1;
        assert_eq!(separator("Plan, 2027\n\nworkload;2027-01\n"), b';');
        assert_eq!(separator("\u{feff}workload\t2027-01\n"), b'\t');
        assert_eq!(separator("sep=;\nworkload;2027-01\n"), b';');
        assert_eq!(separator("sep=|\r\nworkload|2027-01\n"), b'|');
        assert_eq!(separator("name;2027-01\n"), b';');
        // A title may hold marks and the word as well.
        assert_eq!(
            separator(
                "\"Volumes: a workload a row, a month a column\";;\n\nworkload;size;2027-01\n"
            ),
            b';'
        );
    }
}
