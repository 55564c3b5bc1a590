//! CSV text, as spreadsheets save it → cells with their places.
//!
//! `csv-core` is the parser inside the `csv` crate. It goes cell by cell, so that the place of each is
//! known; the crate around it tells only where a row begins.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::ops::Range;

use super::{Cell, Row};
use crate::input_limits::{InputLimit, SHEET_CELLS, SHEET_COLUMNS};

/// The rows of a text, separated by what its first line is separated by: its header and so many more.
///
/// # Errors
/// The limit that the text is above: of rows, of the cells of a row, or of all cells.
pub(crate) fn rows<'t>(
    text: &'t str,
    most: &'static InputLimit,
) -> Result<Vec<Row<'t>>, &'static InputLimit> {
    // Spreadsheets begin a UTF-8 file with a byte order mark.
    let from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    rows_from(text, from, separator(&text[from..]), most)
}

/// The rows of a text from a place on, as [`rows`] has them.
///
/// # Errors
/// As those of [`rows`].
pub(crate) fn rows_from<'t>(
    text: &'t str,
    from: usize,
    separator: u8,
    most: &'static InputLimit,
) -> Result<Vec<Row<'t>>, &'static InputLimit> {
    let mut rows = Vec::new();
    let mut count = 0;
    for row in each_row(text, from, separator) {
        let row = row?;
        most.holds(rows.len())?;
        count += row.cells.len();
        SHEET_CELLS.holds(count)?;
        rows.push(row);
    }
    Ok(rows)
}

/// The rows of a text from a place on, one by one: only one of them is held. After a row that is above a limit there is no
/// other.
pub(crate) fn each_row(
    text: &str,
    from: usize,
    separator: u8,
) -> impl Iterator<Item = Result<Row<'_>, &'static InputLimit>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut at, mut line, mut counted_to) = (from, 1 + text[..from].matches('\n').count(), from);
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let cells = match cells(&mut reader, text, &mut at) {
            Ok(cells) => cells?,
            Err(limit) => {
                is_over = true;
                return Some(Err(limit));
            }
        };
        let start = cells.first().map_or(at, |cell| cell.at.start);
        line += text[counted_to..start].matches('\n').count();
        // Line breaks within the cells of a row begin no other.
        counted_to = cells.last().map_or(at, |cell| cell.at.end);
        Some(Ok(Row { number: line, cells, is_of_workbook: false }))
    })
}

/// A comma, unless the header has none and shows another mark.
pub(crate) fn separator(text: &str) -> u8 {
    of_header(text.lines().next().unwrap_or_default())
}

/// What separates the cells of a line: a comma, unless it has none and shows another mark.
pub(crate) fn of_header(header: &str) -> u8 {
    match (header.contains(','), header.contains(';'), header.contains('\t')) {
        (false, true, _) => b';',
        (false, false, true) => b'\t',
        _ => b',',
    }
}

/// The cells of the next row.
fn cells<'t>(
    reader: &mut Reader,
    text: &'t str,
    at: &mut usize,
) -> Result<Option<Vec<Cell<'t>>>, &'static InputLimit> {
    let mut cells = Vec::new();
    let (mut start, mut value, mut buffer) = (*at, Vec::new(), [0; 1024]);
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[*at..], &mut buffer);
        *at += read;
        value.extend_from_slice(&buffer[..written]);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return Ok(None),
            ReadFieldResult::Field { record_end } => {
                let at_place = place(text, start..*at, cells.is_empty(), record_end);
                cells.push(Cell::of(text, at_place, &value));
                value.clear();
                SHEET_COLUMNS.holds(cells.len())?;
                start = *at;
                if record_end {
                    return Ok(Some(cells));
                }
            }
        }
    }
}

/// A cell's bytes without the marks around it: line breaks before its row, and what ends it. The line break
/// that is read with an empty last cell ends it.
fn place(text: &str, read: Range<usize>, first: bool, record_end: bool) -> Range<usize> {
    let raw = &text[read.clone()];
    let own = if first { raw.trim_start_matches(['\r', '\n']) } else { raw };
    let start = read.start + (raw.len() - own.len());
    let has_end = raw.ends_with(['\r', '\n']) || (!record_end && !raw.is_empty());
    start..(read.end - usize::from(has_end)).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input_limits::LOG_ROWS;

    #[test]
    fn every_cell_knows_its_row_and_its_place() {
        let text = "\u{feff}workload,2027-01\r\n\r\n\"poster, \"\"big\"\"\",5\r\nicon,";
        let rows = rows(text, &LOG_ROWS).expect("few rows");
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
    fn rows_are_counted_where_the_last_cells_are_empty() {
        let rows = rows("a,b\n1,\n2,\r\n3,\n\n4,5\n", &LOG_ROWS).expect("few rows");
        let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 6]);
    }

    #[test]
    fn a_cell_of_several_lines_is_in_one_row_and_an_open_quote_is_noticed() {
        let text = "a,b\n\"one\ntwo\",3\r\n\n4,\"five\n6,7\n";
        let rows = rows(text, &LOG_ROWS).expect("few rows");
        let shown: Vec<_> = rows.iter().map(|row| (row.number, row.is_open(text))).collect();
        assert_eq!(shown, [(1, false), (2, false), (4, true)]);
    }

    #[test]
    fn semicolons_separate_where_the_header_has_no_comma() {
        let rows = rows("workload;2027-01\nposter;1,5\n", &LOG_ROWS).expect("few rows");
        assert_eq!(rows[1].cells[1].value, "1,5");
    }

    #[test]
    fn what_is_above_a_limit_names_it() {
        static TWO: InputLimit = InputLimit { most: 2, of: "rows", help: "fewer" };
        let limit = |text: &str| rows(text, &TWO).err().map(|limit| limit.of);
        assert_eq!(limit("header\n1\n2\n"), None);
        assert_eq!(limit("header\n1\n2\n3\n"), Some("rows"));
        assert_eq!(limit(&",".repeat(16_383)), None);
        assert_eq!(limit(&",".repeat(16_384)), Some(SHEET_COLUMNS.of));
    }
}
