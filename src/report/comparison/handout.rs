//! What is handed on of a comparison: the cheapest route that may be named, and the routes beside each other.

use super::{View, blocks, short, words};
use crate::comparison::{Comparison, RouteEstimate, answers};
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind};
use crate::report::handout::{Answer, Part};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::report::sources;

/// How many bars are drawn.
const MOST_BARS: usize = 12;

pub(super) fn answer(comparison: &Comparison) -> Answer {
    let said = answers(comparison).into_iter().map(|it| words::in_a_sentence(&it));
    (None, said.take(words::MOST_WORKS).collect())
}

pub(super) fn parts(comparison: &Comparison, view: &View) -> Vec<Part> {
    let shown = short::shown(comparison, view.top);
    let rest = blocks(comparison, view).split_off(1);
    let parts = [chart(comparison, &shown), Part::of("", rest), rests_on(&shown)];
    parts.into_iter().flatten().collect()
}

fn chart(comparison: &Comparison, shown: &[&RouteEstimate]) -> Option<Part> {
    let several = comparison.works.len() > 1;
    let name = |row: &RouteEstimate| match several {
        true => format!("{}, {}: {}", row.route.owner_name, row.route.id, row.work.in_words()),
        false => format!("{}, {}", row.route.owner_name, row.route.id),
    };
    let priced: Vec<&RouteEstimate> =
        shown.iter().copied().filter(|row| row.cost().is_some()).take(MOST_BARS).collect();
    let bars = priced.iter().map(|row| (name(row), row.cost().cloned()));
    let title = "Cost of an accepted image by route, with its certainty";
    let chart = Chart::of(Kind::Bars, title, bars);
    let row = |row: &&RouteEstimate| {
        let cost = row.cost();
        vec![
            Cell::text(row.route.owner_name.clone()),
            Cell::text(row.route.id.to_string()),
            Cell::text(row.work.in_words()),
            cost.cloned().map_or(Cell::Missing("none"), Cell::Money),
            cost.map_or(Cell::Empty, |cost| Cell::text(cost.certainty().as_str())),
        ]
    };
    let columns = vec![
        Column::text("Price owner"),
        Column::text("Route"),
        Column::text("Work"),
        Column::number("An accepted image"),
        Column::text("Certainty"),
    ];
    let table = Sheet { columns, rows: priced.iter().map(row).collect(), total: None };
    (!priced.is_empty()).then(|| Part::charted("", chart, vec![Block::Sheet(table)]))
}

/// The sources of the prices that are shown.
fn rests_on(shown: &[&RouteEstimate]) -> Option<Part> {
    let stated = shown.iter().filter_map(|row| Some((row, row.outcome.as_ref().ok()?)));
    let stated: Vec<_> = stated.map(|(row, it)| (row, it.rests_on())).collect();
    let all = stated
        .iter()
        .flat_map(|(row, rests_on)| rests_on.statements().iter().map(|it| (&*row.route, &***it)));
    let sheet = sources::sheet(all);
    (!sheet.rows.is_empty())
        .then(|| Part::of("Sources of the prices", vec![Block::Sheet(sheet)]))?
}
