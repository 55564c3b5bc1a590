//! A budget of one workload on one line of flags.

use clap::Args;
use rust_decimal::Decimal;

use super::step::StepArgs;
use crate::attempts;
use crate::budget::{
    Assumption, Budget, CostPer, Images, Month, OtherCost, RateChanges, Step, Volume, Workload,
};
use crate::cli::args::ReviewArgs;
use crate::cli::exit::Failure;
use crate::cli::piped;
use crate::cli::values::at_least_one;
use crate::request::RequestError;
use crate::share::parse_growth;

/// The name of a workload that is given none.
const NAME: &str = "images";

/// The name of the cost of looking at images.
const REVIEW: &str = "review";

/// The workload: what is made, how often, and how attempts turn out. With a file, what is asked for goes before what
/// the file says of each workload.
#[derive(Debug, Args)]
pub(super) struct WorkloadArgs {
    /// Name of the workload [default: images]
    #[arg(long, value_name = "NAME", help_heading = "Budget")]
    name: Option<String>,
    /// Accepted images wanted each month
    ///
    /// With --growth, in the first one.
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Attempts", allow_hyphen_values = true)]
    images: Option<u64>,
    #[command(flatten)]
    pub step: StepArgs,
    /// Growth of the volume each month, such as 3% or -2%
    #[arg(long, value_name = "PERCENT", value_parser = parse_growth, help_heading = "Budget", allow_hyphen_values = true)]
    growth: Option<Decimal>,
    #[command(flatten)]
    review: ReviewArgs,
}

impl WorkloadArgs {
    /// Refuses what a file of workloads says itself, of each one.
    ///
    /// # Errors
    /// Every such flag, with where to change it; `rows` of a spreadsheet or not.
    pub(super) fn refuse_of_one_workload(&self, rows: bool) -> Result<(), Failure> {
        let (volumes, growth, names) = match rows {
            true => ("change the columns of months", "change the columns of months", "workload"),
            false => (
                "change `accepted_images` in the file, or add a scenario with `volume: \"×1.2\"`",
                "change `growth` in the file",
                "name",
            ),
        };
        let file = if rows { "spreadsheet" } else { "budget file" };
        let review = match rows {
            true => "write a budget file: a spreadsheet of volumes has no other costs",
            false => {
                "add `{name: review, amount: \"0.05\", per: attempt}` to `other_costs` of the workload"
            }
        };
        let given = [
            ("--images", self.images.is_some(), volumes.to_owned()),
            ("--growth", self.growth.is_some(), growth.to_owned()),
            ("--name", self.name.is_some(), format!("change `{names}` in the file")),
            ("--review-cost", self.review.review_cost.is_some(), review.to_owned()),
        ];
        let refused = given.into_iter().filter(|(_, is_given, _)| *is_given);
        let refused: Vec<_> = refused
            .map(|(flag, _, help)| {
                (format!("{flag} is of one workload, and the {file} says it of each"), help)
            })
            .collect();
        if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
    }

    /// The budget of these flags, if they name a volume.
    pub(super) fn budget(
        &self,
        start: Month,
        months: u32,
        margin: Decimal,
    ) -> Result<Option<Budget>, Failure> {
        let (mut changes, notes) = self.step.changes()?;
        piped::refuse_unasked(&changes.draft, piped::BUDGET)?;
        let Some(images) = self.images else { return Ok(None) };
        self.step.fill_in(&mut changes)?;
        let name = self.name.clone().unwrap_or_else(|| NAME.into());
        let growth = self.growth.unwrap_or_default();
        let volume = Volume::Growing { first: Images::exactly(images), growth };
        let step = StepArgs::step(&changes)?;
        let other_costs = self.review(&step)?.into_iter().collect();
        let workload = Workload { other_costs, ..Workload::of(&name, step, volume) };
        let notes = notes.into_iter().map(Assumption::OfFile);
        let assumptions = notes.chain(self.assumptions(&name, &changes.rates)).collect();
        Ok(Some(Budget { months, margin, assumptions, ..Budget::of(start, vec![workload]) }))
    }

    /// What is delivered is looked at, and what fails or is blocked is not: of an attempt, the share that delivers.
    fn review(&self, step: &Step) -> Result<Option<OtherCost>, Failure> {
        let Some(cost) = self.review.review_cost else { return Ok(None) };
        let amount = attempts::review_per_attempt(cost, &step.rates);
        let amount = amount.map_err(|_| RequestError::TooLarge)?;
        Ok(Some(OtherCost { name: REVIEW.to_owned(), amount, per: CostPer::Attempt }))
    }

    fn assumptions(&self, name: &str, rates: &RateChanges) -> Vec<Assumption> {
        let no_rates = RateChanges { maximum: None, ..*rates } == RateChanges::default();
        let rates = no_rates.then(|| Assumption::Rates(name.to_owned()));
        let growth = self.growth.is_none().then(|| Assumption::Growth(name.to_owned()));
        std::iter::once(Assumption::FiscalYears).chain(rates).chain(growth).collect()
    }
}
