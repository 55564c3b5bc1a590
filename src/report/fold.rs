//! What a report for people keeps back until it is asked for: counted in its last line, with the view that shows it.
//!
//! Files for programs have everything and are never folded.

use super::block::{Block, Counted, Fold};
use super::sheet::Sheet;
use crate::help::{Help, Sentence, View};

/// Which views are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// Everything.
    pub all: bool,
    /// Notes, assumptions and reasons.
    pub notes: bool,
    /// The rows behind a summary.
    pub rows: bool,
}

impl Open {
    /// Everything is shown.
    pub const ALL: Open = Open { all: true, notes: true, rows: true };

    fn shows(self, view: View) -> bool {
        self.all
            || match view {
                View::All => false,
                View::Notes => self.notes,
                View::Rows => self.rows,
            }
    }
}

impl Block {
    /// Blocks that are shown on request, and only counted without one.
    pub fn folded(what: Counted, view: View, inside: Vec<Block>) -> Block {
        Block::Folded(Fold { what, view, inside, instead: Vec::new() })
    }

    /// A titled list of notes, shown on request; nothing where there is none.
    pub fn notes<S: Into<Sentence>>(
        title: &str,
        words: (&'static str, &'static str),
        items: Vec<S>,
    ) -> Option<Block> {
        let what = Counted::new(items.len(), words);
        let list = Block::open(title, items)?;
        Some(Block::folded(what, View::Notes, vec![list]))
    }
}

/// A list without its sentences beyond the first few, which have these words and are shown on request.
pub(super) fn few_notes<S: Into<Sentence>>(
    title: &str,
    words: (&'static str, &'static str),
    most: usize,
    items: Vec<S>,
) -> Option<Block> {
    let items: Vec<Sentence> = items.into_iter().map(Into::into).collect();
    let more = items.len().saturating_sub(most);
    let first = Block::open(title, items.iter().take(most).cloned());
    let all = Block::open(title, items)?;
    Some(match more {
        0 => all,
        _ => Block::Folded(Fold {
            what: Counted::new(more, words),
            view: View::Notes,
            inside: vec![all],
            instead: first.into_iter().collect(),
        }),
    })
}

impl Block {
    /// A titled list of what is open, each once, with its first sentences alone; the others, which have these words,
    /// are shown on request.
    pub fn first_open(
        title: &str,
        all: Vec<Sentence>,
        shown: usize,
        words: (&'static str, &'static str),
        view: View,
    ) -> Option<Block> {
        let Block::Open(title, all) = Block::open(title, all)? else { return None };
        let what = Counted::new(all.len().saturating_sub(shown), words);
        let first = all.iter().take(shown).cloned();
        let instead: Vec<Block> = Block::open(&title, first).into_iter().collect();
        match what.count {
            0 => instead.into_iter().next(),
            _ => Some(Block::Folded(Fold {
                what,
                view,
                inside: vec![Block::Open(title, all)],
                instead,
            })),
        }
    }

    /// A titled list of what is open, shown on request; nothing where nothing is.
    pub fn open_notes(
        title: &str,
        words: (&'static str, &'static str),
        all: Vec<Sentence>,
    ) -> Option<Block> {
        Block::first_open(title, all, 0, words, View::Notes)
    }
}

impl Sheet {
    /// The sheet with its first rows alone; the others, which have these words, are shown on request.
    pub fn first(self, rows: usize, words: (&'static str, &'static str), view: View) -> Block {
        let more = self.rows.len().saturating_sub(rows);
        if more == 0 {
            return Block::Sheet(self);
        }
        let first = Sheet { rows: self.rows[..rows].to_vec(), ..self.clone() };
        let (inside, instead) = (vec![Block::Sheet(self)], vec![Block::Sheet(first)]);
        Block::Folded(Fold { what: Counted::new(more, words), view, inside, instead })
    }
}

/// What is not shown, by the view that opens it.
#[derive(Debug, Default)]
pub(super) struct Hidden(Vec<(Counted, View)>);

