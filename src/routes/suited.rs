//! Why a route fits a kind of work or does not, and what has to be answered first.

use std::fmt;

use chrono::NaiveDate;

use crate::catalog::readiness::Missing;

coded! {
    /// Why a route fits, or does not.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum FitReason {
        /// What the table of guidance says of offers of its kind.
        Guidance(String) => "guidance",
        /// No guidance is entered for it: a catalogue without one recommends nothing.
        NoGuidance => "no_guidance",
        /// Its model is shut down on this day, within a year.
        Ending(NaiveDate) => "ending",
        /// Its model was shut down on this day.
        ShutDown(NaiveDate) => "shut_down",
        /// Its model makes no images.
        NoImages => "no_images",
    }
}

impl fmt::Display for FitReason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            FitReason::Guidance(text) => f.write_str(text),
            FitReason::NoGuidance => f.write_str("no guidance is entered for it"),
            FitReason::Ending(on) => write!(f, "its model is shut down on {on}"),
            FitReason::ShutDown(on) => write!(f, "its model was shut down on {on}"),
            FitReason::NoImages => f.write_str("its model makes no images"),
        }
    }
}

/// What must be known before a route is used for some work, and is not stated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// A term of its contract.
    Term(Missing),
    /// A price at Batch rates.
    BatchRate,
    /// A price.
    Price,
    /// A price on better evidence.
    SupportedPrice,
}

impl Unanswered {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Unanswered::Term(missing) => missing.code(),
            Unanswered::BatchRate => "batch_rate",
            Unanswered::Price => "price",
            Unanswered::SupportedPrice => "supported_price",
        }
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unanswered::Term(missing) => missing.fmt(f),
            Unanswered::BatchRate => f.write_str("a Batch rate"),
            Unanswered::Price => f.write_str("a price"),
            Unanswered::SupportedPrice => f.write_str("a price that is well supported"),
        }
    }
}
