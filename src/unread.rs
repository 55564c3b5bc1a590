//! What of an API request or reply may bill and is not read: known to be free, left out by the user, or
//! open, which makes the total not exact.

use crate::catalog::free_keys::FreeList;
use crate::help::Help;
use crate::near::near_matches;

/// A value that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it is called, without the numbers of items: `seed`, `usage.audio_tokens`,
    /// `output.file_search_call`.
    pub key: String,
    /// Where it stands, with the numbers of items: `body.seed`, `output[1].type`.
    pub path: String,
    /// What stands there, shortened.
    pub value: String,
    /// How many units that is: 1 of what is no count.
    pub count: u64,
    /// How the user leaves it out.
    pub left_out_by: LeaveOut,
    /// What it is known to do, as a clause; empty where nothing is.
    pub known: String,
}

/// How a value that is not read is left out of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeaveOut {
    /// By naming the key as one to ignore.
    Flag,
    /// By taking it out of the body: the command has no such flag.
    Edit,
}

impl LeaveOut {
    /// What to do.
    pub fn help(self, key: &str) -> Help {
        match self {
            LeaveOut::Flag => Help::IgnoreKey(key.into()),
            LeaveOut::Edit => Help::TakeOutOfBody,
        }
    }
}

impl Unread {
    /// Whether a name means it: its key or the last part of it, a key that it stands under, or its place.
    pub fn is_meant_by(&self, name: &str) -> bool {
        let under = |key: &str| {
            key == name || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        };
        under(&self.key) || self.path == name || self.key.rsplit('.').next() == Some(name)
    }
}

/// What is not read, by what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Known to bill nothing by itself.
    pub free: Vec<Unread>,
    /// Left out, as the user says.
    pub ignored: Vec<Unread>,
    /// May bill.
    pub open: Vec<Unread>,
}

impl Sorted {
    /// Puts a value where it belongs; what is free needs no user to leave it out.
    pub fn put(&mut self, unread: Unread, free: &FreeList, ignored_keys: &[String]) {
        let place = if free.has(&unread.key) {
            &mut self.free
        } else if ignored_keys.iter().any(|key| unread.is_meant_by(key)) {
            &mut self.ignored
        } else {
            &mut self.open
        };
        place.push(unread);
    }
}

/// The names to leave out that left nothing out, each with the reason as a clause.
pub fn without_effect<'a>(names: &'a [String], of: &[&Sorted]) -> Vec<(&'a str, String)> {
    let any = |name: &str, which: fn(&Sorted) -> &[Unread]| {
        of.iter().flat_map(|sorted| which(sorted)).any(|unread| unread.is_meant_by(name))
    };
    let unused = names.iter().filter(|name| !any(name, |sorted| &sorted.ignored));
    unused
        .map(|name| {
            let why = if any(name, |sorted| &sorted.free) {
                "it bills nothing by itself".to_owned()
            } else {
                format!("nothing of that name is left unread{}", near(name, of))
            };
            (name.as_str(), why)
        })
        .collect()
}

fn near(name: &str, of: &[&Sorted]) -> String {
    let open = of.iter().flat_map(|sorted| &sorted.open).map(|unread| unread.key.as_str());
    let names = open.flat_map(|key| [Some(key), key.rsplit_once('.').map(|(_, last)| last)]);
    let near = near_matches(name, names.flatten());
    near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Names of what is unread, in one text; `None` where nothing is.
pub(crate) fn by_name(unread: &[Unread]) -> Option<Vec<(String, String)>> {
    let named = unread.iter().map(|it| (it.key.clone(), it.value.clone()));
    (!unread.is_empty()).then(|| named.collect())
}

/// A path without the numbers of items: `output[1].svg_usage` → `output.svg_usage`.
pub(crate) fn without_numbers(path: &str) -> String {
    let mut key = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            letter => key.push(letter),
        }
    }
    key
}
