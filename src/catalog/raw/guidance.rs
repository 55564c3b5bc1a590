//! `guidance.yaml`, and the lines of guidance that a route may carry, as written.

use super::{Text, Word};
use crate::catalog::guidance::{Channel, Fit, Work};
use crate::catalog::yaml::keys;

/// For whom which kind of offer is.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawGuidanceTable {
    /// The kinds of offer.
    pub channels: Vec<RawChannel>,
}

keys! { RawGuidanceTable: channels }

/// What is said of one kind of offer: an app, the maker's own API, a provider, a wrapper.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawChannel {
    /// The kind of offer.
    pub channel: Word<Channel>,
    /// What it is for.
    pub use_for: Text,
    /// When to hold back.
    pub hold_back_when: Text,
    /// When to stop.
    pub stop_when: Text,
    /// Whether it fits each kind of work.
    pub fits: Vec<RawFit>,
}

keys! { RawChannel: channel, use_for, hold_back_when, stop_when, fits }

/// Whether a channel fits a kind of work, and why.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawFit {
    /// The kind of work.
    pub work: Word<Work>,
    /// Whether it fits.
    pub fit: Word<Fit>,
    /// Why.
    pub reason: Text,
}

keys! { RawFit: work, fit, reason }

/// Lines that a route says of itself; those left out are its channel's.
#[derive(Debug, Default, schemars::JsonSchema)]
pub(in crate::catalog) struct RawGuidance {
    /// What it is for.
    pub use_for: Option<Text>,
    /// When to hold back.
    pub hold_back_when: Option<Text>,
    /// When to stop.
    pub stop_when: Option<Text>,
}

keys! { RawGuidance: use_for, hold_back_when, stop_when }
