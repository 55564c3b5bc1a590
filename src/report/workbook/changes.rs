//! Changes as a sheet: before, now, and the difference of the two as a formula; the causes of a change add up to it.

use rust_decimal::Decimal;

use super::table::{FIRST, HEADER, above};
use super::{BookCell, BookSheet, Kind, Role, down, fixed};

/// A change of a cost.
pub(in crate::report) struct Changed {
    /// Of what.
    pub what: String,
    /// Before and now, at the low and the high end; nothing of a part of a change.
    pub ends: Option<[[Option<Decimal>; 2]; 2]>,
    /// The change of the low, the expected and the high case.
    pub change: [Option<Decimal>; 3],
}

const HEADINGS: [&str; 7] = [
    "Change",
    "Before, low",
    "Before, high",
    "Now, low",
    "Now, high",
    "Change, low against low",
    "Change, high against high",
];

/// The column of the low change, from 0; those before and now stand before it.
const CHANGE: u16 = 5;

/// The sheet of changes, and below them the parts of the last one, which add up to it.
pub(in crate::report) fn sheet<'a>(changes: Vec<Changed>, parts: Vec<Changed>) -> BookSheet<'a> {
    let text = "In US dollars before tax. A change is what it costs now less what it cost before; costs are values of forecasts.";
    let mut rows = above("Change", text, HEADINGS);
    let whole = changes.last().map_or([None; 3], |last| last.change);
    for changed in changes {
        rows.push(of_change(rows.len() as u32, &changed));
    }
    let first = rows.len() as u32;
    rows.extend(parts.iter().map(of_part));
    if !parts.is_empty() {
        rows.push(together([first, rows.len() as u32 - 1], whole));
    }
    BookSheet::new("Change", &[44, 14, 14, 14, 14, 16, 16], rows).headed(HEADER, 1)
}

fn of_change(row: u32, changed: &Changed) -> Vec<BookCell> {
    debug_assert!(row >= FIRST);
    let mut cells = vec![BookCell::text(changed.what.clone())];
    let ends = changed.ends.unwrap_or_default();
    let value = |end: &Option<Decimal>| BookCell::maybe(*end, Kind::Usd).with_role(Role::Held);
    cells.extend(ends.iter().flatten().map(value));
    let [before, now] = ends;
    for (at, comes_to) in (0..).zip([changed.change[0], changed.change[2]]) {
        let is_it = match (before[usize::from(at)], now[usize::from(at)]) {
            (Some(before), Some(now)) => Some(now - before) == comes_to,
            _ => false,
        };
        let [before, now] = [1 + at, 3 + at].map(|column| fixed(row, column));
        cells.push(match is_it {
            true => BookCell::formula(format!("{now}-{before}"), comes_to, Kind::Usd),
            false => BookCell::maybe(comes_to, Kind::Usd).with_role(Role::Held),
        });
    }
    cells
}

fn of_part(part: &Changed) -> Vec<BookCell> {
    let mut cells = vec![BookCell::text(part.what.clone())];
    cells.resize(usize::from(CHANGE), BookCell::EMPTY);
    let ends = [part.change[0], part.change[2]];
    cells.extend(ends.map(|end| BookCell::maybe(end, Kind::Usd).with_role(Role::Held)));
    cells
}

/// The sum of the parts, where they are all known.
fn together(rows: [u32; 2], whole: [Option<Decimal>; 3]) -> Vec<BookCell> {
    let mut cells = vec![BookCell::text("the parts together").with_role(Role::Total)];
    cells.resize(usize::from(CHANGE), BookCell::EMPTY);
    for (column, comes_to) in (CHANGE..).zip([whole[0], whole[2]]) {
        let parts = down(column, rows);
        let formula = format!("IF(COUNT({parts})<ROWS({parts}),\"\",SUM({parts}))");
        cells.push(BookCell::formula(formula, comes_to, Kind::Usd).with_role(Role::Total));
    }
    cells
}
