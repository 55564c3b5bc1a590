//! Text of a cell: its own, one that many cells have, or one of the program.

use std::ops::Deref;
use std::sync::Arc;

/// Text of a cell. A long sheet has the same few names in every row, which are not copied for each.
#[derive(Debug, Clone)]
pub(in crate::report) enum Words {
    /// Of this cell alone.
    Own(String),
    /// Of many.
    Shared(Arc<str>),
    /// Of the program.
    Fixed(&'static str),
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Words::Own(text) => text,
            Words::Shared(text) => text,
            Words::Fixed(text) => text,
        }
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        **self == **other
    }
}
