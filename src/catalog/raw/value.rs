//! Values that are not text: whole numbers, truth values, and prices as quoted decimal numbers.
//!
//! Each reads any scalar and keeps what it was, so that a wrong one is reported at its place together with
//! the other problems of the file.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

use crate::catalog::yaml::{Form, Holds, Node, Notes, Shape, Spanned, looks_like_a_number};

/// A whole number from 0 up.
pub(crate) type Count = Spanned<Whole>;
/// A truth value.
pub(crate) type Flag = Spanned<Truth>;
/// A price, a factor or a percentage: a decimal number in quotes.
pub(crate) type Price = Spanned<Quoted>;

/// What a scalar was, by its form.
#[derive(Debug)]
pub(crate) enum Scalar {
    Text(String),
    Whole(u64),
    /// A number that is negative, too large, not whole or not in plain digits: its value is of no use here.
    Number,
    Truth(bool),
    /// Nothing that could be read, which has been noted.
    Nothing,
}

impl Shape for Scalar {
    const FORM: Form = Form::Value;
    fn of(node: &Node, _: &mut Notes) -> Self {
        match &node.holds {
            Holds::Scalar { text, plain: true } => Scalar::plain(text),
            Holds::Scalar { text, .. } => Scalar::Text(text.to_string()),
            _ => Scalar::Nothing,
        }
    }
}

impl Scalar {
    /// What a text without quotes is by the rules of YAML 1.2, of whose numbers those in plain digits alone are read.
    fn plain(text: &str) -> Scalar {
        let digits = text.strip_prefix('+').unwrap_or(text);
        match (text, digits.parse()) {
            ("true" | "True" | "TRUE", _) => Scalar::Truth(true),
            ("false" | "False" | "FALSE", _) => Scalar::Truth(false),
            (text, _) if !looks_like_a_number(text) => Scalar::Text(text.to_owned()),
            // A number that begins with a zero is octal to some readers, and nobody plans 0x10 images.
            (_, Ok(number)) if digits == "0" || !digits.starts_with('0') => Scalar::Whole(number),
            _ => Scalar::Number,
        }
    }
}

macro_rules! value {
    ($(#[$doc:meta])* $name:ident, $schema:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name(pub Scalar);

        impl Shape for $name {
            const FORM: Form = Form::Value;
            fn of(node: &Node, notes: &mut Notes) -> Self {
                $name(Scalar::of(node, notes))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

value!(
    /// A whole number from 0 up, without quotes.
    Whole,
    json_schema!({"type": "integer", "minimum": 0})
);

value!(
    /// `true` or `false`, without quotes.
    Truth,
    json_schema!({"type": "boolean"})
);

value!(
    /// A decimal number in quotes, such as "5.00".
    Quoted,
    // Up to a thousand million, with up to 12 decimal places.
    json_schema!({
        "type": "string",
        "pattern": r"^0*([0-9]{1,9}(\.[0-9]{1,12}0*)?|1000000000(\.0+)?)$",
    })
);

#[cfg(test)]
mod tests {
    use super::*;

    /// A number is never read through a float, and what only some readers take for a number is none.
    #[test]
    fn a_text_without_quotes_is_what_yaml_1_2_says() {
        let is = |text: &str| match Scalar::plain(text) {
            Scalar::Whole(number) => number.to_string(),
            scalar => format!("{scalar:?}").split('(').next().unwrap_or_default().to_lowercase(),
        };
        for (text, expected) in [
            ("5", "5"),
            ("+5", "5"),
            ("0", "0"),
            ("0x1F", "number"),
            ("0o17", "number"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "number"),
            ("-0", "number"),
            ("007", "number"),
            ("5.0", "number"),
            ("1e3", "number"),
            (".inf", "number"),
            ("true", "truth"),
            ("False", "truth"),
            ("yes", "text"),
            ("1_000", "text"),
            ("0b11", "text"),
            ("2026-11-21", "text"),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }
}
