//! A forecast in the making: every month is made once, and what is to be said of it is kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::line::{Finding, FindingKind, ForecastLine};
use super::month::TooLargeFor;
use super::{Forecast, too_large_for};
use crate::budget::error::BudgetError;
use crate::budget::month::Month;
use crate::budget::total::Total;
use crate::errors::Errors;
use crate::reason::Reason;

impl Forecast {
    /// Makes every month once, and keeps what is to be said of it.
    pub(super) fn make(mut self) -> Result<Forecast, Errors<BudgetError>> {
        let mut known = vec![Vec::new(); self.plan.workloads.len()];
        let in_parts = self.names_in_parts();
        let mut sums = Ok(Vec::new());
        for month in self.plan.months() {
            let made = self.plan.month(month).map_err(|too_large| self.too_large(too_large))?;
            for (at, kind, why) in made.findings {
                self.note(&mut known[at], (at, kind, why), month);
            }
            let is_made = |name: &str| {
                in_parts.contains(name) && made.lines.iter().any(|line| &*line.workload == name)
            };
            for at in made.not_planned {
                let name = &*self.plan.workloads[at].named.name;
                // Another part of it is planned in the month.
                if is_made(name) {
                    continue;
                }
                match self.not_planned.get_mut(name) {
                    Some(months) if months.last() == Some(&month) => {}
                    Some(months) => months.push(month),
                    None => drop(self.not_planned.insert(name.to_owned(), vec![month])),
                }
            }
            self.made = made.lines.iter().fold(self.made, |all, line| all.and(line.made));
            let bases = made.lines.iter().map(ForecastLine::basis_of_prices);
            self.price_basis = bases.max().flatten().max(self.price_basis);
            if let Ok(months) = &mut sums {
                match Total::of(month.to_string(), &made.lines) {
                    Ok(total) => months.push(total),
                    Err(too_large) => sums = Err(too_large),
                }
            }
        }
        self.months = sums;
        Ok(self)
    }

    /// The names of workloads of which there are several parts.
    fn names_in_parts(&self) -> BTreeSet<Arc<str>> {
        let mut known = BTreeSet::new();
        let names = self.plan.workloads.iter().map(|it| it.named.name.clone());
        names.filter(|name| !known.insert(name.clone())).collect()
    }

    /// Findings are said once, at the first month that they concern; `known` are the places of those of the workload.
    fn note(
        &mut self,
        known: &mut Vec<usize>,
        (at, kind, why): (usize, FindingKind, Reason),
        month: Month,
    ) {
        let is_known = known.iter().any(|place| {
            let known = &self.findings[*place];
            known.kind == kind && known.why == why
        });
        if !is_known {
            known.push(self.findings.len());
            let workload = self.plan.workloads[at].named.name.to_string();
            self.findings.push(Finding { kind, workload, month, why });
        }
    }

    fn too_large(&self, TooLargeFor(at): TooLargeFor) -> Errors<BudgetError> {
        too_large_for(self.plan.workloads[at].named.name.to_string())
    }
}
