//! What names lead to, each looked up once: a file of many requests or replies asks for the same few again and again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How many names are kept: beyond that a file has a name of its own on every line, and all are forgotten.
const MOST_KEPT: usize = 10_000;

/// The longest name that is kept, in bytes: what is longer is a file in the place of a name.
const LONGEST_KEPT: usize = 200;

/// What was found by name.
pub(super) struct Once<T>(Mutex<HashMap<String, T>>);

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(Mutex::default())
    }
}

impl<T: Clone> Once<T> {
    /// What a name leads to: made when it is first asked for.
    pub(super) fn of(&self, name: &str, make: impl FnOnce() -> T) -> T {
        if name.len() > LONGEST_KEPT {
            return make();
        }
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(name) {
            return found.clone();
        }
        // Made outside the lock: a route asks for its models.
        let made = make();
        let mut known = known();
        if known.len() >= MOST_KEPT {
            known.clear();
        }
        known.insert(name.to_owned(), made.clone());
        made
    }
}
