//! The ends of figures as cells show them.

use rust_decimal::Decimal;

use crate::budget::Case;
use crate::figure::Figure;
use crate::report::workbook::table::ends;
pub(super) use crate::report::workbook::table::exact;

/// A formula, blank at the expected end where one of its cells is.
pub(super) fn if_there(end: Case, cells: &[String], formula: &str) -> String {
    match end {
        Case::Expected => {
            let blank: Vec<String> = cells.iter().map(|cell| format!("{cell}=\"\"")).collect();
            format!("IF(OR({}),\"\",{formula})", blank.join(","))
        }
        _ => formula.to_owned(),
    }
}

/// An end of a figure; nothing where nothing of it is known, which is not 0.
pub(super) fn of(figure: &Figure<Decimal>, end: Case) -> Option<Decimal> {
    let [low, high] = ends(figure);
    match end {
        Case::Low => low,
        Case::Expected => figure.expected(),
        Case::High => high,
    }
}

/// An end of a count.
pub(super) fn count(figure: &Figure<u64>, end: Case) -> Option<Decimal> {
    let count = match end {
        Case::Low => Some(figure.low()),
        Case::Expected => figure.expected(),
        Case::High => figure.high(),
    };
    count.map(Decimal::from)
}
