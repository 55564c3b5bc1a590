//! JSON Schemas of the tables, for editors: derived from the shapes that the loader reads.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::raw::{RawAmendment, RawFreeKeys, RawGuidanceTable, RawModel, RawOwner, RawRoute};

/// A kind of table file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// What a model makes and how its usage is counted
    Model,
    /// The party whose contract sets prices, and its terms
    Owner,
    /// One way to get an image, with its dated prices
    Route,
    /// For whom which kind of offer is
    Guidance,
    /// What of API requests and replies bills nothing
    FreeKeys,
    /// What you have agreed, or know, of a shipped table
    Amendment,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 6] = [
        Shape::Model,
        Shape::Owner,
        Shape::Route,
        Shape::Guidance,
        Shape::FreeKeys,
        Shape::Amendment,
    ];

    /// The name, which the file of the schema has as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Shape::Model => "model",
            Shape::Owner => "owner",
            Shape::Route => "route",
            Shape::Guidance => "guidance",
            Shape::FreeKeys => "free_keys",
            Shape::Amendment => "amendment",
        }
    }

    /// Where such files stand in a folder of tables.
    pub fn path(self) -> &'static str {
        match self {
            Shape::Model => "models/<id>.yaml",
            Shape::Owner => "<kind>/<owner>/owner.yaml",
            Shape::Route => "<kind>/<owner>/<route>.yaml",
            Shape::Guidance => "guidance.yaml",
            Shape::FreeKeys => "free_keys.yaml",
            Shape::Amendment => "amendments/<path of an owner's or a route's table>",
        }
    }

    /// The JSON Schema as the text of a file.
    pub fn document(self) -> String {
        document(&self.json_schema())
    }

    /// The JSON Schema, draft 2020-12.
    pub fn json_schema(self) -> Value {
        match self {
            Shape::Model => json_schema_of::<RawModel>(self.as_str()),
            Shape::Owner => json_schema_of::<RawOwner>(self.as_str()),
            Shape::Route => json_schema_of::<RawRoute>(self.as_str()),
            Shape::Guidance => json_schema_of::<RawGuidanceTable>(self.as_str()),
            Shape::FreeKeys => json_schema_of::<RawFreeKeys>(self.as_str()),
            Shape::Amendment => json_schema_of::<RawAmendment>(self.as_str()),
        }
    }
}

/// The JSON Schema of a shape as the text of a file.
pub(crate) fn document_of<T: JsonSchema>(name: &str) -> String {
    document(&json_schema_of::<T>(name))
}

fn document(schema: &Value) -> String {
    format!("{schema:#}\n")
}

fn json_schema_of<T: JsonSchema>(name: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    let Value::Object(mut keys) = schema else { return schema };
    keys.insert("title".into(), format!("imgcost: {name}").into());
    let first = ["$schema", "title", "description"].map(|key| keys.shift_remove_entry(key));
    first.into_iter().flatten().chain(keys).collect()
}

/// Makes a derived schema say what the loader does: there are no keys but those that are named, and a key that may
/// be left out may not be empty. The names of its parts are those of the keys, not of the code.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            if let Some(Value::String(text)) = keys.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            without_null(keys);
            close(keys);
            if let Some(Value::Object(parts)) = keys.get_mut("$defs") {
                *parts = std::mem::take(parts)
                    .into_iter()
                    .map(|(name, part)| (part_name(&name), part))
                    .collect();
            }
            if let Some(Value::String(target)) = keys.get_mut("$ref")
                && let Some(name) = target.strip_prefix("#/$defs/")
            {
                *target = format!("#/$defs/{}", part_name(name));
            }
            for (key, part) in keys {
                match part {
                    Value::Object(parts) if is_named(key) => parts.values_mut().for_each(tidy),
                    part => tidy(part),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// Whether a key of a schema holds schemas by names of their own.
fn is_named(key: &str) -> bool {
    matches!(key, "$defs" | "properties" | "patternProperties")
}

/// Takes away what the derivation adds for an optional key: that it may be null.
fn without_null(keys: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = keys.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            keys.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(words)) = keys.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    let Some(Value::Array(choices)) = keys.get_mut("anyOf") else { return };
    choices.retain(|choice| choice["type"] != "null");
    if choices.len() == 1
        && let Some(Value::Object(only)) = choices.pop()
    {
        keys.remove("anyOf");
        keys.extend(only);
    }
}

/// Says of a mapping with named keys that it has no others.
fn close(keys: &mut Map<String, Value>) {
    let is_open = keys.contains_key("type") && !keys.contains_key("additionalProperties");
    let named = keys.keys().position(|key| key == "properties");
    if let Some(index) = named.filter(|_| is_open) {
        keys.shift_insert(index, "additionalProperties".into(), false.into());
    }
}

/// `RawFailureCharges` → `failure_charges`.
fn part_name(name: &str) -> String {
    let mut words = String::new();
    for letter in name.strip_prefix("Raw").unwrap_or(name).chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.extend(letter.to_lowercase());
    }
    words
}
