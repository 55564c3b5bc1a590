//! A price map of others beside the tables: how many prices stand how, and those that differ.

mod fields;
mod output;
mod words;

pub use output::MapDiffOutput;

use chrono::NaiveDate;

use super::block::{Block, Counted};
use super::document::Report;
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::help::View;
use crate::price_maps::{MapComparison, MapRow, MapShape, MapState};

/// The most differing prices that are shown without being asked for.
const FEW: usize = 12;

/// What a map is held beside, and where it stands.
#[derive(Clone, Copy)]
pub struct MapView<'a> {
    /// The tables.
    pub catalog: &'a Catalog,
    /// Their day.
    pub day: NaiveDate,
    /// The file of the map as the user named it.
    pub file: &'a str,
    /// Whose shape it has.
    pub shape: MapShape,
}

/// A map beside the tables as a report.
pub fn report<'a>(found: &'a MapComparison, view: MapView<'a>) -> Report<'a> {
    let columns = Columns { fields: <&MapRow>::fields(), with_ends: false }
        .made_of((view.catalog, Some(view.day)));
    Report::streamed(
        (view.catalog, Some(view.day)),
        move || blocks(found, view),
        move |out| columns.write_csv(found.rows.iter(), out),
        move || MapDiffOutput::of(found, view),
    )
}

fn blocks(found: &MapComparison, view: MapView) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(found, view)), Block::Facts(counts(found))];
    let of = |state: MapState| found.rows.iter().filter(move |row| row.state == state);
    let differing: Vec<&MapRow> = of(MapState::Differing).collect();
    if !differing.is_empty() {
        blocks.push(sheet(&differing).first(FEW, ("more price", "more prices"), View::All));
    }
    for state in MapState::ALL.into_iter().filter(|state| *state != MapState::Differing) {
        let rows: Vec<&MapRow> = of(state).collect();
        if !rows.is_empty() {
            let what = Counted::new(rows.len(), words::counted(state));
            let inside = vec![Block::Text(words::heading(state)), Block::Sheet(sheet(&rows))];
            blocks.push(Block::folded(what, View::All, inside));
        }
    }
    blocks.extend(not_read(found));
    blocks.extend(others(found));
    blocks
}

fn title(found: &MapComparison, view: MapView) -> String {
    let differing = found.count(MapState::Differing);
    let held = differing + found.count(MapState::Equal);
    let entries = number::count(found.entries as u64);
    format!(
        "Prices of {} beside {} ({}, {entries} models): {} of {} differ",
        view.day,
        view.file,
        view.shape.in_words(),
        number::count(differing as u64),
        number::count(held as u64)
    )
}

fn counts(found: &MapComparison) -> Vec<(String, String)> {
    let count = |state: MapState| {
        let count = found.count(state);
        let of_routes = words::spread(found, state).unwrap_or_default();
        let words = format!("{}{of_routes}", number::count(count as u64));
        (count > 0).then(|| (words::label(state).to_owned(), words))
    };
    MapState::ALL.into_iter().filter_map(count).collect()
}

/// The prices that stand so: what is alike in every row, or says nothing in any, takes no column.
fn sheet(rows: &[&MapRow]) -> Sheet {
    type Part = (Column, fn(&MapRow) -> String);
    let parts: [Part; 8] = [
        (Column::ids("Route"), words::route),
        (Column::ids("Key of the map").ranked(4), words::key),
        (Column::ids("Meter"), |row| row.meter.label().into()),
        (Column::text("When"), words::when),
        (Column::number("Here"), words::here),
        (Column::number("There"), words::there),
        (Column::number("×").ranked(1), words::ratio),
        (Column::text("Remark").ranked(2), words::remark),
    ];
    let says = |part: &Part| rows.iter().any(|row| !(part.1)(row).is_empty());
    let parts: Vec<Part> = parts.into_iter().filter(says).collect();
    let row = |row: &&MapRow| parts.iter().map(|(_, of)| Cell::text(of(row))).collect();
    let rows = rows.iter().map(row).collect();
    Sheet { columns: parts.into_iter().map(|(column, _)| column).collect(), rows, total: None }
}

/// What bears a price in the map and is not read.
fn not_read(found: &MapComparison) -> Option<Block> {
    let mut fields: Vec<(&String, &usize)> = found.not_read.iter().collect();
    fields.sort_by_key(|(field, count)| (std::cmp::Reverse(**count), (*field).clone()));
    let line = |(field, count): (&String, &usize)| {
        format!("{field}: {}", Counted::new(*count, ("model", "models")).in_words())
    };
    let lines: Vec<String> = fields.into_iter().map(line).collect();
    Block::notes(
        "Fields that bear a price and are not read, by how many models have them:",
        ("field that is not read", "fields that are not read"),
        lines,
    )
}

fn others(found: &MapComparison) -> Option<Block> {
    let text = || {
        let is = if found.others == 1 { "is" } else { "are" };
        format!(
            "{} of the map {is} not compared: no route that is asked for has such a name.",
            Counted::new(found.others, ("model", "models")).in_words()
        )
    };
    (found.others > 0).then(|| Block::Text(text()))
}
