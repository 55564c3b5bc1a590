//! Why the cost of an attempt that delivers nothing is open, by the terms of its owner.

use std::fmt;

use super::not_stated;

coded! {
    /// Why the cost of attempts is not exact.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Attempts {
        /// It is not stated who pays for an attempt that delivers nothing.
        ChargeNotStated(Undelivered) => "attempt_charge_not_stated",
        /// The owner says that an attempt that delivers nothing may be charged.
        MayBeCharged(Undelivered) => "attempt_may_be_charged",
        /// The owner charges a part of an attempt that delivers nothing, and does not state which.
        ChargedInPart(Undelivered) => "attempt_charged_in_part",
        /// The owner refunds an attempt that delivers nothing only on request.
        RefundedOnRequest(Undelivered) => "attempt_refunded_on_request",
        /// The owner charges some of the ways in which an attempt can end without an image.
        DependsOnEnd(Undelivered) => "attempt_charge_by_end",
        /// A conversation may fail at any of its turns.
        TurnOpen => "turn_of_failure_open",
        /// No image was delivered that could have a cost.
        NoImageDelivered => "no_image_delivered",
        /// How many attempts are billed is not stated in full.
        BilledShare => "billed_attempts_not_stated",
    }
}

/// How an attempt ends that delivers nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Undelivered {
    /// By a filter.
    Blocked,
    /// By an error.
    Failed,
    /// After too long.
    TimedOut,
}

impl Undelivered {
    /// The word before attempts.
    pub(crate) fn alone(self) -> &'static str {
        match self {
            Undelivered::Failed => "failed",
            Undelivered::TimedOut => "timed-out",
            Undelivered::Blocked => "blocked",
        }
    }
}

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a {}", self.alone())
    }
}

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Attempts::ChargeNotStated(end) => {
                write!(f, concat!("who pays for {} attempt is ", not_stated!()), end)
            }
            Attempts::MayBeCharged(end) => write!(f, "{end} attempt may be charged"),
            Attempts::ChargedInPart(end) => {
                write!(f, "{end} attempt is charged in part, how much is not stated")
            }
            Attempts::RefundedOnRequest(end) => {
                write!(f, "{end} attempt is refunded only on request")
            }
            Attempts::DependsOnEnd(end) => {
                write!(f, "whether {end} attempt is charged depends on how it ends")
            }
            Attempts::TurnOpen => {
                f.write_str("a conversation that does not succeed may end at any of its turns")
            }
            Attempts::NoImageDelivered => f.write_str("no image was delivered"),
            Attempts::BilledShare => f.write_str("which attempts are billed is not fully stated"),
        }
    }
}
