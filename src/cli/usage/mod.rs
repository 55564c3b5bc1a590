//! `imgcost usage`: what was really used.

mod cost;
mod heard;
mod log_args;
mod opened;
mod read;

pub(super) use heard::Heard;
pub(super) use log_args::{Judged, LogArgs};
pub(super) use read::read_all;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::deferred::Deferred;
use super::exit::{Exit, Failure};
use crate::cli::help::Help;

const EXAMPLES: &str = "\
Examples:
  imgcost usage cost requests.csv
  imgcost usage cost logs/ --by month,project,model
  imgcost usage cost requests.csv --rows --format csv > cost.csv";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct UsageArgs {
    #[command(subcommand)]
    command: UsageCommand,
}

#[derive(Debug, Subcommand)]
enum UsageCommand {
    /// Price logs of requests at the prices of each row's own day
    Cost(Deferred<cost::CostArgs>),
}

/// Runs the command of the group.
pub(super) fn run(args: &UsageArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.command {
        UsageCommand::Cost(args) => cost::run(args, today),
    }
}
