//! What a log shows, for programs.

use std::collections::BTreeMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::budget;
use super::log_fields::{LogRow, rows};
use crate::pilot::{Goal, GoalKind, GoalVerdict, Results, RouteResults, Shared};
use crate::report::envelope::Output;
use crate::report::number::raw;
use crate::report::record::{Each, Record, Recorded};

/// What a log shows.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PilotReadOutput<'a> {
    /// How many attempts were read.
    pub attempts: usize,
    /// How many rows are planned and not filled in.
    pub not_run: u64,
    /// How many rows cannot be read; they are in no figure.
    pub not_read: usize,
    /// Columns that are not read.
    pub ignored_columns: &'a [String],
    /// Samples that not every route was tried with.
    pub not_tried_on_every_route: Vec<NotSharedOutput<'a>>,
    /// How intervals are made.
    pub interval: &'static str,
    /// How percentiles are made.
    pub percentiles: &'static str,
    /// Whether every goal is shown to be met; none without goals.
    pub all_goals_met: Option<bool>,
    /// What each route shows: the baseline first, images by hand last.
    pub routes: Each<'a, RouteResultsOutput<'a>>,
    /// A row for each row of the log.
    pub rows: Each<'a, Record<LogRow<'a>>>,
}

impl Output for PilotReadOutput<'_> {
    const NAME: &'static str = "pilot-read";
    const COMMAND: &'static str = "pilot read";
}

/// A sample that not every route was tried with.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NotSharedOutput<'a> {
    /// The sample; none of rows that name no sample.
    pub sample: Option<&'a str>,
    /// The routes that were tried with it.
    pub routes: &'a [String],
}

/// What a log shows of a route.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RouteResultsOutput<'a> {
    /// Its counts, rates and costs.
    #[serde(flatten)]
    pub row: Record<&'a RouteResults>,
    /// How many attempts delivered no image, by what happened.
    pub undelivered: BTreeMap<&'static str, u64>,
    /// What the samples that every route was tried with cost, where some routes were tried with others too.
    pub same_samples: Option<Record<&'a Shared>>,
    /// The goals.
    pub goals: Vec<GoalOutput>,
    /// Its rates for a workload of a budget, as YAML; none without an accepted image.
    pub budget_yaml: Option<String>,
}

/// A goal and how a route stands to it.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct GoalOutput {
    /// Which goal: `max_cost_per_accepted`, `min_acceptance` or `max_p90`.
    pub goal: &'static str,
    /// Its limit, in US dollars, as a share or in seconds.
    pub limit: String,
    /// Whether it is shown to be met.
    pub met: bool,
    /// `met`, `missed` or `not_shown`.
    pub standing: &'static str,
    /// Which cost it was held against, of a goal for the cost: `logged`, `rated` or `logged_and_rated`.
    pub held_against: Option<&'static str>,
    /// Why it is not shown, where it is not simply missed.
    pub not_shown_because: Option<String>,
}

pub(super) fn output(results: &Results) -> PilotReadOutput<'_> {
    let fields: Rc<[_]> = <&RouteResults>::fields().into();
    let not_shared = results.not_shared.iter().map(|(sample, routes)| NotSharedOutput {
        sample: Some(sample.as_str()).filter(|sample| !sample.is_empty()),
        routes,
    });
    PilotReadOutput {
        attempts: results.rows.len(),
        not_run: results.not_run,
        not_read: results.rejected.len(),
        ignored_columns: &results.ignored,
        not_tried_on_every_route: not_shared.collect(),
        interval: "Clopper-Pearson 95%",
        percentiles: "nearest rank",
        all_goals_met: results.has_goals.then(|| results.all_met()),
        routes: Each::of(move || {
            let fields = Rc::clone(&fields);
            let of = move |found| of_route(found, Record::new(&fields, found));
            results.routes.iter().map(of)
        }),
        rows: Each::row(|| rows(results)),
    }
}

fn of_route<'a>(found: &'a RouteResults, row: Record<&'a RouteResults>) -> RouteResultsOutput<'a> {
    let undelivered = found.undelivered.iter();
    RouteResultsOutput {
        row,
        undelivered: undelivered.map(|(event, count)| (event.as_str(), *count)).collect(),
        same_samples: found.shared.as_ref().map(Record::of),
        goals: found.goals.iter().map(|goal| of_goal(found, goal)).collect(),
        budget_yaml: found.route.as_ref().and_then(|_| budget::yaml(found)),
    }
}

fn of_goal(found: &RouteResults, goal: &Goal) -> GoalOutput {
    let each = found.per_accepted.as_ref().filter(|_| goal.kind == GoalKind::CostPerAccepted);
    GoalOutput {
        goal: goal.kind.as_str(),
        limit: raw(goal.limit),
        met: goal.verdict == GoalVerdict::Met,
        standing: goal.verdict.as_str(),
        held_against: each.map(|each| each.basis.as_str()),
        not_shown_because: match &goal.verdict {
            GoalVerdict::NotShown(why) => Some(why.to_string()),
            GoalVerdict::Met | GoalVerdict::Missed => None,
        },
    }
}
