//! The YAML files as written: shapes only, every leaf with its place and still text.
//!
//! Nothing is checked here beyond keys and types; [`super::read_model`] and its siblings turn these
//! shapes into valid ones and report every broken rule. The comments on keys are what an editor shows:
//! [`super::schema`] derives the JSON Schemas from these shapes, and beside each stand the keys that are read; a
//! test holds the two to each other.

mod amendment;
mod funding;
mod guidance;
mod locator;
mod model;
mod owner;
mod free_keys;
mod route;
mod text;
mod tokens;
mod value;
mod version;

pub(crate) use super::yaml::Spanned;
pub(super) use amendment::*;
pub(super) use free_keys::*;
pub(super) use funding::*;
pub(super) use guidance::*;
pub(super) use locator::*;
pub(super) use model::*;
pub(super) use owner::*;
pub(super) use route::*;
pub(crate) use text::*;
pub(super) use tokens::*;
pub(crate) use value::*;
pub(super) use version::*;

use super::evidence::Confidence;
use super::yaml::keys;

/// Who says so, and when.
#[derive(Debug, schemars::JsonSchema)]
pub(crate) struct RawEvidence {
    /// The source, so that a reader can find it again.
    pub source: Text,
    /// The addresses at which a reader finds it again, or `not_recorded`. Left out: not given.
    pub locators: Option<RawLocators>,
    /// The source's own date, never the day of entry; `undated` where it carries none.
    pub seen: Text<DayOrUndated>,
    /// How well it is supported; pricing/README.md says what each level needs.
    pub confidence: Word<Confidence>,
    /// What else a reader should know.
    pub note: Option<Text>,
}

keys! { RawEvidence: source, locators, seen, confidence, note }
