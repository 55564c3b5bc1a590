//! `amendments/<kind>/<owner>/<route>.yaml` as written: what a user has agreed or knows of a shipped route.

use super::{RawFunding, RawTerms, RawVersion, Spanned};
use crate::catalog::yaml::keys;

/// What you have agreed, or know, of a shipped route or owner. It stands in your own folder under
/// amendments/, at the path of the table that it adds to.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawAmendment {
    /// Terms that you have in writing; each goes before the public one.
    #[schemars(default)]
    pub terms: RawTerms,
    /// How the unit is bought under your contract.
    pub funding: Option<RawFunding>,
    /// Prices of a contract of your own, the oldest first; of a route only.
    #[schemars(default)]
    pub versions: Vec<Spanned<RawVersion>>,
}

keys! { RawAmendment: terms or empty, funding, versions or empty }
