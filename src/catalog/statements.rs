//! The statements of one table, each with a digest: its versions by their first day, its terms clause by clause, and
//! every other key; and the sources that they rest on.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use super::canonical::{canonical, canonical_version, held};
use super::files::TableFile;
use super::position::Position;
use super::yaml::{self, Entry, Holds, Node, Notes, TABLE};

/// The lists of a table whose items hold on days of their own: each item is a statement, named by its first day.
pub(crate) const DATED: [&str; 3] = ["batch_files", "rules", "versions"];

/// The digest of a statement, and where it stands: of one that is pinned, the place of the pin.
pub type Statement = (String, Position);

/// Tables by their path without the ending, each with its statements by name.
pub type Statements = BTreeMap<String, BTreeMap<String, Statement>>;

/// The mapping whose clauses are statements of their own.
const TERMS: &str = "terms";

/// The statements of a table, by name; none of a file that is no YAML, which is told elsewhere.
pub(super) fn statements(file: &TableFile) -> BTreeMap<String, Statement> {
    let mut notes = Notes::new(&TABLE, &file.shown, &file.text);
    let root = yaml::tree(&file.text, &mut notes);
    let entries = root.as_ref().ok().and_then(entries_of).unwrap_or_default();
    held(entries).flat_map(of_entry).collect()
}

fn of_entry(entry: &Entry) -> Vec<(String, Statement)> {
    let one = || vec![(entry.key.to_string(), stated(&canonical(&entry.value), entry))];
    match &entry.value.holds {
        Holds::List(versions) if DATED.contains(&&*entry.key) => versions
            .iter()
            .map(|version| {
                let name = format!("{}.{}", entry.key, first_day(version));
                let at = Position(version.at.clone());
                (name, (digest(&canonical_version(version)), at))
            })
            .collect(),
        Holds::Mapping { entries, .. } if entry.key == TERMS => held(entries)
            .map(|clause| {
                (format!("{TERMS}.{}", clause.key), stated(&canonical(&clause.value), clause))
            })
            .collect(),
        _ => one(),
    }
}

fn stated(text: &str, entry: &Entry) -> Statement {
    (digest(text), Position(entry.key_at.clone()))
}

/// The day from which a version holds, by the rule of [`Period`](super::dated::Period): the one that is stated, else the
/// one on which it was seen.
fn first_day<'n>(version: &'n Node) -> &'n str {
    let seen = || child(version, "evidence").and_then(|it| text_of(it, "seen"));
    let seen = || seen().filter(|day| *day != "undated");
    let no_later = || text_of(version, "seen_no_later_than");
    let first_seen = || text_of(version, "first_seen");
    text_of(version, "from")
        .or_else(first_seen)
        .or_else(seen)
        .or_else(no_later)
        .unwrap_or("undated")
}

fn entries_of<'n, 't>(node: &'n Node<'t>) -> Option<&'n [Entry<'t>]> {
    match &node.holds {
        Holds::Mapping { entries, .. } => Some(entries),
        _ => None,
    }
}

fn child<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    entries_of(node)?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &child(node, key)?.holds {
        Holds::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// The texts of a list, or the one text that stands in its place.
fn texts_of(node: &Node, key: &str) -> Vec<String> {
    let text = |node: &Node| match &node.holds {
        Holds::Scalar { text, .. } => Some(text.to_string()),
        _ => None,
    };
    match child(node, key).map(|node| (node, &node.holds)) {
        Some((_, Holds::List(items))) => items.iter().filter_map(text).collect(),
        Some((node, _)) => text(node).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The start of a digest, in hexadecimal: enough to find a change that was made by mistake. That a whole catalogue is the
/// one that was signed is told by its stamp.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A source, and what rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// The statement: its keys, one below the other, such as `versions.2026-04-21.rates`.
    pub statement: String,
    /// Who says so.
    pub source: String,
    /// Its addresses as written, or that they are not recorded; none where the table does not say.
    pub locators: Vec<String>,
    /// The source's own day; `None` if it carries none.
    pub seen: Option<NaiveDate>,
    /// How well it is supported, as written.
    pub confidence: String,
    /// The day from which the statement no longer holds, if it has one.
    pub until: Option<NaiveDate>,
    /// Where it stands in its file.
    pub at: Position,
}

impl TableFile {
    /// Every source in the file, in its order; none of a file that is no YAML, which is told elsewhere.
    pub(crate) fn sourced(&self) -> Vec<Sourced> {
        let mut notes = Notes::new(&TABLE, &self.shown, &self.text);
        let mut found = Vec::new();
        if let Ok(root) = yaml::tree(&self.text, &mut notes) {
            find_sources(&root, "", None, &mut found);
        }
        found
    }
}

/// The sources at and below a value, whose keys so far are these.
fn find_sources(node: &Node, path: &str, until: Option<NaiveDate>, found: &mut Vec<Sourced>) {
    let until = day_of(node, "until").or(until);
    if let Some(source) = text_of(node, "source") {
        found.push(Sourced {
            statement: path.trim_end_matches(".evidence").to_owned(),
            source: source.to_owned(),
            locators: texts_of(node, "locators"),
            seen: day_of(node, "seen"),
            confidence: text_of(node, "confidence").unwrap_or_default().to_owned(),
            until,
            at: Position(node.at.clone()),
        });
    }
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match &node.holds {
        Holds::Mapping { entries, .. } => {
            entries
                .iter()
                .for_each(|entry| find_sources(&entry.value, &below(&entry.key), until, found));
        }
        Holds::List(items) => {
            for item in items {
                let name =
                    if DATED.contains(&path) { below(first_day(item)) } else { path.to_owned() };
                find_sources(item, &name, until, found);
            }
        }
        Holds::Scalar { .. } | Holds::Nothing => {}
    }
}

fn day_of(node: &Node, key: &str) -> Option<NaiveDate> {
    text_of(node, key)?.parse().ok()
}
