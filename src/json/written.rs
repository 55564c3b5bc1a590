//! JSON whose numbers are as they are written. Prices in the files of others are numbers, and none of them may go through
//! a float.

use std::borrow::Cow;

use super::{Json, NotJson, parse};

/// A JSON value whose numbers are as they are written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Written<'t>>),
    Object(Vec<(String, Written<'t>)>),
}

/// The value that a text is, within the bounds of [`parse`].
pub(crate) fn parse_written(text: &str) -> Result<Written<'_>, NotJson> {
    let json = parse(text)?;
    Ok(written(json, &mut Numbers { text, at: 0 }))
}

/// A value keeps the order of the text, so that its numbers are those of the text one after the other.
fn written<'t>(json: Json<'t>, numbers: &mut Numbers<'t>) -> Written<'t> {
    match json {
        Json::Null => Written::Null,
        Json::Bool(value) => Written::Bool(value),
        Json::Whole(_) | Json::OtherNumber(_) => {
            Written::Number(numbers.next().unwrap_or_default())
        }
        Json::Text(text) => Written::Text(text),
        Json::List(items) => {
            Written::List(items.into_iter().map(|item| written(item, numbers)).collect())
        }
        Json::Object(entries) => {
            let entry = |(key, value)| (key, written(value, numbers));
            Written::Object(entries.into_iter().map(entry).collect())
        }
    }
}

/// The numbers of a text that is known to be JSON, as they are written.
struct Numbers<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Numbers<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => self.skip_string(),
                b'-' | b'0'..=b'9' => {
                    let start = self.at;
                    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                    self.at += bytes[start..].iter().take_while(|byte| part(byte)).count();
                    return Some(&self.text[start..self.at]);
                }
                _ => self.at += 1,
            }
        }
        None
    }
}

impl Numbers<'_> {
    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                return;
            }
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
        assert_eq!(list.items()[0], Written::Number("3e-05"));
        assert_eq!(list.items()[1], Written::Number("-0.10"));
        assert_eq!(list.items()[2].get("c"), Some(&Written::Number("5")));
        assert_eq!(value.get("e"), Some(&Written::Number("1E+2")));
        assert_eq!(value.text("a 1"), Some("2 \" 3"));
    }
}
