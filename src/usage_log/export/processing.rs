//! How the requests of a record of OpenAI's usage were processed: by `batch` and `service_tier`.

use super::record::{EXPORTED, Record};
use crate::catalog::conditions::Processing;
use crate::problem::ProblemCode;

/// How they were processed, as far as the record tells; what it was not grouped by it leaves out, and then stands for
/// requests of several kinds. A tier for which tables have no word is a problem.
pub(super) fn processing(record: &mut Record) -> Option<Processing> {
    let batch = record.flag("batch");
    let tier = record.text("service_tier");
    let of_tier = tier.as_deref().and_then(Processing::of_tier);
    match (batch, tier.as_deref(), of_tier) {
        // What is run in a Batch is served at the standard tier.
        (Some(true), None | Some("batch"), _) | (Some(true), _, Some(Processing::Standard)) => {
            Some(Processing::Batch)
        }
        (Some(true), Some(tier), _) => {
            let what = format!("is `{tier}` beside a Batch, for which no table has a rate");
            record.report(ProblemCode::UnknownWord, "service_tier", &what, EXPORTED);
            None
        }
        (None, Some("batch"), _) => Some(Processing::Batch),
        // Without a word on Batches, what was served at the standard tier may be of one.
        (_, None, _) | (None, _, Some(Processing::Standard)) => None,
        (_, Some(_), Some(processing)) => Some(processing),
        (_, Some(tier), None) => {
            let what = format!("is `{tier}`, a tier for which tables have no word");
            record.report(ProblemCode::UnknownWord, "service_tier", &what, EXPORTED);
            None
        }
    }
}
