//! `imgcost prices pin`: writes `published.yaml` of a whole catalogue.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::{Catalog, stamp};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message;
use crate::cli::message::About;
use crate::cli::save::save;
use crate::price_checks::{NotPinned, pin};

const EXAMPLES: &str = "\
Examples:
  imgcost prices pin pricing                        # after a new version
  imgcost prices pin pricing --stamp                # then: tar -czf prices.tar.gz pricing
  imgcost prices pin pricing --corrected official/openai/gpt-image-2

With --corrected: a figure of the route was wrong when it was written.";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct PinArgs {
    /// Folder of a whole catalogue
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Route whose published figures were wrong when they were written (repeatable)
    #[arg(long, value_name = "ROUTE")]
    corrected: Vec<String>,
    /// Write catalog.yaml as well, with today's day and the digest: --pricing then takes the folder, or a .tar.gz of
    /// it, in place of the shipped tables
    #[arg(long)]
    stamp: bool,
}

/// Pins the figures of a folder. Nothing is written unless all of it can be.
pub(super) fn run(args: &PinArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = Catalog::of_whole_folder(&args.folder)?;
    let published = pin(&catalog, &args.corrected, today).map_err(|error| match error {
        NotPinned::Changed(problems) => Failure::Data(problems.into()),
        NotPinned::NotChanged(route) => Failure::usage(
            format!("no published figure of `{route}` has changed"),
            "name the whole id of a route that `imgcost prices check DIR` finds",
        ),
    })?;
    save(&args.folder.join("published.yaml"), &published.text())?;
    if args.stamp {
        save(&args.folder.join(stamp::FILE), &stamp::text(today, catalog.digest()))?;
        let what =
            format!("{} is stamped: its digest is {}", args.folder.display(), catalog.digest());
        message::hint(About::Written, &what);
    }
    let versions: usize = published.digests.values().map(|pins| pins.len()).sum();
    let plural = if versions == 1 { "version is" } else { "versions are" };
    message::hint(About::Written, &format!("{versions} price {plural} pinned in published.yaml"));
    Ok(Exit::Done)
}
