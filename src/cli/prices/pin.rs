//! `imgcost prices pin`: writes the files of a whole catalogue that pin what it has published.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::{Catalog, stamp};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message;
use crate::cli::message::About;
use crate::cli::save::{save, save_below};
use crate::price_checks::{NotPinned, Pins, pin};

const EXAMPLES: &str = "\
Examples:
  imgcost prices pin pricing                        # after a new version
  imgcost prices pin pricing --stamp                # then: tar -czf prices.tar.gz pricing
  imgcost prices pin pricing --corrected official/openai/gpt-image-2

With --corrected: something that a table states was wrong when it was written; a table is named by its path without
.yaml (official/openai/gpt-image-2, official/openai/owner, models/gpt-image-2).";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct PinArgs {
    /// Folder of a whole catalogue
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Table whose published statements were wrong when they were written (repeatable)
    #[arg(long, value_name = "TABLE")]
    corrected: Vec<String>,
    /// Write catalog.yaml as well, with today's day and the digest: --pricing then takes the folder, or a .tar.gz of
    /// it, in place of the shipped tables
    #[arg(long)]
    stamp: bool,
}

/// Pins the statements of a folder. Nothing is written unless all of it can be.
pub(super) fn run(args: &PinArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = Catalog::of_whole_folder(&args.folder)?;
    let pins = pin(&catalog, &args.corrected, today).map_err(|error| match error {
        NotPinned::Changed(problems) => Failure::Data(problems.into()),
        NotPinned::NotChanged(table) => Failure::usage(
            format!("no published statement of `{table}` has changed"),
            "name a table as `imgcost prices check DIR` does",
        ),
    })?;
    for (path, text) in &pins.files {
        save_below(&args.folder, path, text)?;
    }
    if args.stamp {
        save(&args.folder.join(stamp::FILE), &stamp::text(today, catalog.digest()))?;
        let what =
            format!("{} is stamped: its digest is {}", args.folder.display(), catalog.digest());
        message::hint(About::Written, &what);
    }
    message::hint(About::Written, &written(&pins));
    Ok(Exit::Done)
}

/// How much is pinned, and in how many files that changed.
fn written(pins: &Pins) -> String {
    let counted =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (statements, tables) =
        (counted(pins.statements, "statement"), counted(pins.tables, "table"));
    let files = match pins.files.len() {
        0 => "nothing was new".to_owned(),
        count => format!("{} of published/ written", counted(count, "file")),
    };
    format!("{statements} of {tables} pinned; {files}")
}
