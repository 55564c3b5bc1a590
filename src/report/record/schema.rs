//! The JSON Schema of rows: type, title, unit and meaning of each key are those of its term.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::Field;
use crate::report::dictionary::{Kind, Term};

/// The schema of rows with these fields. A key with an open part, such as `tag_NAME`, is a pattern.
pub(super) fn of<R>(fields: &[Field<R>]) -> Schema {
    let (mut named, mut patterns, mut required) = (Map::new(), Map::new(), Vec::new());
    for field in fields {
        for (ending, key) in field.keys().iter().enumerate() {
            let property = property(field.term);
            match pattern(key) {
                Some(pattern) => patterns.insert(pattern, property),
                None => {
                    // What is in the currency of a report stands there where it has one.
                    if !field.is_optional && !field.term.kind.is_in_currency(ending) {
                        required.push(key.to_string());
                    }
                    named.insert(key.to_string(), property)
                }
            };
        }
    }
    let mut schema = json!({"type": "object", "properties": named, "required": required});
    if !patterns.is_empty() {
        schema["patternProperties"] = patterns.into();
    }
    let Value::Object(schema) = schema else { return Schema::default() };
    schema.into()
}

/// The pattern of a key in which capitals stand for any word.
fn pattern(key: &str) -> Option<String> {
    let is_open = |c: char| c.is_ascii_uppercase();
    let (before, after) = (key.split(is_open).next()?, key.rsplit(is_open).next()?);
    key.contains(is_open).then(|| format!("^{before}.+{after}$"))
}

fn property(term: &Term) -> Value {
    let mut property = match term.kind {
        Kind::Number | Kind::Count => json!({"type": ["integer", "null"]}),
        Kind::Flag => json!({"type": ["boolean", "null"]}),
        Kind::List => json!({"type": ["array", "null"], "items": {"type": "string"}}),
        Kind::Day => text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        Kind::Month => text("^[0-9]{4}-[0-9]{2}$"),
        Kind::Id | Kind::Text | Kind::Size => json!({"type": ["string", "null"]}),
        Kind::Share
        | Kind::Ratio
        | Kind::Amount
        | Kind::Money
        | Kind::Change
        | Kind::Quantity
        | Kind::Decimal => text(r"^-?[0-9]+(\.[0-9]+)?$"),
    };
    property["title"] = term.title.into();
    property["description"] = term.meaning.into();
    if !term.unit.is_empty() {
        property["unit"] = term.unit.into();
    }
    property
}

fn text(pattern: &str) -> Value {
    json!({"type": ["string", "null"], "pattern": pattern})
}
