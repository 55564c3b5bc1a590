//! What of a request is refused, and why: values for [`super::RequestError`].

use std::fmt;

use crate::catalog::conditions::{Mode, Processing};

coded! {
    /// Why an input fidelity cannot be asked for.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum NoFidelity {
        /// The model takes `low` alone; the note is its table's.
        #[error("{0}")]
        LowOnly(String) => "low_only",
        /// The model takes none; the note is its table's.
        #[error("{0}")]
        NotTaken(String) => "not_taken",
        /// The model is not known to take it.
        #[error("{0} is not known to take it")]
        NotKnown(String) => "not_known",
    }
}

coded! {
    /// Why a model has no list of sizes in pixels.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum NoSizeList {
        /// It is asked for by these resolutions.
        #[error("it is asked for by resolution: {}", .0.join(", "))]
        ByResolution(Vec<String>) => "by_resolution",
        /// Its sizes are not known; the note is its table's.
        #[error("{0}")]
        NotKnown(String) => "not_known",
    }
}

coded! {
    /// What an owner does not offer on a route.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Unoffered {
        /// A kind of processing.
        Processing(Processing) => "processing",
        /// A kind of call.
        Mode(Mode) => "mode",
        /// A quality.
        Quality(String) => "quality",
    }
}

impl fmt::Display for Unoffered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unoffered::Processing(kind) => write!(f, "{} processing", kind.as_str()),
            Unoffered::Mode(mode) => f.write_str(mode.plural()),
            Unoffered::Quality(label) => write!(f, "quality {label}"),
        }
    }
}
