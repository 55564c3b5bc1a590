//! Why a row is not taken.

use std::sync::Arc;

use crate::errors::Errors;
use crate::estimate::{EstimateError, Rejected};
use crate::money::AmountTooLarge;
use crate::problem::{Problem, ProblemCode};

/// Why a row is not taken.
#[derive(Debug, Clone)]
pub enum NotTaken {
    /// The row is rejected; the others are priced without it.
    Rejected(Arc<Rejected>),
    /// A price table is wrong, which is no matter of the row.
    Broken(Errors<Problem>),
}

impl NotTaken {
    /// A sum that cannot be kept exact.
    pub(crate) fn too_large(error: AmountTooLarge) -> NotTaken {
        EstimateError::from(error).into()
    }

    /// A row that says too little, in words.
    pub(crate) fn says_too_little(what: &str) -> NotTaken {
        let wrong = vec![(ProblemCode::MissingKey, what.to_owned())];
        NotTaken::Rejected(Arc::new(Rejected::Unreadable(wrong)))
    }
}

impl From<EstimateError> for NotTaken {
    fn from(error: EstimateError) -> NotTaken {
        match error {
            EstimateError::Request(errors) => {
                NotTaken::Rejected(Arc::new(Rejected::Refused(errors.into())))
            }
            EstimateError::Data(problems) => NotTaken::Broken(problems),
        }
    }
}
