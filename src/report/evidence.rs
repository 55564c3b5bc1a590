//! Who says so, of which day and how well supported.

use super::dictionary::terms;
use super::record::{Field, Recorded};
use crate::catalog::evidence::Evidence;

impl Recorded for &Evidence {
    const NAME: &'static str = "evidence";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::SOURCE.of(|it| it.source.as_str().into()),
            terms::SEEN.of(|it| it.seen.into()),
            terms::CONFIDENCE.of(|it| it.confidence.as_str().into()),
            terms::NOTE.of(|it| it.note.as_deref().into()),
        ]
    }
}
