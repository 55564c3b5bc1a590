//! What a budget is made of: workloads with their requests, volumes and answers; limits; other costs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::month::Month;
use super::period::Period;
use super::spread::Spread;
use super::volume::Volume;
use crate::attempts::{AttemptRates, Failures, RatesError};
use crate::budget::Assumption;
use crate::catalog::terms::ChargeRule;
use crate::errors::Errors;
use crate::input_limits::BUDGET_MONTHS;
use crate::rating::FxRates;
use crate::request::Draft;

/// The most months of a budget.
pub const MOST_MONTHS: u32 = BUDGET_MONTHS.most as u32;

/// What is to be forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The first month.
    pub start: Month,
    /// How many months, from 1 to [`MOST_MONTHS`].
    pub months: u32,
    /// The first and the last month of the budget that it is a part of; `None` of a whole one.
    pub part_of: Option<[Month; 2]>,
    /// The month in which fiscal years begin, from 1 to 12.
    pub fiscal_year_start: u32,
    /// Exchange rates of the user's own, to US dollars.
    pub fx: FxRates,
    /// The workloads, in the order of the file.
    pub workloads: Vec<Workload>,
    /// Costs each month that belong to no workload.
    pub other_costs: Vec<OtherCost>,
    /// What is not to be exceeded.
    pub limits: Vec<Limit>,
    /// What is added to the high case before it is held against a limit: 0.1 for 10%.
    pub margin: Decimal,
    /// The tier of the account, and how the volume is spread over a day.
    pub capacity: Capacity,
    /// Named variants of the budget.
    pub scenarios: Vec<Scenario>,
    /// Models that take the place of others on the day of their shutdown: old → new.
    pub replacements: BTreeMap<String, String>,
    /// Whether prices that are quoted only, on weak evidence, are counted with; else they are unknown.
    pub quoted: bool,
    /// The first price that begins after this day is taken to have held since then, where its source does not state
    /// its start.
    pub held_since: Option<NaiveDate>,
    /// Whether data is kept in a region.
    pub data_residency: bool,
    /// What was taken for granted on the way to this budget.
    pub assumptions: Vec<Assumption>,
}

impl Budget {
    /// The months in order.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let start = self.start;
        (0..self.months).map(move |index| start.plus(index))
    }
}

/// A request, or steps of requests, with a monthly volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// The name, which is unique in a budget.
    pub name: String,
    /// What is sent, in order; the last step makes the image that is accepted.
    pub steps: Vec<Step>,
    /// Where attempts go that the first route does not serve.
    pub fallback: Option<Fallback>,
    /// The images wanted each month.
    pub volume: Volume,
    /// The first month, from which growth counts; the budget's where it is left out.
    pub from: Option<Month>,
    /// The last month, included; the budget's where it is left out.
    pub to: Option<Month>,
    /// Team, cost centre and the like.
    pub tags: BTreeMap<String, String>,
    /// The user's own answers to what is open.
    pub assume: Assumptions,
    /// Costs that come with the work.
    pub other_costs: Vec<OtherCost>,
    /// Changes of the price that the user supposes: from a month on, times a factor.
    pub price_changes: Vec<(Month, Decimal)>,
    /// How sure the user is of the rates, and of who pays for failures.
    pub spread: Spread,
}

impl Workload {
    /// A workload of one step, in each month of the budget, with nothing else in it.
    pub fn of(name: impl Into<String>, step: Step, volume: Volume) -> Workload {
        Workload {
            name: name.into(),
            steps: vec![step],
            fallback: None,
            volume,
            from: None,
            to: None,
            tags: BTreeMap::new(),
            assume: Assumptions::default(),
            other_costs: Vec::new(),
            price_changes: Vec::new(),
            spread: Spread::default(),
        }
    }
}

/// The most images of a step that go into one wanted image.
pub(super) const MOST_PER_ACCEPTED: u64 = 1000;

/// One request of a workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The request.
    pub draft: Draft,
    /// The route, or a unique ending of its id; the model maker's own where none is given.
    pub route: Option<String>,
    /// The resolution class to ask for, on routes that price by class.
    pub resolution: Option<String>,
    /// How many images of this step go into one wanted image.
    pub per_accepted: u64,
    /// How attempts turn out.
    pub rates: AttemptRates,
}

impl Step {
    /// A request on the model maker's own route, one image of which is accepted at the first attempt.
    pub fn of(draft: Draft) -> Step {
        Step {
            draft,
            route: None,
            resolution: None,
            per_accepted: 1,
            rates: AttemptRates::ONE_ATTEMPT,
        }
    }
}

/// Another route for attempts that the first one does not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The route.
    pub route: String,
    /// What sends an image there.
    pub when: BTreeSet<FallbackWhen>,
}

/// What sends an image to the fallback route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FallbackWhen {
    /// The first route fails.
    Failed,
    /// The first route blocks it.
    Blocked,
    /// The first route does not answer in time.
    Timeout,
    /// The limits of the month would be exceeded on the first route.
    OverLimit,
}

