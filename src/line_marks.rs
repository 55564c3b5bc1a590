//! Line and column of many places of one text: found from the mark before each, and not by counting from the start of the
//! text, which would make the work grow with the square of its problems.

use std::sync::Arc;

use crate::problem::Place;

/// A mark stands at least so many bytes after the one before.
const APART: usize = 1024;

/// The marks of the text that was asked about last.
#[derive(Debug, Default)]
pub(crate) struct LineMarks {
    of: Option<(Arc<str>, Vec<Mark>)>,
}

/// The line and column of a byte, both from 0, the column in characters.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    line: usize,
    column: usize,
}

impl Mark {
    fn after(self, c: char) -> Mark {
        let at = self.at + c.len_utf8();
        match c {
            '\n' => Mark { at, line: self.line + 1, column: 0 },
            _ => Mark { at, column: self.column + 1, ..self },
        }
    }
}

impl LineMarks {
    /// As [`Place::line_and_column`].
    pub(crate) fn line_and_column(&mut self, place: &Place) -> Option<(usize, usize)> {
        let text = place.text.as_ref()?;
        let at = place.span.start;
        if at <= APART || place.cell.is_some() {
            return place.line_and_column();
        }
        let marks = self.marks(text);
        let before = marks.partition_point(|mark| mark.at <= at).checked_sub(1)?;
        let mark = marks.get(before)?;
        let found = text.get(mark.at..at)?.chars().fold(*mark, Mark::after);
        Some((found.line + place.first_line, found.column + 1))
    }

    fn marks(&mut self, text: &Arc<str>) -> &[Mark] {
        if self.of.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, text)) {
            self.of = Some((Arc::clone(text), marks(text)));
        }
        self.of.as_ref().map_or(&[], |(_, marks)| marks)
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut here = Mark { at: 0, line: 0, column: 0 };
    let mut marks = vec![here];
    let mut last = 0;
    for c in text.chars() {
        here = here.after(c);
        if here.at - last >= APART {
            marks.push(here);
            last = here.at;
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_as_by_counting() {
        let lines: String =
            (0..200).map(|n| format!("k{n}: ü画{}\n", "é".repeat(n % 40))).collect();
        for text in [lines, "ß".repeat(5_000), "\n".repeat(3_000), "x".into()] {
            let text: Arc<str> = text.into();
            let mut marks = LineMarks::default();
            for (at, _) in text.char_indices() {
                let place = Place::within("f", text.clone(), at..at);
                assert_eq!(marks.line_and_column(&place), place.line_and_column(), "{at}");
            }
        }
    }
}
