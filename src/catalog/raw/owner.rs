//! `<kind>/<owner>/owner.yaml` and the terms of a contract as written.

use super::{Count, Day, Flag, PricePage, RawEvidence, RawFunding, Spanned, Text, Word};
use crate::catalog::conditions::Processing;
use crate::catalog::terms::ChargeRule;
use crate::catalog::yaml::{Form, Node, Notes, Shape, choice, keys, read};

/// The party whose contract sets the prices of the routes in its folder.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawOwner {
    /// Its name for people.
    pub name: Text,
    /// Other names that gateways and SDKs put before a model, such as `azure` in `azure/gpt-image-2`.
    #[schemars(default)]
    pub also_called: Vec<Text>,
    /// Where its API answers, or `not_stated`.
    pub base_url: Option<Text>,
    /// The address of the page with its prices, or `not_recorded`. Left out: not given.
    pub price_page: Option<Text<PricePage>>,
    /// The terms of its contract; a route's own go before them, clause by clause.
    #[schemars(default)]
    pub terms: RawTerms,
    /// How its unit is bought; a route's own way goes before it.
    pub funding: Option<RawFunding>,
    /// What its Batch API takes as one file, by date, the oldest first.
    #[schemars(default)]
    pub batch_files: Vec<Spanned<RawBatchFiles>>,
    /// Kinds of processing that cost no more than standard processing, by its own word: they bound rates that are not
    /// stated.
    #[schemars(default)]
    pub at_most_standard: Vec<RawAtMostStandard>,
}

keys! {
    RawOwner:
    name, also_called or empty, base_url, price_page, terms or empty, funding, batch_files or empty,
    at_most_standard or empty
}

/// A kind of processing that costs no more than standard processing.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawAtMostStandard {
    /// The kind of processing.
    pub processing: Word<Processing>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawAtMostStandard: processing, evidence }

/// What a Batch API takes as one file.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBatchFiles {
    /// The first day, UTC. Left out: the day on which the source was seen.
    pub from: Option<Day>,
    /// The first day on which it no longer holds, UTC.
    pub until: Option<Day>,
    /// The most lines.
    pub max_lines: Count,
    /// The most bytes.
    pub max_bytes: Count,
    /// Whether all lines go to one endpoint.
    pub one_endpoint: Flag,
    /// Whether no two lines may have the same `custom_id`.
    pub unique_ids: Flag,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawBatchFiles: from, until, max_lines, max_bytes, one_endpoint, unique_ids, evidence }

/// The terms of a contract. A clause that is left out is not known.
#[derive(Debug, Default, schemars::JsonSchema)]
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
    #[schemars(default)]
    pub failure_charges: RawFailureCharges,
}

keys! {
    RawTerms:
    contract, upload_policy, retention, processors, output_rights, exports, access, support,
    refunds, failure_charges or empty
}

/// One clause: not stated, stated in public, or attested by whoever has it in writing.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(in crate::catalog) enum RawTerm {
    /// It was looked for and not found.
    NotStated,
    /// A public source says so.
    Stated(Box<RawStated>),
    /// You have it in writing; in your own folder only.
    Attested(Box<RawStated>),
    /// Nothing that could be read, which has been noted.
    #[schemars(skip)]
    Unread,
}

impl Shape for RawTerm {
    const FORM: Form = Form::Choice;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        match choice(node, &["not_stated", "stated", "attested"], &["not_stated"], notes) {
            Some(("not_stated", _)) => RawTerm::NotStated,
            Some(("stated", value)) => RawTerm::Stated(read(value, notes)),
            Some((_, value)) => RawTerm::Attested(read(value, notes)),
            None => RawTerm::Unread,
        }
    }
}

/// What is said, and by whom.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawStated {
    /// What is said, in a few words.
    pub text: Text,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawStated: text, evidence }

/// Who pays for what delivers no image. An event that is left out is not known.
#[derive(Debug, Default, schemars::JsonSchema)]
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

keys! {
    RawFailureCharges:
    client_error, block_at_input, block_at_output, server_error, timeout, client_disconnect
}

/// What one event costs.
#[derive(Debug, schemars::JsonSchema)]
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

keys! { RawCharge: charge, attested, evidence }
