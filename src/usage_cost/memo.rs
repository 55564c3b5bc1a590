//! Where rows of the same words go: found once, and after that looked up by the bytes of their cells.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// What stands between the cells of a key: no text of a log holds it that is not refused.
const BETWEEN: u8 = 0x1f;
/// How many keys are kept: a log with more has something else in each row.
const MOST: usize = 1 << 16;

/// Keys and what they stand for.
pub(crate) struct Memo<T> {
    known: HashMap<Box<[u8]>, usize, RandomState>,
    all: Vec<T>,
    last: Option<usize>,
    last_key: Vec<u8>,
    key: Vec<u8>,
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        let (known, all, last) = (HashMap::default(), Vec::new(), None);
        Memo { known, all, last, last_key: Vec::new(), key: Vec::new() }
    }
}

impl<T> Memo<T> {
    /// Begins the key of a row.
    pub(crate) fn begin(&mut self) {
        self.key.clear();
    }

    /// Adds a cell to the key.
    pub(crate) fn push(&mut self, cell: &[u8]) {
        self.key.extend_from_slice(cell);
        self.key.push(BETWEEN);
    }

    /// The number of this key, if it is known. Neighbours are often alike.
    pub(crate) fn find(&mut self) -> Option<usize> {
        if self.last.is_some() && self.key == self.last_key {
            return self.last;
        }
        let found = self.known.get(&*self.key).copied();
        if found.is_some() {
            self.last = found;
            self.last_key.clear();
            self.last_key.extend_from_slice(&self.key);
        }
        found
    }

    /// What a number stands for.
    pub(crate) fn at(&mut self, number: usize) -> &mut T {
        &mut self.all[number]
    }

    /// Keeps what this key stands for.
    pub(crate) fn keep(&mut self, what: T) -> usize {
        if self.all.len() >= MOST {
            self.known.clear();
            self.all.clear();
            self.last = None;
        }
        let number = self.all.len();
        self.all.push(what);
        self.known.insert(self.key.as_slice().into(), number);
        number
    }
}
