//! How sure the user is of what a workload supposes: what a simulation draws.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::catalog::terms::ChargeRule;

/// The largest sample that a spread may name.
pub const MOST_TRIALS: u64 = 1_000_000_000;

/// What is uncertain about a workload besides its volume. What is left out is taken as certain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// The share of delivered images that is accepted, in the last step.
    pub acceptance: Option<RateSpread>,
    /// The share of attempts in which the service fails, in every step.
    pub failure_rate: Option<RateSpread>,
    /// The share of attempts that moderation blocks, in every step.
    pub block_rate: Option<RateSpread>,
    /// The share of attempts that are not answered in time, in every step.
    pub timeout_rate: Option<RateSpread>,
    /// How likely each charge of a failed attempt is.
    pub failed: Weights,
    /// How likely each charge of a blocked attempt is.
    pub blocked: Weights,
    /// How likely each charge of a timed-out attempt is.
    pub timeout: Weights,
}

impl Spread {
    /// The rates with what they are called in files: acceptance first, then as in
    /// [`AttemptRates::undelivered`](crate::attempts::AttemptRates::undelivered).
    pub fn rates(&self) -> [(&'static str, Option<RateSpread>); 4] {
        [
            ("acceptance", self.acceptance),
            ("failure_rate", self.failure_rate),
            ("timeout_rate", self.timeout_rate),
            ("block_rate", self.block_rate),
        ]
    }

    /// The weights with what they are called in files, in the order of the rates.
    pub fn weights(&self) -> [(&'static str, &Weights); 3] {
        [("failed", &self.failed), ("timeout", &self.timeout), ("blocked", &self.blocked)]
    }
}

/// How sure a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSpread {
    /// It was seen in so many trials.
    Sample {
        /// How many trials.
        of: u64,
    },
    /// It lies between two values, and the stated one is the likeliest.
    Range {
        /// The least.
        low: Decimal,
        /// The most.
        high: Decimal,
    },
}

/// How likely each of several charges is: shares that add up to 1; empty where nothing is said.
pub type Weights = BTreeMap<ChargeRule, Decimal>;
