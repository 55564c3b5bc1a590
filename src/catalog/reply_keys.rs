//! What of API replies is known to bill nothing by itself: the dated list of `reply_keys.yaml`.

use super::check::{Checker, all};
use super::evidence::Evidence;
use super::raw::{RawFreeKey, RawReplyKeys};

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyKeys {
    /// Keys that bill nothing.
    pub free: Vec<FreeKeys>,
}

/// Keys that bill nothing by themselves, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeKeys {
    /// Their paths in a reply, without the numbers of items.
    pub keys: Vec<String>,
    /// Why they bill nothing.
    pub reason: String,
    /// Who says so.
    pub evidence: Evidence,
}

pub(super) fn list(check: &mut Checker, raw: &RawReplyKeys) -> Option<ReplyKeys> {
    let free = all(raw.free.iter().map(|raw| free_keys(check, raw)).collect());
    Some(ReplyKeys { free: free? })
}

fn free_keys(check: &mut Checker, raw: &RawFreeKey) -> Option<FreeKeys> {
    let keys = all(raw.keys.iter().map(|key| check.text(key)).collect());
    let reason = check.text(&raw.reason);
    let evidence = check.evidence(&raw.evidence);
    Some(FreeKeys { keys: keys?, reason: reason?, evidence: evidence? })
}
