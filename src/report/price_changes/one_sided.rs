//! Routes that are priced on one side only, and models that end or differ.

use std::sync::Arc;

use super::{View, is_change_of_content, words};
use crate::catalog::model::Model;
use crate::price_changes::{PriceChanges, PricedSides, RouteChange, Sides};
use crate::report::block::{Block, Counted};
use crate::report::fold::few_notes;
use crate::report::sheet::{Cell, Column, Sheet};

/// Routes without a block, which are priced on one side only; then models.
pub(super) fn blocks(changes: &PriceChanges, sides: &Sides, view: &View) -> Vec<Block> {
    if matches!(sides, Sides::Routes(..)) {
        return Vec::new();
    }
    let [a, b] = &view.labels;
    let preposition = if matches!(sides, Sides::Days(..)) { "on" } else { "in" };
    let mut blocks =
        one_sided(changes, PricedSides::Starts, format!("Priced {preposition} {b} only:"));
    blocks.extend(one_sided(changes, PricedSides::Ends, format!("Priced {preposition} {a} only:")));
    blocks.extend(one_sided(
        changes,
        PricedSides::Neither,
        "Without a price, on one side only:".into(),
    ));
    let models = changes.models.iter();
    let models =
        models.map(|model| format!("{} {}", model.id, words::what(model.what, &view.labels)));
    let shut_down = shutdowns(changes);
    const MODELS: (&str, &str) = ("more model", "more models");
    let title = "Models that are shut down between the days:";
    blocks.extend(few_notes(title, MODELS, 0, shut_down));
    let title = "Models that differ, so that the cost of their routes may, too:";
    blocks.extend(few_notes(title, MODELS, 2, models.collect()));
    blocks
}

/// The most routes that are shown of a kind without being asked for.
const MOST: usize = 2;

/// The routes that begin or end, each with the first day of its version.
fn one_sided(changes: &PriceChanges, on: PricedSides, heading: String) -> Vec<Block> {
    let routes = changes.routes.iter().filter(|change| change.priced_sides() == on);
    let routes = routes.filter(|change| !is_change_of_content(change));
    let rows: Vec<Vec<Cell>> = routes.filter_map(one_sided_row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::ids("Price owner").ranked(2),
        Column::ids("Route"),
        Column::number("From"),
        Column::text("Remark").ranked(1),
    ];
    let count = rows.len();
    let heading = format!("{heading} {count} routes").replace(" 1 routes", " 1 route");
    let sheet = Sheet { columns, rows, total: None };
    let (words, view) = (("more route", "more routes"), crate::help::View::All);
    // Beside a cost that was asked for, the title has their number.
    if changes.cost_of.is_some() {
        let inside = vec![Block::Text(heading), Block::Sheet(sheet)];
        return vec![Block::folded(Counted::new(count, words), view, inside)];
    }
    vec![Block::Text(heading), sheet.first(MOST, words, view)]
}

fn one_sided_row(change: &RouteChange) -> Option<Vec<Cell>> {
    let there = change.sides.iter().find(|side| side.table().is_some());
    let there = there.or(change.sides.iter().find(|side| side.route().is_some()))?;
    let route = there.route()?;
    let (from, first) = match there.table().map(|table| table.version().period) {
        Some(period) => (period.first.to_string(), words::first_day(period.first_day)),
        None => (String::new(), route.status.as_str()),
    };
    let remarks = [words::why_gone(change), first.to_owned()];
    let remarks: Vec<String> = remarks.into_iter().filter(|text| !text.is_empty()).collect();
    Some(vec![
        Cell::text(&route.owner_name),
        Cell::text(route.id.to_string()),
        Cell::text(from),
        Cell::text(remarks.join("; ")),
    ])
}

fn shutdowns(changes: &PriceChanges) -> Vec<String> {
    let line = |model: &Arc<Model>| {
        let shutdown = model.shutdown.as_ref()?;
        let instead = match shutdown.replacements[..] {
            [] => String::new(),
            _ => format!("; its maker names {} instead", shutdown.replacements.join(", ")),
        };
        Some(format!("{}, from {} on{instead}", model.id, shutdown.on))
    };
    changes.shutdowns.iter().filter_map(line).collect()
}
