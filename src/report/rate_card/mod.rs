//! The rate card and the sources to read again, as reports.

mod fields;
mod sources;

pub use fields::RateCardOutput;
pub use sources::{SourcesOutput, report as sources};

use std::collections::BTreeMap;

use super::block::Block;
use super::document::Report;
use super::number::count;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::catalog::figures::{conditions, floor, not_offered, svg_authoring};
use crate::catalog::price::SvgAuthoring;
use crate::help::View;
use crate::rate_card::{CardLine, CardRate, RateCard, Versions};
use crate::rating::{PriceTable, TableRate};

/// The most rates that are shown without being asked for.
const FEW: usize = 12;

/// The rate card of these versions as a report.
pub fn report<'a>(card: &'a RateCard, versions: Versions, catalog: &'a Catalog) -> Report<'a> {
    let day = match versions {
        Versions::On(day) => Some(day),
        Versions::All => None,
    };
    let columns =
        Columns { fields: <&CardLine>::fields(), with_ends: false }.made_of((catalog, day));
    Report::streamed(
        (catalog, day),
        move || blocks(card, versions),
        move |out| columns.write_csv(card.lines.iter(), out),
        move || RateCardOutput::of(card),
    )
}

fn blocks(card: &RateCard, versions: Versions) -> Vec<Block> {
    let priced: Vec<&CardLine> = card.lines.iter().filter(|line| is_priced(line)).collect();
    let title = match versions {
        Versions::On(day) => format!("Rate card of {day}: {}", counted(card, priced.len())),
        Versions::All => format!("Rate card, all versions: {}", counted(card, priced.len())),
    };
    let mut blocks = vec![Block::Title(title)];
    if !priced.is_empty() {
        let of_days = versions == Versions::All;
        blocks.extend(only_route(&priced).map(|id| Block::Facts(vec![("Route".into(), id)])));
        blocks.push(sheet(&priced, of_days).first(FEW, ("more rate", "more rates"), View::All));
    }
    let others: Vec<String> =
        card.lines.iter().filter(|line| !is_priced(line)).map(besides).collect();
    blocks.extend(Block::notes("Besides the rates:", ("statement", "statements"), others));
    let unpriced = card.unpriced.iter().map(|(route, why)| format!("{}: {why}", route.id));
    let unpriced: Vec<String> = unpriced.collect();
    blocks.extend(Block::notes("Without a rate:", ("route", "routes"), unpriced));
    blocks
}

fn is_priced(line: &CardLine) -> bool {
    matches!(line.says, CardRate::Priced(..))
}

/// How many rates, of how many routes, and of what age and support.
fn counted(card: &RateCard, rates: usize) -> String {
    let many = |number: usize, one: &str| {
        format!("{} {one}{}", count(number as u64), if number == 1 { "" } else { "s" })
    };
    let rests_on = card.lines.iter().filter(|line| is_priced(line)).filter_map(CardLine::rests_on);
    let mut by_confidence: BTreeMap<_, usize> = BTreeMap::new();
    rests_on.for_each(|it| *by_confidence.entry(it.confidence()).or_default() += 1);
    let support = by_confidence.iter().rev();
    let support =
        support.map(|(level, rates)| format!("{} {}", count(*rates as u64), level.as_str()));
    let support: Vec<String> = support.collect();
    let of = format!("{} of {}", many(rates, "rate"), many(card.priced_routes, "route"));
    if support.is_empty() { of } else { format!("{of} ({} confidence)", support.join(", ")) }
}

/// The place of the price in dollars, which stands beside prices in other units alone.
const IN_DOLLARS: usize = 4;

