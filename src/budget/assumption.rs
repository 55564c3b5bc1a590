//! What a budget and its forecast take for granted: what the user wrote, what is a default, and what follows from
//! either. Told apart by type, so that a budget that is written keeps every line of its owner.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::defaults::{DEFAULT_MARGIN, DEFAULT_MONTHS};
use super::month::Month;
use crate::catalog::terms::ChargeRule;
use crate::estimate;
use crate::help::Sentence;
use crate::reason::Undelivered;
use crate::share::percent;

/// Something that is taken for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assumption {
    /// A line that the user wrote.
    Own(String),
    /// What was read of a file in a way that must be said, such as a row that is left out.
    OfFile(String),
    /// The first month, by default the one after today.
    Start(Month),
    /// The number of months, by default.
    Months,
    /// The margin, by default.
    Margin,
    /// Fiscal years are calendar years, by default.
    FiscalYears,
    /// Every attempt of this workload delivers an accepted image, by default.
    Rates(String),
    /// The volume of this workload stays the same, by default.
    Growth(String),
    /// Days after this one stand at the prices that are known on it.
    LaterDays(NaiveDate),
    /// What is taken for granted of a workload; its name is left out where it is the only one.
    OfWorkload(Option<String>, OfWorkload),
    /// A model takes the place of one that is shut down.
    Replaced {
        /// The model that is shut down.
        old: String,
        /// The other one.
        new: String,
    },
}

/// What is taken for granted of a workload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OfWorkload {
    /// What the estimate of one of its requests takes for granted.
    Request(estimate::Assumption),
    /// The user's own answer to who pays for an attempt that delivers nothing.
    Charged(Undelivered, ChargeRule),
    /// The volume of the first month changes by a share in each later one.
    Grows {
        /// The first month.
        first: Month,
        /// The share.
        by: Decimal,
    },
    /// Of several steps the last makes the accepted image.
    LastStep,
    /// A price of the user's own from a month on.
    PriceTimes {
        /// The month.
        from: Month,
        /// The factor.
        factor: Decimal,
    },
}

impl Assumption {
    /// Its stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Assumption::Own(_) => "own",
            Assumption::OfFile(_) => "of_file",
            Assumption::Start(_) => "default_start",
            Assumption::Months => "default_months",
            Assumption::Margin => "default_margin",
            Assumption::FiscalYears => "default_fiscal_years",
            Assumption::Rates(_) => "default_rates",
            Assumption::Growth(_) => "default_growth",
            Assumption::LaterDays(_) => "later_days",
            Assumption::OfWorkload(_, what) => what.code(),
            Assumption::Replaced { .. } => "model_replaced",
        }
    }

    /// What is taken for granted, and what a user can say in its place.
    pub fn said(&self) -> Sentence {
        match self {
            Assumption::OfWorkload(None, OfWorkload::Request(it)) => it.said(),
            Assumption::OfWorkload(Some(workload), OfWorkload::Request(it)) => {
                it.said().of(workload)
            }
            other => other.to_string().into(),
        }
    }

    /// Whether it is said at once: a file is not read as it stands, or a model takes the place of the one that it names.
    pub fn is_said_at_once(&self) -> bool {
        matches!(self, Assumption::OfFile(_) | Assumption::Replaced { .. })
    }

    /// Whether it is a default, which a budget that is written states in a key of its own.
    pub fn is_default(&self) -> bool {
        matches!(
            self,
            Assumption::Start(_)
                | Assumption::Months
                | Assumption::Margin
                | Assumption::FiscalYears
                | Assumption::Rates(_)
                | Assumption::Growth(_)
        )
    }
}

impl OfWorkload {
    fn code(&self) -> &'static str {
        match self {
            OfWorkload::Request(it) => it.code(),
            OfWorkload::Charged(..) => "attempt_charge_given",
            OfWorkload::Grows { .. } => "volume_grows",
            OfWorkload::LastStep => "last_step_accepted",
            OfWorkload::PriceTimes { .. } => "price_factor",
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Assumption::Own(text) | Assumption::OfFile(text) => f.write_str(text),
            Assumption::Start(month) => {
                write!(f, "the budget starts in {month}, the month after today")
            }
            Assumption::Months => write!(f, "the budget has {DEFAULT_MONTHS} months"),
            Assumption::Margin => write!(f, "the margin is {}", percent(DEFAULT_MARGIN)),
            Assumption::FiscalYears => f.write_str("fiscal years are calendar years"),
            Assumption::Rates(workload) => {
                write!(f, "{workload}: every attempt delivers an image that is accepted")
            }
            Assumption::Growth(workload) => {
                write!(f, "{workload}: the volume stays the same each month")
            }
            Assumption::LaterDays(today) => {
                write!(f, "days after {today} have today's list prices, assumed to stay")
            }
            Assumption::OfWorkload(None, what) => what.fmt(f),
            Assumption::OfWorkload(Some(workload), what) => write!(f, "{workload}: {what}"),
            Assumption::Replaced { old, new } => write!(
                f,
                "{new} takes the place of {old} when that is shut down, with the same labels"
            ),
        }
    }
}

impl fmt::Display for OfWorkload {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            OfWorkload::Request(it) => it.fmt(f),
            OfWorkload::Charged(end, rule) => {
                write!(f, "{} attempts are {}, as given", end.alone(), rule.in_words())
            }
            OfWorkload::Grows { first, by } => write!(
                f,
                "the volume is that of {first}, and changes by {} each month after it",
                percent(*by)
            ),
            OfWorkload::LastStep => f.write_str(
                "the last step makes the image that is accepted; the others are made once for each",
            ),
            OfWorkload::PriceTimes { from, factor } => {
                write!(f, "from {from} on, the price times {}", factor.normalize())
            }
        }
    }
}
