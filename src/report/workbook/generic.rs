//! The workbook of a report that has none of its own: what people read, one below the other, with numbers as numbers; and
//! behind it the sheets that recalculate, where there are any.

use rust_decimal::Decimal;

use super::{Book, BookCell, BookChart, BookSheet, Kind, Reckoned, Role};
use crate::figure::Figure;
use crate::report::Page;
use crate::report::block::Block;
use crate::report::cells::{cell_text, roundings};
use crate::report::currency;
use crate::report::number::Rounding;
use crate::report::sheet::{Cell, Sheet};

/// How many rows a chart takes.
const ROWS_OF_CHART: usize = 20;

/// The workbook of blocks, with the sheets that recalculate.
pub(in crate::report) fn of_blocks<'a>(
    blocks: Vec<Block>,
    page: &Page,
    reckoned: Reckoned<'a>,
) -> Book<'a> {
    let mut rows = Vec::new();
    blocks.into_iter().for_each(|block| add(block, page, &mut rows));
    let widths = [34, 24, 18, 18, 18, 18, 18, 18, 18, 18];
    let chart_at = rows.len() as u32 + 1;
    if reckoned.chart.is_some() {
        rows.resize(rows.len() + ROWS_OF_CHART, Vec::new());
    }
    let mut summary = BookSheet::new("Summary", &widths, rows);
    summary.charts.extend(reckoned.chart.map(|chart| BookChart { at: (chart_at, 0), ..chart }));
    let mut notes = vec![vec![BookCell::title("Notes")], Vec::new()];
    if !reckoned.sheets.is_empty() {
        notes.extend(
            HOW_IT_IS_READ.map(|(what, text)| vec![BookCell::text(what), BookCell::wrapped(text)]),
        );
    }
    let mut sheets = vec![summary];
    sheets.extend(reckoned.sheets);
    sheets.push(BookSheet::new("Notes", &[24, 110], notes));
    Book { sheets, names: Vec::new() }
}

/// What is said of every workbook that recalculates in part.
const HOW_IT_IS_READ: [(&str, &str); 3] = [
    (
        "Summary",
        "What was found, as values: it stays as it is when something is changed in the sheets behind it.",
    ),
    (
        "Colours",
        "Blue on yellow may be changed, and what follows from it is worked out again. Black is a formula or a name. Grey                  italics are values that do not follow, and the reason stands beside.",
    ),
    ("Blank", "Not known. It is never nothing."),
];

fn add(block: Block, page: &Page, rows: &mut Vec<Vec<BookCell>>) {
    match block {
        Block::Title(text) => rows.push(vec![BookCell::title(text)]),
        Block::Text(text) => rows.push(vec![BookCell::text(text)]),
        Block::Facts(facts) => {
            let fact = |(name, value)| vec![BookCell::text(name), BookCell::text(value)];
            rows.extend(facts.into_iter().map(fact));
        }
        Block::List(title, lines) => {
            rows.push(vec![BookCell::text(title).with_role(Role::Total)]);
            rows.extend(lines.into_iter().map(|line| vec![BookCell::text(line)]));
        }
        Block::Advice(sentence) => rows.push(vec![BookCell::text(page.advice(&sentence))]),
        Block::Open(title, open) => {
            add(Block::List(title, page.in_words(&open)), page, rows);
            return;
        }
        Block::Sheet(sheet) => table(&sheet, rows),
        Block::Code(text) => rows.extend(text.lines().map(|line| vec![BookCell::text(line)])),
        Block::Folded(fold) => {
            fold.inside.into_iter().for_each(|block| add(block, page, rows));
            return;
        }
    }
    rows.push(Vec::new());
}

fn table(sheet: &Sheet, rows: &mut Vec<Vec<BookCell>>) {
    rows.push(sheet.columns.iter().map(|it| BookCell::heading(it.title.as_ref())).collect());
    let roundings = roundings(sheet);
    let cells = |row: &Vec<Cell>| row.iter().zip(&roundings).map(of_cell).collect::<Vec<_>>();
    rows.extend(sheet.rows.iter().map(cells));
    if let Some(total) = &sheet.total {
        rows.push(cells(total).into_iter().map(|cell| cell.with_role(Role::Total)).collect());
    }
}

/// A number where there is one number, else its words.
fn of_cell((cell, rounding): (&Cell, &Rounding)) -> BookCell {
    match cell {
        Cell::Money(Figure::Exact(amount)) => {
            let (_, shown) = currency::as_shown(*amount);
            BookCell::number(shown, money(shown))
        }
        Cell::InCurrency(amount, code) if code == "USD" => {
            BookCell::number(*amount, money(*amount))
        }
        Cell::Count(Figure::Exact(count)) => BookCell::number(Decimal::from(*count), Kind::Count),
        Cell::Quantity(Figure::Exact(number)) => {
            let kind = if number.fract().is_zero() { Kind::Count } else { Kind::Quantity };
            BookCell::number(*number, kind)
        }
        Cell::Ratio(Figure::Exact(ratio)) => BookCell::number(*ratio, Kind::Quantity),
        Cell::Change(share) => BookCell::number(*share, Kind::Share),
        Cell::Empty => BookCell::EMPTY,
        other => match cell_text(other, *rounding) {
            lines if lines.contains('\n') => BookCell::wrapped(lines),
            line => BookCell::text(line),
        },
    }
}

/// Cents from a dollar on, and more places below.
fn money(amount: Decimal) -> Kind {
    if amount.abs() < Decimal::ONE { Kind::SmallUsd } else { Kind::Usd }
}
