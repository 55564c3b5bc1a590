//! Whose a row of a forecast is, in files: the same fields in every layout.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::budget::{Budget, ForecastLine};
use crate::report::dictionary::terms;
use crate::report::record::Field;

/// A row of a file that is of a row of a forecast.
pub(super) trait OfRow {
    /// The row of the forecast.
    fn of_row(&self) -> &ForecastLine;

    /// The id of its route; empty for another cost.
    fn route_id(&self) -> Cow<'_, str> {
        self.of_row().route.as_ref().map_or_else(Cow::default, |route| route.id.to_string().into())
    }
}

/// What a row is of: kind and name of the cost, workload, route, its owner and model, and the tags by their keys and
/// names.
pub(super) fn identity<R: OfRow>(
    tags: impl IntoIterator<Item = (String, String)>,
) -> Vec<Field<R>> {
    let mut fields: Vec<Field<R>> = vec![
        terms::COST_KIND.of(|it| it.of_row().kind.as_str().into()),
        terms::COST_NAME.of(|it| it.of_row().cost_name.as_deref().into()),
        terms::SEATS.of(|it| it.of_row().seats.map(Decimal::from).into()),
        terms::WORKLOAD.of(|it| (&*it.of_row().workload).into()),
        terms::ROUTE.of(|it| it.route_id().into()),
        terms::OWNER
            .of(|it| it.of_row().route.as_ref().map(|route| route.id.owner.as_str()).into()),
        terms::OWNER_NAME
            .of(|it| it.of_row().route.as_ref().map(|route| route.owner_name.as_str()).into()),
        terms::OWNER_KIND
            .of(|it| it.of_row().route.as_ref().map(|route| route.id.kind.as_str()).into()),
        terms::MODEL.of(|it| it.of_row().route.as_ref().map(|route| route.model.as_str()).into()),
    ];
    let tag = |(key, tag)| {
        Field::named(&terms::TAG, key, tag, |it: &R, tag| {
            it.of_row().tags.get(tag).map(String::as_str).into()
        })
    };
    fields.extend(tags.into_iter().map(tag));
    fields
}

/// The tags of any workload, seats or cost, each with the name of its column.
pub(super) fn tags(budget: &Budget) -> Vec<(String, String)> {
    budget.tag_names().into_iter().map(|tag| (tag_key(tag), tag.to_owned())).collect()
}

/// The tags as a schema has them: any name.
pub(super) fn any_tag() -> [(String, String); 1] {
    [(terms::TAG.key.to_owned(), String::new())]
}

/// The name of the column of a tag: `tag_cost_centre`.
pub(super) fn tag_key(tag: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("tag_{}", tag.chars().map(word).collect::<String>())
}
