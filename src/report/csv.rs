//! CSV for spreadsheets: raw numbers at full precision, no totals, an empty cell where unknown.
//!
//! A column of figures becomes five: the exact value, its certainty, and low, expected and high.

use std::borrow::Cow;
use std::io::{self, Write};

use super::number::raw;
use super::sheet::{Cell, Column, Sheet, plain};
use crate::figure::{Certainty, Figure};

/// Why nothing more could be written: a closed pipe stays one, whatever the writer wraps it in.
pub(super) fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes the rows of a sheet.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    write_rows(sheet, out).map_err(unwrapped)
}

fn write_rows(sheet: &Sheet, out: &mut dyn Write) -> csv::Result<()> {
    let figures: Vec<bool> = (0..sheet.columns.len())
        .map(|index| sheet.rows.iter().any(|row| is_figure(row.get(index))))
        .collect();
    let mut writer = csv::Writer::from_writer(out);
    let head =
        sheet.columns.iter().zip(&figures).flat_map(|(column, figure)| names(column, *figure));
    writer.write_record(head)?;
    for row in &sheet.rows {
        for (cell, figure) in row.iter().zip(&figures) {
            write_cell(&mut writer, cell, *figure)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

fn is_figure(cell: Option<&Cell>) -> bool {
    matches!(cell, Some(Cell::Count(_) | Cell::Money(_) | Cell::Quantity(_)))
}

fn names(column: &Column, figure: bool) -> Vec<String> {
    let key = &column.key;
    if figure {
        let ends = ["", "_certainty", "_low", "_expected", "_high"];
        return ends.into_iter().map(|end| format!("{key}{end}")).collect();
    }
    vec![key.to_string()]
}

/// The fields of a cell: five in a column of figures, of which others fill the first.
fn write_cell(
    writer: &mut csv::Writer<&mut dyn Write>,
    cell: &Cell,
    figure: bool,
) -> csv::Result<()> {
    match cell {
        Cell::Empty | Cell::Missing(_) => writer.write_field("")?,
        Cell::Text(text) => writer.write_field(&*text_field(text))?,
        Cell::UnitPrice(value, ..)
        | Cell::Ratio(value)
        | Cell::Change(value)
        | Cell::Number(value) => writer.write_field(raw(*value))?,
        Cell::Count(count) => {
            let fields = figure_fields(count, |count| count.to_string());
            return fields.iter().try_for_each(|field| writer.write_field(field));
        }
        Cell::Money(amount) | Cell::Quantity(amount) => {
            let fields = figure_fields(amount, raw);
            return fields.iter().try_for_each(|field| writer.write_field(field));
        }
    }
    let rest = if figure { 4 } else { 0 };
    (0..rest).try_for_each(|_| writer.write_field(""))
}

fn figure_fields<T: Copy + PartialEq>(
    figure: &Figure<T>,
    text: impl Fn(T) -> String,
) -> [String; 5] {
    let optional = |value: Option<T>| value.map_or_else(String::new, &text);
    // The known part of an unknown is a lower bound, not its value: it stands under low.
    let known = figure.certainty() != Certainty::Unknown || text(figure.low()) != "0";
    [
        optional(figure.exact()),
        figure.certainty().as_str().to_owned(),
        optional(known.then(|| figure.low())),
        optional(figure.expected()),
        optional(figure.high()),
    ]
}

/// Text that a spreadsheet takes as text: what it would read as a formula gets a leading apostrophe.
pub(super) fn text_field(text: &str) -> Cow<'_, str> {
    let text = plain(text);
    let as_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if as_formula { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_from_a_file_is_text() {
        assert_eq!(
            text_field("=HYPERLINK(\"http://example.com\")"),
            "'=HYPERLINK(\"http://example.com\")"
        );
        assert_eq!(text_field("gpt-image-2"), "gpt-image-2");
    }

    #[test]
    fn an_unknown_has_no_value_but_may_have_a_lower_bound() {
        let fields =
            figure_fields(&Figure::unknown(7_u64, crate::reason::Pricing::NotPriced), |count| {
                count.to_string()
            });
        assert_eq!(fields, ["", "unknown", "7", "", ""]);
        let fields =
            figure_fields(&Figure::unknown(0_u64, crate::reason::Pricing::NotPriced), |count| {
                count.to_string()
            });
        assert_eq!(fields, ["", "unknown", "", "", ""]);
    }
}
