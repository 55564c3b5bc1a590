//! Costs that no price table holds, as rows are made of them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::line::{CostKind, ForecastLine, Named};
use crate::budget::month::Month;
use crate::budget::workload::{CostPer, OtherCost};
use crate::estimate::PriceBasis;
use crate::figure::Figure;

/// A cost that no price table holds.
#[derive(Debug, Clone)]
pub(super) struct PlannedCost {
    /// The workload that it comes with, and all tags; nameless where it is of the whole budget.
    pub named: Named,
    pub name: Arc<str>,
    pub amount: Decimal,
    pub per: CostPer,
    from: Option<Month>,
    to: Option<Month>,
}

impl PlannedCost {
    pub(super) fn of(cost: &OtherCost, of: &Named) -> PlannedCost {
        let mut named = of.clone();
        if !cost.tags.is_empty() {
            let tags = (*of.tags).clone().into_iter().chain(cost.tags.clone());
            named.tags = Arc::new(tags.collect());
        }
        let OtherCost { amount, per, from, to, .. } = *cost;
        PlannedCost { named, name: cost.name.as_str().into(), amount, per, from, to }
    }

    /// Whether it is there in a month.
    pub(super) fn is_in(&self, month: Month) -> bool {
        month.is_within(self.from, self.to)
    }

    /// Its row of a month, which costs so much.
    pub(super) fn line(&self, month: Month, amount: Figure<Decimal>) -> ForecastLine {
        ForecastLine {
            kind: CostKind::Other,
            cost_name: Some(self.name.clone()),
            per: Some(self.per),
            price_basis: PriceBasis::User,
            cost_of_made: amount.clone(),
            cost: amount,
            ..ForecastLine::empty(self.named.clone(), month)
        }
    }
}
