//! Attempts, failures and terms → the cost per accepted image.
//!
//! One attempt is one image asked for. Failed, blocked and timed-out attempts are disjoint shares of
//! all attempts; of the images delivered, a share is accepted, and every delivered image is billed
//! whether a reviewer accepts it or not. Who pays for the others is a term of the route.
//!
//! With failures *f* and acceptance *a*, an attempt ends in an accepted image with p = (1 − f) · a, so
//! that an accepted image takes 1 ÷ p attempts. Given up after *k* attempts, 1 − (1 − p)^k of the wanted
//! images are accepted.
//!
//! A conversation of several turns is one attempt: it asks for one image, its last, and the images on
//! the way to it are paid for and not accepted.

mod cost;
mod failed;
mod rates;
mod review;

pub use cost::{AttemptCost, CallCost, FewerAccepted, RequestCost, TurnCosts, VolumeCost, cost};
pub use failed::average_request;
pub(crate) use failed::{charged, event_cost};
pub use rates::{AttemptRates, Failures, MOST_ATTEMPTS, RatesError, parse_attempts};
pub use review::{ReviewCost, per_attempt as review_per_attempt};
