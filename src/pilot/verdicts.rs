//! Whether what a log shows of a route meets its goals.

use rust_decimal::Decimal;

use super::costs::PerAccepted;
use super::goals::{Goal, GoalKind, GoalVerdict, Goals, NotShown};
use super::route_results::RouteResults;

/// The goals of a route. What the log leaves open is not met.
pub(super) fn verdicts(found: &RouteResults, goals: &Goals, rejected: usize) -> Vec<Goal> {
    let goal = |kind, limit: Option<Decimal>, of: fn(&RouteResults, Decimal) -> GoalVerdict| {
        let limit = limit?;
        let verdict = match of(found, limit) {
            GoalVerdict::Met if rejected > 0 => {
                GoalVerdict::NotShown(NotShown::RowsNotRead(rejected))
            }
            verdict => verdict,
        };
        Some(Goal { kind, limit, verdict })
    };
    [
        goal(GoalKind::CostPerAccepted, goals.max_cost_per_accepted, cost),
        goal(GoalKind::Acceptance, goals.min_acceptance, acceptance),
        goal(GoalKind::P90, goals.max_p90, p90),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is known best counts: of each attempt the cost that was logged, else the rated one.
fn cost(found: &RouteResults, limit: Decimal) -> GoalVerdict {
    let Some(PerAccepted { known, .. }) = &found.per_accepted else {
        return GoalVerdict::NotShown(NotShown::NoneAccepted);
    };
    match known.high() {
        _ if known.low() > limit => GoalVerdict::Missed,
        Some(high) if high <= limit => GoalVerdict::Met,
        _ => GoalVerdict::NotShown(NotShown::CostOpen(known.reasons().clone())),
    }
}

/// The whole interval must reach the goal: a share that was seen in few images proves little.
fn acceptance(found: &RouteResults, least: Decimal) -> GoalVerdict {
    match found.acceptance().interval() {
        None if found.not_reviewed > 0 => GoalVerdict::NotShown(NotShown::NoneReviewed),
        None => GoalVerdict::NotShown(NotShown::NoneDelivered),
        Some(interval) if interval.low >= least => GoalVerdict::Met,
        Some(interval) if interval.high < least => GoalVerdict::Missed,
        Some(_) => GoalVerdict::NotShown(NotShown::TooFewImages),
    }
}

fn p90(found: &RouteResults, most: Decimal) -> GoalVerdict {
    match found.latency {
        None => GoalVerdict::NotShown(NotShown::NoLatency),
        Some(latency) if latency.p90 > most => GoalVerdict::Missed,
        Some(latency) if latency.count < found.delivered => {
            GoalVerdict::NotShown(NotShown::LatencyMissing)
        }
        Some(_) => GoalVerdict::Met,
    }
}
