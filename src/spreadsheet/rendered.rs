//! A sheet of a workbook as text, a line a row, so that what is wrong in it is shown at its place as in any file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::concealed::Concealed;
use super::{Cell, CellKind, Row};
use crate::input_limits::{InputLimit, SHEET_CELLS, VOLUME_BYTES, VOLUME_ROWS};

/// What stands between two cells of a line.
const BETWEEN: &str = " | ";

/// The cells of a sheet that say something, by their rows and columns from 0.
pub(super) type Cells = BTreeMap<u32, BTreeMap<u32, (String, CellKind)>>;

/// A sheet as text, and where its cells stand in it.
#[derive(Debug, Clone)]
pub(crate) struct Rendered {
    /// The text: line 7 is row 7.
    pub text: Arc<str>,
    rows: Vec<Line>,
}

/// A row by its number from 1, and its cells by their places in the text.
#[derive(Debug, Clone)]
struct Line {
    number: usize,
    cells: Vec<(Range<usize>, CellKind)>,
}

impl Rendered {
    /// A sheet of these cells; each row has as many as the widest one.
    ///
    /// # Errors
    /// The limit that it is above.
    pub(super) fn of(cells: &Cells) -> Result<Rendered, &'static InputLimit> {
        let last = cells.values().filter_map(|row| row.keys().next_back()).max();
        let width = last.map_or(0, |last| *last as usize + 1);
        VOLUME_ROWS.holds(cells.len().saturating_sub(1))?;
        SHEET_CELLS.holds(cells.len().saturating_mul(width))?;
        let (mut text, mut rows, mut line) = (String::new(), Vec::new(), 0);
        for (row, cells) in cells {
            (line..*row).for_each(|_| text.push('\n'));
            line = *row;
            rows.push(Line { number: line as usize + 1, cells: line_of(cells, width, &mut text) });
            VOLUME_BYTES.holds(text.len())?;
        }
        Ok(Rendered { text: text.into(), rows })
    }

    /// The rows that are not blank.
    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let cell = |(at, kind): &(Range<usize>, CellKind)| Cell {
            value: Cow::Borrowed(&self.text[at.clone()]),
            at: at.clone(),
            kind: *kind,
        };
        let row = |line: &Line| Row {
            number: line.number,
            cells: line.cells.iter().map(cell).collect(),
            is_of_workbook: true,
        };
        self.rows.iter().map(row).collect()
    }

    /// The address of the cell that holds a byte of the text, such as D7; of a blank sheet A1.
    pub(crate) fn address(&self, at: usize) -> String {
        let starts_by = |line: &&Line| line.cells.first().is_none_or(|cell| cell.0.start <= at);
        let Some(line) = self.rows.iter().take_while(starts_by).last().or(self.rows.first()) else {
            return "A1".to_owned();
        };
        let column = line.cells.iter().take_while(|cell| cell.0.start <= at).count().max(1);
        format!("{}{}", letters(column), line.number)
    }

    /// Which of these rows and columns have a cell that says something, in words; nothing where none has.
    pub(super) fn said_of(&self, concealed: &Concealed) -> Option<String> {
        let rows = self.rows.iter().filter(|line| {
            let row = line.number as u32 - 1;
            concealed.rows.iter().any(|hidden| hidden.contains(&row))
        });
        let width = self.rows.first().map_or(0, |line| line.cells.len());
        let says = |column: &usize| self.rows.iter().any(|line| !line.cells[*column].0.is_empty());
        let is_hidden =
            |column: &usize| concealed.columns.iter().any(|it| it.contains(&(*column as u32)));
        let columns = (0..width).filter(is_hidden).filter(says).map(|column| letters(column + 1));
        let rows = named("row", rows.map(|line| line.number.to_string()).collect());
        let columns = named("column", columns.collect());
        let both: Vec<String> = rows.into_iter().chain(columns).collect();
        (!both.is_empty()).then(|| both.join(" and "))
    }
}

/// How many hidden rows or columns are named.
const MOST_NAMED: usize = 6;

/// `row 5`, `columns C, D`, `rows 4, 5, 6, 7, 8, 9 and 12 more`.
fn named(what: &str, all: Vec<String>) -> Option<String> {
    let s = if all.len() == 1 { "" } else { "s" };
    let first = all.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.len().checked_sub(MOST_NAMED) {
        _ if all.is_empty() => None,
        Some(more) if more > 0 => Some(format!("{what}{s} {first} and {more} more")),
        _ => Some(format!("{what}{s} {first}")),
    }
}

/// The letters of a column by its number from 1: A, Z, AA.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters.into_iter().rev().collect()
}

/// Writes a row, and says where its cells stand; what lies after the last one stands at the end of the line.
fn line_of(
    cells: &BTreeMap<u32, (String, CellKind)>,
    width: usize,
    text: &mut String,
) -> Vec<(Range<usize>, CellKind)> {
    let mut places = Vec::with_capacity(width);
    for (column, (value, kind)) in cells {
        while places.len() < *column as usize {
            places.push((text.len()..text.len(), CellKind::Text));
            text.push_str(BETWEEN);
        }
        let start = text.len();
        text.push_str(value);
        places.push((start..text.len(), *kind));
        if places.len() < width {
            text.push_str(BETWEEN);
        }
    }
    let end = text.len();
    places.resize(width, (end..end, CellKind::Text));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_the_text_is_at_the_address_of_its_cell() {
        let cell = |text: &str| (text.to_owned(), CellKind::Text);
        let mut cells = Cells::new();
        cells.insert(1, [(0, cell("workload")), (3, cell("2027-01"))].into());
        cells.insert(6, [(0, cell("posters")), (3, cell("many"))].into());
        let sheet = Rendered::of(&cells).expect("few cells");
        for (text, address) in
            [("workload", "A2"), ("2027", "D2"), ("posters", "A7"), ("many", "D7")]
        {
            let at = sheet.text.find(text).expect("a cell");
            assert_eq!(sheet.address(at), address, "{text}");
        }
        // A cell that says nothing has an address of its own.
        let blank = sheet.rows()[1].cells[2].at.start;
        assert_eq!(sheet.address(blank), "C7");
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let all = [1, 26, 27, 52, 53, 702, 703, 16_384].map(letters);
        assert_eq!(all, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn of_what_is_hidden_that_is_named_which_says_something() {
        let cell = || ("5".to_owned(), CellKind::Number);
        let mut cells = Cells::new();
        for row in 0..12 {
            cells.insert(row, [(0, cell()), (2, cell())].into());
        }
        let sheet = Rendered::of(&cells).expect("few cells");
        let said = |rows: Vec<_>, columns: Vec<_>| sheet.said_of(&Concealed { rows, columns });
        assert_eq!(said(vec![20..=1_048_575], vec![1..=1, 3..=16_383]), None, "blank ones");
        assert_eq!(said(vec![4..=4], vec![1..=2]), Some("row 5 and column C".into()));
        let many = said(vec![0..=0, 2..=9], vec![]);
        assert_eq!(many, Some("rows 1, 3, 4, 5, 6, 7 and 3 more".into()));
    }
}
