//! What one attempt costs, as it ends, in whole units of 10^-12 dollars.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::attempts::event_cost;
use crate::budget::forecast::changed;
use crate::budget::month::Month;
use crate::budget::open::OpenCost;
use crate::budget::prices::answered;
use crate::budget::spread::Weights;
use crate::budget::workload::{Assumptions, Workload};
use crate::catalog::terms::ChargeRule;
use crate::estimate::Estimate;
use crate::figure::{Certainty, Figure};
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge};
use crate::reason::{Reason, ReasonKind, Reasons};

/// The two ends of what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Low,
    High,
}

/// The cost of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// One that delivers an image.
    pub delivered: i128,
    /// One that fails, times out or is blocked, by the charge that is drawn; the last one is the average.
    pub undelivered: [Vec<i128>; 3],
}

/// What was met on the way that is not one number.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Why both ends are needed.
    pub ranges: OpenCosts,
    /// Why there is no number at all.
    pub unknown: OpenCosts,
}

/// Why costs of workloads are open, once for all whose terms or rules are open in the same way.
#[derive(Debug, Default)]
pub(super) struct OpenCosts(BTreeMap<(String, ReasonKind), Reason>);

impl OpenCosts {
    pub(super) fn add(&mut self, workload: &str, why: &Reason) {
        let key = (workload.to_owned(), why.kind().clone());
        self.0.entry(key).or_insert_with(|| why.clone());
    }

    pub(super) fn add_all(&mut self, workload: &str, why: &Reasons) {
        why.iter().for_each(|why| self.add(workload, why));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_all(self) -> Vec<OpenCost> {
        let open = |((workload, _), why)| OpenCost { workload, why };
        self.0.into_iter().map(open).collect()
    }
}

/// Prices one image of a stretch of days in a month.
pub(super) struct AttemptPricing<'a> {
    pub workload: &'a Workload,
    pub month: Month,
    pub end: End,
    pub open: &'a mut Open,
}

impl AttemptPricing<'_> {
    /// What an attempt costs; `present` tells which of failures, time-outs and blocks can happen.
    pub(super) fn unit(
        &mut self,
        estimate: &Estimate,
        present: [bool; 3],
    ) -> Result<Unit, AmountTooLarge> {
        let images = fraction::from_count(u64::from(estimate.request_cost.images)).recip();
        let delivered = self.amount(&estimate.request_cost.whole.total, &images)?;
        let mut undelivered = [vec![0], vec![0], vec![0]];
        let spread = &self.workload.spread;
        let weights = spread.weights().map(|(_, weights)| weights.clone());
        // The events that belong to a share, as the rates have them.
        let shares = crate::attempts::AttemptRates::ONE_ATTEMPT.undelivered();
        for (index, (_, events, what)) in shares.into_iter().enumerate() {
            if !present[index] {
                continue;
            }
            let mut costs = Vec::new();
            for assume in self.answers(index, &weights[index]) {
                let terms = answered(&estimate.table.route.terms, &assume);
                let cost = event_cost(&estimate.request_cost, &terms, events, what)?;
                costs.push(self.amount(&cost, &images)?);
            }
            if !weights[index].is_empty() {
                let average = average(&costs, &weights[index])?;
                costs.push(average);
            }
            undelivered[index] = costs;
        }
        Ok(Unit { delivered, undelivered })
    }

    /// The answers that may be drawn; the workload's own where there are no weights.
    fn answers(&self, index: usize, weights: &Weights) -> Vec<Assumptions> {
        let own = || self.workload.assume.clone();
        if weights.is_empty() {
            return vec![own()];
        }
        let answer = |rule: &ChargeRule| match index {
            0 => Assumptions { failed: Some(*rule), ..own() },
            1 => Assumptions { timeout: Some(*rule), ..own() },
            _ => Assumptions { blocked: Some(*rule), ..own() },
        };
        weights.keys().map(answer).collect()
    }

    fn amount(
        &mut self,
        cost: &Figure<Decimal>,
        images: &Fraction,
    ) -> Result<i128, AmountTooLarge> {
        let cost = changed(cost.clone(), &self.workload.price_changes, self.month)?;
        let name = &self.workload.name;
        let value = match (cost.certainty(), self.end) {
            (Certainty::Unknown, _) => {
                self.open.unknown.add_all(name, cost.reasons());
                Decimal::ZERO
            }
            (Certainty::Exact, _) => cost.low(),
            (Certainty::Range, end) => {
                if cost.high() != Some(cost.low()) {
                    self.open.ranges.add_all(name, cost.reasons());
                }
                if end == End::Low { cost.low() } else { cost.high().unwrap_or(cost.low()) }
            }
        };
        money::in_units(fraction::of_amount(value, images)?)
    }
}

/// The costs by their weights.
fn average(costs: &[i128], weights: &Weights) -> Result<i128, AmountTooLarge> {
    let mut sum = Decimal::ZERO;
    for (cost, weight) in costs.iter().zip(weights.values()) {
        let weighted =
            fraction::of_amount(money::from_units(*cost)?, &fraction::from_decimal(*weight))?;
        sum = money::add(sum, weighted)?;
    }
    money::in_units(sum)
}
