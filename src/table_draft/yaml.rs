//! Text as YAML scalars and comments. Text of an offer is data, whatever it contains.

use crate::hidden::is_hidden;

/// Words that a YAML reader may take for something else than text.
const NOT_TEXT: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// A scalar that is read back as this very text: bare where that is safe, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(safe)
        && !NOT_TEXT.contains(&text.to_ascii_lowercase().as_str());
    if bare { text.to_owned() } else { quoted(text) }
}

/// A scalar in double quotes. Beyond the two characters that must be escaped, everything that does not
/// print, breaks lines or turns the reading direction is, so that an editor shows what is there.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_plain(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether a character can stand in a file as it is: a reader sees it, and YAML allows it.
fn is_plain(c: char) -> bool {
    !c.is_control() && !is_hidden(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Text for the inside of a comment, which ends with its line.
pub(super) fn in_comment(text: &str) -> String {
    text.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_word_stands_bare_and_anything_else_in_quotes() {
        assert_eq!(scalar("gpt-image-2.5_x"), "gpt-image-2.5_x");
        for text in ["", "yes", "No", "1.20", "-a", "a b", "a: b", "#a", "openai/gpt", "ä"] {
            assert_eq!(scalar(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn what_could_end_a_scalar_or_hide_in_it_is_escaped() {
        assert_eq!(quoted("a \"b\" \\ c\nd: #e"), r##""a \"b\" \\ c\nd: #e""##);
        assert_eq!(
            quoted("\u{0}\u{85}\u{2028}\u{202e}\u{feff}"),
            r#""\x00\x85\u2028\u202e\ufeff""#
        );
        assert_eq!(quoted("é 画 🦊"), "\"é 画 🦊\"");
    }

    #[test]
    fn a_comment_stays_on_its_line() {
        assert_eq!(in_comment("a\nname: b\u{2028}c\rd"), "a name: b c d");
    }
}
