//! An estimate for programs: `imgcost.estimate/1`.
//!
//! Keys may be added in later versions and never change. Money is text at full precision.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::all_notes;
use crate::catalog::Catalog;
use crate::catalog::dated::FirstDay;
use crate::catalog::price::Processing;
use crate::catalog::route::Route;
use crate::estimate::{ByRule, Estimate, Settled, Subject};
use crate::figure::Figure;
use crate::note::Note;
use crate::rating::{Charge, PriceTable};
use crate::report::number::raw;
use crate::request::{InputFidelity, Prompt, QualityChoice, Request};
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::Reply;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.estimate/1";

pub(in crate::report) fn estimate(estimate: &Estimate, catalog: &Catalog, explain: bool) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": estimate.as_of.to_string(),
        "request": subject(estimate),
        "route": route(&estimate.table.route),
        "price_version": price_version(&estimate.table, estimate.assumed),
        "usage": usage(&estimate.usage),
        "usage_range": usage_range(&estimate.usage),
        "lines": estimate.charges.iter().map(|charge| line(charge, explain)).collect::<Vec<_>>(),
        "total": total_json(&estimate.total),
        "settled": estimate.settled.iter().map(settled).collect::<Vec<_>>(),
        "by_rule": estimate.by_rule.as_ref().map(by_rule),
        "attempts": attempts(estimate),
        "per_accepted_image": money(&estimate.attempts.per_accepted_image),
        "assumptions": estimate.assumptions,
        "notes": notes_of(&all_notes(estimate)),
    })
}

fn settled(settled: &Settled) -> Value {
    json!({
        "size": settled.size.to_string(),
        "quality": settled.quality,
        "total": total_json(&settled.total),
    })
}

/// What the rule says where the usage is not stated; it is in no total.
fn by_rule(by_rule: &ByRule) -> Value {
    let mut object = total_json(&by_rule.amount);
    object["image_output_tokens"] = json!(by_rule.output_tokens.as_ref().and_then(Figure::exact));
    object["of"] = json!(by_rule.of);
    object
}

fn subject(estimate: &Estimate) -> Value {
    match &estimate.subject {
        Subject::Request(request) => request_json(request, &estimate.model.id),
        Subject::Reply(reply, processing) => reply_json(reply, &estimate.model.id, *processing),
    }
}

fn request_json(request: &Request, model: &str) -> Value {
    let (prompt_tokens, billed_text_tokens) = match request.prompt {
        Some(Prompt::Tokens(tokens)) => (Some(tokens), None),
        Some(Prompt::BilledTokens(tokens)) => (None, Some(tokens)),
        Some(Prompt::Text(_)) | None => (None, None),
    };
    json!({
        "source": "request",
        "kind": if request.edit { "edit" } else { "generation" },
        "model": model,
        "size": request.size.map(|size| size.in_words()),
        "resolution": request.resolution,
        "quality": request.quality.as_ref().map(QualityChoice::as_str),
        "n": request.n,
        "prompt": matches!(request.prompt, Some(Prompt::Text(_))),
        "prompt_tokens": prompt_tokens,
        "billed_text_tokens": billed_text_tokens,
        "input_images": request.input_images.iter().map(|image| &image.name).collect::<Vec<_>>(),
        "input_fidelity": request.input_fidelity.map(|fidelity| match fidelity {
            InputFidelity::Low => "low",
            InputFidelity::High => "high",
        }),
        "partial_images": request.partial_images,
        "processing": request.processing.as_str(),
        "turns": request.turns,
        "mainline_model": request.mainline.model,
        "mainline_tokens_per_turn": (!request.mainline.is_empty()).then(|| json!({
            "input": request.mainline.input_tokens,
            "cached": request.mainline.cached_tokens,
            "output": request.mainline.output_tokens,
        })),
    })
}

fn reply_json(reply: &Reply, model: &str, processing: Processing) -> Value {
    json!({
        "source": "reply",
        "model": model,
        "size": reply.size,
        "quality": reply.quality,
        "created": reply.created.map(|day| day.to_string()),
        "images": reply.images.as_ref().map(Vec::len),
        "mainline_model": reply.mainline.as_ref().map(|mainline| &mainline.model),
        "service_tier": reply.service_tier,
        "processing": processing.as_str(),
    })
}

pub(in crate::report) fn route(route: &Route) -> Value {
    json!({
        "id": route.id.to_string(),
        "owner": route.id.owner,
        "owner_kind": route.id.kind.as_str(),
        "model": route.model,
        "alias": route.alias,
        "group": route.id.group(),
    })
}

