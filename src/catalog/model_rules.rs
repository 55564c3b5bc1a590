//! How the work of a model is counted on certain days: its sizes and qualities, and the tokens of what goes in and out.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

use super::dated::{Dated, Period};
use super::evidence::Evidence;
use super::known::Known;
use crate::size::Size;

/// The rules of a model on certain days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRules {
    /// The days on which they hold.
    pub period: Period,
    /// Which sizes may be asked for.
    pub sizes: Sizes,
    /// Which quality labels may be asked for; `None` if the model is not known to take any.
    pub qualities: Option<Qualities>,
    /// The most images that one request may ask for; `None` if not stated.
    pub max_images: Option<u32>,
    /// How many tokens an image is.
    pub output_tokens: OutputTokens,
    /// Partial images while streaming; `None` if the model has none.
    pub partial_images: Option<PartialImages>,
    /// Text that the model writes and bills besides the image; `None` if it bills none.
    pub text_output: Option<TextOutput>,
    /// How many tokens a reference image is.
    pub input_images: InputImages,
    /// How many tokens a prompt is billed; `None` if it is not stated how they are counted.
    pub prompt: Option<PromptRules>,
}

impl ModelRules {
    /// The quality labels, the cheapest first; none if the model takes none.
    pub fn labels(&self) -> &[String] {
        self.qualities.as_ref().map_or(&[], |qualities| &qualities.labels)
    }
}

impl Dated for ModelRules {
    fn period(&self) -> Period {
        self.period
    }

    fn period_mut(&mut self) -> &mut Period {
        &mut self.period
    }
}

impl Known for ModelRules {
    fn known_from(&self) -> Option<NaiveDate> {
        Some(self.period.known_from)
    }
}

/// Which sizes a model makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// The size taken where a request names none; `None` where sizes are not given in pixels.
    pub default: Option<Size>,
    /// Whether the maker's API picks one itself (`auto`) where a request names none, which then costs
    /// anything that a legal size can cost; else it takes the default.
    pub auto_when_left_out: bool,
    /// Which sizes are legal.
    pub rule: SizeRule,
    /// Who says so.
    pub evidence: Evidence,
}

/// A rule for legal sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SizeRule {
    /// These and no others.
    Listed(Vec<Size>),
    /// Every size within bounds.
    Grid(SizeGrid),
    /// Resolutions that the caller names, the smallest first; the pixels behind a name are not stated.
    Tiers(Vec<String>),
    /// Which sizes it makes is not known; the text says why.
    NotKnown(String),
}

impl SizeRule {
    /// Whether it says of a size in pixels that it is legal.
    pub fn is_in_pixels(&self) -> bool {
        matches!(self, SizeRule::Listed(_) | SizeRule::Grid(_))
    }

    /// The names of the resolutions; none where sizes are not asked for by name.
    pub fn tiers(&self) -> &[String] {
        match self {
            SizeRule::Tiers(tiers) => tiers,
            _ => &[],
        }
    }
}

/// Bounds within which every size is legal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SizeGrid {
    /// Both edges are multiples of this many pixels.
    pub edge_multiple: u32,
    /// The longest edge, in pixels.
    pub max_edge: u32,
    /// The long edge is at most this many times the short one.
    pub max_aspect: u32,
    /// The least pixels.
    pub min_pixels: u64,
    /// The most pixels.
    pub max_pixels: u64,
    /// Sizes with more pixels than this are experimental.
    pub experimental_above_pixels: u64,
}

/// The quality labels of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualities {
    /// The label taken where a request names none.
    pub default: String,
    /// Whether the maker's API picks one itself (`auto`) where a request names none, which then costs
    /// anything that a label can cost; else it takes the default.
    pub auto_when_left_out: bool,
    /// The labels, the cheapest first.
    pub labels: Vec<String>,
    /// Who says so.
    pub evidence: Evidence,
}

/// How many image tokens a model makes of a size and a quality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputTokens {
    /// The rule.
    pub rule: OutputRule,
    /// Who says so.
    pub evidence: Evidence,
}

/// A kind of rule for output tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputRule {
    /// Quality → size → tokens.
    Table(BTreeMap<String, BTreeMap<Size, u64>>),
    /// The formula.
    EdgeGrid(EdgeGrid),
    /// Between two multiples of the formula of another model, seen in few replies.
    ObservedMultiple(ObservedMultiple),
    /// Resolution → tokens, whatever the shape and the quality.
    ByTier(BTreeMap<String, u64>),
    /// Size → tokens, whatever the quality, and why no count of another size is known.
    BySize(BTreeMap<Size, u64>, String),
    /// So many for every image.
    Each(u64),
    /// No count is known, or the model is not billed by tokens; the text says which.
    NotKnown(String),
}

impl OutputRule {
    /// Whether the count follows a formula, by which it does not fall where the short edge grows.
    pub fn is_formula(&self) -> bool {
        matches!(self, OutputRule::EdgeGrid(_) | OutputRule::ObservedMultiple(_))
    }

