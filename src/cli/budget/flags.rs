//! A budget of one workload on one line of flags.

use clap::Args;
use rust_decimal::Decimal;

use crate::budget::defaults::{
    DEFAULT_FISCAL_YEAR_START, fiscal_years_assumed, growth_assumed, rates_assumed,
};
use crate::budget::file::kept;
use crate::budget::{Budget, Capacity, Images, Month, Spread, Step, Volume, Workload};
use crate::cli::args::{AttemptArgs, RequestArgs, at_least_one};
use crate::cli::exit::Failure;
use crate::request::RequestError;
use crate::share::parse_growth;

/// The name of a workload that is given none.
const NAME: &str = "images";

/// The workload: what is made, how often, and how attempts turn out.
#[derive(Debug, Args)]
#[command(mut_arg("images", |arg| arg.help("Accepted images wanted each month; with --growth, in the first one")))]
pub(super) struct WorkloadArgs {
    /// Name of the workload [default: images]
    #[arg(long, value_name = "NAME", help_heading = "Request")]
    name: Option<String>,
    #[command(flatten)]
    pub asked: RequestArgs,
    #[command(flatten)]
    attempts: AttemptArgs,
    /// Attempts after which an image is given up [default: it never is]
    #[arg(long, value_name = "K", value_parser = at_least_one, help_heading = "Attempts", allow_hyphen_values = true)]
    max_attempts: Option<u64>,
    /// Growth of the volume each month, such as 3% or -2% [default: none]
    #[arg(long, value_name = "PERCENT", value_parser = parse_growth, requires = "images", help_heading = "Period", allow_hyphen_values = true)]
    growth: Option<Decimal>,
    /// Route, or a unique ending of its id [default: the model maker's own]
    #[arg(long, value_name = "ID", help_heading = "Prices")]
    route: Option<String>,
    /// Resolution class to ask for, such as 1K, 2K or 4K, on routes that price by class
    #[arg(long, value_name = "CLASS", help_heading = "Prices")]
    resolution: Option<String>,
}

impl WorkloadArgs {
    /// The budget of these flags, if they name a volume.
    pub(super) fn budget(
        &self,
        start: Month,
        months: u32,
        margin: Decimal,
    ) -> Result<Option<Budget>, Failure> {
        let Some(images) = self.attempts.images else { return Ok(None) };
        let growth = self.growth.unwrap_or_default();
        let mut rates = self.attempts.rates()?;
        if let Some(maximum) = self.max_attempts {
            rates = rates.giving_up_after(maximum).map_err(RequestError::Rates)?;
        }
        let (draft, notes) = kept(self.asked.draft()?);
        let step = Step {
            draft,
            route: self.route.clone(),
            resolution: self.resolution.clone(),
            per_accepted: 1,
            rates,
        };
        let name = self.name.clone().unwrap_or_else(|| NAME.into());
        let workload = Workload {
            name: name.clone(),
            steps: vec![step],
            fallback: None,
            volume: Volume::Growing { first: Images::exactly(images), growth },
            start: None,
            end: None,
            tags: Default::default(),
            assume: Default::default(),
            other_costs: Vec::new(),
            price_changes: Vec::new(),
            spread: Spread::default(),
        };
        Ok(Some(Budget {
            start,
            months,
            fiscal_year_start: DEFAULT_FISCAL_YEAR_START,
            fx: Default::default(),
            workloads: vec![workload],
            other_costs: Vec::new(),
            limits: Vec::new(),
            margin,
            capacity: Capacity::default(),
            scenarios: Vec::new(),
            replacements: Default::default(),
            quoted: false,
            assumptions: notes.into_iter().chain(self.assumptions(&name)).collect(),
        }))
    }

    fn assumptions(&self, name: &str) -> Vec<String> {
        let AttemptArgs { acceptance, attempts, failure_rate, block_rate, timeout_rate, .. } =
            &self.attempts;
        let given = [acceptance, attempts, failure_rate, block_rate, timeout_rate];
        let rates = given.iter().all(|rate| rate.is_none()).then(|| rates_assumed(name));
        let growth = self.growth.is_none().then(|| growth_assumed(name));
        std::iter::once(fiscal_years_assumed()).chain(rates).chain(growth).collect()
    }
}