impl FallbackWhen {
    /// Every cause.
    pub const ALL: [FallbackWhen; 4] = [
        FallbackWhen::Failed,
        FallbackWhen::Blocked,
        FallbackWhen::Timeout,
        FallbackWhen::OverLimit,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            FallbackWhen::Failed => "failed",
            FallbackWhen::Blocked => "blocked",
            FallbackWhen::Timeout => "timeout",
            FallbackWhen::OverLimit => "over_limit",
        }
    }
}

/// The user's own answers to what terms and models leave open; always shown as assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assumptions {
    /// Who pays for a failed attempt.
    pub failed: Option<ChargeRule>,
    /// Who pays for a blocked attempt.
    pub blocked: Option<ChargeRule>,
    /// Who pays for an attempt that is not answered in time.
    pub timeout: Option<ChargeRule>,
    /// Text tokens that the model writes for an image, where their number is open.
    pub text_output_tokens: Option<u64>,
}

/// A cost that no price table holds: seats, review time, upscaling, storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCost {
    /// The name.
    pub name: String,
    /// US dollars for each unit of `per`.
    pub amount: Decimal,
    /// What it comes with.
    pub per: CostPer,
}

/// What a cost comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CostPer {
    /// Each month.
    Month,
    /// Each accepted image.
    AcceptedImage,
    /// Each attempt.
    Attempt,
}

impl CostPer {
    /// Every unit.
    pub const ALL: [CostPer; 3] = [CostPer::Month, CostPer::AcceptedImage, CostPer::Attempt];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            CostPer::Month => "month",
            CostPer::AcceptedImage => "accepted_image",
            CostPer::Attempt => "attempt",
        }
    }
}

/// What is not to be exceeded, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Whose cost.
    pub scope: Scope,
    /// In a month that `months` does not name.
    pub per_month: Option<Decimal>,
    /// In a quarter of the fiscal year, as far as the budget has months in it.
    pub per_quarter: Option<Decimal>,
    /// In a fiscal year, as far as the budget has months in it.
    pub per_fiscal_year: Option<Decimal>,
    /// In all months.
    pub total: Option<Decimal>,
    /// In months of their own.
    pub months: BTreeMap<Month, Decimal>,
    /// The shares of each amount of which it is to be known when they are reached: 0.8 for 80%.
    pub alert_at: Vec<Decimal>,
}

impl Limit {
    /// A limit without an amount.
    pub fn of(scope: Scope) -> Limit {
        Limit {
            scope,
            per_month: None,
            per_quarter: None,
            per_fiscal_year: None,
            total: None,
            months: BTreeMap::new(),
            alert_at: Vec::new(),
        }
    }

    /// US dollars that are not to be exceeded in a period, if it is limited.
    pub fn amount(&self, period: Period) -> Option<Decimal> {
        match period {
            Period::Month(month) => self.months.get(&month).copied().or(self.per_month),
            Period::Quarter(..) => self.per_quarter,
            Period::Year(_) => self.per_fiscal_year,
            Period::Whole => self.total,
        }
    }

    /// Whether any month is limited by itself.
    pub(super) fn limits_months(&self) -> bool {
        self.per_month.is_some() || !self.months.is_empty()
    }
}

/// Whose cost a limit holds for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// The whole budget.
    Budget,
    /// A workload.
    Workload(String),
    /// What a price owner charges.
    Owner(String),
    /// Workloads with this tag.
    Tag(String, String),
}

impl Scope {
    /// The scope for people.
    pub fn in_words(&self) -> String {
        match self {
            Scope::Budget => "the whole budget".to_owned(),
            Scope::Workload(name) => format!("workload {name}"),
            Scope::Owner(id) => format!("price owner {id}"),
            Scope::Tag(key, value) => format!("{key} {value}"),
        }
    }

    /// The workload that it holds for alone.
    pub(super) fn workload(&self) -> Option<&str> {
        match self {
            Scope::Workload(name) => Some(name),
            Scope::Budget | Scope::Owner(_) | Scope::Tag(..) => None,
        }
    }

    /// Whether it holds for what a price owner charges for a workload.
    pub(super) fn holds_for(
        &self,
        workload: &str,
        tags: &BTreeMap<String, String>,
        owner: Option<&str>,
    ) -> bool {
        match self {
            Scope::Budget => true,
            Scope::Workload(name) => workload == name,
            Scope::Owner(id) => owner == Some(id),
            Scope::Tag(key, value) => tags.get(key) == Some(value),
        }
    }
}

/// The account and how the volume is spread over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capacity {
    /// The tier of the account, such as `2`.
    pub tier: Option<String>,
    /// The hours of a day in which images are made, from 1 to 24; 24 where it is left out.
    pub hours_per_day: Option<Decimal>,
    /// How many times the average the busiest minute is; 1 where it is left out.
    pub peak_factor: Option<Decimal>,
}

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
    pub processing: Option<crate::catalog::conditions::Processing>,
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
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
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
