//! A place in JSON text that goes forward, and what is shown of the text around it.

use super::Spot;
use crate::problem::{LONGEST_EXCERPT, Place};

/// How many characters of a long line are shown before and after what is meant.
pub(super) const AROUND: usize = 60;

/// A place in a text that goes forward, so that a text is gone through once for all places in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
    /// The byte at which the line begins; `None` where it begins before the text.
    of_line: Option<usize>,
}

/// A place in a text, kept without the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    at: usize,
    pub(super) line: usize,
    column: usize,
    of_line: Option<usize>,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, (line, column): (usize, usize)) -> Cursor<'t> {
        Cursor { text, at: 0, line, column, of_line: (column == 1).then_some(0) }
    }

    /// The marks of these bytes of a text that begins here in its file, in their order.
    pub(super) fn marks(text: &'t str, origin: (usize, usize), bytes: Vec<usize>) -> Vec<Mark> {
        let mut cursor = Cursor::new(text, origin);
        let at = |byte| {
            cursor.go_to(byte);
            Mark {
                at: cursor.at,
                line: cursor.line,
                column: cursor.column,
                of_line: cursor.of_line,
            }
        };
        bytes.into_iter().map(at).collect()
    }

    /// At a mark of a text.
    pub(super) fn at(text: &'t str, Mark { at, line, column, of_line }: Mark) -> Cursor<'t> {
        Cursor { text, at, line, column, of_line }
    }

    pub(super) fn go_to(&mut self, at: usize) {
        let passed = self.text.get(self.at..at).unwrap_or_default();
        let mut of_line = passed;
        if let Some(newline) = passed.rfind('\n') {
            self.line += passed.matches('\n').count();
            self.of_line = Some(self.at + newline + 1);
            self.column = 1;
            of_line = &passed[newline + 1..];
        }
        self.column += of_line.chars().count();
        self.at += passed.len();
    }

    /// The bytes from here on, with their line if it is short, else with what stands around them in it.
    pub(super) fn place(&self, file: &str, end: usize) -> Place {
        let Some(start) = self.of_line.filter(|start| self.at - start <= LONGEST_EXCERPT) else {
            return self.part_of_line(file, end);
        };
        let rest = &self.text[start..];
        let newline = rest.bytes().take(LONGEST_EXCERPT + 1).position(|byte| byte == b'\n');
        match newline.or((rest.len() <= LONGEST_EXCERPT).then_some(rest.len())) {
            Some(length) => {
                let span = self.at - start..(end - start).min(length);
                Place::in_line(file, self.line, &rest[..length], span)
            }
            None => self.part_of_line(file, end),
        }
    }

    /// The bytes from here on, with the part of their line that stands around them. The line may hold whole images: of a
    /// value that goes on behind that part nothing is shown, and of one beside it that is cut off no letters.
    fn part_of_line(&self, file: &str, end: usize) -> Place {
        let (before, after) = self.text.split_at(self.at);
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let whole = before[from..].rsplit('\n').next().unwrap_or_default();
        let before = match from {
            0 => whole,
            _ => whole.trim_start_matches(is_letter_of_base64),
        };
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        let rest = after[..to].lines().next().unwrap_or_default();
        let length = end.saturating_sub(self.at);
        let Some((meant, beside)) = rest.split_at_checked(length) else {
            return Place::point(file, self.line, self.column);
        };
        let beside = beside.trim_end_matches(is_letter_of_base64);
        Place {
            file: file.to_owned(),
            text: Some(format!("{before}{meant}{beside}").into()),
            span: before.len()..before.len() + length,
            first_line: self.line,
            first_column: self.column - before.chars().count(),
            cell: None,
        }
    }

    /// A value that begins here, with the line before it if that is short.
    pub(super) fn spot(&self) -> Spot<'t> {
        match self.of_line.filter(|start| self.at - start <= LONGEST_EXCERPT) {
            Some(start) => Spot::on_line(&self.text[start..], self.at - start, self.line),
            None => Spot::Text {
                text: &self.text[self.at..],
                start: 0,
                line: self.line,
                column: self.column,
            },
        }
    }
}

fn is_letter_of_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "+/=".contains(letter)
}
