//! What is to be said of rows, each once.

use std::collections::BTreeMap;

use crate::estimate::Assumption;
use crate::note::Note;

/// What is to be said of rows, each once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// By their words, so that the order of rows does not show.
    pub notes: BTreeMap<String, Note>,
    /// Likewise.
    pub assumptions: BTreeMap<String, Assumption>,
}

impl Said {
    pub(super) fn meet(&mut self, notes: &[Note], assumptions: &[Assumption]) {
        // Each row is priced on its own day, which the summary says once.
        let of_rows = notes.iter().filter(|note| !matches!(note, Note::ReplyOfItsDay(_)));
        for note in of_rows {
            self.notes.entry(note.said().to_string()).or_insert_with(|| note.clone());
        }
        for one in assumptions {
            self.assumptions.entry(one.said().to_string()).or_insert_with(|| one.clone());
        }
    }

    pub(super) fn add(&mut self, other: Said) {
        self.notes.extend(other.notes);
        self.assumptions.extend(other.assumptions);
    }
}
