//! The sources of prices as a table: who says so, where it is found again, of which day and how well supported.

use std::collections::BTreeSet;

use super::dictionary::terms;
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::evidence::Evidence;
use crate::catalog::route::Route;

/// A row for each route and source, each once.
pub(super) fn sheet<'a>(stated: impl IntoIterator<Item = (&'a Route, &'a Evidence)>) -> Sheet {
    let mut known = BTreeSet::new();
    let stated = stated.into_iter();
    let new = stated.filter(|(route, source)| known.insert((route.id.to_string(), *source)));
    Sheet {
        columns: vec![
            Column::of(&terms::ROUTE).titled("Prices of"),
            Column::of(&terms::SOURCE),
            Column::text("Found at"),
            Column::of(&terms::SEEN).titled("Seen"),
            Column::of(&terms::CONFIDENCE),
        ],
        rows: new.map(|(route, source)| row(route, source)).collect(),
        total: None,
    }
}

fn row(route: &Route, source: &Evidence) -> Vec<Cell> {
    let addresses = match source.locators.addresses() {
        [] => Cell::Missing("not recorded"),
        all => Cell::Links(all.to_vec()),
    };
    vec![
        Cell::text(route.id.to_string()),
        Cell::text(source.source.clone()),
        addresses,
        source.seen.map_or(Cell::Missing("undated"), |day| Cell::text(day.to_string())),
        Cell::text(source.confidence.as_str()),
    ]
}
