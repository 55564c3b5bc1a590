//! A check of a budget for programs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::budget::check::{BaselineChange, Check, CheckFinding, Class, MaxIncrease, RowChange};
use crate::budget::{Alert, AtAcceptance, Causes, Change, LimitStatus, Month, NotHeld, NotMade};
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::forecast::Whole;
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// What a check of a budget found.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct CheckOutput<'a> {
    /// `passed` or `failed`.
    pub verdict: &'static str,
    /// The first month.
    pub first_month: String,
    /// The last month.
    pub last_month: String,
    /// What the budget costs.
    pub total: Record<Whole<'a>>,
    /// How each limit stands.
    pub limits: Each<'a, Record<&'a LimitStatus>>,
    /// Limits of months that this part of a budget does not have in full; they are not held against it.
    pub limits_not_held: Each<'a, Record<NotHeld>>,
    /// When shares of limits are reached, by the high case with the margin.
    pub alerts: Each<'a, Record<&'a Alert>>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// The months in which a workload has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// Every class of findings.
    pub classes: BTreeMap<&'static str, ClassOutput>,
    /// What was found.
    pub findings: Each<'a, Record<Found<'a>>>,
    /// The change from a baseline, where one was given.
    pub baseline: Option<BaselineOutput<'a>>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
}

impl Output for CheckOutput<'_> {
    const NAME: &'static str = "budget-check";
    const COMMAND: &'static str = "budget check";
}

/// A class of findings.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ClassOutput {
    /// Whether a finding of it fails the check.
    pub fails: bool,
    /// How many findings it has.
    pub findings: usize,
}

/// The change from a baseline.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BaselineOutput<'a> {
    /// The first month that both have.
    pub first_month: Option<String>,
    /// The last month that both have.
    pub last_month: Option<String>,
    /// The costs before and now, and what is allowed.
    #[serde(flatten)]
    pub change: Record<&'a BaselineChange>,
    /// The parts of the change in their order; none against an older forecast.
    pub causes: Each<'a, Record<Cause<'a>>>,
    /// Why counts are not told from prices, where they are not.
    pub not_told_apart: Vec<Said>,
    /// The change of each month and workload, against an older forecast.
    pub rows: Each<'a, Record<&'a RowChange>>,
}

pub(super) fn output(check: &Check) -> CheckOutput<'_> {
    let fails = check.failures().next().is_some();
    CheckOutput {
        verdict: if fails { "failed" } else { "passed" },
        first_month: check.months.0.to_string(),
        last_month: check.months.1.to_string(),
        total: Record::of(Whole {
            cost: &check.total,
            made: check.made,
            price_basis: check.price_basis,
            cash: check.cash.as_ref(),
        }),
        limits: Each::row(|| check.limits.iter()),
        limits_not_held: Each::row(|| check.not_held.iter().cloned()),
        alerts: Each::row(|| check.alerts.iter()),
        not_made: Each::row(|| check.not_made.iter().cloned()),
        not_planned: Each::row(|| check.not_planned.iter()),
        classes: Class::ALL
            .into_iter()
            .map(|class| (class.as_str(), of_class(check, class)))
            .collect(),
        findings: Each::row(|| rows(check)),
        baseline: check.baseline.as_ref().map(of_baseline),
        at_acceptance: check.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&check.assumptions),
    }
}

fn of_class(check: &Check, class: Class) -> ClassOutput {
    let findings = check.findings.iter().filter(|finding| finding.class == class).count();
    ClassOutput { fails: check.fail_on.contains(&class), findings }
}

fn of_baseline(change: &BaselineChange) -> BaselineOutput<'_> {
    BaselineOutput {
        first_month: change.months.map(|(first, _)| first.to_string()),
        last_month: change.months.map(|(_, last)| last.to_string()),
        change: Record::of(change),
        causes: Each::row(|| change.causes.iter().flat_map(causes)),
        not_told_apart: change
            .causes
            .as_ref()
            .map_or_else(Vec::new, |causes| said(&causes.not_told_apart)),
        rows: Each::row(|| change.rows.iter()),
    }
}

