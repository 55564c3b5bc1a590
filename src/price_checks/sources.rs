//! The age of the source of the version in force. An undated source has an unknown age, not none.

use super::{Finding, Strictness};
use crate::catalog::dated::Dated;
use crate::catalog::evidence::NotFresh;
use crate::catalog::price::PriceVersion;
use crate::problem::ProblemCode;

const REMEDY: &str = "read the source again and enter its date under `seen`, or acknowledge it: \
                      `acknowledged: [{warning: …, on: …, reason: \"…\"}]`";

pub(super) fn findings(version: &PriceVersion, how: Strictness) -> Vec<Finding> {
    if !version.period().contains(how.day) {
        return Vec::new();
    }
    let Some(not_fresh) = version.evidence.not_fresh(how.day, how.max_age) else {
        return Vec::new();
    };
    let (code, message) = match not_fresh {
        NotFresh::Undated => {
            (ProblemCode::UndatedSource, "the source carries no date: its age is unknown".into())
        }
        NotFresh::Old(age) => {
            let most = how.max_age;
            let message = format!("the source is {age} days old on {}, more than {most}", how.day);
            (ProblemCode::StaleSource, message)
        }
    };
    vec![Finding { code, at: version.position.clone(), message, help: REMEDY.into() }]
}
