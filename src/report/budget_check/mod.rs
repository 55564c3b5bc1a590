//! What a check of a budget found: a verdict, the findings, the change from the baseline, what to do.

mod output;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use output::{BaselineOutput, Cause, CheckOutput, ClassOutput, Found};

use crate::budget::Assumption;
use crate::budget::check::{Check, CheckFinding};
use crate::catalog::Catalog;
use crate::help::Sentence;
use crate::report::budget_comparison::change_in_words;
use crate::report::document::Report;
use crate::report::forecast::not_made_block;
use crate::report::number;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Block, Cell, Column, Sheet};

/// The most months and workloads of which a change is shown to people.
const MOST_CHANGES: usize = 12;

/// The report of a check.
pub fn report<'a>(check: &'a Check, catalog: &'a Catalog, today: NaiveDate) -> Report<'a> {
    let columns = Columns { fields: Found::fields(), with_ends: false };
    Report::streamed(
        (catalog, Some(today)),
        || blocks(check),
        move |out| columns.write_csv(output::rows(check), out),
        || output::output(check),
    )
}

fn blocks(check: &Check) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::verdict(check))];
    blocks.extend(not_made_block(&check.not_made));
    blocks.push(Block::Facts(words::facts(check)));
    if !check.findings.is_empty() {
        blocks.push(Block::Sheet(for_people(check)));
    }
    blocks.extend(changed_rows(check));
    let said = |all: Vec<String>| all.into_iter().map(Sentence::from).collect();
    let lists: [(&str, Vec<Sentence>); 3] = [
        ("Not told apart:", said(words::not_told_apart(check))),
        ("What to do:", said(words::remedies(check))),
        ("Assumed:", check.assumptions.iter().map(Assumption::said).collect()),
    ];
    blocks.extend(lists.into_iter().filter_map(|(title, items)| Block::open(title, items)));
    blocks
}

fn for_people(check: &Check) -> Sheet {
    let row = |finding: &CheckFinding| {
        vec![
            Cell::text(words::result(check, finding)),
            Cell::text(finding.class.as_str().replace('_', " ")),
            Cell::text(finding.subject.clone()),
            month(finding),
            Cell::text(words::detail(finding, check)),
        ]
    };
    Sheet {
        columns: vec![
            Column::ids("Result"),
            Column::ids("Class"),
            Column::text("Of"),
            Column::ids("From"),
            Column::text("Finding"),
        ],
        rows: check.findings.iter().map(row).collect(),
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
    let all = rows.len();
    let cells = rows.iter().take(MOST_CHANGES).map(|row| {
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
    match all {
        0 => Vec::new(),
        few if few <= MOST_CHANGES => vec![Block::Sheet(sheet)],
        many => {
            let more = number::count((many - MOST_CHANGES) as u64);
            let text = format!("And {more} smaller changes, which are in the JSON.");
            vec![Block::Sheet(sheet), Block::Text(text)]
        }
    }
}

/// The classes of findings, each once.
fn classes(check: &Check) -> BTreeSet<crate::budget::check::Class> {
    check.findings.iter().map(|finding| finding.class).collect()
}
