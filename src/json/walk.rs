//! A way through JSON text to the bytes of the values and keys that are looked for.

use std::collections::HashMap;
use std::ops::Range;

use super::At;

/// A way through a text that is known to be JSON, with the path of where it is.
pub(super) struct Walk<'t, 'w> {
    text: &'t str,
    at: usize,
    path: String,
    /// The values that are looked for, and where they were found.
    values: HashMap<&'w str, Option<Range<usize>>>,
    /// The same of keys.
    keys: HashMap<&'w str, Option<Range<usize>>>,
}

impl<'t, 'w> Walk<'t, 'w> {
    fn new(text: &'t str, at: usize) -> Walk<'t, 'w> {
        Walk { text, at, path: String::new(), values: HashMap::new(), keys: HashMap::new() }
    }

    /// The bytes of each that is in the value that begins here; of a value with parts those of its first bracket.
    pub(super) fn spans(text: &'t str, start: usize, all: &[&'w At]) -> Vec<Option<Range<usize>>> {
        let walk = Walk::of(text, start, all);
        all.iter().map(|at| walk.place_of(at)).collect()
    }

    /// How many blanks a text begins with.
    pub(super) fn blanks(text: &str) -> usize {
        text.len() - text.trim_ascii_start().len()
    }

    /// Goes through the value that begins here.
    fn of(text: &'t str, start: usize, all: &[&'w At]) -> Walk<'t, 'w> {
        let mut walk = Walk::new(text, start);
        for at in all {
            match at {
                At::Value(path) => walk.values.insert(path, None),
                At::Key(path) => walk.keys.insert(path, None),
            };
        }
        walk.value();
        walk
    }

    fn place_of(&self, at: &At) -> Option<Range<usize>> {
        match at {
            At::Value(path) => self.values.get(path.as_str())?.clone(),
            At::Key(path) => self.keys.get(path.as_str())?.clone(),
        }
    }

    /// The byte at which each item of a list begins.
    pub(super) fn starts(text: &'t str) -> Vec<usize> {
        let mut walk = Walk::new(text, 0);
        let mut starts = Vec::new();
        walk.items(&mut |walk| walk.begins(&mut starts));
        starts
    }

    /// The byte at which each item begins of the lists that these keys lead to, the later ones in the items of the earlier.
    pub(super) fn starts_under(text: &'t str, start: usize, keys: &[&str]) -> Vec<usize> {
        let mut walk = Walk::new(text, start);
        let mut starts = Vec::new();
        walk.under(keys, &mut starts);
        starts
    }

    fn under(&mut self, keys: &[&str], starts: &mut Vec<usize>) {
        let Some((key, deeper)) = keys.split_first() else { return self.begins(starts) };
        if self.next() != Some(b'{') {
            return self.value();
        }
        self.skip(b'{');
        while !matches!(self.next(), None | Some(b'}')) {
            let is_it = self.key() == *key;
            self.skip(b':');
            match self.next() {
                Some(b'[') if is_it => self.items(&mut |walk| walk.under(deeper, starts)),
                _ => self.value(),
            }
            self.skip(b',');
        }
        self.skip(b'}');
    }

    fn begins(&mut self, starts: &mut Vec<usize>) {
        self.next();
        starts.push(self.at);
        self.value();
    }

    /// Goes through the items of the list that begins here.
    fn items(&mut self, item: &mut dyn FnMut(&mut Self)) {
        self.skip(b'[');
        while !matches!(self.next(), None | Some(b']')) {
            item(self);
            self.skip(b',');
        }
        self.skip(b']');
    }

    /// The key that begins here.
    fn key(&mut self) -> String {
        let start = self.at;
        self.string();
        serde_json::from_str(&self.text[start..self.at]).unwrap_or_default()
    }

    /// The first byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    fn skip(&mut self, byte: u8) {
        if self.next() == Some(byte) {
            self.at += 1;
        }
    }

    fn found(&mut self, is_key: bool, span: Range<usize>) {
        let wanted = if is_key { &mut self.keys } else { &mut self.values };
        if let Some(place) = wanted.get_mut(self.path.as_str()) {
            place.get_or_insert(span);
        }
    }

    fn value(&mut self) {
        let first = self.next();
        let start = self.at;
        match first {
            Some(b'{') => self.parts(start, b'}', Walk::entry),
            Some(b'[') => self.parts(start, b']', Walk::item),
            Some(b'"') => {
                self.string();
                self.found(false, start..self.at);
            }
            _ => {
                let rest = &self.text.as_bytes()[start..];
                let ends = |byte: &u8| b",]} \t\r\n".contains(byte);
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                self.found(false, start..self.at);
            }
        }
    }

    fn parts(&mut self, start: usize, end: u8, part: fn(&mut Self, usize)) {
        self.found(false, start..start + 1);
        self.at += 1;
        let mut index = 0;
        while self.next().is_some_and(|next| next != end) {
            let before = self.path.len();
            part(self, index);
            self.path.truncate(before);
            self.skip(b',');
            index += 1;
        }
        self.skip(end);
    }

    fn entry(&mut self, _: usize) {
        let start = self.at;
        let key = self.key();
        let span = start..self.at;
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(&key);
        self.found(true, span);
        self.skip(b':');
        self.value();
    }

    fn item(&mut self, index: usize) {
        self.path.push_str(&format!("[{index}]"));
        self.value();
    }

    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(more) = bytes[self.at..].iter().position(|it| matches!(it, b'"' | b'\\')) {
            self.at += more + 1;
            if bytes[self.at - 1] == b'"' {
                return;
            }
            self.at += 1;
        }
        self.at = bytes.len();
    }
}
