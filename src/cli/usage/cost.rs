//! `imgcost usage cost`: price what was used.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::heard::Heard;
use super::log_args::{Judged, LogArgs};
use super::read::read_all;
use crate::catalog::{Catalog, parse_date};
use crate::cli::args::{DaysArgs, FxArgs, HeldArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::{message, output};
use crate::estimate::{Assumption, Terms, find_route};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::report::usage_cost::{self, UsageFound, UsageRows, WithPrices};
use crate::usage_cost::stream::{LogReading, Logs};
use crate::usage_cost::{Dimension, Elsewhere, LogTerms, UsageCost};

const EXAMPLES: &str = "\
Examples:
  imgcost usage cost requests.csv
  imgcost usage cost logs/ --by month,project,model
  imgcost usage cost requests.csv --column tag=project --by tag    # what your log calls a column
  imgcost usage cost requests.csv --timezone +02:00 --rejects rejected.csv
  imgcost usage cost requests.csv --with official        # a provider's work at the maker's prices
  imgcost usage cost requests.csv --rows --format csv > rated.csv

Columns are found by their names: timestamp, model, route, project, tag, status,
size, quality, processing, batch, requests, images, accepted, cost_usd,
request_id, and counts such as text_input_tokens and image_output_tokens.
text_input_tokens are those that were not read from a cache. What a row does not
say is never taken to be zero.

Exit code 3: rows cannot be priced (the others are)";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "files", "by", "with", "model", "route", "as_of", "timezone", "rejects", "rows", "format",
    "output",
];

/// How many bytes of rated rows stay in memory; beyond that they wait in a temporary file.
const IN_MEMORY: usize = 4 << 20;

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct CostArgs {
    /// Logs: CSV with a first row of names, packed by gzip or not; folders of them; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// What rows are summed up by [default: month,model]
    ///
    /// Those of several price owners are told apart in any case.
    #[arg(long, value_enum, value_name = "WHAT,…", value_delimiter = ',')]
    by: Vec<Dimension>,
    #[command(flatten)]
    log: LogArgs,
    /// Price the same rows elsewhere as well: `official`, an owner, a route, a day, or a folder of tables
    ///
    /// By model and in total, and what a million tokens of each meter cost on average; rows that have no price there are in
    /// neither sum.
    #[arg(long, value_name = "PRICES")]
    with: Option<String>,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    held: HeldArgs,
    #[command(flatten)]
    fx: FxArgs,
    /// New file for the rows that are not priced, with their lines and reasons
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    rejects: Option<PathBuf>,
    /// Show each row with what it costs
    #[arg(long, help_heading = "Output", conflicts_with = "all")]
    rows: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads logs, prices them and prints what they cost.
pub(super) fn run(args: &CostArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let fx = args.fx.rates()?;
    let prices = Terms {
        held_since: args.held.assume_held_since,
        fx: &fx,
        ..Terms::on(args.days.known_on.unwrap_or(today))
    };
    let terms = args.log.terms(&catalog, prices, args.days.prices.as_of)?;
    let tables = args.other_tables()?;
    let with = match &args.with {
        Some(with) => Some(elsewhere(with, tables.as_ref(), &terms)?),
        None => None,
    };
    let by = if args.by.is_empty() { &Dimension::USUAL[..] } else { &args.by };
    let names = args.log.names();
    let format = args.output.format()?;
    let spool = || Box::new(tempfile::spooled_tempfile(IN_MEMORY));
    let rows = args.rows.then(|| UsageRows::new(format, &catalog, spool()));
    let rows = rows.transpose().map_err(Failure::Write)?;
    let mut heard = Heard::new(rows, args.rejects.is_some()).map_err(Failure::Write)?;
    let reading = args.log.reading(&terms, &names, by);
    let mut logs = Logs::new(LogReading { with: with.as_ref(), each_row: args.rows, ..reading });
    read_all(&args.files, &mut logs, &mut heard)?;
    let (counts, unread) = (logs.counts(), logs.unread_columns().to_vec());
    let used = logs.used().clone();
    let (cost, compared) = logs.into_cost()?;
    let judged = Judged {
        used: &used,
        unread: &unread,
        has_columns: counts.with_columns > 0,
        has_rows: !cost.cells.is_empty(),
    };
    let without_effect = args.without_effect(&judged, &cost)?;
    let rows = heard.rows.take().map(UsageRows::finish).transpose().map_err(Failure::Write)?;
    let with = args.with.clone().zip(compared.as_ref());
    let with = with.map(|(label, compared)| WithPrices { label, compared });
    let (zone, with) = (args.log.zone(), with.as_ref());
    let found = UsageFound { cost: &cost, counts, zone, unread: &unread, with };
    let day = args.days.prices.as_of;
    let report = usage_cost::report(found, (&catalog, day), rows.as_ref());
    let report = report.with_flags(FlagEffects { without_effect, ..FlagEffects::default() });
    output::write(report, &args.output)?;
    if let Some(path) = &args.rejects {
        heard.save_rejected(path)?;
        message::hint(About::Written, &format!("{} is written", path.display()));
    }
    heard.problems.or_failure(Exit::Done)
}

impl CostArgs {
    /// The tables of a folder or archive that rows are compared with.
    fn other_tables(&self) -> Result<Option<Catalog>, Failure> {
        let path = self.with.as_ref().map(PathBuf::from).filter(|path| path.exists());
        let catalog = path.map(|path| Catalog::of_pricing(&[path])).transpose()?;
        Ok(catalog.map(|catalog| self.days.known(catalog)))
    }

    /// What is given and changes nothing.
    fn without_effect(
        &self,
        judged: &Judged,
        cost: &UsageCost,
    ) -> Result<Vec<WithoutEffect>, Failure> {
        let used = judged.used;
        let mut idle = self.fx.without_effect(|code| used.units.contains(code))?;
        idle.extend(self.log.without_effect(judged));
        let mut add = |flag: String, why: &str| {
            idle.push(WithoutEffect { flag, why: why.to_owned() });
        };
        let held = |it: &Assumption| matches!(it, Assumption::HeldSince { .. });
        let is_held = cost.assumptions.iter().any(held);
        if let Some(day) = self.days.prices.as_of.filter(|_| !used.day) {
            add(format!("--as-of {day}"), "each row is priced on its own day");
        }
        if let Some(day) = self.held.assume_held_since.filter(|_| !is_held) {
            let why = "no row is of a day before the first price of its route";
            add(format!("--assume-held-since {day}"), why);
        }
        Ok(idle)
    }
}

/// The terms of the prices that rows are compared with.
fn elsewhere<'a>(
    with: &'a str,
    tables: Option<&'a Catalog>,
    here: &LogTerms<'a>,
) -> Result<LogTerms<'a>, Failure> {
    let mut there = here.clone();
    there.elsewhere = Some(Elsewhere::SameRoute);
    if let Some(tables) = tables {
        there.catalog = tables;
    } else if let Some(day) = parse_date(with) {
        there.priced_on = Some(day);
    } else if with == "official" {
        there.elsewhere = Some(Elsewhere::Official);
    } else if here.catalog.route_ids().iter().any(|id| id.owner == with) {
        there.elsewhere = Some(Elsewhere::Owner(with));
    } else {
        find_route(here.catalog, with)?;
        there.elsewhere = Some(Elsewhere::Route(with));
    }
    Ok(there)
}
