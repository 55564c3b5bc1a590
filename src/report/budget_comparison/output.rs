//! A comparison of budgets for programs, and its rows for files: one for the budget as it is and for each variant.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::{
    Alert, AtAcceptance, AtOwner, BreakEven, Budget, Causes, Change, Comparison, Finding,
    LimitStatus, Month, NotHeld, NotMade, PlacedStep, Placement, PriceBasis, Raised, Variant,
    VariantCost,
};
use crate::catalog::evidence::Doubt;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::{OfRoute, of_contract, of_route};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// A budget beside its scenarios, or beside itself on other routes or at other price owners.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BudgetComparisonOutput<'a> {
    /// The first month.
    pub start: String,
    /// How many months are planned.
    pub months: u32,
    /// The months in which a workload of the budget as it is has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// Limits of months that this part of a budget does not have in full; they are not held against it.
    pub limits_not_held: Each<'a, Record<NotHeld>>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What was assumed for the budget as it is.
    pub assumptions: Vec<Said>,
    /// The budget as it is, and a row for each scenario, route or price owner; behind that of an owner one for each step.
    pub rows: Each<'a, ComparedBudget<'a>>,
}

impl Output for BudgetComparisonOutput<'_> {
    const NAME: &'static str = "budget-comparison";
    const COMMAND: &'static str = "budget compare";
}

/// A budget as it is, under a scenario, on a route or at a price owner; or a step of it there.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedBudget<'a> {
    /// What it costs, or why there is no number.
    #[serde(flatten)]
    pub row: Record<ComparedRow<'a>>,
    /// What there is beside its cost; left out where there is no number, and of a step.
    #[serde(flatten)]
    pub parts: Option<ComparedParts<'a>>,
}

/// What there is beside the cost of a budget.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedParts<'a> {
    /// How each limit of the file stands with it.
    pub limits: Each<'a, Record<&'a LimitStatus>>,
    /// When shares of limits are reached, by the high case with the margin.
    pub alerts: Each<'a, Record<&'a Alert>>,
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
    budget: &'a Budget,
) -> BudgetComparisonOutput<'a> {
    BudgetComparisonOutput {
        start: budget.start.to_string(),
        months: budget.months,
        not_planned: Each::row(|| comparison.not_planned.iter()),
        limits_not_held: Each::row(|| budget.limits_not_held().into_iter()),
        at_acceptance: comparison.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&comparison.assumptions),
        rows: Each::of(|| rows(comparison).map(compared)),
    }
}

fn parts(found: &VariantCost) -> ComparedParts<'_> {
    ComparedParts {
        limits: Each::row(|| found.limits.iter()),
        alerts: Each::row(|| found.alerts.iter()),
        raised: Each::row(|| found.raised.iter()),
        not_made: Each::row(|| found.not_made.iter().cloned()),
        findings: Each::row(|| found.findings.iter()),
    }
}

/// A row of a comparison of budgets: a variant, or a step of one that is at a price owner.
#[derive(Debug, Clone, Copy)]
pub struct ComparedRow<'a> {
    variant: &'a Variant,
    step: Option<&'a PlacedStep>,
}

fn compared(row: ComparedRow<'_>) -> ComparedBudget<'_> {
    ComparedBudget { row: Record::of(row), parts: row.cost().map(parts) }
}

/// The budget as it is and its variants, each step of one at a price owner behind it.
pub(super) fn rows(comparison: &Comparison) -> impl Iterator<Item = ComparedRow<'_>> {
    let variants = std::iter::once(&comparison.base).chain(&comparison.variants);
    variants.flat_map(|variant| {
        let steps = variant.at_owner.iter().flat_map(|at| &at.steps);
        let whole = std::iter::once(ComparedRow { variant, step: None });
        whole.chain(steps.map(move |step| ComparedRow { variant, step: Some(step) }))
    })
}

impl<'a> ComparedRow<'a> {
    /// What the whole variant costs, where it is its row.
    fn cost(&self) -> Option<&'a VariantCost> {
        self.variant.cost.as_deref().ok().filter(|_| self.step.is_none())
    }

    fn at_owner(&self) -> Option<&'a AtOwner> {
        self.variant.at_owner.as_ref().filter(|_| self.step.is_none())
    }

    /// The cost of the row; `None` where there is no number.
    fn total(&self) -> Option<&'a Figure<Decimal>> {
        self.step.map(|it| &it.cost).or_else(|| self.cost().map(|it| &it.total))
    }

    /// The difference of the row to the budget as it is.
    fn difference(&self) -> Option<&'a Change> {
        self.step.map(|it| &it.difference).or_else(|| self.cost().map(|it| &it.causes.difference))
    }

    /// What the budget of the row is.
    fn kind(&self) -> &'static str {
        let Variant { route, section, is_base, at_owner, .. } = self.variant;
        match (route, section) {
            _ if self.step.is_some() => "owner_part",
            _ if at_owner.is_some() => "owner",
            (Some(_), _) | (_, Some(_)) => "route",
            _ if *is_base => "base",
            _ => "scenario",
        }
    }
}

impl OfRoute for ComparedRow<'_> {
    fn route(&self) -> Option<&Route> {
        match self.step {
            Some(step) => step.route.as_deref(),
            None => self.variant.route.as_deref(),
        }
    }
}

type Fields<'a> = Vec<Field<ComparedRow<'a>>>;

