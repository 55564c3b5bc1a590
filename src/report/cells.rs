//! Cells as people read them, the same in every format for people.

use super::number;
use super::sheet::{Cell, Sheet, plain};

/// The decimal places that the amounts of each column share.
pub(super) fn column_places(sheet: &Sheet) -> Vec<u32> {
    let amounts_of = |index: usize| {
        let cells = sheet.rows.iter().chain(&sheet.total).filter_map(move |row| row.get(index));
        cells.filter_map(|cell| match cell {
            Cell::Money(figure) => Some(number::shown_amounts(figure).collect::<Vec<_>>()),
            _ => None,
        })
    };
    sheet
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| number::places(amounts_of(index).flatten()).min(column.most_places))
        .collect()
}

/// A cell for people, at the places of its column.
pub(super) fn cell_text(cell: &Cell, places: u32) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Missing(word) => (*word).to_owned(),
        Cell::Text(text) => plain(text).into_owned(),
        Cell::Count(count) => number::count_figure(count),
        Cell::Money(amount) => number::dollar_cell(amount, places),
        Cell::UnitPrice(price, per, unit) => number::unit_price(*price, *per, unit),
        Cell::Ratio(ratio) => number::ratio(*ratio),
        Cell::Change(share) => number::change(*share),
        Cell::Quantity(figure) => number::quantity_figure(figure),
    }
}
