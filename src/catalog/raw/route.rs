//! `<kind>/<owner>/<route>.yaml` as written.

use std::collections::BTreeMap;

use super::{
    Count, Flag, NameOrNumber, Price, RawEvidence, RawFunding, RawGuidance, RawShutdown, RawStated,
    RawTerms, RawVersion, SizeKey, SizeText, Spanned, Text, Word,
};
use crate::catalog::route::{Honoured, Status, UpstreamModel};
use crate::catalog::yaml::keys;

/// One way to get an image under one owner's contract, with its dated prices.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(extend(
    "if" = {"properties": {"status": {"enum": ["not_entered", "not_public"]}}, "required": ["status"]},
    "then" = {"required": ["advertised"]}
))]
pub(in crate::catalog) struct RawRoute {
    /// The model behind it: a file in models/.
    pub model: Text,
    /// What the caller sends as the model.
    pub alias: Text,
    /// Whether it is stated which model answers to the alias. Left out: stated for the maker's own routes,
    /// not stated for others.
    pub upstream_model: Option<Word<UpstreamModel>>,
    /// Where it answers, where that differs from the owner's, or `not_stated`.
    pub base_url: Option<Text>,
    /// The call, such as "POST https://api.example.com/v1/images/generations", or `not_stated`.
    pub endpoint: Text,
    /// What is billed, in words, or `not_stated`.
    pub billing_unit: Text,
    /// What it has of a price. Left out: priced. `not_entered`: its owner publishes one, which is not entered whole, and
    /// `advertised` or the owner's price page has an address; `not_public`: by its owner's word there is none in public,
    /// and `advertised` says who says so; `not_found`: it was looked for, which says nothing of its owner.
    pub status: Option<Word<Status>>,
    /// Whether the size asked for is the size made. Left out: not stated.
    pub size_honoured: Option<Word<Honoured>>,
    /// Whether the quality asked for is the quality made. Left out: not stated.
    pub quality_honoured: Option<Word<Honoured>>,
    /// What it makes where a request names no size or quality, where that is not what the model's maker does.
    pub defaults: Option<RawDefaults>,
    /// When its owner ends it. The maker's own routes end with the model, whose file states that.
    pub shutdown: Option<RawShutdown>,
    /// What is said against using it, in words.
    #[schemars(default)]
    pub risks: Vec<Text>,
    /// What it says of its use beyond guidance.yaml.
    #[schemars(default)]
    pub guidance: RawGuidance,
    /// Clauses that differ from the owner's.
    #[schemars(default)]
    pub terms: RawTerms,
    /// What an account may use at a time.
    pub rate_limits: Option<RawRateLimits>,
    /// Whether recorded replies show cached tokens at a rate of their own.
    pub cached_discount_seen: Option<Flag>,
    /// How its unit is bought, where that differs from the owner's way.
    pub funding: Option<RawFunding>,
    /// Of a route on which a mainline model calls the image model: which ones do.
    pub image_tool: Option<Spanned<RawImageTool>>,
    /// The prices by date, the oldest first; none where there is no price to enter.
    #[schemars(default)]
    pub versions: Vec<Spanned<RawVersion>>,
    /// What the owner prints per image; shown only, rating cannot read it.
    pub published_estimates: Option<RawPublishedEstimates>,
    /// What is said without a full price, such as "from $0.06 a run"; shown only.
    pub advertised: Option<RawStated>,
}

keys! {
    RawRoute:
    model, alias, upstream_model, base_url, endpoint, billing_unit, status, size_honoured,
    quality_honoured, defaults, shutdown, risks or empty, guidance or empty, terms or empty,
    rate_limits, cached_discount_seen, funding, image_tool, versions or empty, published_estimates, advertised
}

/// What an owner makes where a request leaves it out. At least one of the two.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawDefaults {
    /// The size.
    pub size: Option<SizeText>,
    /// The quality, a label of the model.
    pub quality: Option<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawDefaults: size, quality, evidence }

/// A mainline model calls the image model.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawImageTool {
    /// The mainline models that this owner prices; another one is refused.
    pub mainline_models: Vec<Text>,
    /// Who says so.
    pub evidence: RawEvidence,
    /// What becomes of a call that names no image model; said of requests that are no body, which names it or not.
    pub unnamed_model: Option<Text>,
    /// What adds to the bill and no request tells; said with the figure.
    #[schemars(default)]
    pub not_counted: Vec<RawNotCounted>,
}

keys! { RawImageTool: mainline_models, evidence, unnamed_model, not_counted or empty }

/// What adds to the bill and no request tells.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawNotCounted {
    /// What it is, in words.
    pub text: Text,
    /// Whether it is said of conversations only.
    pub of_later_turns: Option<Flag>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawNotCounted: text, of_later_turns, evidence }

/// How much an account may use at a time.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRateLimits {
    /// The tiers of an account, the lowest first.
    pub tiers: Vec<RawTier>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawRateLimits: tiers, evidence }

/// What an account of one tier may use.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawTier {
    /// The name of the tier, such as 1.
    pub tier: Text<NameOrNumber>,
    /// What an account must have paid to reach it, in US dollars.
    pub paid: Option<Price>,
    /// Tokens of all kinds in a minute.
    pub tokens_per_minute: Option<Count>,
    /// Images in a minute.
    pub images_per_minute: Option<Count>,
}

keys! { RawTier: tier, paid, tokens_per_minute, images_per_minute }

/// What an owner prints per image.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawPublishedEstimates {
    /// Who says so.
    pub evidence: RawEvidence,
    /// Quality → size → US dollars.
    pub per_image: BTreeMap<String, BTreeMap<SizeKey, Price>>,
}

keys! { RawPublishedEstimates: evidence, per_image }
