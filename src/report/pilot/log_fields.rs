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
            terms::ENDING.of(|it: &Self| it.rated().map(|it| it.row.ending.as_str()).into()),
            terms::LATENCY.of(|it| it.rated().and_then(|it| it.row.latency).into()),
        ]);
        fields.extend(of_cost());
        fields
    }
}

fn of_attempt<'a>() -> Vec<Field<LogRow<'a>>> {
    vec![
        terms::ROW.of(|it: &LogRow| (it.number() as u64).into()),
        terms::OUTCOME.of(|it| it.outcome().into()),
        terms::REQUEST_ID.of(|it| it.request_id().into()),
        terms::ATTEMPT.of(|it| it.rated().map(|it| it.row.attempt).into()),
        terms::SAMPLE.of(|it| it.rated().map(|it| it.row.sample.as_str()).into()),
        terms::DAY.of(|it| it.rated().map(|it| it.row.day.to_string()).into()),
    ]
}

fn of_cost<'a>() -> Vec<Field<LogRow<'a>>> {
    vec![
        terms::RATED.of(|it: &LogRow| it.rated().and_then(|it| it.rated.as_ref()).into()),
        terms::BY_RULE.of(|it| it.rated().and_then(|it| it.by_rule.as_ref()).into()),
        terms::LOGGED.of(|it| it.rated().and_then(|it| it.row.cost).into()),
        terms::LOGGED_AGAINST_RATED.of(|it| it.rated().map(|it| it.difference.as_str()).into()),
        terms::LOGGED_MINUS_RATED.of(|it| it.rated().and_then(|it| it.difference.amount()).into()),
        terms::CERTAINTY.of(|it| match it.rated().and_then(|it| it.rated.as_ref()) {
            Some(cost) => Value::certainty(cost),
            None => "unknown".into(),
        }),
        terms::REASON.of(|it| it.reason().into()),
        terms::REASON_CODES.of(|it| it.reason_codes()),
    ]
}
