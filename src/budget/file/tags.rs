//! Tags: team, cost centre and the like.

use std::collections::BTreeMap;

use super::leaves::Pairs;
use crate::catalog::check::Checker;
use crate::catalog::raw::{NameOrNumber, Text};
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// Tags by their names, which hold no colon.
pub(super) fn tags(
    check: &mut Checker,
    raw: &Pairs<Text<NameOrNumber>>,
) -> Option<BTreeMap<String, String>> {
    check.pairs(raw, |check, key, value| {
        if key.value.contains(':') {
            let message = "the name of a tag holds a colon";
            let help = "write it without: a limit names a tag as KEY:VALUE";
            check.report(ProblemCode::UnknownWord, span(key), message, help);
        }
        check.text(value)
    })
}
