//! The closed lists of words that only budgets use.

use crate::budget::workload::{CostPer, FallbackWhen};
use crate::catalog::word::Words;

impl Words for CostPer {
    const WHAT: &'static str = "unit of a cost";
    fn words() -> Vec<(&'static str, Self)> {
        CostPer::ALL.map(|word| (word.as_str(), word)).to_vec()
    }
}

impl Words for FallbackWhen {
    const WHAT: &'static str = "reason for a fallback";
    fn words() -> Vec<(&'static str, Self)> {
        FallbackWhen::ALL.map(|word| (word.as_str(), word)).to_vec()
    }
}
