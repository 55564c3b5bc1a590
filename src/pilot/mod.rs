//! Pilots: a set of trials priced ahead, the log that is filled while they run, and what it shows.
//!
//! ```text
//! set, routes ─ plan (one estimate a sample and route) ─► what it will cost ─► log template
//! filled log ─ log (rows, or problems with row and column) ─ rated (the day's prices) ─┐
//!   cost per accepted image, acceptance with its interval, latency ◄─ results (by route) ┘
//! results ─► goals met or not, rates for a budget, how many more trials
//! ```
//!
//! A row of a log is one attempt at one image. A row that cannot be read is kept apart with its reasons
//! and never counted; images made by hand in an app are paid by a seat and have no price of their own.

mod costs;
mod counts;
mod goals;
pub mod interval;
pub mod log;
mod plan;
mod priced_on;
mod rated;
mod results;
mod route_results;
mod sets;
mod shared;
mod verdicts;

pub use costs::{Basis, Costs, Logged, PerAccepted};
pub use goals::{Goal, GoalKind, GoalVerdict, Goals, NotShown};
pub use plan::{Plan, Question, Role, Trial, TrialCost, plan};
pub use rated::{Difference, RatedRow};
pub use results::{Results, results};
pub use route_results::{Latency, More, Proportion, RouteResults};
pub use sets::{Sample, Set};
pub use shared::Shared;

/// The word for the route of an image that is made by hand in an app, and paid by a seat.
pub const SEAT: &str = "seat";
