//! `imgcost budget init`: a commented budget file to start from.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::budget::file::EXAMPLE;
use crate::cli::exit::{Exit, Failure};
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
            write_new(path)?;
            message::hint(&format!("{} is written; edit it to your work", path.display()));
        }
    }
    Ok(Exit::Done)
}

/// Writes a file that is not there yet: a budget that someone has edited is not replaced.
fn write_new(path: &Path) -> Result<(), Failure> {
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(EXAMPLE.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let message = format!("{} exists already", path.display());
            let help = "name a file that does not, or remove this one";
            Err(Failure::Usage(vec![(message, help.to_owned())]))
        }
        Err(error) => Err(Failure::Write(error)),
    }
}
