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

/// The emoji of Unicode 16 with room between them (emoji-data.txt), but for digits, which are such only in a keycap.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
        | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Each character of a text, and whether it is hidden there. Two that are not seen by themselves are a part of what is seen
/// in an emoji (Unicode Technical Standard 51): the selector of its colours, behind one or in a keycap, and the joiner between
/// two. Tags, by which flags of regions are written, stay hidden: they spell words.
fn marked(text: &str) -> impl Iterator<Item = (char, bool)> {
    const COLOURED: char = '\u{fe0f}';
    const JOINER: char = '\u{200d}';
    const KEYCAP: char = '\u{20e3}';
    let mut chars = text.chars().peekable();
    let (mut before, mut is_emoji_before) = (None, false);
    std::iter::from_fn(move || {
        let c = chars.next()?;
        let next = chars.peek().copied();
        let is_part = match c {
            COLOURED => {
                before.is_some_and(is_emoji)
                    || next == Some(KEYCAP) && matches!(before, Some('0'..='9' | '#' | '*'))
            }
            JOINER => is_emoji_before && next.is_some_and(is_emoji),
            _ => false,
        };
        is_emoji_before = is_emoji(c) || c == COLOURED && is_part;
        before = Some(c);
        Some((c, is_hidden(c) && !is_part))
    })
}

/// The first character of a text that a reader does not see there.
pub fn first_hidden(text: &str) -> Option<char> {
    marked(text).find(|(_, is_hidden)| *is_hidden).map(|(c, _)| c)
}

/// Text as plain data: each hidden character as `\u{202e}`.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Nearly all text is printable ASCII, which is seen at once: a fold over all bytes takes many of them at a time.
    let is_seen = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().fold(true, |all, byte| all & is_seen(byte)) || !text.contains(is_hidden) {
        return text.into();
    }
    marked(text).fold(String::with_capacity(text.len() + 16), with_shown).into()
}

/// The same for what stands within a line, such as the name of a file.
#[cfg(feature = "cli")]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    match plain(text) {
        line if !line.contains('\n') => line,
        lines => lines.replace('\n', "\\n").into(),
    }
}

fn with_shown(mut text: String, (c, is_hidden): (char, bool)) -> String {
    match is_hidden {
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
    fn what_belongs_to_an_emoji_is_seen() {
        for seen in [
            "❤\u{fe0f} cards",
            "👩\u{200d}🎨",
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨",
            "1\u{fe0f}\u{20e3}",
        ] {
            assert_eq!((plain(seen).as_ref(), first_hidden(seen)), (seen, None));
        }
        for (hidden, c) in [
            ("a\u{fe0f}", '\u{fe0f}'),
            ("1\u{fe0f}", '\u{fe0f}'),
            ("🎨\u{200d}", '\u{200d}'),
            ("🎨\u{200d}a", '\u{200d}'),
            ("a\u{200d}🎨", '\u{200d}'),
            ("❤\u{fe0f}\u{fe0f}", '\u{fe0f}'),
            ("🏴\u{e0067}", '\u{e0067}'),
        ] {
            assert_eq!(first_hidden(hidden), Some(c), "{hidden:?}");
        }
    }

    #[test]
    fn what_is_shown_is_seen() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(!plain(&all).contains(is_hidden));
    }
}
