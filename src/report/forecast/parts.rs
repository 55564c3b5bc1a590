//! The parts of a forecast that other commands on budgets show as well: totals, limits, findings and what is not made.

use rust_decimal::Decimal;

use crate::budget::{
    Alert, AmountToRequest, AtAcceptance, Finding, Lever, LimitStatus, Made, Month, NotHeld,
    NotMade, Paid, Payee, Period, PriceBasis, Scope, Unit,
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
    /// The weakest that its prices rest on.
    pub price_basis: Option<PriceBasis>,
    /// What leaves the account, each month's credit bought at once; nothing where that is the cost.
    pub cash: Option<&'a Figure<Decimal>>,
}

impl Recorded for Whole<'_> {
    const NAME: &'static str = "whole_cost";

    fn fields() -> Vec<Field<Self>> {
        let cash = terms::CASH.of(|it: &Self| it.cash.into());
        of_cost().into_iter().chain([cash]).collect()
    }
}

impl OfCost for Whole<'_> {
    fn cost(&self) -> (&Figure<Decimal>, Made, Option<PriceBasis>) {
        (self.cost, self.made, self.price_basis)
    }
}

/// What has a cost, so much of which is made, at prices that rest on something.
pub(super) trait OfCost {
    fn cost(&self) -> (&Figure<Decimal>, Made, Option<PriceBasis>);
}

/// A cost, how far it is known, how much of it is made, what its prices rest on and why it is open.
pub(super) fn of_cost<R: OfCost>() -> [Field<R>; 6] {
    let [cost, certainty, reason, codes] = terms::COST.figure(|it: &R| Some(it.cost().0));
    let made = terms::STATUS.of(|it: &R| it.cost().1.as_str().into());
    let basis = terms::PRICE_BASIS.of(|it: &R| it.cost().2.map(PriceBasis::as_str).into());
    [cost, certainty, made, basis, reason, codes]
}

impl Recorded for &AmountToRequest {
    const NAME: &'static str = "amount_to_request";

