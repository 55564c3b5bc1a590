//! The fields of a forecast's rows: a month of a workload on a route, or of another cost. No totals.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::Found;
use super::identity::{OfRow, any_tag, identity, tags};
use crate::budget::{Case, Made, Month, Row, Workload};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::record::{Chosen, Columns, Field, Recorded, UnknownColumn, Value};
use crate::unit::Meter;

/// A row of a forecast with what is the same for all of them.
#[derive(Debug, Clone)]
pub struct ForecastRow<'a> {
    row: Cow<'a, Row>,
    found: &'a Found<'a>,
    catalog_digest: &'a str,
}

/// The rows of a forecast.
pub fn rows<'a>(
    found: &'a Found<'a>,
    catalog: &'a Catalog,
) -> impl Iterator<Item = ForecastRow<'a>> {
    let catalog_digest = catalog.digest();
    let rows = found.budget.months().flat_map(move |month| rows_of(found, month));
    rows.map(move |row| ForecastRow { row, found, catalog_digest })
}

/// The rows of a month, and one for each workload without a volume in it.
fn rows_of<'a>(found: &'a Found<'a>, month: Month) -> impl Iterator<Item = Cow<'a, Row>> {
    // The rows of a forecast are in the order of months.
    let rows = &found.forecast.rows;
    let from = rows.partition_point(|row| row.month < month);
    let until = rows.partition_point(|row| row.month <= month);
    let is_idle = move |it: &&Workload| {
        let months = found.forecast.not_planned.get(&it.name);
        months.is_some_and(|months| months.binary_search(&month).is_ok())
    };
    let idle = found.budget.workloads.iter().filter(is_idle);
    let idle = idle.map(move |workload| Cow::Owned(Row::not_planned(workload, month)));
    rows[from..until].iter().map(Cow::Borrowed).chain(idle)
}

/// The keys of the columns that answer most questions; a cost has three columns.
const COMMON: [&str; 16] = [
    "month",
    "fiscal_quarter",
    "workload",
    "route",
    "owner",
    "owner_kind",
    "model",
    "wanted_images",
    "accepted_images",
    "attempts",
    "cost",
    "certainty",
    "price_basis",
    "reason",
    "as_of",
    "catalog_digest",
];

/// The columns of a file. `case` adds the one plain cost, for those who add up one number.
///
/// # Errors
/// A name that is no column.
pub fn columns<'a>(
    found: &Found<'a>,
    chosen: &Chosen,
    case: Option<Case>,
) -> Result<Columns<ForecastRow<'a>>, UnknownColumn> {
    let mut columns = Columns::choose(fields(found), &COMMON, chosen)?;
    if let Some(case) = case {
        let cost = columns.fields.iter().position(|field| field.key() == terms::COST.key);
        columns.fields.insert(cost.unwrap_or(columns.fields.len()), plain_cost(case));
    }
    Ok(columns)
}

/// Every field of the rows of a budget, in the order of files.
pub(super) fn fields<'a>(found: &Found<'a>) -> Fields<'a> {
    with_tags(tags(found.budget))
}

impl Recorded for ForecastRow<'_> {
    const NAME: &'static str = "forecast_row";

    fn fields() -> Vec<Field<Self>> {
        with_tags(any_tag())
    }
}

fn with_tags<'a>(tags: impl IntoIterator<Item = (String, String)>) -> Fields<'a> {
    let mut fields = when();
    fields.extend(identity(tags));
    fields.extend(how_much());
    fields.extend(what_it_costs());
    fields
}

impl OfRow for ForecastRow<'_> {
    fn of_row(&self) -> &Row {
        &self.row
    }
}

type Fields<'a> = Vec<Field<ForecastRow<'a>>>;

fn when<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::MONTH, |it| Value::text(Some(it.row.month.to_string()))),
        Field::new(&terms::FISCAL_YEAR, |it| Value::number(Some(it.fiscal().0))),
        Field::new(&terms::FISCAL_QUARTER, |it| Value::number(Some(it.fiscal().1))),
    ]
}

fn how_much<'a>() -> Fields<'a> {
    let mut fields = vec![
        Field::new(&terms::WANTED, |it: &ForecastRow| {
            if it.is_images() { Value::count(&it.row.wanted) } else { Value::Blank }
        }),
        Field::new(&terms::ACCEPTED, |it| it.quantity(&it.row.accepted)),
        Field::new(&terms::SHORTFALL, |it| it.quantity(&it.row.shortfall)),
        Field::new(&terms::ATTEMPTS, |it| it.quantity(&it.row.attempts)),
        Field::new(&terms::BILLED_CALLS, |it| it.quantity(&it.row.billed_calls)),
    ];
    let meters = Meter::ALL.into_iter().filter(|meter| meter.is_tokens());
    fields.extend(meters.map(|meter| {
        let name = meter.as_str().to_owned();
        Field::named(&terms::TOKENS, format!("{meter}_tokens"), name, ForecastRow::tokens)
    }));
    fields
}

fn what_it_costs<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::COST, |it| Value::figure(&it.row.cost)),
        Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.row.cost)),
        Field::new(&terms::STATUS, |it| {
            if it.is_images() { Value::text(Some(it.row.made.as_str())) } else { Value::Blank }
        }),
        Field::new(&terms::PRICE_BASIS, |it| Value::text(Some(it.row.price_basis.as_str()))),
        Field::new(&terms::PRICE_VERSIONS, |it| Value::List(it.row.versions.to_vec())),
        Field::new(&terms::REASON, |it| Value::text(Some(it.reason()))),
        Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.row.cost)),
        Field::new(&terms::AS_OF, |it| Value::text(Some(it.found.today.to_string()))),
        Field::new(&terms::CATALOG_DIGEST, |it| Value::text(Some(it.catalog_digest))),
    ]
}

fn plain_cost<'a>(case: Case) -> Field<ForecastRow<'a>> {
    let key = terms::COST_COLUMN.key.to_owned();
    Field::named(&terms::COST_COLUMN, key, case.as_str().to_owned(), ForecastRow::plain_cost)
}

impl ForecastRow<'_> {
    fn fiscal(&self) -> (i32, u32) {
        self.row.month.fiscal(self.found.budget.fiscal_year_start)
    }

    fn is_images(&self) -> bool {
        self.row.other_cost.is_none()
    }

    /// A quantity; another cost has none.
    fn quantity<'r>(&'r self, figure: &'r Figure<Decimal>) -> Value<'r> {
        if self.is_images() { Value::figure(figure) } else { Value::Blank }
    }

    fn plain_cost(&self, case: &str) -> Value<'_> {
        let case = Case::ALL.into_iter().find(|known| known.as_str() == case);
        let amount = case.and_then(|case| case.of(&self.row.cost).exact());
        amount.map_or(Value::Blank, Value::Number)
    }

    fn tokens(&self, meter: &str) -> Value<'_> {
        let found = self.row.tokens.iter().find(|(known, _)| known.as_str() == meter);
        match found {
            Some((_, tokens)) => self.quantity(tokens),
            None if self.is_images() => Value::Number(Decimal::ZERO),
            None => Value::Blank,
        }
    }

    /// Why the cost is not exact, or that none is due.
    fn reason(&self) -> String {
        let reasons = || self.row.cost.reasons().in_words();
        match self.row.made {
            Made::Nothing => format!("not made: {}", reasons()),
            Made::Part => format!("not all is made: {}", reasons()),
            Made::NotPlanned if self.is_images() => "not planned".into(),
            Made::NotPlanned | Made::All => reasons(),
        }
    }
}
