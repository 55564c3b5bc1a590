//! Simulation: how likely a budget costs what, and exceeds its limits.
//!
//! ```text
//! Budget ─ priced ─► plan (whole units of 10^-12 dollars, one for each end of what is open)
//! seed, run ─► inputs (volume, rates, charges, once a run) ─► attempts by chance ─► costs by month
//! costs of all runs ─► percentiles, the share of runs above a limit, where the spread comes from
//! ```
//!
//! - **Volume**: a triangle from the least over the expected to the most; one draw a workload, shared by
//!   its months, so that a strong start stays strong.
//! - **Rates**: Beta(met + ½, missed + ½) of the sample that a rate was seen in, or a triangle about it.
//! - **Open terms**: by the weights that the user gives; without them there are two simulations, one with
//!   everything open at its low end and one at its high end.
//! - **Chance**: the attempts of each month, and how each of them ends (`quantile.rs` says how).
//!
//! A run has random numbers of its own, from the seed and its number, so that neither threads nor machines
//! change a result. Prices come from the forecast; an attempt is then a whole number of 10^-12 dollars, and
//! its rounding is below a dollar for 10^12 attempts.

mod bounds;
mod draw;
mod inputs;
mod plan;
mod quantile;
mod rates;
mod run;
mod runs;
mod safety;
mod summary;
mod units;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use self::inputs::{Input, NotDrawable, Stated, Uncertain};
pub use self::safety::{MOST_CELLS, RUNS, SEED, Safety, safety};
pub use self::summary::{
    CostDistribution, LimitRisk, LimitSpan, Percentiles, RUNS_OF_A_SOURCE, Source, SpreadShare,
};

use self::plan::plan;
use self::units::End;
use super::alerts::Alert;
use super::error::BudgetError;
use super::forecast::{Forecast, NotMade, forecast, priced};
use super::limits::LimitStatus;
use super::made::Made;
use super::month::Month;
use super::open::OpenCost;
use super::prices::Pricing;
use super::totals::By;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::budget::AtAcceptance;
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::help::Sentence;
use crate::input_limits::RUN_MONTHS;
use crate::money::AmountTooLarge;
use crate::request::RequestError;

/// How a simulation is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How many runs, from 1 on.
    pub runs: u64,
    /// What the random numbers start from.
    pub seed: u64,
    /// How many threads; the result does not depend on it.
    pub threads: usize,
}

/// What a simulation found.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// How it was run.
    pub settings: Settings,
    /// One distribution; or two, at the low and at the high end of what is open.
    pub distributions: Vec<CostDistribution>,
    /// Why there are two.
    pub open: Vec<OpenCost>,
    /// How much of what is planned is made, month by month.
    pub made: Vec<Made>,
    /// What is planned and cannot be made: it costs nothing in any run, and will cost something elsewhere, so that
    /// every cost and risk over it is "at least".
    pub not_made: Vec<NotMade>,
    /// The months in which a workload has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
    /// How the budget as it is stated stands to each limit, its margin included.
    pub limits: Vec<LimitStatus>,
    /// When it reaches shares of them.
    pub alerts: Vec<Alert>,
    /// What was drawn and what was taken as certain.
    pub stated: Stated,
    /// What the budget as it is stated would cost at another acceptance; `None` where each workload has one of its own.
    pub at_acceptance: Option<AtAcceptance>,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
}

impl Simulation {
    /// How much of what is planned is made, over all months.
    pub fn made_in_all(&self) -> Made {
        Made::of_all(self.made.iter().copied())
    }
}

