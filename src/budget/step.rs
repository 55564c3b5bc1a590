//! One request of a workload, and how its attempts turn out.

use crate::attempts::AttemptRates;
use crate::request::Draft;

/// One request of a workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The request.
    pub draft: Draft,
    /// The route, or a unique ending of its id; the model maker's own where none is given.
    pub route: Option<String>,
    /// The resolution class to ask for, on routes that price by class.
    pub resolution: Option<String>,
    /// How many images of this step go into one wanted image.
    pub per_accepted: u64,
    /// How attempts turn out.
    pub rates: AttemptRates,
}

impl Step {
    /// A request on the model maker's own route, one image of which is accepted at the first attempt.
    pub fn of(draft: Draft) -> Step {
        Step {
            draft,
            route: None,
            resolution: None,
            per_accepted: 1,
            rates: AttemptRates::ONE_ATTEMPT,
        }
    }
}
