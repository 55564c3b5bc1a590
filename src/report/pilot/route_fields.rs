//! The fields of what a log shows of a route.

use crate::catalog::route::Route;
use crate::pilot::{Basis, GoalKind, Proportion, RouteResults, Shared};
use crate::reason::Logged;
use crate::report::dictionary::{Term, terms};
use crate::report::estimate::{OfRoute, of_route};
use crate::report::record::{Field, Recorded, Value};

const GOALS: [GoalKind; 3] = [GoalKind::CostPerAccepted, GoalKind::Acceptance, GoalKind::P90];

impl OfRoute for &RouteResults {
    fn route(&self) -> Option<&Route> {
        self.route.as_deref()
    }
}

impl Recorded for &RouteResults {
    const NAME: &'static str = "route_results";

    fn fields() -> Vec<Field<Self>> {
        let parts = [of_route(), of_counts(), of_rates(), of_latency(), of_costs(), of_more()];
        let mut fields: Vec<Field<Self>> = parts.into_iter().flatten().collect();
        fields.extend(GOALS.map(|kind| {
            let name = kind.as_str().to_owned();
            Field::named(&terms::GOAL, format!("goal_{name}"), name, |it: &Self, name| {
                let goal = it.goals.iter().find(|goal| goal.kind.as_str() == name);
                goal.map(|goal| goal.verdict.as_str()).into()
            })
        }));
        fields.extend([
            terms::CERTAINTY.of(|it: &Self| match &it.costs {
                Some(costs) => Value::certainty(&costs.rated),
                None => "unknown".into(),
            }),
            terms::REASON.of(|it| {
                (match &it.costs {
                    Some(costs) => costs.rated.reasons().in_words(),
                    None => Logged::PaidBySeat.to_string(),
                })
                .into()
            }),
            terms::REASON_CODES.of(|it| match &it.costs {
                Some(costs) => Value::reason_codes(&costs.rated),
                None => Value::codes([Logged::PaidBySeat.code()]),
            }),
        ]);
        fields
    }
}

fn of_counts<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        terms::PAID_BY
            .of(|it: &&RouteResults| (if it.route.is_some() { "use" } else { "seat" }).into()),
        terms::IS_BASELINE.of(|it| it.is_baseline.into()),
        terms::TRIED.of(|it| it.attempts.into()),
        terms::DELIVERED.of(|it| it.delivered.into()),
        terms::OTHER_SIZE.of(|it| it.other_size.into()),
        terms::ACCEPTED_SO_FAR.of(|it| it.accepted.into()),
        terms::NOT_REVIEWED.of(|it| it.not_reviewed.into()),
        ended("failed"),
        ended("blocked"),
        ended("timed_out"),
    ]
}

/// How many attempts ended so.
fn ended<'a>(ending: &str) -> Field<&'a RouteResults> {
    let key = format!("{ending}_attempts");
    Field::named(&terms::ATTEMPTS_ENDED, key, ending.to_owned(), |it: &&RouteResults, ending| {
        let share = match ending {
            "failed" => it.failed(),
            "blocked" => it.blocked(),
            _ => it.timed_out(),
        };
        share.part.into()
    })
}

/// Each rate with the interval in which it lies.
fn of_rates<'a>() -> Vec<Field<&'a RouteResults>> {
    let rates =
        [&terms::ACCEPTANCE, &terms::FAILURE_RATE, &terms::BLOCK_RATE, &terms::TIMEOUT_RATE];
    let of_rate = |rate: &'static Term| {
        let name = rate.key.to_owned();
        [
            Field::named(rate, name.clone(), name.clone(), |it: &&RouteResults, name| {
                share(it, name).value().into()
            }),
            Field::named(&terms::RATE_LOW, format!("{name}_low"), name.clone(), |it, name| {
                share(it, name).interval().map(|it| it.low).into()
            }),
            Field::named(&terms::RATE_HIGH, format!("{name}_high"), name, |it, name| {
                share(it, name).interval().map(|it| it.high).into()
            }),
        ]
    };
    rates.into_iter().flat_map(of_rate).collect()
}

fn share(found: &RouteResults, rate: &str) -> Proportion {
    match rate {
        "acceptance" => found.acceptance(),
        "failure_rate" => found.failed(),
        "block_rate" => found.blocked(),
        _ => found.timed_out(),
    }
}

fn of_latency<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        terms::LATENCY_COUNT.of(|it: &&RouteResults| it.latency.map(|it| it.count).into()),
        terms::LATENCY_MEDIAN.of(|it| it.latency.map(|it| it.median).into()),
        terms::LATENCY_P90.of(|it| it.latency.map(|it| it.p90).into()),
    ]
}

fn of_costs<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        terms::RATED.of(|it: &&RouteResults| it.costs.as_ref().map(|it| &it.rated).into()),
        terms::LOGGED.of(|it| {
            let logged = it.costs.as_ref().and_then(|it| it.logged);
            logged.map(|it| it.cost).into()
        }),
        terms::LOGGED_OR_RATED.of(|it| it.costs.as_ref().map(|it| &it.known).into()),
        known_by("logged"),
        known_by("rated"),
        known_by("unknown"),
        terms::PER_ACCEPTED_RATED.of(|it| it.per_accepted.as_ref().map(|it| &it.rated).into()),
        terms::PER_ACCEPTED_LOGGED
            .of(|it| it.per_accepted.as_ref().and_then(|it| it.logged).into()),
        terms::PER_ACCEPTED_KNOWN.of(|it| it.per_accepted.as_ref().map(|it| &it.known).into()),
    ]
}

/// How many attempts have a cost of this kind.
fn known_by<'a>(kind: &str) -> Field<&'a RouteResults> {
    let key = format!("{kind}_cost_attempts");
    Field::named(&terms::KNOWN_BY, key, kind.to_owned(), |it: &&RouteResults, kind| {
        let of_kind = |basis: Basis| match kind {
            "logged" => basis.logged,
            "rated" => basis.rated,
            _ => basis.neither,
        };
        it.costs.as_ref().map(|it| of_kind(it.basis)).into()
    })
}

/// What it takes to know the acceptance better.
fn of_more<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        terms::MORE_IMAGES.of(|it: &&RouteResults| it.more.as_ref().map(|it| it.images).into()),
        terms::MORE_ATTEMPTS.of(|it| it.more.as_ref().map(|it| it.attempts).into()),
        terms::MORE_COST.of(|it| it.more.as_ref().and_then(|it| it.cost.as_ref()).into()),
    ]
}

impl Recorded for &Shared {
    const NAME: &'static str = "same_samples";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::TRIED.of(|it| it.attempts.into()),
            terms::ACCEPTED_SO_FAR.of(|it| it.accepted.into()),
            terms::LOGGED_OR_RATED.of(|it| Value::figure(&it.costs.known)),
            terms::PER_ACCEPTED_KNOWN.of(|it| it.per_accepted.as_ref().map(|it| &it.known).into()),
            terms::CERTAINTY.of(|it| Value::certainty(&it.costs.known)),
            terms::REASON.of(|it| Value::reasons(&it.costs.known)),
            terms::REASON_CODES.of(|it| Value::reason_codes(&it.costs.known)),
        ]
    }
}
