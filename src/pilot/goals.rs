//! Goals of a pilot, and what a log can show of them.

use std::fmt;

use rust_decimal::Decimal;

use crate::reason::Reasons;

/// What must be met, and how well it must be known.
#[derive(Debug, Clone, Default)]
pub struct Goals {
    /// The most that an accepted image may cost.
    pub max_cost_per_accepted: Option<Decimal>,
    /// The least share of delivered images that must be accepted.
    pub min_acceptance: Option<Decimal>,
    /// The most seconds that nine of ten images may take.
    pub max_p90: Option<Decimal>,
    /// How wide the interval of the acceptance is wanted.
    pub width: Decimal,
}

impl Goals {
    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        [self.max_cost_per_accepted, self.min_acceptance, self.max_p90].iter().any(Option::is_some)
    }
}

/// A goal, and whether the log shows that it is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Which goal.
    pub kind: GoalKind,
    /// Its limit.
    pub limit: Decimal,
    /// What the log shows of it.
    pub verdict: GoalVerdict,
}

/// What a log shows of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalVerdict {
    /// It is met.
    Met,
    /// It is missed.
    Missed,
    /// It may be either.
    NotShown(NotShown),
}

impl GoalVerdict {
    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            GoalVerdict::Met => "met",
            GoalVerdict::Missed => "missed",
            GoalVerdict::NotShown(_) => "not_shown",
        }
    }
}

/// Why a log does not show whether a goal is met.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotShown {
    /// So many rows of the log cannot be read.
    RowsNotRead(usize),
    /// No image was accepted.
    NoneAccepted,
    /// No image is reviewed yet.
    NoneReviewed,
    /// No image was delivered.
    NoneDelivered,
    /// The cost is open for these reasons.
    CostOpen(Reasons),
    /// The interval of the share reaches to both sides of the goal.
    TooFewImages,
    /// No latency was logged.
    NoLatency,
    /// Delivered images without a latency.
    LatencyMissing,
}

impl fmt::Display for NotShown {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            NotShown::RowsNotRead(rows) => {
                let plural = if *rows == 1 { "" } else { "s" };
                return write!(f, "{rows} row{plural} of the log cannot be read");
            }
            NotShown::CostOpen(reasons) => return f.write_str(&reasons.in_words()),
            NotShown::NoneAccepted => "no image was accepted",
            NotShown::NoneReviewed => "no image is reviewed yet",
            NotShown::NoneDelivered => "no image was delivered",
            NotShown::TooFewImages => "the interval of so few images reaches to both sides of it",
            NotShown::NoLatency => "no latency was logged",
            NotShown::LatencyMissing => "some delivered images have no latency",
        })
    }
}

/// A kind of goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoalKind {
    /// The cost of an accepted image.
    CostPerAccepted,
    /// The share of delivered images that is accepted.
    Acceptance,
    /// The time that nine of ten images do not exceed.
    P90,
}

impl GoalKind {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            GoalKind::CostPerAccepted => "max_cost_per_accepted",
            GoalKind::Acceptance => "min_acceptance",
            GoalKind::P90 => "max_p90",
        }
    }
}
