//! The rows of a forecast, and what stands in its way.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::budget::month::Month;
use crate::budget::workload::{OtherCost, Scope};
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::unit::Meter;

/// What a workload costs in a month on a route; or another cost of the month.
#[derive(Debug, Clone)]
pub struct Row {
    /// The month.
    pub month: Month,
    /// The workload; empty for a cost of the whole budget.
    pub workload: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The other cost that it is; `None` for images on a route.
    pub other_cost: Option<String>,
    /// The route; `None` for another cost.
    pub route: Option<Arc<Route>>,
    /// The versions of the price that hold in the month, in words.
    pub versions: Vec<String>,
    /// Whether the prices of the month are known or those of today.
    pub price_basis: PriceBasis,
    /// The images wanted of the route.
    pub wanted: Figure<u64>,
    /// The images accepted in the end.
    pub accepted: Figure<Decimal>,
    /// Wanted images that are given up, or fall on days on which nothing is made.
    pub shortfall: Figure<Decimal>,
    /// Why some of the wanted images are not made at all; they cost nothing here, and would elsewhere.
    pub not_made: Option<String>,
    /// The attempts.
    pub attempts: Figure<Decimal>,
    /// The calls that are billed, by the terms of the route.
    pub billed_calls: Figure<Decimal>,
    /// The tokens of attempts that deliver an image.
    pub tokens: BTreeMap<Meter, Figure<Decimal>>,
    /// The cost in US dollars.
    pub cost: Figure<Decimal>,
}

impl Row {
    /// Whether it belongs to a scope.
    pub(in crate::budget) fn is_in(&self, scope: &Scope) -> bool {
        let owner = self.route.as_ref().map(|route| route.id.owner.as_str());
        scope.holds_for(&self.workload, &self.tags, owner)
    }

    /// A cost that comes each month.
    pub(super) fn monthly(cost: &OtherCost, month: Month) -> Row {
        let none = Figure::Exact(Decimal::ZERO);
        Row {
            month,
            workload: String::new(),
            tags: BTreeMap::new(),
            other_cost: Some(cost.name.clone()),
            route: None,
            versions: Vec::new(),
            price_basis: PriceBasis::Assumed,
            wanted: Figure::Exact(0),
            accepted: none.clone(),
            shortfall: none.clone(),
            not_made: None,
            attempts: none.clone(),
            billed_calls: none,
            tokens: BTreeMap::new(),
            cost: Figure::Exact(cost.amount),
        }
    }
}

/// Whether prices are known for the days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceBasis {
    /// Every day is today or earlier.
    Dated,
    /// A day lies after today: it stands at the prices that are known today.
    Assumed,
}

impl PriceBasis {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            PriceBasis::Dated => "dated",
            PriceBasis::Assumed => "assumed",
        }
    }
}

/// Something that stands in the way of the budget as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding.
    pub kind: FindingKind,
    /// The workload.
    pub workload: String,
    /// The first month that it concerns.
    pub month: Month,
    /// What it is, and what can be done.
    pub message: String,
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The model is shut down within the budget.
    Shutdown,
    /// Fewer images are accepted than wanted.
    Shortfall,
    /// A price is not known.
    Unknown,
}
