//! A budget on the bench: what it costs with one thing changed, and no more of it than the cost.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::forecast::forecast;
use super::scale::add;
use super::workload::{Budget, FallbackWhen, Workload};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// A budget that is tried with changes.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    pub catalog: &'a Catalog,
    pub budget: &'a Budget,
    pub today: NaiveDate,
}

/// What a change of workloads comes to.
pub(super) struct Tried {
    /// The workloads that it changes, in the order of the budget.
    pub workloads: Vec<String>,
    /// What the whole budget then costs, in US dollars.
    pub cost: Figure<Decimal>,
}

impl Bench<'_> {
    /// The cost with a change of workloads, and those that it changes; nothing where it changes none, or the budget
    /// cannot be forecast so.
    pub(super) fn cost(
        &self,
        change: impl Fn(&mut Workload) -> bool,
    ) -> Result<Option<Tried>, AmountTooLarge> {
        let tried = |workload: &Workload| {
            let mut workload = workload.clone();
            let is_changed = change(&mut workload);
            (workload, is_changed)
        };
        let all = || self.budget.workloads.iter().map(tried);
        let changed = all().filter(|(_, is_changed)| *is_changed);
        let workloads: Vec<String> = changed.map(|(workload, _)| workload.name).collect();
        if workloads.is_empty() {
            return Ok(None);
        }
        let all = all().map(|(workload, _)| workload);
        let cost = match self.has_shared_limits() {
            true => self.cost_of(all.collect())?,
            false => self.cost_one_by_one(all)?,
        };
        Ok(cost.map(|cost| Tried { workloads, cost }))
    }

    /// Whether what a workload leaves of a limit decides where another is made.
    fn has_shared_limits(&self) -> bool {
        let fallbacks = self.budget.workloads.iter().filter_map(|it| it.fallback.as_ref());
        fallbacks.into_iter().any(|it| it.when.contains(&FallbackWhen::OverLimit))
    }

    /// The cost of these workloads with what the budget costs beside them; `None` where it cannot be forecast.
    fn cost_of(&self, workloads: Vec<Workload>) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        let budget = Budget { workloads, ..self.without_workloads() };
        let Ok(found) = forecast(self.catalog, &budget, self.today) else { return Ok(None) };
        found.cost().map(Some)
    }

    /// The same one workload after another, so that a large budget is not held twice.
    fn cost_one_by_one(
        &self,
        workloads: impl Iterator<Item = Workload>,
    ) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        let Some(mut cost) = self.cost_of(Vec::new())? else { return Ok(None) };
        let (other_costs, seats) = (Vec::new(), Vec::new());
        let mut alone = Budget { other_costs, seats, ..self.without_workloads() };
        for workload in workloads {
            alone.workloads = vec![workload];
            let Ok(found) = forecast(self.catalog, &alone, self.today) else { return Ok(None) };
            cost = add(&cost, &found.cost()?)?;
        }
        Ok(Some(cost))
    }

    /// What holds for the whole budget.
    fn without_workloads(&self) -> Budget {
        let Budget { start, months, fiscal_year_start, margin, quoted, .. } = *self.budget;
        let Budget { held_since, data_residency, .. } = *self.budget;
        Budget {
            months,
            fiscal_year_start,
            margin,
            quoted,
            held_since,
            data_residency,
            fx: self.budget.fx.clone(),
            other_costs: self.budget.other_costs.clone(),
            seats: self.budget.seats.clone(),
            limits: self.budget.limits.clone(),
            replacements: self.budget.replacements.clone(),
            ..Budget::of(start, Vec::new())
        }
    }
}
