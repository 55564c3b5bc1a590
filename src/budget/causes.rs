//! Why one budget costs more or less than another: volume, mix, attempts, tokens, price, one after the other.
//!
//! ```text
//! base ─ its number of images ─► ─ its volumes ─► ─ its attempts ─► ─ its counts, at the base's prices ─► ─ all the rest ─► other
//! ```
//!
//! Each part is the difference that one replacement makes, so that the parts sum to the whole difference.

use rust_decimal::Decimal;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::error::{BudgetError, too_large};
use super::forecast::{Forecast, forecast_of};
use super::mix::at_own_shares;
use super::not_told_apart::NotToldApart;
use super::prices::Pricing;
use super::scenario::alone;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::figure::{Certainty, Figure};
use crate::money::{self, AmountTooLarge};
use crate::reason::Reasons;

/// By how much a cost changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Both costs are exact.
    Exact(Decimal),
    /// A cost is a range: the change of the low case, of the expected case and of the high case, each
    /// held against the same case of the other cost.
    ByCase {
        /// Of the low case.
        low: Decimal,
        /// Of the expected case, where both have one.
        expected: Option<Decimal>,
        /// Of the high case.
        high: Decimal,
        /// Why the costs are ranges.
        reasons: Reasons,
    },
    /// A cost is not known.
    Unknown(Reasons),
}

/// The difference of two budgets, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    /// The whole difference.
    pub difference: Change,
    /// Other volumes, and workloads that come or go; where mix is told apart, other numbers of images in a month alone.
    pub volume: Change,
    /// Other shares of the workloads in the images of a month; `None` where it is part of the volume.
    pub mix: Option<Change>,
    /// Other rates of attempts.
    pub attempts: Change,
    /// Other counts of tokens, images or pixels for an image, at the prices of the base.
    pub tokens: Change,
    /// Other prices, terms, routes and other costs.
    pub price: Change,
    /// Why counts are not told from prices, where they are not.
    pub not_told_apart: Vec<NotToldApart>,
}

impl Change {
    /// The change from one cost to another.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a difference cannot be kept exact.
    pub fn between(from: &Figure<Decimal>, to: &Figure<Decimal>) -> Result<Change, AmountTooLarge> {
        let reasons = from.reasons().and(to.reasons());
        let less = |from: Decimal, to: Decimal| money::add(to, -from);
        let (Some(from_high), Some(to_high)) = (from.high(), to.high()) else {
            return Ok(Change::Unknown(reasons));
        };
        if reasons.is_empty() {
            return Ok(Change::Exact(less(from.low(), to.low())?));
        }
        let expected = match from.expected().zip(to.expected()) {
            Some((from, to)) => Some(less(from, to)?),
            None => None,
        };
        let low = less(from.low(), to.low())?;
        Ok(Change::ByCase { low, expected, high: less(from_high, to_high)?, reasons })
    }

    /// The change of the low, the expected and the high case, as far as they are known.
    pub fn cases(&self) -> [Option<Decimal>; 3] {
        match self {
            Change::Exact(change) => [Some(*change); 3],
            Change::ByCase { low, expected, high, .. } => [Some(*low), *expected, Some(*high)],
            Change::Unknown(_) => [None; 3],
        }
    }

    /// Whether nothing changes in any case.
    pub fn is_none(&self) -> bool {
        self.cases() == [Some(Decimal::ZERO); 3]
            || matches!(self, Change::ByCase { low, expected: None, high, .. }
                if low.is_zero() && high.is_zero())
    }

    /// Why it is not exact.
    pub fn reasons(&self) -> &Reasons {
        match self {
            Change::Exact(_) => Reasons::NONE,
            Change::ByCase { reasons, .. } | Change::Unknown(reasons) => reasons,
        }
    }

    /// How certain it is.
    pub fn certainty(&self) -> Certainty {
        match self {
            Change::Exact(_) => Certainty::Exact,
            Change::ByCase { .. } => Certainty::Range,
            Change::Unknown(_) => Certainty::Unknown,
        }
    }
}

/// A budget with its forecast, so that it is not forecast again.
#[derive(Clone, Copy)]
pub struct Forecasted<'a> {
    /// The budget.
    pub budget: &'a Budget,
    /// Its forecast.
    pub forecast: &'a Forecast,
}

/// Whether volume is told from mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// It is part of the volume: two variants of one plan have the same workloads.
    InVolume,
    /// It is a part of its own: a plan that was made anew may have other workloads for the same images.
    Apart,
}

