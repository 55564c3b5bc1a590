//! What every cell of a CSV is held to.

use std::borrow::Cow;
use std::io;

use super::sheet::plain;

/// Why nothing more could be written: a closed pipe stays one, whatever the writer wraps it in.
pub(super) fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Text that a spreadsheet takes as text: what it would read as a formula gets a leading apostrophe.
pub(super) fn text_field(text: &str) -> Cow<'_, str> {
    let text = plain(text);
    let as_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if as_formula { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_from_a_file_is_text() {
        assert_eq!(
            text_field("=HYPERLINK(\"http://example.com\")"),
            "'=HYPERLINK(\"http://example.com\")"
        );
        assert_eq!(text_field("gpt-image-2"), "gpt-image-2");
    }
}
