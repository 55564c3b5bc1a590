//! `imgcost budget`: from monthly volumes to a forecast that holds.

mod afford;
mod budget_file;
mod check;
mod compare;
mod cut;
mod currency;
mod flags;
mod forecast;
mod found;
mod from_file;
mod init;
mod init_workbook;
mod no_budget;
mod overrides;
mod part;
mod read_args;
mod safety;
mod simulate;
mod source;
mod step;
mod written_in;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::advice;
use super::deferred::Deferred;
use super::exit::{Exit, Failure};
use super::help::Help;
use crate::budget::BudgetError;
use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::help::Sentence;

const EXAMPLES: &str = "\
Examples:
  imgcost budget forecast --images 12000 --acceptance 70% --limit 3000
  imgcost budget init --output budget.yaml";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct BudgetArgs {
    #[command(subcommand)]
    command: BudgetCommand,
}

#[derive(Debug, Subcommand)]
enum BudgetCommand {
    /// Write a commented budget file or a spreadsheet to start from
    Init(init::InitArgs),
    /// Forecast a budget month by month: from flags, a spreadsheet of volumes or a file
    Forecast(Deferred<forecast::ForecastArgs>),
    /// Compare a budget with its scenarios, or with itself on other routes, each difference by its cause
    Compare(Deferred<compare::CompareArgs>),
    /// Check a budget for CI: limits, shutdowns, contracts, sources, capacity, change from a baseline
    Check(Deferred<check::CheckArgs>),
    /// Simulate a budget: how likely it costs what, and exceeds its limits
    Simulate(Deferred<simulate::SimulateArgs>),
    /// Find what fits within a limit: how many images, or which quality
    Afford(Deferred<afford::AffordArgs>),
}

/// Runs the command of the group.
pub(super) fn run(args: &BudgetArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.command {
        BudgetCommand::Init(args) => init::run(args),
        BudgetCommand::Forecast(args) => forecast::run(args, today),
        BudgetCommand::Compare(args) => compare::run(args, today),
        BudgetCommand::Check(args) => check::run(args, today),
        BudgetCommand::Simulate(args) => simulate::run(args, today),
        BudgetCommand::Afford(args) => afford::run(args, today),
    }
}

/// Nothing of a budget has a price: for each workload why, and what can be done.
fn nothing_priced(reasons: Vec<Sentence>) -> Failure {
    let what = "nothing of this budget can be priced: no image of it is made at a known price";
    let reasons = reasons.iter().map(|reason| reason.in_words(advice::of_help));
    Failure::usage(what, reasons.collect::<Vec<_>>().join("; "))
}

/// The first broken tables, else every workload that cannot be priced.
impl From<Errors<BudgetError>> for Failure {
    fn from(errors: Errors<BudgetError>) -> Failure {
        let mut refused = Vec::new();
        for BudgetError { workload, error } in errors {
            let errors = match error {
                EstimateError::Data(problems) => return Failure::Data(problems.into()),
                EstimateError::Request(errors) => errors,
            };
            refused.extend(errors.into_iter().map(|error| match workload.is_empty() {
                true => (error.to_string(), advice::of_request(&error)),
                false => (format!("{workload}: {error}"), advice::of_request(&error)),
            }));
        }
        let help = |help: Option<String>| help.unwrap_or_else(|| "correct the budget".into());
        Failure::Usage(refused.into_iter().map(|(what, more)| (what, help(more))).collect())
    }
}
