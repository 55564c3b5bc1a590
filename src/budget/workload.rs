//! What a budget is made of: workloads with their volumes and answers, other costs, the account.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::changes::Scenario;
use super::limit::Limit;
use super::month::Month;
use super::seats::Seats;
use super::spread::Spread;
use super::step::Step;
use super::volume::Volume;
use crate::budget::Assumption;
use crate::catalog::terms::ChargeRule;
use crate::input_limits::BUDGET_MONTHS;
use crate::rating::{AssumedRate, FxRates};

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
    /// Seats and other subscriptions of price owners.
    pub seats: Vec<Seats>,
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

    /// The names of all tags, of workloads, seats and other costs, each once in order.
    pub fn tag_names(&self) -> BTreeSet<&str> {
        let of_workloads = self.workloads.iter().flat_map(|workload| {
            let of_costs = workload.other_costs.iter().map(|cost| &cost.tags);
            of_costs.chain([&workload.tags])
        });
        let of_costs = self.other_costs.iter().map(|cost| &cost.tags);
        let of_seats = self.seats.iter().map(|seats| &seats.tags);
        let all = of_workloads.chain(of_costs).chain(of_seats);
        all.flat_map(BTreeMap::keys).map(String::as_str).collect()
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
    /// The workload of other ones that this one is compared with: the one of its name; of several parts of that name, the
    /// one that begins with it.
    pub(super) fn counterpart<'a>(&self, all: &'a [Workload]) -> Option<&'a Workload> {
        let mut named = all.iter().filter(|it| it.name == self.name);
        let first = named.next()?;
        match named.next() {
            None => Some(first),
            Some(_) => all.iter().find(|it| it.name == self.name && it.from == self.from),
        }
    }

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assumptions {
    /// Who pays for a failed attempt.
    pub failed: Option<ChargeRule>,
    /// Who pays for a blocked attempt.
    pub blocked: Option<ChargeRule>,
    /// Who pays for an attempt that is not answered in time.
    pub timeout: Option<ChargeRule>,
    /// Text tokens that the model writes for an image, where their number is open.
    pub text_output_tokens: Option<u64>,
    /// Rates that the table of a route does not state.
    pub rates: Vec<AssumedRate>,
}

/// A cost that no price table holds: review time, upscaling, storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCost {
    /// The name.
    pub name: String,
    /// US dollars for each unit of `per`.
    pub amount: Decimal,
    /// What it comes with.
    pub per: CostPer,
    /// The first month; the budget's where it is left out.
    pub from: Option<Month>,
    /// The last month, included; the budget's where it is left out.
    pub to: Option<Month>,
    /// Tags of its own; of a cost of a workload they go before those of the workload.
    pub tags: BTreeMap<String, String>,
}

impl OtherCost {
    /// A cost in each month of the budget, without a tag of its own.
    pub fn of(name: impl Into<String>, amount: Decimal, per: CostPer) -> OtherCost {
        let (from, to, tags) = (None, None, BTreeMap::new());
        OtherCost { name: name.into(), amount, per, from, to, tags }
    }
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
