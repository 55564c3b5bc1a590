//! What the checks of price tables found, as a report.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::block::Block;
use super::dictionary::terms;
use super::document::Report;
use super::envelope::Output;
use super::record::{Columns, Each, Field, Record, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::price::Acknowledgement;
use crate::help::HelpWords;
use crate::price_checks::Findings;
use crate::problem::Problem;
use crate::report::number::count;

/// The findings of a day as a report, with what to do in these words; `with_accepted` lists for people what was
/// acknowledged, one by one.
pub fn report<'a>(
    found: &'a Findings,
    (catalog, day): (&'a Catalog, NaiveDate),
    words: HelpWords,
    with_accepted: bool,
) -> Report<'a> {
    let columns =
        Columns { fields: TableFinding::fields(), with_ends: false }.made_of((catalog, Some(day)));
    Report::streamed(
        (catalog, Some(day)),
        move || blocks(found, with_accepted),
        move |out| columns.write_csv(rows(found, words), out),
        move || output(found, words),
    )
}

fn blocks(found: &Findings, with_accepted: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Text(summary(found))];
    if with_accepted && !found.accepted.is_empty() {
        blocks.push(Block::Sheet(accepted(found)));
    }
    blocks
}

fn errors(found: &Findings) -> usize {
    found.problems.iter().filter(|problem| !problem.code.is_warning()).count()
}

fn summary(found: &Findings) -> String {
    let errors = errors(found);
    let many = |number: usize, one: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{} {one}{plural}", count(number as u64))
    };
    format!(
        "{} with {} and {}: {}, {}, {} acknowledged.",
        many(found.files, "file"),
        many(found.routes, "route"),
        many(found.versions, "price version"),
        many(errors, "error"),
        many(found.problems.len() - errors, "warning"),
        found.accepted.len()
    )
}

fn accepted(found: &Findings) -> Sheet {
    let columns = vec![
        Column::text("Acknowledged at"),
        Column::ids("Warning"),
        Column::number("On"),
        Column::text("Reason"),
    ];
    let row = |(problem, by): &(Problem, Acknowledgement)| {
        vec![
            Cell::text(problem.shown_place()),
            Cell::text(problem.code.as_str()),
            Cell::text(by.on.to_string()),
            Cell::text(by.reason.clone()),
        ]
    };
    Sheet { columns, rows: found.accepted.iter().map(row).collect(), total: None }
}

/// A finding, and by whom it was accepted.
#[derive(Debug, Clone, Copy)]
pub struct TableFinding<'a> {
    problem: &'a Problem,
    accepted: Option<&'a Acknowledgement>,
    words: HelpWords,
}

/// Every finding, accepted ones after the others.
fn rows(found: &Findings, words: HelpWords) -> impl Iterator<Item = TableFinding<'_>> {
    let open = found.problems.iter().map(|problem| (problem, None));
    let accepted = found.accepted.iter().map(|(problem, by)| (problem, Some(by)));
    open.chain(accepted).map(move |(problem, accepted)| TableFinding { problem, accepted, words })
}

impl TableFinding<'_> {
    fn severity(&self) -> &'static str {
        match (self.accepted, self.problem.code.is_warning()) {
            (Some(_), _) => "acknowledged",
            (None, true) => "warning",
            (None, false) => "error",
        }
    }

    fn line_and_column(&self) -> (Option<u64>, Option<u64>) {
        let at = self.problem.place.line_and_column();
        at.map(|(line, column)| (line as u64, column as u64)).unzip()
    }
}

impl Recorded for TableFinding<'_> {
    const NAME: &'static str = "table_finding";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::SEVERITY.of(|it: &Self| it.severity().into()),
            terms::CODE.of(|it| it.problem.code.as_str().into()),
            terms::FILE.of(|it| it.problem.place.file.as_str().into()),
            terms::LINE.of(|it| it.line_and_column().0.into()),
            terms::COLUMN.of(|it| it.line_and_column().1.into()),
            terms::MESSAGE.of(|it| it.problem.message.as_str().into()),
            terms::HELP.of(|it| (it.words)(&it.problem.help).into()),
            terms::ACKNOWLEDGED_ON.of(|it| it.accepted.map(|by| by.on.to_string()).into()),
            terms::ACKNOWLEDGED_BECAUSE.of(|it| it.accepted.map(|by| by.reason.as_str()).into()),
        ]
    }
}

/// What the checks of price tables found.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PricesCheckOutput<'a> {
    /// How many files were read.
    pub files: usize,
    /// How many routes they hold.
    pub routes: usize,
    /// How many price versions the routes have.
    pub versions: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many findings are warnings that nobody acknowledged.
    pub warnings: usize,
    /// How many findings were acknowledged.
    pub acknowledged: usize,
    /// A row for each finding, accepted ones after the others.
    pub rows: Each<'a, Record<TableFinding<'a>>>,
}

impl Output for PricesCheckOutput<'_> {
    const NAME: &'static str = "prices-check";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "prices check";
}

fn output(found: &Findings, words: HelpWords) -> PricesCheckOutput<'_> {
    let errors = errors(found);
    PricesCheckOutput {
        files: found.files,
        routes: found.routes,
        versions: found.versions,
        errors,
        warnings: found.problems.len() - errors,
        acknowledged: found.accepted.len(),
        rows: Each::row(move || rows(found, words)),
    }
}
