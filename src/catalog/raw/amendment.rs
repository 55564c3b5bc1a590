//! `amendments/<kind>/<owner>/<route>.yaml` as written: what a user has agreed or knows of a shipped route.

use super::{RawFunding, RawTerms, RawVersion, Spanned};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawAmendment {
    #[serde(default)]
    pub terms: RawTerms,
    pub funding: Option<RawFunding>,
    #[serde(default)]
    pub versions: Vec<Spanned<RawVersion>>,
}
