//! Levers: what would lower the cost of a budget, each found by forecasting it changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::forecast::{Forecast, forecast};
use super::limits::sum;
use super::prices::Pricing;
use super::scale::add;
use super::totals::{By, totals};
use super::workload::{Budget, FallbackWhen, RateChanges, Step, Workload};
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::price::Processing;
use crate::catalog::route::Honoured;
use crate::estimate::{Estimate, Subject};
use crate::figure::{Figure, Reasons};
use crate::fraction;
use crate::models;
use crate::money::{self, AmountTooLarge};
use crate::request::{QualityChoice, Request, SizeChoice};
use crate::share::percent;
use crate::size_choice::prices::{Place, SizePrices};
use crate::size_choice::{Question, Why, answer};
use crate::unit::{Meter, grouped};

/// How many levers are named.
pub const MOST_LEVERS: usize = 5;
/// Of how many workloads, the dearest first, levers are looked for.
pub const MOST_WORKLOADS: usize = 12;
/// By how many percent the shape of a cheaper size may differ.
const ASPECT_TOLERANCE: u32 = 10;

/// A change that lowers the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// What kind of change.
    pub kind: LeverKind,
    /// The workload.
    pub workload: String,
    /// What is changed, in words.
    pub change: String,
    /// What it saves over the whole budget.
    pub saving: Figure<Decimal>,
    /// What is given up for it, in words.
    pub given_up: String,
}

/// A kind of lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeverKind {
    /// One quality label lower.
    Quality,
    /// A cheaper size with as many pixels.
    Size,
    /// Batch processing.
    Batch,
    /// A higher acceptance.
    Attempts,
    /// Another model of the same maker.
    Model,
}

impl LeverKind {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            LeverKind::Quality => "quality",
            LeverKind::Size => "size",
            LeverKind::Batch => "batch",
            LeverKind::Attempts => "attempts",
            LeverKind::Model => "model",
        }
    }
}

/// The largest levers of a budget, the largest saving first. Each stands alone: savings do not add up.
///
/// What is not offered, saves nothing for certain or makes fewer images is no lever. Levers are looked
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
    let mut all = Vec::new();
    for index in dearest(budget, found)? {
        let Some(bench) = Bench::of(catalog, budget, index, today)? else { continue };
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
    /// The workload alone; with all others where what they leave of a limit decides its route.
    budget: Budget,
    index: usize,
    today: NaiveDate,
    cost: Figure<Decimal>,
    accepted: Figure<Decimal>,
}

/// A change of one step, with its words.
struct Change {
    kind: LeverKind,
    step: Step,
    change: String,
    given_up: String,
}

