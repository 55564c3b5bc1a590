//! A simulation for programs, and its rows for files: one for each month, the total, each limit and each source.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::budget::AtAcceptance;
use crate::budget::simulate::{
    CostDistribution, LimitRisk, LimitSpan, Percentiles, Simulation, SpreadShare,
};
use crate::budget::{Alert, Budget, LimitStatus, Made, Month, NotHeld, NotMade};
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::forecast::scope;
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// How likely a budget costs what, and exceeds its limits.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct SimulationOutput<'a> {
    /// The first month.
    pub start: String,
    /// How many months are planned.
    pub months: u32,
    /// How many runs were drawn.
    pub runs: u64,
    /// What the random numbers start from.
    pub seed: u64,
    /// Whether the margin is added before a run is held against a limit: it is not.
    pub margin_added: bool,
    /// How much of what is planned is made, over all months.
    pub status: &'static str,
    /// Why there are two ends, where there are.
    pub open: Vec<Said>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// The months in which a workload has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// How the budget as it is stated stands to each limit, its margin included.
    pub limits: Each<'a, Record<&'a LimitStatus>>,
    /// Limits of months that this part of a budget does not have in full; they are not held against it.
    pub limits_not_held: Each<'a, Record<NotHeld>>,
    /// When the budget as it is stated reaches shares of limits, by the high case with the margin.
    pub alerts: Each<'a, Record<&'a Alert>>,
    /// What was drawn.
    pub drawn: Vec<Said>,
    /// What was taken as certain.
    pub certain: Vec<Said>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
    /// What the runs came to.
    pub rows: Each<'a, Record<SimulatedRow<'a>>>,
}

impl Output for SimulationOutput<'_> {
    const NAME: &'static str = "simulation";
    const COMMAND: &'static str = "budget simulate";
}

pub(super) fn output<'a>(budget: &'a Budget, simulation: &'a Simulation) -> SimulationOutput<'a> {
    SimulationOutput {
        start: budget.start.to_string(),
        months: budget.months,
        runs: simulation.settings.runs,
        seed: simulation.settings.seed,
        margin_added: false,
        status: simulation.made_in_all().as_str(),
        open: said(&simulation.open),
        not_made: Each::row(|| simulation.not_made.iter().cloned()),
        not_planned: Each::row(|| simulation.not_planned.iter()),
        limits: Each::row(|| simulation.limits.iter()),
        limits_not_held: Each::row(|| budget.limits_not_held().into_iter()),
        alerts: Each::row(|| simulation.alerts.iter()),
        drawn: said(&simulation.stated.drawn),
        certain: said(&simulation.stated.certain),
        at_acceptance: simulation.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&simulation.assumptions),
        rows: Each::row(|| rows(budget, simulation)),
    }
}

/// What the runs came to: for a month or in all, against a limit, or by where the spread comes from.
#[derive(Debug, Clone, Copy)]
pub struct SimulatedRow<'a> {
    simulation: &'a Simulation,
    open_end: &'static str,
    of: Of<'a>,
    /// What a month is limited to, beside its spread, for a chart of both.
    limit: Option<Decimal>,
}

