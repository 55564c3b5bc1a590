//! The one gate for text that people read: what they would not see, or what changes what they see, is shown.

use std::borrow::Cow;

/// Characters that a reader does not see, or that change what one sees, other than a line break.
///
/// Control characters of both sets can rewrite a terminal; marks of the reading direction, characters without width and
/// odd line breaks make two texts look alike. The list is Unicode's: `Cc`, `Bidi_Control`, `Default_Ignorable_Code_Point`
/// (DerivedCoreProperties of Unicode 16), the line and paragraph separators, and the interlinear marks.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Text as plain data: each hidden character as `\u{202e}`.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Nearly all text is printable ASCII, which is seen at once: a fold over all bytes takes many of them at a time.
    let is_seen = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().fold(true, |all, byte| all & is_seen(byte)) || !text.contains(is_hidden) {
        return text.into();
    }
    text.chars().fold(String::with_capacity(text.len() + 16), with_shown).into()
}

/// The same for what stands within a line, such as the name of a file.
#[cfg(feature = "cli")]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    match plain(text) {
        line if !line.contains('\n') => line,
        lines => lines.replace('\n', "\\n").into(),
    }
}

fn with_shown(mut text: String, c: char) -> String {
    match is_hidden(c) {
        true => text.extend(c.escape_unicode()),
        false => text.push(c),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_shown() {
        assert_eq!(plain("a fox\nby night"), "a fox\nby night");
        assert_eq!(plain("\u{1b}[2Kfree"), "\\u{1b}[2Kfree");
        assert_eq!(
            plain("fox\u{202e}gpj.exe, \u{9b}1m, a\u{200b}b"),
            "fox\\u{202e}gpj.exe, \\u{9b}1m, a\\u{200b}b"
        );
        assert_eq!(plain("Žižka 画像 🎨"), "Žižka 画像 🎨");
        #[cfg(feature = "cli")]
        assert_eq!(plain_line("two\nlines"), "two\\nlines");
    }

    #[test]
    fn what_is_shown_is_seen() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(!plain(&all).contains(is_hidden));
    }
}
