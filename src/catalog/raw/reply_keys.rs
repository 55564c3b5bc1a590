//! `reply_keys.yaml` as written.

use super::{RawEvidence, Text};
use crate::catalog::yaml::keys;

/// What of API replies is known to bill nothing by itself.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawReplyKeys {
    /// The keys.
    pub free: Vec<RawFreeKey>,
}

keys! { RawReplyKeys: free }

/// Keys of a reply that bill nothing by themselves.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawFreeKey {
    /// Their paths in the reply, without the numbers of items; what stands under them is free as well. An
    /// item of `output` is `output.` and its type.
    pub keys: Vec<Text>,
    /// Why they bill nothing.
    pub reason: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawFreeKey: keys, reason, evidence }
