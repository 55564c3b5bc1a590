//! From a tree to the shapes of its kind of file: every problem is noted, and reading goes on.
//!
//! What cannot be read is noted once, where it stands, and read as nothing: its leaves have no place, and the
//! checks that come later say nothing of a value without a place. A list or mapping that cannot be read holds one
//! such value, so that nobody calls it empty.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Spanned;
use super::notes::Notes;
use super::tree::{Entry, Holds, NOTHING, Node};
use crate::problem::ProblemCode;

/// What must stand where a shape is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    Text,
    Value,
    List,
    Mapping,
    /// One word, or a mapping of one key.
    Choice,
    /// A whole number, or a mapping of them.
    Numbers,
    /// A list of addresses, or one word.
    Addresses,
    /// A path, or a mapping with one.
    File,
}

impl Form {
    fn fits(self, node: &Node) -> bool {
        match &node.holds {
            Holds::Scalar { .. } => !matches!(self, Form::List | Form::Mapping),
            Holds::List(_) => matches!(self, Form::List | Form::Addresses),
            Holds::Mapping { .. } => {
                matches!(self, Form::Mapping | Form::Choice | Form::Numbers | Form::File)
            }
            Holds::Nothing => true,
        }
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Value => "one value",
            Form::List => "a list",
            Form::Mapping => "a mapping",
            Form::Choice => "one word, or a mapping of one key,",
            Form::Numbers => "a whole number, or a mapping of whole numbers,",
            Form::File => "the path of a file, or a mapping with it,",
            Form::Addresses => "a list of addresses, or the word `not_recorded`,",
        }
    }
}

/// What is read from one value of a file.
pub(crate) trait Shape: Sized {
    /// What must stand there.
    const FORM: Form;
    /// Reads a value of that form, or nothing.
    fn of(node: &Node, notes: &mut Notes) -> Self;
    /// What it is where its key is left out; `None` where the key must be there.
    fn left_out() -> Option<Self> {
        None
    }
}

/// Reads a value, whatever stands there.
pub(crate) fn read<T: Shape>(node: &Node, notes: &mut Notes) -> T {
    if T::FORM.fits(node) {
        return T::of(node, notes);
    }
    notes.wrong_type(node.at.clone(), T::FORM.in_words());
    T::of(&NOTHING, notes)
}

impl<T: Shape> Shape for Option<T> {
    const FORM: Form = T::FORM;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        Some(T::of(node, notes))
    }
    fn left_out() -> Option<Self> {
        Some(None)
    }
}

impl<T: Shape> Shape for Box<T> {
    const FORM: Form = T::FORM;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        Box::new(T::of(node, notes))
    }
}

impl<T: Shape> Shape for Spanned<T> {
    const FORM: Form = T::FORM;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        let at = (!matches!(node.holds, Holds::Nothing)).then(|| node.at.clone());
        Spanned { value: T::of(node, notes), at }
    }
}

impl<T: Shape> Shape for Vec<T> {
    const FORM: Form = Form::List;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        match &node.holds {
            Holds::List(items) => items.iter().map(|item| read(item, notes)).collect(),
            _ => vec![read(&NOTHING, notes)],
        }
    }
}

impl<K: From<String> + Ord, V: Shape> Shape for BTreeMap<K, V> {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        let Holds::Mapping { entries, .. } = &node.holds else {
            return BTreeMap::from([(String::new().into(), read(&NOTHING, notes))]);
        };
        let mut entry = |entry: &Entry| (K::from(entry.key.to_string()), read(&entry.value, notes));
        entries.iter().map(&mut entry).collect()
    }
}

/// A mapping whose keys are known, read in their order.
pub(crate) struct Table<'n, 't> {
    keys: &'static [&'static str],
    values: Vec<Option<&'n Node<'t>>>,
    read: usize,
    /// Where a missing key is noted: at the last one that is there. Nowhere where it may
    /// be what could not be read.
    place: Option<Range<usize>>,
}

impl<'n, 't> Table<'n, 't> {
    /// Finds the keys of a mapping and notes those that are unknown; `former` are names that keys had before, each with
    /// the one of now. What stands under a key that is like one of those that are left out is read as its value, so that
    /// its problems come out as well.
    pub(crate) fn of(
        node: &'n Node<'t>,
        keys: &'static [&'static str],
        former: &[(&'static str, &'static str)],
        notes: &mut Notes,
    ) -> Table<'n, 't> {
        let Holds::Mapping { entries, all } = &node.holds else {
            return Table { keys, values: vec![None; keys.len()], read: 0, place: None };
        };
        let mut values = vec![None; keys.len()];
        let mut unknown = Vec::new();
        for entry in entries {
            match keys.iter().position(|key| *key == entry.key) {
                Some(index) => values[index] = Some(&entry.value),
                None => unknown.push(entry),
            }
        }
        for entry in unknown {
            let message = format!("there is no key `{}` here", entry.key);
            let renamed = former.iter().find(|(old, _)| *old == entry.key);
            let (near, help) = match renamed {
                Some((_, new)) => (Some(*new), format!("it is called `{new}` now")),
                None => one_of("keys", &entry.key, keys, notes),
            };
            notes.report(ProblemCode::UnknownKey, entry.key_at.clone(), message, help);
            let meant = keys.iter().position(|key| Some(*key) == near);
            if let Some(value) = meant.and_then(|index| values.get_mut(index)) {
                value.get_or_insert(&entry.value);
            }
        }
        let place = entries.last().map_or(&node.at, |entry| &entry.key_at);
        Table { keys, values, read: 0, place: all.then(|| place.clone()) }
    }

    /// The value of the next key; a key that must be there is noted where it is not.
    pub(crate) fn next<T: Shape>(&mut self, notes: &mut Notes) -> T {
        let (key, value) = self.next_value();
        match value {
            Some(node) => read(node, notes),
            None => T::left_out().unwrap_or_else(|| {
                self.note_missing(key, notes);
                T::of(&NOTHING, notes)
            }),
        }
    }

    /// The value of the next key, or an empty one where it is left out.
    pub(crate) fn next_or_empty<T: Shape + Default>(&mut self, notes: &mut Notes) -> T {
        self.next_value().1.map_or_else(T::default, |node| read(node, notes))
    }

    fn next_value(&mut self) -> (&'static str, Option<&'n Node<'t>>) {
        self.read += 1;
        (self.keys[self.read - 1], self.values[self.read - 1])
    }

    fn note_missing(&self, key: &str, notes: &mut Notes) {
        self.note_none_of(&[key], notes);
    }

    /// Notes that none of several keys is there, of which one must be.
    pub(crate) fn note_none_of(&self, keys: &[&str], notes: &mut Notes) {
        if let Some(at) = &self.place {
            let help = format!("add the key; {} says what it holds", notes.kind.shape);
            let message = format!("the key `{}` is missing", keys.join("` or `"));
            notes.report(ProblemCode::MissingKey, at.clone(), message, help);
        }
    }
}

