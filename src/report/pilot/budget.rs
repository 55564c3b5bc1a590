//! What a log says to a budget: rates with the samples behind them, as YAML to paste into a workload.

use super::measures::ends;
use crate::pilot::{Proportion, RouteResults};
use crate::report::number::{count, percent};

/// The rates of a route, indented as the keys of a workload in the file of `imgcost budget init`; `None` without
/// an accepted image, of which no budget can be made.
pub(super) fn yaml(route: &RouteResults) -> Option<String> {
    if route.accepted == 0 {
        return None;
    }
    let rates = [
        ("acceptance", route.acceptance()),
        ("failure_rate", route.failed()),
        ("block_rate", route.blocked()),
        ("timeout_rate", route.timed_out()),
    ];
    let rows = |row: fn((&str, Proportion)) -> String| rates.map(row).concat();
    Some(format!("    attempts:\n{}    spread:\n{}", rows(rate), rows(sample)))
}

/// With as many places as `budget forecast` needs to come to the cost of the log.
fn rate((key, found): (&str, Proportion)) -> String {
    let value = format!("      {key}: \"{}\"", percent(found.value().unwrap_or_default()));
    let interval = found.interval().map(|it| format!(", 95% interval {}", ends(&it)));
    let (part, whole) = (count(found.part), count(found.whole));
    format!("{value:<30}  # {part} of {whole}{}\n", interval.unwrap_or_default())
}

/// In how many trials a rate was seen, from which `budget simulate` draws it.
fn sample((key, found): (&str, Proportion)) -> String {
    format!("      {key}: {{of: {}}}\n", found.whole)
}
