//! The budget file that a command is about, and what flags say in place of it.

use chrono::NaiveDate;
use clap::Args;

use super::found::Found;
use super::from_file::from_file;
use super::overrides::OverrideArgs;
use super::part::PartArgs;
use super::read_args::ReadArgs;
use crate::catalog::Catalog;
use crate::cli::args::DayArgs;
use crate::cli::exit::Failure;

#[derive(Debug, Args)]
pub(super) struct BudgetFileArgs {
    /// Budget file (YAML) or spreadsheet of volumes (.csv, .xlsx, .ods)
    ///
    /// As `imgcost budget init` writes one; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub given: OverrideArgs,
    #[command(flatten)]
    pub part: PartArgs,
    #[command(flatten)]
    day: DayArgs,
}

impl BudgetFileArgs {
    /// The tables, the day of knowledge, and the budget as flags change it.
    pub(super) fn read(&self, today: NaiveDate) -> Result<(Catalog, NaiveDate, Found), Failure> {
        let (catalog, today) = self.day.known(today)?;
        let found = from_file(&self.file, (&self.given, &self.read), &catalog, today)?;
        Ok((catalog, today, found))
    }
}
