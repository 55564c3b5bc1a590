//! What of a reply may bill and is not read, and what stands in it as `null`.

use crate::request::{Json, Object};
use crate::unread::{LeaveOut, Unread, without_numbers};

/// The leaves of an object that say something and are not among those that are read. A key that is
/// read is given by its path in the object, with points.
pub(super) fn unread_leaves(object: &Object, read: &[&str]) -> Vec<Unread> {
    let mut found = Vec::new();
    for (key, value) in object.entries() {
        leaves(value, key, object, read, &mut found);
    }
    found
}

fn leaves(value: &Json, within: &str, object: &Object, read: &[&str], found: &mut Vec<Unread>) {
    if read.contains(&within) {
        return;
    }
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                leaves(value, &format!("{within}.{key}"), object, read, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{within}[{index}]"), object, read, found);
            }
        }
        leaf if is_nothing(leaf) => {}
        leaf => {
            let path = object.path_of(within);
            let value = leaf.in_words();
            let count = value.parse().unwrap_or(1);
            found.push(Unread {
                key: without_numbers(&path),
                path,
                value,
                count,
                left_out_by: LeaveOut::Flag,
            });
        }
    }
}

/// The leaves under the keys of an object that are chosen, as far as they say something.
pub(super) fn unread_under(object: &Object, chosen: impl Fn(&str) -> bool) -> Vec<Unread> {
    let mut found = Vec::new();
    for (key, value) in object.entries().filter(|(key, _)| chosen(key)) {
        leaves(value, key, object, &[], &mut found);
    }
    found
}

/// The whole of an item that may bill by being there.
pub(super) fn item(key: &str, object: &Object) -> Unread {
    let (key, path) = (key.to_owned(), object.path().to_owned());
    Unread { key, path, value: "1".to_owned(), count: 1, left_out_by: LeaveOut::Flag }
}

/// Whether a value counts nothing and says nothing.
fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) | Json::Whole(0) => true,
        Json::OtherNumber(number) => *number == 0.0,
        Json::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The paths of an object at which `null` stands, at any depth.
pub(super) fn nulls(value: &Json, path: &str, found: &mut Vec<String>) {
    match value {
        Json::Null => found.push(path.to_owned()),
        Json::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                nulls(value, &path, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                nulls(item, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}