#[derive(Debug, Clone, Copy)]
enum Of<'a> {
    Month(Month, &'a Percentiles, Made),
    Total(&'a Percentiles, Made),
    Limit(&'a LimitRisk),
    Source(&'a SpreadShare),
}

/// The rows of every distribution.
pub(super) fn rows<'a>(
    budget: &Budget,
    simulation: &'a Simulation,
) -> impl Iterator<Item = SimulatedRow<'a>> + use<'a> {
    let monthly = super::monthly_limit(budget);
    simulation.distributions.iter().enumerate().flat_map(move |(place, distribution)| {
        let open_end = words::word(simulation, place);
        parts(simulation, distribution).map(move |of| {
            let limit = match of {
                Of::Month(..) => monthly,
                Of::Limit(risk) => Some(risk.limit),
                Of::Total(..) | Of::Source(_) => None,
            };
            SimulatedRow { simulation, open_end, of, limit }
        })
    })
}

fn parts<'a>(
    simulation: &'a Simulation,
    distribution: &'a CostDistribution,
) -> impl Iterator<Item = Of<'a>> + use<'a> {
    let months = distribution.months.iter().zip(&simulation.made);
    let months = months.map(|((month, found), made)| Of::Month(*month, found, *made));
    let total = Of::Total(&distribution.total, simulation.made_in_all());
    let limits = distribution.limits.iter().map(Of::Limit);
    months.chain([total]).chain(limits).chain(distribution.sources.iter().map(Of::Source))
}

impl SimulatedRow<'_> {
    fn kind(&self) -> &'static str {
        match self.of {
            Of::Month(..) => "month",
            Of::Total(..) => "total",
            Of::Limit(_) => "limit",
            Of::Source(_) => "source",
        }
    }

    fn month(&self) -> Option<Month> {
        match self.of {
            Of::Month(month, ..) => Some(month),
            Of::Limit(LimitRisk { span: LimitSpan::Period(period), .. }) => period.month(),
            Of::Limit(_) | Of::Total(..) | Of::Source(_) => None,
        }
    }

    fn span(&self) -> &'static str {
        match self.of {
            Of::Month(..) => "month",
            Of::Limit(LimitRisk { span: LimitSpan::Period(period), .. }) => period.unit().as_str(),
            Of::Limit(LimitRisk { span: LimitSpan::AnyMonth, .. }) => "any_month",
            Of::Total(..) | Of::Source(_) => "total",
        }
    }

    fn risk(&self) -> Option<&LimitRisk> {
        if let Of::Limit(risk) = self.of { Some(risk) } else { None }
    }

    fn source(&self) -> Option<&SpreadShare> {
        if let Of::Source(share) = self.of { Some(share) } else { None }
    }

    fn made(&self) -> Option<Made> {
        match self.of {
            Of::Month(_, _, made) | Of::Total(_, made) => Some(made),
            Of::Limit(_) | Of::Source(_) => None,
        }
    }

    /// A cost of the runs. What nothing is made of has none that is known.
    fn cost(&self, of: fn(&Percentiles) -> Decimal) -> Value<'_> {
        match self.of {
            Of::Month(_, found, made) | Of::Total(found, made)
                if made != Made::Nothing || !found.p90.is_zero() =>
            {
                Value::Number(of(found))
            }
            _ => Value::Blank,
        }
    }

    /// Where something is not made, no run above the limit shows nothing: the share is not known.
    fn exceeded(&self) -> Option<Decimal> {
        let known = |risk: &&LimitRisk| !risk.at_least || !risk.exceeded.is_zero();
        self.risk().filter(known).map(|risk| risk.exceeded)
    }
}

impl Recorded for SimulatedRow<'_> {
    const NAME: &'static str = "simulated_row";

    fn fields() -> Vec<Field<Self>> {
        let parts = [what(), costs(), against_a_limit(), spread()];
        parts.into_iter().flatten().collect()
    }
}

type Fields<'a> = Vec<Field<SimulatedRow<'a>>>;

fn what<'a>() -> Fields<'a> {
    vec![
        terms::OPEN_END.of(|it| it.open_end.into()),
        terms::ROW_KIND.of(|it| it.kind().into()),
        terms::MONTH.of(|it| it.month().into()),
        terms::SPAN.of(|it| it.span().into()),
        terms::SCOPE.of(|it| it.risk().map(|it| scope(&it.scope).0).into()),
        terms::SCOPE_NAME.of(|it| it.risk().and_then(|it| scope(&it.scope).1).into()),
        terms::SCOPE_VALUE.of(|it| it.risk().and_then(|it| scope(&it.scope).2).into()),
    ]
}

fn costs<'a>() -> Fields<'a> {
    vec![
        terms::P10.of(|it| it.cost(|found| found.p10)),
        terms::P50.of(|it| it.cost(|found| found.p50)),
        terms::P80.of(|it| it.cost(|found| found.p80)),
        terms::P90.of(|it| it.cost(|found| found.p90)),
        terms::P95.of(|it| it.cost(|found| found.p95)),
        terms::MEAN.of(|it| it.cost(|found| found.mean)),
        terms::STATUS.of(|it| it.made().map(Made::as_str).into()),
    ]
}

fn against_a_limit<'a>() -> Fields<'a> {
    vec![
        terms::LIMIT.of(|it| it.limit.into()),
        terms::EXCEEDED_SHARE.of(|it| it.exceeded().into()),
        terms::AT_LEAST.of(|it| it.risk().map(|it| it.at_least).into()),
    ]
}

/// Where the spread of the total comes from, and what every row rests on.
fn spread<'a>() -> Fields<'a> {
    vec![
        terms::SPREAD_SOURCE.of(|it| it.source().map(|it| it.source.as_str()).into()),
        terms::VARIANCE_SHARE.of(|it| it.source().map(|it| it.share).into()),
        terms::RUNS.of(|it| it.simulation.settings.runs.into()),
        terms::SEED.of(|it| it.simulation.settings.seed.to_string().into()),
    ]
}
