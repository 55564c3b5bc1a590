//! `imgcost usage cost`: price what was used.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::heard::Heard;
use super::opened::{OpenedLog, open};
use crate::catalog::conditions::Processing;
use crate::catalog::{Catalog, parse_date};
use crate::cli::args::{DaysArgs, FxArgs, HeldArgs};
use crate::cli::bodies::files_of;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::values::{at_least_one, processing};
use crate::cli::{message, output};
use crate::estimate::{Assumption, EstimateError, ReplyContext, Terms, find_model, find_route};
use crate::exchange::FxRates;
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::report::usage_cost::{self, UsageFound, UsageRows, WithPrices};
use crate::unit::Meter;
use crate::usage_cost::stream::{LogError, LogReading, Logs, StreamError};
use crate::usage_cost::{Dimension, Elsewhere, GivenUsed, LogTerms, NotTaken, UsageCost};
use crate::usage_log::delimited::{Column, ColumnNames};
use crate::usage_log::row::COUNTED;
use crate::usage_log::zone::Zone;

const EXAMPLES: &str = "\
Examples:
  imgcost usage cost requests.csv
  imgcost usage cost logs/ --by month,project,model
  imgcost usage cost requests.csv --model gpt-image-2 --column timestamp=When,images=Count
  imgcost usage cost requests.csv --timezone +02:00 --rejects rejected.csv
  imgcost usage cost requests.csv --with official        # a provider's work at the maker's prices
  imgcost usage cost requests.csv --rows --format csv > rated.csv
  zcat requests.csv.gz | imgcost usage cost -

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

/// More threads than any machine of today makes use of.
const MOST_THREADS: usize = 256;
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
    /// Model of rows that name none
    #[arg(long, value_name = "ID", help_heading = "Rows")]
    model: Option<String>,
    /// Route of rows that name none, or the end of its id [default: the maker's of the model]
    #[arg(long, value_name = "ID", help_heading = "Rows")]
    route: Option<String>,
    /// How rows were processed that do not say it [default: standard]
    #[arg(long, value_name = "KIND", value_parser = processing, help_heading = "Rows")]
    processing: Option<Processing>,
    /// Time zone in which days begin: UTC, or a distance from it such as +02:00
    #[arg(
        long,
        value_name = "ZONE",
        default_value = "UTC",
        allow_hyphen_values = true,
        help_heading = "Rows"
    )]
    timezone: Zone,
    /// What the log calls a column: model=Model (repeatable)
    #[arg(long, value_name = "COLUMN=NAME,…", value_parser = column, value_delimiter = ',', help_heading = "Rows")]
    column: Vec<(Column, String)>,
    /// Column that bills nothing although its name says tokens or cost (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Rows")]
    ignore_column: Vec<String>,
    /// Counts of which a row has none where it leaves them out, such as image_input
    #[arg(long, value_name = "METER,…", value_parser = meter, value_delimiter = ',', help_heading = "Rows")]
    none: Vec<Meter>,
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
    /// Threads to read with [default: as many as the machine has]; the output is the same
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<u64>,
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
    let terms = args.terms(&catalog, &fx, today);
    if let Some(model) = &args.model {
        find_model(&catalog, model)?;
    }
    let tables = args.other_tables()?;
    let with = match &args.with {
        Some(with) => Some(elsewhere(with, tables.as_ref(), &terms)?),
        None => None,
    };
    let by = if args.by.is_empty() { &Dimension::USUAL[..] } else { &args.by };
    let names = ColumnNames { own: args.column.clone(), ignored: args.ignore_column.clone() };
    let format = args.output.format()?;
    let spool = || Box::new(tempfile::spooled_tempfile(IN_MEMORY));
    let rows = args.rows.then(|| UsageRows::new(format, &catalog, spool()));
    let rows = rows.transpose().map_err(Failure::Write)?;
    let mut heard = Heard::new(rows, args.rejects.is_some()).map_err(Failure::Write)?;
    let reading = LogReading {
        terms: &terms,
        with: with.as_ref(),
        by,
        names: &names,
        zone: args.timezone,
        threads: args.threads(),
        each_row: args.rows,
    };
    let mut logs = Logs::new(reading);
    for path in files_of(&args.files) {
        read(&path, &mut logs, &mut heard)?;
    }
    heard.end();
    let (counts, unread) = (logs.counts(), logs.unread_columns().to_vec());
    let used = logs.used().clone();
    let (cost, compared) = logs.into_cost()?;
    let without_effect = args.without_effect(&used, &cost, (&unread, counts.with_columns > 0))?;
    let rows = heard.rows.take().map(UsageRows::finish).transpose().map_err(Failure::Write)?;
    let with = args.with.clone().zip(compared.as_ref());
    let with = with.map(|(label, compared)| WithPrices { label, compared });
    let (zone, with) = (args.timezone, with.as_ref());
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