impl Recorded for ComparedRow<'_> {
    const NAME: &'static str = "compared_budget";

    fn fields() -> Vec<Field<Self>> {
        let which = vec![
            terms::VARIANT_KIND.of(|it: &ComparedRow| it.kind().into()),
            terms::VARIANT.of(|it| it.variant.name.as_str().into()),
            terms::SECTION.of(|it| it.variant.section.map(|section| section.as_str()).into()),
        ];
        let parts = [which, place(), of_route(), of_contract(), cost(), causes(), fees(), moved()];
        parts.into_iter().flatten().collect()
    }
}

/// The step of a row and where it goes.
fn place<'a>() -> Fields<'a> {
    vec![
        terms::WORKLOAD.of(|it: &ComparedRow| it.step.map(|it| it.workload.as_str()).into()),
        terms::STEP.of(|it| it.step.and_then(|it| it.step).into()),
        terms::PLACE.of(|it| it.step.map(|it| Placement::code(&it.place)).into()),
        terms::ROUTE_BEFORE
            .of(|it| it.step.and_then(|it| it.before.as_ref()).map(|it| it.id.to_string()).into()),
    ]
}

/// How much of the budget goes to a price owner, and what of the owner's costs less and may not be named.
fn moved<'a>() -> Fields<'a> {
    fn names<'r>(step: Option<&PlacedStep>, of: fn(&PlacedStep) -> &Vec<String>) -> Value<'r> {
        Value::List(step.map(|it| of(it).clone()).unwrap_or_default())
    }
    vec![
        terms::WORKLOADS_MOVED
            .of(|it: &ComparedRow| it.at_owner().map(|it| it.moved_and_stayed().0).into()),
        terms::WORKLOADS_STAYED.of(|it| it.at_owner().map(|it| it.moved_and_stayed().1).into()),
        terms::WORKLOADS_ELSEWHERE.of(|it| it.at_owner().map(AtOwner::elsewhere).into()),
        terms::LOWER_IN_DOUBT.of(|it| names(it.step, |it| &it.lower_in_doubt)),
        terms::LOWER_NOT_STATED.of(|it| names(it.step, |it| &it.lower_not_stated)),
    ]
}

fn cost<'a>() -> Fields<'a> {
    vec![
        terms::ACCEPTED.of(|it: &ComparedRow| it.cost().map(|it| &it.accepted).into()),
        terms::COST.of(|it| it.total().into()),
        terms::CERTAINTY.of(|it| it.total().map_or(Value::Blank, Value::certainty)),
        terms::PRICE_BASIS
            .of(|it| it.cost().and_then(|it| it.price_basis).map(PriceBasis::as_str).into()),
        terms::STATUS.of(|it| it.cost().map(|it| it.made.as_str()).into()),
        terms::REASON.of(|it| match (it.step, &it.variant.cost) {
            (Some(step), _) => step.why().in_words().into(),
            (None, Ok(found)) => Value::reasons(&found.total),
            (None, Err(why)) => why.in_words().into(),
        }),
        terms::REASON_CODES.of(|it| match (it.step, &it.variant.cost) {
            (Some(step), _) => Value::codes(step.why().codes()),
            (None, Ok(found)) => Value::reason_codes(&found.total),
            (None, Err(why)) => Value::codes(why.codes()),
        }),
        terms::DOUBT.of(|it| it.cost().and_then(|it| it.doubt).map(Doubt::as_str).into()),
        terms::QUOTED.of(|it| it.cost().map(|it| it.is_quoted).into()),
    ]
}

/// The difference and the parts that add up to it.
fn causes<'a>() -> Fields<'a> {
    vec![
        terms::DIFFERENCE.of(|it: &ComparedRow| {
            it.difference().map_or(Value::Blank, |it| Value::Cases(it.cases()))
        }),
        terms::DIFFERENCE_SHARE.of(|it| it.cost().and_then(|it| it.share).into()),
        terms::BY_VOLUME.of(|it| cases(it, |causes| &causes.volume)),
        terms::BY_ATTEMPTS.of(|it| cases(it, |causes| &causes.attempts)),
        terms::BY_TOKENS.of(|it| cases(it, |causes| &causes.tokens)),
        terms::BY_PRICE.of(|it| cases(it, |causes| &causes.price)),
        terms::NOT_TOLD_APART.of(|it| {
            let Some(found) = it.cost() else { return Value::Blank };
            let why = &found.causes.not_told_apart;
            Value::List(why.iter().map(ToString::to_string).collect())
        }),
    ]
}

fn cases<'r>(row: &'r ComparedRow, of: fn(&Causes) -> &Change) -> Value<'r> {
    row.cost().map_or(Value::Blank, |it| Value::Cases(of(&it.causes).cases()))
}

/// What fees of a route mean: cash beside the cost, and a volume from which on they pay.
fn fees<'a>() -> Fields<'a> {
    vec![
        terms::CASH.of(|it: &ComparedRow| it.cost().and_then(|it| it.cash.as_ref()).into()),
        terms::BREAK_EVEN.of(|it| {
            let word = |found: BreakEven| match found {
                BreakEven::From(_) => "from_volume",
                BreakEven::Never => "never",
            };
            it.cost().and_then(|it| it.break_even).map(word).into()
        }),
        terms::BREAK_EVEN_IMAGES.of(|it| match it.cost().and_then(|it| it.break_even) {
            Some(BreakEven::From(images)) => images.into(),
            Some(BreakEven::Never) | None => Value::Blank,
        }),
    ]
}
