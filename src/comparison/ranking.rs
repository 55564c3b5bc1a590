//! How a row stands for being named the cheapest.

use chrono::NaiveDate;

use super::{RouteEstimate, Section};
use crate::catalog::evidence::Doubt;

/// How a row stands for being named the cheapest, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ranking {
    /// The product that is asked for, at a dated price that is known in full.
    Ranked,
    /// The product, at a price whose source is undated or old.
    InDoubt(Doubt),
    /// It is not stated whether the route makes the size and the quality asked for.
    NotStated,
    /// Its cost is not known in full.
    CostOpen,
    /// A list that the user corrects.
    Corrected,
    /// The route ignores the size or the quality asked for.
    NotTheSameProduct,
    /// The price rests on weak evidence.
    Quoted,
    /// A subscription, which is no price for API work.
    Subscription,
    /// The model's maker has shut it down on this route.
    Retired,
    /// There is no price to rate with.
    NotPriced,
}

impl RouteEstimate {
    /// How the row stands for being named the cheapest on a day.
    pub fn ranking(&self, day: NaiveDate) -> Ranking {
        match self.section {
            Section::NotPriced if self.retired => return Ranking::Retired,
            Section::NotPriced if self.is_subscription() => return Ranking::Subscription,
            Section::NotPriced => return Ranking::NotPriced,
            Section::NotTheSameProduct => return Ranking::NotTheSameProduct,
            Section::Quoted => return Ranking::Quoted,
            _ if self.corrected => return Ranking::Corrected,
            _ => {}
        }
        match (self.cost().and_then(|cost| cost.high()), self.is_the_product(), self.doubt(day)) {
            (None, ..) => Ranking::CostOpen,
            (_, false, _) => Ranking::NotStated,
            (_, _, Some(doubt)) => Ranking::InDoubt(doubt),
            (Some(_), true, None) => Ranking::Ranked,
        }
    }

    /// Why the price may not be named the cheapest on a day.
    pub fn doubt(&self, day: NaiveDate) -> Option<Doubt> {
        self.outcome.as_ref().ok()?.doubt(day)
    }
}
