//! A comparison of budgets for programs, and its rows for files: one for the budget as it is and for each variant.

use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::{
    AtAcceptance, BreakEven, Budget, Causes, Change, Comparison, Finding, LimitStatus, Month,
    NotMade, PriceBasis, Variant, VariantCost,
};
use crate::catalog::evidence::Doubt;
use crate::catalog::route::Route;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::{OfRoute, of_contract, of_route};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// A budget beside its scenarios, or beside itself on other routes.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BudgetComparisonOutput<'a> {
    /// The first month.
    pub start: String,
    /// How many months are planned.
    pub months: u32,
    /// The months in which a workload of the budget as it is has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What was assumed for the budget as it is.
    pub assumptions: Vec<Said>,
    /// The budget as it is, and a row for each scenario or route.
    pub rows: Each<'a, ComparedBudget<'a>>,
}

impl Output for BudgetComparisonOutput<'_> {
    const NAME: &'static str = "budget-comparison";
    const COMMAND: &'static str = "budget compare";
}

/// A budget as it is, under a scenario or on a route.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedBudget<'a> {
    /// What it costs, or why there is no number.
    #[serde(flatten)]
    pub row: Record<&'a Variant>,
    /// What there is beside its cost; left out where there is no number.
    #[serde(flatten)]
    pub parts: Option<ComparedParts<'a>>,
}

/// What there is beside the cost of a budget.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedParts<'a> {
    /// How each limit of the file stands with it.
    pub limits: Each<'a, Record<&'a LimitStatus>>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// What stands in its way.
    pub findings: Each<'a, Record<&'a Finding>>,
}

pub(super) fn output<'a>(
    comparison: &'a Comparison,
    budget: &Budget,
) -> BudgetComparisonOutput<'a> {
    BudgetComparisonOutput {
        start: budget.start.to_string(),
        months: budget.months,
        not_planned: Each::row(|| comparison.not_planned.iter()),
        at_acceptance: comparison.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&comparison.assumptions),
        rows: Each::of(|| rows(comparison).map(compared)),
    }
}

fn parts(found: &VariantCost) -> ComparedParts<'_> {
    ComparedParts {
        limits: Each::row(|| found.limits.iter()),
        not_made: Each::row(|| found.not_made.iter().cloned()),
        findings: Each::row(|| found.findings.iter()),
    }
}

fn compared(variant: &Variant) -> ComparedBudget<'_> {
    ComparedBudget { row: Record::of(variant), parts: variant.cost.as_deref().ok().map(parts) }
}

/// The budget as it is, and its variants.
pub(super) fn rows(comparison: &Comparison) -> impl Iterator<Item = &Variant> {
    std::iter::once(&comparison.base).chain(&comparison.variants)
}

impl OfRoute for &Variant {
    fn route(&self) -> Option<&Route> {
        self.route.as_deref()
    }
}

type Fields<'a> = Vec<Field<&'a Variant>>;

impl Recorded for &Variant {
    const NAME: &'static str = "compared_budget";

    fn fields() -> Vec<Field<Self>> {
        let which = vec![
            Field::new(&terms::VARIANT_KIND, |it: &&Variant| Value::text(Some(kind(it)))),
            Field::new(&terms::VARIANT, |it| Value::text(Some(it.name.as_str()))),
            Field::new(&terms::SECTION, |it| {
                Value::text(it.section.map(|section| section.as_str()))
            }),
        ];
        let parts = [which, of_route(), of_contract(), cost(), causes(), fees()];
        parts.into_iter().flatten().collect()
    }
}

/// What the budget of a row is.
fn kind(variant: &Variant) -> &'static str {
    match (&variant.route, variant.section) {
        (Some(_), _) | (_, Some(_)) => "route",
        _ if variant.is_base => "base",
        _ => "scenario",
    }
}

fn known<'r>(variant: &'r &Variant) -> Option<&'r VariantCost> {
    variant.cost.as_deref().ok()
}

fn cost<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::ACCEPTED, |it| Value::figure_of(known(it).map(|it| &it.accepted))),
        Field::new(&terms::COST, |it| Value::figure_of(known(it).map(|it| &it.total))),
        Field::new(&terms::CERTAINTY, |it| {
            known(it).map_or(Value::Blank, |it| Value::certainty(&it.total))
        }),
        Field::new(&terms::PRICE_BASIS, |it| {
            Value::text(known(it).and_then(|it| it.price_basis).map(PriceBasis::as_str))
        }),
        Field::new(&terms::STATUS, |it| Value::text(known(it).map(|it| it.made.as_str()))),
        Field::new(&terms::REASON, |it| match &it.cost {
            Ok(found) => Value::reasons(&found.total),
            Err(why) => Value::text(Some(why.in_words())),
        }),
        Field::new(&terms::REASON_CODES, |it| match &it.cost {
            Ok(found) => Value::reason_codes(&found.total),
            Err(why) => Value::codes(why.codes()),
        }),
        Field::new(&terms::DOUBT, |it| {
            Value::text(known(it).and_then(|it| it.doubt).map(Doubt::as_str))
        }),
        Field::new(&terms::QUOTED, |it| {
            known(it).map_or(Value::Blank, |it| Value::Flag(it.is_quoted))
        }),
    ]
}

/// The difference and the parts that add up to it.
fn causes<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::DIFFERENCE, |it| cases(it, |causes| &causes.difference)),
        Field::new(&terms::BY_VOLUME, |it| cases(it, |causes| &causes.volume)),
        Field::new(&terms::BY_ATTEMPTS, |it| cases(it, |causes| &causes.attempts)),
        Field::new(&terms::BY_TOKENS, |it| cases(it, |causes| &causes.tokens)),
        Field::new(&terms::BY_PRICE, |it| cases(it, |causes| &causes.price)),
        Field::new(&terms::NOT_TOLD_APART, |it| {
            let Some(found) = known(it) else { return Value::Blank };
            let why = &found.causes.not_told_apart;
            Value::List(why.iter().map(ToString::to_string).collect())
        }),
    ]
}

fn cases<'r>(variant: &'r &Variant, of: fn(&Causes) -> &Change) -> Value<'r> {
    known(variant).map_or(Value::Blank, |it| Value::Cases(of(&it.causes).cases()))
}

/// What fees of a route mean: cash beside the cost, and a volume from which on they pay.
fn fees<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::CASH, |it| Value::figure_of(known(it).and_then(|it| it.cash.as_ref()))),
        Field::new(&terms::BREAK_EVEN, |it| {
            let word = |found: BreakEven| match found {
                BreakEven::From(_) => "from_volume",
                BreakEven::Never => "never",
            };
            Value::text(known(it).and_then(|it| it.break_even).map(word))
        }),
        Field::new(&terms::BREAK_EVEN_IMAGES, |it| match known(it).and_then(|it| it.break_even) {
            Some(BreakEven::From(images)) => Value::number(Some(images)),
            Some(BreakEven::Never) | None => Value::Blank,
        }),
    ]
}
