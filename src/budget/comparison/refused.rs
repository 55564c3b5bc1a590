//! Why a budget cannot be had otherwise than it is.

use std::sync::Arc;

use crate::budget::error::BudgetError;
use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::reason::{Budgeting, Reason, Reasons};
use crate::request::RequestError;

/// Why a variant cannot be had; tables that are wrong stay errors.
pub(super) fn refused(errors: Vec<BudgetError>) -> Result<Reasons, Errors<BudgetError>> {
    if errors.iter().any(|error| matches!(error.error, EstimateError::Data(_))) {
        return Err(errors.into());
    }
    let mut all: Vec<(Vec<RequestError>, Vec<Arc<str>>)> = Vec::new();
    for BudgetError { workload, error } in errors {
        let EstimateError::Request(errors) = error else { continue };
        match all.iter_mut().find(|(known, _)| known[..] == errors[..]) {
            Some((_, workloads)) => workloads.push(workload.into()),
            None => all.push((errors.into(), vec![workload.into()])),
        }
    }
    let reason = |(errors, workloads): (Vec<RequestError>, Vec<Arc<str>>)| {
        Reason::from(Budgeting::Refused { workloads: workloads.into(), errors: errors.into() })
    };
    Ok(all.into_iter().map(reason).collect())
}
