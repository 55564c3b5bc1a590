//! Price changes as a report: a block for each route that changed, then what it costs.

mod cost;
mod fields;
mod one_sided;
mod output;
mod rows;
mod words;

pub use output::{CostOfOutput, PricesDiffOutput, SideOutput};
pub use rows::ChangeRow;

use chrono::NaiveDate;

use super::block::Block;
use super::block::Counted;
use super::document::Report;
use super::fold::few_notes;
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::dated::FirstDay;
use crate::help::{self, Help, Sentence};
use crate::note::Assumption;
use crate::price_changes::{
    Both, PriceChanges, PricedSides, RateChange, RateState, RouteChange, RouteSide, Sides,
};

/// How price changes are shown.
#[derive(Debug, Clone)]
pub struct View {
    /// The sides as the user named them.
    pub labels: Both<String>,
    /// Today: the prices of a later day are an assumption.
    pub today: NaiveDate,
}

/// Price changes as a report.
pub fn report<'a>(changes: &'a PriceChanges, sides: &'a Sides, view: &'a View) -> Report<'a> {
    let [a, b] = sides.days();
    let [_, catalog] = sides.catalogs();
    let place = (catalog, (a == b).then_some(b));
    let columns = Columns { fields: ChangeRow::fields(), with_ends: false }.made_of(place);
    Report::streamed(
        place,
        || blocks(changes, sides, view),
        move |out| columns.write_csv(rows::rows(changes), out),
        || output::output(changes, sides, view),
    )
}

fn blocks(changes: &PriceChanges, sides: &Sides, view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(changes, sides, view))];
    // Who asks for a cost has the answer in it.
    blocks.extend(cost::blocks(changes, sides, view));
    for (index, change) in shown(changes, sides).enumerate() {
        let of_route = route_blocks(change, sides, view);
        match index {
            0 => blocks.extend(of_route),
            _ => {
                let what = Counted::new(1, ("more changed route", "more changed routes"));
                blocks.push(Block::folded(what, help::View::All, of_route));
            }
        }
    }
    blocks.extend(one_sided::blocks(changes, sides, view));
    blocks.extend(Block::open("Assumed:", assumptions(changes, view).iter().map(Assumption::said)));
    blocks.extend(list("Notes:", cost::notes(changes)));
    if begins_unstated(changes) {
        let text = "A version whose first day is not stated begins with its source: that it begins between \
                    the days does not say that its price is new.";
        let what = Counted::new(1, ("note", "notes"));
        blocks.push(Block::folded(what, help::View::Notes, vec![Block::Text(text.into())]));
    }
    blocks.extend(closing(changes, sides).map(Block::Text));
    if changes.cost_of.is_none() && changes.anything() {
        let text = "What it does to a cost is shown of a request or a volume";
        blocks.push(Block::Advice(Sentence::new(text, Help::CostOfChanges)));
    }
    blocks
}

/// The routes with a block of their own; the others stand in lists.
fn shown<'a>(changes: &'a PriceChanges, sides: &'a Sides) -> impl Iterator<Item = &'a RouteChange> {
    let pair = matches!(sides, Sides::Routes(..));
    let differing = changes.routes.iter().filter(move |change| pair || change.differs());
    differing.filter(move |change| pair || is_change_of_content(change))
}

/// Whether the route is there on both sides and differs in more than being priced.
fn is_change_of_content(change: &RouteChange) -> bool {
    change.priced_sides() == PricedSides::Both
        || !change.versions.is_empty()
        || !change.others.is_empty()
}

fn title(changes: &PriceChanges, sides: &Sides, view: &View) -> String {
    let [a, b] = &view.labels;
    match sides {
        Sides::Days(..) => format!("Prices of {a} and of {b}: {}", counted(changes)),
        Sides::Routes(.., day) => format!("Prices of two routes on {day}"),
        Sides::Catalogs(_, day) => {
            format!("Prices in {a} and in {b}, on {day}: {}", counted(changes))
        }
    }
}

/// "2 of 40 routes changed, 1 begins, 2 first seen, 3 end".
fn counted(changes: &PriceChanges) -> String {
    let differing = || changes.routes.iter().filter(|change| change.differs());
    let count = |on| differing().filter(|one| one.priced_sides() == on).count();
    let changed = count(PricedSides::Both) + count(PricedSides::Neither);
    let mut words = vec![match (changed, changes.compared) {
        (1, 1) => "the one route changed".into(),
        (0, 1) => "the one route did not change".into(),
        (0, all) => format!("none of {all} routes changed"),
        (changed, all) => format!("{changed} of {all} routes changed"),
    }];
    let begin = changes.routes.iter().filter(|change| begins(change)).count();
    let first_seen = count(PricedSides::Starts) - begin;
    for (count, one, several) in [
        (begin, "begins", "begin"),
        (first_seen, "first seen", "first seen"),
        (count(PricedSides::Ends), "ends", "end"),
    ] {
        match count {
            0 => {}
            1 => words.push(format!("1 {one}")),
            count => words.push(format!("{count} {several}")),
        }
    }
    words.join(", ")
}

/// Whether a route is priced on the second side alone, and its source states that its price begins; else it was read
/// then, and may have held before.
fn begins(change: &RouteChange) -> bool {
    let table = change.sides[1].table();
    change.priced_sides() == PricedSides::Starts
        && table.is_some_and(|table| table.version().period.first_day == FirstDay::Stated)
}

