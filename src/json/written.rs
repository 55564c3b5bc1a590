//! JSON whose numbers are as they are written. Prices in the files of others are numbers, and none of them may go through
//! a float.

use std::borrow::Cow;

use super::{Json, NotJson, parse};

/// A JSON value whose numbers are as they are written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written<'t> {
    Null,
    Bool(bool),
    Number(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Written<'t>>),
    Object(Vec<(String, Written<'t>)>),
}

/// The value that a text is, within the bounds of [`parse`].
pub(crate) fn parse_written(text: &str) -> Result<Written<'_>, NotJson> {
    parse(text).map(written)
}

fn written(json: Json) -> Written {
    match json {
        Json::Null => Written::Null,
        Json::Bool(value) => Written::Bool(value),
        // A whole number has no zeros before it, so that this is its text.
        Json::Whole(count) => Written::Number(count.to_string().into()),
        Json::OtherNumber(text) => Written::Number(text),
        Json::Text(text) => Written::Text(text),
        Json::List(items) => Written::List(items.into_iter().map(written).collect()),
        Json::Object(entries) => {
            Written::Object(entries.into_iter().map(|(key, value)| (key, written(value))).collect())
        }
    }
}

impl<'t> Written<'t> {
    /// The entries of an object; none of anything else.
    pub(crate) fn entries(&self) -> &[(String, Written<'t>)] {
        match self {
            Written::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Written<'t>] {
        match self {
            Written::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a key; none where there is no object or no such key.
    pub(crate) fn get(&self, key: &str) -> Option<&Written<'t>> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The text that it is.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Written::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Written::Object(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_they_are_written() {
        let text = r#"{"a 1": "2 \" 3", "b": [3e-05, -0.10, {"c": 5}], "d": true, "e": 1E+2}"#;
        let value = parse_written(text).expect("JSON");
        let list = value.get("b").expect("b");
        assert_eq!(list.items()[0], Written::Number("3e-05".into()));
        assert_eq!(list.items()[1], Written::Number("-0.10".into()));
        assert_eq!(list.items()[2].get("c"), Some(&Written::Number("5".into())));
        assert_eq!(value.get("e"), Some(&Written::Number("1E+2".into())));
        assert_eq!(value.text("a 1"), Some("2 \" 3"));
    }
}
