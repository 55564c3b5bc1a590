//! Routes as reports: the list, one route as a contract, the verdicts of the stop rule, the choice.

mod choice;
mod contract;
mod contract_output;
mod fields;
mod output;
mod versions;
pub(in crate::report) mod words;

pub use choice::report as choice;
pub use contract::report as contract;
pub use contract_output::{
    ChargeOutput, ClauseOutput, DefaultsOutput, ImageToolOutput, RateLimitsOutput, RouteOutput,
    StatementOutput, TierOutput, VersionOutput,
};
pub use fields::ChosenRoute;
pub use output::{RoutesCheckOutput, RoutesChoiceOutput, RoutesOutput};

use std::io::{self, Write};

use chrono::NaiveDate;

use super::document::Report;
use super::record::{Columns, Recorded};
use super::sheet::{Block, Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::guidance::Channel;
use crate::catalog::readiness::{self, FIELDS};
use crate::routes::Entry;

const FOOTER: &str = "Stated: how many of the seven fields of the stop rule are stated: owner, model or \
                      alias, endpoint, billing unit, upload policy, output rights, charge rule. \
                      `imgcost routes show ROUTE` shows rates, terms and what is missing.";

const IN_WRITING: &str = "A field that is not stated in public may be in your contract: enter it as \
                          `attested` in amendments/ of your own folder.";

/// The list of routes as a report.
pub fn list<'a>(entries: &'a [Entry], day: NaiveDate, catalog: &'a Catalog) -> Report<'a> {
    Report::streamed(
        (catalog, Some(day)),
        move || list_blocks(entries, day),
        |out| write_csv(entries, out),
        || RoutesOutput::of(entries),
    )
}

/// A row for each route.
fn write_csv(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    Columns { fields: <&Entry>::fields(), with_ends: false }.write_csv(entries.iter(), out)
}

fn list_blocks(entries: &[Entry], day: NaiveDate) -> Vec<Block> {
    let mut blocks = vec![Block::Title(format!("Routes on {day}: {}", counted(entries)))];
    for channel in [Channel::OfficialApi, Channel::Provider, Channel::Wrapper, Channel::App] {
        let of_channel: Vec<&Entry> =
            entries.iter().filter(|entry| entry.route.channel() == channel).collect();
        if !of_channel.is_empty() {
            blocks.push(Block::Text(words::heading(channel).into()));
            blocks.push(Block::Sheet(overview(&of_channel)));
        }
    }
    blocks.push(Block::Text(match entries.is_empty() {
        true => "No route has all of what was asked for.".into(),
        false => FOOTER.into(),
    }));
    blocks
}

fn counted(entries: &[Entry]) -> String {
    let ready = entries.iter().filter(|entry| entry.is_ready()).count();
    let routes = if entries.len() == 1 { "route" } else { "routes" };
    format!("{} {routes}, {ready} ready for production", entries.len())
}

fn overview(entries: &[&Entry]) -> Sheet {
    let columns = vec![
        Column::text("Route"),
        Column::text("Model"),
        Column::text("Status"),
        Column::number("Source of"),
        Column::text("Confi-\ndence"),
        Column::number("Stated"),
    ];
    let row = |entry: &&Entry| {
        let version = entry.version();
        let id = &entry.route.id;
        vec![
            Cell::text(format!("{}/{}", id.owner, id.name)),
            Cell::text(entry.route.model.clone()),
            Cell::text(words::status(entry.status)),
            version.map_or(Cell::Missing("-"), |it| Cell::text(it.evidence.seen_in_words())),
            version.map_or(Cell::Missing("-"), |it| Cell::text(it.evidence.confidence.as_str())),
            Cell::text(format!("{} of {FIELDS}", entry.stated())),
        ]
    };
    Sheet { columns, rows: entries.iter().map(row).collect(), total: None }
}

/// The verdicts of the stop rule as a report, each with what is missing.
pub fn verdicts<'a>(entries: &'a [Entry], day: NaiveDate, catalog: &'a Catalog) -> Report<'a> {
    Report::streamed(
        (catalog, Some(day)),
        move || verdict_blocks(entries, day),
        |out| write_csv(entries, out),
        || RoutesCheckOutput::of(entries),
    )
}

fn verdict_blocks(entries: &[Entry], day: NaiveDate) -> Vec<Block> {
    let columns = vec![Column::ids("Route"), Column::text("Verdict")];
    let row = |entry: &Entry| {
        vec![Cell::text(entry.route.id.to_string()), Cell::text(readiness::verdict(&entry.missing))]
    };
    let sheet = Sheet { columns, rows: entries.iter().map(row).collect(), total: None };
    let mut blocks = vec![
        Block::Title(format!("The stop rule on {day}: {}", counted(entries))),
        Block::Sheet(sheet),
    ];
    if entries.iter().any(|entry| !entry.is_ready()) {
        blocks.push(Block::Text(IN_WRITING.into()));
    }
    blocks
}
