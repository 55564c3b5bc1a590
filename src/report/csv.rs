//! CSV for spreadsheets: raw numbers at full precision, no totals, an empty cell where unknown.
//!
//! A column of figures becomes five: the exact value, its certainty, and low, expected and high.

use std::borrow::Cow;

use super::number::raw;
use super::sheet::{Cell, Column, Report, plain};
use crate::figure::{Certainty, Figure};

pub(super) fn render(report: &Report) -> String {
    let sheet = report.rows();
    let figures: Vec<bool> = (0..sheet.columns.len())
        .map(|index| sheet.rows.iter().any(|row| is_figure(row.get(index))))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        sheet.columns.iter().zip(&figures).flat_map(|(column, figure)| names(column, *figure));
    // Writing into memory cannot fail: every record has the same number of fields.
    let _ = writer.write_record(head);
    for row in &sheet.rows {
        for (cell, figure) in row.iter().zip(&figures) {
            write_cell(&mut writer, cell, *figure);
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
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
fn write_cell(writer: &mut csv::Writer<Vec<u8>>, cell: &Cell, figure: bool) {
    let mut write = |field: &str| {
        let _ = writer.write_field(field);
    };
    match cell {
        Cell::Empty | Cell::Missing(_) => write(""),
        Cell::Text(text) => write(&text_field(text)),
        Cell::UnitPrice(value, ..)
        | Cell::Ratio(value)
        | Cell::Change(value)
        | Cell::Number(value) => write(&raw(*value)),
        Cell::Count(count) => {
            return figure_fields(count, |count| count.to_string()).iter().for_each(|it| write(it));
        }
        Cell::Money(amount) | Cell::Quantity(amount) => {
            return figure_fields(amount, raw).iter().for_each(|it| write(it));
        }
    }
    if figure {
        (1..5).for_each(|_| write(""));
    }
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
fn text_field(text: &str) -> Cow<'_, str> {
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
            figure_fields(&Figure::unknown(7_u64, "not stated"), |count| count.to_string());
        assert_eq!(fields, ["", "unknown", "7", "", ""]);
        let fields =
            figure_fields(&Figure::unknown(0_u64, "not stated"), |count| count.to_string());
        assert_eq!(fields, ["", "unknown", "", "", ""]);
    }
}
