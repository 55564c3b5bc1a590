//! `free_keys.yaml` as written.

use super::{RawEvidence, Text};
use crate::catalog::yaml::keys;

/// What of API requests and replies is known to bill nothing by itself.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawFreeKeys {
    /// Parameters of requests.
    #[schemars(default)]
    pub requests: Vec<RawFreeKey>,
    /// Keys of replies.
    #[schemars(default)]
    pub replies: Vec<RawFreeKey>,
    /// Parameters of requests that the API knows and that may bill: what they add is not read.
    #[schemars(default)]
    pub not_read: Vec<RawFreeKey>,
}

keys! { RawFreeKeys: requests or empty, replies or empty, not_read or empty }

/// Keys that bill nothing by themselves, or may bill and are not read.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawFreeKey {
    /// Their paths, without the numbers of items; what stands under them is free as well. An item of
    /// `output` of a reply is `output.` and its type.
    pub keys: Vec<Text>,
    /// Why they bill nothing, or are not read.
    pub reason: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawFreeKey: keys, reason, evidence }
