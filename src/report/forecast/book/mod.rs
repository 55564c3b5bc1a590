//! A forecast as a workbook that recalculates: what a person would change stands in cells of its own, and every figure that
//! follows from it is a formula with what it comes to. What is no plain product keeps its value, and says why.
//!
//! ```text
//! Prices used ─► Call lines ─► Calls ─┐
//! Assumptions (volume, growth, rates) ─┴─► Workloads ─► Months, Quarters × tags, Limits ─► Summary
//! ```

mod assumptions;
mod calls;
mod columns;
mod ends;
mod grown;
mod limits;
mod months;
mod notes;
mod plan;
mod prices;
mod quarters;
mod summary;
mod workloads;

pub use plan::Behind;

use self::plan::Plan;
use super::Found;
use crate::report::workbook::{Book, BookCell};

/// The row of the headings, from 0: a title, a line on what the sheet holds and a blank row stand above.
const HEADER: u32 = 3;

/// The first row of a table, from 0.
const FIRST: u32 = HEADER + 1;

/// The workbook of a forecast.
pub(super) fn book<'a>(found: &'a Found<'a>, behind: &'a Behind) -> Book<'a> {
    let plan = Plan::of(found, behind);
    let mut names = assumptions::names(&plan);
    names.extend(summary::names());
    let limits = limits::sheet(&plan);
    let mut sheets = vec![summary::sheet(&plan), months::sheet(&plan), quarters::sheet(&plan)];
    sheets.extend(limits);
    let tail = [
        calls::sheet(&plan),
        calls::lines(&plan),
        prices::sheet(&plan),
        assumptions::sheet(&plan),
        notes::sheet(&plan),
    ];
    sheets.push(workloads::sheet(plan));
    sheets.extend(tail);
    Book { sheets, names }
}

/// The rows above a table: what it is, and a line on it.
fn above(title: &str, text: &str, headings: Vec<String>) -> Vec<Vec<BookCell>> {
    let headings = headings.into_iter().map(BookCell::heading).collect();
    vec![vec![BookCell::title(title)], vec![BookCell::text(text)], Vec::new(), headings]
}
