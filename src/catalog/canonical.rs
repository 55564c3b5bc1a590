//! The statements of a table as canonical text: what must not change once it is published.
//!
//! The text is made of the file as it is written and not of what is read from it, so that a key that comes later is held
//! as well. Sources, days, remarks and reasons are left out: they may be corrected. The last day of a version is left out
//! too: a version ends when the next one begins.

use super::yaml::{Entry, Holds, Node};

/// Keys that say who says so, or what else a reader should know. `confidence` is not among them: it decides whether a
/// price is shown as a list price.
const MAY_BE_CORRECTED: [&str; 16] = [
    "acknowledged",
    "advertised",
    "announced",
    "earlier_replacements",
    "first_seen",
    "guidance",
    "locators",
    "note",
    "price_page",
    "published_estimates",
    "reason",
    "replacements_known_from",
    "risks",
    "seen",
    "seen_no_later_than",
    "source",
];

/// The entries of a mapping that are held.
pub(super) fn held<'n, 't>(entries: &'n [Entry<'t>]) -> impl Iterator<Item = &'n Entry<'t>> {
    entries.iter().filter(|entry| !MAY_BE_CORRECTED.contains(&&*entry.key))
}

/// A value as text that is the same for the same statement: keys in order, no remarks, no quotes.
pub(super) fn canonical(node: &Node) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

/// A version as canonical text, whatever its last day.
pub(super) fn canonical_version(version: &Node) -> String {
    let Holds::Mapping { entries, .. } = &version.holds else { return canonical(version) };
    let mut text = String::new();
    write_entries(held(entries).filter(|entry| entry.key != "until"), &mut text);
    text
}

fn write(node: &Node, text: &mut String) {
    match &node.holds {
        // The length in front keeps a text from reading as two, whatever stands in it.
        Holds::Scalar { text: value, .. } => *text += &format!("{}:{value}", value.len()),
        Holds::List(values) => {
            text.push('[');
            values.iter().for_each(|value| write(value, text));
            text.push(']');
        }
        Holds::Mapping { entries, .. } => write_entries(held(entries), text),
        Holds::Nothing => text.push('~'),
    }
}

fn write_entries<'n, 't: 'n>(entries: impl Iterator<Item = &'n Entry<'t>>, text: &mut String) {
    let mut entries: Vec<&Entry> = entries.collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    text.push('{');
    for entry in entries {
        *text += &format!("{}:{}", entry.key.len(), entry.key);
        write(&entry.value, text);
    }
    text.push('}');
}
