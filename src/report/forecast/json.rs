//! A forecast for programs: `imgcost.forecast/1`.
//!
//! Keys may be added in later versions and never change. Amounts and quantities are text at full
//! precision.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::identity::KINDS;
use super::words;
use super::{Found, View, added};
use crate::budget::{By, Finding, Lever, LimitStatus, Month, NotMade, Payee, Row, Scope, Total};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::report::estimate::{money, total_json};
use crate::report::json::count_figure;
use crate::report::number::raw;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.forecast/1";

pub(super) fn forecast(found: &Found, view: &View, catalog: &Catalog) -> Value {
    let budget = found.budget;
    let (by, totals) = match view {
        View::Totals(by, totals) => (*by, *totals),
        View::Rows(_) | View::Wide => (&By::Month, found.months),
    };
    let amount = found.amount;
    let mut object = json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": found.today.to_string(),
        "start": budget.start.to_string(),
        "months": budget.months,
        "fiscal_year_start": budget.fiscal_year_start,
        "rows": null,
        "total": total_json(&amount.cost),
        "status": found.forecast.made().as_str(),
        "not_made": not_made_json(&found.forecast.not_made()),
        "not_planned": not_planned_json(&found.forecast.not_planned),
        "totals_by": by.in_words(),
        "totals": totals_json(totals, *by == By::Month),
        "limits": found.limits.iter().map(limit_json).collect::<Vec<_>>(),
        "amount_to_request": {
            "currency": "USD",
            "case": amount.case.as_str(),
            "margin": raw(amount.margin),
            "amount": money(&amount.amount),
            "without": amount.without.iter().chain(&amount.not_made).collect::<Vec<_>>(),
        },
        "findings": found.forecast.findings.iter().map(finding).collect::<Vec<_>>(),
        "yours": words::yours(found.forecast),
        "assumptions": found.forecast.assumptions,
        "levers": found.levers.iter().map(lever).collect::<Vec<_>>(),
    });
    // The macro copies what it is given: the rows are most of the object and go into their place whole.
    object["rows"] = found.forecast.rows.iter().map(|row| row_json(row, found)).collect();
    object
}

fn row_json(row: &Row, found: &Found) -> Value {
    let (year, quarter) = row.month.fiscal(found.budget.fiscal_year_start);
    let images = row.other_cost.is_none();
    let quantity = |figure: &Figure<Decimal>| images.then(|| money(figure));
    let tokens: Map<String, Value> =
        row.tokens.iter().map(|(meter, count)| (format!("{meter}_tokens"), money(count))).collect();
    json!({
        "month": row.month.to_string(),
        "fiscal_year": year,
        "fiscal_quarter": quarter,
        "cost_kind": KINDS[usize::from(!images)],
        "cost_name": row.other_cost,
        "workload": (!row.workload.is_empty()).then_some(&row.workload),
        "tags": row.tags,
        "route": row.route.as_ref().map(|route| route.id.to_string()),
        "model": row.route.as_ref().map(|route| &route.model),
        "owner": owner(&Payee::of(row)),
        "versions": row.versions,
        "price_basis": row.price_basis.as_str(),
        "wanted": images.then(|| count_figure(&row.wanted)),
        "accepted": quantity(&row.accepted),
        "shortfall": quantity(&row.shortfall),
        "attempts": quantity(&row.attempts),
        "billed_calls": quantity(&row.billed_calls),
        "tokens": images.then_some(tokens),
        "cost": money(&row.cost),
        "reasons": row.cost.reasons().collect::<Vec<_>>(),
        "status": images.then(|| row.made.as_str()),
        "not_made": row.not_made,
    })
}

/// What is planned and cannot be made.
pub(in crate::report) fn not_made_json(all: &[NotMade]) -> Vec<Value> {
    let one = |it: &NotMade| json!({"workload": it.workload, "months": months(&it.months), "reason": it.why});
    all.iter().map(one).collect()
}

/// The months in which a workload has no volume.
pub(in crate::report) fn not_planned_json(all: &BTreeMap<String, Vec<Month>>) -> Vec<Value> {
    let one = |(workload, of): (&String, &Vec<Month>)| json!({"workload": workload, "months": months(of)});
    all.iter().map(one).collect()
}

fn months(months: &[Month]) -> Vec<String> {
    months.iter().map(Month::to_string).collect()
}

fn owner(payee: &Payee) -> Option<Value> {
    match payee {
        Payee::Owner { kind, id, name } => {
            Some(json!({"kind": kind.as_str(), "id": id, "name": name}))
        }
        Payee::OtherCosts => None,
    }
}

fn totals_json(totals: &[Total], in_time: bool) -> Vec<Value> {
    let all = totals.iter().enumerate().map(|(index, total)| {
        let mut value = json!({
            "key": total.key,
            "accepted": money(&total.accepted),
            "attempts": money(&total.attempts),
            "cost": money(&total.cost),
            "status": total.made.as_str(),
            "split": total.split.iter().map(|(payee, paid)| {
                json!({"owner": owner(payee), "cost": money(&paid.cost), "status": paid.made.as_str()})
            }).collect::<Vec<_>>(),
        });
        if in_time {
            let so_far = added(totals[..=index].iter().map(|total| &total.cost));
            value["cumulative"] = money(&so_far);
        }
        value
    });
    all.collect()
}

/// Whose cost a limit holds for.
pub(in crate::report) fn scope_json(scope: &Scope) -> Value {
    match scope {
        Scope::Budget => json!({"kind": "budget"}),
        Scope::Workload(name) => json!({"kind": "workload", "name": name}),
        Scope::Owner(id) => json!({"kind": "owner", "name": id}),
        Scope::Tag(key, value) => json!({"kind": "tag", "name": key, "value": value}),
    }
}

pub(in crate::report) fn limit_json(status: &LimitStatus) -> Value {
    json!({
        "scope": scope_json(&status.scope),
        "month": status.month.map(|month| month.to_string()),
        "cost": money(&status.cost),
        "limit": {"usd": raw(status.limit), "verdict": status.verdict.as_str()},
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "kind": finding.kind.as_str(),
        "workload": finding.workload,
        "month": finding.month.to_string(),
        "message": finding.message,
    })
}

fn lever(lever: &Lever) -> Value {
    json!({
        "kind": lever.kind.as_str(),
        "workload": lever.workload,
        "change": lever.change,
        "saving": total_json(&lever.saving),
        "given_up": lever.given_up,
    })
}
