//! Why a budget cannot be forecast.

use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::money::AmountTooLarge;
use crate::request::RequestError;

/// A workload that cannot be forecast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{error}", if workload.is_empty() { String::new() } else { format!("{workload}: ") })]
#[non_exhaustive]
pub struct BudgetError {
    /// The workload; empty for the whole budget.
    pub workload: String,
    /// Why.
    #[source]
    pub error: EstimateError,
}

/// That an amount of the whole budget cannot be kept.
pub(super) fn too_large(_: AmountTooLarge) -> Errors<BudgetError> {
    Errors(vec![BudgetError { workload: String::new(), error: RequestError::TooLarge.into() }])
}
