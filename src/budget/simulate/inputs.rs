//! Which inputs of a budget have a spread, which could have one, and which cannot be drawn.

use std::fmt;

use super::plan::without_likeliest;
use crate::budget::forecast::PricedWorkload;
use crate::budget::month::Month;
use crate::budget::volume::Volume;
use crate::budget::workload::{Budget, FallbackWhen, Workload};
use crate::help::Help;

/// What is drawn and what is taken as certain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// The inputs with a spread.
    pub drawn: Vec<Input>,
    /// The inputs without one.
    pub certain: Vec<Input>,
}

/// An input of a budget that can be uncertain; as words `posters: acceptance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The workload.
    pub workload: String,
    /// What of it.
    pub what: Uncertain,
}

coded! {
    /// What can be uncertain of a workload.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Uncertain {
        /// How many images are accepted.
        Volume => "volume",
        /// A rate of its attempts, by its key in files.
        Rate(&'static str) => "rate",
        /// Who pays for attempts of this kind.
        Charge(&'static str) => "charge",
    }
}

impl Input {
    /// How a spread of it is written; `None` of what is never certain.
    pub fn written(&self) -> Option<String> {
        match self.what {
            Uncertain::Volume => Some("accepted_images: {low, expected, high}".to_owned()),
            Uncertain::Rate(key) => Some(format!("spread: {{{key}: {{of: 40}}}}")),
            Uncertain::Charge(_) => None,
        }
    }

    /// Itself, and how a spread of it is written.
    pub fn with_its_spread(&self) -> String {
        match self.written() {
            Some(written) => format!("{self} ({written})"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Input { workload, what } = self;
        match what {
            Uncertain::Volume => write!(f, "{workload}: the volume"),
            Uncertain::Rate(key) => write!(f, "{workload}: {key}"),
            Uncertain::Charge(key) => write!(f, "{workload}: who pays for {key} attempts"),
        }
    }
}

pub(super) fn stated(budget: &Budget) -> Stated {
    let mut stated = Stated::default();
    for workload in &budget.workloads {
        let input = |what| Input { workload: workload.name.clone(), what };
        match is_certain(&workload.volume) {
            true => stated.certain.push(input(Uncertain::Volume)),
            false => stated.drawn.push(input(Uncertain::Volume)),
        }
        for (key, has_spread, matters) in rates(workload) {
            match (has_spread, matters) {
                (true, _) => stated.drawn.push(input(Uncertain::Rate(key))),
                (false, true) => stated.certain.push(input(Uncertain::Rate(key))),
                (false, false) => {}
            }
        }
        let several = workload.spread.weights().into_iter().filter(|(_, all)| all.len() > 1);
        stated.drawn.extend(several.map(|(key, _)| input(Uncertain::Charge(key))));
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
        Volume::ByMonth(months) => months.iter().all(|(_, images)| images.is_exact()),
    }
}

/// Why a workload cannot be drawn as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotDrawable {
    /// The volume of a month is a range of which no number is the likeliest.
    NoLikeliest {
        /// The workload.
        workload: String,
        /// The month.
        month: Month,
    },
    /// It takes another route when a limit is exceeded, which runs do not do.
    OverLimit {
        /// The workload.
        workload: String,
    },
}

impl NotDrawable {
    /// What to write instead.
    pub fn help(&self) -> Help {
        match self {
            NotDrawable::NoLikeliest { .. } => "write accepted_images: {low, expected, high}",
            NotDrawable::OverLimit { .. } => {
                "leave over_limit out: the simulation shows how likely the limit is exceeded"
            }
        }
        .into()
    }
}

impl fmt::Display for NotDrawable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NotDrawable::NoLikeliest { workload, month } => {
                write!(f, "{workload}: the volume of {month} is a range without an expected number")
            }
            NotDrawable::OverLimit { workload } => {
                write!(f, "{workload}: a fallback when a limit is exceeded is not simulated")
            }
        }
    }
}

/// What cannot be drawn.
pub(super) fn not_drawable(budget: &Budget, priced: &[PricedWorkload]) -> Vec<NotDrawable> {
    let mut wrong = Vec::new();
    for found in priced {
        let workload = || found.workload.name.clone();
        let month = without_likeliest(budget, found);
        wrong.extend(month.map(|month| NotDrawable::NoLikeliest { workload: workload(), month }));
        let over_limit = FallbackWhen::OverLimit;
        if found.workload.fallback.as_ref().is_some_and(|it| it.when.contains(&over_limit)) {
            wrong.push(NotDrawable::OverLimit { workload: workload() });
        }
    }
    wrong
}
