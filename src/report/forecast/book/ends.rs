//! The ends of figures as cells show them, and what the calls of many rows come to at each.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::plan::Plan;
use crate::budget::Case;
use crate::figure::Figure;
use crate::fraction;
use crate::report::workbook::{BookCell, exact_text};

/// What a wanted image costs, of the calls that rows of many months share.
#[derive(Default)]
pub(super) struct Made(HashMap<Calls, [Option<Decimal>; 3]>);

/// A workload, and the steps of a row with their prices.
type Calls = (usize, Box<[(usize, usize)]>);

impl Made {
    /// What the calls of a row cost for a wanted image, at each end.
    pub(super) fn each(
        &mut self,
        plan: &Plan,
        at: usize,
        places: &[(usize, usize)],
    ) -> [Option<Decimal>; 3] {
        *self.0.entry((at, places.into())).or_insert_with(|| {
            let steps = &plan.behind.factors[at].steps;
            Case::ALL.map(|end| {
                let all = places.iter().map(|(step, price)| {
                    let step = &steps[*step];
                    step.each(step.stretches[*price].call.as_ref().ok()?, end)
                });
                fraction::to_decimal(&all.sum::<Option<fraction::Fraction>>()?).ok()
            })
        })
    }
}

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
    match end {
        Case::Low if is_nothing_known(figure) => None,
        Case::Low => Some(figure.low()),
        Case::Expected => figure.expected(),
        Case::High => figure.high(),
    }
}

fn is_nothing_known(figure: &Figure<Decimal>) -> bool {
    figure.high().is_none() && figure.low().is_zero()
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

/// The digits that a double does not keep, of both ends.
pub(super) fn exact(figure: &Figure<Decimal>) -> BookCell {
    let ends = [Some(figure.low()), figure.high().filter(|high| *high != figure.low())];
    let texts: Vec<String> = ends.into_iter().flatten().filter_map(exact_text).collect();
    if texts.is_empty() { BookCell::EMPTY } else { BookCell::text(texts.join(" to ")) }
}
