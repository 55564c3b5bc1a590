//! The answers to a comparison for programs: which route is the cheapest, and what is lower and may not be named.

use crate::comparison::{Answer, RouteEstimate};
use crate::report::dictionary::terms;
use crate::report::record::{Field, Recorded, Value};

impl Recorded for Answer<'_> {
    const NAME: &'static str = "compared_answer";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::MODEL.of(|it: &Self| it.work.model.as_str().into()),
            terms::SIZE.of(|it| it.work.size.as_deref().into()),
            terms::QUALITY.of(|it| it.work.quality.as_deref().into()),
            terms::CHEAPEST.of(|it| it.cheapest.map(id).into()),
            terms::PER_ACCEPTED_IMAGE.of(|it| it.cheapest.and_then(RouteEstimate::cost).into()),
            terms::SAME_COST.of(|it| ids(&it.same)),
            terms::LOWER_IN_DOUBT.of(|it| ids(&it.lower_in_doubt)),
            terms::LOWER_NOT_STATED.of(|it| ids(&it.lower_not_stated)),
            terms::LEAST_CASH.of(|it| it.less_cash.map(|(row, _)| id(row)).into()),
            terms::VOLUME_CASH.of(|it| it.less_cash.map(|(_, cash)| cash).into()),
        ]
    }
}

fn id(row: &RouteEstimate) -> String {
    row.route.id.to_string()
}

fn ids<'a>(rows: &[&RouteEstimate]) -> Value<'a> {
    Value::List(rows.iter().map(|row| id(row)).collect())
}