impl Hidden {
    /// The blocks that are shown where these views are open.
    pub(super) fn shown(&mut self, blocks: Vec<Block>, open: Open) -> Vec<Block> {
        let mut shown = Vec::new();
        for block in blocks {
            match block {
                Block::Folded(fold) if open.shows(fold.view) => {
                    shown.extend(self.shown(fold.inside, open));
                }
                Block::Folded(fold) => {
                    self.add(fold.what, fold.view);
                    shown.extend(self.shown(fold.instead, open));
                }
                block => shown.push(block),
            }
        }
        shown
    }

    /// Counts what is not shown; of the same kind in one.
    pub(super) fn add(&mut self, what: Counted, view: View) {
        let alike = |(known, of): &&mut (Counted, View)| known.many == what.many && *of == view;
        match self.0.iter_mut().find(alike) {
            Some((known, _)) => known.count += what.count,
            None if what.count == 0 => {}
            None => self.0.push((what, view)),
        }
    }

    /// Whether a view would show more.
    pub(super) fn has(&self, of: View) -> bool {
        self.0.iter().any(|(_, view)| of == View::All || of == *view)
    }

    /// The last line: what is not shown, and how it is opened.
    pub(super) fn sentence(&self) -> Option<Sentence> {
        let mut views: Vec<View> = self.0.iter().map(|(_, view)| *view).collect();
        views.sort();
        views.dedup();
        let counts: Vec<String> = self.0.iter().map(|(what, _)| what.in_words()).collect();
        let text = format!("Not shown: {}", counts.join(", "));
        (!counts.is_empty()).then(|| Sentence::new(text, Help::ShowMore(views.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Cell, Column};
    use super::*;

    const ROUTES: (&str, &str) = ("more route", "more routes");

    fn blocks() -> Vec<Block> {
        let sheet = Sheet {
            columns: vec![Column::text("Route")],
            rows: ["first", "second", "third"].map(|name| vec![Cell::text(name)]).into(),
            total: None,
        };
        let inner = Block::notes("Notes:", ("note", "notes"), vec!["inner"]);
        let weak = Fold {
            what: Counted::new(2, ("weak price", "weak prices")),
            view: View::All,
            inside: std::iter::once(Block::Text("all weak ones".into())).chain(inner).collect(),
            instead: vec![Block::Text("2 weak ones from $1".into())],
        };
        let mut blocks = vec![sheet.first(1, ROUTES, View::All), Block::Folded(weak)];
        blocks.extend(Block::notes("Notes:", ("note", "notes"), vec!["a", "b"]));
        blocks
    }

    fn texts(open: Open) -> (String, Option<String>) {
        let mut hidden = Hidden::default();
        let shown = hidden.shown(blocks(), open);
        (format!("{shown:?}"), hidden.sentence().map(|it| it.to_string()))
    }

    #[test]
    fn what_is_folded_is_counted_and_has_its_short_form() {
        let (shown, last) = texts(Open::default());
        assert!(shown.contains("first") && !shown.contains("second"), "{shown}");
        assert!(shown.contains("2 weak ones") && !shown.contains("all weak ones"), "{shown}");
        assert_eq!(
            last.as_deref(),
            Some(
                "Not shown: 2 more routes, 2 weak prices, 2 notes; a view of all shows everything, one of notes the notes"
            )
        );
    }

    #[test]
    fn with_everything_open_nothing_is_lost() {
        let (shown, last) = texts(Open::ALL);
        for text in ["first", "second", "third", "all weak ones", "\"inner\"", "\"a\"", "\"b\""] {
            assert!(shown.contains(text), "{text}: {shown}");
        }
        assert_eq!(last, None);
    }

    #[test]
    fn notes_are_opened_alone() {
        let (shown, last) = texts(Open { notes: true, ..Open::default() });
        assert!(shown.contains("\"a\"") && !shown.contains("third"), "{shown}");
        assert_eq!(
            last.as_deref(),
            Some("Not shown: 2 more routes, 2 weak prices; a view of all shows everything")
        );
    }
}
