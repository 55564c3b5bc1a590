//! `imgcost models`: the models, or one of them with what a move to another does to the bill.

use chrono::NaiveDate;
use clap::Args;

use super::args::DaysArgs;
use super::exit::{Exit, Failure};
use super::help::Help;
use super::output;
use super::output::OutputArgs;
use crate::models;
use crate::report;

const EXAMPLES: &str = "\
Examples:
  imgcost models
  imgcost models gpt-image-2                        # rules, sources, what a move costs
  imgcost models gpt-image-1.5 --as-of 2026-11-21
  imgcost models --format csv > models.csv";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct ModelsArgs {
    /// Model id or snapshot; without one, all models are listed
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the models, or shows one.
pub(super) fn run(args: &ModelsArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let [day, _] = args.days.days(today);
    match &args.id {
        None => {
            let entries = models::list(&catalog, day)?;
            output::write(report::models::list(&entries, day, &catalog), &args.output)?;
        }
        Some(id) => {
            let profile = models::profile(&catalog, id, day)?;
            output::write(report::models::profile(&profile, &catalog), &args.output)?;
        }
    }
    Ok(Exit::Done)
}
