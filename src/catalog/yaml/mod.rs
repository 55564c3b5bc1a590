//! The only module that knows the YAML library.
//!
//! `serde_yaml` here is the maintained `serde-saphyr` under the name that this project's card gives
//! it: the original is archived, keeps no places and reads unquoted numbers through floats.

mod problem;

use serde::de::DeserializeOwned;
use serde_yaml::options::{MergeKeyPolicy, NonFiniteFloatPolicy};
use std::ops::Range;
use std::sync::Arc;

use crate::problem::{Place, Problem, ProblemCode};

pub(super) use serde_yaml::Spanned;

/// The largest table file that is read, in bytes.
pub(crate) const MAX_FILE_BYTES: usize = 1_000_000;
/// How deep lists and mappings may lie in each other.
const MAX_DEPTH: usize = 32;
/// The most values, lists and mappings of a file.
const MAX_NODES: usize = 50_000;

/// Reads one document of a known shape.
///
/// Errors of syntax and shape stop the file at the first one; a file over the limits is refused
/// before anything large is allocated.
pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &Arc<str>) -> Result<T, Box<Problem>> {
    if text.len() > MAX_FILE_BYTES {
        return Err(Box::new(too_large(file)));
    }
    serde_yaml::from_str_with_options(text, options())
        .map_err(|error| problem::problem(file, text, &error))
}

pub(super) fn too_large(file: &str) -> Problem {
    Problem {
        code: ProblemCode::TooLarge,
        message: format!("the file is larger than {MAX_FILE_BYTES} bytes"),
        place: Place::file(file),
        help: "split the tables into one file per route".into(),
    }
}

/// The bytes at which a value stands.
pub(super) fn span<T>(value: &Spanned<T>) -> Range<usize> {
    byte_range(&value.referenced)
}

/// One way to write a value: nothing that stands elsewhere, changes a type or has two spellings.
fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        with_snippet: false,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        reject_unsupported_tags: true,
        ignore_binary_tag_for_string: true,
        // A price that overflows a float is reported as unquoted, like any other bare number.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            max_aliases: 0,
            max_anchors: 0,
            max_nodes: MAX_NODES,
            max_documents: 1,
        },
    }
}

fn byte_range(location: &serde_yaml::Location) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    start..start + span.byte_len().unwrap_or(0) as usize
}
