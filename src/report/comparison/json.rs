//! A comparison for programs: `imgcost.comparison/1`.

use serde_json::{Value, json};

use super::columns;
use crate::catalog::Catalog;
use crate::catalog::readiness;
use crate::comparison::{Comparison, Row};
use crate::report::estimate as estimate_view;
use crate::report::number::raw;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.comparison/1";

/// The keys of an estimate that a row carries.
const FROM_ESTIMATE: [&str; 9] = [
    "route",
    "price_version",
    "request",
    "usage",
    "lines",
    "total",
    "attempts",
    "per_accepted_image",
    "notes",
];

pub(super) fn comparison(comparison: &Comparison, catalog: &Catalog, explain: bool) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": comparison.as_of.to_string(),
        "left_out": comparison.left_out,
        "rows": comparison.rows.iter().map(|row| row_json(row, catalog, explain)).collect::<Vec<_>>(),
    })
}

fn row_json(row: &Row, catalog: &Catalog, explain: bool) -> Value {
    let mut value = json!({
        "section": row.section.as_str(),
        "model": row.work.model,
        "size": row.work.size,
        "quality": row.work.quality,
        "contract": row.route.contract.as_str(),
        "by_list": row.by_list.as_ref().map(estimate_view::money),
        "ratio_to_official": row.ratio_to_official.map(raw),
        "ratio_to_baseline": row.ratio_to_baseline.map(raw),
        "size_honoured": row.route.size_honoured.as_str(),
        "quality_honoured": row.route.quality_honoured.as_str(),
        "terms_missing": readiness::missing(&row.route),
        "reason": columns::reason(row),
    });
    match &row.outcome {
        Ok(estimate) => {
            let estimate = estimate_view::json_object(estimate, catalog, explain);
            for key in FROM_ESTIMATE {
                value[key] = estimate[key].clone();
            }
        }
        Err(_) => {
            for key in FROM_ESTIMATE {
                value[key] = Value::Null;
            }
            value["route"] = estimate_view::route_json(&row.route);
        }
    }
    value
}