/// The causes of the difference of two budgets over the same months.
///
/// # Errors
/// A workload that cannot be priced, or a sum that cannot be kept.
pub fn causes(
    catalog: &Catalog,
    base: Forecasted,
    other: Forecasted,
    mix: Mix,
    today: NaiveDate,
) -> Result<Causes, Errors<BudgetError>> {
    let in_parts = in_parts(base.budget, other.budget)?;
    let with_volumes = with_volumes(&in_parts, other.budget);
    let with_rates = with_rates(&with_volumes, other.budget);
    let total = |budget: &Budget, counted_as: Option<&Budget>| {
        let (found, notes) = forecast_of(&Pricing { catalog, budget, today, counted_as })?;
        Ok::<_, Errors<BudgetError>>((found, notes))
    };
    let cost = |found: &Forecast| found.cost().map_err(too_large);
    let (from, to) = (cost(base.forecast)?, cost(other.forecast)?);
    let moved = match with_volumes == in_parts {
        true => None,
        false => Some(total(&with_volumes, None)?.0),
    };
    let of_volumes = moved.as_ref().map_or(Ok(from.clone()), cost)?;
    let of_images = match &moved {
        Some(moved) if mix == Mix::Apart => {
            let (base, moved) = ((base.budget, base.forecast), (&with_volumes, moved));
            at_own_shares(base, moved).map_err(too_large)?
        }
        _ => of_volumes.clone(),
    };
    let of_rates = match with_rates == with_volumes {
        true => of_volumes.clone(),
        false => cost(&total(&with_rates, None)?.0)?,
    };
    let (of_counts, own_counts) = match same_requests(&with_rates, other.budget) {
        true => (of_rates.clone(), BTreeSet::new()),
        false => {
            let (found, notes) = total(&with_rates, Some(other.budget))?;
            (cost(&found)?, notes)
        }
    };
    let change = |from, to| Change::between(from, to).map_err(too_large);
    let mut not_told_apart = other_steps(&in_parts, other.budget);
    not_told_apart.extend(own_counts);
    Ok(Causes {
        difference: change(&from, &to)?,
        volume: change(&from, &of_images)?,
        mix: match mix {
            Mix::InVolume => None,
            Mix::Apart => Some(change(&of_images, &of_volumes)?),
        },
        attempts: change(&of_volumes, &of_rates)?,
        tokens: change(&of_rates, &of_counts)?,
        price: change(&of_counts, &to)?,
        not_told_apart,
    })
}

/// The base with each workload in the parts that the other budget has of it; it costs the same.
fn in_parts(base: &Budget, other: &Budget) -> Result<Budget, Errors<BudgetError>> {
    let mut parted = Budget { workloads: Vec::new(), ..base.clone() };
    for own in &base.workloads {
        let parts: Vec<&Workload> =
            other.workloads.iter().filter(|it| it.name == own.name).collect();
        if parts.len() < 2 {
            parted.workloads.push(own.clone());
            continue;
        }
        for part in parts {
            let months: Vec<_> = part.months(other).collect();
            let alone = alone(base, own, &months).map_err(|errors| {
                Errors(vec![BudgetError { workload: own.name.clone(), error: errors.into() }])
            })?;
            parted.workloads.push(alone);
        }
    }
    Ok(parted)
}

/// The base with the other budget's volumes, without workloads that the other does not have, and with
/// those that only the other has.
fn with_volumes(base: &Budget, other: &Budget) -> Budget {
    let mut workloads: Vec<Workload> = Vec::new();
    for own in &base.workloads {
        let Some(their) = own.counterpart(&other.workloads) else { continue };
        let (volume, from, to) = (their.volume.clone(), their.from, their.to);
        workloads.push(Workload { volume, from, to, ..own.clone() });
    }
    let is_new = |workload: &&Workload| !base.workloads.iter().any(|it| it.name == workload.name);
    workloads.extend(other.workloads.iter().filter(is_new).cloned());
    Budget { workloads, ..base.clone() }
}

/// The budget with the other one's rates of attempts, where workloads have as many steps.
fn with_rates(budget: &Budget, other: &Budget) -> Budget {
    let mut changed = budget.clone();
    for own in &mut changed.workloads {
        let Some(their) = same_shape(own, other) else { continue };
        for (own, their) in own.steps.iter_mut().zip(&their.steps) {
            (own.rates, own.per_accepted) = (their.rates, their.per_accepted);
        }
    }
    changed
}

fn same_shape<'a>(workload: &Workload, other: &'a Budget) -> Option<&'a Workload> {
    let their = workload.counterpart(&other.workloads);
    their.filter(|it| it.steps.len() == workload.steps.len())
}

/// Whether the same is asked of the same models: the counts are then the same.
fn same_requests(budget: &Budget, other: &Budget) -> bool {
    let same = |own: &Workload| {
        let Some(their) = same_shape(own, other) else { return true };
        let steps = own.steps.iter().zip(&their.steps);
        own.assume == their.assume
            && steps
                .clone()
                .all(|(own, their)| own.draft == their.draft && own.route == their.route)
    };
    budget.replacements == other.replacements && budget.workloads.iter().all(same)
}

fn other_steps(base: &Budget, other: &Budget) -> Vec<NotToldApart> {
    let differs = |own: &&Workload| {
        let same_name = other.workloads.iter().any(|it| it.name == own.name);
        same_name && same_shape(own, other).is_none()
    };
    let note = |own: &Workload| NotToldApart::OtherSteps(own.name.as_str().into());
    let mut notes: Vec<_> = base.workloads.iter().filter(differs).map(note).collect();
    // Parts of one workload follow each other.
    notes.dedup();
    notes
}
