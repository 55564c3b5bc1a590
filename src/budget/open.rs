//! What is open of the cost of a workload.

use crate::help::Sentence;
use crate::reason::Reason;

/// Why the cost of a workload is a range or unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct OpenCost {
    /// The workload.
    pub workload: String,
    /// Why.
    pub why: Reason,
}

impl OpenCost {
    /// Whose cost it is, why it is open, and what can be done.
    pub fn said(&self) -> Sentence {
        self.why.said().of(&self.workload)
    }
}
