//! How many images are wanted, how attempts turn out, and what looking at them costs, as flags say it.

use clap::Args;
use rust_decimal::Decimal;

use super::given;
use crate::attempts::{AttemptRates, RatesError, parse_attempts};
use crate::budget::RateChanges;
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::values::{above_zero, at_least_one};
use crate::errors::Errors;
use crate::request::RequestError;
use crate::share::parse_share;

/// How many images are wanted, and how attempts turn out.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(in crate::cli) struct AttemptArgs {
    /// Accepted images wanted: adds the cost of them all
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_hyphen_values = true)]
    pub images: Option<u64>,
    #[command(flatten)]
    pub rates: RateArgs,
}

/// How attempts turn out.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(in crate::cli) struct RateArgs {
    /// Share of delivered images that is accepted: 70%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, conflicts_with = "attempts", allow_hyphen_values = true)]
    pub acceptance: Option<Decimal>,
    /// Attempts for each accepted image, failed ones included, such as 1.4
    #[arg(long, value_name = "NUMBER", value_parser = parse_attempts, allow_hyphen_values = true)]
    pub attempts: Option<Decimal>,
    /// Share of attempts in which the service fails, such as 2%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub failure_rate: Option<Decimal>,
    /// Share of attempts that moderation blocks, such as 1%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub block_rate: Option<Decimal>,
    /// Share of attempts that are not answered in time, such as 1%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub timeout_rate: Option<Decimal>,
}

/// What looking at images costs.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(in crate::cli) struct ReviewArgs {
    /// Cost of looking at a delivered image, such as 0.05
    ///
    /// In US dollars, for accepted and rejected ones alike; in a budget file, it stands under `other_costs`.
    #[arg(long, value_name = "USD", value_parser = above_zero, allow_hyphen_values = true)]
    pub review_cost: Option<Decimal>,
}

impl AttemptArgs {
    /// The flags that are given.
    pub(in crate::cli) fn given(&self) -> Vec<&'static str> {
        let rates = &self.rates;
        given([
            ("--images", self.images.is_some()),
            ("--acceptance", rates.acceptance.is_some()),
            ("--attempts", rates.attempts.is_some()),
            ("--failure-rate", rates.failure_rate.is_some()),
            ("--block-rate", rates.block_rate.is_some()),
            ("--timeout-rate", rates.timeout_rate.is_some()),
        ])
    }
}

impl RateArgs {
    /// What the flags say of the rates.
    pub(in crate::cli) fn changes(&self) -> RateChanges {
        RateChanges {
            acceptance: self.acceptance,
            attempts: self.attempts,
            failure_rate: self.failure_rate,
            block_rate: self.block_rate,
            timeout_rate: self.timeout_rate,
            maximum: None,
        }
    }

    /// The same, with the acceptance of the settings where nothing is said of it.
    pub(in crate::cli) fn or_settings(&self) -> Result<RateChanges, Failure> {
        let changes = self.changes();
        let is_said = changes.acceptance.is_some() || changes.attempts.is_some();
        let acceptance = if is_said { changes.acceptance } else { config::acceptance()? };
        Ok(RateChanges { acceptance, ..changes })
    }

    /// How attempts turn out by the flags, else by the settings.
    pub(in crate::cli) fn rates_or_settings(&self) -> Result<AttemptRates, Failure> {
        self.or_settings()?.applied_to(&AttemptRates::ONE_ATTEMPT, true).map_err(wrong_rates)
    }

    pub(in crate::cli) fn rates(&self) -> Result<AttemptRates, Failure> {
        self.changes().applied_to(&AttemptRates::ONE_ATTEMPT, true).map_err(wrong_rates)
    }
}

/// Rates that cannot be.
pub(in crate::cli) fn wrong_rates(errors: Errors<RatesError>) -> Failure {
    Failure::Request(errors.into_iter().map(RequestError::Rates).collect())
}
