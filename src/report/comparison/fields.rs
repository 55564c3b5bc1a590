//! The fields of a comparison's rows: one route for one piece of work. No totals.

use super::columns;
use crate::catalog::evidence::Doubt;
use crate::catalog::route::Route;
use crate::catalog::{Catalog, readiness};
use crate::comparison::{Comparison, RouteEstimate};
use crate::estimate::Estimate;
use crate::reason::Reasons;
use crate::report::dictionary::terms;
use crate::report::estimate::{
    OfEstimate, OfRoute, of_asked, of_attempts, of_contract, of_route, of_version,
};
use crate::report::record::{Field, Recorded, Value};

/// A row with what is the same for all of them.
#[derive(Debug, Clone, Copy)]
pub struct ComparedRow<'a> {
    pub(super) row: &'a RouteEstimate,
    comparison: &'a Comparison,
    catalog_digest: &'a str,
}

type Fields<'a> = Vec<Field<ComparedRow<'a>>>;

/// The rows of a comparison.
pub(super) fn rows<'a>(
    comparison: &'a Comparison,
    catalog: &'a Catalog,
) -> impl Iterator<Item = ComparedRow<'a>> {
    let catalog_digest = catalog.digest();
    comparison.rows.iter().map(move |row| ComparedRow { row, comparison, catalog_digest })
}

impl Recorded for ComparedRow<'_> {
    const NAME: &'static str = "compared_route";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = vec![Field::new(&terms::SECTION, |it: &Self| {
            Value::text(Some(it.row.section.as_str()))
        })];
        let parts = [
            of_route(),
            of_asked(),
            costs(),
            of_attempts(),
            contract(),
            of_contract(),
            of_version(),
            evidence(),
        ];
        fields.extend(parts.into_iter().flatten());
        fields
    }
}

fn costs<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::PER_ACCEPTED_IMAGE, |it| Value::figure_of(it.row.cost())),
        Field::new(&terms::CERTAINTY, |it| it.row.cost().map_or(Value::Blank, Value::certainty)),
        Field::new(&terms::REASON, |it| Value::text(Some(columns::reason(it.row)))),
        Field::new(&terms::REASON_CODES, |it| match &it.row.outcome {
            Ok(estimate) => Value::reason_codes(&estimate.attempts.per_accepted_image),
            Err(errors) => Value::codes(Reasons::from(&errors[..]).codes()),
        }),
        Field::new(&terms::RATIO_TO_OFFICIAL, |it| {
            Value::figure_of(it.row.ratio_to_official.as_ref())
        }),
        Field::new(&terms::RATIO_TO_BASELINE, |it| {
            Value::figure_of(it.row.ratio_to_baseline.as_ref())
        }),
        Field::new(&terms::BY_LIST, |it| Value::figure_of(it.row.by_list.as_ref())),
        Field::new(&terms::REQUEST_COST, |it| Value::figure_of(it.estimate().map(|it| &it.total))),
    ]
}

fn contract<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::BILLING_UNIT, |it| Value::text(it.row.route.billing_unit.as_deref())),
        Field::new(&terms::SIZE_HONOURED, |it| {
            Value::text(Some(it.row.route.size_honoured.as_str()))
        }),
        Field::new(&terms::QUALITY_HONOURED, |it| {
            Value::text(Some(it.row.route.quality_honoured.as_str()))
        }),
        Field::new(&terms::STOP_RULE, |it| {
            Value::text(Some(readiness::verdict(&readiness::missing(&it.row.route))))
        }),
        Field::new(&terms::TERMS_MISSING, |it| Value::List(readiness::missing(&it.row.route))),
    ]
}

fn evidence<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::AGE_DAYS, |it| Value::number(it.age_days())),
        Field::new(&terms::DOUBT, |it| {
            Value::text(it.row.doubt(it.comparison.as_of).map(Doubt::as_str))
        }),
        Field::new(&terms::AS_OF, |it| Value::text(Some(it.comparison.as_of.to_string()))),
        Field::new(&terms::CATALOG_DIGEST, |it| Value::text(Some(it.catalog_digest))),
    ]
}

impl ComparedRow<'_> {
    fn age_days(&self) -> Option<i64> {
        let seen = self.estimate()?.table.version().evidence.seen?;
        Some((self.comparison.as_of - seen).num_days()).filter(|days| *days >= 0)
    }
}

impl OfEstimate for ComparedRow<'_> {
    fn estimate(&self) -> Option<&Estimate> {
        self.row.outcome.as_deref().ok()
    }
}

impl OfRoute for ComparedRow<'_> {
    fn route(&self) -> Option<&Route> {
        Some(&self.row.route)
    }
}
