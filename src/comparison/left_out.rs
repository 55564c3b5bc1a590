//! Work that is left out of a comparison.

use std::fmt;

use super::Work;
use crate::errors::Errors;
use crate::request::RequestError;
use crate::request::error::joined;

/// Work that a model cannot be asked for while another can.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAskable {
    /// The work.
    pub work: Work,
    /// Why the model cannot be asked for it.
    pub errors: Errors<RequestError>,
}

impl fmt::Display for NotAskable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.work.in_words(), joined(&self.errors))
    }
}
