//! A comparison of budgets for programs, and its rows for files: one for the budget as it is and for each variant.

use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::{
    AtAcceptance, BreakEven, Budget, Causes, Change, Comparison, Finding, LimitStatus, Month,
    NotMade, PriceBasis, Raised, Variant, VariantCost,
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
    /// The workloads that cost more than in the budget as it is.
    pub raised: Each<'a, Record<&'a Raised>>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// What stands in its way.
    pub findings: Each<'a, Record<&'a Finding>>,
}

impl Recorded for &Raised {
    const NAME: &'static str = "raised";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::WORKLOAD.of(|it: &&Raised| it.workload.as_str().into()),
            terms::DIFFERENCE.of(|it| Value::Cases(it.by.cases())),
        ]
    }
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
        raised: Each::row(|| found.raised.iter()),
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
            terms::VARIANT_KIND.of(|it: &&Variant| kind(it).into()),
            terms::VARIANT.of(|it| it.name.as_str().into()),
            terms::SECTION.of(|it| it.section.map(|section| section.as_str()).into()),
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
        terms::ACCEPTED.of(|it| known(it).map(|it| &it.accepted).into()),
        terms::COST.of(|it| known(it).map(|it| &it.total).into()),
        terms::CERTAINTY.of(|it| known(it).map_or(Value::Blank, |it| Value::certainty(&it.total))),
        terms::PRICE_BASIS
            .of(|it| known(it).and_then(|it| it.price_basis).map(PriceBasis::as_str).into()),
        terms::STATUS.of(|it| known(it).map(|it| it.made.as_str()).into()),
        terms::REASON.of(|it| match &it.cost {
            Ok(found) => Value::reasons(&found.total),
            Err(why) => why.in_words().into(),
        }),
        terms::REASON_CODES.of(|it| match &it.cost {
            Ok(found) => Value::reason_codes(&found.total),
            Err(why) => Value::codes(why.codes()),
        }),
        terms::DOUBT.of(|it| known(it).and_then(|it| it.doubt).map(Doubt::as_str).into()),
        terms::QUOTED.of(|it| known(it).map(|it| it.is_quoted).into()),
    ]
}

/// The difference and the parts that add up to it.
fn causes<'a>() -> Fields<'a> {
    vec![
        terms::DIFFERENCE.of(|it| cases(it, |causes| &causes.difference)),
        terms::DIFFERENCE_SHARE.of(|it| known(it).and_then(|it| it.share).into()),
        terms::BY_VOLUME.of(|it| cases(it, |causes| &causes.volume)),
        terms::BY_ATTEMPTS.of(|it| cases(it, |causes| &causes.attempts)),
        terms::BY_TOKENS.of(|it| cases(it, |causes| &causes.tokens)),
        terms::BY_PRICE.of(|it| cases(it, |causes| &causes.price)),
        terms::NOT_TOLD_APART.of(|it| {
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
        terms::CASH.of(|it| known(it).and_then(|it| it.cash.as_ref()).into()),
        terms::BREAK_EVEN.of(|it| {
            let word = |found: BreakEven| match found {
                BreakEven::From(_) => "from_volume",
                BreakEven::Never => "never",
            };
            known(it).and_then(|it| it.break_even).map(word).into()
        }),
        terms::BREAK_EVEN_IMAGES.of(|it| match known(it).and_then(|it| it.break_even) {
            Some(BreakEven::From(images)) => images.into(),
            Some(BreakEven::Never) | None => Value::Blank,
        }),
    ]
}
