//! `imgcost prices`: work on the price tables themselves.

mod check;
mod diff;
mod init;
mod list;
mod new_files;
mod pin;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::help::Help;

const EXAMPLES: &str = "\
Examples:
  imgcost prices check my-pricing
  imgcost prices list openai/gpt-image-2
  imgcost prices diff 2026-05-08 2026-11-21 --owners openai";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct PricesArgs {
    #[command(subcommand)]
    command: PricesCommand,
}

#[derive(Debug, Subcommand)]
enum PricesCommand {
    /// Check price tables: what is wrong, implausible, old, or changed after it was published
    Check(check::CheckArgs),
    /// Show which rates differ between two days, two routes or two folders, and what that costs
    Diff(Box<diff::DiffArgs>),
    /// Start the tables of an owner from the one line that an offer usually is
    Init(Box<init::InitArgs>),
    /// List the rates with their conditions and sources, the sources to read again, or write the catalogue as an archive
    List(Box<list::ListArgs>),
    /// Pin what a whole catalogue has published, so that a later change in place is found
    Pin(pin::PinArgs),
}

/// Runs the command of the group.
pub(super) fn run(args: &PricesArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.command {
        PricesCommand::Check(args) => check::run(args, today),
        PricesCommand::Diff(args) => diff::run(args, today),
        PricesCommand::Init(args) => init::run(args, today),
        PricesCommand::List(args) => list::run(args, today),
        PricesCommand::Pin(args) => pin::run(args, today),
    }
}
