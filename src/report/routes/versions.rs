//! The prices of a route for people: the rates of the day, and what changed from version to version.

use crate::catalog::evidence::RestsOn;
use crate::catalog::figures::{
    classes, conditions, figures, floor, not_offered, rounding, svg_authoring, unit,
};
use crate::catalog::price::{PriceUnit, PriceVersion};
use crate::catalog::route::Route;
use crate::help::View;
use crate::rating::{PriceTable, TableRate};
use crate::report::block::Block;
use crate::report::evidence::found_again;
use crate::report::fold::few_notes;
use crate::report::rate_card::conditions_in_words;
use crate::report::sheet::{Cell, Column, Sheet};

/// The most rates of a list that are shown without being asked for.
const MOST_RATES: usize = 10;

/// The rates that hold, with all factors worked in; of several lists, one after the other.
pub(super) fn rates(table: &PriceTable) -> Vec<Block> {
    let lists = table.lists();
    let mut blocks = Vec::new();
    for (index, list) in lists.iter().enumerate() {
        if lists.len() > 1 {
            let of = lists.len();
            let text = format!("Rates, list {} of {of}; the cheaper list is charged:", index + 1);
            blocks.push(Block::Text(text));
        }
        blocks.push(list_sheet(list, table).first(
            MOST_RATES,
            ("more rate", "more rates"),
            View::All,
        ));
    }
    if let Some(basis) = lists.iter().flatten().find_map(|rate| rate.basis.as_ref()) {
        blocks.push(Block::Text(format!("The owner states these prices as {basis}.")));
    }
    let version = table.version();
    let credit =
        matches!(version.unit, PriceUnit::Credit(..)).then(|| ("Credit", unit(&version.unit)));
    let borders = version.classes.as_ref().map(|it| ("Resolutions", classes(it)));
    let facts = credit.into_iter().chain(borders).map(|(name, text)| (name.to_owned(), text));
    blocks.extend(Some(facts.collect::<Vec<_>>()).filter(|it| !it.is_empty()).map(Block::Facts));
    blocks.extend(others(table));
    blocks
}

fn list_sheet(list: &[TableRate], table: &PriceTable) -> Sheet {
    let version = table.version();
    let columns = vec![
        Column::text("Meter"),
        Column::text("When"),
        Column::number("Price"),
        Column::number("Source of"),
    ];
    let row = |rate: &TableRate| {
        let seen = RestsOn::these(&*rate.evidence).and_then(|it| it.seen());
        vec![
            Cell::text(rate.rate.meter.label()),
            Cell::text(conditions_in_words(rate, table)),
            Cell::UnitPrice(rate.rate.price, rate.rate.per, version.unit.clone()),
            seen.map_or(Cell::Missing("undated"), |day| Cell::text(day.to_string())),
        ]
    };
    Sheet { columns, rows: list.iter().map(row).collect(), total: None }
}

/// What is not billed, not stated and not offered: four different things are not one.
fn others(table: &PriceTable) -> Vec<Block> {
    let version = table.version();
    let mut items = Vec::new();
    items.extend(version.rounding.as_ref().map(rounding));
    items.extend(version.floor.map(|each| floor(each, &version.unit)));
    items.extend(version.svg_authoring.iter().flat_map(svg_authoring));
    let free: Vec<&str> = table.not_billed().iter().map(|meter| meter.label()).collect();
    if !free.is_empty() {
        items.push(format!("not billed: {}", free.join(", ")));
    }
    for open in &version.not_stated {
        let meters: Vec<&str> = open.meters.iter().map(|meter| meter.label()).collect();
        let when = conditions(&open.when);
        let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join(", ")) };
        items.push(format!("not stated: {}{when}: {}", meters.join(", "), open.why));
    }
    for row in &version.not_offered {
        items.push(format!("not offered: {} [{}]", not_offered(row), row.evidence.in_words()));
    }
    few_notes("Besides the rates:", ("statement", "statements"), 3, items).into_iter().collect()
}

/// Every version, the newest first, with what it changed.
pub(super) fn history(route: &Route) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, version) in route.versions.iter().enumerate().rev() {
        let before = index.checked_sub(1).map(|before| &route.versions[before]);
        let mut items = vec![format!("source: {}", version.evidence.in_words())];
        items.extend(found_again(&version.evidence));
        items.extend(version.evidence.note.iter().map(|note| format!("note: {note}")));
        items.extend(match before {
            None => vec!["the first version that is entered".to_owned()],
            Some(before) => changes(before, version),
        });
        for accepted in &version.acknowledged {
            let (warning, on) = (accepted.warning.as_str(), accepted.on);
            items.push(format!("{warning} acknowledged on {on}: {}", accepted.reason));
        }
        blocks.push(Block::List(format!("Version {}:", version.period.in_words()), items));
    }
    blocks
}

/// The figures that went and those that came.
fn changes(before: &PriceVersion, after: &PriceVersion) -> Vec<String> {
    let (old, new) = (figures(before), figures(after));
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("gone: {line}"));
    let came = new.iter().filter(|line| !old.contains(line)).map(|line| format!("new: {line}"));
    let changes: Vec<String> = gone.chain(came).collect();
    if changes.is_empty() { vec!["the figures did not change".into()] } else { changes }
}