pub(in crate::report) fn price_version(table: &PriceTable, assumed: bool) -> Value {
    let version = table.version();
    json!({
        "from": (version.period.first_day == FirstDay::Stated).then(|| version.period.first.to_string()),
        "until": version.period.until.map(|day| day.to_string()),
        "seen": version.evidence.seen.map(|day| day.to_string()),
        "source": version.evidence.source,
        "confidence": version.evidence.confidence.as_str(),
        "basis": if assumed { "assumed" } else { "dated" },
    })
}

/// The key of a meter in `usage`.
fn usage_key(meter: Meter) -> String {
    match meter {
        tokens if tokens.is_tokens() => format!("{tokens}_tokens"),
        other => other.as_str().to_owned(),
    }
}

fn usage(usage: &Usage) -> Value {
    Value::Object(
        Meter::ALL
            .iter()
            .filter(|meter| !meter.is_surcharge())
            .map(|meter| (usage_key(*meter), json!(usage.count(*meter).exact())))
            .collect(),
    )
}

fn usage_range(usage: &Usage) -> Value {
    let mut ranges = Map::new();
    for meter in Meter::ALL.into_iter().filter(|meter| !meter.is_surcharge()) {
        let count = usage.count(meter);
        if count.exact().is_none() {
            let range =
                json!({"low": count.low(), "expected": count.expected(), "high": count.high()});
            ranges.insert(usage_key(meter), range);
        }
    }
    Value::Object(ranges)
}

fn line(charge: &Charge, explain: bool) -> Value {
    let table = charge.table.as_ref();
    let mut line = json!({
        "meter": charge.meter.as_str(),
        "quantity": charge.quantity.count.exact(),
        "unit_price": charge.unit_price.as_ref().map(|unit| raw(unit.price)),
        "per": charge.unit_price.as_ref().map(|unit| unit.per.count()),
        "unit": charge.meter.counted(),
        "price_unit": charge.unit_price.as_ref().map(|unit| unit.unit.name()),
        "native_amount": charge.native.exact().map(raw),
        "amount": charge.amount.exact().map(raw),
        "certainty": charge.amount.certainty(),
        "low": low(&charge.amount),
        "high": charge.amount.high().map(raw),
        "owner": table.map(|table| &table.route.id.owner),
        "note": charge.amount.reasons().collect::<Vec<_>>().join("; "),
        "route": table.map(|table| table.route.id.to_string()),
    });
    if explain {
        line["explanation"] = json!(super::explain::sentences(charge));
    }
    line
}

/// The low of an amount: of an unknown the part that is known, if any.
fn low(figure: &Figure<Decimal>) -> Option<String> {
    let nothing_known = figure.high().is_none() && figure.low().is_zero();
    (!nothing_known).then(|| raw(figure.low()))
}

/// A figure of money: certainty, low, expected, high.
pub(in crate::report) fn money(figure: &Figure<Decimal>) -> Value {
    json!({
        "certainty": figure.certainty(),
        "low": low(figure),
        "expected": figure.expected().map(raw),
        "high": figure.high().map(raw),
    })
}

/// A total: a figure of money with its currency.
pub(in crate::report) fn total_json(figure: &Figure<Decimal>) -> Value {
    let mut total = json!({"currency": "USD"});
    if let (Value::Object(total), Value::Object(figure)) = (&mut total, money(figure)) {
        total.extend(figure);
    }
    total
}

fn attempts(estimate: &Estimate) -> Value {
    let attempts = &estimate.attempts;
    let rates = &attempts.rates;
    let cash = estimate.purchase.as_ref().map(|purchase| total_json(&purchase.cash));
    json!({
        "acceptance": rates.acceptance().map(raw),
        "failure_rate": raw(rates.failures().failure_rate),
        "block_rate": raw(rates.failures().block_rate),
        "timeout_rate": raw(rates.failures().timeout_rate),
        "attempts_per_accepted_image": raw(attempts.attempts_per_accepted),
        "cost_per_attempt": money(&attempts.per_attempt),
        "volume": attempts.volume.as_ref().map(|volume| json!({
            "accepted_images": volume.accepted_images,
            "attempts": raw(volume.attempts),
            "total": total_json(&volume.total),
            "cash": cash,
        })),
    })
}

/// Notes as code and message.
pub(in crate::report) fn notes_of(notes: &[Note]) -> Value {
    json!(notes)
}
