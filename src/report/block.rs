//! The parts of a report for people.

use std::collections::HashSet;

use super::sheet::Sheet;
use crate::help::{Sentence, View};

/// A part of a report for people.
#[derive(Debug, Clone)]
pub enum Block {
    /// A title.
    Title(String),
    /// A paragraph.
    Text(String),
    /// Names and values: what is the case.
    Facts(Vec<(String, String)>),
    /// A titled list of sentences.
    List(String, Vec<String>),
    /// What is not shown, or not known, with what a user can do about it.
    Advice(Sentence),
    /// A titled list of what is open, each with what would settle it.
    Open(String, Vec<Sentence>),
    /// A table.
    Sheet(Sheet),
    /// Lines of a file, to be copied as they are.
    Code(String),
    /// What is shown only on request.
    Folded(Fold),
}

impl Block {
    /// What is open, each once; nothing where nothing is.
    pub fn open<S: Into<Sentence>>(title: &str, all: impl IntoIterator<Item = S>) -> Option<Block> {
        let mut known = HashSet::new();
        let open = all.into_iter().map(S::into);
        let open: Vec<Sentence> = open.filter(|sentence| known.insert(sentence.clone())).collect();
        (!open.is_empty()).then(|| Block::Open(title.to_owned(), open))
    }
}

/// A number of things, with the word for one of them and for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: usize,
    /// The word for one: `note`.
    pub one: &'static str,
    /// The word for several: `notes`.
    pub many: &'static str,
}

impl Counted {
    /// So many of what has these words.
    pub fn new(count: usize, (one, many): (&'static str, &'static str)) -> Counted {
        Counted { count, one, many }
    }

    /// In words: `1 note`, `12 more routes`.
    pub fn in_words(self) -> String {
        let word = if self.count == 1 { self.one } else { self.many };
        format!("{} {word}", super::number::count(self.count as u64))
    }
}

/// A part of a report that is shown only where its view is open.
#[derive(Debug, Clone)]
pub struct Fold {
    /// What is not shown where it is closed, for the last line.
    pub what: Counted,
    /// The view that opens it.
    pub view: View,
    /// What it shows where it is open.
    pub inside: Vec<Block>,
    /// What stands in its place where it is closed.
    pub instead: Vec<Block>,
}
