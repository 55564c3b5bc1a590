//! The fields of a forecast's rows: a month of a workload on a route, of seats or of another cost. No totals.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Found;
use super::identity::{OfRow, any_tag, identity, tags};
use crate::budget::{Case, ForecastLine, Made};
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::reason::Reasons;
use crate::report::dictionary::terms;
use crate::report::record::{Chosen, Columns, Field, Recorded, UnknownColumn, Value};
use crate::unit::Meter;

/// A row of a forecast with what is the same for all of them, or for many in a row.
#[derive(Debug, Clone)]
pub struct ForecastRow<'a> {
    line: ForecastLine,
    words: Words,
    month: Rc<WordsOfMonth>,
    catalog_digest: &'a str,
}

/// What rows that follow each other mostly say alike, so that it is put into words once.
#[derive(Debug, Clone)]
struct Words {
    /// The id of the route.
    route: Rc<str>,
    /// Why the cost is not exact.
    reasons: Rc<str>,
}

/// What all rows of a month say alike.
#[derive(Debug)]
struct WordsOfMonth {
    month: String,
    fiscal: (i32, u32),
    as_of: String,
}

/// The rows of a forecast, and one for each workload in a month without a volume.
pub fn rows<'a>(
    found: &'a Found<'a>,
    catalog: &'a Catalog,
) -> impl Iterator<Item = ForecastRow<'a>> {
    let catalog_digest = catalog.digest();
    let lines = found.budget.months().flat_map(|month| {
        let words = Rc::new(WordsOfMonth {
            month: month.to_string(),
            fiscal: month.fiscal(found.budget.fiscal_year_start),
            as_of: found.today.to_string(),
        });
        let lines = found.forecast.rows_of_all(month).into_iter();
        lines.map(move |line| (line, words.clone()))
    });
    let mut last = Said::default();
    lines.map(move |(line, month)| {
        let words = last.words(&line);
        ForecastRow { line, words, month, catalog_digest }
    })
}

/// What was said of the last row.
#[derive(Default)]
struct Said {
    route: (Option<Arc<Route>>, Rc<str>),
    reasons: (Reasons, Rc<str>),
}

impl Said {
    /// The words of a row: those of the last one, where it says the same.
    fn words(&mut self, line: &ForecastLine) -> Words {
        let is_same = match (&self.route.0, &line.route) {
            (Some(last), Some(route)) => Arc::ptr_eq(last, route),
            (last, route) => last.is_none() && route.is_none(),
        };
        if !is_same {
            let id = line.route.as_ref().map_or_else(String::new, |route| route.id.to_string());
            self.route = (line.route.clone(), id.into());
        }
        let reasons = line.cost.reasons();
        if self.reasons.0 != *reasons {
            self.reasons = (reasons.clone(), reasons.in_words().into());
        }
        Words { route: self.route.1.clone(), reasons: self.reasons.1.clone() }
    }
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
    fn of_row(&self) -> &ForecastLine {
        &self.line
    }

    fn route_id(&self) -> Cow<'_, str> {
        (&*self.words.route).into()
    }
}

type Fields<'a> = Vec<Field<ForecastRow<'a>>>;

fn when<'a>() -> Fields<'a> {
    vec![
        terms::MONTH.of(|it| it.month.month.as_str().into()),
        terms::FISCAL_YEAR.of(|it| it.month.fiscal.0.into()),
        terms::FISCAL_QUARTER.of(|it| it.month.fiscal.1.into()),
    ]
}

fn how_much<'a>() -> Fields<'a> {
    let mut fields =
        vec![
            terms::WANTED.of(|it: &ForecastRow| {
                if it.is_images() { Value::count(&it.line.wanted) } else { Value::Blank }
            }),
            terms::ACCEPTED.of(|it| it.quantity(&it.line.accepted)),
            terms::SHORTFALL.of(|it| it.quantity(&it.line.shortfall)),
            terms::ATTEMPTS.of(|it| it.quantity(&it.line.attempts)),
            terms::BILLED_CALLS.of(|it| it.quantity(&it.line.billed_calls)),
        ];
    let meters = Meter::ALL.into_iter().filter(|meter| meter.is_tokens());
    fields.extend(meters.map(|meter| {
        let name = meter.as_str().to_owned();
        Field::named(&terms::TOKENS, format!("{meter}_tokens"), name, ForecastRow::tokens)
    }));
    fields
}

fn what_it_costs<'a>() -> Fields<'a> {
    let [cost, certainty, ..] = terms::COST.figure(|it: &ForecastRow| Some(&it.line.cost));
    vec![
        cost,
        certainty,
        terms::STATUS.of(
            |it| {
                if it.is_images() { it.line.made.as_str().into() } else { Value::Blank }
            },
        ),
        terms::PRICE_BASIS.of(|it| it.line.price_basis.as_str().into()),
        terms::PRICE_VERSIONS.of(|it| Value::List(it.line.versions.to_vec())),
        terms::REASON.of(|it| it.reason().into()),
        terms::REASON_CODES.of(|it| Value::reason_codes(&it.line.cost)),
        terms::AS_OF.of(|it| it.month.as_of.as_str().into()),
        terms::CATALOG_DIGEST.of(|it| it.catalog_digest.into()),
    ]
}

fn plain_cost<'a>(case: Case) -> Field<ForecastRow<'a>> {
    let key = terms::COST_COLUMN.key.to_owned();
    Field::named(&terms::COST_COLUMN, key, case.as_str().to_owned(), ForecastRow::plain_cost)
}

impl ForecastRow<'_> {
    fn is_images(&self) -> bool {
        self.line.is_images()
    }

    /// A quantity; a cost beside that of images has none.
    fn quantity<'r>(&'r self, figure: &'r Figure<Decimal>) -> Value<'r> {
        if self.is_images() { Value::figure(figure) } else { Value::Blank }
    }

    fn plain_cost(&self, case: &str) -> Value<'_> {
        let case = Case::ALL.into_iter().find(|known| known.as_str() == case);
        let amount = case.and_then(|case| case.of(&self.line.cost).exact());
        amount.into()
    }

    fn tokens(&self, meter: &str) -> Value<'_> {
        let found = self.line.tokens.iter().find(|(known, _)| known.as_str() == meter);
        match found {
            Some((_, tokens)) => self.quantity(tokens),
            None if self.is_images() => Value::Number(Decimal::ZERO),
            None => Value::Blank,
        }
    }

    /// Why the cost is not exact, or that none is due.
    fn reason(&self) -> Cow<'_, str> {
        let reasons = &*self.words.reasons;
        match self.line.made {
            Made::Nothing => format!("not made: {reasons}").into(),
            Made::Part => format!("not all is made: {reasons}").into(),
            Made::NotPlanned if self.is_images() => "not planned".into(),
            Made::NotPlanned | Made::All => reasons.into(),
        }
    }
}
