//! Months of a budget that are shown alone.

use clap::Args;

use crate::budget::{Budget, Month};
use crate::cli::exit::Failure;

/// The months that are shown, both included.
#[derive(Debug, Args)]
pub(super) struct PartArgs {
    /// First month to show; no volume changes
    #[arg(long, value_name = "YYYY-MM", help_heading = "Budget")]
    from: Option<Month>,
    /// Last month to show
    #[arg(long, value_name = "YYYY-MM", help_heading = "Budget")]
    to: Option<Month>,
}

impl PartArgs {
    /// Whether all months are shown.
    pub(super) fn is_all(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// The budget in these months.
    pub(super) fn of(&self, budget: Budget) -> Result<Budget, Failure> {
        if self.is_all() {
            return Ok(budget);
        }
        budget.part(self.from, self.to).map_err(|why| {
            let help = "give --from and --to as months of the budget, in their order";
            Failure::usage(why.to_string(), help)
        })
    }
}
