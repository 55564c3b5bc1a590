//! Whose a row of a forecast is, in files, and its tags.

use std::collections::BTreeSet;

use crate::budget::{Budget, Row};
use crate::report::sheet::{Cell, Column};

/// The kind of a row whose cost a price table holds, and of one whose cost none does.
pub(super) const KINDS: [&str; 2] = ["images", "other_cost"];

pub(super) fn columns(keys: Vec<String>) -> Vec<Column> {
    keys.into_iter().map(|key| Column::text(key.clone(), key)).collect()
}

/// The tags of any workload.
pub(super) fn tags(budget: &Budget) -> Vec<String> {
    let all: BTreeSet<&String> =
        budget.workloads.iter().flat_map(|workload| workload.tags.keys()).collect();
    all.into_iter().cloned().collect()
}

/// The name of the column of a tag: `tag_cost_centre`.
pub(super) fn tag_key(tag: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("tag_{}", tag.chars().map(word).collect::<String>())
}

/// The columns of [`identity`].
pub(super) const IDENTITY: [&str; 8] =
    ["cost_kind", "cost_name", "workload", "route", "model", "owner", "owner_name", "owner_kind"];

/// What a row is of: kind and name of the cost, workload, route, model, owner, its name and kind.
pub(super) fn identity(row: &Row) -> [Cell; 8] {
    let route = row.route.as_deref();
    [
        Cell::text(KINDS[usize::from(row.other_cost.is_some())]),
        text(row.other_cost.clone()),
        Cell::text(row.workload.clone()),
        text(route.map(|route| route.id.to_string())),
        text(route.map(|route| route.model.clone())),
        text(route.map(|route| route.id.owner.clone())),
        text(route.map(|route| route.owner_name.clone())),
        text(route.map(|route| route.id.kind.as_str().to_owned())),
    ]
}

fn text(value: Option<String>) -> Cell {
    value.map_or(Cell::Empty, Cell::Text)
}
