//! `imgcost prices check`: the problems of all price tables at once.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::Catalog;
use crate::catalog::evidence::FRESH_DAYS;
use crate::catalog::files::read_tables;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::OutputArgs;
use crate::cli::values::{age, day};
use crate::cli::{message, output};
use crate::price_checks::{Strictness, check};
use crate::report;

const EXAMPLES: &str = "\
Examples:
  imgcost prices check                             # the shipped tables
  imgcost prices check my-pricing                  # your own, beside them
  imgcost prices check my-pricing --max-age 30d --deny-warnings
  imgcost prices check --acknowledged              # what was looked at and accepted, one by one
  imgcost prices check my-pricing --format json > findings.json

A folder with `catalog.yaml` or `published/`, or with models/ and official/openai/, is a whole catalogue and is checked by
itself; any other is checked beside the shipped tables.

Exit code 3: a table is wrong; 1: with --deny-warnings, a warning is not acknowledged";

/// The flags of `-h`.
const COMMON: [&str; 6] = ["max_age", "as_of", "deny_warnings", "acknowledged", "format", "output"];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct CheckArgs {
    /// Folder with price tables, or a whole catalogue as .tar.gz; without one, the tables that came with the program
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How old a source, or an acknowledgement of its age, may be, in days
    #[arg(long, value_name = "DAYS", value_parser = age, default_value_t = FRESH_DAYS, allow_hyphen_values = true)]
    max_age: u64,
    /// Day whose versions are checked for their age, UTC [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// End with exit code 1 if a warning is not acknowledged
    #[arg(long)]
    deny_warnings: bool,
    /// List what was acknowledged, with the reasons
    #[arg(long)]
    acknowledged: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Checks a folder or the shipped tables.
pub(super) fn run(args: &CheckArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, unreadable) = match &args.folder {
        None => (Catalog::shipped(), Vec::new()),
        Some(folder) => Catalog::as_far_as_right(read_tables(folder)?),
    };
    let how = Strictness { day: args.as_of.unwrap_or(today), max_age: args.max_age };
    let found = check(&catalog, unreadable, how);
    if !args.output.format()?.is_for_programs() {
        found.problems.iter().for_each(message::problem);
    }
    let place = (&catalog, how.day);
    let report =
        report::price_checks::report(&found, place, crate::cli::advice::of_help, args.acknowledged);
    output::write(report, &args.output)?;
    let wrong = found.problems.iter().any(|problem| !problem.code.is_warning());
    Ok(match (wrong, found.problems.is_empty() || !args.deny_warnings) {
        (true, _) => Exit::Data,
        (false, true) => Exit::Done,
        (false, false) => Exit::Finding,
    })
}
