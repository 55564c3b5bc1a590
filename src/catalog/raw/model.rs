//! `models/<id>.yaml` as written.

use super::{
    Count, Day, Flag, Price, RawEvidence, RawInputImages, RawOutputTokens, RawPartialImages,
    RawPrompt, RawTextOutput, SizeText, Spanned, Text,
};
use crate::catalog::yaml::{keys, one_key};

/// What a model makes and how its usage is counted; no prices.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawModel {
    /// Its name for people.
    pub name: Text,
    /// The id of its maker, which alone is official for it.
    pub maker: Text,
    /// Other names of it, such as snapshots.
    #[schemars(default)]
    pub aliases: Vec<Text>,
    /// When it came.
    pub launch: Option<RawLaunch>,
    /// When its maker's own routes end.
    pub shutdown: Option<RawShutdown>,
    /// Values of parameters that its API refuses on certain days.
    #[schemars(default)]
    pub refused: Vec<Spanned<RawRefusal>>,
    /// By what its price is multiplied where its maker keeps data in a region.
    pub data_residency: Option<RawResidency>,
    /// Its rules by date, the oldest first; none for a mainline model that calls an image tool.
    #[schemars(default)]
    pub rules: Vec<Spanned<RawRules>>,
}

keys! {
    RawModel:
    name, maker, aliases or empty, launch, shutdown, refused or empty, data_residency, rules or empty
}

/// What data residency costs at the maker's own routes.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawResidency {
    /// The least that the factor can be, such as "1".
    pub factor_low: Price,
    /// The most that it can be, such as "1.1".
    pub factor_high: Price,
    /// What is open, where the two differ, as a clause.
    pub open: Option<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawResidency: factor_low, factor_high, open, evidence }

/// Values of parameters that the API refuses together.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRefusal {
    /// The values.
    pub when: RawRefusedValues,
    /// The first day, UTC. Left out: as long as the model is there.
    pub from: Option<Day>,
    /// The first day on which they are taken, UTC.
    pub until: Option<Day>,
    /// Whether another source says that they are taken: then they are priced, and what is said is noted.
    pub disputed: Option<Flag>,
    /// Why, or what is refused, as a clause.
    pub reason: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawRefusal: when, from, until, disputed, reason, evidence }

/// The values of parameters, all of them at once.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRefusedValues {
    /// The value of `background`.
    pub background: Option<Text>,
    /// The value of `output_format`.
    pub output_format: Option<Text>,
}

keys! { RawRefusedValues: background, output_format }

/// When a model came.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawLaunch {
    /// The day, UTC.
    pub on: Day,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawLaunch: on, evidence }

/// When a model goes.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawShutdown {
    /// The first day on which it no longer answers, UTC.
    pub on: Day,
    /// The day on which that was said.
    pub announced: Option<Day>,
    /// What the maker names in its place.
    #[schemars(default)]
    pub replacements: Vec<Text>,
    /// The day from which it is known to name them. Left out: that of the shutdown.
    pub replacements_known_from: Option<Day>,
    /// What it named before, the oldest first.
    #[schemars(default)]
    pub earlier_replacements: Vec<RawEarlierReplacements>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! {
    RawShutdown:
    on, announced, replacements or empty, replacements_known_from, earlier_replacements or empty, evidence
}

/// What a maker named in place of a model before it named others.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawEarlierReplacements {
    /// The models.
    pub models: Vec<Text>,
    /// The day from which it is known to have named them.
    pub known_from: Day,
}

keys! { RawEarlierReplacements: models, known_from }

/// The rules of certain days.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRules {
    /// The first day, UTC. Left out: the day on which the source of the sizes was seen.
    pub from: Option<Day>,
    /// The first day on which they no longer hold, UTC.
    pub until: Option<Day>,
    /// The day on which it was announced, which it is known from where no other day is earlier.
    pub announced: Option<Day>,
    /// Of several dated sources that agree: the day of the earliest, where `seen` is that of the latest.
    pub first_seen: Option<Day>,
    /// Of an undated source: the day on which it was stored at the latest.
    pub seen_no_later_than: Option<Day>,
    /// Which sizes may be asked for.
    pub sizes: RawSizes,
    /// Which quality labels may be asked for; left out where the model is not known to take any.
    pub qualities: Option<RawQualities>,
    /// How many images one request may ask for; left out where it is not stated.
    pub images_per_request: Option<RawImagesPerRequest>,
    /// How many tokens an image is.
    pub output_tokens: RawOutputTokens,
    /// Preview images while streaming; left out where there are none.
    pub partial_images: Option<RawPartialImages>,
    /// Text that a request cannot tell; left out where none is billed.
    pub text_output: Option<RawTextOutput>,
    /// How many tokens a reference image is.
    pub input_images: RawInputImages,
    /// How many tokens a prompt is billed; left out where it is not stated how they are counted.
    pub prompt: Option<RawPrompt>,
}

keys! {
    RawRules:
    from, until, announced, first_seen, seen_no_later_than, sizes, qualities, images_per_request,
    output_tokens, partial_images, text_output, input_images, prompt
}

/// Which sizes a model makes.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawSizes {
    /// Taken where a request names none; left out where sizes are not given in pixels.
    pub default: Option<SizeText>,
    /// Whether the maker's API picks the size itself where a request names none. Left out: it takes the default.
    pub auto_when_left_out: Option<Flag>,
    /// Which sizes are legal.
    pub rule: RawSizeRule,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawSizes: default, auto_when_left_out, rule, evidence }

/// A rule for legal sizes.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(in crate::catalog) enum RawSizeRule {
    /// These and no others.
    Listed(Vec<SizeText>),
    /// Every size within bounds.
    Grid(Box<RawSizeGrid>),
    /// Resolutions that the caller names, the smallest first; the pixels behind a name are not stated.
    Tiers(Vec<Text>),
    /// Which sizes it makes is not known; the text says why.
    NotKnown(Text),
    /// Nothing that could be read, which has been noted.
    #[schemars(skip)]
    Unread,
}

one_key! { RawSizeRule: listed => Listed, grid => Grid, tiers => Tiers, not_known => NotKnown }

/// Bounds within which every size is legal.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawSizeGrid {
    /// Both edges are multiples of this many pixels.
    pub edge_multiple: Count,
    /// The longest edge, in pixels.
    pub max_edge: Count,
    /// The long edge is at most this many times the short one.
    pub max_aspect: Count,
    /// The least pixels.
    pub min_pixels: Count,
    /// The most pixels.
    pub max_pixels: Count,
    /// Sizes with more pixels than this are experimental.
    pub experimental_above_pixels: Count,
}

keys! {
    RawSizeGrid:
    edge_multiple, max_edge, max_aspect, min_pixels, max_pixels, experimental_above_pixels
}

/// The quality labels of a model.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawQualities {
    /// Taken where a request names none.
    pub default: Text,
    /// Whether the maker's API picks the quality itself where a request names none. Left out: it takes the default.
    pub auto_when_left_out: Option<Flag>,
    /// The labels, the cheapest first.
    pub labels: Vec<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawQualities: default, auto_when_left_out, labels, evidence }

/// How many images one request may ask for.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawImagesPerRequest {
    /// The most.
    pub max: Count,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawImagesPerRequest: max, evidence }
