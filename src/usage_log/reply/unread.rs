//! What of a reply may bill and is not read, and what stands in it as `null`.

use crate::json::{Json, Object, is_zero};
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
                known: String::new(),
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

/// The leaves of an object under keys whose names say that they count or bill, at any depth; what stands under a key that is
/// `handled` is read or reported by others.
pub(crate) fn billing(object: &Object, handled: &[&str]) -> Vec<Unread> {
    let mut found = Vec::new();
    for (key, value) in object.entries().filter(|(key, _)| !handled.contains(key)) {
        search(value, key, key, object, &mut found);
    }
    found
}

fn search(value: &Json, key: &str, within: &str, object: &Object, found: &mut Vec<Unread>) {
    if bills(key) {
        leaves(value, within, object, &[], found);
        return;
    }
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                search(value, key, &format!("{within}.{key}"), object, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                search(item, "", &format!("{within}[{index}]"), object, found);
            }
        }
        _ => {}
    }
}

/// Words of keys that count or bill, without the `s` of several.
const BILLING: [&str; 16] = [
    "amount",
    "bill",
    "billable",
    "billed",
    "billing",
    "cent",
    "charge",
    "charged",
    "cost",
    "credit",
    "fee",
    "price",
    "surcharge",
    "tokens",
    "usage",
    "usd",
];

/// Whether the name of a key says that it counts or bills; limits such as `max_output_tokens` do not.
pub(crate) fn bills(key: &str) -> bool {
    let words = words(key);
    let is_billing = |word: &String| {
        let one = word.strip_suffix('s').unwrap_or(word);
        BILLING.contains(&word.as_str()) || BILLING.contains(&one)
    };
    let ends_so =
        words.last().is_some_and(|word| word.ends_with("usage") || word.ends_with("usages"));
    words.first().is_none_or(|word| word != "max") && (ends_so || words.iter().any(is_billing))
}

/// The words of a key, which are told apart by signs and by case: `totalCost`, `total_cost`.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for letter in key.chars() {
        if !letter.is_alphanumeric() || was_small && letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        was_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The whole of an item that may bill by being there.
pub(super) fn item(key: &str, object: &Object) -> Unread {
    let (key, path) = (key.to_owned(), object.path().to_owned());
    Unread {
        key,
        path,
        value: "1".to_owned(),
        count: 1,
        left_out_by: LeaveOut::Flag,
        known: String::new(),
    }
}

/// Whether a value counts nothing and says nothing.
fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) | Json::Whole(0) => true,
        Json::OtherNumber(number) => is_zero(number),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// 1e-400 is a charge, although no float has so small a number; it is shown as it is written.
    #[test]
    fn a_number_says_nothing_where_its_digits_are_all_zero() {
        let text = r#"{"cost": 1e-400, "fee": 0e5, "charge": -0.0, "usd": 0.30000000000000004}"#;
        let Ok(Json::Object(entries)) = crate::json::parse(text) else { panic!("an object") };
        let found = billing(&Object::new(&entries, ""), &[]);
        let found: Vec<(&str, &str)> = found.iter().map(|it| (&*it.key, &*it.value)).collect();
        assert_eq!(found, [("cost", "1e-400"), ("usd", "0.30000000000000004")]);
    }

    #[test]
    fn the_words_of_a_key_tell_whether_it_bills() {
        for key in [
            "cost",
            "total_cost",
            "totalCost",
            "cost_usd",
            "fees",
            "audio_tokens",
            "usage_extra",
            "videousage",
            "Usage",
        ] {
            assert!(bills(key), "{key}");
        }
        for key in
            ["max_output_tokens", "token", "feedback", "costume", "prompt_cache_key", "n", ""]
        {
            assert!(!bills(key), "{key}");
        }
    }
}
