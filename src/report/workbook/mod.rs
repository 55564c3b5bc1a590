//! A workbook as values: sheets of cells, of which some are formulas with what they come to. What makes the file of it is
//! `write`, and knows no command.

pub(super) mod changes;
mod generic;
pub(super) mod limits;
mod styles;
pub(super) mod table;
mod words;
mod write;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub(super) use self::generic::of_blocks;
use self::words::Words;
pub(super) use self::write::write;

/// The double that is nearest, which is what a cell can hold. Nothing of imgcost is computed with it: it is written to a
/// cell, or says what a spreadsheet would come to.
pub(super) fn double(number: Decimal) -> f64 {
    // A double holds these whole numbers and powers of ten as they are, and one division rounds once.
    const WHOLE: i128 = 1 << 53;
    const TENS: u32 = 22;
    match number.mantissa() {
        digits if digits.abs() <= WHOLE && number.scale() <= TENS => {
            digits as f64 / 10_f64.powi(number.scale() as i32)
        }
        _ => number.to_string().parse().unwrap_or(f64::NAN),
    }
}

/// From how many rows on a sheet is written as it comes, and not kept in memory.
pub(super) const LONG: usize = 2_000;

/// A workbook.
#[derive(Default)]
pub(super) struct Book<'a> {
    /// Its sheets in order; the last one takes what is said of the whole.
    pub sheets: Vec<BookSheet<'a>>,
    /// Names of cells, each with what it stands for: `Summary!$B$4`.
    pub names: Vec<(String, String)>,
}

/// Sheets that recalculate, behind one of what people read.
#[derive(Default)]
pub(super) struct Reckoned<'a> {
    /// The sheets in order.
    pub sheets: Vec<BookSheet<'a>>,
    /// A chart over their cells for the first sheet, which gives it its place.
    pub chart: Option<BookChart>,
}

/// A sheet of a workbook.
pub(super) struct BookSheet<'a> {
    /// Its name, of at most 31 characters.
    pub name: &'static str,
    /// The widths of its columns in characters.
    pub widths: Vec<u16>,
    /// The row of the headings from 0, which stays in sight and on every page; rows below it can be filtered.
    pub header: Option<u32>,
    /// How many columns stay in sight.
    pub frozen: u16,
    /// Its rows in order, made as they are written.
    pub rows: Box<dyn Iterator<Item = Vec<BookCell>> + 'a>,
    /// Whether it has so many rows that they are not kept in memory.
    pub is_long: bool,
    /// Its charts.
    pub charts: Vec<BookChart>,
}

/// Columns by month, and lines above them.
pub(super) struct BookChart {
    /// What it shows.
    pub title: &'static str,
    /// Its place: row and column from 0.
    pub at: (u32, u16),
    /// The cells of its months.
    pub categories: String,
    /// The cells of each series of columns, with that of its name.
    pub columns: Vec<(String, String)>,
    /// The same for a line.
    pub line: Option<(String, String)>,
}

/// A cell and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BookCell {
    pub value: Value,
    pub style: Style,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Empty,
    /// Text, whatever it contains.
    Text(Words),
    /// A number, kept as the double that is nearest.
    Number(Decimal),
    /// A day.
    Day(NaiveDate),
    /// A formula without its `=`, and what it comes to.
    Formula(String, Come),
    /// An address that can be followed.
    Link(String),
}

/// What a formula comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Come {
    /// A number.
    Number(Decimal),
    /// Words, of which none show as a blank cell.
    Words(&'static str),
}

/// How a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Style {
    pub kind: Kind,
    pub role: Role,
}

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Text,
    Wrapped,
    Title,
    Heading,
    /// US dollars with cents.
    Usd,
    /// US dollars of a small thing, with as many places as it has.
    SmallUsd,
    /// A number of things.
    Count,
    /// A number that need not be whole.
    Quantity,
    Share,
    Month,
    Day,
    /// A word for how something stands, in a colour of its own.
    Status,
}

/// What a reader does with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// It is read.
    Plain,
    /// It may be changed: what follows from it is worked out again.
    Input,
    /// It does not follow when something is changed.
    Held,
    /// It adds up what stands above it.
    Total,
}

impl BookCell {
    pub(super) const EMPTY: BookCell =
        BookCell { value: Value::Empty, style: Style { kind: Kind::Text, role: Role::Plain } };

    fn of(value: Value, kind: Kind) -> BookCell {
        BookCell { value, style: Style { kind, role: Role::Plain } }
    }

    pub(super) fn text(text: impl Into<String>) -> BookCell {
        BookCell::of(Value::Text(Words::Own(text.into())), Kind::Text)
    }

    /// Text that many cells have.
    pub(super) fn shared(text: &Arc<str>) -> BookCell {
        BookCell::of(Value::Text(Words::Shared(text.clone())), Kind::Text)
    }

    /// Text of the program's own.
    pub(super) fn fixed(text: &'static str) -> BookCell {
        BookCell::of(Value::Text(Words::Fixed(text)), Kind::Text)
    }

    pub(super) fn wrapped(text: impl Into<String>) -> BookCell {
        BookCell::of(Value::Text(Words::Own(text.into())), Kind::Wrapped)
    }

    pub(super) fn title(text: impl Into<String>) -> BookCell {
        BookCell::of(Value::Text(Words::Own(text.into())), Kind::Title)
    }

    pub(super) fn heading(text: impl Into<String>) -> BookCell {
        BookCell::of(Value::Text(Words::Own(text.into())), Kind::Heading)
    }

