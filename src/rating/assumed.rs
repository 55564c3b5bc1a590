//! Rates that a user takes for granted where a table states none.

use rust_decimal::Decimal;

use crate::catalog::conditions::Processing;
use crate::unit::{Meter, Per};

/// A rate that is taken for granted where the table of a route states none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumedRate {
    /// What it counts.
    pub meter: Meter,
    /// The kind of processing that it is the rate of.
    pub processing: Processing,
    /// What it is.
    pub price: AssumedPrice,
}

/// What a rate is taken to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssumedPrice {
    /// The rate of standard processing on the same route.
    AsStandard,
    /// A price of the user's own in US dollars, for so many units.
    Of(Decimal, Per),
}
