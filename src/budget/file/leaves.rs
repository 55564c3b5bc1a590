//! Leaves that only budgets have: months, shares, factors, mappings by name, and volumes.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::catalog::raw::{Kind, Leaf, Scalar, Spanned};

/// The key of a mapping, with its place.
pub(super) type Key = Spanned<Leaf<Name>>;

/// A name that is the key of a mapping.
#[derive(Debug)]
pub(super) struct Name;

impl Kind for Name {
    const TAKES_NUMBERS: bool = true;
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"\S"})
    }
}

/// A month of the form YYYY-MM.
#[derive(Debug)]
pub(super) struct MonthText;

impl Kind for MonthText {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": "^2[01][0-9]{2}-(0[1-9]|1[0-2])$"})
    }
}

/// A share as text: "70%" or "0.7"; of 1 and more only with the sign.
#[derive(Debug)]
pub(super) struct ShareText;

impl Kind for ShareText {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"^([0-9]+(\.[0-9]+)?%|0+(\.[0-9]+)?)$"})
    }
}

/// A percentage as text, with its sign: "10%".
#[derive(Debug)]
pub(super) struct PercentText;

impl Kind for PercentText {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"^([0-9]+(\.[0-9]+)?%|0+(\.0+)?)$"})
    }
}

/// A change as text, with its percent sign: "3%" or "-5%".
#[derive(Debug)]
pub(super) struct ChangeText;

impl Kind for ChangeText {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"^[-+]?([0-9]+(\.[0-9]+)?%|0+(\.0+)?)$"})
    }
}

/// A factor as text: "×1.2", "x1.2" or "1.2".
#[derive(Debug)]
pub(super) struct FactorText;

impl Kind for FactorText {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": r"^[×xX]?[0-9]+(\.[0-9]+)?$"})
    }
}

/// A mapping by names, in the order of the file, each name with its place.
#[derive(Debug)]
pub(super) struct Pairs<V>(pub Vec<(Key, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
    type Value = Pairs<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pairs<V>, A::Error> {
        entries(map).map(Pairs)
    }
}

fn entries<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
) -> Result<Vec<(Key, V)>, A::Error> {
    let mut entries = Vec::new();
    while let Some(entry) = map.next_entry()? {
        entries.push(entry);
    }
    Ok(entries)
}

impl<V: JsonSchema> JsonSchema for Pairs<V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("by_name_{}", V::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<V>();
        json_schema!({"type": "object", "additionalProperties": values})
    }
}

/// A volume: one number, or numbers by `low`, `expected` and `high`, or by month.
#[derive(Debug)]
pub(super) enum RawImages {
    Number(Scalar),
    Keys(Vec<(Key, Spanned<RawImages>)>),
}

impl<'de> Deserialize<'de> for RawImages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ImagesVisitor)
    }
}

struct ImagesVisitor;

impl<'de> Visitor<'de> for ImagesVisitor {
    type Value = RawImages;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or a mapping of whole numbers,")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawImages, A::Error> {
        entries(map).map(RawImages::Keys)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Text(text.to_owned())))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Whole(number)))
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Number))
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Number))
    }
    fn visit_bool<E: Error>(self, truth: bool) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Truth(truth)))
    }
    fn visit_unit<E: Error>(self) -> Result<RawImages, E> {
        Ok(RawImages::Number(Scalar::Nothing))
    }
}

impl JsonSchema for RawImages {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "images".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let number =
            json_schema!({"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_u64});
        let range = json_schema!({
            "type": "object",
            "properties": {"low": number, "expected": number, "high": number},
            "required": ["low", "high"],
            "additionalProperties": false,
        });
        let one = json_schema!({"anyOf": [number, range]});
        let by_month = json_schema!({
            "type": "object",
            "patternProperties": {"^2[01][0-9]{2}-(0[1-9]|1[0-2])$": one},
            "additionalProperties": false,
            "minProperties": 1,
        });
        json_schema!({"anyOf": [number, range, by_month]})
    }
}