    fn fields() -> Vec<Field<Self>> {
        let [amount, certainty, ..] = terms::AMOUNT.figure(|it: &Self| Some(&it.amount));
        vec![
            terms::CASE.of(|it| it.probability.is_none().then_some(it.case.as_str()).into()),
            terms::MARGIN.of(|it| it.margin.into()),
            amount,
            certainty,
            terms::PROBABILITY.of(|it| it.probability.into()),
            terms::AMOUNT_EXCEEDED_SHARE.of(|it| it.exceeded.into()),
            terms::WITHOUT.of(|it| {
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
        let [cost, certainty, reason, codes] = terms::COST.figure(|it: &Self| Some(&it.cost));
        vec![
            terms::SCOPE.of(|it| scope(&it.scope).0.into()),
            terms::SCOPE_NAME.of(|it| scope(&it.scope).1.into()),
            terms::SCOPE_VALUE.of(|it| scope(&it.scope).2.into()),
            terms::PERIOD.of(|it| it.period.unit().as_str().into()),
            terms::MONTH.of(|it| it.period.month().into()),
            terms::QUARTER.of(|it| named(it.period, Unit::Quarter)),
            terms::YEAR.of(|it| named(it.period, Unit::Year)),
            cost,
            certainty,
            terms::LIMIT.of(|it| it.limit.into()),
            terms::VERDICT.of(|it| it.verdict.as_str().into()),
            reason,
            codes,
        ]
    }
}

/// The name of a period, where it is as long as that.
fn named<'a>(period: Period, unit: Unit) -> Value<'a> {
    Some(period).filter(|it| it.unit() == unit).map(|it| it.to_string()).into()
}

/// A limit of a period.
trait OfPeriod {
    /// Whose cost, in which period, and the most of it in US dollars.
    fn limit(&self) -> (&Scope, Period, Decimal);
}

impl OfPeriod for NotHeld {
    fn limit(&self) -> (&Scope, Period, Decimal) {
        (&self.scope, self.period, self.limit)
    }
}

impl OfPeriod for &Alert {
    fn limit(&self) -> (&Scope, Period, Decimal) {
        (&self.scope, self.period, self.limit)
    }
}

/// Whose limit it is, of which period, and how much.
fn of_period<R: OfPeriod>() -> Vec<Field<R>> {
    vec![
        terms::SCOPE.of(|it: &R| scope(it.limit().0).0.into()),
        terms::SCOPE_NAME.of(|it: &R| scope(it.limit().0).1.into()),
        terms::SCOPE_VALUE.of(|it: &R| scope(it.limit().0).2.into()),
        terms::PERIOD.of(|it: &R| it.limit().1.unit().as_str().into()),
        terms::QUARTER.of(|it: &R| named(it.limit().1, Unit::Quarter)),
        terms::YEAR.of(|it: &R| named(it.limit().1, Unit::Year)),
        terms::LIMIT.of(|it: &R| it.limit().2.into()),
    ]
}

impl Recorded for NotHeld {
    const NAME: &'static str = "limit_not_held";

    fn fields() -> Vec<Field<Self>> {
        of_period()
    }
}

impl Recorded for &Alert {
    const NAME: &'static str = "alert";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = of_period();
        fields.extend([
            terms::ALERT_AT.of(|it: &Self| it.share.into()),
            terms::ALERT.of(|it: &Self| it.reached.as_str().into()),
            terms::MONTH.of(|it: &Self| it.reached.month().into()),
        ]);
        fields
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
        let [cost, certainty, ..] = terms::COST.figure(|(_, paid): &Self| Some(&paid.cost));
        vec![
            terms::OWNER.of(|(payee, _)| owner(payee).map(|it| it.0).into()),
            terms::OWNER_NAME.of(|(payee, _)| owner(payee).map(|it| it.1).into()),
            terms::OWNER_KIND.of(|(payee, _)| owner(payee).map(|it| it.2).into()),
            cost,
            certainty,
            terms::STATUS.of(|(_, paid)| paid.made.as_str().into()),
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
            terms::FINDING.of(|it| it.kind.as_str().into()),
            terms::WORKLOAD.of(|it| it.workload.as_str().into()),
            terms::MONTH.of(|it| it.month.into()),
            terms::MESSAGE.of(|it| it.message().into()),
        ]
    }
}

impl Recorded for NotMade {
    const NAME: &'static str = "not_made";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::WORKLOAD.of(|it| it.workload.as_str().into()),
            terms::MONTHS.of(|it| months(&it.months)),
            terms::REASON.of(|it| it.why.sentence().into()),
            terms::REASON_CODES.of(|it| Value::codes([it.why.code()])),
        ]
    }
}

impl Recorded for (&String, &Vec<Month>) {
    const NAME: &'static str = "not_planned";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::WORKLOAD.of(|(workload, _)| workload.as_str().into()),
            terms::MONTHS.of(|(_, of)| months(of)),
        ]
    }
}

fn months<'a>(months: &[Month]) -> Value<'a> {
    Value::List(months.iter().map(Month::to_string).collect())
}

impl Recorded for &AtAcceptance {
    const NAME: &'static str = "at_acceptance";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.cost));
        vec![
            terms::ACCEPTANCE.of(|it| it.acceptance.into()),
            terms::WORKLOADS.of(|it| Value::List(it.workloads.clone())),
            cost,
            certainty,
        ]
    }
}

impl Recorded for &Lever {
    const NAME: &'static str = "lever";

    fn fields() -> Vec<Field<Self>> {
        let [saving, certainty, reason, codes] = terms::SAVING.figure(|it: &Self| Some(&it.saving));
        vec![
            terms::LEVER.of(|it| it.change.code().into()),
            terms::WORKLOAD.of(|it| it.workload.as_str().into()),
            terms::CHANGE.of(|it| it.change_in_words().into()),
            saving,
            certainty,
            reason,
            codes,
            terms::GIVEN_UP.of(|it| it.given_up.to_string().into()),
            terms::GIVEN_UP_CODE.of(|it| it.given_up.code().into()),
        ]
    }
}
