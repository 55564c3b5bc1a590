//! Who says so, of which day and how well supported.

use super::dictionary::terms;
use super::record::{Field, Recorded, Value};
use crate::catalog::evidence::Evidence;

impl Recorded for &Evidence {
    const NAME: &'static str = "evidence";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::SOURCE, |it| Value::text(Some(it.source.as_str()))),
            Field::new(&terms::SEEN, |it| Value::text(it.seen.map(|day| day.to_string()))),
            Field::new(&terms::CONFIDENCE, |it| Value::text(Some(it.confidence.as_str()))),
            Field::new(&terms::NOTE, |it| Value::text(it.note.as_deref())),
        ]
    }
}
