//! How the unit of a price is bought, as written.

use super::{Price, RawEvidence, Text, Word};
use crate::catalog::funding::{Every, FeeTaken};
use crate::catalog::yaml::keys;

/// How the unit is bought. It applies to a volume, never to a single request.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawFunding {
    /// A fee on each purchase.
    pub purchase_fee: Option<RawPurchaseFee>,
    /// A fee that is taken at a rate that is not stated, in words; instead of `purchase_fee`.
    pub fee_not_stated: Option<Text>,
    /// The least purchase, in US dollars.
    pub minimum_top_up: Option<Price>,
    /// Bonuses on large purchases, the smallest first.
    #[schemars(default)]
    pub bonuses: Vec<RawBonus>,
    /// Subscriptions that include credits.
    #[schemars(default)]
    pub subscriptions: Vec<RawSubscription>,
    /// Packs of credits.
    #[schemars(default)]
    pub packs: Vec<RawPack>,
    /// When what was bought is lost, in words.
    pub expiry: Option<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! {
    RawFunding:
    purchase_fee, fee_not_stated, minimum_top_up, bonuses or empty, subscriptions or empty,
    packs or empty, expiry, evidence
}

/// A fee on each purchase.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPurchaseFee {
    /// Percent of the credit that is bought.
    pub percent: Price,
    /// The least fee, in US dollars.
    pub minimum: Option<Price>,
    /// `on_top`: credit × (1 + percent) is paid; `inside`: a payment ÷ (1 + percent) is the credit.
    pub taken: Word<FeeTaken>,
}

keys! { RawPurchaseFee: percent, minimum, taken }

/// More credit for a large purchase.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBonus {
    /// The least purchase that gets it, in US dollars.
    pub from: Price,
    /// Percent of the purchase that is added as credit.
    pub percent: Price,
}

keys! { RawBonus: from, percent }

/// A price for each period that includes credits.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawSubscription {
    /// Its name.
    pub name: Text,
    /// US dollars for each period.
    pub price: Price,
    /// The period.
    pub every: Word<Every>,
    /// Credits in each period; left out where they are not published.
    pub credits: Option<Price>,
}

keys! { RawSubscription: name, price, every, credits }

/// A one-time purchase of credits.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPack {
    /// US dollars.
    pub price: Price,
    /// The credits that it gives.
    pub credits: Price,
}

keys! { RawPack: price, credits }
