//! The budget file as written: shapes only, every leaf with its place and still text.
//!
//! The comments on keys are what an editor shows: the JSON Schema is derived from these shapes.

mod volumes;
mod workload;

pub(super) use volumes::*;
pub(super) use workload::*;

use super::leaves::{ChangeText, FactorText, MonthText, Pairs, PercentText, RawMonths, ShareText};
use crate::budget::workload::CostPer;
use crate::catalog::conditions::Processing;
use crate::catalog::funding::Payment;
use crate::catalog::raw::{Count, Day, Flag, NameOrNumber, Price, Spanned, Text, Word};
use crate::catalog::yaml::{Form, Node, Notes, Shape, Table, keys};

/// A budget: workloads with their volumes, and what they must not exceed. Only `workloads` or `volumes` is needed.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(extend("anyOf" = [{"required": ["workloads"]}, {"required": ["volumes"]}]))]
pub(super) struct RawBudget {
    /// The currency of limits and other costs, and of the report; US dollars where it is left out. Another needs its
    /// rate under `fx`.
    pub currency: Option<Text>,
    /// Exchange rates, each with its direction: `EUR/USD: "1.08"` says that 1 EUR is 1.08 US dollars,
    /// `USD/EUR: "0.92"` that 1 US dollar is 0.92 EUR.
    #[schemars(default)]
    pub fx: Pairs<Price>,
    /// The day of the rates under `fx`; printed with what they convert.
    pub fx_day: Option<Day>,
    /// Who states the rates under `fx`; printed with what they convert.
    pub fx_source: Option<Text>,
    /// The first month, as YYYY-MM; where it is left out, that of the spreadsheet, or the month after the day of knowledge.
    pub start: Option<Text<MonthText>>,
    /// How many months, from 1 to 120; where it is left out, those of the spreadsheet, or 12.
    #[schemars(range(min = 1, max = 120))]
    pub months: Option<Count>,
    /// The month in which fiscal years begin, from 1 to 12; 1 where it is left out.
    #[schemars(range(min = 1, max = 12))]
    pub fiscal_year_start: Option<Count>,
    /// What is not to be exceeded.
    pub limits: Option<RawLimits>,
    /// What is added to the high case before it is held against a limit; 10% where it is left out.
    pub margin: Option<Text<PercentText>>,
    /// The account, and how the volume is spread over a day.
    pub capacity: Option<RawCapacity>,
    /// Models that take the place of others on the day of their shutdown: `old: new`.
    #[schemars(default)]
    pub replace: Pairs<Text>,
    /// Whether to count with prices that are quoted only, on weak evidence; else they are unknown.
    pub quoted: Option<Flag>,
    /// The first price that begins after this day is taken to have held since then, where its source does not state
    /// its start; printed as your own assumption.
    pub assume_held_since: Option<Day>,
    /// Whether data is kept in a region, which adds to the prices of some models at their maker.
    pub data_residency: Option<Flag>,
    /// A spreadsheet with workloads, beside those under `workloads`: its path from the folder of the budget, or the path with
    /// how it is written.
    pub volumes: Option<Spanned<RawVolumes>>,
    /// The workloads.
    pub workloads: Option<Spanned<Vec<RawWorkload>>>,
    /// Costs each month that belong to no workload.
    #[schemars(default)]
    pub other_costs: Vec<RawOtherCost>,
    /// Seats and other subscriptions, at the prices of the catalogue.
    #[schemars(default)]
    pub seats: Vec<RawSeats>,
    /// Named variants of the budget.
    #[schemars(default)]
    pub scenarios: Vec<RawScenario>,
    /// What you take for granted, a sentence each; printed with the forecast.
    #[schemars(default)]
    pub assumptions: Vec<Text>,
}

keys! {
    RawBudget:
    currency, fx or empty, fx_day, fx_source, start, months, fiscal_year_start, limits, margin, capacity,
    replace or empty, quoted, assume_held_since, data_residency, volumes, workloads, other_costs or empty,
    seats or empty, scenarios or empty, assumptions or empty; one of workloads, volumes
}

impl RawBudget {
    /// The workloads that the file has itself.
    pub(super) fn own_workloads(&self) -> &[RawWorkload] {
        self.workloads.as_ref().map_or(&[], |own| &own.value[..])
    }
}

/// Limits of the whole budget and of its parts.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawLimits {
    /// The most in any month.
    pub per_month: Option<Price>,
    /// The most in any quarter of the fiscal year.
    pub per_quarter: Option<Price>,
    /// The most in any fiscal year.
    pub per_fiscal_year: Option<Price>,
    /// The most in all.
    pub total: Option<Price>,
    /// The most in months of their own, in place of `per_month`: `{2027-11: "12000"}`.
    #[schemars(default)]
    pub months: RawMonths,
    /// Shares of each limit; the month in which each is reached is printed: `["50%", "80%"]`. For every limit that has
    /// none of its own.
    pub alert_at: Option<Vec<Text<ShareText>>>,
    /// By the name of a workload.
    #[schemars(default)]
    pub workloads: Pairs<Spanned<RawLimit>>,
    /// By the id of a price owner.
    #[schemars(default)]
    pub owners: Pairs<Spanned<RawLimit>>,
    /// By a tag: `"team:marketing"`.
    #[schemars(default)]
    pub tags: Pairs<Spanned<RawLimit>>,
}

keys! {
    RawLimits:
    per_month, per_quarter, per_fiscal_year, total, months or empty, alert_at, workloads or empty, owners or empty,
    tags or empty
}

