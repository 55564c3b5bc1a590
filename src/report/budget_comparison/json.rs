//! A comparison of budgets for programs: `imgcost.budget-comparison/1`.

use serde_json::{Value, json};

use super::kind;
use crate::budget::{BreakEven, Budget, Causes, Change, Comparison, Finding, Outcome, Variant};
use crate::catalog::Catalog;
use crate::report::estimate::{money, route_json, total_json};
use crate::report::number::raw;
use crate::report::record::Each;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.budget-comparison/1";

pub(super) fn comparison(comparison: &Comparison, budget: &Budget, catalog: &Catalog) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "start": budget.start.to_string(),
        "months": budget.months,
        "base": variant(&comparison.base),
        "variants": comparison.variants.iter().map(variant).collect::<Vec<_>>(),
        "not_planned": Each::row(|| comparison.not_planned.iter()),
        "assumptions": comparison.assumptions.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn variant(variant: &Variant) -> Value {
    let outcome = variant.outcome.as_ref().ok();
    json!({
        "kind": kind(variant),
        "name": variant.name,
        "section": variant.section.map(|section| section.as_str()),
        "route": variant.route.as_ref().map(|route| route_json(route)),
        "total": outcome.map(|it| total_json(&it.total)),
        "limits": outcome.map(|it| Each::row(|| it.limits.iter())),
        "status": outcome.map(|it| it.made.as_str()),
        "not_made": outcome.map(|it| Each::row(|| it.not_made.iter().cloned())),
        "reasons": outcome.map(|it| it.total.reasons().sentences()),
        "accepted": outcome.map(|it| money(&it.accepted)),
        "difference": outcome.map(|it| change(&it.causes.difference)),
        "causes": outcome.map(|it| causes(&it.causes)),
        "cash": outcome.and_then(|it| it.cash.as_ref()).map(money),
        "break_even": outcome.and_then(|it| break_even(it)),
        "quoted": outcome.map(|it| it.is_quoted),
        "findings": outcome.map(|it| it.findings.iter().map(finding).collect::<Vec<_>>()),
        "reason": variant.outcome.as_ref().err(),
    })
}

/// A change case by case: low against low, expected against expected, high against high.
fn change(change: &Change) -> Value {
    let [low, expected, high] = change.cases().map(|case| case.map(raw));
    json!({
        "low_case": low,
        "expected_case": expected,
        "high_case": high,
        "reasons": change.reasons().sentences(),
    })
}

/// The parts of a change in their order.
fn causes(causes: &Causes) -> Value {
    json!({
        "volume": change(&causes.volume),
        "attempts": change(&causes.attempts),
        "tokens": change(&causes.tokens),
        "price": change(&causes.price),
        "notes": causes.notes,
    })
}

fn break_even(outcome: &Outcome) -> Option<Value> {
    Some(match outcome.break_even? {
        BreakEven::From(images) => json!({"accepted_images_a_month": images}),
        BreakEven::Never => json!({"accepted_images_a_month": null}),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "workload": finding.workload,
        "month": finding.month.to_string(),
        "message": finding.message(),
    })
}
