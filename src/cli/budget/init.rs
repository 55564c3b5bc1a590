//! `imgcost budget init`: a commented budget file to start from.

use clap::Args;

use crate::budget::file::{EXAMPLE, START};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::{self, FileArgs};

const EXAMPLES: &str = "\
Examples:
  imgcost budget init                        # to look at
  imgcost budget init --output budget.yaml   # to edit
  imgcost budget init --all                  # every key
  imgcost schema budget > budget.schema.json # for completion in an editor";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(in crate::cli) struct InitArgs {
    /// Every key that a budget may have, with what it means
    #[arg(long, help_heading = "Output")]
    all: bool,
    #[command(flatten)]
    file: FileArgs,
}

/// Prints the example, or writes it to a new file.
pub(super) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    output::write_text(if args.all { EXAMPLE } else { START }, &args.file)?;
    Ok(Exit::Done)
}
