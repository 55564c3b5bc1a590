//! A simulation for programs: `imgcost.simulation/1`.
//!
//! Keys may be added in later versions and never change. Money is text at full precision.

use serde_json::{Value, json};

use super::words;
use crate::budget::Budget;
use crate::budget::simulate::{LimitRisk, LimitSpan, Outcome, Percentiles, Simulation};
use crate::catalog::Catalog;
use crate::report::number::raw;
use crate::report::record::Each;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.simulation/1";

pub(super) fn object(budget: &Budget, simulation: &Simulation, catalog: &Catalog) -> Value {
    let outcomes = simulation.outcomes.iter().enumerate();
    let outcomes = outcomes.map(|(place, found)| outcome(simulation, place, found));
    let not_made =
        simulation.not_made.iter().map(|it| format!("{}: {}", it.workload, it.why.sentence()));
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "start": budget.start.to_string(),
        "months": budget.months,
        "currency": "USD",
        "runs": simulation.settings.runs,
        "seed": simulation.settings.seed,
        "margin_added": false,
        "outcomes": outcomes.collect::<Vec<_>>(),
        "open": simulation.open,
        "status": simulation.made_in_all().as_str(),
        "not_made": not_made.collect::<Vec<_>>(),
        "not_planned": Each::row(|| simulation.not_planned.iter()),
        "limits": Each::row(|| simulation.limits.iter()),
        "drawn": simulation.stated.drawn,
        "certain": simulation.stated.certain,
        "assumptions": simulation.assumptions.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn outcome(simulation: &Simulation, place: usize, outcome: &Outcome) -> Value {
    let months = outcome.months.iter().zip(&simulation.made).map(|((month, found), made)| {
        let mut value = json!({"month": month.to_string(), "status": made.as_str()});
        if let (Value::Object(value), Value::Object(more)) = (&mut value, percentiles(found)) {
            value.extend(more);
        }
        value
    });
    json!({
        "open_end": words::word(simulation, place),
        "total": percentiles(&outcome.total),
        "months": months.collect::<Vec<_>>(),
        "limits": outcome.limits.iter().map(limit).collect::<Vec<_>>(),
        "sources": outcome.sources.iter().map(|found| json!({
            "source": found.source.as_str(),
            "variance_share": raw(found.share),
        })).collect::<Vec<_>>(),
    })
}

fn percentiles(found: &Percentiles) -> Value {
    json!({
        "p10": raw(found.p10),
        "p50": raw(found.p50),
        "p90": raw(found.p90),
        "mean": raw(found.mean),
    })
}

fn limit(risk: &LimitRisk) -> Value {
    let (span, month) = match risk.span {
        LimitSpan::Month(month) => ("month", Some(month.to_string())),
        LimitSpan::AnyMonth => ("any_month", None),
        LimitSpan::Total => ("total", None),
    };
    json!({
        "scope": crate::report::forecast::scope(&risk.scope).0,
        "scope_name": crate::report::forecast::scope(&risk.scope).1,
        "scope_value": crate::report::forecast::scope(&risk.scope).2,
        "span": span,
        "month": month,
        "limit": raw(risk.limit),
        "exceeded_share": raw(risk.exceeded),
        "at_least": risk.at_least,
    })
}
