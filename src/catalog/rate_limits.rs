//! How much of a route an account may use at a time, by the tier of the account.

use rust_decimal::Decimal;

use super::check::{Checker, all, optional};
use super::evidence::Evidence;
use super::raw::{RawRateLimits, RawTier};

/// The limits of a route by account tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimits {
    /// The tiers, the lowest first.
    pub tiers: Vec<Tier>,
    /// Who says so.
    pub evidence: Evidence,
}

/// What an account of one tier may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The name of the tier, such as `1`.
    pub name: String,
    /// What an account must have paid to reach it, in US dollars; `None` if not stated.
    pub paid: Option<Decimal>,
    /// Tokens of all kinds in a minute; `None` if not stated.
    pub tokens_per_minute: Option<u64>,
    /// Images in a minute; `None` if not stated.
    pub images_per_minute: Option<u64>,
}

pub(super) fn rate_limits(check: &mut Checker, raw: &RawRateLimits) -> Option<RateLimits> {
    let tiers = all(raw.tiers.iter().map(|raw| tier(check, raw)).collect());
    let evidence = check.evidence(&raw.evidence);
    Some(RateLimits { tiers: tiers?, evidence: evidence? })
}

fn tier(check: &mut Checker, raw: &RawTier) -> Option<Tier> {
    let name = check.text(&raw.tier);
    let paid = optional(raw.paid.as_ref(), |raw| check.price(raw));
    let mut per_minute = |raw: Option<&super::raw::Count>| optional(raw, |raw| check.tokens(raw));
    let tokens = per_minute(raw.tokens_per_minute.as_ref());
    let images = per_minute(raw.images_per_minute.as_ref());
    Some(Tier { name: name?, paid: paid?, tokens_per_minute: tokens?, images_per_minute: images? })
}
