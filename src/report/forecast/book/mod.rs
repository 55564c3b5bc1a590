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
mod exchanged;
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

use std::rc::Rc;

use self::plan::Plan;
use super::Found;
use crate::report::currency::ReportCurrency;
use crate::report::workbook::Book;
use crate::report::workbook::table::{FIRST, HEADER, above};

/// The name of the cell that has the margin.
const MARGIN: &str = "margin";

/// The workbook of a forecast.
pub(super) fn book<'a>(
    found: &'a Found<'a>,
    behind: &'a Behind,
    currency: Option<&ReportCurrency>,
) -> Book<'a> {
    // The sheets make their rows when they are written, and the last of them is done with the plan.
    let plan = Rc::new(Plan::of(found, behind));
    let mut names = assumptions::names(&plan);
    names.extend(summary::names(currency));
    let limits = limits::sheet(&plan);
    let mut sheets =
        vec![summary::sheet(&plan, currency), months::sheet(&plan), quarters::sheet(&plan)];
    sheets.extend(limits);
    let tail = [
        calls::sheet(&plan),
        calls::lines(&plan),
        prices::sheet(&plan),
        assumptions::sheet(&plan),
        notes::sheet(&plan),
    ];
    sheets.push(workloads::sheet(&plan));
    sheets.extend(tail);
    Book { sheets, names }
}
