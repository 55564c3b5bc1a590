//! The rows of a forecast, and what stands in its way.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::budget::limit::Scope;
use crate::budget::made::Made;
use crate::budget::month::Month;
use crate::budget::prices::NoPrice;
use crate::budget::workload::{CostPer, Workload};
use crate::catalog::route::Route;
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::reason::Reason;
use crate::unit::Meter;

/// The name and the tags of a workload, shared by all of its rows: a large budget has ten thousands of them.
#[derive(Debug, Clone, Default)]
pub(in crate::budget) struct Named {
    pub name: Arc<str>,
    pub tags: Arc<BTreeMap<String, String>>,
}

impl Named {
    pub(in crate::budget) fn of(workload: &Workload) -> Named {
        Named { name: workload.name.as_str().into(), tags: Arc::new(workload.tags.clone()) }
    }
}

/// What a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CostKind {
    /// Images on a route.
    Images,
    /// Seats of a plan.
    Seats,
    /// A cost that no price table holds.
    Other,
}

impl CostKind {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            CostKind::Images => "images",
            CostKind::Seats => "seats",
            CostKind::Other => "other_cost",
        }
    }
}

/// Tokens by meter, in the order of meters.
pub type Tokens = Box<[(Meter, Figure<Decimal>)]>;

/// What a workload costs in a month on a route; or seats or another cost of the month.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ForecastLine {
    /// What it is of.
    pub kind: CostKind,
    /// The month.
    pub month: Month,
    /// The workload; empty for a cost of the whole budget.
    pub workload: Arc<str>,
    /// Its tags.
    pub tags: Arc<BTreeMap<String, String>>,
    /// The name of another cost, or of the offer of seats; `None` for images on a route.
    pub cost_name: Option<Arc<str>>,
    /// How many seats it is for, where it is of seats.
    pub seats: Option<u64>,
    /// What a cost beside that of images comes with.
    pub per: Option<CostPer>,
    /// The route of images, or of the plan of seats; `None` for another cost.
    pub route: Option<Arc<Route>>,
    /// The versions of the price that hold in the month, in words.
    pub versions: Arc<[String]>,
    /// What its prices rest on: the weakest of its days.
    pub price_basis: PriceBasis,
    /// The images wanted of the route.
    pub wanted: Figure<u64>,
    /// The images accepted in the end.
    pub accepted: Figure<Decimal>,
    /// Wanted images that are given up, or fall on days on which nothing is made.
    pub shortfall: Figure<Decimal>,
    /// How much of what is wanted of the route is made; a cost beside that of images has none and is not planned.
    pub made: Made,
    /// Why some of the wanted images are not made at all; what they cost is then unknown.
    pub not_made: Option<Reason>,
    /// The attempts.
    pub attempts: Figure<Decimal>,
    /// The calls that are billed, by the terms of the route.
    pub billed_calls: Figure<Decimal>,
    /// The tokens of attempts that deliver an image, in the order of meters.
    pub tokens: Tokens,
    /// What is made of it costs this, in US dollars.
    pub cost_of_made: Figure<Decimal>,
    /// The cost in US dollars; unknown, with what is made as its least, where not all is made.
    pub cost: Figure<Decimal>,
}

impl ForecastLine {
    /// Whether it belongs to a scope.
    pub(in crate::budget) fn is_in(&self, scope: &Scope) -> bool {
        let owner = self.route.as_ref().map(|route| route.id.owner.as_str());
        scope.holds_for(&self.workload, &self.tags, owner)
    }

    /// What its prices rest on, where it has any.
    pub(in crate::budget) fn basis_of_prices(&self) -> Option<PriceBasis> {
        let is_priced =
            !self.versions.is_empty() || self.kind == CostKind::Seats && self.cost.high().is_some();
        is_priced.then_some(self.price_basis)
    }

    /// Whether it is of images on a route.
    pub fn is_images(&self) -> bool {
        self.kind == CostKind::Images
    }

    /// Whether images of it may be wanted and not accepted.
    pub fn is_short(&self) -> bool {
        self.shortfall.high().is_none_or(|short| short > Decimal::ZERO)
    }

    /// A month in which nothing of a workload is wanted: it costs nothing.
    pub(super) fn empty(of: Named, month: Month) -> ForecastLine {
        let none = Figure::Exact(Decimal::ZERO);
        ForecastLine {
            kind: CostKind::Images,
            month,
            workload: of.name,
            tags: of.tags,
            cost_name: None,
            seats: None,
            per: None,
            route: None,
            versions: Arc::default(),
            price_basis: PriceBasis::Assumed,
            wanted: Figure::Exact(0),
            accepted: none.clone(),
            shortfall: none.clone(),
            made: Made::NotPlanned,
            not_made: None,
            attempts: none.clone(),
            billed_calls: none.clone(),
            tokens: Box::default(),
            cost_of_made: none.clone(),
            cost: none,
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
    /// What stands in the way.
    pub why: Reason,
}

impl Finding {
    /// What it is, and what can be done.
    pub fn said(&self) -> Sentence {
        self.why.said()
    }

    /// The same in neutral words.
    pub fn message(&self) -> String {
        self.said().to_string()
    }
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingKind {
    /// The model is shut down within the budget.
    Shutdown,
    /// Neither the route nor the model has a version on some days, so that nothing is made.
    NoVersion,
    /// Fewer images are accepted than wanted.
    Shortfall,
    /// A price is not known.
    Unknown,
}

impl FindingKind {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            FindingKind::Shutdown => "shutdown",
            FindingKind::NoVersion => "no_version",
            FindingKind::Shortfall => "shortfall",
            FindingKind::Unknown => "unknown",
        }
    }

    pub(super) fn of(why: &NoPrice) -> FindingKind {
        match why {
            NoPrice::ShutDown(_) => FindingKind::Shutdown,
            NoPrice::NoVersion(_) => FindingKind::NoVersion,
            NoPrice::Unknown(_) => FindingKind::Unknown,
        }
    }

    /// Whether it says that something wanted is not made at all.
    pub fn is_not_made(self) -> bool {
        matches!(self, FindingKind::Shutdown | FindingKind::NoVersion)
    }
}

/// What is planned and cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotMade {
    /// The workload.
    pub workload: String,
    /// The months in which some of its images are not made, in order.
    pub months: Vec<Month>,
    /// Why, and what can be done.
    pub why: Reason,
}
