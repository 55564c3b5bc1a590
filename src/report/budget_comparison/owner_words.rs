//! The words of a budget at a price owner: where a step goes, and why it stays.

use crate::budget::{AtOwner, Place, PlacedStep};

/// The workload, with the step of one with several.
pub(super) fn named(step: &PlacedStep) -> String {
    match step.step {
        Some(place) => format!("{}, step {place}", step.workload),
        None => step.workload.clone(),
    }
}

/// How a step stands to an owner.
pub(super) fn in_words(place: &Place) -> &'static str {
    match place {
        Place::Moved => "moved",
        Place::There => "there already",
        Place::Kept => "there, none named",
        Place::NotSold => "stays: not sold",
        Place::InDoubt => "stays: weak price",
        Place::NotTheProduct => "stays: not stated",
        Place::NotKnown(_) => "stays: not known",
    }
}

/// Why a step stays elsewhere.
pub(super) fn because(place: &Place) -> &'static str {
    match place {
        Place::Moved | Place::There | Place::Kept => "",
        Place::NotSold => "not sold",
        Place::InDoubt => "quoted, undated or old",
        Place::NotTheProduct => "not stated to make it",
        Place::NotKnown(_) => "cost not known",
    }
}

/// Why no part of a budget goes to an owner.
pub(super) fn why_nothing(at: &AtOwner) -> String {
    let step = |step: &PlacedStep| match &step.place {
        Place::NotKnown(why) => format!("{}: {}", named(step), why.in_words()),
        place => format!("{}: {}", named(step), because(place)),
    };
    at.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}
