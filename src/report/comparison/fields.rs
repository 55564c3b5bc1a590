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
        let mut fields = vec![terms::SECTION.of(|it: &Self| it.row.section.as_str().into())];
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
        terms::PER_ACCEPTED_IMAGE.of(|it| it.row.cost().into()),
        terms::CERTAINTY.of(|it| it.row.cost().map_or(Value::Blank, Value::certainty)),
        terms::REASON.of(|it| columns::reason(it.row).into()),
        terms::REASON_CODES.of(|it| match &it.row.outcome {
            Ok(estimate) => Value::reason_codes(&estimate.attempts.per_accepted_image),
            Err(errors) => Value::codes(Reasons::from(&errors[..]).codes()),
        }),
        terms::RATIO_TO_OFFICIAL.of(|it| it.row.ratio_to_official.as_ref().into()),
        terms::RATIO_TO_BASELINE.of(|it| it.row.ratio_to_baseline.as_ref().into()),
        terms::BY_LIST.of(|it| it.row.by_list.as_ref().into()),
        terms::REQUEST_COST.of(|it| it.estimate().map(|it| &it.total).into()),
    ]
}

fn contract<'a>() -> Fields<'a> {
    vec![
        terms::ROUTE_STATUS.of(|it| it.row.route.status_on(it.comparison.as_of).as_str().into()),
        terms::BILLING_UNIT.of(|it| it.row.route.billing_unit.as_deref().into()),
        terms::SIZE_HONOURED.of(|it| it.row.route.size_honoured.as_str().into()),
        terms::QUALITY_HONOURED.of(|it| it.row.route.quality_honoured.as_str().into()),
        terms::STOP_RULE.of(|it| readiness::verdict(&readiness::missing(&it.row.route)).into()),
        terms::TERMS_MISSING
            .of(|it| Value::List(readiness::in_words(&readiness::missing(&it.row.route)))),
    ]
}

fn evidence<'a>() -> Fields<'a> {
    vec![
        terms::AGE_DAYS.of(|it| it.age_days().into()),
        terms::DOUBT.of(|it| it.row.doubt(it.comparison.aged_on).map(Doubt::as_str).into()),
        terms::AS_OF.of(|it| it.comparison.as_of.to_string().into()),
        terms::CATALOG_DIGEST.of(|it| it.catalog_digest.into()),
    ]
}

impl ComparedRow<'_> {
    fn age_days(&self) -> Option<i64> {
        let seen = self.estimate()?.rests_on().seen()?;
        Some((self.comparison.aged_on - seen).num_days()).filter(|days| *days >= 0)
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
