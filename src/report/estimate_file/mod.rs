//! The estimates of many requests as a report: a summary or a row for each, and a total.

mod line;
mod output;
mod overview;
mod rows;
mod spooled;
mod summary;

pub use line::{EstimatedLine, WrittenLine};
pub use output::EstimateFileOutput;
pub use rows::{Rows, Wanted, WrittenRows};
pub use spooled::Spool;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::block::{Block, Counted, Fold};
use super::document::Report;
use super::estimate::{computed, whole};
use super::number::{self, count};
use super::sensitivity;
use crate::catalog::Catalog;
use crate::estimate::EstimatedFile;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::help::View as Folded;
use crate::note::{Assumption, Note};
use rows::FEW;

/// The lines of files as a report, whose rows were made as they came.
pub fn report<'a>(
    file: &'a EstimatedFile,
    (catalog, as_of): (&'a Catalog, NaiveDate),
    (rows, wanted): (&'a WrittenRows, Wanted),
) -> Report<'a> {
    Report::streamed(
        (catalog, Some(as_of)),
        move || blocks(file, rows, wanted),
        move |out| match wanted.grouped {
            true => summary::columns(&file.grouped_by)
                .made_of((catalog, Some(as_of)))
                .write_csv(file.groups.iter(), out),
            false => rows.copy(out),
        },
        move || output::output(file, rows),
    )
}

fn blocks(file: &EstimatedFile, rows: &WrittenRows, wanted: Wanted) -> Vec<Block> {
    let [all, priced, not_priced] = [lines(file), file.priced, file.rejected_lines()].map(count);
    let title = format!("{all} {}: {priced} priced, {not_priced} rejected", what_they_are(file));
    let basis = file.price_basis().map_or_else(String::new, computed);
    let cost = format!("{}{basis}", number::dollar_figure_alone(&file.total));
    let mut facts = vec![("Together".to_owned(), cost)];
    facts.extend(sensitivity::facts(file.if_fewer_accepted.as_slice()));
    let mut blocks = vec![Block::Title(title), Block::Facts(facts)];
    blocks.extend(lines_or_summary(file, rows, wanted));
    for estimate in &rows.shown.explained {
        blocks.extend(whole(estimate, true));
    }
    if let Some(title) = settled_title(file) {
        blocks.push(Block::List(title, file.settled.iter().map(in_words).collect()));
    }
    blocks.extend(Block::open("Not exact, because:", file.total.reasons().said()));
    let assumed: Vec<Sentence> = file.assumptions.iter().map(Assumption::said).collect();
    blocks.extend(Block::open("Assumed:", assumed));
    let notes: Vec<Sentence> = file.notes.iter().map(Note::said).collect();
    blocks.extend(match wanted.explain {
        true => Block::open("Notes:", notes),
        false => Block::notes("Notes:", ("note", "notes"), notes),
    });
    blocks
}

fn lines(file: &EstimatedFile) -> u64 {
    file.priced + file.rejected_lines()
}

/// A few lines as they are; of many, and where a grouping is asked for, their sums and why others are rejected.
fn lines_or_summary(file: &EstimatedFile, rows: &WrittenRows, wanted: Wanted) -> Vec<Block> {
    let one_by_one = || {
        let sheet = Block::Sheet(overview::sheet(&rows.shown.lines, &file.total));
        std::iter::once(sheet).chain(summary::rejected_block(file)).collect()
    };
    let all = usize::try_from(lines(file)).unwrap_or(usize::MAX);
    if all <= FEW && !wanted.grouped {
        return one_by_one();
    }
    let summary = Block::Sheet(summary::sheet((&file.grouped_by, &file.groups), &file.total));
    vec![Block::Folded(Fold {
        what: Counted::new(all, ("row", "rows")),
        view: Folded::Rows,
        // A row for each of 50,000 lines is not made to be left out.
        inside: if wanted.all { one_by_one() } else { Vec::new() },
        instead: std::iter::once(summary).chain(summary::rejected_block(file)).collect(),
    })]
}

/// What is priced, after its number.
fn what_they_are(file: &EstimatedFile) -> &'static str {
    let is_one = lines(file) == 1;
    match (file.replies, file.priced - file.replies) {
        (1.., 0) if is_one => "reply",
        (1.., 0) => "replies",
        (1.., _) => "requests and replies",
        (0, _) if is_one => "request",
        (0, _) => "requests",
    }
}

fn settled_title(file: &EstimatedFile) -> Option<String> {
    (file.open > 0).then(|| {
        let requests = if file.open == 1 { "request" } else { "requests" };
        let open = count(file.open);
        format!("The whole file, with {open} open {requests} settled by size and quality:")
    })
}

/// What the file costs with every open request at one quality, for each quality that settles one. A sum that
/// cannot be kept exact is left out: the total of the file then has the error.
fn in_words((label, total): &(String, Figure<Decimal>)) -> String {
    format!("{label}: {}", number::dollar_figure_alone(total))
}
