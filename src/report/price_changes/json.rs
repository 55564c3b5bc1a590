//! Price changes for programs: `imgcost.prices-diff/1`.
//!
//! Keys may be added in later versions and never change. Money is text at full precision; a relative
//! change is a share, so that 0.2 is +20%.

use serde_json::{Map, Value, json};

use super::{View, words};
use crate::catalog::price::Conditions;
use crate::price_changes::{
    CostChange, CostOf, Outcome, PriceChanges, RateChange, RatePrice, RateState, RouteChange,
    RouteSide, Sides, What,
};
use crate::report::estimate::{money, price_version_json, route_json};
use crate::report::number::raw;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.prices-diff/1";

pub(super) fn object(changes: &PriceChanges, sides: &Sides, view: &View) -> Value {
    let side = |index: usize| {
        json!({
            "label": view.labels[index],
            "as_of": changes.days[index].to_string(),
            "catalog": {"digest": sides.catalogs()[index].digest()},
        })
    };
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "compares": match sides {
            Sides::Days(..) => "days",
            Sides::Routes(..) => "routes",
            Sides::Catalogs(..) => "folders",
        },
        "a": side(0),
        "b": side(1),
        "differs": changes.anything(),
        "compared": changes.compared,
        "unpriced": changes.unpriced,
        "cost_of": changes.cost_of.map(cost_of),
        "routes": changes.routes.iter().map(|change| route(change, changes, view)).collect::<Vec<_>>(),
        "shutdowns": changes.shutdowns.iter().filter_map(|model| {
            let shutdown = model.shutdown.as_ref()?;
            Some(json!({
                "model": model.id,
                "on": shutdown.on.to_string(),
                "replacements": shutdown.replacements,
            }))
        }).collect::<Vec<_>>(),
        "models": changes.models.iter().map(|model| json!({
            "id": model.id,
            "what": what(model.what),
        })).collect::<Vec<_>>(),
        "assumptions": super::assumptions(changes, view),
    })
}

fn cost_of(of: CostOf) -> Value {
    match of {
        CostOf::Request => json!({"what": "request", "accepted_images": null}),
        CostOf::AcceptedImage => json!({"what": "accepted_image", "accepted_images": 1}),
        CostOf::Volume(images) => json!({"what": "volume", "accepted_images": images}),
    }
}

fn route(change: &RouteChange, changes: &PriceChanges, view: &View) -> Value {
    let of = changes.cost_of;
    let side = |index: usize| standing(&change.sides[index], changes.days[index] > view.today);
    json!({
        "outcome": outcome(change),
        "a": side(0),
        "b": side(1),
        "rates": change.rates.changed.iter().map(rate).collect::<Vec<_>>(),
        "equal_rates": change.rates.equal,
        "details": change.details.iter().map(|detail| {
            let (what, [a, b]) = words::detail(detail);
            json!({"what": what, "a": a, "b": b})
        }).collect::<Vec<_>>(),
        "versions": change.versions.iter().map(|version| {
            let [a, b] = version.periods.map(|period| period.map(|period| json!({
                "first_day": period.first.to_string(),
                "until": period.until.map(|day| day.to_string()),
            })));
            json!({"what": what(version.what), "a": a, "b": b})
        }).collect::<Vec<_>>(),
        "others": change.others,
        "cost": change.cost.as_ref().zip(of).map(|(change, of)| cost(change, of)),
    })
}

/// The stable word for what became of a route.
pub(super) fn outcome(change: &RouteChange) -> &'static str {
    match change.outcome() {
        Outcome::Both if change.differs() => "changed",
        Outcome::Both => "same",
        Outcome::Starts => "starts",
        Outcome::Ends => "ends",
        Outcome::Neither => "unpriced",
    }
}

fn standing(side: &RouteSide, assumed: bool) -> Value {
    json!({
        "route": side.route().map(|route| route_json(route)),
        "price_version": side.table().map(|table| price_version_json(table, assumed)),
        "reason": reason(side),
    })
}

