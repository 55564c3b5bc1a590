//! What a workbook would unpack to, counted before it is read: a file of a few kilobytes may say that it has millions of cells.
//!
//! Each part is unpacked once, within a bound for all of them. Of the parts whose reader makes room for what they announce,
//! what they announce is held to what they have.

use std::fmt::Display;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::error::{WorkbookError, broken};
use crate::input_limits::{
    SHEET_CELLS, SHEET_COLUMNS, VOLUME_ROWS, WORKBOOK_BYTES, WORKBOOK_PARTS,
};

/// The kinds of workbooks that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

/// The kind of a workbook whose parts are within bounds.
///
/// # Errors
/// The limit that it is above, or why it is no workbook.
pub(super) fn format(bytes: &[u8]) -> Result<Format, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    WORKBOOK_PARTS.holds(archive.len())?;
    let (mut format, mut unpacked) = (None, 0);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_lowercase();
        let left = WORKBOOK_BYTES.most - unpacked;
        let mut text = Vec::new();
        let read = part.by_ref().take(left + 1).read_to_end(&mut text);
        read.map_err(|error| broken(format_args!("{name}: {error}")))?;
        WORKBOOK_BYTES.holds((unpacked as usize).saturating_add(text.len()))?;
        unpacked += text.len() as u64;
        if name.ends_with(".xml") || name.ends_with(".rels") {
            check_closed(&text, &name)?;
        }
        match &*name {
            "xl/workbook.xml" => format = Some(Format::Xlsx),
            "mimetype" if text.ends_with(b"opendocument.spreadsheet") => format = Some(Format::Ods),
            "content.xml" => count_ods(&text)?,
            _ if name.ends_with(".xml") => check_announced(&text)?,
            _ => {}
        }
    }
    format.ok_or_else(|| WorkbookError::Broken("it is neither .xlsx nor .ods".into()))
}

/// That each element of a part is closed, by its own name: behind the end of one that is not, the reader of .ods looks for it
/// without end.
fn check_closed(text: &[u8], name: &str) -> Result<(), WorkbookError> {
    let broken = |why: &dyn Display| broken(format_args!("{name}: {why}"));
    let mut reader = Reader::from_reader(text);
    let (mut buffer, mut open) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| broken(&error))? {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => return Err(broken(&"it ends within an element")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Reads a part element by element, as the reader of workbooks does.
pub(super) fn each(
    text: &[u8],
    mut see: impl FnMut(&Event) -> Result<bool, WorkbookError>,
) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_reader(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            // What is no XML, its reader says better.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(event) if see(&event)? => {}
            Ok(_) => return Ok(()),
        }
    }
}

pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut all = element.attributes();
    all.with_checks(false);
    all.flatten().find(|it| it.key.as_ref() == name).map(|it| it.value.into_owned())
}

/// The shared strings of .xlsx say how many they are, and room is made for so many.
fn check_announced(text: &[u8]) -> Result<(), WorkbookError> {
    each(text, |event| {
        let Event::Start(element) = event else { return Ok(true) };
        if element.local_name().as_ref() != "sst" {
            return Ok(false);
        }
        let announced = attribute(element, "uniqueCount").and_then(|it| it.parse::<usize>().ok());
        // Each takes five bytes at least: <si/>.
        match announced.filter(|count| *count > text.len() / 5) {
            Some(_) => Err(WorkbookError::Broken("it has fewer strings than it says".into())),
            None => Ok(false),
        }
    })
}

/// Cells and rows of .ods say how many times they stand, and each is made as often.
fn count_ods(text: &[u8]) -> Result<(), WorkbookError> {
    let mut table = Table::default();
    each(text, |event| {
        match event {
            Event::Start(element) => match element.name().as_ref() {
                "table:table" => table = Table { bytes: table.bytes, ..Table::default() },
                "table:table-row" => table.row(repeats(element, "table:number-rows-repeated")),
                "table:table-cell" | "table:covered-table-cell" => table.cell(element)?,
                _ => table.content(0),
            },
            Event::Text(content) => table.content(content.len()),
            Event::End(element) if element.name().as_ref() == "table:table-row" => {
                table.end_row()?
            }
            _ => {}
        }
        Ok(true)
    })
}

fn repeats(element: &BytesStart, name: &str) -> usize {
    attribute(element, name).map_or(1, |count| count.trim().parse().unwrap_or(usize::MAX)).max(1)
}

