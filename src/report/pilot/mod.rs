//! Pilots as reports: what a set of trials will cost, and what its log shows.

mod budget;
mod measures;
mod notes;
mod log_fields;
mod plan;
mod plan_output;
mod results;
mod results_output;
mod route_fields;

pub use log_fields::LogRow;
pub use plan::report as plan_report;
pub use plan_output::{
    ByRouteOutput, OneSidedOutput, PilotOutput, RoleOutput, TrialOutput, TrialRow,
};
pub use results::{View, report as results_report};
pub use results_output::{GoalOutput, NotSharedOutput, PilotReadOutput, RouteResultsOutput};

use super::block::Block;

/// A titled list, if there is anything in it; each item once.
fn list(title: &str, items: impl IntoIterator<Item = String>) -> Option<Block> {
    let mut distinct: Vec<String> = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    (!distinct.is_empty()).then(|| Block::List(title.to_owned(), distinct))
}
