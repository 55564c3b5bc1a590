//! Where a JSON value stands in the text of its file, and where in it what is meant.
//!
//! Nothing of it is kept while a file is read: the text is gone through again where something is wrong, once for all
//! that is wrong in a value.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::At;
use super::cursor::{Cursor, Mark};
use super::walk::Walk;
use crate::problem::Place;

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

    /// The items of the lists that these keys lead to from the value, the later ones in the items of the earlier.
    pub(crate) fn items_under(&self, keys: &'static [&'static str]) -> Items<'t> {
        let starts = OnceCell::new();
        match self {
            Spot::Text { text, start, line, column } => {
                Items { text, under: (*start, keys), origin: (*line, *column), starts }
            }
            Spot::Item(items, index) => items.spot(*index).items_under(keys),
            // What was put together of several lines has no text of its own.
            Spot::Joined { .. } | Spot::Chunks(_) | Spot::Line(_) => {
                Items { text: "", under: (0, &[]), origin: (1, 1), starts }
            }
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

/// The items of a list, or of lists in the items of others, found when one is asked for.
#[derive(Debug)]
pub(crate) struct Items<'t> {
    text: &'t str,
    /// The keys that lead from the value at this byte to their lists; none where it is a list itself.
    under: (usize, &'static [&'static str]),
    /// Line and column of the text in its file.
    origin: (usize, usize),
    starts: OnceCell<Vec<Mark>>,
}

impl<'t> Items<'t> {
    /// Those of a list that is a whole text.
    pub(crate) fn of(text: &'t str) -> Items<'t> {
        Items { text, under: (0, &[]), origin: (1, 1), starts: OnceCell::new() }
    }

    /// The line on which an item begins, from 1.
    pub(crate) fn line(&self, index: usize) -> usize {
        self.starts().get(index).map_or(1, |mark| mark.line)
    }

    fn spot(&self, index: usize) -> Spot<'t> {
        let mark = self.starts().get(index);
        mark.map_or(Spot::Line(1), |mark| Cursor::at(self.text, *mark).spot())
    }

    fn starts(&self) -> &[Mark] {
        self.starts.get_or_init(|| {
            let bytes = match self.under {
                (_, []) => Walk::starts(self.text),
                (start, keys) => Walk::starts_under(self.text, start, keys),
            };
            Cursor::marks(self.text, self.origin, bytes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::cursor::AROUND;
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

    #[test]
    fn the_items_of_lists_in_each_other_are_found_from_where_their_value_begins() {
        let page = "{\"x\": {\"data\": [0]}, \"data\": [\n{\"r\": [{\"a\": 1},\n{\"a\": 2}]}, 7, {\"r\": 3},\n{\"r\": [{\"a\": 4}]}]}";
        let text = format!("[0,\n {page}]");
        let pages = Rc::new(Items::of(&text));
        for (spot, before) in [(Spot::whole(page), 0), (Spot::Item(pages, 1), 1)] {
            let items = Rc::new(spot.items_under(&["data", "r"]));
            let lines: Vec<usize> = (0..3).map(|index| items.line(index)).collect();
            assert_eq!(lines, [2 + before, 3 + before, 4 + before]);
            let values = (0..3).map(|at| {
                let spot = Spot::Item(Rc::clone(&items), at);
                let place = spot.places("f", &[&At::Value("a".into())]).remove(0);
                place.text.and_then(|text| text.get(place.span).map(str::to_owned))
            });
            let values: Vec<String> = values.flatten().collect();
            assert_eq!(values, ["1", "2", "4"]);
        }
    }
}
