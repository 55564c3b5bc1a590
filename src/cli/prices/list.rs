//! `imgcost prices list`: the rate card, the sources to read again, and the catalogue as an archive.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::catalog::write_archive::{NotArchived, archive};
use crate::cli::args::{DaysArgs, FxArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message::{self, About};
use crate::cli::output::{self, OutputArgs};
use crate::cli::routes::FilterArgs;
use crate::cli::save::save_new;
use crate::price_maps::MapShape;
use crate::price_maps::litellm_rows::litellm_rows;
use crate::rate_card::{Versions, rate_card, sources};
use crate::report;
use crate::report::flags::FlagEffects;
use crate::report::number::count;
use crate::routes;

const EXAMPLES: &str = "\
Examples:
  imgcost prices list --model gpt-image-2 --format csv > rate-card.csv
  imgcost prices list --sources                  # what to read again
  imgcost prices list openai/gpt-image-2 --versions    # past prices as well
  imgcost prices list --archive prices.tar.gz
  imgcost prices list --for litellm --output map.json    # for a gateway
  imgcost compare --pricing prices.tar.gz        # by what was archived";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "owner", "kind", "model", "versions", "sources", "archive", "tool", "as_of", "pricing",
    "format", "output",
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
    #[arg(long, conflicts_with_all = ["routes", "owner", "kind", "model", "versions", "archive", "known_on", "fx"])]
    sources: bool,
    /// Write the whole catalogue to a new .tar.gz, stamped and the same bytes on every machine
    ///
    /// `--pricing FILE` then prices by it, whatever the tables become.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["routes", "owner", "kind", "model", "versions", "as_of", "known_on", "fx", "format", "all", "notes", "output"])]
    archive: Option<PathBuf>,
    /// Write the rates of images in the shape of another tool's price map: litellm
    ///
    /// What that shape cannot say is left out and counted, never approximated.
    #[arg(long = "for", value_name = "TOOL", value_parser = tool, conflicts_with_all = ["versions", "sources", "archive", "format", "all", "notes"])]
    tool: Option<MapShape>,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    fx: FxArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists rates or sources, or writes the catalogue.
pub(super) fn run(args: &ListArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let day = args.days.prices.as_of.unwrap_or(today);
    if let Some(file) = &args.archive {
        return write_archive(&catalog, file);
    }
    if args.sources {
        let found = sources(&catalog, day);
        output::write(report::rate_card::sources(&found, day, &catalog), &args.output)?;
        return Ok(Exit::Done);
    }
    let entries = routes::list(&catalog, &args.filter.filter(&args.routes), day)?;
    if args.tool.is_some() {
        return write_map(args, &catalog, entries.into_iter().map(|entry| entry.route), day);
    }
    let versions = if args.versions { Versions::All } else { Versions::On(day) };
    let listed = entries.into_iter().map(|entry| entry.route);
    let card = rate_card(&catalog, listed, versions, &args.fx.rates()?)?;
    let without_effect = args.fx.without_effect(|code| card.is_priced_in(code))?;
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    let report = report::rate_card::report(&card, versions, &catalog).with_flags(flags);
    output::write(report, &args.output)?;
    Ok(Exit::Done)
}

/// The shape of a map that can be written.
fn tool(name: &str) -> Result<MapShape, String> {
    let is_it = name == MapShape::Litellm.as_str();
    is_it
        .then_some(MapShape::Litellm)
        .ok_or_else(|| "litellm is the one shape that is written".to_owned())
}

/// Writes the rates in the shape of LiteLLM's map, and says what that cannot hold.
fn write_map(
    args: &ListArgs,
    catalog: &Catalog,
    routes: impl Iterator<Item = Arc<Route>>,
    day: NaiveDate,
) -> Result<Exit, Failure> {
    let routes: Vec<Arc<Route>> = routes.collect();
    let rows = litellm_rows(catalog, routes.iter().cloned(), day, &args.fx.rates()?)?;
    let used = |code: &str| routes.iter().any(|route| route.is_priced_in(code));
    let flags =
        FlagEffects { without_effect: args.fx.without_effect(used)?, ..FlagEffects::default() };
    flags.lines().iter().for_each(|line| message::finding(About::WithoutEffect, line));
    let [entries, of] = [rows.entries.len(), rows.routes].map(|it| count(it as u64));
    message::hint(
        About::Written,
        &format!("{entries} entries of {of} routes, by the prices of {day}"),
    );
    for (why, many) in rows.left_out_by_why() {
        let many = count(many as u64);
        message::finding(About::LeftOut, &format!("{many} left out: {why}"));
    }
    output::write_map(&rows.to_json(catalog.digest()), &args.output)?;
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
