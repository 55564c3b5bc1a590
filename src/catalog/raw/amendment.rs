//! `amendments/<kind>/<owner>/<route>.yaml` as written: what a user has agreed or knows of a shipped route.

use super::{RawFunding, RawTerms, RawVersion, Spanned};

/// What you have agreed, or know, of a shipped route or owner. It stands in your own folder under
/// amendments/, at the path of the table that it adds to.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawAmendment {
    /// Terms that you have in writing; each goes before the public one.
    #[serde(default)]
    pub terms: RawTerms,
    /// How the unit is bought under your contract.
    pub funding: Option<RawFunding>,
    /// Prices of a contract of your own, the oldest first; of a route only.
    #[serde(default)]
    pub versions: Vec<Spanned<RawVersion>>,
}
