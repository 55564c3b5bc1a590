//! How safe the amount to request is, where something in a budget is uncertain.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::simulate::{self, no_spread, of_machine};
use super::written_in::WrittenIn;
use crate::budget::simulate::{MOST_CELLS, RUNS, Refused, SEED, Safety, Settings, safety};
use crate::budget::{AmountToRequest, Budget};
use crate::catalog::Catalog;
use crate::cli::exit::Failure;
use crate::money::AmountTooLarge;

/// The runs of a budget, where a share of them is asked for; or by itself where something is uncertain, and it takes no longer
/// than a forecast.
///
/// # Errors
/// Why the budget cannot be drawn, where it was asked.
pub(super) fn runs(
    (catalog, today): (&Catalog, NaiveDate),
    budget: &Budget,
    is_asked: bool,
) -> Result<Option<Safety>, Refused> {
    let cells = budget.workloads.len() as u64 * u64::from(budget.months);
    if !is_asked && cells > MOST_CELLS {
        return Ok(None);
    }
    let settings = Settings { runs: RUNS, seed: SEED, threads: of_machine() };
    match safety(catalog, budget, settings, today) {
        // What is certain has no share of runs, and what cannot be drawn is told by the forecast itself.
        Err(_) if !is_asked => Ok(None),
        found => found.map(Some),
    }
}

/// An amount with how safe it is, or the amount that is as safe as was asked for.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept.
pub(super) fn held(
    amount: AmountToRequest,
    probability: Option<Decimal>,
    runs: Option<&Safety>,
) -> Result<AmountToRequest, AmountTooLarge> {
    match (runs, probability) {
        (Some(runs), Some(share)) => amount.safe_in(share, runs),
        (Some(runs), None) => amount.held_against(runs),
        (None, _) => Ok(amount),
    }
}

/// Why there are no runs to hold an amount against.
pub(super) fn failure(refused: Refused, written_in: &WrittenIn) -> Failure {
    match refused {
        Refused::NoSpread(inputs) => no_spread(&inputs, "--probability has no runs to go by"),
        other => simulate::failure(other, written_in),
    }
}
