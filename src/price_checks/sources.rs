//! The age of the source of the version in force. An undated source has an unknown age, not none.

use super::{Finding, Strictness};
use crate::catalog::dated::Dated;
use crate::catalog::price::PriceVersion;
use crate::problem::ProblemCode;

const REMEDY: &str = "read the source again and enter its date under `seen`, or acknowledge it: \
                      `acknowledged: [{warning: …, on: …, reason: \"…\"}]`";

pub(super) fn findings(version: &PriceVersion, how: Strictness) -> Vec<Finding> {
    if !version.period().contains(how.day) {
        return Vec::new();
    }
    let (code, message) = match version.evidence.seen {
        None => {
            (ProblemCode::UndatedSource, "the source carries no date: its age is unknown".into())
        }
        Some(seen) => match u64::try_from((how.day - seen).num_days()) {
            Ok(age) if age > how.max_age => {
                let most = how.max_age;
                let message =
                    format!("the source is {age} days old on {}, more than {most}", how.day);
                (ProblemCode::StaleSource, message)
            }
            _ => return Vec::new(),
        },
    };
    vec![Finding { code, at: version.position.clone(), message, help: REMEDY.into() }]
}
