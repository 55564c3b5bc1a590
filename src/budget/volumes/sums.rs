//! What tells a total by itself: its name, or that it is the sum of the months.

use super::number;
use crate::spreadsheet::Row;

/// What totals are called in the languages in which spreadsheets are kept, in small letters.
const NAMES: [&str; 52] = [
    "total",
    "totals",
    "grand total",
    "overall total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "sums",
    "gesamt",
    "gesamtsumme",
    "summe",
    "zwischensumme",
    "insgesamt",
    "total général",
    "sous-total",
    "somme",
    "total general",
    "suma",
    "total geral",
    "soma",
    "totale",
    "totale generale",
    "somma",
    "subtotale",
    "totaal",
    "subtotaal",
    "som",
    "razem",
    "łącznie",
    "celkem",
    "spolu",
    "összesen",
    "yhteensä",
    "totalt",
    "i alt",
    "toplam",
    "итого",
    "всего",
    "сумма",
    "разом",
    "всього",
    "合計",
    "総計",
    "小計",
    "总计",
    "合计",
    "總計",
    "小计",
    "합계",
    "총계",
    "소계",
];

/// Whether a row or column is called a total.
pub(super) fn is_name(text: &str) -> bool {
    let name = text.trim().trim_end_matches([':', '：']).trim_end().to_lowercase();
    NAMES.contains(&name.as_str())
}

/// Whether a column holds the sum of the month columns in every row: of at least two months.
pub(super) fn is_sum_of_months(column: usize, months: &[usize], rows: &[Row]) -> bool {
    let of = |row: &Row| {
        let sum = months.iter().try_fold(0, |sum, at| Some(sum + images(row, *at)?))?;
        (images(row, column)? == sum).then_some(sum)
    };
    let rows = rows.iter().filter(|row| !row.is_blank());
    let sums: Option<Vec<u128>> = rows.map(of).collect();
    months.len() >= 2 && sums.is_some_and(|sums| sums.iter().any(|sum| *sum > 0))
}

/// The images in a cell, none in an empty one; `None` where it is no number.
pub(super) fn images(row: &Row, column: usize) -> Option<u128> {
    match row.cells.get(column).map(|cell| cell.value.trim()) {
        None | Some("") => Some(0),
        Some(text) => number::whole(text).ok().map(u128::from),
    }
}
