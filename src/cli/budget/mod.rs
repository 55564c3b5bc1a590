//! `imgcost budget`: from monthly volumes to a forecast that holds.

mod init;

use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};

#[derive(Debug, Args)]
pub(super) struct BudgetArgs {
    #[command(subcommand)]
    command: BudgetCommand,
}

#[derive(Debug, Subcommand)]
enum BudgetCommand {
    /// Write a commented budget file to start from
    Init(init::InitArgs),
}

/// Runs the command of the group.
pub(super) fn run(args: &BudgetArgs) -> Result<Exit, Failure> {
    match &args.command {
        BudgetCommand::Init(args) => init::run(args),
    }
}