    pub(super) fn number(number: Decimal, kind: Kind) -> BookCell {
        BookCell::of(Value::Number(number), kind)
    }

    /// A number, or a blank cell where there is none.
    pub(super) fn maybe(number: Option<Decimal>, kind: Kind) -> BookCell {
        number.map_or(BookCell::of(Value::Empty, kind), |number| BookCell::number(number, kind))
    }

    pub(super) fn day(day: NaiveDate, kind: Kind) -> BookCell {
        BookCell::of(Value::Day(day), kind)
    }

    /// A formula that comes to a number, or to nothing.
    pub(super) fn formula(text: String, comes_to: Option<Decimal>, kind: Kind) -> BookCell {
        let come = comes_to.map_or(Come::Words(""), Come::Number);
        BookCell::of(Value::Formula(text, come), kind)
    }

    /// A formula that comes to a word.
    pub(super) fn word(text: String, comes_to: &'static str) -> BookCell {
        BookCell::of(Value::Formula(text, Come::Words(comes_to)), Kind::Status)
    }

    pub(super) fn link(address: &str) -> BookCell {
        BookCell::of(Value::Link(address.to_owned()), Kind::Text)
    }

    /// The cell in a role.
    #[must_use]
    pub(super) fn with_role(self, role: Role) -> BookCell {
        BookCell { style: Style { role, ..self.style }, ..self }
    }
}

impl<'a> BookSheet<'a> {
    /// A sheet with the rows that it has.
    pub(super) fn new(name: &'static str, widths: &[u16], rows: Vec<Vec<BookCell>>) -> Self {
        BookSheet {
            name,
            widths: widths.to_vec(),
            header: None,
            frozen: 0,
            is_long: rows.len() > LONG,
            rows: Box::new(rows.into_iter()),
            charts: Vec::new(),
        }
    }

    /// A sheet of rows that are made as they are written, of which there are so many below those above.
    pub(super) fn made(
        (name, widths): (&'static str, &[u16]),
        above: Vec<Vec<BookCell>>,
        (count, rows): (usize, impl Iterator<Item = Vec<BookCell>> + 'a),
    ) -> Self {
        BookSheet {
            is_long: count > LONG,
            rows: Box::new(above.into_iter().chain(rows)),
            ..BookSheet::new(name, widths, Vec::new())
        }
    }

    /// The sheet with headings in a row and columns that stay in sight.
    pub(super) fn headed(self, header: u32, frozen: u16) -> Self {
        Self { header: Some(header), frozen, ..self }
    }
}

impl Book<'_> {
    /// Adds lines to the last sheet: what each is, and what it says.
    pub(super) fn say(&mut self, lines: Vec<(String, String)>) {
        let Some(last) = self.sheets.last_mut() else { return };
        let line = |(name, text)| vec![BookCell::text(name), BookCell::wrapped(text)];
        let before = std::mem::replace(&mut last.rows, Box::new(std::iter::empty()));
        last.rows = Box::new(before.chain(lines.into_iter().map(line)));
    }
}

/// The letters of a column, from 0.
pub(super) fn letters(column: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}

/// A cell that stays the same where a formula is copied: `$B$4`, of a row and a column from 0.
pub(super) fn fixed(row: u32, column: u16) -> String {
    let mut cell = String::with_capacity(12);
    put_fixed(&mut cell, row, column);
    cell
}

/// The same, behind what a text has.
pub(super) fn put_fixed(text: &mut String, row: u32, column: u16) {
    const LETTERS: u16 = 26;
    text.push('$');
    match u8::try_from(column).ok().filter(|it| u16::from(*it) < LETTERS) {
        Some(letter) => text.push(char::from(b'A' + letter)),
        None => text.push_str(&letters(column)),
    }
    text.push('$');
    text.push_str(&(row + 1).to_string());
}

/// The cells of a column from one row to another, both from 0.
pub(super) fn down(column: u16, [first, last]: [u32; 2]) -> String {
    format!("${0}${1}:${0}${2}", letters(column), first + 1, last + 1)
}

/// The text of a number of which a double keeps not every digit.
pub(super) fn exact_text(number: Decimal) -> Option<String> {
    let exact = number.normalize();
    let digits = exact.mantissa().unsigned_abs().checked_ilog10().map_or(1, |it| it + 1);
    (digits > 15).then(|| exact.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_more_than_15_digits_stands_beside_as_text() {
        let of = |text: &str| exact_text(Decimal::from_str_exact(text).expect("a decimal"));
        assert_eq!(of("903.085714285714"), None);
        assert_eq!(of("40135.785714285714"), Some("40135.785714285714".to_owned()));
        assert_eq!(of("1200.0000000000000000"), None, "zeros at the end are no digits");
    }

    #[test]
    fn cells_are_named_as_a_spreadsheet_does() {
        assert_eq!((fixed(3, 1), down(27, [4, 9])), ("$B$4".to_owned(), "$AB$5:$AB$10".to_owned()));
        assert_eq!((fixed(9, 25), fixed(9, 26)), ("$Z$10".to_owned(), "$AA$10".to_owned()));
    }

    #[test]
    fn the_nearest_double_is_that_of_the_digits() {
        for text in ["0.1", "-0.3", "903.085714285714", "0.2107200000000000001", "9007199254740993"]
        {
            let number = Decimal::from_str_exact(text).expect("a decimal");
            assert_eq!(double(number), text.parse::<f64>().expect("a double"), "{text}");
        }
    }
}
