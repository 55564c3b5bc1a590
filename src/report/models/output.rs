//! Models for programs: the list, and one model with its rules and its moves.

use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::fields::{MoveRow, rows};
use super::rules::RulesOutput;
use crate::catalog::evidence::Evidence;
use crate::catalog::model_rules::{SizeGrid, SizeRule};
use crate::models::{Entry, Move, Profile};
use crate::report::envelope::{Output, Said, said};
use crate::report::record::{Each, Record, Recorded};

/// Every model.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ModelsOutput<'a> {
    /// A row for each model, by id.
    pub rows: Each<'a, ModelSummary<'a>>,
}

/// A model on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ModelSummary<'a> {
    /// What it is called, how long it lives, and what it may be asked for.
    #[serde(flatten)]
    pub row: Record<&'a Entry>,
    /// The bounds of its sizes, where they are a grid.
    pub size_bounds: Option<SizeGrid>,
    /// Its sizes, where they are listed.
    pub sizes: Vec<String>,
    /// Why its sizes are not known, where they are not.
    pub sizes_not_known_because: Option<&'a str>,
    /// Who states the launch.
    pub launch_evidence: Option<Record<&'a Evidence>>,
    /// Who states the shutdown.
    pub shutdown_evidence: Option<Record<&'a Evidence>>,
}

impl Output for ModelsOutput<'_> {
    const NAME: &'static str = "models";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "models";
}

/// A model with its rules of the day, and what a move to another one does to the bill.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ModelOutput<'a> {
    /// The model.
    #[serde(flatten)]
    pub model: ModelSummary<'a>,
    /// Its rules of the day; none of a model that makes no images.
    pub rules: Option<RulesOutput<'a>>,
    /// The models to move to, and what the comparison with each leaves out.
    pub moves: Each<'a, Record<&'a Move>>,
    /// A row for each of these models and each quality.
    pub rows: Each<'a, Record<MoveRow<'a>>>,
    /// Replacements that the maker names and that cannot be compared, each with the reason.
    pub not_compared: Vec<Said>,
}

impl Output for ModelOutput<'_> {
    const NAME: &'static str = "model";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "models";
}

impl<'a> ModelsOutput<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> ModelsOutput<'a> {
        let fields: Rc<[_]> = <&Entry>::fields().into();
        ModelsOutput {
            rows: Each::of(move || {
                let fields = Rc::clone(&fields);
                entries.iter().map(move |entry| summary(entry, Record::new(&fields, entry)))
            }),
        }
    }
}

impl<'a> ModelOutput<'a> {
    pub(super) fn of(profile: &'a Profile) -> ModelOutput<'a> {
        ModelOutput {
            model: summary(&profile.entry, Record::of(&profile.entry)),
            rules: profile.entry.rules.as_ref().map(RulesOutput::of),
            moves: Each::row(|| profile.moves.iter()),
            rows: Each::row(|| rows(profile)),
            not_compared: said(&profile.not_compared),
        }
    }
}

fn summary<'a>(entry: &'a Entry, row: Record<&'a Entry>) -> ModelSummary<'a> {
    let (model, rule) = (&entry.model, entry.rules.as_ref().map(|rules| &rules.sizes.rule));
    let mut summary = ModelSummary {
        row,
        size_bounds: None,
        sizes: Vec::new(),
        sizes_not_known_because: None,
        launch_evidence: model.launch.as_ref().map(|it| Record::of(&it.evidence)),
        shutdown_evidence: model.shutdown.as_ref().map(|it| Record::of(&it.evidence)),
    };
    match rule {
        Some(SizeRule::Listed(sizes)) => {
            summary.sizes = sizes.iter().map(ToString::to_string).collect();
        }
        Some(SizeRule::Grid(grid)) => summary.size_bounds = Some(*grid),
        Some(SizeRule::NotKnown(reason)) => summary.sizes_not_known_because = Some(reason),
        Some(SizeRule::Tiers(_)) | None => {}
    }
    summary
}
