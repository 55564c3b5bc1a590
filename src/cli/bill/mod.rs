//! `imgcost bill`: what an owner charged.

mod beside;
mod reconcile;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::help::Help;

const EXAMPLES: &str = "\
Examples:
  imgcost bill reconcile costs.json
  imgcost bill reconcile october.csv --by month,project
  imgcost bill reconcile costs.json --usage completions.json --tolerance 0.5%";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct BillArgs {
    #[command(subcommand)]
    command: BillCommand,
}

#[derive(Debug, Subcommand)]
enum BillCommand {
    /// Read bills, and hold them against the usage: what was billed, and why it is not what was used
    Reconcile(Box<reconcile::ReconcileArgs>),
}

/// Runs the command of the group.
pub(super) fn run(args: &BillArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.command {
        BillCommand::Reconcile(args) => reconcile::run(args, today),
    }
}
