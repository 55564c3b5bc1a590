//! Which inputs of a budget have a spread, which could have one, and which cannot be drawn.

use super::plan::without_likeliest;
use crate::budget::forecast::PricedWorkload;
use crate::budget::volume::{Images, Volume};
use crate::budget::workload::{Budget, FallbackWhen, Workload};
use crate::money::AmountTooLarge;

/// What is drawn and what is taken as certain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// The inputs with a spread, such as `posters: acceptance`.
    pub drawn: Vec<String>,
    /// The inputs without one, with how to write it.
    pub certain: Vec<String>,
}

pub(super) fn stated(budget: &Budget) -> Stated {
    let mut stated = Stated::default();
    for workload in &budget.workloads {
        let name = &workload.name;
        match is_certain(&workload.volume) {
            true => stated
                .certain
                .push(format!("{name}: the volume (accepted_images: {{low, expected, high}})")),
            false => stated.drawn.push(format!("{name}: the volume")),
        }
        for (what, has_spread, matters) in rates(workload) {
            match (has_spread, matters) {
                (true, _) => stated.drawn.push(format!("{name}: {what}")),
                (false, true) => {
                    stated.certain.push(format!("{name}: {what} (spread: {{{what}: {{of: 40}}}})"));
                }
                (false, false) => {}
            }
        }
        for (what, weights) in workload.spread.weights() {
            if weights.len() > 1 {
                stated.drawn.push(format!("{name}: who pays for {what} attempts"));
            }
        }
    }
    stated
}

/// The rates with whether they have a spread, and whether they matter to the workload.
fn rates(workload: &Workload) -> impl Iterator<Item = (&'static str, bool, bool)> {
    let stated = workload.steps.last().map(|step| step.rates);
    let undelivered = stated.map(|rates| rates.undelivered().map(|(share, ..)| !share.is_zero()));
    let [failed, timed_out, blocked] = undelivered.unwrap_or_default();
    let matters = [true, failed, timed_out, blocked];
    let rates = workload.spread.rates();
    rates
        .into_iter()
        .zip(matters)
        .map(|((what, spread), matters)| (what, spread.is_some(), matters))
}

fn is_certain(volume: &Volume) -> bool {
    match volume {
        Volume::Growing { first, .. } => first.is_exact(),
        Volume::ByMonth(months) => months.values().all(Images::is_exact),
    }
}

/// What cannot be drawn, and what to write instead.
pub(super) fn not_drawable(
    budget: &Budget,
    priced: &[PricedWorkload],
) -> Result<Vec<(String, String)>, AmountTooLarge> {
    let mut wrong = Vec::new();
    for found in priced {
        let workload = found.workload;
        let name = &workload.name;
        if let Some(month) = without_likeliest(budget, found) {
            let what =
                format!("{name}: the volume of {month} is a range without an expected number");
            wrong.push((what, "write accepted_images: {low, expected, high}".into()));
        }
        let over_limit = FallbackWhen::OverLimit;
        if workload.fallback.as_ref().is_some_and(|it| it.when.contains(&over_limit)) {
            let what = format!("{name}: a fallback when a limit is exceeded is not simulated");
            let help =
                "leave over_limit out: the simulation shows how likely the limit is exceeded";
            wrong.push((what, help.into()));
        }
    }
    Ok(wrong)
}
