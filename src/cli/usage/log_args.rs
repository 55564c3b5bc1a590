//! Logs of what was used, as flags say how they are read: for every command that prices them.

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::cli::exit::Failure;
use crate::cli::values::{at_least_one, processing};
use crate::estimate::{ReplyContext, Terms, find_model};
use crate::report::flags::WithoutEffect;
use crate::unit::Meter;
use crate::usage_cost::stream::LogReading;
use crate::usage_cost::{Dimension, GivenUsed, LogTerms};
use crate::usage_log::delimited::{Column, ColumnNames};
use crate::usage_log::row::COUNTED;
use crate::usage_log::zone::Zone;

/// More threads than any machine of today makes use of.
const MOST_THREADS: usize = 256;

/// What a log does not say itself, and how it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rows")]
pub(in crate::cli) struct LogArgs {
    /// Model of rows that name none
    #[arg(long, value_name = "ID")]
    model: Option<String>,
    /// Route of rows that name none, or the end of its id [default: the maker's of the model]
    #[arg(long, value_name = "ID")]
    route: Option<String>,
    /// How rows were processed that do not say it [default: standard]
    #[arg(long, value_name = "KIND", value_parser = processing)]
    processing: Option<Processing>,
    /// Time zone in which days begin: UTC, or a distance from it such as +02:00 [default: UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    timezone: Option<Zone>,
    /// What the log calls a column: model=Model (repeatable)
    #[arg(long, value_name = "COLUMN=NAME,…", value_parser = column, value_delimiter = ',')]
    column: Vec<(Column, String)>,
    /// Column that bills nothing although its name says tokens or cost (repeatable)
    #[arg(long, value_name = "NAME")]
    ignore_column: Vec<String>,
    /// Counts of which a row has none where it leaves them out, such as image_input
    #[arg(long, value_name = "METER,…", value_parser = meter, value_delimiter = ',')]
    none: Vec<Meter>,
    /// Threads to read with [default: as many as the machine has]; the output is the same
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<u64>,
}

/// What was found of logs by which flags are judged.
#[derive(Debug)]
pub(in crate::cli) struct Judged<'a> {
    /// What of the given was used.
    pub used: &'a GivenUsed,
    /// The columns that are not read.
    pub unread: &'a [String],
    /// Whether a log has columns of its own.
    pub has_columns: bool,
    /// Whether any row was priced: of what could not be read nothing is known of what it needs.
    pub has_rows: bool,
}

impl LogArgs {
    /// The terms of rows: `terms` by which prices hold, and the day of rows that have none.
    ///
    /// # Errors
    /// A model that is not known.
    pub(in crate::cli) fn terms<'a>(
        &'a self,
        catalog: &'a Catalog,
        terms: Terms<'a>,
        day: Option<NaiveDate>,
    ) -> Result<LogTerms<'a>, Failure> {
        if let Some(model) = &self.model {
            find_model(catalog, model)?;
        }
        Ok(LogTerms {
            catalog,
            terms: Terms { route: self.route.as_deref(), ..terms },
            model: self.model.as_deref(),
            day,
            processing: self.processing,
            absent_is_none: self.none.clone(),
            replies: ReplyContext::default(),
            elsewhere: None,
            priced_on: None,
        })
    }

    /// The names of columns.
    pub(in crate::cli) fn names(&self) -> ColumnNames {
        ColumnNames { own: self.column.clone(), ignored: self.ignore_column.clone() }
    }

    /// The zone in which days begin.
    pub(in crate::cli) fn zone(&self) -> Zone {
        self.timezone.unwrap_or(Zone::UTC)
    }

    /// How logs are read by these terms.
    pub(in crate::cli) fn reading<'a>(
        &self,
        terms: &'a LogTerms<'a>,
        names: &'a ColumnNames,
        by: &'a [Dimension],
    ) -> LogReading<'a> {
        let (zone, threads) = (self.zone(), self.threads());
        LogReading { terms, with: None, by, names, zone, threads, each_row: false }
    }

    /// What is given for rows that do not say it, where each says it.
    pub(in crate::cli) fn without_effect(&self, judged: &Judged) -> Vec<WithoutEffect> {
        let Judged { used, unread, has_columns, has_rows } = judged;
        let mut idle = Vec::new();
        if !has_rows {
            return idle;
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
        if let Some(kind) = self.processing.filter(|_| !used.processing) {
            add(format!("--processing {}", kind.as_str()), each_says);
        }
        for meter in self.none.iter().filter(|meter| !used.leaves_out(**meter)) {
            add(format!("--none {}", meter.as_str()), each_says);
        }
        idle
    }

    /// The flags that are given, by name.
    pub(in crate::cli) fn given(&self) -> Vec<&'static str> {
        crate::cli::args::given([
            ("--model", self.model.is_some()),
            ("--route", self.route.is_some()),
            ("--processing", self.processing.is_some()),
            ("--timezone", self.timezone.is_some()),
            ("--column", !self.column.is_empty()),
            ("--ignore-column", !self.ignore_column.is_empty()),
            ("--none", !self.none.is_empty()),
            ("--threads", self.threads.is_some()),
        ])
    }

    fn threads(&self) -> usize {
        let given = self.threads.and_then(|threads| usize::try_from(threads).ok());
        let of_machine = || std::thread::available_parallelism().map_or(1, |it| it.get());
        given.unwrap_or_else(of_machine).min(MOST_THREADS)
    }
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
