//! What of API requests and replies is known to bill nothing by itself, and what may bill and is not read: the dated
//! lists of `free_keys.yaml`.

use super::check::{Checker, all};
use super::evidence::Evidence;
use super::raw::{RawFreeKey, RawFreeKeys};

/// The lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeKeys {
    /// Parameters of requests that bill nothing.
    pub requests: FreeList,
    /// Keys of replies that bill nothing.
    pub replies: FreeList,
    /// Parameters of requests that may bill and are not read: never mistakes in spelling.
    pub not_read: FreeList,
}

/// Keys of which the same is known: that they bill nothing by themselves, or may bill and are not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeList(pub Vec<FreeKey>);

/// Keys that bill nothing by themselves, or are not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeKey {
    /// Their paths, without the numbers of items.
    pub keys: Vec<String>,
    /// Why they bill nothing, or are not read.
    pub reason: String,
    /// Who says so.
    pub evidence: Evidence,
}

impl FreeList {
    /// All of its keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|free| &free.keys).map(String::as_str)
    }

    /// What is said of a key that stands in it, or under one that does.
    pub fn reason(&self, key: &str) -> Option<&str> {
        let of_key = |free: &&FreeKey| FreeList(vec![(*free).clone()]).has(key);
        self.0.iter().find(of_key).map(|free| free.reason.as_str())
    }

    /// Whether a key stands in it, or under one that does.
    pub fn has(&self, key: &str) -> bool {
        self.keys().any(|free| {
            key.strip_prefix(free).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

pub(super) fn lists(check: &mut Checker, raw: &RawFreeKeys) -> Option<FreeKeys> {
    let requests = list(check, &raw.requests);
    let replies = list(check, &raw.replies);
    let not_read = list(check, &raw.not_read);
    Some(FreeKeys { requests: requests?, replies: replies?, not_read: not_read? })
}

fn list(check: &mut Checker, raw: &[RawFreeKey]) -> Option<FreeList> {
    all(raw.iter().map(|raw| free_key(check, raw)).collect()).map(FreeList)
}

fn free_key(check: &mut Checker, raw: &RawFreeKey) -> Option<FreeKey> {
    let keys = all(raw.keys.iter().map(|key| check.text(key)).collect());
    let reason = check.text(&raw.reason);
    let evidence = check.evidence(&raw.evidence);
    Some(FreeKey { keys: keys?, reason: reason?, evidence: evidence? })
}
