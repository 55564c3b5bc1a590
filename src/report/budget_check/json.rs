//! A check of a budget for programs: `imgcost.budget-check/1`.

use serde_json::{Map, Value, json};

use super::words;
use crate::budget::check::{BaselineChange, Check, CheckFinding, Class, MaxIncrease, RowChange};
use crate::catalog::Catalog;
use crate::report::budget_comparison::{causes_json, change_json};
use crate::report::estimate::{money, total_json};
use crate::report::number::raw;
use crate::report::record::Each;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.budget-check/1";

pub(super) fn check(check: &Check, catalog: &Catalog) -> Value {
    let fails = check.failures().next().is_some();
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "verdict": if fails { "failed" } else { "passed" },
        "first_month": check.months.0.to_string(),
        "last_month": check.months.1.to_string(),
        "total": total_json(&check.total),
        "limits": Each::row(|| check.limits.iter()),
        "status": check.made.as_str(),
        "not_made": Each::row(|| check.not_made.iter().cloned()),
        "not_planned": Each::row(|| check.not_planned.iter()),
        "classes": classes(check),
        "findings": check.findings.iter().map(|it| finding(check, it)).collect::<Vec<_>>(),
        "baseline": check.baseline.as_ref().map(baseline),
        "assumptions": check.assumptions,
    })
}

/// Every class: whether it fails the check, and how many findings it has.
fn classes(check: &Check) -> Map<String, Value> {
    let of = |class: Class| {
        let count = check.findings.iter().filter(|finding| finding.class == class).count();
        let value = json!({"fails": check.fail_on.contains(&class), "findings": count});
        (class.as_str().to_owned(), value)
    };
    Class::ALL.into_iter().map(of).collect()
}

fn finding(check: &Check, finding: &CheckFinding) -> Value {
    json!({
        "class": finding.class.as_str(),
        "result": words::result(check, finding),
        "subject": finding.subject,
        "month": finding.month.map(|month| month.to_string()),
        "finding": words::detail(finding, check),
        "remedy": finding.class.remedy(),
    })
}

fn baseline(change: &BaselineChange) -> Value {
    json!({
        "first_month": change.months.map(|(first, _)| first.to_string()),
        "last_month": change.months.map(|(_, last)| last.to_string()),
        "from": money(&change.from),
        "to": money(&change.to),
        "change": change_json(&change.change),
        "causes": change.causes.as_ref().map(causes_json),
        "rows": change.rows.iter().map(row).collect::<Vec<_>>(),
        "max_increase": match change.allowed {
            MaxIncrease::Share(share) => json!({"share": raw(share)}),
            MaxIncrease::Amount(amount) => json!({"usd": raw(amount)}),
        },
        "too_much": change.is_too_much,
    })
}

fn row(row: &RowChange) -> Value {
    json!({
        "month": row.month.to_string(),
        "workload": (!row.workload.is_empty()).then_some(&row.workload),
        "from": money(&row.from),
        "to": money(&row.to),
        "change": change_json(&row.change),
    })
}