/// How far a table of .ods reaches when each cell and row is made as often as it stands.
#[derive(Default)]
struct Table {
    rows: usize,
    width: usize,
    bytes: usize,
    /// Of the row: how many times it stands, its columns up to the last that says something, and those behind it.
    repeats: usize,
    columns: usize,
    behind: usize,
    /// Of rows: those that say nothing behind the last that does.
    blank: usize,
    /// Of the cell: how many times it stands, and whether it was found to say something.
    times: usize,
    says: bool,
}

impl Table {
    fn row(&mut self, repeats: usize) {
        (self.repeats, self.columns, self.behind, self.times) = (repeats, 0, 0, 0);
    }

    fn cell(&mut self, element: &BytesStart) -> Result<(), WorkbookError> {
        self.times = repeats(element, "table:number-columns-repeated");
        self.behind = self.behind.saturating_add(self.times);
        self.says = false;
        let mut all = element.attributes();
        all.with_checks(false);
        let is_value = |name: &str| name.starts_with("office:") || name == "table:formula";
        let values = all.flatten().filter(|it| is_value(it.key.as_ref())).map(|it| it.value.len());
        let values: Vec<usize> = values.collect();
        if !values.is_empty() {
            self.content(values.iter().sum());
        }
        SHEET_COLUMNS.holds(self.columns).map_err(WorkbookError::from)
    }

    /// The cell says something of so many bytes.
    fn content(&mut self, bytes: usize) {
        if self.times == 0 {
            return;
        }
        if !self.says {
            self.says = true;
            self.columns = self.columns.saturating_add(self.behind);
            self.behind = 0;
        }
        let made = self.times.saturating_mul(self.repeats).saturating_mul(bytes);
        self.bytes = self.bytes.saturating_add(made);
    }

    fn end_row(&mut self) -> Result<(), WorkbookError> {
        self.times = 0;
        if self.columns == 0 {
            self.blank = self.blank.saturating_add(self.repeats);
            return Ok(());
        }
        self.rows = self.rows.saturating_add(self.blank).saturating_add(self.repeats);
        self.blank = 0;
        self.width = self.width.max(self.columns);
        SHEET_COLUMNS.holds(self.columns)?;
        VOLUME_ROWS.holds(self.rows)?;
        SHEET_CELLS.holds(self.rows.saturating_mul(self.width))?;
        Ok(WORKBOOK_BYTES.holds(self.bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(rows: &str) -> Result<(), WorkbookError> {
        count_ods(format!("<a><table:table>{rows}</table:table></a>").as_bytes())
    }

    fn is_refused(rows: &str) -> bool {
        matches!(content(rows), Err(WorkbookError::Limit(_)))
    }

    #[test]
    fn what_is_made_many_times_counts_as_often() {
        let row = |times: u32, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>"
            )
        };
        let cell = |times: u32, value: &str| {
            format!("<table:table-cell table:number-columns-repeated=\"{times}\" {value}/>")
        };
        let five = "office:value=\"5\"";
        // What LibreOffice writes behind the last cell and row makes none.
        let usual =
            row(1, &(cell(2, five) + &cell(16_000, ""))) + &row(1_048_000, &cell(16_384, ""));
        assert!(content(&usual).is_ok());
        assert!(is_refused(&row(1, &cell(16_385, five))), "columns");
        assert!(is_refused(&row(10_001, &cell(1, five))), "rows");
        assert!(
            is_refused(&(row(10_001, &cell(1, "")) + &row(1, &cell(1, five)))),
            "blank rows before one"
        );
        assert!(is_refused(&row(1_000, &cell(4_001, five))), "1,000 times 4,001 cells");
        assert!(
            is_refused(&row(1, &(cell(16_384, "") + &cell(1, five)))),
            "blank columns before one"
        );
        assert!(
            is_refused(&row(
                1_000,
                &cell(4_000, &format!("office:string-value=\"{}\"", "x".repeat(20)))
            )),
            "bytes"
        );
    }

    #[test]
    fn a_part_that_ends_within_an_element_is_refused() {
        assert!(check_closed(b"<a><b/><c>1</c></a>", "content.xml").is_ok());
        for text in ["<a><b>", "<a><b></a>", "<a></b></a>", "<a"] {
            assert!(check_closed(text.as_bytes(), "content.xml").is_err(), "{text}");
        }
    }

    #[test]
    fn strings_that_are_only_announced_get_no_room() {
        let sst = |count: u64| format!("<sst uniqueCount=\"{count}\"><si/><si/></sst>");
        assert!(check_announced(sst(2).as_bytes()).is_ok());
        assert!(check_announced(sst(1 << 60).as_bytes()).is_err());
    }
}
