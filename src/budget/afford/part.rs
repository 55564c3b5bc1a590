//! The part of a budget whose images are looked for, and what all the rest costs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Question, Span};
use crate::budget::error::BudgetError;
use crate::budget::forecast::Forecast;
use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::{Budget, FallbackWhen};
use crate::errors::Errors;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::request::RequestError;

/// A part of a budget that is priced again and again, and the rest, which is priced once.
#[derive(Clone)]
pub(super) struct Part<'a> {
    /// What is priced again.
    pub budget: Budget,
    /// Its only workload that is in question; all of them where it is left out.
    pub only: Option<&'a str>,
    /// What the rest costs each month.
    rest: BTreeMap<Month, Figure<Decimal>>,
}

/// What rows cost together: unknown where a part of what they plan is not made, for that costs something somewhere.
fn sum<'a>(
    costs: impl IntoIterator<Item = &'a Figure<Decimal>>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    costs.into_iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, cost| add(&sum, cost))
}

impl<'a> Part<'a> {
    /// All of a budget.
    pub(super) fn whole(budget: &Budget) -> Part<'static> {
        Part { budget: budget.clone(), only: None, rest: BTreeMap::new() }
    }

    /// One workload, with the rest as the forecast has it. Where a limit moves images to a fallback route, what
    /// one workload costs depends on the others, and all of them are priced again.
    ///
    /// # Errors
    /// A sum that cannot be kept.
    pub(super) fn of(
        budget: &Budget,
        name: &'a str,
        written: &Forecast,
    ) -> Result<Part<'a>, Errors<BudgetError>> {
        let fallbacks = budget.workloads.iter().filter_map(|it| it.fallback.as_ref());
        if fallbacks.into_iter().any(|it| it.when.contains(&FallbackWhen::OverLimit)) {
            return Ok(Part { only: Some(name), ..Part::whole(budget) });
        }
        let mut rest = BTreeMap::new();
        for month in budget.months() {
            let rows = written.rows_of(month);
            let others = rows.iter().filter(|it| *it.workload != *name).map(|row| &row.cost);
            let too_large = |_| {
                let error = RequestError::TooLarge.into();
                vec![BudgetError { workload: String::new(), error }]
            };
            rest.insert(month, sum(others).map_err(too_large)?);
        }
        let mut own = budget.clone();
        own.workloads.retain(|workload| workload.name == name);
        own.other_costs.clear();
        own.seats.clear();
        Ok(Part { budget: own, only: Some(name), rest })
    }

    /// The same part with another budget in its place.
    pub(super) fn with(&self, budget: Budget) -> Part<'a> {
        Part { budget, ..self.clone() }
    }

    /// The cost that is held against the limit, in the case that counts, and the images accepted.
    pub(super) fn sums(
        &self,
        question: &Question,
        found: &Forecast,
    ) -> Result<(Figure<Decimal>, Figure<Decimal>), AmountTooLarge> {
        let mut months = Vec::new();
        for month in self.budget.months() {
            let rows = found.rows_of(month);
            let own = sum(rows.iter().map(|row| &row.cost))?;
            months.push(match self.rest.get(&month) {
                Some(rest) => add(rest, &own)?,
                None => own,
            });
        }
        let none = Figure::Exact(Decimal::ZERO);
        let cost = match question.span {
            Span::Total => {
                let all = months.iter().try_fold(none.clone(), |sum, month| add(&sum, month))?;
                question.case.of(&all)
            }
            Span::Month => months.iter().try_fold(none.clone(), |dearest, month| {
                let max = |a: Decimal, b: Decimal| Ok::<_, AmountTooLarge>(a.max(b));
                dearest.try_join(&question.case.of(month), max)
            })?,
        };
        let mut own =
            found.rows().filter(|row| self.only.is_none_or(|name| *row.workload == *name));
        let accepted = own.try_fold(none, |sum, row| add(&sum, &row.accepted))?;
        Ok((cost, accepted))
    }
}
