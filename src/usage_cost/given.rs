//! What of the given was used by rows that do not say it themselves.

use std::collections::BTreeSet;

use crate::unit::Meter;
use crate::usage_log::row::COUNTED;

/// What of the given is used by rows that do not say it themselves.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct GivenUsed {
    /// The model.
    pub model: bool,
    /// The route.
    pub route: bool,
    /// The day.
    pub day: bool,
    /// The processing.
    pub processing: bool,
    /// The counts that rows leave out, as bits in the order of the counts of a row.
    pub(super) left_out: u8,
    /// The currencies and credits of the prices.
    pub units: BTreeSet<String>,
}

impl GivenUsed {
    /// Whether a row leaves out a count.
    pub fn leaves_out(&self, meter: Meter) -> bool {
        COUNTED.iter().position(|it| *it == meter).is_some_and(|at| self.left_out & (1 << at) != 0)
    }

    pub(super) fn add(&mut self, other: GivenUsed) {
        self.model |= other.model;
        self.route |= other.route;
        self.day |= other.day;
        self.processing |= other.processing;
        self.left_out |= other.left_out;
        self.units.extend(other.units);
    }
}
