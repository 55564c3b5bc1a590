//! The answers to a comparison for programs: which route is the cheapest, and what is lower and may not be named.

use crate::comparison::{Answer, RouteEstimate};
use crate::report::dictionary::terms;
use crate::report::record::{Field, Recorded, Value};

impl Recorded for Answer<'_> {
    const NAME: &'static str = "compared_answer";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::MODEL, |it: &Self| Value::text(Some(it.work.model.as_str()))),
            Field::new(&terms::SIZE, |it| Value::text(it.work.size.as_deref())),
            Field::new(&terms::QUALITY, |it| Value::text(it.work.quality.as_deref())),
            Field::new(&terms::CHEAPEST, |it| Value::text(it.cheapest.map(id))),
            Field::new(&terms::PER_ACCEPTED_IMAGE, |it| {
                Value::figure_of(it.cheapest.and_then(RouteEstimate::cost))
            }),
            Field::new(&terms::SAME_COST, |it| ids(&it.same)),
            Field::new(&terms::LOWER_IN_DOUBT, |it| ids(&it.lower_in_doubt)),
            Field::new(&terms::LOWER_NOT_STATED, |it| ids(&it.lower_not_stated)),
            Field::new(&terms::LEAST_CASH, |it| Value::text(it.less_cash.map(|(row, _)| id(row)))),
            Field::new(&terms::VOLUME_CASH, |it| {
                Value::figure_of(it.less_cash.map(|(_, cash)| cash))
            }),
        ]
    }
}

fn id(row: &RouteEstimate) -> String {
    row.route.id.to_string()
}

fn ids<'a>(rows: &[&RouteEstimate]) -> Value<'a> {
    Value::List(rows.iter().map(|row| id(row)).collect())
}
