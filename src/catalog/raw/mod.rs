//! The YAML files as written: shapes only, every leaf with its place and still text.
//!
//! Nothing is checked here beyond keys and types; [`super::read_model`] and its siblings turn these
//! shapes into valid ones and report every broken rule. The comments on keys are what an editor shows:
//! [`super::schema`] derives the JSON Schemas from these shapes. Plain structs and externally tagged enums
//! only: flattened or untagged ones lose the places and read numbers through floats.

mod amendment;
mod funding;
mod guidance;
mod model;
mod owner;
mod route;
mod text;
mod value;

pub(crate) use super::yaml::Spanned;
pub(super) use amendment::*;
pub(super) use funding::*;
pub(super) use guidance::*;
pub(super) use model::*;
pub(super) use owner::*;
pub(super) use route::*;
pub(crate) use text::*;
pub(crate) use value::*;

use super::evidence::Confidence;

/// Who says so, and when.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawEvidence {
    /// The source, so that a reader can find it again.
    pub source: Text,
    /// The source's own date, never the day of entry; `undated` where it carries none.
    pub seen: Text<DayOrUndated>,
    /// How well it is supported; pricing/README.md says what each level needs.
    pub confidence: Word<Confidence>,
    /// What else a reader should know.
    pub note: Option<Text>,
}
