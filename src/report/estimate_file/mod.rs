//! The estimates of many requests as a report: a summary or a row for each, and a total.

mod output;
mod summary;

pub use output::{EstimateFileOutput, EstimatedLine};
pub use summary::RejectedLines;

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::block::{Block, Counted, Fold};
use super::document::Report;
use super::estimate::{title, whole};
use super::number::{self, count};
use super::record::{Columns, Recorded};
use super::sensitivity;
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::estimate::{Estimate, EstimatedFile, FileLine, Group, GroupBy};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::help::View as Folded;
use crate::note::{Assumption, Note};
use crate::reason::Pricing;

/// What is shown of many estimates.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What the lines are grouped by, and the groups.
    pub groups: (&'a [GroupBy], &'a [Group]),
    /// Whether the grouping was asked for: the CSV then has the groups.
    pub is_asked: bool,
    /// Whether people see every line, asked for or not.
    pub rows: bool,
    /// Whether it is shown how each line of an estimate came about.
    pub explain: bool,
}

/// The lines of files as a report.
pub fn report<'a>(
    file: &'a EstimatedFile,
    (catalog, as_of): (&'a Catalog, NaiveDate),
    view: View<'a>,
) -> Report<'a> {
    Report::streamed(
        (catalog, Some(as_of)),
        move || blocks(file, view),
        move |out| match view.is_asked {
            true => summary::columns(view.groups.0).write_csv(view.groups.1.iter(), out),
            false => {
                let columns = Columns { fields: <&FileLine>::fields(), with_ends: false };
                columns.write_csv(file.lines.iter(), out)
            }
        },
        move || output::output(file, view),
    )
}

/// The most lines that are shown one by one without being asked for.
const FEW: usize = 12;

fn blocks(file: &EstimatedFile, view: View) -> Vec<Block> {
    let (priced, rejected) = file.priced_and_rejected();
    let [all, priced, not_priced] =
        [file.lines.len(), priced, rejected].map(|number| count(number as u64));
    let title = format!("{all} {}: {priced} priced, {not_priced} rejected", what_they_are(file));
    let cost = number::dollar_figure_alone(&file.total);
    let mut facts = vec![("Together".to_owned(), cost)];
    facts.extend(sensitivity::facts(file.if_fewer_accepted.as_slice()));
    let mut blocks = vec![Block::Title(title), Block::Facts(facts)];
    blocks.extend(lines_or_summary(file, view));
    if view.explain {
        for estimate in file.estimates() {
            blocks.extend(whole(estimate, true));
        }
    }
    if let Some(title) = settled_title(file) {
        blocks.push(Block::List(title, file.settled.iter().map(in_words).collect()));
    }
    blocks.extend(Block::open("Not exact, because:", file.total.reasons().said()));
    let assumed = file.estimates().flat_map(|it| it.assumptions.iter().map(Assumption::said));
    blocks.extend(Block::open("Assumed:", distinct(assumed)));
    let notes: Vec<Sentence> = all_notes(file).iter().map(Note::said).collect();
    blocks.extend(match view.explain {
        true => Block::open("Notes:", notes),
        false => Block::notes("Notes:", ("note", "notes"), notes),
    });
    blocks
}

/// A few lines as they are; of many, and where a grouping is asked for, their sums and why others are rejected.
fn lines_or_summary(file: &EstimatedFile, view: View) -> Vec<Block> {
    let rows = || vec![Block::Sheet(overview(&file.lines, &file.total))];
    if file.lines.len() <= FEW && !view.is_asked {
        return rows();
    }
    let summary = Block::Sheet(summary::sheet(view.groups, &file.total));
    vec![Block::Folded(Fold {
        what: Counted::new(file.lines.len(), ("row", "rows")),
        view: Folded::Rows,
        // A row for each of 50,000 lines is not made to be left out.
        inside: if view.rows { rows() } else { Vec::new() },
        instead: std::iter::once(summary).chain(summary::rejected_block(file)).collect(),
    })]
}

/// What is priced, after its number.
fn what_they_are(file: &EstimatedFile) -> &'static str {
    let is_reply = |estimate: &Estimate| estimate.subject.request().is_none();
    match (file.estimates().any(is_reply), file.estimates().all(is_reply)) {
        (true, true) if file.lines.len() == 1 => "reply",
        (true, true) => "replies",
        (true, false) => "requests and replies",
        (false, _) if file.lines.len() == 1 => "request",
        (false, _) => "requests",
    }
}

fn settled_title(file: &EstimatedFile) -> Option<String> {
    let open = file.kinds.iter().filter(|kind| !kind.estimate.settled.is_empty());
    let open: u64 = open.map(|kind| kind.count).sum();
    (open > 0).then(|| {
        let requests = if open == 1 { "request" } else { "requests" };
        format!("The whole file, with {} open {requests} settled by size and quality:", count(open))
    })
}

/// What the file costs with every open request at one quality, for each quality that settles one. A sum that
/// cannot be kept exact is left out: the total of the file then has the error.
fn in_words((label, total): &(String, Figure<Decimal>)) -> String {
    format!("{label}: {}", number::dollar_figure_alone(total))
}

/// The notes of all lines, each once.
fn all_notes(file: &EstimatedFile) -> Vec<Note> {
    let mut seen = HashSet::new();
    let notes = file.estimates().flat_map(|estimate| estimate.notes.iter());
    notes.filter(|note| seen.insert(note.said())).cloned().collect()
}

/// Each sentence once, in the order of its first appearance.
fn distinct(items: impl Iterator<Item = Sentence>) -> Vec<Sentence> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// The lines for people: few columns, the reasons stand below. Of several files each line has its own.
fn overview(lines: &[FileLine], total: &Figure<Decimal>) -> Sheet {
    let several = lines.iter().any(|line| line.file != lines[0].file);
    let file = |cell: Cell| several.then_some(cell);
    let columns = several.then(|| Column::text("File")).into_iter().chain([
        Column::number("Line"),
        Column::text("Id"),
        Column::text("Request"),
        Column::text("Price owner"),
        Column::lines("Total"),
    ]);
    let row = |line: &FileLine| {
        let (request, owner, total) = match &line.outcome {
            Ok(estimate) => {
                (title(estimate), estimate.table.route.owner_name.clone(), estimate.total.clone())
            }
            Err(rejected) => (
                format!("rejected: {rejected}"),
                String::new(),
                Figure::unknown(Decimal::ZERO, Pricing::NotPriced),
            ),
        };
        let id = line.custom_id.as_deref().map_or(Cell::Empty, Cell::text);
        let cells = file(Cell::text(&*line.file)).into_iter();
        let cells = cells.chain([Cell::text(line.line.to_string()), id, Cell::text(request)]);
        cells.chain([Cell::text(owner), Cell::Money(total)]).collect()
    };
    let total = file(Cell::Empty).into_iter().chain([
        Cell::Empty,
        Cell::text("total"),
        Cell::Empty,
        Cell::Empty,
        Cell::Money(total.clone()),
    ]);
    Sheet {
        columns: columns.collect(),
        rows: lines.iter().map(row).collect(),
        total: Some(total.collect()),
    }
}