fn read(path: &str, logs: &mut Logs, heard: &mut Heard) -> Result<(), Failure> {
    let OpenedLog { name, length, bytes, start } = match open(path) {
        Ok(opened) => opened,
        Err(problems) => {
            logs.not_opened();
            heard.not_read(problems);
            return Ok(());
        }
    };
    heard.begin(&name, length);
    match logs.read(&name, &start, bytes, heard) {
        Ok(()) => Ok(()),
        Err(LogError::Wrong(problems)) => {
            heard.not_read(problems);
            Ok(())
        }
        Err(LogError::Stream(error)) => stopped(error),
    }
}

impl CostArgs {
    fn terms<'a>(
        &'a self,
        catalog: &'a Catalog,
        fx: &'a FxRates,
        today: NaiveDate,
    ) -> LogTerms<'a> {
        let terms = Terms {
            route: self.route.as_deref(),
            held_since: self.held.assume_held_since,
            fx,
            ..Terms::on(self.days.known_on.unwrap_or(today))
        };
        LogTerms {
            catalog,
            terms,
            model: self.model.as_deref(),
            day: self.days.prices.as_of,
            processing: self.processing,
            absent_is_none: self.none.clone(),
            replies: ReplyContext::default(),
            elsewhere: None,
            priced_on: None,
        }
    }

    /// The tables of a folder or archive that rows are compared with.
    fn other_tables(&self) -> Result<Option<Catalog>, Failure> {
        let path = self.with.as_ref().map(PathBuf::from).filter(|path| path.exists());
        let catalog = path.map(|path| Catalog::of_pricing(&[path])).transpose()?;
        Ok(catalog.map(|catalog| self.days.known(catalog)))
    }

    /// What is given for rows that do not say it, where each says it.
    fn without_effect(
        &self,
        used: &GivenUsed,
        cost: &UsageCost,
        (unread, has_columns): (&[String], bool),
    ) -> Result<Vec<WithoutEffect>, Failure> {
        let mut idle = self.fx.without_effect(|code| used.units.contains(code))?;
        let held = |it: &Assumption| matches!(it, Assumption::HeldSince { .. });
        let is_held = cost.assumptions.iter().any(held);
        // Of what could not be read nothing is known of what it needs.
        if !cost.total.reasons().is_empty() && cost.cells.is_empty() {
            return Ok(idle);
        }
        let mut add = |flag: String, why: &str| {
            idle.push(WithoutEffect { flag, why: why.to_owned() });
        };
        for name in self.ignore_column.iter().filter(|name| !unread.contains(name)) {
            add(format!("--ignore-column {name}"), "no column of that name is left out");
        }
        for (column, name) in self.column.iter().filter(|_| !has_columns) {
            add(format!("--column {}={name}", column.name()), "no log here has columns of its own");
        }
        let each_says = "each row that is priced says it itself";
        if let Some(model) = self.model.as_ref().filter(|_| !used.model) {
            add(format!("--model {model}"), each_says);
        }
        if let Some(route) = self.route.as_ref().filter(|_| !used.route) {
            add(format!("--route {route}"), each_says);
        }
        if let Some(day) = self.days.prices.as_of.filter(|_| !used.day) {
            add(format!("--as-of {day}"), "each row is priced on its own day");
        }
        if let Some(kind) = self.processing.filter(|_| !used.processing) {
            add(format!("--processing {}", kind.as_str()), each_says);
        }
        for meter in self.none.iter().filter(|meter| !used.leaves_out(**meter)) {
            add(format!("--none {}", meter.as_str()), each_says);
        }
        if let Some(day) = self.held.assume_held_since.filter(|_| !is_held) {
            let why = "no row is of a day before the first price of its route";
            add(format!("--assume-held-since {day}"), why);
        }
        Ok(idle)
    }

    fn threads(&self) -> usize {
        let given = self.threads.and_then(|threads| usize::try_from(threads).ok());
        let of_machine = || std::thread::available_parallelism().map_or(1, |it| it.get());
        given.unwrap_or_else(of_machine).min(MOST_THREADS)
    }
}

/// Why reading ended, where that is no matter of a log.
fn stopped(error: StreamError) -> Result<(), Failure> {
    match error {
        StreamError::Write(error) => Err(Failure::Write(error)),
        StreamError::NotTaken(NotTaken::Broken(problems)) => Err(Failure::Data(problems.into())),
        StreamError::NotTaken(NotTaken::Rejected(_)) => {
            Err(Failure::from(EstimateError::from(crate::money::AmountTooLarge)))
        }
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

fn column(text: &str) -> Result<(Column, String), String> {
    let (column, name) =
        text.split_once('=').ok_or("not of the form COLUMN=NAME, such as model=Model")?;
    let known = || Column::ALL.map(Column::name).join(", ");
    let column = Column::ALL.into_iter().find(|known| known.name() == column);
    let column = column.ok_or_else(|| format!("no such column; there are {}", known()))?;
    Ok((column, name.to_owned()))
}

fn meter(text: &str) -> Result<Meter, String> {
    let name = text.strip_suffix("_tokens").unwrap_or(text);
    let known = || COUNTED.map(Meter::as_str).join(", ");
    let found = COUNTED.into_iter().find(|meter| meter.as_str() == name);
    found.ok_or_else(|| format!("no count that a row has; there are {}", known()))
}
