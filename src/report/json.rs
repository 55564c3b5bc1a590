//! JSON as it is written: a key a line, and every character that a reader would not see as its escape, so that printing
//! an object is as safe as reading it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::hidden::is_hidden;

/// Writes a value and a line break.
pub(super) fn write<T: Serialize>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Seen(PrettyFormatter::new())))?;
    out.write_all(b"\n")
}

/// Writes a value as it stands in an object or list that lies in so many others.
pub(super) fn write_inside<T: Serialize>(
    levels: usize,
    value: &T,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut indented = PrettyFormatter::new();
    (0..levels).try_for_each(|_| indented.begin_array(&mut io::sink()))?;
    Ok(value.serialize(&mut Serializer::with_formatter(&mut *out, Seen(indented)))?)
}

/// A key a line, nothing hidden.
struct Seen(PrettyFormatter<'static>);

impl Formatter for Seen {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }

    /// Control characters of ASCII have been escaped before; of a fragment only others are left.
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut rest = text;
        if text.is_ascii() && !text.contains('\u{7f}') {
            return out.write_all(text.as_bytes());
        }
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let text = "a\u{202e}b\u{9b}c\u{7f}\u{1b}d\u{e0001}é 🎨\n";
        let mut out = Vec::new();
        super::write(&text, &mut out).expect("memory takes it");
        let written = String::from_utf8(out).expect("UTF-8");
        assert_eq!(written, "\"a\\u202eb\\u009bc\\u007f\\u001bd\\udb40\\udc01é 🎨\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), text);
    }
}