    /// Whether the count depends on the quality asked for.
    pub fn is_by_quality(&self) -> bool {
        matches!(
            self,
            OutputRule::Table(_) | OutputRule::EdgeGrid(_) | OutputRule::ObservedMultiple(_)
        )
    }
}

/// The token formula of gpt-image-2 and 2.5: with the quality's factor `q` for the long edge and
/// `u = round(q · short ÷ long)`, ties to even, for the short one,
/// `tokens = ceil(q · u · (pixel_offset + width · height) ÷ divisor)`.
///
/// Source: the script of OpenAI's cost calculator as extracted by six public tools, in agreement with
/// recorded replies (2026-06 to 2026-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeGrid {
    /// The factor of each quality label.
    pub factors: BTreeMap<String, u32>,
    /// Added to the pixels.
    pub pixel_offset: u64,
    /// What the product is divided by.
    pub divisor: u64,
}

/// Tokens known only as lying between two multiples of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedMultiple {
    /// The formula that is multiplied.
    pub of: EdgeGrid,
    /// The least and the largest multiple of each quality label.
    pub times: BTreeMap<String, (Decimal, Decimal)>,
    /// Why it is a range.
    pub reason: String,
}

/// Preview images that a streaming reply may carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialImages {
    /// The most that a request may ask for.
    pub max: u32,
    /// The output tokens of each.
    pub tokens_each: u64,
    /// Who says so.
    pub evidence: Evidence,
}

/// Text that a model writes besides an image and that a request cannot tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOutput {
    /// The fewest tokens seen for an image.
    pub low_per_image: u64,
    /// The most tokens seen for an image; `None` if no count was seen.
    pub high_per_image: Option<u64>,
    /// Why the count is open.
    pub reason: String,
    /// Who says so.
    pub evidence: Evidence,
}

/// How reference images are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputImages {
    /// The most that a request may send; `None` if not stated.
    pub max: Option<u32>,
    /// The most bytes of the file of each, and who says so; `None` if not stated.
    pub max_bytes: Option<(u64, Evidence)>,
    /// The rule.
    pub rule: InputImageRule,
    /// What `input_fidelity` does; `None` if the model is not known to take it.
    pub fidelity: Option<Fidelity>,
    /// Who says so.
    pub evidence: Evidence,
}

/// A kind of rule for the tokens of a reference image.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputImageRule {
    /// Tiles after scaling the short edge to a fixed length.
    Tiles(Tiles),
    /// Patches of a fixed edge, within a budget.
    Patches(Patches),
    /// So many for every image.
    Each(u64),
    /// No rule is known; the text says why.
    NotKnown(String),
}

/// The tile rule of the 1.x models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// The image is scaled so that its short edge is this long.
    pub short_edge: u32,
    /// The edge of a tile.
    pub tile_edge: u32,
    /// Tokens of every image.
    pub base_tokens: u64,
    /// Tokens of each tile.
    pub tokens_per_tile: u64,
    /// Whether the maker publishes the rule for this model.
    pub published: bool,
}

/// The patch rule seen on gpt-image-2 and 2.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patches {
    /// The edge of a patch.
    pub patch_edge: u32,
    /// An image with more patches is shrunk.
    pub max_patches: u32,
    /// An image whose long edge is shorter is enlarged toward this.
    pub enlarge_to: u32,
    /// Enlargement goes no further than this many times.
    pub enlarge_at_most: u32,
    /// The rule is known only up to this ratio of the edges.
    pub max_aspect: u32,
    /// Whether the maker publishes the rule.
    pub published: bool,
}

/// What the parameter `input_fidelity` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fidelity {
    /// `low` or `high`; `high` adds tokens to each image.
    Selectable {
        /// Added to a square image.
        high_adds_square: u64,
        /// Added to any other image.
        high_adds_other: u64,
    },
    /// `low` alone, which is how images are read anyway; the text says why.
    LowOnly(String),
    /// The parameter must not be sent; the text says why.
    Refused(String),
}

/// How a prompt is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptRules {
    /// The longest prompt, in characters.
    pub max_characters: u64,
    /// Tokens added to the prompt of a generation.
    pub generation: AddedTokens,
    /// Tokens added to the prompt of an edit: the first that fits the input images counts; none is unknown.
    pub edit: Vec<AddedTokens>,
    /// Who says so.
    pub evidence: Evidence,
}

/// Tokens that the service adds to a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedTokens {
    /// Only with this many input images.
    pub input_images: Option<u64>,
    /// Only with input images of this size.
    pub image_size: Option<Size>,
    /// The fewest seen.
    pub low: u64,
    /// The value to expect, where there is evidence for one.
    pub expected: Option<u64>,
    /// The most seen.
    pub high: u64,
    /// What is assumed by using it, in words for the reader.
    pub assumption: Option<String>,
}