/// Why a side has no price.
pub(super) fn reason(side: &RouteSide) -> Option<String> {
    match side {
        RouteSide::NotThere => Some("not there".into()),
        RouteSide::Unpriced(_, reason) => Some(reason.to_string()),
        RouteSide::Priced(_) => None,
    }
}

fn rate(rate: &RateChange) -> Value {
    let difference = rate.difference.as_ref();
    json!({
        "meter": rate.meter.as_str(),
        "when": conditions(&rate.when),
        "list": rate.list,
        "a": state(&rate.sides[0]),
        "b": state(&rate.sides[1]),
        "difference": difference.map(|found| raw(found.amount)),
        "difference_per": difference.map(|found| found.per.count()),
        "difference_unit": difference.map(|found| found.unit.name()),
        "relative_change": difference.and_then(|found| found.relative).map(raw),
    })
}

fn conditions(when: &Conditions) -> Value {
    let text = |key: &str, value: Option<String>| Some((key.to_owned(), json!(value?)));
    let all = [
        text("processing", Some(when.processing.as_str().into())),
        text("quality", when.quality.clone()),
        text("size", when.size.map(|size| size.to_string())),
        text("class", when.class.clone()),
        text("mode", when.mode.map(|mode| mode.as_str().into())),
        text("format", when.format.clone()),
        text("aspect", when.aspect.map(|aspect| aspect.as_str().into())),
        when.input_tokens_up_to.map(|limit| ("input_tokens_up_to".into(), json!(limit))),
    ];
    Value::Object(all.into_iter().flatten().collect::<Map<_, _>>())
}

fn state(state: &RateState) -> Value {
    let word = word(state);
    match state {
        RateState::Priced(rate) => {
            let mut object = json!({"state": word});
            object.as_object_mut().into_iter().for_each(|object| object.extend(price(rate)));
            object
        }
        RateState::Depends(prices) => {
            let prices: Vec<Value> = prices.iter().map(|rate| Value::Object(price(rate))).collect();
            json!({"state": word, "prices": prices})
        }
        RateState::NotStated(reason) => json!({"state": word, "reason": reason}),
        _ => json!({"state": word}),
    }
}

/// The stable word for what a side charges.
pub(super) fn word(state: &RateState) -> &'static str {
    match state {
        RateState::Priced(_) => "priced",
        RateState::Depends(_) => "depends",
        RateState::ByCondition => "by_condition",
        RateState::NotBilled => "not_billed",
        RateState::NoSurcharge => "no_surcharge",
        RateState::NotOffered => "not_offered",
        RateState::NotStated(_) => "not_stated",
        RateState::OtherList => "other_list",
    }
}

fn price(rate: &RatePrice) -> Map<String, Value> {
    let object = json!({
        "price": raw(rate.price),
        "per": rate.per.count(),
        "unit": rate.unit.name(),
        "usd": rate.dollars.map(raw),
        "after": rate.after,
        "whole_units": rate.whole_units,
        "basis": rate.basis,
        "source": rate.evidence.source,
        "seen": rate.evidence.seen.map(|day| day.to_string()),
        "confidence": rate.evidence.confidence.as_str(),
    });
    object.as_object().cloned().unwrap_or_default()
}

/// The stable word for what differs in a version or model.
pub(super) fn what(what: What) -> &'static str {
    match what {
        What::OnlyA => "only_a",
        What::OnlyB => "only_b",
        What::Content => "content",
        What::Evidence => "evidence",
    }
}

fn cost(change: &CostChange, of: CostOf) -> Value {
    let side = |index: usize| match &change.sides[index] {
        Ok(estimate) => {
            let figure = of.figure(estimate);
            let mut cost = money(figure);
            cost["cash"] = json!(estimate.purchase.as_ref().map(|purchase| money(&purchase.cash)));
            cost["reason"] = json!(figure.reasons().in_words());
            cost
        }
        Err(reason) => json!({"certainty": null, "reason": reason}),
    };
    json!({
        "currency": "USD",
        "a": side(0),
        "b": side(1),
        "difference": change.difference.map(raw),
        "relative_change": change.relative.map(raw),
    })
}
