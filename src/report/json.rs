//! JSON for programs.

use serde_json::{Value, json};

use super::sheet::Report;
use crate::catalog::evidence::Evidence;
use crate::figure::Figure;

pub(super) fn render(report: &Report) -> String {
    // A value that was built from text and numbers always serializes.
    serde_json::to_string_pretty(&report.json()).unwrap_or_default() + "\n"
}

/// A figure of counts: certainty, low, expected, high.
pub(super) fn count_figure(figure: &Figure<u64>) -> Value {
    let known = figure.high().is_some() || figure.low() > 0;
    json!({
        "certainty": figure.certainty(),
        "low": known.then(|| figure.low()),
        "expected": figure.expected(),
        "high": figure.high(),
    })
}

/// Who says so, of which day and how well supported.
pub(super) fn evidence(evidence: &Evidence) -> Value {
    json!({
        "source": evidence.source,
        "seen": evidence.seen.map(|day| day.to_string()),
        "confidence": evidence.confidence.as_str(),
        "note": evidence.note,
    })
}
