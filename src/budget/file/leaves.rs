//! Leaves that only budgets have: months, shares, factors, mappings by name, and volumes.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

use crate::catalog::raw::{Kind, Leaf, Price, Scalar, Spanned, Text};
use crate::catalog::yaml::{Entry, Form, Holds, Node, Notes, Shape, read};

/// The key of a mapping, with its place.
pub(crate) type Key = Spanned<Leaf<Name>>;

/// A name that is the key of a mapping.
#[derive(Debug)]
pub(crate) struct Name;

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
pub(crate) struct ShareText;

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

/// A factor of a season, which may stand without quotes: it is read as it is written, and never as a float.
#[derive(Debug)]
pub(super) struct SeasonFactor;

impl Kind for SeasonFactor {
    const TAKES_NUMBERS: bool = true;
    fn schema() -> Schema {
        let pattern = r"^[×xX]?[0-9]+(\.[0-9]+)?$";
        json_schema!({"type": ["string", "number"], "pattern": pattern, "minimum": 0, "maximum": 1000})
    }
}

/// Factors by the number of a calendar month, each with its place.
#[derive(Debug)]
pub(super) struct RawSeason(pub Vec<(Key, Text<SeasonFactor>)>);

impl Shape for RawSeason {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        RawSeason(entries(node, notes))
    }
}

impl JsonSchema for RawSeason {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "season".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let factor = generator.subschema_for::<Text<SeasonFactor>>();
        json_schema!({
            "type": "object",
            "patternProperties": {"^([1-9]|1[0-2])$": factor},
            "additionalProperties": false,
            "minProperties": 1,
        })
    }
}

/// Amounts by month, each with its place.
#[derive(Debug, Default)]
pub(super) struct RawMonths(pub Vec<(Key, Price)>);

impl Shape for RawMonths {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        RawMonths(entries(node, notes))
    }
}

impl JsonSchema for RawMonths {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "amounts_by_month".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let amount = generator.subschema_for::<Price>();
        json_schema!({
            "type": "object",
            "patternProperties": {"^2[01][0-9]{2}-(0[1-9]|1[0-2])$": amount},
            "additionalProperties": false,
        })
    }
}

/// A mapping by names, in the order of the file, each name with its place.
#[derive(Debug)]
pub(crate) struct Pairs<V>(pub Vec<(Key, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl<V: Shape> Shape for Pairs<V> {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        Pairs(entries(node, notes))
    }
}

/// The entries of a mapping; none of anything else.
fn entries<V: Shape>(node: &Node, notes: &mut Notes) -> Vec<(Key, V)> {
    let Holds::Mapping { entries, .. } = &node.holds else { return Vec::new() };
    let key = |entry: &Entry| Spanned::new(Leaf::new(&entry.key), entry.key_at.clone());
    entries.iter().map(|entry| (key(entry), read(&entry.value, notes))).collect()
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

impl Shape for RawImages {
    const FORM: Form = Form::Numbers;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        match &node.holds {
            Holds::Mapping { .. } => RawImages::Keys(entries(node, notes)),
            _ => RawImages::Number(Scalar::of(node, notes)),
        }
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
