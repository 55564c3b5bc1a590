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

use super::block::{Block, Counted, Fold};
use super::document::Report;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::guidance::Channel;
use crate::catalog::readiness::{self, FIELDS};
use crate::catalog::route::Status;
use crate::help::{Help, Sentence, View};
use crate::routes::{Entry, Lasting};

const FOOTER: &str = "Stated: how many of the seven fields of the stop rule are stated: owner, model or \
                      alias, endpoint, billing unit, upload policy, output rights, charge rule. \
                      `imgcost routes show ROUTE` shows rates, terms and what is missing.";

const IN_WRITING: &str = "A field that is not stated in public may be in your contract: enter it as \
                          `attested` in amendments/ of your own folder";

/// The list of routes as a report.
pub fn list<'a>(entries: &'a [Entry], day: NaiveDate, catalog: &'a Catalog) -> Report<'a> {
    Report::streamed(
        (catalog, Some(day)),
        move || list_blocks(entries, day),
        move |out| write_csv(entries, (catalog, day), out),
        || RoutesOutput::of(entries),
    )
}

/// A row for each route.
fn write_csv(
    entries: &[Entry],
    (catalog, day): (&Catalog, NaiveDate),
    out: &mut dyn Write,
) -> io::Result<()> {
    let columns = Columns { fields: <&Entry>::fields(), with_ends: false };
    columns.made_of((catalog, Some(day))).write_csv(entries.iter(), out)
}

/// The most routes that are all shown.
const FEW: usize = 20;
/// How many routes of a channel are shown of more.
const OF_CHANNEL: usize = 4;
/// How routes that are not shown are counted.
const MORE: (&str, &str) = ("more route", "more routes");

fn list_blocks(entries: &[Entry], day: NaiveDate) -> Vec<Block> {
    let mut blocks = vec![Block::Title(format!("Routes on {day}: {}", counted(entries)))];
    let (mut lasting, apart): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.lasting == Lasting::Yes);
    let most = if lasting.len() > FEW { OF_CHANNEL } else { usize::MAX };
    lasting.sort_by_key(|entry| (entry.status != Status::Priced, entry.missing.len()));
    for channel in [Channel::OfficialApi, Channel::Provider, Channel::Wrapper, Channel::App] {
        let of_channel: Vec<&Entry> =
            lasting.iter().copied().filter(|entry| entry.route.channel() == channel).collect();
        if !of_channel.is_empty() {
            let heading = format!("{} ({}):", words::heading(channel), of_channel.len());
            blocks.push(Block::Text(heading));
            blocks.push(overview(&of_channel).first(most, MORE, View::All));
        }
    }
    blocks.extend(standing_apart(&apart));
    match entries.is_empty() {
        true => blocks.push(Block::Text("No route has all of what was asked for.".into())),
        false => blocks.extend(Block::notes("Columns:", ("note", "notes"), vec![FOOTER])),
    }
    blocks
}

/// Routes that cannot be counted on: by why, counted, and on request one by one.
fn standing_apart(apart: &[&Entry]) -> Option<Block> {
    let count = |of: fn(Lasting) -> bool| apart.iter().filter(|entry| of(entry.lasting)).count();
    let counts = [
        (count(|it| matches!(it, Lasting::ShutDown(_))), "shut down"),
        (count(|it| matches!(it, Lasting::Ending(_))), "whose model ends within 12 months"),
        (count(|it| it == Lasting::NoImages), "of a model that makes no images"),
    ];
    let lines = counts.into_iter().filter(|(count, _)| *count > 0);
    let lines: Vec<String> = lines.map(|(count, why)| format!("{count} {why}")).collect();
    let row = |entry: &&Entry| {
        vec![
            Cell::text(entry.route.id.to_string()),
            Cell::text(entry.lasting.why_not().map_or_else(String::new, |why| why.to_string())),
        ]
    };
    let columns = vec![Column::ids("Route"), Column::text("Why")];
    let sheet = Sheet { columns, rows: apart.iter().map(row).collect(), total: None };
    const TITLE: &str = "Not to be counted on for images:";
    (!apart.is_empty()).then(|| {
        Block::Folded(Fold {
            what: Counted::new(apart.len(), MORE),
            view: View::All,
            inside: vec![Block::Text(TITLE.into()), Block::Sheet(sheet)],
            instead: vec![Block::List(TITLE.into(), lines)],
        })
    })
}

fn counted(entries: &[Entry]) -> String {
    let ready = entries.iter().filter(|entry| entry.is_ready()).count();
    let routes = if entries.len() == 1 { "route" } else { "routes" };
    format!("{} {routes}, {ready} ready for production", entries.len())
}

fn overview(entries: &[&Entry]) -> Sheet {
    let columns = vec![
        Column::ids("Route"),
        Column::ids("Model").ranked(3),
        Column::text("Status"),
        Column::number("Source of"),
        Column::text("Confidence").ranked(2),
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
        move |out| write_csv(entries, (catalog, day), out),
        || RoutesCheckOutput::of(entries),
    )
}

/// The most verdicts that are shown without being asked for.
const OF_VERDICTS: usize = 8;

/// How many routes state how much.
fn by_stated(entries: &[Entry]) -> Vec<(String, String)> {
    let of = |stated: usize| entries.iter().filter(|entry| entry.stated() == stated).count();
    let counts = (0..=FIELDS).rev().map(|stated| (stated, of(stated)));
    let line = |(stated, count): (usize, usize)| {
        let routes = if count == 1 { "route" } else { "routes" };
        (format!("{stated} of {FIELDS} stated"), format!("{count} {routes}"))
    };
    counts.filter(|(_, count)| *count > 0).map(line).collect()
}

fn verdict_blocks(entries: &[Entry], day: NaiveDate) -> Vec<Block> {
    let columns = vec![Column::ids("Route"), Column::text("Verdict")];
    let row = |entry: &Entry| {
        vec![Cell::text(entry.route.id.to_string()), Cell::text(readiness::verdict(&entry.missing))]
    };
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| (entry.lasting != Lasting::Yes, entry.missing.len()));
    let sheet = Sheet { columns, rows: sorted.into_iter().map(row).collect(), total: None };
    let mut blocks = vec![
        Block::Title(format!("The stop rule on {day}: {}", counted(entries))),
        Block::Facts(by_stated(entries)),
        sheet.first(OF_VERDICTS, MORE, View::All),
    ];
    if entries.iter().any(|entry| !entry.is_ready()) {
        blocks.push(Block::Advice(Sentence::new(IN_WRITING, Help::GiveTables)));
    }
    blocks
}
