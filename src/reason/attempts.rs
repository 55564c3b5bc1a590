//! Why the cost of an attempt that delivers nothing is open, by the terms of its owner.

use std::fmt;

/// Why the cost of attempts is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Attempts {
    /// The owner does not state who pays.
    ChargeNotStated(Undelivered),
    /// The owner says that it may be charged.
    MayBeCharged(Undelivered),
    /// The owner charges a part that it does not state.
    ChargedInPart(Undelivered),
    /// It is given back only to who asks.
    RefundedOnRequest(Undelivered),
    /// The owner charges some of the ways in which it can end.
    DependsOnEnd(Undelivered),
    /// A conversation may fail at any of its turns.
    TurnOpen,
    /// No image was delivered that could have a cost.
    NoImageDelivered,
    /// How many attempts are billed is not stated in full.
    BilledShare,
}

/// How an attempt ends that delivers nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undelivered {
    /// By a filter.
    Blocked,
    /// By an error.
    Failed,
    /// After too long.
    TimedOut,
}

impl Attempts {
    pub(super) fn code(self) -> &'static str {
        match self {
            Attempts::ChargeNotStated(_) => "attempt_charge_not_stated",
            Attempts::MayBeCharged(_) => "attempt_may_be_charged",
            Attempts::ChargedInPart(_) => "attempt_charged_in_part",
            Attempts::RefundedOnRequest(_) => "attempt_refunded_on_request",
            Attempts::DependsOnEnd(_) => "attempt_charge_by_end",
            Attempts::TurnOpen => "turn_of_failure_open",
            Attempts::NoImageDelivered => "no_image_delivered",
            Attempts::BilledShare => "billed_attempts_not_stated",
        }
    }
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
                write!(f, "who pays for {end} attempt is not stated by the price owner")
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
