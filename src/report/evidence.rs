//! Who says so, of which day and how well supported.

use super::dictionary::terms;
use super::record::{Field, Recorded};
use crate::catalog::evidence::Evidence;
use crate::catalog::locator::Located;

impl Recorded for &Evidence {
    const NAME: &'static str = "evidence";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::SOURCE.of(|it| it.source.as_str().into()),
            terms::LOCATORS.of(|it| it.locators.as_written().into()),
            terms::SEEN.of(|it| it.seen.into()),
            terms::CONFIDENCE.of(|it| it.confidence.as_str().into()),
            terms::NOTE.of(|it| it.note.as_deref().into()),
        ]
    }
}

/// Where a source is found again, in words; nothing where its table does not say.
pub(super) fn found_again(source: &Evidence) -> Option<String> {
    match &source.locators {
        Located::NotGiven => None,
        Located::NotRecorded => Some("the address of the source is not recorded".into()),
        Located::At(_) => Some(format!("found at {}", source.locators.as_written().join(" and "))),
    }
}