impl<'a> Bench<'a> {
    fn of(
        catalog: &'a Catalog,
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
        let Some((cost, accepted)) = outcome(catalog, &alone, today)? else { return Ok(None) };
        Ok(Some(Bench { catalog, budget: alone, index: at, today, cost, accepted }))
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
            match levers.iter_mut().find(|known| known.kind == lever.kind) {
                Some(known) if known.saving.low() < lever.saving.low() => *known = lever,
                Some(_) => {}
                None => levers.push(lever),
            }
        }
        Ok(levers)
    }

    /// Forecasts a change; `None` if it cannot be had, saves nothing or makes fewer images.
    fn tried(&self, index: usize, change: Change) -> Result<Option<Lever>, AmountTooLarge> {
        let mut changed = self.budget.clone();
        changed.workloads[self.index].steps[index] = change.step;
        let Some((cost, accepted)) = outcome(self.catalog, &changed, self.today)? else {
            return Ok(None);
        };
        let fewer = accepted.low() < self.accepted.low();
        let Some(saving) = saving(&self.cost, &cost)?.filter(|_| !fewer) else { return Ok(None) };
        let saves = saving.low() > Decimal::ZERO
            || saving.expected().is_some_and(|expected| expected > Decimal::ZERO);
        let steps = self.workload().steps.len();
        let of_step = if steps > 1 { format!("step {}: ", index + 1) } else { String::new() };
        Ok(saves.then(|| Lever {
            kind: change.kind,
            workload: self.workload().name.clone(),
            change: format!("{of_step}{}", change.change),
            saving,
            given_up: change.given_up,
        }))
    }

    fn estimate(&self, step: &Step) -> Option<Arc<Estimate>> {
        let pricing = Pricing::of(self.catalog, &self.budget, self.today);
        pricing.on_day(step, &self.workload().assume, self.day())
    }

    fn lower_quality(&self, step: &Step, now: &Estimate, request: &Request) -> Option<Change> {
        let rules = crate::catalog::dated::in_force(&now.model.rules, self.day()).ok()?;
        let Some(QualityChoice::Label(label)) = &request.quality else { return None };
        let labels = &rules.qualities.as_ref()?.labels;
        let at = labels.iter().position(|known| known == label)?;
        let lower = labels.get(at.checked_sub(1)?)?;
        let honoured = now.table.route.quality_honoured;
        if honoured == Honoured::No {
            return None;
        }
        let mut step = step.clone();
        step.draft.quality = Some(lower.clone());
        let tokens = self.tokens(now, &step);
        Some(Change {
            kind: LeverKind::Quality,
            change: format!("quality {label} → {lower}"),
            given_up: format!("detail{tokens}{}", unsure(honoured, "quality")),
            step,
        })
    }

    fn cheaper_size(&self, step: &Step, now: &Estimate, request: &Request) -> Option<Change> {
        let Some(SizeChoice::Exact(size)) = request.size else { return None };
        let honoured = now.table.route.size_honoured;
        if honoured == Honoured::No {
            return None;
        }
        let place = Place {
            model: Some(&now.model.id),
            quality: request.quality.as_ref().map(QualityChoice::as_str),
            route: step.route.as_deref(),
            as_of: self.day(),
            today: self.today,
            resolution: step.resolution.as_deref(),
            fx: &self.budget.fx,
        };
        let prices = SizePrices::of(self.catalog, &place).ok()?;
        let question = Question {
            size: Some(size),
            min_pixels: None,
            max_cost: None,
            aspect_tolerance: Decimal::from(ASPECT_TOLERANCE),
            top: 1,
        };
        let found = answer(&prices, &question);
        let cheaper = found.candidates.first().filter(|it| it.why.contains(&Why::Cheaper))?;
        let other = cheaper.priced.size;
        let mut step = step.clone();
        step.draft.size = Some(other.to_string());
        let shape = if u64::from(size.width) * u64::from(other.height)
            == u64::from(other.width) * u64::from(size.height)
        {
            "the exact size"
        } else {
            "the exact shape"
        };
        Some(Change {
            kind: LeverKind::Size,
            change: format!("size {size} → {other}"),
            given_up: format!(
                "{shape}: {} → {} pixels{}",
                grouped(size.pixels()),
                grouped(other.pixels()),
                unsure(honoured, "size")
            ),
            step,
        })
    }

    fn other_models(&self, step: &Step, now: &Estimate, request: &Request) -> Vec<Change> {
        let Some(QualityChoice::Label(label)) = &request.quality else { return Vec::new() };
        // On another owner's route a move would change the owner as well: that is a comparison.
        let own = now.table.route.id.to_string() == now.model.makers_route();
        if !own || step.draft.is_conversation() {
            return Vec::new();
        }
        let Ok(profile) = models::profile(self.catalog, &now.model.id, self.day()) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for to in &profile.moves {
            let Some(row) = to.labels.iter().find(|row| row.label == *label) else { continue };
            let same_work = row.like_for_like.as_ref().map(|same| same.label.clone());
            let same_label = row.new.as_ref().map(|_| label.clone());
            for other in [same_work, same_label].into_iter().flatten() {
                let mut step = step.clone();
                step.route = None;
                step.draft.model = Some(to.to.id.clone());
                step.draft.quality = Some(other.clone());
                let tokens = self.tokens(now, &step);
                changes.push(Change {
                    kind: LeverKind::Model,
                    change: format!("{} {label} → {} {other}", now.model.id, to.to.id),
                    given_up: format!("the look of {}{tokens}", now.model.id),
                    step,
                });
            }
        }
        changes
    }

    /// How many output tokens an image has before and after a change; empty where either is open.
    fn tokens(&self, now: &Estimate, changed: &Step) -> String {
        let each = |estimate: &Estimate| {
            let count = estimate.usage.count(Meter::ImageOutput).exact()?;
            count.checked_div(u64::from(estimate.request_cost.images))
        };
        let after = self.estimate(changed);
        match (each(now), after.as_deref().and_then(each)) {
            (Some(before), Some(after)) => {
                format!(": {} → {} output tokens an image", grouped(before), grouped(after))
            }
            _ => ": how many output tokens an image has is open".into(),
        }
    }
}

