//! Levers: what would lower the cost of a budget, each found by forecasting it changed.

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
use super::forecast::{Forecast, forecast};
use super::prices::Pricing;
use super::scale::add;
use super::totals::{By, totals};
use super::workload::{Budget, FallbackWhen, Step, Workload};
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::difference::difference;
use crate::estimate::{Estimate, Subject};
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// How many levers are named.
pub const MOST_LEVERS: usize = 5;
/// Of how many workloads, the dearest first, levers are looked for.
pub const MOST_WORKLOADS: usize = 12;

/// The largest levers of a budget, the largest saving first. Each stands alone: savings do not add up.
///
/// What is not offered, saves nothing for certain, makes fewer images or rests on a price that is weaker than that of
/// the budget as it is (quoted, undated or old) is no lever. Levers are looked
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
        let Some(bench) = Bench::of(catalog, &cheaper, budget, index, today)? else { continue };
        for step in 0..bench.workload().steps.len() {
            all.extend(bench.levers_of(step)?);
        }
    }
    let key = |lever: &Lever| lever.saving.expected().unwrap_or(lever.saving.low());
    all.sort_by_key(|lever| std::cmp::Reverse(key(lever)));
    all.truncate(MOST_LEVERS);
    Ok(all)
}

fn dearest(budget: &Budget, found: &Forecast) -> Result<Vec<usize>, AmountTooLarge> {
    let names = budget.workloads.iter().enumerate();
    let indices: BTreeMap<&str, usize> =
        names.map(|(index, it)| (it.name.as_str(), index)).collect();
    let totals = totals(budget, found, &By::Workload)?;
    let mut costs: Vec<(Decimal, usize)> = totals
        .iter()
        .filter_map(|it| Some((it.cost.high().unwrap_or(it.cost.low()), *indices.get(&*it.key)?)))
        .collect();
    costs.sort_by_key(|(cost, index)| (std::cmp::Reverse(*cost), *index));
    Ok(costs.into_iter().take(MOST_WORKLOADS).map(|(_, index)| index).collect())
}

/// A workload on the bench: forecast as it is, and with one thing changed at a time.
struct Bench<'a> {
    catalog: &'a Catalog,
    cheaper: &'a CheaperSizes,
    /// The workload alone; with all others where what they leave of a limit decides its route.
    budget: Budget,
    index: usize,
    today: NaiveDate,
    now: Outcome,
}

/// A step that is changed, and what is lost for it.
struct Changed {
    step: Step,
    change: LeverChange,
    given_up: GivenUp,
}

impl<'a> Bench<'a> {
    fn of(
        catalog: &'a Catalog,
        cheaper: &'a CheaperSizes,
        budget: &Budget,
        index: usize,
        today: NaiveDate,
    ) -> Result<Option<Bench<'a>>, AmountTooLarge> {
        let over_limit = |workload: &Workload| {
            let fallback = workload.fallback.as_ref();
            fallback.is_some_and(|it| it.when.contains(&FallbackWhen::OverLimit))
        };
        let mut alone = Budget { other_costs: Vec::new(), ..budget.clone() };
        let mut at = index;
        if !budget.workloads.iter().any(over_limit) {
            alone.workloads = vec![budget.workloads[index].clone()];
            at = 0;
        }
        let Some(now) = outcome(catalog, &alone, today)? else { return Ok(None) };
        Ok(Some(Bench { catalog, cheaper, budget: alone, index: at, today, now }))
    }

    fn workload(&self) -> &Workload {
        &self.budget.workloads[self.index]
    }

    fn day(&self) -> NaiveDate {
        self.workload().start.unwrap_or(self.budget.start).max(self.budget.start).first_day()
    }

    /// The levers of a step that save something, one of each kind.
    fn levers_of(&self, index: usize) -> Result<Vec<Lever>, AmountTooLarge> {
        let step = &self.workload().steps[index];
        let Some(estimate) = self.estimate(step) else { return Ok(Vec::new()) };
        let Subject::Request(request) = &estimate.subject else { return Ok(Vec::new()) };
        let is_last = index + 1 == self.workload().steps.len();
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
        let mut changed = self.budget.clone();
        changed.workloads[self.index].steps[index] = change.step;
        let Some(then) = outcome(self.catalog, &changed, self.today)? else { return Ok(None) };
        let is_less = then.accepted.low() < self.now.accepted.low()
            || Doubt::is_weaker(self.now.doubt, then.doubt);
        let saving = difference(&self.now.cost, &then.cost)?;
        let Some(saving) = saving.filter(|_| !is_less) else { return Ok(None) };
        let saves = saving.low() > Decimal::ZERO
            || saving.expected().is_some_and(|expected| expected > Decimal::ZERO);
        let has_several = self.workload().steps.len() > 1;
        Ok(saves.then(|| Lever {
            workload: self.workload().name.clone(),
            step: has_several.then_some(index + 1),
            change: change.change,
            saving,
            given_up: change.given_up,
        }))
    }

    fn estimate(&self, step: &Step) -> Option<Arc<Estimate>> {
        let pricing = Pricing::of(self.catalog, &self.budget, self.today);
        pricing.on_day(step, &self.workload().assume, self.day())
    }
}

/// What a budget costs and makes, and how far its prices can be relied on.
struct Outcome {
    cost: Figure<Decimal>,
    accepted: Figure<Decimal>,
    doubt: Option<Doubt>,
}

/// What a budget costs and makes; `None` if it cannot be forecast.
fn outcome(
    catalog: &Catalog,
    budget: &Budget,
    today: NaiveDate,
) -> Result<Option<Outcome>, AmountTooLarge> {
    let Ok(found) = forecast(catalog, budget, today) else { return Ok(None) };
    let mut accepted = Figure::Exact(Decimal::ZERO);
    // What is not made has no cost to save on.
    let mut cost = Figure::Exact(Decimal::ZERO);
    for row in found.rows() {
        accepted = add(&accepted, &row.accepted)?;
        cost = add(&cost, &row.cost_of_made)?;
    }
    Ok(Some(Outcome { cost, accepted, doubt: found.doubt() }))
}
