//! `imgcost prices list`: the rate card, the sources to read again, and the catalogue as an archive.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::Catalog;
use crate::catalog::write_archive::{NotArchived, archive};
use crate::cli::args::{DayArgs, FxArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message::{self, About};
use crate::cli::output::{self, OutputArgs};
use crate::cli::routes::FilterArgs;
use crate::cli::save::save_new;
use crate::rate_card::{Versions, rate_card, sources};
use crate::report;
use crate::report::flags::FlagEffects;
use crate::routes;

const EXAMPLES: &str = "\
Examples:
  imgcost prices list --model gpt-image-2 --format csv > rate-card.csv
  imgcost prices list --sources                  # what to read again
  imgcost prices list openai/gpt-image-2 --versions    # past prices as well
  imgcost prices list --archive prices.tar.gz
  imgcost compare --pricing prices.tar.gz        # by what was archived";

/// The flags of `-h`.
const COMMON: [&str; 10] = [
    "owner", "kind", "model", "versions", "sources", "archive", "as_of", "pricing", "format",
    "output",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct ListArgs {
    /// Routes, or unique endings of their ids; without one, all
    #[arg(value_name = "ROUTE")]
    routes: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Every version of the prices, not only the one of the day
    ///
    /// A price by way of another list is shown as that list is on the first day of the version.
    #[arg(long)]
    versions: bool,
    /// The sources of all statements that are not over, those without a date first, then the oldest first
    #[arg(long, conflicts_with_all = ["routes", "owner", "kind", "model", "versions", "archive", "fx"])]
    sources: bool,
    /// Write the whole catalogue to a new .tar.gz, stamped and the same bytes on every machine
    ///
    /// `--pricing FILE` then prices by it, whatever the tables become.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["routes", "owner", "kind", "model", "versions", "as_of", "fx", "format", "all", "notes", "output"])]
    archive: Option<PathBuf>,
    #[command(flatten)]
    day: DayArgs,
    #[command(flatten)]
    fx: FxArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists rates or sources, or writes the catalogue.
pub(super) fn run(args: &ListArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.day.catalog()?;
    let day = args.day.as_of.unwrap_or(today);
    if let Some(file) = &args.archive {
        return write_archive(&catalog, file);
    }
    if args.sources {
        let found = sources(&catalog, day);
        output::write(report::rate_card::sources(&found, day, &catalog), &args.output)?;
        return Ok(Exit::Done);
    }
    let entries = routes::list(&catalog, &args.filter.filter(&args.routes), day)?;
    let versions = if args.versions { Versions::All } else { Versions::On(day) };
    let listed = entries.into_iter().map(|entry| entry.route);
    let card = rate_card(&catalog, listed, versions, &args.fx.rates()?)?;
    let without_effect = args.fx.without_effect(|code| card.is_priced_in(code))?;
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    let report = report::rate_card::report(&card, versions, &catalog).with_flags(flags);
    output::write(report, &args.output)?;
    Ok(Exit::Done)
}

fn write_archive(catalog: &Catalog, file: &Path) -> Result<Exit, Failure> {
    let bytes = archive(catalog).map_err(|why| match why {
        NotArchived::OwnTables => Failure::usage(
            "an archive holds one whole catalogue, and these tables of your own stand beside it",
            "leave the own folder out of --pricing, and give it beside the archive later: --pricing FILE --pricing DIR",
        ),
        NotArchived::Unwritable(error) => Failure::Write(error),
    })?;
    save_new(file, bytes)?;
    let (file, digest) = (file.display(), catalog.digest());
    message::hint(About::Written, &format!("{file} is written: the catalogue of digest {digest}"));
    Ok(Exit::Done)
}
