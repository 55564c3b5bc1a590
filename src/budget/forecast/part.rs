//! The part of a budget that a change of one workload can touch: what it comes to, with nothing else priced again.

use rust_decimal::Decimal;

use super::Forecast;
use super::planned::{Plan, PlannedWorkload};
use super::priced::PricedWorkload;
use super::used_price::used_prices;
use crate::budget::limit::Limit;
use crate::budget::prices::Pricing;
use crate::budget::scale::add;
use crate::budget::workload::Workload;
use crate::catalog::evidence::Doubt;
use crate::figure::Figure;

/// A workload, and the others whose rows hang on what it costs.
#[derive(Debug)]
pub(in crate::budget) struct Part {
    plan: Plan,
    /// The place of the workload in the plan.
    at: usize,
    /// Why the prices of the workload may not be named the cheapest.
    doubt: Option<Doubt>,
}

/// What a part costs and makes, and how far the prices of its workload can be relied on.
pub(in crate::budget) struct Outcome {
    /// What is not made has no cost to save on.
    pub cost: Figure<Decimal>,
    pub accepted: Figure<Decimal>,
    pub doubt: Option<Doubt>,
}

impl Forecast {
    /// The part that a change of a workload can touch, by its place in the budget.
    pub(in crate::budget) fn part(&self, at: usize) -> Part {
        let name = &self.plan.workloads[at].named.name;
        let own = self.prices.iter().filter(|price| price.workload == *name);
        let doubt = own.filter_map(|price| price.doubt).min();
        match self.plan.shares_room() {
            true => Part { plan: self.plan.of_workloads(), at, doubt },
            false => Part { plan: self.plan.alone(at), at: 0, doubt },
        }
    }
}

impl Part {
    /// The part with the workload as it is given; `None` if that cannot be priced.
    pub(in crate::budget) fn with(&self, pricing: &Pricing, workload: &Workload) -> Option<Part> {
        let priced = PricedWorkload::of(pricing, workload).ok()?;
        let doubt = used_prices(&priced, pricing.today).filter_map(|price| price.doubt).min();
        let mut plan = self.plan.clone();
        plan.workloads[self.at] = PlannedWorkload::of(priced);
        Some(Part { plan, at: self.at, doubt })
    }

    /// What it comes to; `None` if that cannot be kept exact.
    pub(in crate::budget) fn outcome(&self) -> Option<Outcome> {
        let none = Figure::Exact(Decimal::ZERO);
        let (mut cost, mut accepted) = (none.clone(), none);
        for month in self.plan.months() {
            for row in self.plan.month(month).ok()?.lines {
                cost = add(&cost, &row.cost_of_made).ok()?;
                accepted = add(&accepted, &row.accepted).ok()?;
            }
        }
        Some(Outcome { cost, accepted, doubt: self.doubt })
    }
}

impl Plan {
    /// Whether what one workload costs leaves others less room in a month, and so decides on which route they are made.
    fn shares_room(&self) -> bool {
        let is_shared = |limit: &Limit| limit.limits_months() && limit.scope.workload().is_none();
        self.has_fallback_over_limit() && self.limits.iter().any(is_shared)
    }

    /// Without what is of no workload.
    fn of_workloads(&self) -> Plan {
        Plan { other_costs: Vec::new(), seats: Vec::new(), ..self.clone() }
    }

    /// A workload with its own limits.
    fn alone(&self, at: usize) -> Plan {
        let workload = self.workloads[at].clone();
        let is_own = |limit: &&Limit| limit.scope.workload() == Some(&*workload.named.name);
        Plan {
            limits: self.limits.iter().filter(is_own).cloned().collect(),
            workloads: vec![workload],
            other_costs: Vec::new(),
            seats: Vec::new(),
            ..*self
        }
    }
}
