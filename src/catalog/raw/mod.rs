//! The YAML files as written: shapes only, every leaf with its place and still text.
//!
//! Nothing is checked here beyond keys and types; [`super::read_model`] and its siblings turn these
//! shapes into valid ones and report every broken rule. Plain structs and externally tagged enums
//! only: flattened or untagged ones lose the places and read numbers through floats.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

mod amendment;
mod funding;
mod guidance;
mod model;
mod owner;
mod route;

pub(super) use super::yaml::Spanned;
pub(super) use amendment::*;
pub(super) use funding::*;
pub(super) use guidance::*;
pub(super) use model::*;
pub(super) use owner::*;
pub(super) use route::*;

/// Text with its place.
pub(in crate::catalog) type Text = Spanned<String>;
/// A whole number with its place.
pub(in crate::catalog) type Count = Spanned<u64>;

/// A price as written: quoted text, or a bare number that is kept only to be reported.
#[derive(Debug)]
pub(in crate::catalog) enum PriceText {
    Quoted(String),
    Unquoted,
}

impl<'de> Deserialize<'de> for PriceText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PriceVisitor;
        impl Visitor<'_> for PriceVisitor {
            type Value = PriceText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a price in quotes, such as \"5.00\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<PriceText, E> {
                Ok(PriceText::Quoted(text.to_owned()))
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<PriceText, E> {
                Ok(PriceText::Unquoted)
            }
        }
        deserializer.deserialize_any(PriceVisitor)
    }
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::catalog) struct RawEvidence {
    pub source: Text,
    pub seen: Text,
    pub confidence: Text,
    pub note: Option<Text>,
}
