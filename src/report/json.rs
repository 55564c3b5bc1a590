//! JSON for programs.

use super::sheet::Report;

pub(super) fn render(report: &Report) -> String {
    // A value that was built from text and numbers always serializes.
    serde_json::to_string_pretty(&report.json).unwrap_or_default() + "\n"
}
