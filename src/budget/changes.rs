//! Scenarios: what each of their changes puts in the place of what a budget says, where and when.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::month::Month;
use super::step::Step;
use crate::attempts::{AttemptRates, Failures, RatesError};
use crate::catalog::conditions::Processing;
use crate::errors::Errors;
use crate::request::Draft;

/// A named variant: what it changes, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scenario {
    /// The name.
    pub name: String,
    /// What it changes.
    pub changes: Vec<Changes>,
}

/// One change of a scenario: where and when, and what. What is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The workloads that it changes; all of them if empty.
    pub workloads: BTreeSet<String>,
    /// The steps that it changes, from 1 on; all of them if empty.
    pub steps: BTreeSet<usize>,
    /// The first month in which it holds; the budget's where it is left out.
    pub from: Option<Month>,
    /// The last month, included; the budget's where it is left out.
    pub to: Option<Month>,
    /// The model.
    pub model: Option<String>,
    /// The quality.
    pub quality: Option<String>,
    /// The size.
    pub size: Option<String>,
    /// The processing.
    pub processing: Option<Processing>,
    /// The route of every step.
    pub route: Option<String>,
    /// The volume times this.
    pub volume_factor: Option<Decimal>,
    /// How attempts turn out.
    pub rates: RateChanges,
    /// The price times this.
    pub price_factor: Option<Decimal>,
}

/// Changes of how attempts turn out. What is left out stays as each workload has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RateChanges {
    /// The share of delivered images that is accepted, in the last step.
    pub acceptance: Option<Decimal>,
    /// Attempts for each accepted image in the last step, failed ones included; in place of `acceptance`.
    pub attempts: Option<Decimal>,
    /// The share of attempts in which the service fails, in every step.
    pub failure_rate: Option<Decimal>,
    /// The share of attempts that moderation blocks, in every step.
    pub block_rate: Option<Decimal>,
    /// The share of attempts that are not answered in time, in every step.
    pub timeout_rate: Option<Decimal>,
    /// After how many attempts an image is given up, in the last step.
    pub maximum: Option<u32>,
}

/// What is asked for in place of what a step asks for. What is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepChanges {
    /// The request, as far as it changes.
    pub draft: Draft,
    /// The route.
    pub route: Option<String>,
    /// The resolution class to ask for.
    pub resolution: Option<String>,
    /// How attempts turn out.
    pub rates: RateChanges,
}

impl StepChanges {
    /// A step with these changes; of a workload, the last one makes the image that is accepted.
    ///
    /// # Errors
    /// Every rate that cannot be together with those that stay.
    pub fn applied_to(&self, step: &Step, is_last: bool) -> Result<Step, Errors<RatesError>> {
        Ok(Step {
            draft: self.draft.clone().over(step.draft.clone()),
            route: self.route.clone().or_else(|| step.route.clone()),
            resolution: self.resolution.clone().or_else(|| step.resolution.clone()),
            per_accepted: step.per_accepted,
            rates: self.rates.applied_to(&step.rates, is_last)?,
        })
    }
}

impl Changes {
    /// Whether it changes a workload of this name.
    pub(super) fn concerns(&self, name: &str) -> bool {
        self.workloads.is_empty() || self.workloads.contains(name)
    }

    /// Whether it holds in a month.
    pub(super) fn holds_in(&self, month: Month) -> bool {
        month.is_within(self.from, self.to)
    }

    /// Whether it changes a step, by its place from 0 on.
    pub(super) fn is_of_step(&self, place: usize) -> bool {
        self.steps.is_empty() || self.steps.contains(&(place + 1))
    }

    /// Whether it says where and when, and not what.
    pub(super) fn changes_nothing(&self) -> bool {
        let Changes { workloads, steps, from, to, .. } = self.clone();
        *self == Changes { workloads, steps, from, to, ..Changes::default() }
    }

    /// What it changes in each step.
    pub(super) fn of_steps(&self) -> StepChanges {
        let draft = Draft {
            model: self.model.clone(),
            quality: self.quality.clone(),
            size: self.size.clone(),
            processing: self.processing,
            ..Draft::default()
        };
        StepChanges { draft, route: self.route.clone(), resolution: None, rates: self.rates }
    }
}

impl RateChanges {
    /// The rates of a step with these changes.
    ///
    /// # Errors
    /// Every rate that cannot be together with those that stay.
    pub fn applied_to(
        &self,
        rates: &AttemptRates,
        is_last: bool,
    ) -> Result<AttemptRates, Errors<RatesError>> {
        let stay = rates.failures();
        let failures = Failures {
            failure_rate: self.failure_rate.unwrap_or(stay.failure_rate),
            block_rate: self.block_rate.unwrap_or(stay.block_rate),
            timeout_rate: self.timeout_rate.unwrap_or(stay.timeout_rate),
        };
        let [acceptance, attempts] =
            [self.acceptance, self.attempts].map(|change| change.filter(|_| is_last));
        let (acceptance, attempts) = match (acceptance, attempts) {
            (None, None) => (rates.acceptance(), rates.attempts()),
            changed => changed,
        };
        let changed = match (acceptance, attempts) {
            (None, Some(attempts)) => AttemptRates::with_attempts(attempts, failures)?,
            (share, _) => AttemptRates::with_acceptance(share.unwrap_or(Decimal::ONE), failures)?,
        };
        match self.maximum.filter(|_| is_last).or(rates.maximum()) {
            None => Ok(changed),
            Some(maximum) => changed.giving_up_after(maximum.into()).map_err(|it| Errors(vec![it])),
        }
    }
}
