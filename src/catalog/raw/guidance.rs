//! `guidance.yaml`, and the lines of guidance that a route may carry, as written.

use super::Text;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawGuidanceTable {
    pub channels: Vec<RawChannel>,
}

/// What is said of one kind of offer: an app, the maker's own API, a provider, a wrapper.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawChannel {
    pub channel: Text,
    pub use_for: Text,
    pub hold_back_when: Text,
    pub stop_when: Text,
    pub fits: Vec<RawFit>,
}

/// Whether a channel fits a kind of work, and why.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFit {
    pub work: Text,
    pub fit: Text,
    pub reason: Text,
}

/// Lines that a route says of itself; those left out are its channel's.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawGuidance {
    pub use_for: Option<Text>,
    pub hold_back_when: Option<Text>,
    pub stop_when: Option<Text>,
}
