//! `<kind>/<owner>/<route>.yaml` as written.

use std::collections::BTreeMap;

use super::{
    Count, PriceText, RawEvidence, RawFunding, RawGuidance, RawStated, RawTerms, Spanned, Text,
};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawRoute {
    pub model: Text,
    pub alias: Text,
    pub upstream_model: Option<Text>,
    pub base_url: Option<Text>,
    pub endpoint: Text,
    pub billing_unit: Text,
    pub status: Option<Text>,
    pub size_honoured: Option<Text>,
    pub quality_honoured: Option<Text>,
    #[serde(default)]
    pub risks: Vec<Text>,
    #[serde(default)]
    pub guidance: RawGuidance,
    #[serde(default)]
    pub terms: RawTerms,
    pub rate_limits: Option<RawRateLimits>,
    pub cached_discount_seen: Option<Spanned<bool>>,
    pub funding: Option<RawFunding>,
    pub image_tool: Option<Spanned<RawImageTool>>,
    #[serde(default)]
    pub versions: Vec<Spanned<RawVersion>>,
    pub published_estimates: Option<RawPublishedEstimates>,
    pub advertised: Option<RawStated>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawImageTool {
    pub mainline_models: Vec<Text>,
    pub evidence: RawEvidence,
    #[serde(default)]
    pub not_counted: Vec<RawNotCounted>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawNotCounted {
    pub text: Text,
    pub of_later_turns: Option<Spanned<bool>>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawVersion {
    pub from: Option<Text>,
    pub until: Option<Text>,
    pub seen_no_later_than: Option<Text>,
    pub currency: Option<Text>,
    pub credit: Option<RawCredit>,
    pub evidence: RawEvidence,
    pub factor: Option<Spanned<PriceText>>,
    pub contract: Option<Text>,
    pub basis: Option<RawBasis>,
    pub discount: Option<RawDiscount>,
    #[serde(default)]
    pub rates: Vec<RawRate>,
    #[serde(default)]
    pub cheapest_of: Vec<Vec<RawRate>>,
    pub classes: Option<RawClasses>,
    pub auto_means: Option<RawAutoMeans>,
    pub images_per_call: Option<Count>,
    pub rounding: Option<RawRounding>,
    #[serde(default)]
    pub not_billed: Vec<Text>,
    #[serde(default)]
    pub not_stated: Vec<RawNotStated>,
    #[serde(default)]
    pub not_offered: Vec<RawNotOffered>,
    #[serde(default)]
    pub acknowledged: Vec<RawAcknowledgement>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawCredit {
    pub name: Text,
    pub usd_each: Option<Spanned<PriceText>>,
    pub per_usd: Option<Spanned<PriceText>>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawBasis {
    pub route: Text,
    pub factor: Option<Spanned<PriceText>>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawDiscount {
    pub of: Text,
    pub percent: Spanned<PriceText>,
    #[serde(default)]
    pub covers: Vec<Text>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawAcknowledgement {
    pub warning: Text,
    pub on: Text,
    pub reason: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawRateLimits {
    pub tiers: Vec<RawTier>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTier {
    pub tier: Text,
    pub paid: Option<Spanned<PriceText>>,
    pub tokens_per_minute: Option<Count>,
    pub images_per_minute: Option<Count>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawRate {
    pub meter: Text,
    pub price: Spanned<PriceText>,
    pub per: Text,
    pub after: Option<Count>,
    pub whole_units: Option<Spanned<bool>>,
    pub when: Option<RawWhen>,
    pub evidence: Option<RawEvidence>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawNotStated {
    pub meters: Vec<Text>,
    pub when: Option<RawWhen>,
    pub reason: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawWhen {
    pub processing: Option<Text>,
    pub quality: Option<Text>,
    pub size: Option<Text>,
    pub class: Option<Text>,
    pub mode: Option<Text>,
    pub format: Option<Text>,
    pub aspect: Option<Text>,
    pub input_tokens_up_to: Option<Count>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawClasses {
    pub by: Text,
    pub buckets: Vec<RawBucket>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawBucket {
    pub name: Text,
    pub up_to: Option<Count>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawAutoMeans {
    pub quality: Option<Text>,
    pub class: Option<Text>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawRounding {
    pub of: Text,
    pub mode: Text,
    pub to: Spanned<PriceText>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawNotOffered {
    pub processing: Option<Text>,
    pub quality: Option<Text>,
    pub mode: Option<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPublishedEstimates {
    pub evidence: RawEvidence,
    pub per_image: BTreeMap<String, BTreeMap<String, Spanned<PriceText>>>,
}
