//! The closed lists of words that only budgets use.

use crate::budget::volumes::{DayOrder, DecimalMark};
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

/// What a rate can be taken to be without a price of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum AsRate {
    /// The rate of standard processing.
    Standard,
}

impl Words for AsRate {
    const WHAT: &'static str = "rate that another can be taken to be";
    fn words() -> Vec<(&'static str, Self)> {
        vec![("standard", AsRate::Standard)]
    }
}

impl Words for DecimalMark {
    const WHAT: &'static str = "mark that stands before decimals";
    fn words() -> Vec<(&'static str, Self)> {
        DecimalMark::ALL.map(|word| (word.as_str(), word)).to_vec()
    }
}

impl Words for DayOrder {
    const WHAT: &'static str = "way to write days";
    fn words() -> Vec<(&'static str, Self)> {
        DayOrder::ALL.map(|word| (word.as_str(), word)).to_vec()
    }
}
