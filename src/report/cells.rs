//! Cells as people read them, the same in every format for people.

use super::number::{self, Rounding};
use super::sheet::{Amounts, Cell, Column, Sheet, said};
use crate::catalog::locator::Locator;

/// How the amounts of each column are rounded.
pub(super) fn roundings(sheet: &Sheet) -> Vec<Rounding> {
    let amounts_of = |index: usize| {
        let cells = sheet.rows.iter().chain(&sheet.total).filter_map(move |row| row.get(index));
        cells.filter_map(|cell| match cell {
            Cell::Money(figure) => Some(number::shown_amounts(figure).collect::<Vec<_>>()),
            Cell::InCurrency(amount, _) => Some(vec![*amount]),
            _ => None,
        })
    };
    let rounding = |(index, column): (usize, &Column)| match column.amounts {
        Amounts::Each => Rounding::Each,
        Amounts::WholeDollars => Rounding::Places(0),
        Amounts::Lines => Rounding::Places(number::shared_places(amounts_of(index).flatten())),
    };
    sheet.columns.iter().enumerate().map(rounding).collect()
}

/// A cell for people, rounded as its column is.
pub(super) fn cell_text(cell: &Cell, rounding: Rounding) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Missing(word) => (*word).to_owned(),
        Cell::Text(text) => said(text).into_owned(),
        Cell::Count(count) => number::count_figure(count),
        Cell::Money(amount) => number::dollar_cell(amount, rounding),
        Cell::InCurrency(amount, code) => number::amount_in_at(code, *amount, rounding),
        Cell::UnitPrice(price, per, unit) => number::unit_price(*price, *per, unit),
        Cell::Ratio(ratio) => number::ratio_figure(ratio),
        Cell::Change(share) => number::change(*share),
        Cell::Quantity(figure) => number::quantity_figure(figure),
        Cell::Links(all) => all.iter().map(Locator::as_str).collect::<Vec<_>>().join(" "),
    }
}
