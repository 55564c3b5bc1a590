//! A simulation in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::budget::simulate::{
    CostDistribution, LimitRisk, LimitSpan, Percentiles, RUNS_OF_A_SOURCE, Simulation,
};
use crate::budget::{Budget, Period, Scope};
use crate::figure::Figure;
use crate::report::forecast::{as_facts, at_acceptance, in_period, not_planned, part_in_words};
use crate::report::number;

pub(super) fn title(budget: &Budget, simulation: &Simulation, today: NaiveDate) -> String {
    let months = match budget.months {
        1 => budget.start.to_string(),
        more => format!("{more} months from {}", budget.start),
    };
    let months = months + &part_in_words(budget.part_of);
    let settings = simulation.settings;
    let runs = number::count(settings.runs);
    let runs = if settings.runs == 1 { "1 run".into() } else { format!("{runs} runs") };
    format!("Cost of {months} in {runs}, seed {}, as known on {today}", settings.seed)
}

/// Which end of what is open a distribution is for, where there are two.
pub(super) fn end(simulation: &Simulation, place: usize) -> Option<String> {
    let several = simulation.distributions.len() > 1;
    let end = word(simulation, place);
    several.then(|| format!("With every term that is not stated at its {end} end:"))
}

/// The word for a distribution in files.
pub(super) fn word(simulation: &Simulation, place: usize) -> &'static str {
    match (simulation.distributions.len(), place) {
        (1, _) => "only",
        (_, 0) => "low",
        _ => "high",
    }
}

/// The answer: the spread of the total, and how likely each limit is exceeded.
///
/// The first of two ends says what is of both.
pub(super) fn answer(
    simulation: &Simulation,
    place: usize,
    found: &CostDistribution,
) -> Vec<(String, String)> {
    let least = if simulation.made_in_all().is_short() { "at least " } else { "" };
    let total = &found.total;
    let [p10, p50, p90, mean] = [total.p10, total.p50, total.p90, total.mean].map(number::dollars);
    let cost = if p10 == p90 {
        format!("{least}{p50} in nearly every run")
    } else {
        format!("{least}{p10} to {p90} in 8 of 10 runs; half of them cost at most {p50}")
    };
    let aside = number::dollars_aside(&Figure::Exact(total.mean));
    let mean = format!("{least}{mean}{aside}");
    let mut facts = vec![("Cost".into(), cost), ("Mean".into(), mean)];
    if p10 != p90 {
        facts.push(("Safe in".into(), safe_in(total, least)));
    }
    facts.extend(as_facts("Limits", limits(found)));
    if place == 0 {
        facts.extend(at_acceptance(simulation.at_acceptance.as_ref()));
        facts.extend(not_planned(&simulation.not_planned).map(|it| ("Not planned".into(), it)));
    }
    facts
}

/// The amounts that hold in so many of the runs.
fn safe_in(total: &Percentiles, least: &str) -> String {
    let of = [("80% of runs", total.p80), ("90%", total.p90), ("95%", total.p95)];
    let each = of.map(|(share, amount)| format!("{share}: {least}{}", number::dollars(amount)));
    each.join("; ")
}

/// How likely each limit is exceeded; of the months, which it is most often.
fn limits(found: &CostDistribution) -> Vec<String> {
    let mut lines = Vec::new();
    let mut worst: Option<&LimitRisk> = None;
    for risk in &found.limits {
        let limit = match &risk.scope {
            Scope::Budget => number::dollars(risk.limit),
            scope => format!("{}, {}", scope.in_words(), number::dollars(risk.limit)),
        };
        match risk.span {
            LimitSpan::Period(Period::Month(_)) => {
                worst = worst.filter(|worst| worst.exceeded >= risk.exceeded).or(Some(risk));
            }
            LimitSpan::AnyMonth => {
                let most = worst.take().and_then(most_often).unwrap_or_default();
                lines.push(format!("{limit} a month: over in {}{most}", exceeded(risk)));
            }
            LimitSpan::Period(period) => {
                lines.push(format!("{limit} {}: over in {}", in_period(period), exceeded(risk)));
            }
        }
    }
    lines
}

/// The month that is above its limit most often; where no run or every run is, no month stands out.
fn most_often(worst: &LimitRisk) -> Option<String> {
    let LimitSpan::Period(Period::Month(month)) = worst.span else { return None };
    let stands_out = !worst.exceeded.is_zero() && worst.exceeded < Decimal::ONE;
    stands_out.then(|| format!(", most often in {month} ({})", exceeded(worst)))
}

/// In how many runs a limit is exceeded.
pub(super) fn exceeded(risk: &LimitRisk) -> String {
    match risk.at_least && risk.exceeded < Decimal::ONE {
        true if risk.exceeded.is_zero() => "not known".into(),
        true => format!("at least {}", share_of_runs(risk.exceeded)),
        false => share_of_runs(risk.exceeded),
    }
}

/// A share of runs: what no run or every run did is not impossible or certain.
fn share_of_runs(share: Decimal) -> String {
    match share {
        none if none.is_zero() => "no run".into(),
        all if all == Decimal::ONE => "every run".into(),
        share => format!("{} of runs", number::percent_rounded(share)),
    }
}

pub(super) fn notes(simulation: &Simulation) -> Vec<String> {
    let mut notes = vec![
        "a tenth of the runs costs at most P10, half of them P50, nine tenths P90; those of months do \
         not add up to those of the total"
            .to_owned(),
        "limits are held against the cost without the margin".into(),
    ];
    if simulation.distributions.iter().any(|distribution| !distribution.sources.is_empty()) {
        let runs = simulation.settings.runs.min(RUNS_OF_A_SOURCE as u64);
        notes.push(format!(
            "the share of the spread is the variance of {} runs in which only this source is drawn, over that of \
             the same runs with all sources; shares need not add up to 100%, since sources work on each other",
            number::count(runs)
        ));
    }
    notes.push(
        "volumes are drawn between their low and high ends, most often near the expected one, and shared by the \
         months of a workload; a rate is drawn around what its sample shows, the wider the smaller the sample; \
         attempts turn out by chance, one by one"
            .into(),
    );
    notes
}
