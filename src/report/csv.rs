//! CSV for spreadsheets: raw numbers at full precision, no totals, an empty cell where unknown.
//!
//! A column of figures becomes five: the exact value, its certainty, and low, expected and high.

use super::number::raw;
use super::sheet::{Cell, Column, Report, plain};
use crate::figure::{Certainty, Figure};

pub(super) fn render(report: &Report) -> String {
    let sheet = &report.rows;
    let figures: Vec<bool> = (0..sheet.columns.len())
        .map(|index| sheet.rows.iter().any(|row| is_figure(row.get(index))))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        sheet.columns.iter().zip(&figures).flat_map(|(column, figure)| names(column, *figure));
    // Writing into memory cannot fail: every record has the same number of fields.
    let _ = writer.write_record(head);
    for row in &sheet.rows {
        let fields = row.iter().zip(&figures).flat_map(|(cell, figure)| fields(cell, *figure));
        let _ = writer.write_record(fields);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
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

fn fields(cell: &Cell, figure: bool) -> Vec<String> {
    let fields = match cell {
        Cell::Empty | Cell::Missing(_) => vec![String::new()],
        Cell::Text(text) => vec![text_field(text)],
        Cell::UnitPrice(value, ..)
        | Cell::Ratio(value)
        | Cell::Change(value)
        | Cell::Number(value) => vec![raw(*value)],
        Cell::Count(count) => figure_fields(count, |count| count.to_string()),
        Cell::Money(amount) | Cell::Quantity(amount) => figure_fields(amount, raw),
    };
    let width = if figure { 5 } else { 1 };
    fields.into_iter().chain(std::iter::repeat(String::new())).take(width).collect()
}

fn figure_fields<T: Copy + PartialEq>(
    figure: &Figure<T>,
    text: impl Fn(T) -> String,
) -> Vec<String> {
    let optional = |value: Option<T>| value.map_or_else(String::new, &text);
    // The known part of an unknown is a lower bound, not its value: it stands under low.
    let known = figure.certainty() != Certainty::Unknown || text(figure.low()) != "0";
    vec![
        optional(figure.exact()),
        figure.certainty().as_str().to_owned(),
        optional(known.then(|| figure.low())),
        optional(figure.expected()),
        optional(figure.high()),
    ]
}

/// Text that a spreadsheet takes as text: what it would read as a formula gets a leading apostrophe.
fn text_field(text: &str) -> String {
    let text = plain(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
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
