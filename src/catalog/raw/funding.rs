//! How the unit of a price is bought, as written.

use super::{PriceText, RawEvidence, Spanned, Text};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFunding {
    pub purchase_fee: Option<RawPurchaseFee>,
    pub fee_not_stated: Option<Text>,
    pub minimum_top_up: Option<Spanned<PriceText>>,
    #[serde(default)]
    pub bonuses: Vec<RawBonus>,
    #[serde(default)]
    pub subscriptions: Vec<RawSubscription>,
    #[serde(default)]
    pub packs: Vec<RawPack>,
    pub expiry: Option<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPurchaseFee {
    pub percent: Spanned<PriceText>,
    pub minimum: Option<Spanned<PriceText>>,
    pub taken: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawBonus {
    pub from: Spanned<PriceText>,
    pub percent: Spanned<PriceText>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawSubscription {
    pub name: Text,
    pub price: Spanned<PriceText>,
    pub every: Text,
    pub credits: Option<Spanned<PriceText>>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPack {
    pub price: Spanned<PriceText>,
    pub credits: Spanned<PriceText>,
}
