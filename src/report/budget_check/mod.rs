//! What a check of a budget found: a verdict, the findings, the change from the baseline, what to do.

#[cfg(feature = "cli")]
mod book;
mod handout;
mod output;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use output::{BaselineOutput, Cause, CheckOutput, ClassOutput, Found};

use crate::budget::check::{Check, CheckFinding};
use crate::catalog::Catalog;
use crate::help::{Sentence, View};
use crate::report::block::Block;
use crate::report::budget_comparison::change_in_words;
use crate::report::document::Report;
use crate::report::forecast::{assumed, limits_in_words, not_made_in_words, not_made_line};
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};

/// Of how many months and workloads a change is shown at once.
const MOST_CHANGES: usize = 5;

/// The report of a check.
pub fn report<'a>(check: &'a Check, catalog: &'a Catalog, today: NaiveDate) -> Report<'a> {
    let columns =
        Columns { fields: Found::fields(), with_ends: false }.made_of((catalog, Some(today)));
    let report = Report::streamed(
        (catalog, Some(today)),
        move || blocks(check, today),
        move |out| columns.write_csv(output::rows(check), out),
        || output::output(check),
    )
    .handed_on(move || handout::answer(check, today), move || handout::parts(check, today));
    #[cfg(feature = "cli")]
    let report = report.reckoned(|| book::reckoned(check));
    report
}

fn blocks(check: &Check, today: NaiveDate) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::verdict(check))];
    blocks.extend(not_made_line(&check.not_made));
    blocks.push(Block::Facts(words::facts(check, today)));
    if !check.findings.is_empty() {
        let words = ("more finding", "more findings");
        blocks.push(for_people(check).first(MOST_FINDINGS, words, View::All));
    }
    blocks.extend(changed_rows(check));
    let remedies = words::remedies(check).into_iter().map(Sentence::from).collect();
    let words = ("thing to do", "things to do");
    blocks.extend(Block::first_open("What to do:", remedies, MOST_REMEDIES, words, View::All));
    let (_, limits) = limits_in_words(&check.limits, None);
    blocks.extend(Block::notes("All limits:", ("limit", "limits"), limits));
    blocks.extend(Block::open_notes(
        "Why not made:",
        ("workload that is not made", "workloads that are not made"),
        not_made_in_words(&check.not_made),
    ));
    blocks.extend(Block::notes(
        "Not separated by cause:",
        ("cause not separated", "causes not separated"),
        words::not_told_apart(check),
    ));
    blocks.extend(assumed(&check.assumptions));
    blocks
}

/// How many findings and things to do are shown at once; those that fail come first.
const MOST_FINDINGS: usize = 6;
const MOST_REMEDIES: usize = 4;

fn for_people(check: &Check) -> Sheet {
    let row = |(index, finding): (usize, &CheckFinding)| {
        let before = &check.findings[..index];
        let is_as_above =
            |it: &&CheckFinding| it.subject == finding.subject && it.detail == finding.detail;
        let detail = match before.iter().find(is_as_above) {
            Some(above) => format!("see {}", above.class.as_str().replace('_', " ")),
            None => words::detail(finding, check),
        };
        vec![
            Cell::text(words::result(check, finding)),
            Cell::text(finding.class.as_str().replace('_', " ")),
            Cell::text(finding.subject.clone()),
            month(finding),
            Cell::text(detail),
        ]
    };
    Sheet {
        columns: vec![
            Column::ids("Result"),
            Column::ids("Class").ranked(1),
            Column::text("Of"),
            Column::ids("From"),
            Column::text("Finding"),
        ],
        rows: check.findings.iter().enumerate().map(row).collect(),
        total: None,
    }
}

fn month(finding: &CheckFinding) -> Cell {
    finding.month.map_or(Cell::Empty, |month| Cell::text(month.to_string()))
}

/// Against an older forecast: the months and workloads that changed, the largest change first.
fn changed_rows(check: &Check) -> Vec<Block> {
    let Some(baseline) = &check.baseline else { return Vec::new() };
    let mut rows: Vec<_> = baseline.rows.iter().filter(|row| !row.change.is_none()).collect();
    rows.sort_by_key(|row| {
        let sizes = row.change.cases().into_iter().flatten().map(|change| change.abs());
        std::cmp::Reverse(sizes.max())
    });
    let cells = rows.iter().map(|row| {
        vec![
            Cell::text(row.month.to_string()),
            Cell::text(row.workload.clone()),
            Cell::Money(row.from.clone()),
            Cell::Money(row.to.clone()),
            Cell::text(change_in_words(&row.change)),
        ]
    });
    let sheet = Sheet {
        columns: vec![
            Column::ids("Month"),
            Column::text("Workload"),
            Column::number("Before"),
            Column::number("Now"),
            Column::number("Change"),
        ],
        rows: cells.collect(),
        total: None,
    };
    let words = ("smaller change", "smaller changes");
    let shown = (!sheet.rows.is_empty()).then(|| sheet.first(MOST_CHANGES, words, View::All));
    shown.into_iter().collect()
}

/// The classes of findings, each once.
fn classes(check: &Check) -> BTreeSet<crate::budget::check::Class> {
    check.findings.iter().map(|finding| finding.class).collect()
}
