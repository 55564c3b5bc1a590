//! What a set of trials will cost, for programs, and its rows for files.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::route::Route;
use crate::estimate::Estimate;
use crate::pilot::{Plan, Role, Trial, TrialCost};
use crate::reason::Logged;
use crate::report::dictionary::terms;
use crate::report::envelope::Output;
use crate::report::estimate::{EstimateOutput, OfEstimate, OfRoute, TotalCost, of_asked, of_route};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// What a set of trials will cost.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PilotOutput<'a> {
    /// The cost of all trials that a route prices.
    pub total: Record<TotalCost<'a>>,
    /// What each of two routes costs; none without a baseline.
    pub by_route: Option<ByRouteOutput>,
    /// A row for each sample and route.
    pub rows: Each<'a, TrialOutput<'a>>,
}

impl Output for PilotOutput<'_> {
    const NAME: &'static str = "pilot";
    const COMMAND: &'static str = "pilot";
}

/// What each of two routes costs.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ByRouteOutput {
    /// The route of today.
    pub baseline: RoleOutput,
    /// The route to try.
    pub new: RoleOutput,
    /// The samples that only one of them can be asked for.
    pub one_sided: Vec<OneSidedOutput>,
}

/// What one of two routes costs.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RoleOutput {
    /// All its trials; none where the sum cannot be kept exact.
    pub cost: Option<Record<TotalCost<'static>>>,
    /// Its trials of the samples that both routes make.
    pub same_samples: Option<Record<TotalCost<'static>>>,
}

/// A sample that only one of two routes can be asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct OneSidedOutput {
    /// The sample.
    pub sample: &'static str,
    /// That route: `baseline` or `new`.
    pub role: &'static str,
}

/// A sample on a route.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct TrialOutput<'a> {
    /// What is made how often, and what it costs.
    #[serde(flatten)]
    pub row: Record<TrialRow<'a>>,
    /// What the sample is to show.
    pub shows: &'static str,
    /// Its prompt.
    pub prompt: &'static str,
    /// The estimate of one trial, where its route makes it.
    pub estimate: Option<EstimateOutput<'a>>,
}

pub(super) fn output(plan: &Plan, explain: bool) -> PilotOutput<'_> {
    PilotOutput {
        total: Record::of(TotalCost {
            cost: Cow::Borrowed(&plan.total),
            basis: plan.price_basis(|_| true),
        }),
        by_route: plan.has_baseline().then(|| by_route(plan)),
        rows: Each::of(move || {
            rows(plan).map(move |row| TrialOutput {
                row: Record::of(row),
                shows: row.trial.sample.shows,
                prompt: row.trial.sample.prompt,
                estimate: row.trial.estimate().map(|it| EstimateOutput::of(it, explain)),
            })
        }),
    }
}

fn by_route(plan: &Plan) -> ByRouteOutput {
    let one_sided = plan.one_sided();
    let total = |cost, basis| Record::of(TotalCost { cost: Cow::Owned(cost), basis });
    let is_shared = |trial: &Trial| one_sided.iter().all(|(sample, _)| *sample != trial.sample);
    let of_role = |role| {
        let all = plan.price_basis(|trial| trial.role == role);
        let shared = plan.price_basis(|trial| trial.role == role && is_shared(trial));
        RoleOutput {
            cost: plan.cost_on(role).ok().map(|cost| total(cost, all)),
            same_samples: plan.cost_of_shared_on(role).ok().map(|cost| total(cost, shared)),
        }
    };
    ByRouteOutput {
        baseline: of_role(Role::Baseline),
        new: of_role(Role::New),
        one_sided: one_sided
            .iter()
            .map(|(sample, role)| OneSidedOutput { sample: sample.name, role: role.as_str() })
            .collect(),
    }
}

/// A trial with the plan that it is of.
#[derive(Debug, Clone, Copy)]
pub struct TrialRow<'a> {
    plan: &'a Plan,
    trial: &'a Trial,
}

/// A row for each sample and route.
pub(super) fn rows(plan: &Plan) -> impl Iterator<Item = TrialRow<'_>> {
    plan.trials.iter().map(move |trial| TrialRow { plan, trial })
}

impl OfEstimate for TrialRow<'_> {
    fn estimate(&self) -> Option<&Estimate> {
        self.trial.estimate()
    }
}

impl OfRoute for TrialRow<'_> {
    fn route(&self) -> Option<&Route> {
        self.trial.route().map(|route| &**route)
    }
}

impl TrialRow<'_> {
    fn outcome(&self) -> &'static str {
        match self.trial.outcome {
            TrialCost::Priced(..) => "priced",
            TrialCost::Refused(..) => "not_made",
            TrialCost::Seat => "seat_only",
        }
    }

    fn reason(&self) -> String {
        match &self.trial.outcome {
            TrialCost::Priced(estimate, _) => estimate.total.reasons().in_words(),
            TrialCost::Refused(_, why) => why.in_words(),
            TrialCost::Seat => Logged::PaidBySeat.to_string(),
        }
    }
}

impl Recorded for TrialRow<'_> {
    const NAME: &'static str = "trial";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = vec![
            terms::SET.of(|it: &Self| it.plan.set.as_str().into()),
            terms::SAMPLE.of(|it| it.trial.sample.name.into()),
            terms::ROLE.of(|it| it.trial.role.as_str().into()),
            terms::OUTCOME.of(|it| it.outcome().into()),
        ];
        fields.extend(of_route());
        fields.extend(of_asked());
        fields.extend([
            terms::INPUT_IMAGES.of(|it: &Self| {
                let request = it.estimate().and_then(|it| it.subject.request());
                request.map(|request| request.input_images.len() as u64).into()
            }),
            terms::TRIALS.of(|it| it.trial.times.into()),
            terms::COST_EACH.of(|it| it.estimate().map(|estimate| &estimate.total).into()),
            terms::COST.of(|it| match &it.trial.outcome {
                TrialCost::Priced(_, all) => Value::figure(all),
                TrialCost::Refused(..) | TrialCost::Seat => Value::Blank,
            }),
            terms::CERTAINTY.of(|it| match it.estimate() {
                Some(estimate) => Value::certainty(&estimate.total),
                None => "unknown".into(),
            }),
            terms::REASON.of(|it| it.reason().into()),
            terms::REASON_CODES.of(|it| match &it.trial.outcome {
                TrialCost::Priced(estimate, _) => Value::reason_codes(&estimate.total),
                TrialCost::Refused(_, why) => Value::codes(why.codes()),
                TrialCost::Seat => Value::codes([Logged::PaidBySeat.code()]),
            }),
            terms::AS_OF.of(|it| it.plan.as_of.to_string().into()),
        ]);
        fields
    }
}
