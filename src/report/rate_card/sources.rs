//! The sources to read again, as a report.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::Catalog;
use crate::catalog::evidence::FRESH_DAYS;
use crate::help::View;
use crate::rate_card::SourceToRead;
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::document::Report;
use crate::report::envelope::Output;
use crate::report::number::count;
use crate::report::record::{Columns, Each, Field, Record, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};

/// The most sources that are shown without being asked for.
const FEW: usize = 12;

/// The sources of a day as a report, in their order.
pub fn report<'a>(sources: &'a [SourceToRead], day: NaiveDate, catalog: &'a Catalog) -> Report<'a> {
    let columns =
        Columns { fields: <DatedSource>::fields(), with_ends: false }.made_of((catalog, Some(day)));
    Report::streamed(
        (catalog, Some(day)),
        move || blocks(sources, day),
        move |out| columns.write_csv(rows(sources, day), out),
        move || SourcesOutput::of(sources, day),
    )
}

/// A source as it stands on a day.
#[derive(Debug, Clone, Copy)]
pub struct DatedSource<'a> {
    source: &'a SourceToRead,
    day: NaiveDate,
}

fn rows(sources: &[SourceToRead], day: NaiveDate) -> impl Iterator<Item = DatedSource<'_>> {
    sources.iter().map(move |source| DatedSource { source, day })
}

impl DatedSource<'_> {
    fn age_days(&self) -> Option<i64> {
        let days = (self.day - self.source.stated.seen?).num_days();
        Some(days).filter(|days| *days >= 0)
    }
}

fn blocks(sources: &[SourceToRead], day: NaiveDate) -> Vec<Block> {
    let undated = sources.iter().filter(|it| it.stated.seen.is_none()).count();
    let old =
        rows(sources, day).filter(|it| it.age_days().is_some_and(|it| it > FRESH_DAYS as i64));
    let title = format!(
        "Sources to read again on {day}: {} places, {} without a date, {} older than {FRESH_DAYS} days, {} whose address is not recorded",
        count(sources.len() as u64),
        count(undated as u64),
        count(old.count() as u64),
        count(sources.iter().filter(|it| it.is_not_recorded()).count() as u64)
    );
    vec![
        Block::Title(title),
        sheet(sources, day).first(FEW, ("more source", "more sources"), View::All),
    ]
}

/// A row for each source with its day: how many places rest on it, and the first of them.
fn sheet(sources: &[SourceToRead], day: NaiveDate) -> Sheet {
    let columns = vec![
        Column::number("Seen"),
        Column::number("Age").ranked(2),
        Column::text("Source"),
        Column::number("Places"),
        Column::ids("First in"),
        Column::of(&terms::LOCATORS).ranked(1),
    ];
    let is_same = |a: &SourceToRead, b: &SourceToRead| {
        let (a, b) = (&a.stated, &b.stated);
        (a.seen, &a.source, &a.locators) == (b.seen, &b.source, &b.locators)
    };
    let row = |places: &[SourceToRead]| {
        let first = DatedSource { source: &places[0], day };
        let stated = &first.source.stated;
        vec![
            stated.seen.map_or(Cell::Missing("undated"), |day| Cell::text(day.to_string())),
            first.age_days().map_or(Cell::Missing("?"), |days| Cell::text(days.to_string())),
            Cell::text(stated.source.clone()),
            Cell::text(count(places.len() as u64)),
            Cell::text(first.source.table.clone()),
            address(first.source),
        ]
    };
    Sheet { columns, rows: sources.chunk_by(is_same).map(row).collect(), total: None }
}

/// The first address of a source, and how many there are besides.
fn address(source: &SourceToRead) -> Cell {
    match &source.stated.locators[..] {
        [] => Cell::Missing("not given"),
        _ if source.is_not_recorded() => Cell::Missing("not recorded"),
        [only] => Cell::text(only.clone()),
        [first, others @ ..] => Cell::text(format!("{first} and {} more", others.len())),
    }
}

impl Recorded for DatedSource<'_> {
    const NAME: &'static str = "source";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::SEEN.of(|it: &Self| it.source.stated.seen.into()),
            terms::AGE_DAYS.of(|it| it.age_days().into()),
            terms::SOURCE.of(|it| it.source.stated.source.as_str().into()),
            terms::LOCATORS.of(|it| it.source.stated.locators.clone().into()),
            terms::CONFIDENCE.of(|it| it.source.stated.confidence.as_str().into()),
            terms::TABLE.of(|it| it.source.table.as_str().into()),
            terms::STATEMENT.of(|it| it.source.stated.statement.as_str().into()),
            terms::FILE.of(|it| it.source.place.0.as_str().into()),
            terms::LINE.of(|it| it.source.place.1.into()),
        ]
    }
}

/// The sources of all statements of a catalogue.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct SourcesOutput<'a> {
    /// How many places have a source whose address is not recorded.
    pub not_recorded: usize,
    /// A row for each place at which a source stands, those without a day first, then the oldest first.
    pub rows: Each<'a, Record<DatedSource<'a>>>,
}

impl Output for SourcesOutput<'_> {
    const NAME: &'static str = "sources";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "prices list";
}

impl<'a> SourcesOutput<'a> {
    fn of(sources: &'a [SourceToRead], day: NaiveDate) -> SourcesOutput<'a> {
        SourcesOutput {
            not_recorded: sources.iter().filter(|it| it.is_not_recorded()).count(),
            rows: Each::row(move || rows(sources, day)),
        }
    }
}
