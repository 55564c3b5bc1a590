//! What is shown of a file beside a problem: the lines that it is about, and no more of them than a reader looks at.

use std::ops::Range;

use crate::problem::{LONGEST_EXCERPT, Place};

/// Whole lines of a text.
pub(super) struct Excerpt<'a> {
    /// The lines.
    pub text: &'a str,
    /// What of them is meant.
    pub span: Range<usize>,
}

/// The lines of a place: all that it is about, or the first of them where they are too many; `None` where that one is too
/// long, or there is no text.
pub(super) fn excerpt(place: &Place) -> Option<Excerpt<'_>> {
    let text = place.text.as_deref()?;
    let Range { start: from, end: to } = place.span;
    let start = text.get(..from)?.rfind('\n').map_or(0, |newline| newline + 1);
    let end_of_line = |at: usize| Some(at + text.get(at..)?.find('\n').unwrap_or(text.len() - at));
    let first_end = end_of_line(from)?;
    let is_short = |end: &usize| (start + 1..=start + LONGEST_EXCERPT).contains(end);
    let all = end_of_line(to.max(from)).filter(is_short);
    let end = all.or(Some(first_end).filter(is_short))?;
    Some(Excerpt { text: &text[start..end], span: from - start..to.clamp(from, end) - start })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Range<usize>) -> Option<(String, Range<usize>)> {
        let place = Place::within("f", text.into(), span);
        excerpt(&place).map(|excerpt| (excerpt.text.to_owned(), excerpt.span))
    }

    #[test]
    fn the_lines_of_a_place_are_shown_and_of_many_the_first() {
        assert_eq!(shown("a: 1\nb: 2\nc: 3", 5..6), Some(("b: 2".into(), 0..1)));
        assert_eq!(shown("a: 1\nb: 2\nc: 3", 0..7), Some(("a: 1\nb: 2".into(), 0..7)));
        let open = format!("a,\"b\n{}", "1,2\n".repeat(1_000));
        assert_eq!(shown(&open, 2..4_000), Some(("a,\"b".into(), 2..4)));
        assert_eq!(shown(&"x".repeat(401), 0..1), None);
        assert_eq!(shown("", 0..0), None);
    }
}
