//! Where a JSON value stands in the text of its file, and where in it what is meant.
//!
//! Nothing of it is kept while a file is read: the text is gone through again where something is wrong, once for all
//! that is wrong in a value.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::At;
use super::walk::Walk;
use crate::problem::{LONGEST_EXCERPT, Place};

/// How many characters of a long line are shown before and after what is meant.
const AROUND: usize = 60;

/// Where a value stands.
#[derive(Debug, Clone)]
pub(crate) enum Spot<'t> {
    /// From this byte on of a text, which itself begins here in its file.
    Text { text: &'t str, start: usize, line: usize, column: usize },
    /// Among the items of a list, counted from 0.
    Item(Rc<Items<'t>>, usize),
    /// On several lines of the file that were put together, each with its number and how many characters stand before it.
    Joined { text: Rc<str>, lines: Rc<[(usize, usize)]> },
    /// Put together of these, of which the later say more.
    Chunks(Rc<[Spot<'t>]>),
    /// On this line, of which nothing was read.
    Line(usize),
}

impl<'t> Spot<'t> {
    /// That of a value which is the whole text.
    pub(crate) fn whole(text: &'t str) -> Spot<'t> {
        Spot::on_line(text, 0, 1)
    }

    /// That of a value from this byte on of a text which begins with a line of its file.
    pub(crate) fn on_line(text: &'t str, start: usize, line: usize) -> Spot<'t> {
        Spot::Text { text, start, line, column: 1 }
    }

    /// The place of some bytes, counted from the start of the value.
    pub(crate) fn place(&self, file: &str, span: Range<usize>) -> Place {
        match self {
            Spot::Text { text, start, line, column } => {
                let mut cursor = Cursor::new(text, (*line, *column));
                cursor.go_to(start + span.start);
                cursor.place(file, start + span.end)
            }
            Spot::Item(items, index) => items.spot(*index).place(file, span),
            Spot::Joined { text, lines } => {
                let before = text.get(..span.start).unwrap_or(text);
                let (line, indent) =
                    lines.get(before.matches('\n').count()).copied().unwrap_or((1, 0));
                let start = before.rfind('\n').map_or(0, |newline| newline + 1);
                let mut cursor = Cursor::new(&text[start..], (line, 1 + indent));
                cursor.go_to(before.len() - start);
                cursor.place(file, span.end.saturating_sub(start))
            }
            Spot::Chunks(chunks) => match chunks.first() {
                Some(first) => first.place(file, 0..1),
                None => Place::file(file),
            },
            Spot::Line(line) => Place::point(file, *line, 1),
        }
    }

    /// The place of the first of these that is there, else of the start of the value.
    pub(crate) fn first(&self, file: &str, any: &[At]) -> Place {
        let all: Vec<&At> = any.iter().collect();
        let found = self.found(file, &all).into_iter().flatten().next();
        found.unwrap_or_else(|| self.place(file, 0..1))
    }

    /// The place of each: what is not found there stands where the value begins.
    pub(crate) fn places(&self, file: &str, all: &[&At]) -> Vec<Place> {
        let found = self.found(file, all).into_iter();
        found.map(|place| place.unwrap_or_else(|| self.start(file))).collect()
    }

    /// A value as it is written.
    pub(crate) fn written(&self, path: &str) -> Option<String> {
        let at = At::Value(path.to_owned());
        let of = |text: &str, start| {
            let span = Walk::spans(text, start, &[&at]).pop()??;
            text.get(span).map(str::to_owned)
        };
        match self {
            Spot::Text { text, start, .. } => of(text, *start),
            Spot::Item(items, index) => items.spot(*index).written(path),
            Spot::Joined { text, .. } => of(text, 0),
            Spot::Chunks(chunks) => chunks.iter().rev().find_map(|chunk| chunk.written(path)),
            Spot::Line(_) => None,
        }
    }

    /// Where the value begins, after blanks.
    fn start(&self, file: &str) -> Place {
        let blanks = match self {
            Spot::Text { text, start, .. } => Walk::blanks(&text[*start..]),
            Spot::Joined { text, .. } => Walk::blanks(text),
            Spot::Item(..) | Spot::Chunks(_) | Spot::Line(_) => 0,
        };
        self.place(file, blanks..blanks + 1)
    }

    /// The place of each that is there.
    fn found(&self, file: &str, all: &[&At]) -> Vec<Option<Place>> {
        match self {
            Spot::Text { text, start, line, column } => {
                let spans = Walk::spans(text, *start, all);
                let mut in_order: Vec<(usize, Range<usize>)> = spans
                    .into_iter()
                    .enumerate()
                    .filter_map(|(at, span)| Some((at, span?)))
                    .collect();
                in_order.sort_by_key(|(_, span)| span.start);
                let mut cursor = Cursor::new(text, (*line, *column));
                let mut places = vec![None; all.len()];
                for (index, span) in in_order {
                    cursor.go_to(span.start);
                    places[index] = Some(cursor.place(file, span.end));
                }
                places
            }
            Spot::Item(items, index) => items.spot(*index).found(file, all),
            Spot::Joined { text, .. } => {
                let spans = Walk::spans(text, 0, all).into_iter();
                spans.map(|span| Some(self.place(file, span?))).collect()
            }
            Spot::Chunks(chunks) => {
                let mut places = vec![None; all.len()];
                for chunk in chunks.iter().rev().filter(|_| !all.is_empty()) {
                    let found = chunk.found(file, all).into_iter();
                    places.iter_mut().zip(found).for_each(|(place, found)| {
                        *place = place.take().or(found);
                    });
                }
                places
            }
            Spot::Line(_) => vec![None; all.len()],
        }
    }
}

/// A place in a text that goes forward, so that a text is gone through once for all places in it.
#[derive(Debug, Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
    /// The byte at which the line begins; `None` where it begins before the text.
    of_line: Option<usize>,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str, (line, column): (usize, usize)) -> Cursor<'t> {
        Cursor { text, at: 0, line, column, of_line: (column == 1).then_some(0) }
    }

    /// At each of these bytes of a text that begins its file, in their order.
    fn at_each(text: &'t str, bytes: Vec<usize>) -> Vec<Cursor<'t>> {
        let mut cursor = Cursor::new(text, (1, 1));
        let at = |byte| {
            cursor.go_to(byte);
            cursor
        };
        bytes.into_iter().map(at).collect()
    }

    fn go_to(&mut self, at: usize) {
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
    fn place(&self, file: &str, end: usize) -> Place {
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
    fn spot(&self) -> Spot<'t> {
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

/// The items of a list that is a whole text, found when one is asked for.
#[derive(Debug)]
pub(crate) struct Items<'t> {
    text: &'t str,
    starts: OnceCell<Vec<Cursor<'t>>>,
}

impl<'t> Items<'t> {
    pub(crate) fn of(text: &'t str) -> Items<'t> {
        Items { text, starts: OnceCell::new() }
    }

    fn spot(&self, index: usize) -> Spot<'t> {
        let starts =
            self.starts.get_or_init(|| Cursor::at_each(self.text, Walk::starts(self.text)));
        starts.get(index).map_or(Spot::Line(1), Cursor::spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, at: At) -> &str {
        let start = Walk::blanks(text);
        let span = Walk::spans(text, 0, &[&at]).remove(0);
        &text[span.unwrap_or(start..start + 1)]
    }

    #[test]
    fn a_path_leads_to_its_value_or_its_key() {
        let text = r#" {"a": {"b": [1, {"c\"d": "x, }"}]}, "e.f": true, "g": []} "#;
        for (path, value, key) in [
            ("", "{", "{"),
            ("a", "{", r#""a""#),
            ("a.b", "[", r#""b""#),
            ("a.b[0]", "1", "{"),
            ("a.b[1].c\"d", r#""x, }""#, r#""c\"d""#),
            ("e.f", "true", r#""e.f""#),
            ("g", "[", r#""g""#),
            // What is not there stands where the value begins.
            ("g[0]", "{", "{"),
        ] {
            assert_eq!(found(text, At::Value(path.into())), value, "{path}");
            assert_eq!(found(text, At::Key(path.into())), key, "the key {path}");
        }
    }

    /// `{"a": ` has 6 characters, the text 302 with its quotes, `, "b": ` 7: the column is that of the file, from 1.
    #[test]
    fn of_a_long_line_the_part_around_is_shown() {
        let text = format!(
            "{{\"a\": \"{}\", \"b\": -1, \"c\": \"{}\"}}",
            "é".repeat(300),
            "x".repeat(300)
        );
        let place = Spot::whole(&text).places("f", &[&At::Value("b".into())]).remove(0);
        assert_eq!(place.line_and_column(), Some((1, 7 + 302 + 7)));
        let shown = place.text.as_deref().expect("a part of the line");
        assert!(shown.starts_with('é') && shown.ends_with("\"c\": \""), "{shown}");
        assert!(shown.chars().count() <= 2 * AROUND, "{shown}");
        assert_eq!(&shown[place.span], "-1");
    }

    #[test]
    fn the_lines_of_an_event_are_shown_where_they_stand() {
        let spot = Spot::Joined { text: "{\n \"a\": -1}".into(), lines: [(4, 6), (5, 6)].into() };
        let place = spot.places("f", &[&At::Value("a".into())]).remove(0);
        assert_eq!(place.line_and_column(), Some((5, 6 + 7)));
        assert_eq!(place.text.as_deref(), Some(" \"a\": -1}"));
    }

    #[test]
    fn the_items_of_a_list_are_found_with_their_lines() {
        let text = "[\n  {\"a\": \"]\"}, {\"a\": [2]},\n{\"a\": 3}]";
        let items = Rc::new(Items::of(text));
        let places = (0..3).map(|index| {
            let at = At::Value("a".into());
            Spot::Item(Rc::clone(&items), index).places("f", &[&at])[0].line_and_column()
        });
        let places: Vec<_> = places.collect();
        assert_eq!(places, [Some((2, 9)), Some((2, 21)), Some((3, 7))]);
    }
}
