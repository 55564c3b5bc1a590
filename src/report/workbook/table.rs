//! A table below its title: where its rows stand, and the two ends of figures in cells.

use rust_decimal::Decimal;

use super::{BookCell, Kind, Role, exact_text};
use crate::figure::Figure;

/// The row of the headings, from 0: a title, a line on what the sheet holds and a blank row stand above.
pub(in crate::report) const HEADER: u32 = 3;

/// The first row of a table, from 0.
pub(in crate::report) const FIRST: u32 = HEADER + 1;

/// The rows above a table: what it is, and a line on it.
pub(in crate::report) fn above(
    title: &str,
    text: &str,
    headings: impl IntoIterator<Item = impl Into<String>>,
) -> Vec<Vec<BookCell>> {
    let headings = headings.into_iter().map(BookCell::heading).collect();
    vec![vec![BookCell::title(title)], vec![BookCell::text(text)], Vec::new(), headings]
}

/// The low and the high end; nothing where nothing of it is known, which is not 0.
pub(in crate::report) fn ends(figure: &Figure<Decimal>) -> [Option<Decimal>; 2] {
    let is_nothing_known = figure.high().is_none() && figure.low().is_zero();
    [Some(figure.low()).filter(|_| !is_nothing_known), figure.high()]
}

/// A figure that does not follow when something is changed, at both ends.
pub(in crate::report) fn held(figure: &Figure<Decimal>, kind: Kind) -> [BookCell; 2] {
    ends(figure).map(|end| BookCell::maybe(end, kind).with_role(Role::Held))
}

/// The digits that a double does not keep, of both ends.
pub(in crate::report) fn exact(figure: &Figure<Decimal>) -> BookCell {
    let ends = [Some(figure.low()), figure.high().filter(|high| *high != figure.low())];
    let texts: Vec<String> = ends.into_iter().flatten().filter_map(exact_text).collect();
    if texts.is_empty() { BookCell::EMPTY } else { BookCell::text(texts.join(" to ")) }
}
