//! Levers: what would lower the cost of a budget, each found by forecasting the workload that it changes.

mod changes;
mod lever;
mod sizes;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use self::changes::{batch, more_accepted};
pub use self::lever::{GivenUp, Lever, LeverChange, OtherSize, Tokens};
use self::sizes::CheaperSizes;
use super::forecast::{Forecast, Outcome, Part};
use super::prices::Pricing;
use super::step::Step;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::difference::difference;
use crate::estimate::{Estimate, Subject};
use crate::money::{self, AmountTooLarge};

/// How many levers are named.
pub const MOST_LEVERS: usize = 5;
/// Of how many workloads, the dearest first, levers are looked for.
pub const MOST_WORKLOADS: usize = 12;

/// The largest levers of a budget, the largest saving first. Each stands alone: savings do not add up.
///
/// What is not offered, saves nothing for certain, makes fewer images or rests on a price that is weaker than those of
/// its workload as it is (quoted, undated or old) is no lever. Levers are looked
/// for in the [`MOST_WORKLOADS`] dearest workloads.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn levers(
    catalog: &Catalog,
    budget: &Budget,
    found: &Forecast,
    today: NaiveDate,
) -> Result<Vec<Lever>, AmountTooLarge> {
    let (mut all, cheaper) = (Vec::new(), CheaperSizes::default());
    for index in dearest(budget, found)? {
        let (workload, part) = (&budget.workloads[index], found.part(index));
        let Some(now) = part.outcome() else { continue };
        let pricing = Pricing::of(catalog, budget, today);
        let bench = Bench { pricing, cheaper: &cheaper, workload, part, now };
        for step in 0..workload.steps.len() {
            all.extend(bench.levers_of(step)?);
        }
    }
    let key = |lever: &Lever| lever.saving.expected().unwrap_or(lever.saving.low());
    all.sort_by_key(|lever| std::cmp::Reverse(key(lever)));
    all.truncate(MOST_LEVERS);
    Ok(all)
}

/// The workloads that cost most, by the most that each can cost, or the least where that is not known. Their costs alone are
/// summed: whole totals of thousands of workloads are larger than the budget.
fn dearest(budget: &Budget, found: &Forecast) -> Result<Vec<usize>, AmountTooLarge> {
    let names = budget.workloads.iter().enumerate();
    let indices: BTreeMap<&str, usize> =
        names.map(|(index, it)| (it.name.as_str(), index)).collect();
    let mut ends: BTreeMap<usize, (Decimal, Option<Decimal>)> = BTreeMap::new();
    for row in found.rows() {
        let Some(index) = indices.get(&*row.workload) else { continue };
        let (low, high) = ends.entry(*index).or_insert((Decimal::ZERO, Some(Decimal::ZERO)));
        *low = money::add(*low, row.cost.low())?;
        *high = match high.zip(row.cost.high()) {
            Some((high, more)) => Some(money::add(high, more)?),
            None => None,
        };
    }
    let mut costs: Vec<(Decimal, usize)> =
        ends.into_iter().map(|(index, (low, high))| (high.unwrap_or(low), index)).collect();
    costs.sort_by_key(|(cost, index)| (std::cmp::Reverse(*cost), *index));
    Ok(costs.into_iter().take(MOST_WORKLOADS).map(|(_, index)| index).collect())
}

/// A workload on the bench: forecast as it is, and with one thing changed at a time.
struct Bench<'a> {
    pricing: Pricing<'a>,
    cheaper: &'a CheaperSizes,
    workload: &'a Workload,
    part: Part,
    now: Outcome,
}

/// A step that is changed, and what is lost for it.
struct Changed {
    step: Step,
    change: LeverChange,
    given_up: GivenUp,
}

impl Bench<'_> {
    fn day(&self) -> NaiveDate {
        let start = self.pricing.budget.start;
        self.workload.first_month(start).max(start).first_day()
    }

    /// The levers of a step that save something, one of each kind.
    fn levers_of(&self, index: usize) -> Result<Vec<Lever>, AmountTooLarge> {
        let step = &self.workload.steps[index];
        let Some(estimate) = self.estimate(step) else { return Ok(Vec::new()) };
        let Subject::Request(request) = &estimate.subject else { return Ok(Vec::new()) };
        let is_last = index + 1 == self.workload.steps.len();
        let mut changes = Vec::new();
        changes.extend(self.lower_quality(step, &estimate, request));
        changes.extend(self.cheaper_size(step, &estimate, request));
        changes.extend(batch(step, request));
        changes.extend(is_last.then(|| more_accepted(step)).flatten());
        changes.extend(self.other_models(step, &estimate, request));
        let mut levers: Vec<Lever> = Vec::new();
        for change in changes {
            let Some(lever) = self.tried(index, change)? else { continue };
            match levers.iter_mut().find(|known| known.change.code() == lever.change.code()) {
                Some(known) if known.saving.low() < lever.saving.low() => *known = lever,
                Some(_) => {}
                None => levers.push(lever),
            }
        }
        Ok(levers)
    }

    /// Forecasts a change; `None` if it cannot be had, saves nothing, makes fewer images or rests on a weaker price.
    fn tried(&self, index: usize, change: Changed) -> Result<Option<Lever>, AmountTooLarge> {
        let mut workload = self.workload.clone();
        workload.steps[index] = change.step;
        let changed = self.part.with(&self.pricing, &workload);
        let Some(then) = changed.and_then(|part| part.outcome()) else { return Ok(None) };
        let is_less = then.accepted.low() < self.now.accepted.low()
            || Doubt::is_weaker(self.now.doubt, then.doubt);
        let saving = difference(&self.now.cost, &then.cost)?;
        let Some(saving) = saving.filter(|_| !is_less) else { return Ok(None) };
        let saves = saving.low() > Decimal::ZERO
            || saving.expected().is_some_and(|expected| expected > Decimal::ZERO);
        let has_several = self.workload.steps.len() > 1;
        Ok(saves.then(|| Lever {
            workload: self.workload.name.clone(),
            step: has_several.then_some(index + 1),
            change: change.change,
            saving,
            given_up: change.given_up,
        }))
    }

    fn estimate(&self, step: &Step) -> Option<Arc<Estimate>> {
        self.pricing.on_day(step, &self.workload.assume, self.day())
    }
}
