//! An object of a text, with where it stands.

use crate::json::{Entries, Spot};
use crate::problem::Problem;

/// An object of a text.
#[derive(Debug)]
pub(crate) struct Value<'t> {
    /// The number of its line, or its place in a list, from 1.
    pub number: usize,
    /// In how many chunks of a stream it came; one where it came whole.
    pub chunks: usize,
    /// The object, or why there is none.
    pub entries: Result<Entries<'t>, Box<Problem>>,
    /// Where it stands in the text.
    pub spot: Spot<'t>,
}
