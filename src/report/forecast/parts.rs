//! The parts of a forecast that other commands on budgets show as well: totals, limits, findings and what is not made.

use rust_decimal::Decimal;

use crate::budget::{
    AmountToRequest, AtAcceptance, Finding, Lever, LimitStatus, Made, Month, NotMade, Paid, Payee,
    Scope,
};
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::record::{Field, Recorded, Value};

/// What a whole budget, or a part of it, costs.
#[derive(Debug)]
pub struct Whole<'a> {
    /// US dollars.
    pub cost: &'a Figure<Decimal>,
    /// How much of what is planned is made.
    pub made: Made,
}

impl Recorded for Whole<'_> {
    const NAME: &'static str = "whole_cost";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::COST, |it| Value::figure(it.cost)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(it.cost)),
            Field::new(&terms::STATUS, |it| Value::text(Some(it.made.as_str()))),
            Field::new(&terms::REASON, |it| Value::reasons(it.cost)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(it.cost)),
        ]
    }
}

impl Recorded for &AmountToRequest {
    const NAME: &'static str = "amount_to_request";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::CASE, |it| Value::text(Some(it.case.as_str()))),
            Field::new(&terms::MARGIN, |it| Value::Number(it.margin)),
            Field::new(&terms::AMOUNT, |it| Value::figure(&it.amount)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.amount)),
            Field::new(&terms::WITHOUT, |it| {
                Value::List(
                    it.without.iter().chain(&it.not_made).map(ToString::to_string).collect(),
                )
            }),
        ]
    }
}

impl Recorded for &LimitStatus {
    const NAME: &'static str = "limit_status";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::SCOPE, |it| Value::text(Some(scope(&it.scope).0))),
            Field::new(&terms::SCOPE_NAME, |it| Value::text(scope(&it.scope).1)),
            Field::new(&terms::SCOPE_VALUE, |it| Value::text(scope(&it.scope).2)),
            Field::new(&terms::MONTH, |it| Value::text(it.month.map(|month| month.to_string()))),
            Field::new(&terms::COST, |it| Value::figure(&it.cost)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.cost)),
            Field::new(&terms::LIMIT, |it| Value::Number(it.limit)),
            Field::new(&terms::VERDICT, |it| Value::text(Some(it.verdict.as_str()))),
            Field::new(&terms::REASON, |it| Value::reasons(&it.cost)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.cost)),
        ]
    }
}

/// What a limit or a sum is of: its kind, the name and, of a tag, the value.
pub(in crate::report) fn scope(scope: &Scope) -> (&str, Option<&str>, Option<&str>) {
    match scope {
        Scope::Budget => ("budget", None, None),
        Scope::Workload(name) => ("workload", Some(name), None),
        Scope::Owner(id) => ("owner", Some(id), None),
        Scope::Tag(key, value) => ("tag", Some(key), Some(value)),
    }
}

impl Recorded for (&Payee, &Paid) {
    const NAME: &'static str = "paid";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::OWNER, |(payee, _)| Value::text(owner(payee).map(|it| it.0))),
            Field::new(&terms::OWNER_NAME, |(payee, _)| Value::text(owner(payee).map(|it| it.1))),
            Field::new(&terms::OWNER_KIND, |(payee, _)| Value::text(owner(payee).map(|it| it.2))),
            Field::new(&terms::COST, |(_, paid)| Value::figure(&paid.cost)),
            Field::new(&terms::CERTAINTY, |(_, paid)| Value::certainty(&paid.cost)),
            Field::new(&terms::STATUS, |(_, paid)| Value::text(Some(paid.made.as_str()))),
        ]
    }
}

/// Id, name and kind of an owner; whoever is paid for other costs is none.
fn owner(payee: &Payee) -> Option<(&str, &str, &'static str)> {
    match payee {
        Payee::Owner { kind, id, name } => Some((id, name, kind.as_str())),
        Payee::OtherCosts => None,
    }
}

impl Recorded for &Finding {
    const NAME: &'static str = "finding";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::FINDING, |it| Value::text(Some(it.kind.as_str()))),
            Field::new(&terms::WORKLOAD, |it| Value::text(Some(it.workload.as_str()))),
            Field::new(&terms::MONTH, |it| Value::text(Some(it.month.to_string()))),
            Field::new(&terms::MESSAGE, |it| Value::text(Some(it.message()))),
        ]
    }
}

impl Recorded for NotMade {
    const NAME: &'static str = "not_made";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::WORKLOAD, |it| Value::text(Some(it.workload.as_str()))),
            Field::new(&terms::MONTHS, |it| months(&it.months)),
            Field::new(&terms::REASON, |it| Value::text(Some(it.why.sentence()))),
            Field::new(&terms::REASON_CODES, |it| Value::codes([it.why.code()])),
        ]
    }
}

impl Recorded for (&String, &Vec<Month>) {
    const NAME: &'static str = "not_planned";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::WORKLOAD, |(workload, _)| Value::text(Some(workload.as_str()))),
            Field::new(&terms::MONTHS, |(_, of)| months(of)),
        ]
    }
}

fn months<'a>(months: &[Month]) -> Value<'a> {
    Value::List(months.iter().map(Month::to_string).collect())
}

impl Recorded for &AtAcceptance {
    const NAME: &'static str = "at_acceptance";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::ACCEPTANCE, |it| Value::Number(it.acceptance)),
            Field::new(&terms::WORKLOADS, |it| Value::List(it.workloads.clone())),
            Field::new(&terms::COST, |it| Value::figure(&it.cost)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.cost)),
        ]
    }
}

impl Recorded for &Lever {
    const NAME: &'static str = "lever";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::LEVER, |it| Value::text(Some(it.kind.as_str()))),
            Field::new(&terms::WORKLOAD, |it| Value::text(Some(it.workload.as_str()))),
            Field::new(&terms::CHANGE, |it| Value::text(Some(it.change.as_str()))),
            Field::new(&terms::SAVING, |it| Value::figure(&it.saving)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.saving)),
            Field::new(&terms::REASON, |it| Value::reasons(&it.saving)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.saving)),
            Field::new(&terms::GIVEN_UP, |it| Value::text(Some(it.given_up.as_str()))),
        ]
    }
}
