//! What the changes do to a request or volume, for people.

use super::{View, column_names, distinct, words};
use crate::estimate::Estimate;
use crate::help::Sentence;
use crate::price_changes::{
    CostChange, CostOf, PriceChanges, PricedSides, RouteChange, RouteSide, Sides,
};
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::estimate as estimate_view;
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

pub(super) fn blocks(changes: &PriceChanges, sides: &Sides, view: &View) -> Vec<Block> {
    let Some(of) = changes.cost_of else { return Vec::new() };
    let costs: Vec<(&RouteChange, &CostChange)> = shown(changes).collect();
    if costs.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Text(heading(changes, of))];
    blocks.push(Block::Sheet(sheet(&costs, of, sides, view)));
    blocks.extend(Block::open("Not exact or not compared, because:", reasons(&costs, of, view)));
    blocks
}

/// The costs of the routes that are priced on both sides.
fn shown(changes: &PriceChanges) -> impl Iterator<Item = (&RouteChange, &CostChange)> {
    let costs = changes.routes.iter().filter_map(|change| Some((change, change.cost.as_ref()?)));
    costs.filter(|(change, cost)| {
        change.priced_sides() == PricedSides::Both && cost.sides.iter().any(Result::is_ok)
    })
}

/// The estimates of the costs that are shown.
pub(super) fn estimates(changes: &PriceChanges) -> impl Iterator<Item = &Estimate> {
    let sides = shown(changes).flat_map(|(_, cost)| cost.sides.iter());
    sides.filter_map(|side| side.as_deref().ok())
}

/// "Cost of 12,000 accepted images (gpt-image-2 1024x1024 high, 1 image; 1.4 attempts each):".
fn heading(changes: &PriceChanges, of: CostOf) -> String {
    let titles = distinct(estimates(changes).map(estimate_view::title));
    let what = match &titles[..] {
        [title] => title.clone(),
        _ => "each route's own model".into(),
    };
    let attempts = estimates(changes)
        .next()
        .filter(|_| of != CostOf::Request)
        .map(|estimate| format!("; {}", estimate_view::attempts_in_words(estimate)));
    format!("Cost of {} ({what}{}):", words::cost_of(of), attempts.unwrap_or_default())
}

fn sheet(costs: &[(&RouteChange, &CostChange)], of: CostOf, sides: &Sides, view: &View) -> Sheet {
    let [a, b] = column_names(sides, view);
    let mut columns = match sides {
        Sides::Routes(..) => Vec::new(),
        _ => vec![Column::of(&terms::OWNER_NAME), Column::of(&terms::ROUTE_NAME)],
    };
    let with_route = !columns.is_empty();
    columns.extend([
        Column::number(a),
        Column::number(b),
        Column::number("Difference"),
        Column::number("Change"),
    ]);
    let row = |(change, cost): &(&RouteChange, &CostChange)| {
        let mut cells = Vec::new();
        if let Some(route) = change.sides.iter().find_map(RouteSide::route).filter(|_| with_route) {
            cells.extend([Cell::text(&route.owner_name), Cell::text(&route.id.name)]);
        }
        cells.extend(cost.sides.iter().map(|side| match side {
            Ok(estimate) => Cell::Money(of.figure(estimate).clone()),
            Err(_) => Cell::Missing("not priced"),
        }));
        cells.push(
            cost.difference
                .map_or(Cell::Empty, |amount| Cell::text(number::dollar_difference(amount))),
        );
        cells.push(cost.relative.map_or(Cell::Empty, Cell::Change));
        cells
    };
    Sheet { columns, rows: costs.iter().map(row).collect(), total: None }
}

/// Why a cost has no exact difference, each reason once with the sides it is of.
fn reasons(costs: &[(&RouteChange, &CostChange)], of: CostOf, view: &View) -> Vec<Sentence> {
    let mut lines = Vec::new();
    for (change, cost) in costs {
        for (side, label) in cost.sides.iter().zip(&view.labels) {
            let reasons = match side {
                Ok(estimate) => of.figure(estimate).reasons().said(),
                Err(reasons) => reasons.said(),
            };
            let route = change.sides.iter().find_map(RouteSide::route);
            let name = match route.filter(|_| costs.len() > 1) {
                Some(route) => format!("{}/{}, {label}", route.id.owner, route.id.name),
                None => label.clone(),
            };
            lines.extend(reasons.into_iter().map(|reason| reason.of(&name)));
        }
        if let [Ok(a), Ok(b)] = &cost.sides
            && a.model.id != b.model.id
        {
            let text = format!(
                "the routes are to two models: the same quality of {} and of {} is not the same product; \
                 `imgcost models {}` shows what a move costs",
                a.model.id, b.model.id, a.model.id
            );
            lines.push(text.into());
        }
    }
    lines
}

/// Cash that differs from the cost, and routes that do not make what is asked.
pub(super) fn notes(changes: &PriceChanges) -> Vec<String> {
    use crate::catalog::route::Honoured;
    let mut notes = Vec::new();
    for estimate in estimates(changes) {
        let route = &estimate.table.route;
        if let Some(purchase) = &estimate.purchase {
            let cash = number::dollar_figure_alone(&purchase.cash);
            notes.push(format!(
                "{}: on {}, {cash} leaves the account, by the terms of the purchase",
                route.id, estimate.as_of
            ));
        }
        let ignored = [("size", route.size_honoured), ("quality", route.quality_honoured)]
            .into_iter()
            .filter(|(_, honoured)| *honoured != Honoured::Yes)
            .map(|(what, honoured)| match honoured {
                Honoured::No => format!("the {what} asked for is not honoured"),
                _ => format!("whether the {what} asked for is honoured is not stated"),
            });
        notes.extend(ignored.map(|what| format!("{}: {what}", route.id)));
    }
    distinct(notes.into_iter())
}
