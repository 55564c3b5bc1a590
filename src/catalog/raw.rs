//! The YAML files as written: shapes only, every leaf with its place and still text.
//!
//! Nothing is checked here beyond keys and types; [`super::read_model`] and its siblings turn these
//! shapes into valid ones and report every broken rule. Plain structs and externally tagged enums
//! only: flattened or untagged ones lose the places and read numbers through floats.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::collections::BTreeMap;
use std::fmt;

pub(super) use super::yaml::Spanned;

/// Text with its place.
pub(super) type Text = Spanned<String>;
/// A whole number with its place.
pub(super) type Count = Spanned<u64>;

/// A price as written: quoted text, or a bare number that is kept only to be reported.
#[derive(Debug)]
pub(super) enum PriceText {
    Quoted(String),
    Unquoted,
}

impl<'de> Deserialize<'de> for PriceText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PriceVisitor;
        impl Visitor<'_> for PriceVisitor {
            type Value = PriceText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a price in quotes, such as \"5.00\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<PriceText, E> {
                Ok(PriceText::Quoted(text.to_owned()))
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
        }
        deserializer.deserialize_any(PriceVisitor)
    }
}

/// `models/<id>.yaml`
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModel {
    pub name: Text,
    pub maker: Text,
    #[serde(default)]
    pub aliases: Vec<Text>,
    pub launch: Option<RawLaunch>,
    pub shutdown: Option<RawShutdown>,
    #[serde(default)]
    pub rules: Vec<Spanned<RawRules>>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLaunch {
    pub on: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawShutdown {
    pub on: Text,
    pub announced: Option<Text>,
    #[serde(default)]
    pub replacements: Vec<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEvidence {
    pub source: Text,
    pub seen: Text,
    pub confidence: Text,
    pub note: Option<Text>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRules {
    pub from: Option<Text>,
    pub until: Option<Text>,
    pub sizes: RawSizes,
    pub qualities: RawQualities,
    pub images_per_request: RawImagesPerRequest,
    pub output_tokens: RawOutputTokens,
    pub partial_images: Option<RawPartialImages>,
    pub text_output: Option<RawTextOutput>,
    pub input_images: RawInputImages,
    pub prompt: RawPrompt,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSizes {
    pub default: Text,
    pub rule: RawSizeRule,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawSizeRule {
    Listed(Vec<Text>),
    Grid(Box<RawSizeGrid>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSizeGrid {
    pub edge_multiple: Count,
    pub max_edge: Count,
    pub max_aspect: Count,
    pub min_pixels: Count,
    pub max_pixels: Count,
    pub experimental_above_pixels: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQualities {
    pub default: Text,
    pub labels: Vec<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImagesPerRequest {
    pub max: Count,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutputTokens {
    pub rule: RawOutputRule,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawOutputRule {
    Table(BTreeMap<String, BTreeMap<String, Count>>),
    EdgeGrid(RawEdgeGrid),
    ObservedMultiple(RawObservedMultiple),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEdgeGrid {
    pub factors: BTreeMap<String, Count>,
    pub pixel_offset: Count,
    pub divisor: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawObservedMultiple {
    pub of: RawEdgeGrid,
    pub times: BTreeMap<String, RawMultiple>,
    pub reason: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMultiple {
    pub low: Spanned<PriceText>,
    pub high: Spanned<PriceText>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPartialImages {
    pub max: Count,
    pub tokens_each: Count,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTextOutput {
    pub low_per_image: Count,
    pub high_per_image: Count,
    pub reason: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInputImages {
    pub max: Count,
    pub rule: RawInputImageRule,
    pub fidelity: RawFidelity,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawInputImageRule {
    Tiles(RawTiles),
    Patches(RawPatches),
    NotKnown(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTiles {
    pub short_edge: Count,
    pub tile_edge: Count,
    pub base_tokens: Count,
    pub tokens_per_tile: Count,
    pub published: Spanned<bool>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPatches {
    pub patch_edge: Count,
    pub max_patches: Count,
    pub enlarge_to: Count,
    pub enlarge_at_most: Count,
    pub max_aspect: Count,
    pub published: Spanned<bool>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawFidelity {
    Selectable(RawHighFidelity),
    Refused(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHighFidelity {
    pub high_adds_square: Count,
    pub high_adds_other: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrompt {
    pub max_characters: Count,
    pub encoding: Text,
    pub generation: RawAddedTokens,
    pub edit: Vec<RawAddedTokens>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAddedTokens {
    pub input_images: Option<Count>,
    pub image_size: Option<Text>,
    pub low: Count,
    pub expected: Option<Count>,
    pub high: Count,
    pub assumption: Option<Text>,
}

/// `<kind>/<owner>/owner.yaml`
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOwner {
    pub name: Text,
    pub terms: Option<RawTerms>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerms {
    pub contract: RawTerm,
    pub upload_policy: RawTerm,
    pub output_rights: RawTerm,
    pub support: RawTerm,
    pub failure_charges: RawFailureCharges,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawTerm {
    NotStated,
    Stated(Box<RawStated>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStated {
    pub text: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFailureCharges {
    pub client_error: RawCharge,
    pub block_at_input: RawCharge,
    pub block_at_output: RawCharge,
    pub server_error: RawCharge,
    pub timeout: RawCharge,
    pub client_disconnect: RawCharge,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCharge {
    pub charge: Text,
    pub evidence: Option<RawEvidence>,
}

/// `<kind>/<owner>/<route>.yaml`
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoute {
    pub model: Text,
    pub alias: Text,
    pub endpoint: Text,
    pub billing_unit: Text,
    pub terms: Option<RawTerms>,
    pub cached_discount_seen: Option<Spanned<bool>>,
    pub versions: Vec<Spanned<RawVersion>>,
    pub published_estimates: Option<RawPublishedEstimates>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVersion {
    pub from: Option<Text>,
    pub until: Option<Text>,
    pub currency: Text,
    pub evidence: RawEvidence,
    pub rates: Vec<RawRate>,
    #[serde(default)]
    pub not_billed: Vec<Text>,
    #[serde(default)]
    pub not_stated: Vec<RawNotStated>,
    #[serde(default)]
    pub not_offered: Vec<RawNotOffered>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRate {
    pub meter: Text,
    pub price: Spanned<PriceText>,
    pub per: Text,
    pub when: Option<RawWhen>,
    pub evidence: Option<RawEvidence>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNotStated {
    pub meters: Vec<Text>,
    pub when: Option<RawWhen>,
    pub reason: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWhen {
    pub processing: Option<Text>,
    pub input_tokens_up_to: Option<Count>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNotOffered {
    pub processing: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublishedEstimates {
    pub evidence: RawEvidence,
    pub per_image: BTreeMap<String, BTreeMap<String, Spanned<PriceText>>>,
}
