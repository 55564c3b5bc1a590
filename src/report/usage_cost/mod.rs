//! What used images cost as a report: the answer, the groups, and what was not priced.

mod compared;
mod groups;
mod output;
mod rows;
mod words;

pub use output::UsageCostOutput;
pub use rows::{UsageRows, WrittenUsageRows};

use chrono::NaiveDate;

use super::block::{Block, Counted, Fold};
use super::document::Report;
use super::record::Columns;
use crate::catalog::Catalog;
use crate::help::{Sentence, View};
use crate::note::{Assumption, Note};
use crate::usage_cost::stream::ReadCounts;
use crate::usage_cost::{Compared, UsageCost};
use crate::usage_log::zone::Zone;

/// What was found in logs.
#[derive(Debug, Clone, Copy)]
pub struct UsageFound<'a> {
    /// What the usage cost.
    pub cost: &'a UsageCost,
    /// What was read.
    pub counts: ReadCounts,
    /// The time zone in which days begin.
    pub zone: Zone,
    /// Columns that are not read.
    pub unread: &'a [String],
    /// The same usage at other prices, where that is asked for.
    pub with: Option<&'a WithPrices<'a>>,
}

/// The same usage at other prices, and what they are called.
#[derive(Debug)]
pub struct WithPrices<'a> {
    /// The prices, as they were asked for.
    pub label: String,
    /// Both sides.
    pub compared: &'a Compared,
}

/// The cost of used images as a report; with rows, they take the place of the groups in a CSV.
pub fn report<'a>(
    found: UsageFound<'a>,
    (catalog, day): (&'a Catalog, Option<NaiveDate>),
    rows: Option<&'a WrittenUsageRows>,
) -> Report<'a> {
    Report::streamed(
        (catalog, day),
        move || blocks(&found, rows),
        move |out| match rows {
            Some(rows) => rows.copy(out),
            None => {
                let fields = groups::fields(&found.cost.by);
                let columns = Columns { fields, with_ends: false }.made_of((catalog, day));
                columns.write_csv(found.cost.groups.iter(), out)
            }
        },
        move || output::output(found, rows),
    )
}

fn blocks(found: &UsageFound, rows: Option<&WrittenUsageRows>) -> Vec<Block> {
    let cost = found.cost;
    let mut blocks = vec![Block::Title(words::title(found)), Block::Facts(words::facts(found))];
    blocks.extend(found.with.into_iter().flat_map(compared::blocks));
    if !cost.groups.is_empty() {
        blocks.push(groups::block(cost));
    }
    if let Some(shown) = rows.and_then(WrittenUsageRows::sheet) {
        blocks.push(shown);
    }
    if !cost.rejected.is_empty() {
        let all = cost.rejected.iter().map(words::rejected).collect();
        blocks.push(Block::List("Rejected:".into(), all));
    }
    let open = || cost.total.reasons().said();
    blocks.extend(Block::open("Not exact, because:", open()));
    let elsewhere = found.with.iter().flat_map(|with| &with.compared.assumptions);
    let assumptions = cost.assumptions.iter().chain(elsewhere);
    let mut assumed: Vec<Sentence> = assumptions.map(Assumption::said).collect();
    assumed.extend(words::assumed(found));
    blocks.extend(Block::open("Assumed:", assumed));
    let mut notes: Vec<Sentence> = words::notes(found);
    let elsewhere = found.with.iter().flat_map(|with| &with.compared.notes);
    notes.extend(cost.notes.iter().chain(elsewhere).map(Note::said));
    blocks.extend(Block::notes("Notes:", ("note", "notes"), notes));
    blocks
}

/// Blocks of which a table shows the first part, where there are many.
fn folded(count: usize, words: (&'static str, &'static str), whole: Block, part: Block) -> Block {
    Block::Folded(Fold {
        what: Counted::new(count, words),
        view: View::All,
        inside: vec![whole],
        instead: vec![part],
    })
}
