//! A budget of one workload on one line of flags.

use std::collections::BTreeSet;

use clap::Args;
use rust_decimal::Decimal;

use super::step::StepArgs;
use crate::attempts;
use crate::budget::{
    Assumption, Budget, CostPer, Images, Month, OtherCost, RateChanges, Season, Step, Volume,
    Workload, month_of_year,
};
use crate::cli::args::ReviewArgs;
use crate::cli::exit::Failure;
use crate::cli::piped;
use crate::cli::values::at_least_one;
use crate::request::RequestError;
use crate::share::{parse_factor, parse_growth};

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
    /// How calendar months differ, by their number: 11=2.2,7=0.7
    ///
    /// Times so many images, in that month of every year.
    #[arg(long, value_name = "MONTH=FACTOR", value_parser = season_factor, value_delimiter = ',', help_heading = "Budget")]
    seasonality: Vec<(u32, Decimal)>,
    #[command(flatten)]
    review: ReviewArgs,
}

impl WorkloadArgs {
    /// Refuses what a file of workloads says itself, of each one.
    ///
    /// # Errors
    /// Every such flag, with where to change it; `rows` of a spreadsheet or not.
    pub(super) fn refuse_of_one_workload(&self, rows: bool) -> Result<(), Failure> {
        let (volumes, growth, season, names) = match rows {
            true => {
                let months = "change the columns of months";
                (months, months, months, "workload")
            }
            false => (
                "change `accepted_images` in the file, or add a scenario with `volume: \"×1.2\"`",
                "change `growth` in the file",
                "change `seasonality` in the file",
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
            ("--seasonality", !self.seasonality.is_empty(), season.to_owned()),
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
        let volume = Volume::growing(Images::exactly(images), growth).in_season(self.season()?);
        let step = StepArgs::step(&changes)?;
        let other_costs = self.review(&step)?.into_iter().collect();
        let workload = Workload { other_costs, ..Workload::of(&name, step, volume) };
        let notes = notes.into_iter().map(Assumption::OfFile);
        let assumptions = notes.chain(self.assumptions(&name, &changes.rates)).collect();
        Ok(Some(Budget { months, margin, assumptions, ..Budget::of(start, vec![workload]) }))
    }

    /// The factors by month, each of which is given once.
    fn season(&self) -> Result<Season, Failure> {
        let mut known = BTreeSet::new();
        match self.seasonality.iter().find(|(month, _)| !known.insert(*month)) {
            Some((month, _)) => Err(Failure::usage(
                format!("--seasonality has two factors of month {month}"),
                "keep the one that is meant",
            )),
            None => Ok(self.seasonality.iter().copied().collect()),
        }
    }

    /// What is delivered is looked at, and what fails or is blocked is not: of an attempt, the share that delivers.
    fn review(&self, step: &Step) -> Result<Option<OtherCost>, Failure> {
        let Some(cost) = self.review.review_cost else { return Ok(None) };
        let amount = attempts::review_per_attempt(cost, &step.rates);
        let amount = amount.map_err(|_| RequestError::TooLarge)?;
        Ok(Some(OtherCost::of(REVIEW, amount, CostPer::Attempt)))
    }

    fn assumptions(&self, name: &str, rates: &RateChanges) -> Vec<Assumption> {
        let no_rates = RateChanges { maximum: None, ..*rates } == RateChanges::default();
        let rates = no_rates.then(|| Assumption::Rates(name.to_owned()));
        let growth = self.growth.is_none().then(|| Assumption::Growth(name.to_owned()));
        std::iter::once(Assumption::FiscalYears).chain(rates).chain(growth).collect()
    }
}

/// A calendar month with its factor: `11=2.2`.
fn season_factor(text: &str) -> Result<(u32, Decimal), String> {
    let wrong = || "write it as MONTH=FACTOR, such as 11=2.2 for November".to_owned();
    let (month, factor) = text.split_once('=').ok_or_else(wrong)?;
    let month = month_of_year(month.trim()).ok_or("a month is a number from 1 to 12")?;
    Ok((month, parse_factor(factor.trim()).map_err(|why| why.to_string())?))
}
