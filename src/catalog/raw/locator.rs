//! Where a source or a price page is found again, as written.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

use super::{Kind, Text};
use crate::catalog::locator::{MOST_CHARACTERS, NOT_RECORDED, PATTERN};
use crate::catalog::yaml::{Form, Holds, Node, Notes, Shape, read};

/// An address.
#[derive(Debug)]
pub(crate) struct Address;

impl Kind for Address {
    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": PATTERN, "maxLength": MOST_CHARACTERS})
    }
}

/// The address of a page with prices, or that nobody kept it.
#[derive(Debug)]
pub(crate) struct PricePage;

impl Kind for PricePage {
    fn schema() -> Schema {
        json_schema!({"anyOf": [{"const": NOT_RECORDED}, Address::schema()]})
    }
}

/// The addresses of a source, or that nobody kept them.
#[derive(Debug)]
pub(crate) enum RawLocators {
    NotRecorded,
    At(Vec<Text<Address>>),
    /// Nothing that could be read, which has been noted.
    Unread,
}

impl Shape for RawLocators {
    const FORM: Form = Form::Addresses;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        match &node.holds {
            Holds::Scalar { text, .. } if text == NOT_RECORDED => RawLocators::NotRecorded,
            Holds::List(items) if !items.is_empty() => RawLocators::At(read(node, notes)),
            Holds::Nothing => RawLocators::Unread,
            _ => {
                notes.wrong_type(node.at.clone(), Form::Addresses.in_words());
                RawLocators::Unread
            }
        }
    }
}

impl JsonSchema for RawLocators {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "locators".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"const": NOT_RECORDED},
            {"type": "array", "items": Address::schema(), "minItems": 1, "uniqueItems": true},
        ]})
    }
}
