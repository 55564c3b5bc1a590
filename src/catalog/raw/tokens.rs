//! How the tokens of a model are counted, as written.

use std::collections::BTreeMap;

use super::{Count, Flag, Price, RawEvidence, SizeKey, SizeText, Text, Word};
use crate::catalog::words::BuiltInEncoding;
use crate::catalog::yaml::{keys, one_key};

/// How many tokens an image is.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawOutputTokens {
    /// The rule.
    pub rule: RawOutputRule,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawOutputTokens: rule, evidence }

/// A kind of rule for output tokens.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(in crate::catalog) enum RawOutputRule {
    /// Quality → size → tokens.
    Table(BTreeMap<String, BTreeMap<SizeKey, Count>>),
    /// A formula of the edges and the pixels, with a factor for each quality.
    EdgeGrid(RawEdgeGrid),
    /// Between two multiples of a formula, seen in few replies: always a range.
    ObservedMultiple(RawObservedMultiple),
    /// Resolution → tokens, whatever the shape and the quality.
    ByTier(BTreeMap<String, Count>),
    /// So many at some sizes, whatever the quality; at others it is not known.
    BySize(RawBySize),
    /// So many for every image.
    Each(Count),
    /// No count is known, or the model is not billed by tokens; the text says which.
    NotKnown(Text),
    /// Nothing that could be read, which has been noted.
    #[schemars(skip)]
    Unread,
}

one_key! {
    RawOutputRule:
    table => Table, edge_grid => EdgeGrid, observed_multiple => ObservedMultiple,
    by_tier => ByTier, by_size => BySize, each => Each, not_known => NotKnown
}

/// The counts of the sizes at which they are known.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBySize {
    /// Size → tokens.
    pub tokens: BTreeMap<SizeKey, Count>,
    /// Why no count of another size is known, as a clause.
    pub others: Text,
}

keys! { RawBySize: tokens, others }

/// tokens = ceil(q × u × (pixel_offset + width × height) ÷ divisor), where q is the factor of the quality and
/// u = round(q × short edge ÷ long edge), ties to even.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawEdgeGrid {
    /// The factor of each quality label.
    pub factors: BTreeMap<String, Count>,
    /// Added to the pixels.
    pub pixel_offset: Count,
    /// What the product is divided by.
    pub divisor: Count,
}

keys! { RawEdgeGrid: factors, pixel_offset, divisor }

/// Tokens known only as lying between two multiples of a formula.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawObservedMultiple {
    /// The formula that is multiplied.
    pub of: RawEdgeGrid,
    /// The least and the largest multiple of each quality label.
    pub times: BTreeMap<String, RawMultiple>,
    /// Why it is a range.
    pub reason: Text,
}

keys! { RawObservedMultiple: of, times, reason }

/// Two multiples.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawMultiple {
    /// The least.
    pub low: Price,
    /// The largest.
    pub high: Price,
}

keys! { RawMultiple: low, high }

/// Preview images while streaming.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPartialImages {
    /// The most that a request may ask for.
    pub max: Count,
    /// Output tokens of each.
    pub tokens_each: Count,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawPartialImages: max, tokens_each, evidence }

/// Text that a model writes besides an image and that a request cannot tell.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawTextOutput {
    /// The fewest tokens seen for an image.
    pub low_per_image: Count,
    /// The most tokens seen for an image; left out where no count was seen.
    pub high_per_image: Option<Count>,
    /// Why it is a range.
    pub reason: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawTextOutput: low_per_image, high_per_image, reason, evidence }

/// How reference images are counted.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawInputImages {
    /// The most that a request may send; left out where it is not stated.
    pub max: Option<Count>,
    /// How large the file of each may be; left out where it is not stated.
    pub file: Option<RawImageFile>,
    /// How many tokens each is.
    pub rule: RawInputImageRule,
    /// What `input_fidelity` does; left out where the model is not known to take it.
    pub fidelity: Option<RawFidelity>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawInputImages: max, file, rule, fidelity, evidence }

