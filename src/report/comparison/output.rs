//! A comparison for programs.

use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::fields::{ComparedRow, rows};
use crate::catalog::Catalog;
use crate::comparison::{Answer, Comparison, answers};
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::EstimateParts;
use crate::report::record::{Each, Record, Recorded};

/// The same work over every route that offers it.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparisonOutput<'a> {
    /// Work that a model cannot be asked for while another can, with the reason.
    pub left_out: Vec<Said>,
    /// For each piece of work the cheapest route that may be named, and what is lower and may not.
    pub answers: Each<'a, Record<Answer<'a>>>,
    /// A row for each route and piece of work, by section and order.
    pub rows: Each<'a, ComparedRoute<'a>>,
}

/// A route for a piece of work.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedRoute<'a> {
    /// Whose price it is, and what the work costs.
    #[serde(flatten)]
    pub row: Record<ComparedRow<'a>>,
    /// What the cost rests on; left out where the route cannot be priced.
    #[serde(flatten)]
    pub parts: Option<EstimateParts<'a>>,
}

impl Output for ComparisonOutput<'_> {
    const NAME: &'static str = "comparison";
    const COMMAND: &'static str = "compare";
}

/// A comparison for programs; `explain` adds how each line came about.
pub(crate) fn output<'a>(
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    explain: bool,
) -> ComparisonOutput<'a> {
    let fields: Rc<[_]> = ComparedRow::fields().into();
    let rows = Each::of(move || {
        let fields = Rc::clone(&fields);
        rows(comparison, catalog).map(move |row| ComparedRoute {
            row: Record::new(&fields, row),
            parts: row.row.outcome.as_deref().ok().map(|it| EstimateParts::of(it, explain)),
        })
    });
    let answers = Each::row(move || answers(comparison).into_iter());
    ComparisonOutput { left_out: said(&comparison.left_out), answers, rows }
}