/// The limits of one part of a budget.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawLimit {
    /// The most in any month.
    pub per_month: Option<Price>,
    /// The most in any quarter of the fiscal year.
    pub per_quarter: Option<Price>,
    /// The most in any fiscal year.
    pub per_fiscal_year: Option<Price>,
    /// The most in all.
    pub total: Option<Price>,
    /// The most in months of their own, in place of `per_month`.
    #[schemars(default)]
    pub months: RawMonths,
    /// Shares of each limit; the month in which each is reached is printed.
    pub alert_at: Option<Vec<Text<ShareText>>>,
}

keys! { RawLimit: per_month, per_quarter, per_fiscal_year, total, months or empty, alert_at }

/// The account and how the volume is spread over a day.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawCapacity {
    /// The tier of the account, such as 2.
    pub tier: Option<Text<NameOrNumber>>,
    /// The hours of a day in which images are made, above "0" and up to "24".
    pub hours_per_day: Option<Price>,
    /// How many times the average the busiest minute is, from "1" to "1000".
    pub peak_factor: Option<Price>,
}

keys! { RawCapacity: tier, hours_per_day, peak_factor }

/// A cost that no price table holds: review time, upscaling, storage.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawOtherCost {
    /// Its name.
    pub name: Text,
    /// The amount for each unit of `per`.
    pub amount: Price,
    /// What it comes with; in `other_costs` of the whole budget that is the month.
    pub per: Word<CostPer>,
    /// Its first month; that of the budget where it is left out.
    pub from: Option<Text<MonthText>>,
    /// Its last month, included; that of the budget where it is left out.
    pub to: Option<Text<MonthText>>,
    /// Team, cost centre and the like. A cost of a workload has the tags of the workload as well.
    #[schemars(default)]
    pub tags: Pairs<Text<NameOrNumber>>,
}

keys! { RawOtherCost: name, amount, per, from, to, tags or empty }

/// Seats of a plan, or other subscriptions, at the price of an offer of the catalogue.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawSeats {
    /// The route of the plan, or a unique ending of its id: `openai/chatgpt-business`.
    pub plan: Text,
    /// The name of the offer, where the plan is sold at several prices.
    pub offer: Option<Text>,
    /// How it is paid, where the prices differ by that; a year is due in advance.
    pub paid: Option<Word<Payment>>,
    /// How many, from 1 to 1,000,000.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub number: Count,
    /// The first month; that of the budget where it is left out.
    pub from: Option<Text<MonthText>>,
    /// The last month, included; that of the budget where it is left out.
    pub to: Option<Text<MonthText>>,
    /// Team, cost centre and the like.
    #[schemars(default)]
    pub tags: Pairs<Text<NameOrNumber>>,
}

keys! { RawSeats: plan, offer, paid, number, from, to, tags or empty }

/// A change of the price that you suppose.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawPriceChange {
    /// By how much: "-20%" or "5%".
    pub percent: Text<ChangeText>,
    /// From the first day of this month on.
    pub from: Text<MonthText>,
}

keys! { RawPriceChange: percent, from }

/// A named variant: one change whose keys stand beside the name, or several under `changes`.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawScenario {
    /// Its name, which no other scenario has.
    pub name: Text,
    /// Changes, each worked in after the ones before it; instead of the keys of one change.
    pub changes: Option<Spanned<Vec<RawChange>>>,
    /// What one change says.
    #[schemars(flatten)]
    pub change: RawChange,
}

impl Shape for RawScenario {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        let keys = &[
            "name",
            "changes",
            "workloads",
            "steps",
            "from",
            "to",
            "model",
            "quality",
            "size",
            "processing",
            "route",
            "volume",
            "acceptance",
            "attempts",
            "failure_rate",
            "block_rate",
            "timeout_rate",
            "maximum",
            "price_change",
        ];
        let mut table = Table::of(node, keys, &[], notes);
        let (name, changes) = (table.next(notes), table.next(notes));
        RawScenario { name, changes, change: RawChange::next_of(&mut table, notes) }
    }
}

/// One change of a scenario: where, when and what. What is left out stays.
#[derive(Debug, schemars::JsonSchema)]
pub(super) struct RawChange {
    /// The workloads that it changes; all of them where it is left out.
    #[schemars(default)]
    pub workloads: Vec<Text>,
    /// The steps that it changes, from 1 on; all of them where it is left out.
    #[schemars(default)]
    pub steps: Vec<Count>,
    /// The first month in which it holds.
    pub from: Option<Text<MonthText>>,
    /// The last month in which it holds, included.
    pub to: Option<Text<MonthText>>,
    /// The model.
    pub model: Option<Text>,
    /// The quality.
    pub quality: Option<Text>,
    /// The size.
    pub size: Option<Text>,
    /// The processing.
    pub processing: Option<Word<Processing>>,
    /// The route of every step.
    pub route: Option<Text>,
    /// The volume times this: "×1.2" or "1.2".
    pub volume: Option<Text<FactorText>>,
    /// The share of delivered images that is accepted.
    pub acceptance: Option<Text<ShareText>>,
    /// Attempts for each accepted image, failed ones included: "1.4". Instead of `acceptance`.
    pub attempts: Option<Price>,
    /// The share of attempts in which the service fails.
    pub failure_rate: Option<Text<ShareText>>,
    /// The share of attempts that moderation blocks.
    pub block_rate: Option<Text<ShareText>>,
    /// The share of attempts that are not answered in time.
    pub timeout_rate: Option<Text<ShareText>>,
    /// After how many attempts an image is given up.
    pub maximum: Option<Count>,
    /// By how much the price of images changes: "-20%" or "5%". Seats and other costs stay as they are.
    pub price_change: Option<Text<ChangeText>>,
}

keys! {
    RawChange:
    workloads or empty, steps or empty, from, to, model, quality, size, processing, route, volume, acceptance,
    attempts, failure_rate, block_rate, timeout_rate, maximum, price_change
}