/// A finding of a check.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    check: &'a Check,
    finding: &'a CheckFinding,
}

/// The findings of a check, as rows.
pub(super) fn rows(check: &Check) -> impl Iterator<Item = Found<'_>> {
    check.findings.iter().map(move |finding| Found { check, finding })
}

impl Recorded for Found<'_> {
    const NAME: &'static str = "check_finding";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::RESULT.of(|it| words::result(it.check, it.finding).into()),
            terms::CLASS.of(|it| it.finding.class.as_str().into()),
            terms::SUBJECT.of(|it| it.finding.subject.as_str().into()),
            terms::MONTH.of(|it| it.finding.month.into()),
            terms::MESSAGE.of(|it| words::detail(it.finding, it.check).into()),
            terms::HELP.of(|it| it.finding.class.remedy().into()),
        ]
    }
}

/// A part of a change.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    name: &'static str,
    change: &'a Change,
}

fn causes(causes: &Causes) -> impl Iterator<Item = Cause<'_>> {
    let parts = [
        ("volume", Some(&causes.volume)),
        ("mix", causes.mix.as_ref()),
        ("attempts", Some(&causes.attempts)),
        ("tokens", Some(&causes.tokens)),
        ("price", Some(&causes.price)),
    ];
    parts.into_iter().filter_map(|(name, change)| Some(Cause { name, change: change? }))
}

/// A row of a change, case by case: low against low, expected against expected, high against high.
trait OfChange {
    fn change(&self) -> &Change;
}

fn of_change<R: OfChange>() -> [Field<R>; 3] {
    [
        terms::COST_CHANGE.of(|it: &R| Value::Cases(it.change().cases())),
        terms::REASON.of(|it| it.change().reasons().in_words().into()),
        terms::REASON_CODES.of(|it| Value::codes(it.change().reasons().codes())),
    ]
}

impl OfChange for Cause<'_> {
    fn change(&self) -> &Change {
        self.change
    }
}

impl Recorded for Cause<'_> {
    const NAME: &'static str = "cause";

    fn fields() -> Vec<Field<Self>> {
        let cause = terms::CAUSE.of(|it: &Self| it.name.into());
        [cause].into_iter().chain(of_change()).collect()
    }
}

impl OfChange for &BaselineChange {
    fn change(&self) -> &Change {
        &self.change
    }
}

impl Recorded for &BaselineChange {
    const NAME: &'static str = "baseline_change";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            terms::BEFORE.of(|it| Value::figure(&it.from)),
            terms::NOW.of(|it| Value::figure(&it.to)),
        ];
        fields.extend(of_change());
        fields.extend([
            terms::MAX_INCREASE_SHARE.of(|it: &Self| match it.allowed {
                MaxIncrease::Share(share) => Value::Number(share),
                MaxIncrease::Amount(_) => Value::Blank,
            }),
            terms::MAX_INCREASE.of(|it| match it.allowed {
                MaxIncrease::Amount(amount) => Value::Number(amount),
                MaxIncrease::Share(_) => Value::Blank,
            }),
            terms::TOO_MUCH.of(|it| it.is_too_much.into()),
        ]);
        fields
    }
}

impl OfChange for &RowChange {
    fn change(&self) -> &Change {
        &self.change
    }
}

impl Recorded for &RowChange {
    const NAME: &'static str = "row_change";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            terms::MONTH.of(|it| it.month.into()),
            terms::WORKLOAD.of(|it| it.workload.as_str().into()),
            terms::BEFORE.of(|it| Value::figure(&it.from)),
            terms::NOW.of(|it| Value::figure(&it.to)),
        ];
        fields.extend(of_change());
        fields
    }
}
