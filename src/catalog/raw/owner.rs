//! `<kind>/<owner>/owner.yaml` and the terms of a contract as written.

use super::{RawEvidence, Text};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawOwner {
    pub name: Text,
    pub terms: Option<RawTerms>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawTerms {
    pub contract: RawTerm,
    pub upload_policy: RawTerm,
    pub output_rights: RawTerm,
    pub support: RawTerm,
    pub failure_charges: RawFailureCharges,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::catalog) enum RawTerm {
    NotStated,
    Stated(Box<RawStated>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawStated {
    pub text: Text,
    pub evidence: RawEvidence,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawFailureCharges {
    pub client_error: RawCharge,
    pub block_at_input: RawCharge,
    pub block_at_output: RawCharge,
    pub server_error: RawCharge,
    pub timeout: RawCharge,
    pub client_disconnect: RawCharge,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawCharge {
    pub charge: Text,
    pub evidence: Option<RawEvidence>,
}
