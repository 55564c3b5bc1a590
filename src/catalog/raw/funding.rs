//! How the unit of a price is bought, as written.

use super::{Price, RawEvidence, Text, Word};
use crate::catalog::funding::{Every, FeeTaken};

/// How the unit is bought. It applies to a volume, never to a single request.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFunding {
    /// A fee on each purchase.
    pub purchase_fee: Option<RawPurchaseFee>,
    /// A fee that is taken at a rate that is not stated, in words; instead of `purchase_fee`.
    pub fee_not_stated: Option<Text>,
    /// The least purchase, in US dollars.
    pub minimum_top_up: Option<Price>,
    /// Bonuses on large purchases, the smallest first.
    #[serde(default)]
    pub bonuses: Vec<RawBonus>,
    /// Subscriptions that include credits.
    #[serde(default)]
    pub subscriptions: Vec<RawSubscription>,
    /// Packs of credits.
    #[serde(default)]
    pub packs: Vec<RawPack>,
    /// When what was bought is lost, in words.
    pub expiry: Option<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
}

/// A fee on each purchase.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPurchaseFee {
    /// Percent of the credit that is bought.
    pub percent: Price,
    /// The least fee, in US dollars.
    pub minimum: Option<Price>,
    /// `on_top`: credit × (1 + percent) is paid; `inside`: a payment ÷ (1 + percent) is the credit.
    pub taken: Word<FeeTaken>,
}

/// More credit for a large purchase.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawBonus {
    /// The least purchase that gets it, in US dollars.
    pub from: Price,
    /// Percent of the purchase that is added as credit.
    pub percent: Price,
}

/// A price for each period that includes credits.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
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

/// A one-time purchase of credits.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPack {
    /// US dollars.
    pub price: Price,
    /// The credits that it gives.
    pub credits: Price,
}
