//! What a budget and its forecast take for granted: what the user wrote, what is a default, and what follows from
//! either. Told apart by type, so that a budget that is written keeps every line of its owner.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::defaults::{DEFAULT_MARGIN, DEFAULT_MONTHS};
use super::month::Month;
use super::season::Season;
use super::seats::SeatsPriced;
use crate::catalog::terms::ChargeRule;
use crate::codes::Code;
use crate::estimate;
use crate::help::Sentence;
use crate::reason::Undelivered;
use crate::share::percent;

coded! {
    /// Something that is taken for granted.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Assumption {
        /// A line that the user wrote.
        Own(String) => "own",
        /// What was read of a file in a way that must be said, such as a row that is left out.
        OfFile(String) => "of_file",
        /// The first month, by default the one after today.
        Start(Month) => "default_start",
        /// The number of months, by default.
        Months => "default_months",
        /// The margin, by default.
        Margin => "default_margin",
        /// Fiscal years are calendar years, by default.
        FiscalYears => "default_fiscal_years",
        /// Every attempt of this workload delivers an accepted image, by default.
        Rates(String) => "default_rates",
        /// The volume of this workload does not grow, by default.
        Growth(String) => "default_growth",
        /// Days after this one stand at the prices that are known on it.
        LaterDays(NaiveDate) => "later_days",
        /// What is taken for granted of a workload; its name is left out where it is the only one.
        OfWorkload(Option<String>, OfWorkload) => "of_workload",
        /// Seats stand at the price of an offer, by its source.
        SeatsPriced(Box<SeatsPriced>) => "seats_priced",
        /// A model takes the place of one that is shut down.
        Replaced {
            /// The model that is shut down.
            old: String,
            /// The other one.
            new: String,
        } => "model_replaced",
    }
}

coded! {
    /// What is taken for granted of a workload.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum OfWorkload {
        /// What the estimate of one of its requests takes for granted.
        Request(estimate::Assumption) => "of_request",
        /// The user's own answer to who pays for an attempt that delivers nothing.
        Charged(Undelivered, ChargeRule) => "attempt_charge_given",
        /// The volume of the first month changes by a share in each later one.
        Grows {
            /// The first month.
            first: Month,
            /// The share.
            by: Decimal,
        } => "volume_grows",
        /// Calendar months differ by these factors.
        Season(Season) => "volume_by_season",
        /// Of several steps the last makes the accepted image.
        LastStep => "last_step_accepted",
        /// A price of the user's own from a month on.
        PriceTimes {
            /// The month.
            from: Month,
            /// The factor.
            factor: Decimal,
        } => "price_factor",
    }
}

impl Assumption {
    /// The stable name of what is taken for granted: that of the innermost statement.
    pub fn kind_code(&self) -> &'static str {
        match self {
            Assumption::OfWorkload(_, OfWorkload::Request(it)) => it.code(),
            Assumption::OfWorkload(_, what) => what.code(),
            own => own.code(),
        }
    }

    /// The codes that [`Assumption::kind_code`] can have besides those of an estimate.
    pub(crate) fn kind_codes() -> impl Iterator<Item = &'static Code> {
        let holds_another = |it: &&Code| matches!(it.code, "of_workload" | "of_request");
        Assumption::CODES.iter().chain(OfWorkload::CODES).filter(move |it| !holds_another(it))
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

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Assumption::Own(text) | Assumption::OfFile(text) => f.write_str(text),
            Assumption::Start(month) => {
                write!(f, "the budget starts in {month}, the month after the day of knowledge")
            }
            Assumption::Months => write!(f, "the budget has {DEFAULT_MONTHS} months"),
            Assumption::Margin => write!(f, "the margin is {}", percent(DEFAULT_MARGIN)),
            Assumption::FiscalYears => f.write_str("fiscal years are calendar years"),
            Assumption::Rates(workload) => {
                write!(f, "{workload}: every attempt delivers an image that is accepted")
            }
            Assumption::Growth(workload) => {
                write!(f, "{workload}: the volume does not grow")
            }
            Assumption::LaterDays(today) => {
                write!(f, "days after {today} have the list prices known that day, assumed to stay")
            }
            Assumption::SeatsPriced(seats) => seats.fmt(f),
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
            OfWorkload::Season(season) => write!(f, "the volume of the year's months: {season}"),
            OfWorkload::LastStep => f.write_str(
                "the last step makes the image that is accepted; the others are made once for each",
            ),
            OfWorkload::PriceTimes { from, factor } => {
                write!(f, "from {from} on, the price times {}", factor.normalize())
            }
        }
    }
}