/// Why a budget cannot be simulated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It cannot be priced as written, or tables are wrong.
    #[error("{0}")]
    Budget(Errors<BudgetError>),
    /// Nothing in it is uncertain: the inputs that could have a spread, and how to write one.
    #[error("nothing in it is uncertain; what could have a spread: {}", .0.iter().map(Input::with_its_spread).collect::<Vec<_>>().join("; "))]
    NoSpread(Vec<Input>),
    /// It cannot be drawn as it is written.
    #[error("{}", .0.iter().map(|it| format!("{it} ({})", it.help())).collect::<Vec<_>>().join("\n"))]
    NotDrawable(Vec<NotDrawable>),
    /// So many runs of so many months are more than can be kept: the most runs.
    #[error("so many runs of so many months cannot be kept: at most {0}")]
    TooManyRuns(u64),
    /// Nothing in it has a price: why.
    #[error("nothing in it has a price: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    NoPrice(Vec<Sentence>),
    /// What some of it costs is unknown: why.
    #[error("what some of it costs is unknown: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unknown(Vec<Sentence>),
}

impl From<Errors<BudgetError>> for Refused {
    fn from(errors: Errors<BudgetError>) -> Refused {
        Refused::Budget(errors)
    }
}

impl From<AmountTooLarge> for Refused {
    fn from(_: AmountTooLarge) -> Refused {
        let error = RequestError::TooLarge.into();
        Refused::Budget(vec![BudgetError { workload: String::new(), error }].into())
    }
}

/// A budget that can be drawn.
struct Drawable {
    written: Forecast,
    /// One plan; or two, at the low and at the high end of what is open.
    plans: Vec<plan::Plan>,
    open: Vec<OpenCost>,
    stated: Stated,
}

fn drawable(
    catalog: &Catalog,
    budget: &Budget,
    runs: u64,
    today: NaiveDate,
) -> Result<Drawable, Refused> {
    let most = RUN_MONTHS.most / u64::from(budget.months.max(1));
    if runs > most {
        return Err(Refused::TooManyRuns(most));
    }
    let stated = inputs::stated(budget);
    if stated.drawn.is_empty() {
        return Err(Refused::NoSpread(stated.certain));
    }
    let written = forecast(catalog, budget, today)?;
    let priced = priced(&Pricing::of(catalog, budget, today))?;
    let wrong = inputs::not_drawable(budget, &priced);
    if !wrong.is_empty() {
        return Err(Refused::NotDrawable(wrong));
    }
    let (low, open) = plan(budget, (&written, &priced), End::Low)?;
    if !open.unknown.is_empty() {
        let unknown = open.unknown.into_all();
        return Err(Refused::Unknown(unknown.iter().map(OpenCost::said).collect()));
    }
    let no_price = written.no_price();
    if !no_price.is_empty() {
        return Err(Refused::NoPrice(no_price));
    }
    let mut plans = vec![low];
    if !open.ranges.is_empty() {
        plans.push(plan(budget, (&written, &priced), End::High)?.0);
    }
    plans.iter().try_for_each(bounds::check)?;
    Ok(Drawable { written, plans, open: open.ranges.into_all(), stated })
}

/// Simulates a budget, knowing what is known `today`; `progress` is told of every few runs that are done, and how
/// many there are in all.
///
/// # Errors
/// Why it cannot be simulated.
pub fn simulate(
    catalog: &Catalog,
    budget: &Budget,
    settings: Settings,
    today: NaiveDate,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Simulation, Refused> {
    let Drawable { written, plans, open, stated } =
        drawable(catalog, budget, settings.runs, today)?;
    let in_all = settings.runs * plans.len() as u64;
    let mut distributions = Vec::new();
    for plan in &plans {
        distributions.push(summary::distribution(budget, &written, plan, settings, &|done| {
            progress(done, in_all);
        })?);
    }
    Ok(Simulation {
        settings,
        distributions,
        open,
        made: super::totals(budget, &written, &[By::Month])?
            .iter()
            .map(|month| month.made)
            .collect(),
        not_made: written.not_made(),
        limits: super::limits(budget, &written)?,
        alerts: super::alerts(budget, &written)?,
        at_acceptance: super::at_acceptance(catalog, budget, &written, today)?,
        not_planned: written.not_planned,
        stated,
        assumptions: written.assumptions,
    })
}
