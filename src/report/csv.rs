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

/// What a spreadsheet takes for the start of a formula, also in the full width of East Asian input.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Text that a spreadsheet takes as text: what it would read as a formula, if need be behind a line break or spaces that
/// it passes over, gets a leading apostrophe.
pub(super) fn text_field(text: &str) -> Cow<'_, str> {
    let text = plain(text);
    match text.trim_start().starts_with(FORMULA) {
        true => format!("'{text}").into(),
        false => text,
    }
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
        assert_eq!(text_field("\n=1+1"), "'\n=1+1");
        assert_eq!(text_field("\u{3000}\u{ff1d}1"), "'\u{3000}\u{ff1d}1");
        assert_eq!(text_field("gpt-image-2"), "gpt-image-2");
    }
}
