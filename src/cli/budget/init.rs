//! `imgcost budget init`: a commented budget file to start from.

use std::path::PathBuf;

use clap::Args;

use crate::budget::file::EXAMPLE;
use crate::cli::exit::{Exit, Failure};
use crate::cli::save::save_new;
use crate::cli::{message, output};

const EXAMPLES: &str = "\
Examples:
  imgcost budget init                        # to look at
  imgcost budget init --out budget.yaml      # to edit
  imgcost schema budget > budget.schema.json # for completion in an editor";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct InitArgs {
    /// File to write; it must not exist yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Prints the example, or writes it to a new file.
pub(super) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    match &args.out {
        None => output::write_text(EXAMPLE)?,
        Some(path) => {
            save_new(path, EXAMPLE)?;
            message::hint(&format!("{} is written; edit it to your work", path.display()));
        }
    }
    Ok(Exit::Done)
}
