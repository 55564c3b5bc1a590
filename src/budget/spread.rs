//! How sure the user is of what a workload supposes: what a simulation draws.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::attempts::AttemptRates;
use crate::catalog::terms::ChargeRule;
use crate::share::percent;

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

    /// The rates that do not lie in their spread, with what they are called in files: `rates` are those that are stated.
    pub fn misfits(&self, rates: &AttemptRates) -> Vec<(&'static str, Misfit)> {
        let failures = rates.failures();
        let stated = [
            rates.acceptance(),
            Some(failures.failure_rate),
            Some(failures.timeout_rate),
            Some(failures.block_rate),
        ];
        let of = |((name, spread), stated): ((&'static str, Option<RateSpread>), _)| {
            spread?.misfit(stated).map(|misfit| (name, misfit))
        };
        self.rates().into_iter().zip(stated).filter_map(of).collect()
    }

    /// The weights with what they are called in files, in the order of the rates.
    pub fn weights(&self) -> [(&'static str, &Weights); 3] {
        [("failed", &self.failed), ("timeout", &self.timeout), ("blocked", &self.blocked)]
    }
}

/// How sure a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// Why a stated share and its spread do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// Attempts are stated in place of a share.
    NotStated,
    /// The share lies outside.
    Outside {
        /// The share.
        stated: Decimal,
        /// The least of the spread.
        low: Decimal,
        /// The most of the spread.
        high: Decimal,
    },
}

impl RateSpread {
    /// Why a stated share does not fit; `None` if it does.
    pub fn misfit(self, stated: Option<Decimal>) -> Option<Misfit> {
        let Some(stated) = stated else { return Some(Misfit::NotStated) };
        match self {
            RateSpread::Range { low, high } if !(low..=high).contains(&stated) => {
                Some(Misfit::Outside { stated, low, high })
            }
            _ => None,
        }
    }
}

impl Misfit {
    /// The reason, as the end of a sentence on a rate.
    pub fn in_words(self) -> String {
        match self {
            Misfit::NotStated => "has a spread, and `attempts` states none".to_owned(),
            Misfit::Outside { stated, low, high } => {
                let [stated, low, high] = [stated, low, high].map(percent);
                format!("is stated as {stated}, which is not from {low} to {high} as its spread")
            }
        }
    }
}

/// How likely each of several charges is: shares that add up to 1; empty where nothing is said.
pub type Weights = BTreeMap<ChargeRule, Decimal>;
