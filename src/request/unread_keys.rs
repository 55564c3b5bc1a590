//! What becomes of the keys of a body that are not read: known not to bill, left out by the user, or unread. What bills
//! and is not read makes the figure not exact.

use super::NamedFiles;
use crate::catalog::free_keys::{FreeKeys, FreeList};
use crate::json::{Json, Object, What, Wrong};
use crate::near::near_matches;
use crate::unread::{LeaveOut, Sorted, Unread, without_numbers};

/// Where the body of a Batch line stands.
const OF_A_LINE: &str = "body.";

/// Where the parameters of the image tool stand, which are called as in a body of the Images API.
const OF_THE_TOOL: &str = "tools.";

/// How a body is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where the images that it names may lie.
    pub files: &'a NamedFiles,
    /// Parameters that are known to bill nothing, or not to be read.
    pub known: &'a FreeKeys,
    /// Keys that bill nothing, as the user says; `None` where the command has no flag to say so.
    pub ignored_keys: Option<&'a [String]>,
}

impl<'a> Reading<'a> {
    fn free(&self) -> &'a FreeList {
        &self.known.requests
    }

    fn ignored(&self) -> &[String] {
        self.ignored_keys.unwrap_or_default()
    }

    fn left_out_by(&self) -> LeaveOut {
        if self.ignored_keys.is_some() { LeaveOut::Flag } else { LeaveOut::Edit }
    }
}

/// What becomes of the keys that are not read.
pub(crate) struct Keys<'a> {
    reading: &'a Reading<'a>,
    sorted: Sorted,
}

impl<'a> Keys<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Keys<'a> {
        Keys { reading, sorted: Sorted::default() }
    }

    /// Parameters that bill nothing.
    pub(super) fn free(&self) -> &'a FreeList {
        self.reading.free()
    }

    /// Where the images that the body names may lie.
    pub(super) fn files(&self) -> &'a NamedFiles {
        self.reading.files
    }

    /// What was sorted so far.
    pub(super) fn sorted(&self) -> &Sorted {
        &self.sorted
    }

    /// What was sorted, at the end.
    pub(super) fn into_sorted(self) -> Sorted {
        self.sorted
    }

    /// Sorts an object that is not read, such as another tool, by its type.
    pub(super) fn put_typed(&mut self, object: &Object, of: &str) {
        let kind = object.text("type", &mut Vec::new()).unwrap_or_default();
        let unread = Unread {
            key: format!("{of}.{kind}"),
            path: object.path().to_owned(),
            value: kind,
            count: 1,
            left_out_by: self.reading.left_out_by(),
            known: String::new(),
        };
        self.sorted.put(unread, self.reading.free(), self.reading.ignored());
    }

    /// Sorts the keys of an object that bill nothing or are not read. One that is not known and spelled like
    /// a known one is a mistake.
    pub(super) fn sort(
        &mut self,
        object: &Object,
        read: &[&str],
        known: &[&str],
        wrong: &mut Vec<Wrong>,
    ) {
        let reading = self.reading;
        let (free, ignored_keys) = (reading.free(), reading.ignored());
        for (key, value) in object.entries() {
            let mut unread = unread(object.path_of(key), value, reading.left_out_by());
            unread.known.push_str(reading.known.not_read.reason(&unread.key).unwrap_or_default());
            if read.contains(&key) && !free.has(&unread.key) {
                continue;
            }
            let is_open = !reading.known.not_read.has(&unread.key)
                && !free.has(&unread.key)
                && !ignored_keys.iter().any(|name| unread.is_meant_by(name));
            match near_matches(key, known.iter().copied()).first().filter(|_| is_open) {
                Some(near) => {
                    let help = unread.left_out_by.help(&unread.path);
                    let what = What::Misspelled { near: (*near).to_owned(), help };
                    wrong.push(object.wrong_key(key, what));
                }
                None => self.sorted.put(unread, free, ignored_keys),
            }
        }
    }
}

/// A key as a name means it: that of a Batch line is called as it is in a body alone.
fn unread(path: String, value: &Json, left_out_by: LeaveOut) -> Unread {
    let key = without_numbers(&path);
    let key = key.strip_prefix(OF_A_LINE).unwrap_or(&key);
    let key = key.strip_prefix(OF_THE_TOOL).unwrap_or(key).to_owned();
    Unread { key, path, value: value.in_words(), count: 1, left_out_by, known: String::new() }
}
