//! Pilots as reports: what a set of trials will cost, and what its log shows.

mod budget;
mod measures;
mod notes;
mod plan;
mod results;
mod rows;

pub use plan::report as plan_report;
pub use results::{View, report as results_report};

use super::sheet::Block;

/// The schema of the objects: `"kind": "plan"` or `"kind": "results"`.
///
/// Keys may be added in later versions and never change. Money is text at full precision.
pub const SCHEMA: &str = "imgcost.pilot/1";

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
