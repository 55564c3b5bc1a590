//! Routes for programs: `imgcost.routes/1`. Keys may be added in later versions and never change.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::catalog::Catalog;
use crate::catalog::figures::figures;
use crate::catalog::image_tool::ImageTool;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::catalog::terms::{Clause, Event, Term, Terms};
use crate::report::json::evidence;
use crate::report::number::raw;
use crate::routes::{Entry, SuitedRoute};

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.routes/1";

pub(super) fn list(entries: &[Entry], day: NaiveDate, catalog: &Catalog) -> Value {
    object(entries.iter().map(row).collect(), day, catalog)
}

pub(super) fn contract(entry: &Entry, day: NaiveDate, catalog: &Catalog) -> Value {
    let route = &entry.route;
    let mut row = row(entry);
    row["owner_name"] = json!(route.owner_name);
    row["alias"] = json!(route.alias);
    row["upstream_model"] = json!(route.upstream_model.as_str());
    row["contract"] = json!(route.contract.as_str());
    row["base_url"] = json!(route.base_url);
    row["endpoint"] = json!(route.endpoint);
    row["size_honoured"] = json!(route.size_honoured.as_str());
    row["quality_honoured"] = json!(route.quality_honoured.as_str());
    row["defaults"] = json!(route.defaults.as_ref().map(|defaults| json!({
        "size": defaults.size.map(|size| size.to_string()),
        "quality": defaults.quality,
        "source": defaults.evidence.source,
    })));
    row["risks"] = json!(route.risks);
    row["image_tool"] = route.image_tool.as_ref().map_or(Value::Null, image_tool);
    row["terms"] = terms(&route.terms);
    row["rate_limits"] = rate_limits(route);
    row["versions"] = route.versions.iter().map(version).collect();
    row["advertised"] = route
        .advertised
        .as_ref()
        .map_or(Value::Null, |(text, by)| json!({"text": text, "evidence": evidence(by)}));
    object(vec![row], day, catalog)
}

fn image_tool(tool: &ImageTool) -> Value {
    json!({
        "mainline_models": tool.mainline_models,
        "evidence": evidence(&tool.evidence),
        "not_counted": tool
            .not_counted
            .iter()
            .map(|row| json!({"text": row.text, "evidence": evidence(&row.evidence)}))
            .collect::<Vec<_>>(),
    })
}

pub(super) fn choices(
    choices: &[(crate::catalog::guidance::Work, Vec<SuitedRoute>)],
    day: NaiveDate,
    catalog: &Catalog,
) -> Value {
    let rows = choices.iter().flat_map(|(work, choices)| {
        choices.iter().map(|choice| {
            let mut row = row(&choice.entry);
            row["work"] = json!(work.as_str());
            row["fit"] = json!(choice.fit.as_str());
            row["reason"] = json!(choice.reason);
            row["open"] = json!(choice.open);
            row
        })
    });
    object(rows.collect(), day, catalog)
}

fn object(rows: Vec<Value>, day: NaiveDate, catalog: &Catalog) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": day.to_string(),
        "rows": rows,
    })
}

fn row(entry: &Entry) -> Value {
    let (route, version) = (&entry.route, entry.version());
    json!({
        "id": route.id.to_string(),
        "owner": route.id.owner,
        "owner_kind": route.id.kind.as_str(),
        "model": route.model,
        "status": entry.status.as_str(),
        "unit": route.billing_unit,
        "from": version.map(|version| version.period.first.to_string()),
        "until": version.and_then(|version| version.period.until).map(|day| day.to_string()),
        "seen": version.and_then(|version| version.evidence.seen).map(|day| day.to_string()),
        "confidence": version.map(|version| version.evidence.confidence.as_str()),
        "ready": entry.is_ready(),
        "missing": entry.missing,
    })
}

fn terms(terms: &Terms) -> Value {
    let clause = |clause: Clause| {
        let value = match terms.clause(clause) {
            Term::NotStated => json!({"status": "not_stated"}),
            Term::Stated(text, by) => {
                json!({"status": "stated", "text": text, "evidence": evidence(by)})
            }
            Term::Attested(text, by) => {
                json!({"status": "attested", "text": text, "evidence": evidence(by)})
            }
        };
        (clause.as_str().to_owned(), value)
    };
    let charge = |event: Event| {
        let charge = terms.charge(event);
        let value = json!({
            "charge": charge.rule.as_str(),
            "attested": charge.attested,
            "evidence": charge.evidence.as_ref().map(evidence),
        });
        (event.as_str().to_owned(), value)
    };
    let mut all: serde_json::Map<String, Value> = Clause::ALL.map(clause).into_iter().collect();
    let charges: serde_json::Map<String, Value> = Event::ALL.map(charge).into_iter().collect();
    all.insert("failure_charges".into(), Value::Object(charges));
    Value::Object(all)
}

fn rate_limits(route: &Route) -> Value {
    let Some(limits) = &route.rate_limits else { return Value::Null };
    let tiers = limits.tiers.iter().map(|tier| {
        json!({
            "tier": tier.name,
            "paid_usd": tier.paid.map(raw),
            "tokens_per_minute": tier.tokens_per_minute,
            "images_per_minute": tier.images_per_minute,
        })
    });
    json!({"tiers": tiers.collect::<Vec<_>>(), "evidence": evidence(&limits.evidence)})
}

fn version(version: &PriceVersion) -> Value {
    json!({
        "from": version.period.first.to_string(),
        "until": version.period.until.map(|day| day.to_string()),
        "unit": version.unit.name(),
        "figures": figures(version),
        "evidence": evidence(&version.evidence),
    })
}