fn route_blocks(change: &RouteChange, sides: &Sides, view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    let two_routes = matches!(sides, Sides::Routes(..));
    if !two_routes && let Some(route) = change.sides.iter().find_map(RouteSide::route) {
        blocks.push(Block::Text(words::route(route)));
    }
    let names = column_names(sides, view);
    let [a, b] = change.sides.each_ref().map(|side| words::standing(side, two_routes));
    let [name_a, name_b] = names;
    let facts = if a == b { vec![("Both".into(), a)] } else { vec![(name_a, a), (name_b, b)] };
    blocks.push(Block::Facts(facts));
    if !change.rates.changed.is_empty() {
        blocks.push(Block::Sheet(rate_sheet(change, column_names(sides, view))));
    }
    let others = also_different(change, view);
    blocks.extend(few_notes("Also different:", ("more difference", "more differences"), 4, others));
    blocks
}

fn list(title: &str, items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List(title.to_owned(), items))
}

/// Days head their columns themselves; ids and folders would be too wide.
fn column_names(sides: &Sides, view: &View) -> Both<String> {
    match sides {
        Sides::Days(..) => view.labels.clone(),
        _ => ["A".into(), "B".into()],
    }
}

fn rate_sheet(change: &RouteChange, [a, b]: Both<String>) -> Sheet {
    let rates = &change.rates.changed;
    let any_condition = rates.iter().any(|rate| !words::when(rate).is_empty());
    let mut columns = vec![Column::ids("Meter")];
    columns.extend(any_condition.then(|| Column::ids("When")));
    columns.extend([
        Column::number(a),
        Column::number(b),
        Column::number("Difference").ranked(1),
        Column::number("Change").ranked(2),
    ]);
    let converted = words::units_differ(&change.sides);
    let row = |rate: &RateChange| {
        let state = |side: &RateState| Cell::text(words::state(side, converted));
        let difference = rate.difference.as_ref();
        let mut cells = vec![Cell::text(rate.meter.label())];
        cells.extend(any_condition.then(|| Cell::text(words::when(rate))));
        cells.extend(rate.sides.iter().map(state));
        cells.push(
            difference.map_or(Cell::Empty, |found| Cell::text(words::difference(found, converted))),
        );
        cells.push(difference.and_then(|found| found.relative).map_or(Cell::Empty, Cell::Change));
        cells
    };
    Sheet { columns, rows: rates.iter().map(row).collect(), total: None }
}

fn also_different(change: &RouteChange, view: &View) -> Vec<String> {
    let details = change.details.iter().map(|detail| {
        let (what, [a, b]) = words::detail(detail);
        format!("{what}: {a} → {b}")
    });
    let versions = change.versions.iter().map(|version| {
        let period = version.periods.iter().flatten().next().map(|period| period.in_words());
        let what = words::what(version.what, &view.labels);
        format!("the version {} {what}", period.unwrap_or_default())
    });
    let others = (!change.others.is_empty()).then(|| change.others.join(", "));
    details.chain(versions).chain(others).collect()
}

/// What was assumed of the days and for the costs, each once.
pub(super) fn assumptions(changes: &PriceChanges, view: &View) -> Vec<Assumption> {
    let later = changes.days.iter().filter(|day| **day > view.today);
    let known = later.map(|day| Assumption::LaterDay { day: *day, today: view.today });
    let costs = cost::estimates(changes).flat_map(|estimate| estimate.assumptions.clone());
    let mut all: Vec<Assumption> = Vec::new();
    for assumption in known.chain(costs) {
        if !all.contains(&assumption) {
            all.push(assumption);
        }
    }
    all
}

fn distinct(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for item in items {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all
}

/// What did not change, and what was left out.
fn closing(changes: &PriceChanges, sides: &Sides) -> Option<String> {
    let rates: usize = changes.routes.iter().map(|change| change.rates.changed.len()).sum();
    let mut words = Vec::new();
    if rates == 0 {
        words.push("No rate moved.".to_owned());
    }
    if matches!(sides, Sides::Routes(..)) {
        let equal: usize = changes.routes.iter().map(|change| change.rates.equal).sum();
        words.push(match equal {
            0 => "No price is the same on both routes.".into(),
            1 => "1 price is the same on both routes.".into(),
            equal => format!("{equal} prices are the same on both routes."),
        });
    }
    let neither = match sides {
        Sides::Days(..) => "on neither day",
        Sides::Routes(..) => "on neither side",
        Sides::Catalogs(..) => "in neither folder",
    };
    match changes.unpriced {
        0 => {}
        1 => words.push(format!("1 route is priced {neither}.")),
        count => {
            words.push(format!("{} routes are priced {neither}.", number::count(count as u64)))
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

fn begins_unstated(changes: &PriceChanges) -> bool {
    changes.days[0] != changes.days[1]
        && changes.routes.iter().any(|change| {
            let one_sided =
                matches!(change.priced_sides(), PricedSides::Starts | PricedSides::Ends);
            let tables = change.sides.iter().filter_map(RouteSide::table);
            let mut first_days = tables.map(|table| table.version().period.first_day);
            one_sided && first_days.any(|first| first != FirstDay::Stated)
        })
}