/// The file of a reference image.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawImageFile {
    /// The most bytes.
    pub max_bytes: Count,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawImageFile: max_bytes, evidence }

/// A kind of rule for the tokens of a reference image.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(in crate::catalog) enum RawInputImageRule {
    /// Tiles after scaling the short edge to a fixed length.
    Tiles(RawTiles),
    /// Patches of a fixed edge, within a budget.
    Patches(RawPatches),
    /// So many for every image.
    Each(Count),
    /// No rule is known; the text says why.
    NotKnown(Text),
    /// Nothing that could be read, which has been noted.
    #[schemars(skip)]
    Unread,
}

one_key! {
    RawInputImageRule:
    tiles => Tiles, patches => Patches, each => Each, not_known => NotKnown
}

/// Tiles after scaling the short edge to a fixed length.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawTiles {
    /// The image is scaled so that its short edge is this long, in pixels.
    pub short_edge: Count,
    /// The edge of a tile, in pixels.
    pub tile_edge: Count,
    /// Tokens of every image.
    pub base_tokens: Count,
    /// Tokens of each tile.
    pub tokens_per_tile: Count,
    /// Whether the maker publishes the rule for this model; if not, it was measured.
    pub published: Flag,
}

keys! { RawTiles: short_edge, tile_edge, base_tokens, tokens_per_tile, published }

/// Patches of a fixed edge, within a budget.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPatches {
    /// The edge of a patch, in pixels.
    pub patch_edge: Count,
    /// An image with more patches is shrunk.
    pub max_patches: Count,
    /// An image whose long edge is shorter is enlarged toward this, in pixels.
    pub enlarge_to: Count,
    /// Enlargement goes no further than this many times.
    pub enlarge_at_most: Count,
    /// The rule is known only up to this ratio of the edges.
    pub max_aspect: Count,
    /// Whether the maker publishes the rule; if not, it was measured.
    pub published: Flag,
}

keys! { RawPatches: patch_edge, max_patches, enlarge_to, enlarge_at_most, max_aspect, published }

/// What the parameter `input_fidelity` does.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(in crate::catalog) enum RawFidelity {
    /// `low` or `high`; `high` adds tokens to each image.
    Selectable(RawHighFidelity),
    /// `low` alone; the text says why.
    LowOnly(Text),
    /// The parameter must not be sent; the text says why.
    Refused(Text),
    /// Nothing that could be read, which has been noted.
    #[schemars(skip)]
    Unread,
}

one_key! { RawFidelity: selectable => Selectable, low_only => LowOnly, refused => Refused }

/// What `high` adds.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawHighFidelity {
    /// Tokens added to a square image.
    pub high_adds_square: Count,
    /// Tokens added to any other image.
    pub high_adds_other: Count,
}

keys! { RawHighFidelity: high_adds_square, high_adds_other }

/// How a prompt is counted.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPrompt {
    /// The longest prompt, in characters.
    pub max_characters: Count,
    /// The text encoding.
    pub encoding: Word<BuiltInEncoding>,
    /// Tokens added to the prompt of a generation.
    pub generation: RawAddedTokens,
    /// Tokens added to the prompt of an edit: the first entry that fits the input images counts, none is unknown.
    pub edit: Vec<RawAddedTokens>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawPrompt: max_characters, encoding, generation, edit, evidence }

/// Tokens that the service adds to a prompt.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawAddedTokens {
    /// Only with this many input images.
    pub input_images: Option<Count>,
    /// Only with input images of this size.
    pub image_size: Option<SizeText>,
    /// The fewest seen.
    pub low: Count,
    /// The value to expect; left out where nothing supports one.
    pub expected: Option<Count>,
    /// The most seen.
    pub high: Count,
    /// What is assumed by using it, in words.
    pub assumption: Option<Text>,
}

keys! { RawAddedTokens: input_images, image_size, low, expected, high, assumption }
