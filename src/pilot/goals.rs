//! Goals of a pilot, and whether a log shows that they are met.

use std::fmt;

use rust_decimal::Decimal;

use super::costs::PerAccepted;
use super::results::RouteResults;
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
    /// Whether it is shown to be met.
    pub met: bool,
    /// Why it is not shown, where it is not simply missed.
    pub open: Option<NotShown>,
}

impl Goal {
    /// The word in files.
    pub fn standing(&self) -> &'static str {
        match (self.met, &self.open) {
            (true, _) => "met",
            (false, None) => "missed",
            (false, Some(_)) => "not_shown",
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

/// The goals of a route. What the log leaves open is not met.
pub(super) fn held(found: &RouteResults, goals: &Goals, rejected: usize) -> Vec<Goal> {
    let goal = |kind, limit: Option<Decimal>, of: fn(&RouteResults, Decimal) -> Standing| {
        let limit = limit?;
        let standing = match of(found, limit) {
            Standing::Met if rejected > 0 => Standing::Open(NotShown::RowsNotRead(rejected)),
            standing => standing,
        };
        let met = standing == Standing::Met;
        let open = if let Standing::Open(why) = standing { Some(why) } else { None };
        Some(Goal { kind, limit, met, open })
    };
    [
        goal(GoalKind::CostPerAccepted, goals.max_cost_per_accepted, cost_standing),
        goal(GoalKind::Acceptance, goals.min_acceptance, acceptance_standing),
        goal(GoalKind::P90, goals.max_p90, p90_standing),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[derive(PartialEq, Eq)]
enum Standing {
    Met,
    Missed,
    /// It may be either.
    Open(NotShown),
}

/// What is known best counts: of each attempt the cost that was logged, else the rated one.
fn cost_standing(found: &RouteResults, limit: Decimal) -> Standing {
    let Some(PerAccepted { known, .. }) = &found.per_accepted else {
        return Standing::Open(NotShown::NoneAccepted);
    };
    match known.high() {
        _ if known.low() > limit => Standing::Missed,
        Some(high) if high <= limit => Standing::Met,
        _ => Standing::Open(NotShown::CostOpen(known.reasons().clone())),
    }
}

/// The whole interval must reach the goal: a share that was seen in few images proves little.
fn acceptance_standing(found: &RouteResults, least: Decimal) -> Standing {
    match found.acceptance().interval() {
        None if found.not_reviewed > 0 => Standing::Open(NotShown::NoneReviewed),
        None => Standing::Open(NotShown::NoneDelivered),
        Some(interval) if interval.low >= least => Standing::Met,
        Some(interval) if interval.high < least => Standing::Missed,
        Some(_) => Standing::Open(NotShown::TooFewImages),
    }
}

fn p90_standing(found: &RouteResults, most: Decimal) -> Standing {
    match found.latency {
        None => Standing::Open(NotShown::NoLatency),
        Some(latency) if latency.p90 > most => Standing::Missed,
        Some(latency) if latency.count < found.delivered => {
            Standing::Open(NotShown::LatencyMissing)
        }
        Some(_) => Standing::Met,
    }
}
