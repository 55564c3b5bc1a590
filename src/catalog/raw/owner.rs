//! `<kind>/<owner>/owner.yaml` and the terms of a contract as written.

use super::{Flag, RawEvidence, RawFunding, Spanned, Text, Word};
use crate::catalog::terms::ChargeRule;

/// The party whose contract sets the prices of the routes in its folder.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawOwner {
    /// Its name for people.
    pub name: Text,
    /// Other names that gateways and SDKs put before a model, such as `azure` in `azure/gpt-image-2`.
    #[serde(default)]
    pub also_called: Vec<Text>,
    /// Where its API answers, or `not_stated`.
    pub base_url: Option<Text>,
    /// The terms of its contract; a route's own go before them, clause by clause.
    #[serde(default)]
    pub terms: RawTerms,
    /// How its unit is bought; a route's own way goes before it.
    pub funding: Option<RawFunding>,
}

/// The terms of a contract. A clause that is left out is not known.
#[derive(Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTerms {
    /// Which contract it is, and for whom.
    pub contract: Option<Spanned<RawTerm>>,
    /// What may be done with uploads: training, sharing, review.
    pub upload_policy: Option<Spanned<RawTerm>>,
    /// How long uploads, prompts and results are kept.
    pub retention: Option<Spanned<RawTerm>>,
    /// Who processes uploads besides the owner.
    pub processors: Option<Spanned<RawTerm>>,
    /// Who owns the output, and what it may be used for.
    pub output_rights: Option<Spanned<RawTerm>>,
    /// How results can be taken out: formats, links and how long they last, marks in the image.
    pub exports: Option<Spanned<RawTerm>>,
    /// What is needed before the first call: verification, tier, region.
    pub access: Option<Spanned<RawTerm>>,
    /// Whom to turn to.
    pub support: Option<Spanned<RawTerm>>,
    /// What is paid back of what was bought, apart from single attempts.
    pub refunds: Option<Spanned<RawTerm>>,
    /// Who pays for what delivers no image.
    #[serde(default)]
    pub failure_charges: RawFailureCharges,
}

/// One clause: not stated, stated in public, or attested by whoever has it in writing.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawTerm {
    /// It was looked for and not found.
    NotStated,
    /// A public source says so.
    Stated(Box<RawStated>),
    /// You have it in writing; in your own folder only.
    Attested(Box<RawStated>),
}

/// What is said, and by whom.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawStated {
    /// What is said, in a few words.
    pub text: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

/// Who pays for what delivers no image. An event that is left out is not known.
#[derive(Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFailureCharges {
    /// A bad request, key or limit.
    pub client_error: Option<RawCharge>,
    /// Moderation stops the prompt or a reference image.
    pub block_at_input: Option<RawCharge>,
    /// Moderation withholds the finished image.
    pub block_at_output: Option<RawCharge>,
    /// The service fails.
    pub server_error: Option<RawCharge>,
    /// The service does not answer in time.
    pub timeout: Option<RawCharge>,
    /// The caller hangs up before the answer.
    pub client_disconnect: Option<RawCharge>,
}

/// What one event costs.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend(
    "if" = {"properties": {"attested": {"const": true}}, "required": ["attested"]},
    "then" = {"required": ["evidence"]}
))]
pub(in crate::catalog) struct RawCharge {
    /// What is charged.
    pub charge: Word<ChargeRule>,
    /// Whether you have it in writing (with `evidence`); in your own folder only.
    pub attested: Option<Flag>,
    /// Who says so.
    pub evidence: Option<RawEvidence>,
}
