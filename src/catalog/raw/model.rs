//! `models/<id>.yaml` as written.

use std::collections::BTreeMap;

use super::{Count, PriceText, RawEvidence, Spanned, Text};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawModel {
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
pub(in crate::catalog) struct RawLaunch {
    pub on: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawShutdown {
    pub on: Text,
    pub announced: Option<Text>,
    #[serde(default)]
    pub replacements: Vec<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawRules {
    pub from: Option<Text>,
    pub until: Option<Text>,
    pub seen_no_later_than: Option<Text>,
    pub sizes: RawSizes,
    pub qualities: Option<RawQualities>,
    pub images_per_request: Option<RawImagesPerRequest>,
    pub output_tokens: RawOutputTokens,
    pub partial_images: Option<RawPartialImages>,
    pub text_output: Option<RawTextOutput>,
    pub input_images: RawInputImages,
    pub prompt: Option<RawPrompt>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawSizes {
    pub default: Option<Text>,
    pub rule: RawSizeRule,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawSizeRule {
    Listed(Vec<Text>),
    Grid(Box<RawSizeGrid>),
    Tiers(Vec<Text>),
    NotKnown(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawSizeGrid {
    pub edge_multiple: Count,
    pub max_edge: Count,
    pub max_aspect: Count,
    pub min_pixels: Count,
    pub max_pixels: Count,
    pub experimental_above_pixels: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawQualities {
    pub default: Text,
    pub labels: Vec<Text>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawImagesPerRequest {
    pub max: Count,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawOutputTokens {
    pub rule: RawOutputRule,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawOutputRule {
    Table(BTreeMap<String, BTreeMap<String, Count>>),
    EdgeGrid(RawEdgeGrid),
    ObservedMultiple(RawObservedMultiple),
    ByTier(BTreeMap<String, Count>),
    Each(Count),
    NotKnown(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawEdgeGrid {
    pub factors: BTreeMap<String, Count>,
    pub pixel_offset: Count,
    pub divisor: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawObservedMultiple {
    pub of: RawEdgeGrid,
    pub times: BTreeMap<String, RawMultiple>,
    pub reason: Text,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawMultiple {
    pub low: Spanned<PriceText>,
    pub high: Spanned<PriceText>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPartialImages {
    pub max: Count,
    pub tokens_each: Count,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTextOutput {
    pub low_per_image: Count,
    pub high_per_image: Option<Count>,
    pub reason: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawInputImages {
    pub max: Option<Count>,
    pub rule: RawInputImageRule,
    pub fidelity: Option<RawFidelity>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawInputImageRule {
    Tiles(RawTiles),
    Patches(RawPatches),
    Each(Count),
    NotKnown(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTiles {
    pub short_edge: Count,
    pub tile_edge: Count,
    pub base_tokens: Count,
    pub tokens_per_tile: Count,
    pub published: Spanned<bool>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPatches {
    pub patch_edge: Count,
    pub max_patches: Count,
    pub enlarge_to: Count,
    pub enlarge_at_most: Count,
    pub max_aspect: Count,
    pub published: Spanned<bool>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawFidelity {
    Selectable(RawHighFidelity),
    Refused(Text),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawHighFidelity {
    pub high_adds_square: Count,
    pub high_adds_other: Count,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawPrompt {
    pub max_characters: Count,
    pub encoding: Text,
    pub generation: RawAddedTokens,
    pub edit: Vec<RawAddedTokens>,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawAddedTokens {
    pub input_images: Option<Count>,
    pub image_size: Option<Text>,
    pub low: Count,
    pub expected: Option<Count>,
    pub high: Count,
    pub assumption: Option<Text>,
}
