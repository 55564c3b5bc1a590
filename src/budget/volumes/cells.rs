//! CSV text → cells with their places.
//!
//! `csv-core` is the parser inside the `csv` crate. It goes cell by cell, so that the place of each is
//! known; the crate around it tells only where a row begins.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::ops::Range;

/// A row that is not blank in the text.
pub(super) struct Row {
    /// Its number in the spreadsheet, from 1.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
pub(super) struct Cell {
    /// What it says.
    pub value: String,
    /// Where it stands, quotes included.
    pub at: Range<usize>,
}

impl Row {
    /// Whether no cell says anything: spreadsheets save such rows below the last one.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.value.trim().is_empty())
    }

    /// A message with row and column.
    pub(super) fn message(&self, column: &str, what: String) -> String {
        format!("row {}, column `{column}`: {what}", self.number)
    }
}

/// More rows than asked for.
#[derive(Debug)]
pub(super) struct TooManyRows;

/// The rows of a text, separated by what its first line is separated by.
pub(super) fn rows(text: &str, most: usize) -> Result<Vec<Row>, TooManyRows> {
    // Spreadsheets begin a UTF-8 file with a byte order mark.
    let from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = ReaderBuilder::new().delimiter(separator(&text[from..])).build();
    let mut rows = Vec::new();
    let (mut at, mut line, mut counted_to) = (from, 1, from);
    loop {
        let Some(cells) = cells(&mut reader, text, &mut at) else { return Ok(rows) };
        if rows.len() == most {
            return Err(TooManyRows);
        }
        let start = cells.first().map_or(at, |cell| cell.at.start);
        line += text[counted_to..start].matches('\n').count();
        counted_to = start;
        rows.push(Row { number: line, cells });
    }
}

/// A comma, unless the header has none and shows another mark.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    match (header.contains(','), header.contains(';'), header.contains('\t')) {
        (false, true, _) => b';',
        (false, false, true) => b'\t',
        _ => b',',
    }
}

/// The cells of the next row.
fn cells(reader: &mut Reader, text: &str, at: &mut usize) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    let (mut start, mut value, mut buffer) = (*at, Vec::new(), [0; 1024]);
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[*at..], &mut buffer);
        *at += read;
        value.extend_from_slice(&buffer[..written]);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return None,
            ReadFieldResult::Field { record_end } => {
                let value = String::from_utf8_lossy(&std::mem::take(&mut value)).into_owned();
                cells.push(Cell { value, at: place(text, start..*at, record_end) });
                start = *at;
                if record_end {
                    return Some(cells);
                }
            }
        }
    }
}

/// A cell's bytes without the marks around it: line breaks before its row, and what ends it.
fn place(text: &str, read: Range<usize>, record_end: bool) -> Range<usize> {
    let raw = &text[read.clone()];
    let start = read.start + (raw.len() - raw.trim_start_matches(['\r', '\n']).len());
    let has_end = raw.ends_with(['\r', '\n']) || (!record_end && !raw.is_empty());
    start..(read.end - usize::from(has_end)).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_knows_its_row_and_its_place() {
        let text = "\u{feff}workload,2027-01\r\n\r\n\"poster, \"\"big\"\"\",5\r\nicon,";
        let rows = rows(text, 9).expect("few rows");
        let shown: Vec<_> = rows
            .iter()
            .flat_map(|row| {
                row.cells.iter().map(|it| (row.number, &*it.value, &text[it.at.clone()]))
            })
            .collect();
        let expected = [
            (1, "workload", "workload"),
            (1, "2027-01", "2027-01"),
            (3, "poster, \"big\"", "\"poster, \"\"big\"\"\""),
            (3, "5", "5"),
            (4, "icon", "icon"),
            (4, "", ""),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn semicolons_separate_where_the_header_has_no_comma() {
        let rows = rows("workload;2027-01\nposter;1,5\n", 9).expect("few rows");
        assert_eq!(rows[1].cells[1].value, "1,5");
        assert!(super::rows("a\nb\nc\n", 2).is_err());
    }
}
