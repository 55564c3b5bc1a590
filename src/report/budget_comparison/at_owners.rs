//! A budget at price owners: what it costs at each, how much of it goes there, and where each step goes.

use super::owner_words::{because, in_words, named};
use super::{change, difference, words};
use crate::budget::{AtOwner, Comparison, PlacedStep, Placement, Variant, VariantCost};
use crate::catalog::route::Route;
use crate::help::View;
use crate::long::name_in_cell;
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::forecast::cost_cell;
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

/// How many price owners, and how many steps at them, are shown at once.
const MOST_OWNERS: usize = 5;
const MOST_STEPS: usize = 4;

/// The owners with a number, the cheapest first, and where each step goes at them.
pub(super) fn blocks(comparison: &Comparison) -> Vec<Block> {
    let all: Vec<(&AtOwner, &VariantCost)> =
        comparison.variants.iter().filter_map(priced).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let owners = ("more price owner", "more price owners");
    let steps = ("more part at a price owner", "more parts at price owners");
    vec![
        owners_sheet(&all).first(MOST_OWNERS, owners, View::All),
        Block::Text(MEANING.into()),
        steps_sheet(&all).first(MOST_STEPS, steps, View::All),
    ]
}

/// The owners with a number, the cheapest first; nothing where the budget is not at owners.
pub(super) fn sheet(comparison: &Comparison) -> Option<Sheet> {
    let all: Vec<_> = comparison.variants.iter().filter_map(priced).collect();
    (!all.is_empty()).then(|| owners_sheet(&all))
}

const MEANING: &str = "Workloads that move and stay; not there is a part of those for which nothing of the owner may be \
                       named. Where each part goes:";

fn priced(variant: &Variant) -> Option<(&AtOwner, &VariantCost)> {
    variant.at_owner.as_ref().zip(variant.cost.as_deref().ok())
}

fn owners_sheet(all: &[(&AtOwner, &VariantCost)]) -> Sheet {
    let has_limits = all.iter().any(|(_, found)| !found.limits.is_empty());
    let mut columns = vec![
        Column::of(&terms::OWNER_NAME),
        Column::of(&terms::COST),
        Column::of(&terms::DIFFERENCE).titled("Change from\nas it is"),
        Column::of(&terms::WORKLOADS_MOVED),
        Column::of(&terms::WORKLOADS_STAYED),
        Column::of(&terms::WORKLOADS_ELSEWHERE).titled("Not\nthere"),
    ];
    if has_limits {
        columns.push(Column::text("Limits"));
    }
    let row = |(at, found): &(&AtOwner, &VariantCost)| {
        let (moved, stayed) = at.moved_and_stayed();
        let count = |count: usize| Cell::text(number::count(count as u64));
        let mut cells = vec![
            Cell::text(at.owner_name.clone()),
            cost_cell(&found.total, found.made),
            difference(found),
            count(moved),
            count(stayed),
            count(at.elsewhere()),
        ];
        if has_limits {
            cells.push(Cell::text(words::worst_limit(&found.limits)));
        }
        cells
    };
    Sheet { columns, rows: all.iter().map(row).collect(), total: None }
}

fn steps_sheet(all: &[(&AtOwner, &VariantCost)]) -> Sheet {
    let columns = vec![
        Column::text("At"),
        Column::of(&terms::WORKLOAD),
        Column::of(&terms::ROUTE),
        Column::of(&terms::COST),
        Column::text("Change").ranked(2),
        Column::of(&terms::PLACE),
    ];
    let row = |at: &AtOwner, step: &PlacedStep| {
        vec![
            Cell::text(at.owner_name.clone()),
            Cell::text(name_in_cell(&named(step))),
            Cell::text(step.route.as_ref().map_or_else(String::new, |it| route_name(it))),
            Cell::Money(step.cost.clone()),
            change(&step.difference),
            Cell::text(in_words(&step.place)),
        ]
    };
    let rows = all.iter().flat_map(|(at, _)| at.steps.iter().map(move |step| row(at, step)));
    Sheet { columns, rows: rows.collect(), total: None }
}

/// The end of the id of a route that says whose it is, by which it is found.
fn route_name(route: &Route) -> String {
    format!("{}/{}", route.id.owner, route.id.name)
}

/// How many owners have no number, and by what, each by the part of which it has most.
pub(super) fn without_number(comparison: &Comparison) -> Option<Block> {
    let none: Vec<&AtOwner> = comparison
        .variants
        .iter()
        .filter_map(|it| it.at_owner.as_ref())
        .filter(|it| !it.has_any())
        .collect();
    let mut by_place: Vec<(u8, &'static str, usize)> = Vec::new();
    for at in &none {
        let nearest = at.steps.iter().map(|it| (rank(&it.place), because(&it.place))).min();
        let (rank, because) = nearest.unwrap_or_default();
        match by_place.iter_mut().find(|it| it.0 == rank) {
            Some((.., count)) => *count += 1,
            None => by_place.push((rank, because, 1)),
        }
    }
    by_place.sort_unstable();
    let counted = |(_, because, count): &(u8, &str, usize)| format!("{because}: {count}");
    let counted = by_place.iter().map(counted).collect::<Vec<_>>().join("; ");
    let owners = match none.len() {
        0 => return None,
        1 => "1 price owner has no number, since no route of it".to_owned(),
        many => format!(
            "{} price owners have no number, since no route of theirs",
            number::count(many as u64)
        ),
    };
    let what = "may be named for any part";
    Some(Block::Text(format!("{owners} {what} ({counted}).")))
}

/// How near a place is to a number, the nearest first.
fn rank(place: &Placement) -> u8 {
    match place {
        Placement::Moved | Placement::There | Placement::Kept => 0,
        Placement::InDoubt => 1,
        Placement::NotTheProduct => 2,
        Placement::NotKnown(_) => 3,
        Placement::NotSold => 4,
    }
}
