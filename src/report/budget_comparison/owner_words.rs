//! The words of a budget at a price owner: where a step goes, and why it stays.

use crate::budget::{AtOwner, PlacedStep, Placement};

/// The workload, with the step of one with several.
pub(super) fn named(step: &PlacedStep) -> String {
    match step.step {
        Some(place) => format!("{}, step {place}", step.workload),
        None => step.workload.clone(),
    }
}

/// How a step stands to an owner.
pub(super) fn in_words(place: &Placement) -> &'static str {
    match place {
        Placement::Moved => "moved",
        Placement::There => "there already",
        Placement::Kept => "there, none named",
        Placement::NotSold => "stays: not sold",
        Placement::InDoubt => "stays: weak price",
        Placement::NotTheProduct => "stays: not stated",
        Placement::NotKnown(_) => "stays: not known",
    }
}

/// Why a step stays elsewhere.
pub(super) fn because(place: &Placement) -> &'static str {
    match place {
        Placement::Moved | Placement::There | Placement::Kept => "",
        Placement::NotSold => "not sold",
        Placement::InDoubt => "quoted, undated or old",
        Placement::NotTheProduct => "not stated to make it",
        Placement::NotKnown(_) => "cost not known",
    }
}

/// Why no part of a budget goes to an owner.
pub(super) fn why_nothing(at: &AtOwner) -> String {
    let step = |step: &PlacedStep| match &step.place {
        Placement::NotKnown(why) => format!("{}: {}", named(step), why.in_words()),
        place => format!("{}: {}", named(step), because(place)),
    };
    at.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}
