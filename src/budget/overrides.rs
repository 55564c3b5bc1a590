//! Flags over a file: what is asked for in place of what every workload says, and what that changes.
//!
//! The result is the budget as if the file had been edited by hand.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::assumption::Assumption;
use super::changes::{RateChanges, StepChanges};
use super::error::BudgetError;
use super::forecast::{PricedStep, PricedWorkload};
use super::prices::Pricing;
use super::scenario::change_steps;
use super::workload::Budget;
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::reason::{Reason, Reasons};

/// How many steps of a budget a change of all of them reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, schemars::JsonSchema)]
pub struct Reach {
    /// The steps of all workloads.
    pub steps: usize,
    /// Those whose request, route, rates or price are other than before.
    pub changed: usize,
    /// Of these, those that can cost more for each wanted image, on the first day on which they are made.
    pub raised: usize,
    /// Of these, those whose cost was known and is not any more, in their order.
    pub unknown: Vec<NoLongerKnown>,
    /// What of the file stands in a currency whose rate is given now.
    pub converts: Converts,
}

/// A step whose cost is not known any more.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct NoLongerKnown {
    /// Its workload.
    pub workload: String,
    /// Why.
    #[serde(rename = "reason")]
    #[serde(serialize_with = "in_words")]
    #[schemars(with = "String")]
    pub why: Reasons,
}

fn in_words<S: serde::Serializer>(why: &Reasons, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&why.in_words())
}

/// Amounts of a file that are converted at a rate of the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, schemars::JsonSchema)]
#[serde(into = "bool")]
#[schemars(with = "bool")]
pub struct Converts {
    /// Its limits.
    pub limits: bool,
    /// Costs that no price table holds.
    pub other_costs: bool,
}

impl Converts {
    /// All amounts that a budget states itself.
    pub fn all_of(budget: &Budget) -> Converts {
        let of_workloads = budget.workloads.iter().any(|it| !it.other_costs.is_empty());
        Converts {
            limits: !budget.limits.is_empty(),
            other_costs: of_workloads || !budget.other_costs.is_empty(),
        }
    }

    /// Whether it is any.
    pub fn any(self) -> bool {
        self.limits || self.other_costs
    }
}

/// Programs are told whether anything is converted.
impl From<Converts> for bool {
    fn from(converts: Converts) -> bool {
        converts.any()
    }
}

/// The budget with changes of every step.
///
/// # Errors
/// Workloads whose rates of attempts cannot be so.
pub fn overridden(budget: &Budget, changes: &StepChanges) -> Result<Budget, Errors<BudgetError>> {
    let mut changed = budget.clone();
    let mut errors = Vec::new();
    for workload in &mut changed.workloads {
        if let Err(wrong) = change_steps(workload, changes) {
            errors.push(BudgetError { workload: workload.name.clone(), error: wrong.into() });
        }
        if changes.rates != RateChanges::default() {
            // Rates that are given are no assumption any more.
            let assumed = Assumption::Rates(workload.name.clone());
            changed.assumptions.retain(|known| *known != assumed);
        }
    }
    if errors.is_empty() { Ok(changed) } else { Err(errors.into()) }
}

/// How far a changed budget is another one than before. A workload that cannot be priced counts by what it asks for.
pub fn reach(catalog: &Catalog, before: &Budget, after: &Budget, today: NaiveDate) -> Reach {
    let mut reach = Reach::default();
    for (old, new) in before.workloads.iter().zip(&after.workloads) {
        reach.steps += new.steps.len();
        let old_priced = PricedWorkload::of(&Pricing::of(catalog, before, today), old);
        let new_priced = PricedWorkload::of(&Pricing::of(catalog, after, today), new);
        let (Ok(old_priced), Ok(new_priced)) = (old_priced, new_priced) else {
            let differ = old.steps.iter().zip(&new.steps).filter(|(old, new)| old != new);
            reach.changed += differ.count();
            continue;
        };
        let workload = &new.name;
        let first_day = new.first_month(after.start).max(after.start).first_day();
        for (old, new) in old_priced.steps.iter().zip(&new_priced.steps) {
            if old.is_made_as(new) {
                continue;
            }
            reach.changed += 1;
            let costs = [old, new].map(|step| step.cost_on(first_day));
            match no_longer_known(&costs, new.not_made_on(first_day)) {
                Some(why) => {
                    let workload = workload.clone();
                    reach.unknown.push(NoLongerKnown { workload, why });
                }
                None => reach.raised += usize::from(can_cost_more(&costs)),
            }
        }
    }
    reach
}

/// Why the second is not known where the first is: it is not made, or what it costs is open.
fn no_longer_known(
    [old, new]: &[Option<Figure<Decimal>>; 2],
    not_made: Option<&Reason>,
) -> Option<Reasons> {
    let (old, new) = (old.as_ref()?, new.as_ref()?);
    old.high()?;
    if let Some(why) = not_made {
        return Some(why.clone().into());
    }
    if new.high().is_some() {
        return None;
    }
    Some(new.reasons().without(old.reasons()))
}

/// Whether the second can be more than the first; what is unknown is held by what it is at least.
fn can_cost_more([old, new]: &[Option<Figure<Decimal>>; 2]) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return false };
    match (old.high(), new.high()) {
        (Some(old), Some(new)) => new > old,
        _ => new.low() > old.low(),
    }
}

/// What one request of each step costs on each stretch of days on which it has a price, prices on weak evidence
/// included.
pub fn estimates(catalog: &Catalog, budget: &Budget, today: NaiveDate) -> Vec<Arc<Estimate>> {
    let quoted = Budget { quoted: true, ..budget.clone() };
    let pricing = Pricing::of(catalog, &quoted, today);
    let of_workload = |workload| {
        let priced = PricedWorkload::of(&pricing, workload);
        let priced = priced.map(|priced| {
            priced.stretches().filter_map(|it| it.price.as_ref().ok().cloned()).collect::<Vec<_>>()
        });
        // A workload that cannot be priced is told where the budget is forecast.
        priced.unwrap_or_default()
    };
    budget.workloads.iter().flat_map(of_workload).collect()
}

impl PricedStep<'_> {
    /// Whether the same is asked of the same routes at the same price, and tried as often.
    fn is_made_as(&self, other: &PricedStep) -> bool {
        let same = |a: &[super::forecast::Costed], b: &[super::forecast::Costed]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_as(b))
        };
        self.step.rates == other.step.rates
            && same(&self.on_first, &other.on_first)
            && same(&self.on_fallback, &other.on_fallback)
    }
}
