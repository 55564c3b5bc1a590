//! JSON for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::catalog::evidence::Evidence;
use crate::figure::Figure;

/// Writes an object, a key a line.
pub(super) fn write(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, object)?;
    out.write_all(b"\n")
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
