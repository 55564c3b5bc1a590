//! Limits with what is held against them: how each stands is a formula of the cost, the limit and the margin.

use rust_decimal::Decimal;

use super::table::{FIRST, HEADER, above};
use super::{BookCell, BookSheet, Kind, Role, fixed};
use crate::budget::LimitStatus;

const SHEET: &str = "Limits";

/// Columns from 0.
const LIMIT: u16 = 3;
const LOW: u16 = 4;
const EXPECTED: u16 = 5;
const HIGH: u16 = 6;

const HEADINGS: [&str; 9] = [
    "Of",
    "Limit of",
    "Period",
    "Limit",
    "Cost, low",
    "Cost, expected",
    "Cost, high",
    "Left below the limit",
    "Status",
];

/// The cell of the margin, in the blank row above the headings.
const MARGIN: (u32, u16) = (HEADER - 1, 1);

/// The sheet of limits, each with the budget that is held against it; nothing without one.
pub(in crate::report) fn sheet<'a>(
    limits: &[(&str, &LimitStatus)],
    margin: Decimal,
) -> Option<BookSheet<'a>> {
    let text = "In US dollars before tax. Over: by the expected cost, else the low one. Margin not covered: the high cost with \
                the margin exceeds it. Unknown: a part of the cost is not known. The costs are values of the forecast.";
    let mut rows = above(SHEET, text, HEADINGS);
    rows[MARGIN.0 as usize] = vec![
        BookCell::text("Margin"),
        BookCell::number(margin, Kind::Share).with_role(Role::Input),
    ];
    rows.extend((FIRST..).zip(limits).map(|(row, (of, limit))| cells(row, of, limit)));
    let widths = [30, 30, 14, 14, 14, 14, 14, 16, 20];
    (!limits.is_empty()).then(|| BookSheet::new(SHEET, &widths, rows).headed(HEADER, 1))
}

fn cells(row: u32, of: &str, limit: &LimitStatus) -> Vec<BookCell> {
    let cost = &limit.cost;
    let is_nothing_known = cost.high().is_none() && cost.low().is_zero();
    let ends = [Some(cost.low()).filter(|_| !is_nothing_known), cost.expected(), cost.high()];
    let mut cells = vec![
        BookCell::text(of),
        BookCell::text(limit.scope.in_words()),
        BookCell::text(limit.period.to_string()),
        BookCell::number(limit.limit, Kind::Usd).with_role(Role::Input),
    ];
    cells.extend(ends.map(|end| BookCell::maybe(end, Kind::Usd).with_role(Role::Held)));
    let [limit_cell, low, expected, high] =
        [LIMIT, LOW, EXPECTED, HIGH].map(|column| fixed(row, column));
    let left = format!("IF({high}=\"\",\"\",{limit_cell}-{high})");
    let comes_to = cost.high().map(|high| limit.limit - high);
    cells.push(BookCell::formula(left, comes_to, Kind::Usd));
    let margin = fixed(MARGIN.0, MARGIN.1);
    let formula = verdict([&low, &high], Some(&expected), (&limit_cell, &margin));
    cells.push(BookCell::word(formula, limit.verdict.in_words()));
    cells
}

/// How a cost stands to a limit, as the engine says it.
pub(in crate::report) fn verdict(
    [low, high]: [&str; 2],
    expected: Option<&str>,
    (limit, margin): (&str, &str),
) -> String {
    let least = match expected {
        Some(expected) => format!("IF({expected}=\"\",{low},{expected})"),
        None => low.to_owned(),
    };
    format!(
        "IF(ROUND(N({least}),9)>{limit},\"over\",IF({high}=\"\",\"unknown\",IF(ROUND({high}*(1+{margin}),9)>{limit},\
         \"margin not covered\",\"within\")))"
    )
}