fn sheet(lines: &[&CardLine], of_days: bool) -> Sheet {
    let mut columns = vec![
        Column::ids("Route"),
        Column::text("Meter"),
        Column::text("When"),
        Column::number("Price"),
        Column::number("In dollars").ranked(4),
        Column::number("Source of"),
        Column::text("Confidence").ranked(3),
    ];
    if of_days {
        columns.insert(1, Column::number("From"));
    }
    let row = |line: &&CardLine| {
        let mut row = cells(line);
        if of_days {
            row.insert(1, Cell::text(line.version().period.first.to_string()));
        }
        row
    };
    let mut rows: Vec<Vec<Cell>> = lines.iter().map(row).collect();
    let mut leave_out = |column: usize| {
        columns.remove(column);
        rows.iter_mut().for_each(|row| drop(row.remove(column)));
    };
    if lines.iter().all(|line| line.version().unit.is_usd()) {
        leave_out(IN_DOLLARS + usize::from(of_days));
    }
    // What is alike in every row is said once, above them.
    if only_route(lines).is_some() {
        leave_out(0);
    }
    Sheet { columns, rows, total: None }
}

/// The route of all lines, if it is one.
fn only_route(lines: &[&CardLine]) -> Option<String> {
    let id = |line: &CardLine| line.table.route.id.to_string();
    let first = id(lines.first()?);
    lines.iter().all(|line| id(line) == first).then_some(first)
}

fn cells(line: &CardLine) -> Vec<Cell> {
    let CardRate::Priced(rate, dollars) = &line.says else { return Vec::new() };
    let (id, unit) = (&line.table.route.id, &line.version().unit);
    let rests_on = line.rests_on();
    let in_dollars = dollars.filter(|_| !unit.is_usd()).map(|dollars| {
        Cell::UnitPrice(
            dollars,
            rate.rate.per,
            crate::catalog::price::PriceUnit::Currency("USD".into()),
        )
    });
    vec![
        Cell::text(format!("{}/{}", id.owner, id.name)),
        Cell::text(rate.rate.meter.label()),
        Cell::text(when(line)),
        Cell::UnitPrice(rate.rate.price, rate.rate.per, unit.clone()),
        in_dollars.unwrap_or(Cell::Empty),
        rests_on
            .as_ref()
            .and_then(|it| it.seen())
            .map_or(Cell::Missing("undated"), |day| Cell::text(day.to_string())),
        Cell::text(rests_on.map_or("", |it| it.confidence().as_str())),
    ]
}

/// The conditions of a rate of a line in words.
fn when(line: &CardLine) -> String {
    let CardRate::Priced(rate, _) = &line.says else { return String::new() };
    let list = line.list.map(|list| format!(", list {list}, of which the cheapest is charged"));
    conditions_in_words(rate, &line.table) + &list.unwrap_or_default()
}

/// The conditions of a rate in words. Standard processing is named where the table has rates for another.
pub(super) fn conditions_in_words(rate: &TableRate, table: &PriceTable) -> String {
    let mut rates = table.rate_conditions();
    let has_others = rates.any(|(_, when)| when.processing != Processing::Standard);
    let rate = &rate.rate;
    let is_standard = rate.when.processing == Processing::Standard;
    let mut words = Vec::new();
    words.extend((has_others && is_standard).then(|| "standard".to_owned()));
    words.extend(conditions(&rate.when));
    words.extend((rate.after > 0).then(|| format!("beyond the first {}", rate.after)));
    words.extend(rate.whole_units.then(|| "whole units".to_owned()));
    words.extend(rate.inferred.then(|| "label inferred".to_owned()));
    if words.is_empty() { "always".into() } else { words.join(", ") }
}

/// What a line says that is no rate.
fn besides(line: &CardLine) -> String {
    let id = &line.table.route.id;
    match &line.says {
        CardRate::Floor(each, _) => format!("{id}: {}", floor(*each, &line.version().unit)),
        CardRate::SvgAuthoring(rate, _) => {
            let stated = SvgAuthoring::Rates(vec![rate.clone()]);
            format!("{id}: {}", svg_authoring(&stated).join(", "))
        }
        CardRate::NotBilled(meter) => format!("{id}: {} is not billed", meter.label()),
        CardRate::NotStated(meter, open) => {
            let when = conditions(&open.when);
            let when =
                if when.is_empty() { String::new() } else { format!(" ({})", when.join(", ")) };
            format!("{id}: {}{when} is not stated: {}", meter.label(), open.why)
        }
        CardRate::NotOffered(row) => format!("{id}: {} is not offered", not_offered(row)),
        CardRate::Priced(..) => format!("{id}: {}", when(line)),
    }
}
