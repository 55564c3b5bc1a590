//! The objects that commands write for programs, each with its schema.

use serde_json::Value;

use super::bill::BillOutput;
use super::bill::beside::ReconciliationOutput;
use super::budget_afford::AffordOutput;
use super::budget_check::CheckOutput;
use super::budget_comparison::BudgetComparisonOutput;
use super::budget_simulation::SimulationOutput;
use super::comparison::ComparisonOutput;
use super::envelope::{Envelope, Output};
use super::estimate::EstimateOutput;
use super::estimate_file::EstimateFileOutput;
use super::forecast::ForecastOutput;
use super::models::{ModelOutput, ModelsOutput};
use super::pilot::{PilotOutput, PilotReadOutput};
use super::price_changes::PricesDiffOutput;
use super::price_checks::PricesCheckOutput;
use super::price_maps::MapDiffOutput;
use super::problems;
use super::rate_card::{RateCardOutput, SourcesOutput};
use super::routes::{RouteOutput, RoutesCheckOutput, RoutesChoiceOutput, RoutesOutput};
use super::sizes::SizesOutput;
use super::usage_cost::UsageCostOutput;

/// An object that a command writes.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// Its name, as in `imgcost schema output NAME`.
    pub name: &'static str,
    /// The command that writes it.
    pub command: &'static str,
    json_schema: fn() -> Value,
}

impl Described {
    const fn of<T: Output>() -> Described {
        Described { name: T::NAME, command: T::COMMAND, json_schema: Envelope::<T>::json_schema }
    }

    /// Its JSON Schema, draft 2020-12.
    pub fn json_schema(&self) -> Value {
        (self.json_schema)()
    }
}

/// Every object that a command writes.
pub const OUTPUTS: &[Described] = &[
    Described::of::<EstimateOutput>(),
    Described::of::<EstimateFileOutput>(),
    Described::of::<ComparisonOutput>(),
    Described::of::<ForecastOutput>(),
    Described::of::<CheckOutput>(),
    Described::of::<BudgetComparisonOutput>(),
    Described::of::<SimulationOutput>(),
    Described::of::<AffordOutput>(),
    Described::of::<SizesOutput>(),
    Described::of::<ModelsOutput>(),
    Described::of::<ModelOutput>(),
    Described::of::<RoutesOutput>(),
    Described::of::<RouteOutput>(),
    Described::of::<RoutesCheckOutput>(),
    Described::of::<RoutesChoiceOutput>(),
    Described::of::<PricesCheckOutput>(),
    Described::of::<PricesDiffOutput>(),
    Described::of::<MapDiffOutput>(),
    Described::of::<RateCardOutput>(),
    Described::of::<SourcesOutput>(),
    Described::of::<PilotOutput>(),
    Described::of::<PilotReadOutput>(),
    Described::of::<BillOutput>(),
    Described::of::<ReconciliationOutput>(),
    Described::of::<UsageCostOutput>(),
    Described {
        name: problems::NAME,
        command: "any, on standard error",
        json_schema: problems::json_schema,
    },
];