fn batch(step: &Step, request: &Request) -> Option<Change> {
    (request.processing != Processing::Batch).then(|| {
        let mut step = step.clone();
        step.draft.processing = Some(Processing::Batch);
        Change {
            kind: LeverKind::Batch,
            change: "Batch instead of standard processing".into(),
            given_up:
                "answers at once: they come with the batch, so that no user can wait for them"
                    .into(),
            step,
        }
    })
}

/// Ten points more of the delivered images accepted.
fn more_accepted(step: &Step) -> Option<Change> {
    let of_delivered = |rates: &AttemptRates| {
        let delivered = fraction::from_decimal(rates.delivered());
        fraction::to_decimal(&(rates.accepted_per_attempt() / delivered)).ok()
    };
    let before = step.rates.acceptance().or_else(|| of_delivered(&step.rates))?;
    let after = (before + Decimal::new(10, 2)).min(Decimal::ONE);
    let changes = RateChanges { acceptance: Some(after), ..RateChanges::default() };
    let rates = changes.applied_to(&step.rates, true).ok()?;
    (before < after).then(|| Change {
        kind: LeverKind::Attempts,
        change: format!("fewer attempts: acceptance {} → {}", percent(before), percent(after)),
        given_up: "what it takes to get there, which has no price here".into(),
        step: Step { rates, ..step.clone() },
    })
}

fn unsure(honoured: Honoured, what: &str) -> String {
    match honoured {
        Honoured::NotStated => format!("; that the route keeps to the {what} is not stated"),
        Honoured::Yes | Honoured::No => String::new(),
    }
}

/// The cost of a budget, and the images that are accepted.
type CostAndImages = (Figure<Decimal>, Figure<Decimal>);

/// The cost of a budget and the images that are accepted; `None` if it cannot be forecast.
fn outcome(
    catalog: &Catalog,
    budget: &Budget,
    today: NaiveDate,
) -> Result<Option<CostAndImages>, AmountTooLarge> {
    let Ok(found) = forecast(catalog, budget, today) else { return Ok(None) };
    let mut accepted = Figure::Exact(Decimal::ZERO);
    for row in &found.rows {
        accepted = add(&accepted, &row.accepted)?;
    }
    Ok(Some((sum(&found.rows)?, accepted)))
}

/// What is saved. Two ranges that are open for the same reasons are compared end by end; others may
/// come out anyhow.
fn saving(
    before: &Figure<Decimal>,
    after: &Figure<Decimal>,
) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let (Some(before_high), Some(after_high)) = (before.high(), after.high()) else {
        return Ok(None);
    };
    let less = |a: Decimal, b: Decimal| money::add(a, -b);
    let reasons: Reasons = before.reasons().chain(after.reasons()).map(str::to_owned).collect();
    if reasons.is_empty() {
        return less(before_high, after_high).map(|saved| Some(Figure::Exact(saved)));
    }
    let ends = match before.reasons().eq(after.reasons()) {
        true => [less(before.low(), after.low())?, less(before_high, after_high)?],
        false => [less(before.low(), after_high)?, less(before_high, after.low())?],
    };
    let expected = match before.expected().zip(after.expected()) {
        Some((before, after)) => Some(less(before, after)?),
        None => None,
    };
    let [low, high] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    Ok(Some(Figure::Range { low, expected, high, reasons }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(value: i64) -> Decimal {
        Decimal::from(value)
    }

    fn range(low: i64, high: i64, reason: &str) -> Figure<Decimal> {
        Figure::range(dec(low), None, dec(high), reason)
    }

    #[test]
    fn a_saving_between_ranges_of_one_reason_is_compared_end_by_end() {
        // 100 to 120 before, 50 to 60 after: 50 to 60 is saved, not 40 to 70.
        let saved = |a, b| saving(&a, &b).expect("fits");
        assert_eq!(saved(range(100, 120, "x"), range(50, 60, "x")), Some(range(50, 60, "x")));
        let apart = saved(range(100, 120, "x"), range(50, 60, "y")).expect("a saving");
        assert_eq!((apart.low(), apart.high()), (dec(40), Some(dec(70))));
        assert_eq!(
            saved(Figure::Exact(dec(9)), Figure::Exact(dec(4))),
            Some(Figure::Exact(dec(5)))
        );
        assert_eq!(saved(Figure::unknown(dec(9), "x"), Figure::Exact(dec(4))), None);
    }
}
