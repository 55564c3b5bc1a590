//! `<kind>/<owner>/owner.yaml` and the terms of a contract as written.

use super::{RawEvidence, RawFunding, Spanned, Text};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawOwner {
    pub name: Text,
    pub base_url: Option<Text>,
    #[serde(default)]
    pub terms: RawTerms,
    pub funding: Option<RawFunding>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTerms {
    pub contract: Option<Spanned<RawTerm>>,
    pub upload_policy: Option<Spanned<RawTerm>>,
    pub retention: Option<Spanned<RawTerm>>,
    pub processors: Option<Spanned<RawTerm>>,
    pub output_rights: Option<Spanned<RawTerm>>,
    pub exports: Option<Spanned<RawTerm>>,
    pub access: Option<Spanned<RawTerm>>,
    pub support: Option<Spanned<RawTerm>>,
    pub refunds: Option<Spanned<RawTerm>>,
    #[serde(default)]
    pub failure_charges: RawFailureCharges,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawTerm {
    NotStated,
    Stated(Box<RawStated>),
    Attested(Box<RawStated>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawStated {
    pub text: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFailureCharges {
    pub client_error: Option<RawCharge>,
    pub block_at_input: Option<RawCharge>,
    pub block_at_output: Option<RawCharge>,
    pub server_error: Option<RawCharge>,
    pub timeout: Option<RawCharge>,
    pub client_disconnect: Option<RawCharge>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawCharge {
    pub charge: Text,
    pub attested: Option<Spanned<bool>>,
    pub evidence: Option<RawEvidence>,
}
