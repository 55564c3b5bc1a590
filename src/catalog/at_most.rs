//! Processing that costs no more than standard processing, by the word of the owner.

use std::sync::Arc;

use super::check::{Checker, all};
use super::conditions::Processing;
use super::evidence::Evidence;
use super::raw::RawAtMostStandard;
use super::yaml::span;
use crate::problem::ProblemCode;

/// A kind of processing whose rates are never above the standard ones: a rate of it that is not stated is bounded by the
/// standard rate of the same table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtMostStandard {
    /// The kind of processing.
    pub processing: Processing,
    /// Who says so.
    pub evidence: Arc<Evidence>,
}

pub(super) fn at_most_standard(
    check: &mut Checker,
    raw: &[RawAtMostStandard],
) -> Option<Vec<AtMostStandard>> {
    all(raw.iter().map(|raw| one(check, raw)).collect())
}

fn one(check: &mut Checker, raw: &RawAtMostStandard) -> Option<AtMostStandard> {
    let processing = check.word(&raw.processing);
    let evidence = check.evidence(&raw.evidence);
    if processing == Some(Processing::Standard) {
        let message = "standard processing costs what it costs";
        let help = "name another kind of processing, such as batch";
        check.report(ProblemCode::OutOfRange, span(&raw.processing), message, help);
        return None;
    }
    Some(AtMostStandard { processing: processing?, evidence: Arc::new(evidence?) })
}
