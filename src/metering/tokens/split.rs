//! Cuts a text into the pieces in which tokens are merged, by the published pattern of o200k_base.
//!
//! ```text
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! \p{N}{1,3}
//!  ?[^\s\p{L}\p{N}]+[\r\n/]*
//! \s*[\r\n]+
//! \s+(?!\S)
//! \s+
//! ```
//!
//! The first line that matches counts, with what a regular expression gives back on its way. A character
//! is looked at a bounded number of times, so the time grows with the text and no faster.

use super::table::{Class, class};

/// The pieces of a text, in order; together they are the text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, behind) = rest.split_at(piece_end(rest, first));
        rest = behind;
        Some(piece)
    })
}

fn piece_end(text: &str, first: char) -> usize {
    word(text, first)
        .or_else(|| number(text))
        .or_else(|| symbols(text))
        .unwrap_or_else(|| blanks(text))
}

/// A word with the sign before it and the contraction behind it; the sign is left where only that makes a word.
fn word(text: &str, first: char) -> Option<usize> {
    let sign = may_lead(first).then(|| first.len_utf8());
    let starts = || sign.into_iter().chain([0]);
    let end = starts()
        .find_map(|start| ends_in_small_letters(text, start))
        .or_else(|| starts().find_map(|start| begins_with_capitals(text, start)))?;
    Some(end + contraction(&text[end..]))
}

fn may_lead(first: char) -> bool {
    match class(first) {
        Class::Other | Class::Mark => true,
        Class::Space => !is_line_end(first),
        Class::Number | Class::Upper | Class::Lower | Class::Caseless => false,
    }
}

/// Capitals, if any, then small letters. Letters without case are both, and so the last of them among the
/// capitals is given back where no small letter follows.
fn ends_in_small_letters(text: &str, start: usize) -> Option<usize> {
    let capitals = run(text, start, is_capital);
    let end = run(text, capitals, is_small);
    if end > capitals {
        return Some(end);
    }
    let (before, last) = text[start..capitals].char_indices().rfind(|(_, it)| is_small(*it))?;
    Some(start + before + last.len_utf8())
}

/// Capitals, then small letters, if any.
fn begins_with_capitals(text: &str, start: usize) -> Option<usize> {
    let capitals = run(text, start, is_capital);
    (capitals > start).then(|| run(text, capitals, is_small))
}

fn is_capital(character: char) -> bool {
    matches!(class(character), Class::Upper | Class::Caseless | Class::Mark)
}

fn is_small(character: char) -> bool {
    matches!(class(character), Class::Lower | Class::Caseless | Class::Mark)
}

/// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` in either case at the beginning, or 0.
fn contraction(text: &str) -> usize {
    let mut behind = text.chars();
    if behind.next() != Some('\'') {
        return 0;
    }
    let letters = (behind.next().unwrap_or(' '), behind.next().unwrap_or(' '));
    match (letters.0.to_ascii_lowercase(), letters.1.to_ascii_lowercase()) {
        // The long s is an s without regard to case.
        (letter @ ('s' | 'ſ' | 't' | 'm' | 'd'), _) => 1 + letter.len_utf8(),
        ('r' | 'v', 'e') | ('l', 'l') => 3,
        _ => 0,
    }
}

/// One to three digits.
fn number(text: &str) -> Option<usize> {
    let digits = text.chars().take(3).take_while(|it| class(*it) == Class::Number);
    let end: usize = digits.map(char::len_utf8).sum();
    (end > 0).then_some(end)
}

/// Signs with a blank before them, and line ends and slashes behind them.
fn symbols(text: &str) -> Option<usize> {
    let start = usize::from(text.starts_with(' '));
    let signs = run(text, start, |it| matches!(class(it), Class::Other | Class::Mark));
    (signs > start).then(|| run(text, signs, |it| is_line_end(it) || it == '/'))
}

/// White space up to its last line end; else without its last character, which leads what follows; else all of it.
fn blanks(text: &str) -> usize {
    let end = run(text, 0, |it| class(it) == Class::Space);
    if let Some(line_end) = text[..end].rfind(is_line_end) {
        return line_end + 1;
    }
    let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
    if end == text.len() || end == last { end } else { end - last }
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\r' | '\n')
}

/// Where the characters of a kind end that stand from here on.
fn run(text: &str, start: usize, of_kind: impl Fn(char) -> bool) -> usize {
    text[start..].find(|character| !of_kind(character)).map_or(text.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).collect()
    }

    #[test]
    fn words_take_the_sign_before_them_and_their_contraction() {
        assert_eq!(cut("A red fox, it's SHE'LL"), ["A", " red", " fox", ",", " it's", " SHE'LL"]);
        assert_eq!(cut("(fox) #snow"), ["(fox", ")", " #", "snow"]);
        assert_eq!(cut("don't o'clock 'tis It'ſ"), ["don't", " o", "'clock", " '", "tis", " It'ſ"]);
    }

    #[test]
    fn a_capital_begins_a_new_piece_and_capitals_alone_stay_together() {
        assert_eq!(cut("PosterOfAFox HTTPServer"), ["Poster", "Of", "AFox", " HTTPServer"]);
        // Letters without case are capitals and small letters at once: the last one ends a piece.
        assert_eq!(cut("日本ABC"), ["日本", "ABC"]);
        assert_eq!(cut("A日B本C"), ["A日B本", "C"]);
        assert_eq!(cut("\u{301}AB"), ["\u{301}", "AB"]);
        assert_eq!(cut("\u{301}Ab"), ["\u{301}Ab"]);
    }

    #[test]
    fn numbers_are_cut_after_three_digits_and_signs_take_line_ends() {
        assert_eq!(cut("1024x1536"), ["102", "4", "x", "153", "6"]);
        assert_eq!(cut("a --//\n\n/b"), ["a", " --//\n\n/", "b"]);
        assert_eq!(cut("\u{1f98a}\u{fe0f}"), ["\u{1f98a}\u{fe0f}"]);
    }

    #[test]
    fn blanks_end_at_their_last_line_end_and_leave_one_to_what_follows() {
        assert_eq!(cut("a   b"), ["a", "  ", " b"]);
        assert_eq!(cut("a \n \n  b"), ["a", " \n \n", " ", " b"]);
        assert_eq!(cut("a   "), ["a", "   "]);
        assert_eq!(cut("a  1"), ["a", " ", " ", "1"]);
        assert_eq!(cut("\u{3000}\u{3000}b\u{a0}"), ["\u{3000}", "\u{3000}b", "\u{a0}"]);
        assert!(cut("").is_empty());
    }
}
