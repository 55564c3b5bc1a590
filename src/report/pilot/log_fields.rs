//! The fields of a row of a log.

use crate::catalog::route::Route;
use crate::pilot::log::Rejected;
use crate::pilot::{RatedRow, Results};
use crate::reason::Logged;
use crate::report::dictionary::terms;
use crate::report::estimate::{OfRoute, of_route};
use crate::report::record::{Field, Recorded, Value};

/// A row of a log.
#[derive(Debug, Clone, Copy)]
pub enum LogRow<'a> {
    /// An attempt with its price.
    Rated(&'a RatedRow),
    /// One that cannot be read.
    Rejected(&'a Rejected),
}

/// Every row of the log in its order, those that cannot be read included: nothing is lost.
pub(super) fn rows(results: &Results) -> impl Iterator<Item = LogRow<'_>> {
    let rated = results.rows.iter().map(LogRow::Rated);
    let mut rows: Vec<LogRow> =
        rated.chain(results.rejected.iter().map(LogRow::Rejected)).collect();
    rows.sort_by_key(LogRow::number);
    rows.into_iter()
}

impl LogRow<'_> {
    fn number(&self) -> usize {
        match self {
            LogRow::Rated(row) => row.row.number,
            LogRow::Rejected(row) => row.number,
        }
    }

    fn rated(&self) -> Option<&RatedRow> {
        match self {
            LogRow::Rated(row) => Some(row),
            LogRow::Rejected(_) => None,
        }
    }

    fn request_id(&self) -> &str {
        match self {
            LogRow::Rated(row) => &row.row.request_id,
            LogRow::Rejected(row) => &row.request_id,
        }
    }

    fn outcome(&self) -> &'static str {
        match self {
            LogRow::Rated(row) if row.rated.is_some() => "rated",
            LogRow::Rated(_) => "seat_only",
            LogRow::Rejected(_) => "not_read",
        }
    }

    fn reason(&self) -> String {
        match self {
            LogRow::Rated(row) => match &row.rated {
                Some(cost) => cost.reasons().in_words(),
                None => Logged::PaidBySeat.to_string(),
            },
            LogRow::Rejected(row) => {
                let problems: Vec<&str> =
                    row.problems.iter().map(|it| it.message.as_str()).collect();
                problems.join("; ")
            }
        }
    }

    fn reason_codes(&self) -> Value<'_> {
        match self {
            LogRow::Rated(row) => match &row.rated {
                Some(cost) => Value::reason_codes(cost),
                None => Value::codes([Logged::PaidBySeat.code()]),
            },
            LogRow::Rejected(row) => Value::codes(row.problems.iter().map(|it| it.code.as_str())),
        }
    }
}

impl OfRoute for LogRow<'_> {
    fn route(&self) -> Option<&Route> {
        self.rated()?.row.route.as_deref()
    }
}

impl Recorded for LogRow<'_> {
    const NAME: &'static str = "log_row";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_attempt();
        fields.extend(of_route());
        fields.extend([
            Field::new(&terms::ENDING, |it: &Self| {
                Value::text(it.rated().map(|it| it.row.ending.as_str()))
            }),
            Field::new(&terms::LATENCY, |it| {
                Value::number(it.rated().and_then(|it| it.row.latency))
            }),
        ]);
        fields.extend(of_cost());
        fields
    }
}

fn of_attempt<'a>() -> Vec<Field<LogRow<'a>>> {
    vec![
        Field::new(&terms::ROW, |it: &LogRow| Value::number(Some(it.number() as u64))),
        Field::new(&terms::OUTCOME, |it| Value::text(Some(it.outcome()))),
        Field::new(&terms::REQUEST_ID, |it| Value::text(Some(it.request_id()))),
        Field::new(&terms::ATTEMPT, |it| Value::number(it.rated().map(|it| it.row.attempt))),
        Field::new(&terms::SAMPLE, |it| Value::text(it.rated().map(|it| it.row.sample.as_str()))),
        Field::new(&terms::DAY, |it| Value::text(it.rated().map(|it| it.row.day.to_string()))),
    ]
}

fn of_cost<'a>() -> Vec<Field<LogRow<'a>>> {
    vec![
        Field::new(&terms::RATED, |it: &LogRow| {
            Value::figure_of(it.rated().and_then(|it| it.rated.as_ref()))
        }),
        Field::new(&terms::BY_RULE, |it| {
            Value::figure_of(it.rated().and_then(|it| it.by_rule.as_ref()))
        }),
        Field::new(&terms::LOGGED, |it| Value::number(it.rated().and_then(|it| it.row.cost))),
        Field::new(&terms::LOGGED_AGAINST_RATED, |it| {
            Value::text(it.rated().map(|it| it.difference.as_str()))
        }),
        Field::new(&terms::LOGGED_MINUS_RATED, |it| {
            Value::number(it.rated().and_then(|it| it.difference.amount()))
        }),
        Field::new(&terms::CERTAINTY, |it| match it.rated().and_then(|it| it.rated.as_ref()) {
            Some(cost) => Value::certainty(cost),
            None => Value::text(Some("unknown")),
        }),
        Field::new(&terms::REASON, |it| Value::text(Some(it.reason()))),
        Field::new(&terms::REASON_CODES, |it| it.reason_codes()),
    ]
}
