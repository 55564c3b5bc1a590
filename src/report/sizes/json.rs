//! The choice of a size for programs: `imgcost.sizes/1`.
//!
//! Keys may be added in later versions and never change. Money is text at full precision.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::catalog::Catalog;
use crate::report::estimate::{notes_of, price_version_json, route_json, total_json};
use crate::report::json::count_figure;
use crate::report::number::raw;
use crate::request::QualityChoice;
use crate::size_choice::prices::{PricedSize, SizePrices};
use crate::size_choice::{Answer, Candidate, Question, Verdict};

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.sizes/1";

pub(super) fn object(
    prices: &SizePrices,
    question: &Question,
    answer: &Answer,
    catalog: &Catalog,
) -> Value {
    let asked = super::asked(answer);
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": prices.as_of.to_string(),
        "model": prices.model.id,
        "quality": prices.quality.as_ref().map(QualityChoice::as_str),
        "route": route_json(&prices.table.route),
        "size_honoured": prices.table.route.size_honoured.as_str(),
        "quality_honoured": prices.table.route.quality_honoured.as_str(),
        "price_version": price_version_json(&prices.table, prices.assumed),
        "bounds": bounds(question),
        "verdict": verdict(&answer.verdict),
        "asked": asked_json(answer),
        "cost_of": super::COST_OF,
        "legal_sizes": prices.sizes.len(),
        "found": answer.found,
        "rows": answer.candidates.iter().map(|shown| row(shown, asked)).collect::<Vec<_>>(),
        "assumptions": prices.assumptions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "notes": notes_of(&prices.notes),
    })
}

fn bounds(question: &Question) -> Value {
    json!({
        "min_pixels": question.min_pixels,
        "max_cost": question.max_cost.map(raw),
        "aspect_tolerance_percent": raw(question.aspect_tolerance * Decimal::ONE_HUNDRED),
        "top": question.top,
    })
}

fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Legal(_) => "legal",
        Verdict::Illegal(..) => "illegal",
        Verdict::Within => "within",
        Verdict::NoneWithin => "none_within",
        Verdict::Overview => "overview",
    }
}

fn asked_json(answer: &Answer) -> Value {
    match &answer.verdict {
        Verdict::Legal(asked) => priced(asked),
        Verdict::Illegal(size, broken) => json!({"size": size.to_string(), "broken_rules": broken}),
        _ => Value::Null,
    }
}

fn priced(priced: &PricedSize) -> Value {
    json!({
        "size": priced.size.to_string(),
        "width": priced.size.width,
        "height": priced.size.height,
        "pixels": priced.size.pixels(),
        "experimental": priced.experimental,
        "output_tokens": count_figure(&priced.tokens),
        "cost": total_json(&priced.cost),
        "reasons": priced.cost.reasons().sentences(),
    })
}

fn row(shown: &Candidate, asked: Option<&PricedSize>) -> Value {
    let mut row = priced(&shown.priced);
    row["why"] = shown.why.iter().map(|why| why.as_str()).collect();
    row["cost_ratio"] = json!(super::cost_ratio(&shown.priced, asked).map(raw));
    row
}
