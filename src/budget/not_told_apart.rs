//! Why counts are not told from prices where two budgets are set against each other.

use std::fmt;
use std::sync::Arc;

use crate::estimate::NotRecounted;
use crate::reason::Reason;

coded! {
    /// Why a part of a difference stands under price with the rest.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum NotToldApart {
        /// A workload has another number of steps in the other budget.
        OtherSteps(Arc<str>) => "other_number_of_steps",
        /// A step has no price on some days, in one of the budgets.
        NoPrice(Reason) => "no_price_to_count_by",
        /// The counts of one request cannot be taken at the prices of the other.
        NotRecounted(NotRecounted) => "counts_not_comparable",
    }
}

impl fmt::Display for NotToldApart {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NotToldApart::OtherSteps(workload) => write!(
                f,
                "{workload}: another number of steps, so that attempts, tokens and price are not told apart and stand \
                 under price"
            ),
            NotToldApart::NoPrice(why) => {
                write!(f, "{}: the rest stands under price", why.sentence())
            }
            NotToldApart::NotRecounted(why) => write!(f, "{why}: the rest stands under price"),
        }
    }
}
