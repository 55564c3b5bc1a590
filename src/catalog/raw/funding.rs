//! How the unit of a price is bought, as written.

use super::{Count, CurrencyCode, Price, RawEvidence, Text, Word};
use crate::catalog::funding::{DiscountOn, Every, FeeTaken, Payment};
use crate::catalog::yaml::keys;

/// How the unit is bought. It applies to a volume, never to a single request.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(extend(
    "if" = {"anyOf": [
        {"required": ["minimum_top_up"]},
        {"required": ["purchase_fee"], "properties": {"purchase_fee": {"required": ["minimum"]}}},
        {"required": ["bonuses"], "properties": {"bonuses": {"minItems": 1}}},
        {"required": ["volume_discount"], "properties": {"volume_discount": {"properties": {"tiers": {"minItems": 1}}}}},
        {"required": ["promotional_credits"], "properties": {"promotional_credits": {"minItems": 1}}},
        {"required": ["subscriptions"], "properties": {"subscriptions": {"minItems": 1}}},
        {"required": ["packs"], "properties": {"packs": {"minItems": 1}}}
    ]},
    "then" = {"required": ["currency"]}
))]
pub(in crate::catalog) struct RawFunding {
    /// The currency of the amounts below, as an ISO 4217 code; needed where one stands.
    pub currency: Option<Text<CurrencyCode>>,
    /// A fee on each purchase.
    pub purchase_fee: Option<RawPurchaseFee>,
    /// A fee that is taken at a rate that is not stated, in words; instead of `purchase_fee`.
    pub fee_not_stated: Option<Text>,
    /// The least purchase.
    pub minimum_top_up: Option<Price>,
    /// Bonuses on large purchases, the smallest first.
    #[schemars(default)]
    pub bonuses: Vec<RawBonus>,
    /// A discount on what is used in a calendar month.
    pub volume_discount: Option<RawVolumeDiscount>,
    /// Credit that is given away; it is told, and never taken off.
    #[schemars(default)]
    pub promotional_credits: Vec<RawPromotionalCredit>,
    /// Subscriptions: seats, and plans that include credits.
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
    currency, purchase_fee, fee_not_stated, minimum_top_up, bonuses or empty,
    volume_discount, promotional_credits or empty, subscriptions or empty,
    packs or empty, expiry, evidence
}

/// A fee on each purchase.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPurchaseFee {
    /// Percent of the credit that is bought; with `of_payment`, of what is paid.
    pub percent: Price,
    /// The least fee.
    pub minimum: Option<Price>,
    /// `on_top`: credit × (1 + percent) is paid; `inside`: a payment ÷ (1 + percent) is the credit; `of_payment`: a payment ×
    /// (1 - percent) is the credit.
    pub taken: Word<FeeTaken>,
}

keys! { RawPurchaseFee: percent, minimum, taken }

/// More credit for a large purchase.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBonus {
    /// The least purchase that gets it.
    pub from: Price,
    /// Percent of the purchase that is added as credit.
    pub percent: Price,
}

keys! { RawBonus: from, percent }

/// Less to pay for much use in a calendar month.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawVolumeDiscount {
    /// `whole`: off all of the value, at the percent of the highest tier that it reaches; `beyond`: off what lies in each tier.
    pub on: Word<DiscountOn>,
    /// The tiers, the smallest first.
    pub tiers: Vec<RawDiscountTier>,
}

keys! { RawVolumeDiscount: on, tiers }

/// A tier of a discount on volume.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawDiscountTier {
    /// The value of a month's use at the list from which it is given.
    pub from: Price,
    /// Percent that is taken off.
    pub percent: Price,
}

keys! { RawDiscountTier: from, percent }

/// Credit that is given away.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPromotionalCredit {
    /// How much.
    pub amount: Price,
    /// To whom, and when.
    pub given: Text,
    /// After how many days it is lost; left out where that is not stated.
    pub expires_after_days: Option<Count>,
}

keys! { RawPromotionalCredit: amount, given, expires_after_days }

/// A price for each period: of a seat, or of a plan that includes credits.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawSubscription {
    /// Its name.
    pub name: Text,
    /// The price for a period.
    pub price: Price,
    /// The period that the price is for.
    pub every: Word<Every>,
    /// How often it is paid: a price for a month may be paid by the year. Left out: each period.
    pub paid: Option<Word<Payment>>,
    /// The least number that is sold, such as 2 seats. Left out: 1.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub at_least: Option<Count>,
    /// Credits in each period; left out where they are not known.
    pub credits: Option<Price>,
}

keys! { RawSubscription: name, price, every, paid, at_least, credits }

/// A one-time purchase of credits.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPack {
    /// What is paid.
    pub price: Price,
    /// The credits that it gives.
    pub credits: Price,
}

keys! { RawPack: price, credits }
