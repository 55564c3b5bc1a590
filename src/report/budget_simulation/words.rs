//! A simulation in words.

use rust_decimal::Decimal;

use crate::budget::Budget;
use crate::budget::simulate::{
    CostDistribution, LimitRisk, LimitSpan, RUNS_OF_A_SOURCE, Simulation,
};
use crate::report::number;

pub(super) fn title(budget: &Budget, simulation: &Simulation) -> String {
    let months = match budget.months {
        1 => budget.start.to_string(),
        more => format!("{more} months from {}", budget.start),
    };
    let settings = simulation.settings;
    let runs = number::count(settings.runs);
    let runs = if settings.runs == 1 { "1 run".into() } else { format!("{runs} runs") };
    format!("Cost of {months} in {runs}, seed {}", settings.seed)
}

/// Which end of what is open a distribution is for, where there are two.
pub(super) fn end(simulation: &Simulation, place: usize) -> Option<String> {
    let several = simulation.distributions.len() > 1;
    let end = word(simulation, place);
    several.then(|| format!("With everything open at its {end} end:"))
}

/// The word for a distribution in files.
pub(super) fn word(simulation: &Simulation, place: usize) -> &'static str {
    match (simulation.distributions.len(), place) {
        (1, _) => "only",
        (_, 0) => "low",
        _ => "high",
    }
}

/// The mean of all runs, beside which the expected cost of a forecast can be held.
pub(super) fn mean(simulation: &Simulation, distribution: &CostDistribution) -> String {
    let mean = number::dollars(distribution.total.mean);
    if simulation.made_in_all().is_short() { format!("at least {mean}") } else { mean }
}

pub(super) fn span(span: LimitSpan) -> String {
    match span {
        LimitSpan::Month(month) => format!("{month}, the month most often above it"),
        LimitSpan::AnyMonth => "any month".into(),
        LimitSpan::Total => "in all".into(),
    }
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
            "the variance alone is that of {} runs in which only this source is drawn, as a share of that of \
             the same runs with all sources; shares need not add up to 100%, since sources work on each other",
            number::count(runs)
        ));
    }
    notes.push(
        "volumes are drawn from a triangle, whose expected value is its peak and not its mean, and shared by \
         the months of a workload; rates from Beta(met + 1/2, missed + 1/2) of their sample or a triangle, \
         failures, time-outs and blocks of one sample together (Dirichlet); attempts by chance, counts \
         above 40 by an expansion that is within one count of the exact ones"
            .into(),
    );
    notes
}
