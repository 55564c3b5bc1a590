//! `imgcost bill reconcile BILL… --usage LOG…`: a bill beside the rated usage.

use chrono::NaiveDate;
use clap::Args;

use crate::bill::Bill;
use crate::bill::reconcile::{Tolerance, in_dollars, of_usage, reconcile};
use crate::catalog::Catalog;
use crate::cli::args::{FxArgs, given};
use crate::cli::exit::{Exit, Failure};
use crate::cli::output::{self, OutputArgs};
use crate::cli::rejected::Rejected;
use crate::cli::usage::{Heard, Judged, LogArgs, read_all};
use crate::estimate::{EstimateError, Terms};
use crate::exchange::FxRates;
use crate::money::AmountTooLarge;
use crate::report::bill::beside::{BesideView, UsageBeside, report};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::usage_cost::stream::{Logs, ReadCounts};
use crate::usage_cost::{Dimension, UsageCost};

/// What tells usage apart that a bill is held against.
const BY: [Dimension; 4] =
    [Dimension::Day, Dimension::Project, Dimension::Model, Dimension::Processing];

/// The usage, and how it is held against the bill.
#[derive(Debug, Args)]
pub(super) struct UsageArgs {
    /// Logs of what was used, or folders of them: the bill is held against what they cost
    ///
    /// As `usage cost` reads them: logs with columns, replies one on each line, and exports.
    #[arg(long, value_name = "LOG…", num_args = 1.., help_heading = "Usage")]
    usage: Vec<String>,
    /// The most that may stay unexplained, as 0.5% of the bill or 5USD: exit code 1 beyond it
    #[arg(long, value_name = "AMOUNT", value_parser = Tolerance::parse, requires = "usage", help_heading = "Usage")]
    tolerance: Option<Tolerance>,
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    fx: FxArgs,
}

/// The usage as it was read.
struct Used {
    cost: UsageCost,
    counts: ReadCounts,
    without_effect: Vec<WithoutEffect>,
    rejected: Rejected,
}

/// What both sides have in common.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// The price tables.
    pub catalog: &'a Catalog,
    /// The day that is asked for.
    pub as_of: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

impl UsageArgs {
    /// Whether the bill is held against usage.
    pub(super) fn has_usage(&self) -> bool {
        !self.usage.is_empty()
    }

    /// The flags that say how logs are read, where there is none.
    pub(super) fn without_usage(&self) -> Vec<WithoutEffect> {
        let fx = given([("--fx", !self.fx.is_empty())]);
        let idle = |flag: &str| WithoutEffect {
            flag: flag.to_owned(),
            why: "no --usage is given".to_owned(),
        };
        self.log.given().into_iter().chain(fx).map(idle).collect()
    }

    /// Holds a bill against the usage, and prints what differs. `idle` are the flags of the bill that changed nothing.
    pub(super) fn run(
        &self,
        (bill, side): (&Bill, Side),
        idle: Vec<WithoutEffect>,
        out: &OutputArgs,
    ) -> Result<(Exit, Rejected), Failure> {
        let fx = self.fx.rates()?;
        let Used { cost, counts, without_effect, rejected } = self.read(bill, side, &fx)?;
        let too_large = |error: AmountTooLarge| Failure::from(EstimateError::from(error));
        let computed = of_usage(&cost.cells).map_err(too_large)?;
        let (billed, not_compared) = in_dollars(&bill.lines, &fx).map_err(too_large)?;
        let found = reconcile(&computed, &billed).map_err(too_large)?;
        let usage = UsageBeside {
            rated: &cost.total,
            files: counts.files,
            rows: counts.rows,
            rejected: cost.rejected_rows(),
            zone: self.log.zone(),
        };
        let view = BesideView {
            catalog: side.catalog,
            as_of: side.as_of.unwrap_or(side.today),
            tolerance: self.tolerance,
            not_compared: &not_compared,
            bill,
            usage,
        };
        let without_effect = idle.into_iter().chain(without_effect).collect();
        let flags = FlagEffects { without_effect, ..FlagEffects::default() };
        output::write(report(&found, view).with_flags(flags), out)?;
        let holds = match self.tolerance {
            // What is not compared cannot be shown to be explained.
            Some(most) => not_compared.is_empty() && most.holds(&found).map_err(too_large)?,
            None => true,
        };
        Ok((if holds { Exit::Done } else { Exit::Finding }, rejected))
    }

    fn read(&self, bill: &Bill, side: Side, fx: &FxRates) -> Result<Used, Failure> {
        let prices = Terms { fx, ..Terms::on(side.today) };
        let terms = self.log.terms(side.catalog, prices, side.as_of)?;
        let names = self.log.names();
        let mut heard = Heard::new(None, false).map_err(Failure::Write)?;
        let mut logs = Logs::new(self.log.reading(&terms, &names, &BY));
        read_all(&self.usage, &mut logs, &mut heard)?;
        let (counts, unread, used) =
            (logs.counts(), logs.unread_columns().to_vec(), logs.used().clone());
        let (cost, _) = logs.into_cost()?;
        let has_columns = counts.with_columns > 0;
        let has_rows = !cost.cells.is_empty();
        let judged = Judged { used: &used, unread: &unread, has_columns, has_rows };
        let is_billed = |code: &str| bill.lines.iter().any(|line| &*line.currency == code);
        let mut without_effect =
            self.fx.without_effect(|code| used.units.contains(code) || is_billed(code))?;
        without_effect.extend(self.log.without_effect(&judged));
        Ok(Used { cost, counts, without_effect, rejected: heard.problems })
    }
}
