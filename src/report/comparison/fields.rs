//! The fields of a comparison's rows: one route for one piece of work. No totals.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::columns;
use crate::catalog::{Catalog, readiness};
use crate::comparison::{Comparison, Row};
use crate::estimate::{Estimate, Subject};
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::estimate::native_total;
use crate::report::record::{Columns, Field, Value};
use crate::request::Request;

/// A row with what is the same for all of them.
#[derive(Debug, Clone, Copy)]
struct ComparedRow<'a> {
    row: &'a Row,
    comparison: &'a Comparison,
    catalog_digest: &'a str,
}

type Fields<'a> = Vec<Field<ComparedRow<'a>>>;

/// Writes the rows.
pub(super) fn write_csv(
    comparison: &Comparison,
    catalog: &Catalog,
    out: &mut dyn Write,
) -> io::Result<()> {
    let catalog_digest = catalog.digest();
    let rows = comparison.rows.iter();
    let rows = rows.map(|row| ComparedRow { row, comparison, catalog_digest });
    let fields = [of_what(), costs(), contract(), evidence()].into_iter().flatten().collect();
    Columns { fields, with_ends: false }.write_csv(rows, out)
}

fn of_what<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::SECTION, |it| Value::text(Some(it.row.section.as_str()))),
        Field::new(&terms::ROUTE, |it| Value::text(Some(it.row.route.id.to_string()))),
        Field::new(&terms::OWNER, |it| Value::text(Some(it.row.route.id.owner.as_str()))),
        Field::new(&terms::OWNER_NAME, |it| Value::text(Some(it.row.route.owner_name.as_str()))),
        Field::new(&terms::OWNER_KIND, |it| Value::text(Some(it.row.route.id.kind.as_str()))),
        Field::new(&terms::MODEL, |it| Value::text(Some(it.row.work.model.as_str()))),
        Field::new(&terms::SIZE, |it| Value::text(it.asked(|request| request.size_in_words()))),
        Field::new(&terms::QUALITY, |it| {
            Value::text(it.asked(|request| request.quality_in_words().to_owned()))
        }),
    ]
}

fn costs<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::PER_ACCEPTED_IMAGE, |it| {
            it.money(|it| Some(&it.attempts.per_accepted_image))
        }),
        Field::new(&terms::CERTAINTY, |it| {
            Value::text(it.row.cost().map(|cost| cost.certainty().as_str()))
        }),
        Field::new(&terms::REASON, |it| Value::text(Some(columns::reason(it.row)))),
        Field::new(&terms::RATIO_TO_OFFICIAL, |it| number(it.row.ratio_to_official)),
        Field::new(&terms::RATIO_TO_BASELINE, |it| number(it.row.ratio_to_baseline)),
        Field::new(&terms::BY_LIST, |it| {
            it.row.by_list.as_ref().map_or(Value::Blank, Value::figure)
        }),
        Field::new(&terms::REQUEST_COST, |it| it.money(|it| Some(&it.total))),
        Field::new(&terms::IN_OWNERS_UNIT, |it| Value::text(it.estimate().and_then(native_total))),
        Field::new(&terms::VOLUME_COST, |it| {
            it.money(|it| it.attempts.volume.as_ref().map(|volume| &volume.total))
        }),
        Field::new(&terms::VOLUME_CASH, |it| {
            it.money(|it| it.purchase.as_ref().map(|purchase| &purchase.cash))
        }),
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
    ]
}

fn evidence<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::CONFIDENCE, |it| {
            Value::text(it.estimate().map(|it| it.table.version().evidence.confidence.as_str()))
        }),
        Field::new(&terms::VERSION_FROM, |it| {
            Value::text(it.estimate().map(|it| it.table.version().period.first.to_string()))
        }),
        Field::new(&terms::SEEN, |it| Value::text(it.seen().map(|day| day.to_string()))),
        Field::new(&terms::AGE_DAYS, |it| number(it.age_days())),
        Field::new(&terms::SOURCE, |it| {
            Value::text(it.estimate().map(|it| it.table.version().evidence.source.as_str()))
        }),
        Field::new(&terms::AS_OF, |it| Value::text(Some(it.comparison.as_of.to_string()))),
        Field::new(&terms::CATALOG_DIGEST, |it| Value::text(Some(it.catalog_digest))),
    ]
}

impl<'a> ComparedRow<'a> {
    fn estimate(&self) -> Option<&'a Estimate> {
        self.row.outcome.as_deref().ok()
    }

    /// An amount of the estimate. A route that cannot be priced has none, not even a known part.
    fn money(&self, of: fn(&Estimate) -> Option<&Figure<Decimal>>) -> Value<'a> {
        self.estimate().and_then(of).map_or(Value::Blank, Value::figure)
    }

    /// What was asked for, with the defaults that were taken.
    fn asked(&self, of: fn(&Request) -> String) -> Option<String> {
        match &self.estimate()?.subject {
            Subject::Request(request) => Some(of(request)),
            Subject::Reply(..) => None,
        }
    }

    fn seen(&self) -> Option<chrono::NaiveDate> {
        self.estimate()?.table.version().evidence.seen
    }

    fn age_days(&self) -> Option<Decimal> {
        let days = (self.comparison.as_of - self.seen()?).num_days();
        (days >= 0).then(|| days.into())
    }
}

fn number<'a>(value: Option<Decimal>) -> Value<'a> {
    value.map_or(Value::Blank, Value::Number)
}
