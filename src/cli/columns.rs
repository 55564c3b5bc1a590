//! Which columns a CSV has, and the one plain cost that people add up.

use clap::Args;
use rust_decimal::Decimal;

use super::exit::Failure;
use super::message;
use super::message::About;
use crate::budget::Case;
use crate::figure::Figure;
use crate::report::record::{Chosen, UnknownColumn};

/// The columns of a CSV.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct ColumnArgs {
    /// Columns of the CSV: `all`, or names separated by commas (`imgcost schema columns` lists them)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Adds one plain column `cost_usd` to the CSV: that end of each cost
    #[arg(long, value_enum, value_name = "CASE")]
    cost_column: Option<Case>,
}

impl ColumnArgs {
    /// What is chosen.
    pub(super) fn chosen(&self) -> Chosen {
        match &self.columns[..] {
            [] => Chosen::Common,
            [all] if all == "all" => Chosen::All,
            names => Chosen::Named(names.to_vec()),
        }
    }

    /// The end of the cost that gets a column of its own.
    pub(super) fn case(&self) -> Option<Case> {
        self.cost_column
    }

    /// Refuses the flags where the output has no such columns.
    pub(super) fn refuse_unless(&self, has_rows: bool, needed: &str) -> Result<(), Failure> {
        let given = [
            ("--columns", !self.columns.is_empty()),
            ("--cost-column", self.cost_column.is_some()),
        ];
        match given.iter().find(|(_, given)| *given && !has_rows) {
            None => Ok(()),
            Some((flag, _)) => {
                let what = format!(
                    "{flag} chooses columns of the rows of a CSV, which this output has not"
                );
                Err(Failure::usage(what, format!("leave it out, or use {needed}")))
            }
        }
    }

    /// Counts the rows whose plain cost is blank: whoever adds the column up must know.
    pub(super) fn say_what_is_left_blank(&self, costs: impl Iterator<Item = Figure<Decimal>>) {
        let Some(case) = self.cost_column else { return };
        let (mut rows, mut blank) = (0_usize, 0_usize);
        for cost in costs {
            rows += 1;
            blank += usize::from(case.of(&cost).exact().is_none());
        }
        if blank > 0 {
            let end = case.as_str();
            message::finding(
                About::BlankCosts,
                &format!(
                    "cost_usd is blank in {blank} of {rows} rows, which have no {end} cost; see their reason"
                ),
            );
        }
    }
}

impl From<UnknownColumn> for Failure {
    fn from(unknown: UnknownColumn) -> Failure {
        let help = match &unknown.near[..] {
            [] => format!("the columns are all, {}", unknown.known.join(", ")),
            near => format!("did you mean {}? `--columns all` has every column", near.join(" or ")),
        };
        Failure::usage(unknown.to_string(), help)
    }
}
