//! A sheet of a workbook as text, a line a row, so that what is wrong in it is shown at its place as in any file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

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
        let row =
            |line: &Line| Row { number: line.number, cells: line.cells.iter().map(cell).collect() };
        self.rows.iter().map(row).collect()
    }
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
