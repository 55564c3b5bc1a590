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
                Value::text(goal.map(|goal| goal.verdict.as_str()))
            })
        }));
        fields.extend([
            Field::new(&terms::CERTAINTY, |it: &Self| match &it.costs {
                Some(costs) => Value::certainty(&costs.rated),
                None => Value::text(Some("unknown")),
            }),
            Field::new(&terms::REASON, |it| {
                Value::text(Some(match &it.costs {
                    Some(costs) => costs.rated.reasons().in_words(),
                    None => Logged::PaidBySeat.to_string(),
                }))
            }),
            Field::new(&terms::REASON_CODES, |it| match &it.costs {
                Some(costs) => Value::reason_codes(&costs.rated),
                None => Value::codes([Logged::PaidBySeat.code()]),
            }),
        ]);
        fields
    }
}

fn of_counts<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        Field::new(&terms::PAID_BY, |it: &&RouteResults| {
            Value::text(Some(if it.route.is_some() { "use" } else { "seat" }))
        }),
        Field::new(&terms::IS_BASELINE, |it| Value::Flag(it.is_baseline)),
        Field::new(&terms::TRIED, |it| Value::number(Some(it.attempts))),
        Field::new(&terms::DELIVERED, |it| Value::number(Some(it.delivered))),
        Field::new(&terms::OTHER_SIZE, |it| Value::number(Some(it.other_size))),
        Field::new(&terms::ACCEPTED_SO_FAR, |it| Value::number(Some(it.accepted))),
        Field::new(&terms::NOT_REVIEWED, |it| Value::number(Some(it.not_reviewed))),
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
        Value::number(Some(share.part))
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
                Value::number(share(it, name).value())
            }),
            Field::named(&terms::RATE_LOW, format!("{name}_low"), name.clone(), |it, name| {
                Value::number(share(it, name).interval().map(|it| it.low))
            }),
            Field::named(&terms::RATE_HIGH, format!("{name}_high"), name, |it, name| {
                Value::number(share(it, name).interval().map(|it| it.high))
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
        Field::new(&terms::LATENCY_COUNT, |it: &&RouteResults| {
            Value::number(it.latency.map(|it| it.count))
        }),
        Field::new(&terms::LATENCY_MEDIAN, |it| Value::number(it.latency.map(|it| it.median))),
        Field::new(&terms::LATENCY_P90, |it| Value::number(it.latency.map(|it| it.p90))),
    ]
}

fn of_costs<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        Field::new(&terms::RATED, |it: &&RouteResults| {
            Value::figure_of(it.costs.as_ref().map(|it| &it.rated))
        }),
        Field::new(&terms::LOGGED, |it| {
            let logged = it.costs.as_ref().and_then(|it| it.logged);
            Value::number(logged.map(|it| it.cost))
        }),
        Field::new(&terms::LOGGED_OR_RATED, |it| {
            Value::figure_of(it.costs.as_ref().map(|it| &it.known))
        }),
        known_by("logged"),
        known_by("rated"),
        known_by("unknown"),
        Field::new(&terms::PER_ACCEPTED_RATED, |it| {
            Value::figure_of(it.per_accepted.as_ref().map(|it| &it.rated))
        }),
        Field::new(&terms::PER_ACCEPTED_LOGGED, |it| {
            Value::number(it.per_accepted.as_ref().and_then(|it| it.logged))
        }),
        Field::new(&terms::PER_ACCEPTED_KNOWN, |it| {
            Value::figure_of(it.per_accepted.as_ref().map(|it| &it.known))
        }),
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
        Value::number(it.costs.as_ref().map(|it| of_kind(it.basis)))
    })
}

/// What it takes to know the acceptance better.
fn of_more<'a>() -> Vec<Field<&'a RouteResults>> {
    vec![
        Field::new(&terms::MORE_IMAGES, |it: &&RouteResults| {
            Value::number(it.more.as_ref().map(|it| it.images))
        }),
        Field::new(&terms::MORE_ATTEMPTS, |it| {
            Value::number(it.more.as_ref().map(|it| it.attempts))
        }),
        Field::new(&terms::MORE_COST, |it| {
            Value::figure_of(it.more.as_ref().and_then(|it| it.cost.as_ref()))
        }),
    ]
}

impl Recorded for &Shared {
    const NAME: &'static str = "same_samples";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::TRIED, |it| Value::number(Some(it.attempts))),
            Field::new(&terms::ACCEPTED_SO_FAR, |it| Value::number(Some(it.accepted))),
            Field::new(&terms::LOGGED_OR_RATED, |it| Value::figure(&it.costs.known)),
            Field::new(&terms::PER_ACCEPTED_KNOWN, |it| {
                Value::figure_of(it.per_accepted.as_ref().map(|it| &it.known))
            }),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.costs.known)),
            Field::new(&terms::REASON, |it| Value::reasons(&it.costs.known)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.costs.known)),
        ]
    }
}
