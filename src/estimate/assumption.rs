//! What an estimate takes for granted.

use std::fmt;

use chrono::NaiveDate;

/// Something that an estimate takes for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assumption {
    /// The prices of a later day are those that are known today.
    LaterDay {
        /// The day whose prices are asked for.
        day: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// What a request or reply leaves open and is taken for granted, in words.
    LeftOpen(String),
}

impl Assumption {
    /// Its stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Assumption::LaterDay { .. } => "later_day",
            Assumption::LeftOpen(_) => "left_open",
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Assumption::LaterDay { day, today } => {
                write!(f, "the prices of {day} are those known today, {today}")
            }
            Assumption::LeftOpen(text) => f.write_str(text),
        }
    }
}
