//! The classes by which a style sheet gives colours and lines, and how much room words take.

use textwrap::core::display_width;

use crate::report::sheet::said;

/// The class of a series: the colours begin again where they are used up.
pub(super) fn class_of(index: usize) -> String {
    format!("s{}", index % 6 + 1)
}

/// The class of a line: the first is what is least to be exceeded.
pub(super) fn class_of_line(index: usize) -> &'static str {
    if index == 0 { "limit" } else { "limit next" }
}

/// About how wide words are, in letters of a size; a little more than most letters take.
pub(super) fn width_of(words: &str, letters: u32) -> u32 {
    let columns = u32::try_from(display_width(words)).unwrap_or(u32::MAX / 1000);
    columns.saturating_mul(letters * 6) / 10
}

/// Words that take no more than so much room, with a sign where something is missing.
pub(super) fn cut(words: &str, room: u32, letters: u32) -> String {
    let words = said(words).replace('\n', " ");
    if width_of(&words, letters) <= room {
        return words;
    }
    let mut kept = String::new();
    for c in words.chars() {
        kept.push(c);
        if width_of(&kept, letters) + letters > room {
            break;
        }
    }
    kept + "…"
}
