//! Parts of objects for programs that are not yet written from fields.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::report::number::raw;

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