/// Which of several words stands in a place: the key of a mapping of one key, with its value; or, of those that
/// have none, the word alone.
pub(crate) fn choice<'n, 't: 'n>(
    node: &'n Node<'t>,
    words: &'static [&'static str],
    alone: &[&str],
    notes: &mut Notes,
) -> Option<(&'static str, &'n Node<'t>)> {
    let (word, at, value) = match &node.holds {
        Holds::Scalar { text, .. } => (text, &node.at, &NOTHING),
        Holds::Mapping { entries, .. } => match &entries[..] {
            [entry] => (&entry.key, &entry.key_at, &entry.value),
            entries => {
                let at = entries.get(1).map_or(&node.at, |entry| &entry.key_at);
                notes.wrong_type(at.clone(), Form::Choice.in_words());
                return None;
            }
        },
        _ => return None,
    };
    let Some(known) = words.iter().find(|known| **known == *word) else {
        let message = format!("`{word}` is not one of the words that can stand here");
        let (_, help) = one_of("words", word, words, notes);
        notes.report(ProblemCode::UnknownWord, at.clone(), message, help);
        return None;
    };
    let is_alone = matches!(node.holds, Holds::Scalar { .. });
    if is_alone != alone.contains(known) {
        notes.wrong_type(at.clone(), Form::Choice.in_words());
        return None;
    }
    Some((known, value))
}

/// The known name that is most like the one given, and all of them in words.
fn one_of(
    what: &str,
    given: &str,
    known: &'static [&'static str],
    notes: &Notes,
) -> (Option<&'static str>, String) {
    let all = known.join(", ");
    let near = notes.near(given, known.iter().copied()).first().copied();
    let help = match near {
        Some(near) => format!("did you mean `{near}`? The {what} are: {all}"),
        None => format!("the {what} are: {all}"),
    };
    (near, help)
}

/// Reads a struct from a mapping of these keys, which are its fields. A field whose type is an `Option` may be
/// left out; so may one that is marked `or empty`. A key with a name that it had before is named where that stands.
macro_rules! keys {
    ($shape:ident: $($key:ident $(was $old:ident)? $(or $empty:ident)?),* $(; one of $($one:ident),+)?) => {
        impl $crate::catalog::yaml::Shape for $shape {
            const FORM: $crate::catalog::yaml::Form = $crate::catalog::yaml::Form::Mapping;
            fn of(
                node: &$crate::catalog::yaml::Node,
                notes: &mut $crate::catalog::yaml::Notes,
            ) -> Self {
                let keys = &[$(stringify!($key)),*];
                let former = &[$($((stringify!($old), stringify!($key)),)?)*];
                let mut table = $crate::catalog::yaml::Table::of(node, keys, former, notes);
                let read = Self::next_of(&mut table, notes);
                $(if $(read.$one.is_none())&&+ {
                    table.note_none_of(&[$(stringify!($one)),+], notes);
                })?
                read
            }
        }
        impl $shape {
            /// Reads the next keys of a table, which are these.
            fn next_of(
                table: &mut $crate::catalog::yaml::Table,
                notes: &mut $crate::catalog::yaml::Notes,
            ) -> Self {
                $shape { $($key: keys!(@next table notes $($empty)?)),* }
            }
        }
    };
    (@next $table:ident $notes:ident) => { $table.next($notes) };
    (@next $table:ident $notes:ident empty) => { $table.next_or_empty($notes) };
}

/// Reads an enum from a mapping of one key, which is a variant with its value.
macro_rules! one_key {
    ($shape:ident: $($word:ident => $variant:ident),*) => {
        impl $crate::catalog::yaml::Shape for $shape {
            const FORM: $crate::catalog::yaml::Form = $crate::catalog::yaml::Form::Choice;
            fn of(
                node: &$crate::catalog::yaml::Node,
                notes: &mut $crate::catalog::yaml::Notes,
            ) -> Self {
                match $crate::catalog::yaml::choice(node, &[$(stringify!($word)),*], &[], notes) {
                    $(Some((word, value)) if word == stringify!($word) => {
                        $shape::$variant($crate::catalog::yaml::read(value, notes))
                    })*
                    _ => $shape::Unread,
                }
            }
        }
    };
}

pub(crate) use {keys, one_key};
