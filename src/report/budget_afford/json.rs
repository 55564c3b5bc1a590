//! What fits within a limit, for programs: `imgcost.afford/1`.
//!
//! Keys may be added in later versions and never change. Money is text at full precision.

use serde_json::{Value, json};

use super::rows;
use crate::budget::Budget;
use crate::budget::afford::{Answer, Choice, Fits, ImagesByMonth, Qualities, Question};
use crate::catalog::Catalog;
use crate::limit::LimitVerdict;
use crate::report::number::raw;
use crate::report::record::Each;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.afford/1";

pub(super) fn object(
    budget: &Budget,
    question: &Question,
    answer: &Answer,
    catalog: &Catalog,
) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "start": budget.start.to_string(),
        "months": budget.months,
        "currency": "USD",
        "limit": {"usd": raw(question.limit), "verdict": standing(&answer.as_written).as_str()},
        "limit_span": question.span.as_str(),
        "case": question.case.as_str(),
        "margin_added": false,
        "wanted_images": answer.wanted,
        "as_written": fits(&answer.as_written),
        "all": fits(&answer.all),
        "choices": answer.choices.iter().map(choice).collect::<Vec<_>>(),
        "qualities": answer.qualities.iter().map(qualities).collect::<Vec<_>>(),
        "not_made": Each::row(|| answer.not_made.iter().cloned()),
        "not_planned": Each::row(|| answer.not_planned.iter()),
        "assumptions": answer.assumptions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "findings": answer.findings.iter().map(|finding| json!({
            "workload": finding.workload,
            "month": finding.month.to_string(),
            "message": finding.message(),
        })).collect::<Vec<_>>(),
    })
}

/// How the budget as it is written stands to the limit.
fn standing(as_written: &Fits) -> LimitVerdict {
    match as_written {
        Fits::Within(_) => LimitVerdict::Within,
        Fits::Over(_) => LimitVerdict::Over,
        _ => LimitVerdict::Unknown,
    }
}

fn choice(choice: &Choice) -> Value {
    let mut value = json!({
        "workload": choice.workload,
        "as_written": choice.as_written,
        "quality": choice.quality,
        "size": choice.size,
        "route": choice.route,
    });
    if let (Value::Object(value), Value::Object(more)) = (&mut value, fits(&choice.fits)) {
        value.extend(more);
    }
    value
}

fn qualities(found: &Qualities) -> Value {
    let label = |(label, outcome): &(String, Fits)| {
        let mut value = json!({"quality": label});
        if let (Value::Object(value), Value::Object(more)) = (&mut value, fits(outcome)) {
            value.extend(more);
        }
        value
    };
    json!({
        "workload": found.workload,
        "best": found.best(),
        "labels": found.labels.iter().map(label).collect::<Vec<_>>(),
    })
}

fn fits(fits: &Fits) -> Value {
    let (plan, next) = rows::plans(fits);
    json!({
        "result": rows::result(fits),
        "images": rows::images(fits),
        "accepted_images": plan.and_then(|plan| plan.accepted.exact()).map(raw),
        "cost": plan.map(|plan| raw(plan.cost)),
        "cost_of_one_more": next.map(|plan| raw(plan.cost)),
        "images_by_month": plan.map(|plan| by_month(&plan.images)).unwrap_or_default(),
        "reason": Some(rows::reason(fits)).filter(|reason| !reason.is_empty()),
    })
}

fn by_month(images: &ImagesByMonth) -> Vec<Value> {
    let one = |((workload, month), images): (&(String, crate::budget::Month), &u64)| json!({"workload": workload, "month": month.to_string(), "images": images});
    images.iter().map(one).collect()
}
