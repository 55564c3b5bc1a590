//! What is found while a reply is read: keys that are not read, what is to be said, and what is wrong.

use chrono::NaiveDate;

use super::Stated;
use super::keys::{self, Level};
use super::tokens::{self, Cached, Of};
use super::unread::nulls;
use crate::json::{Json, Object, Spot, What, Wrong};
use crate::note::Remark;
use crate::unread::Unread;

/// Keys of a reply whose `null` is said, since what stands there decides the figure.
pub(super) const DECIDING: [&str; 11] = [
    "usage",
    "tool_usage",
    "svg_usage",
    "tools",
    "data",
    "created",
    "created_at",
    "model",
    "size",
    "quality",
    "service_tier",
];

/// What is found on the way.
pub(super) struct Reading<'a, 't> {
    /// Keys that bill nothing, as the user says.
    ignored_keys: &'a [String],
    /// Where the value stands that the reply is or lies in.
    pub spot: &'a Spot<'t>,
    pub unread: Vec<Unread>,
    pub remarks: Vec<Remark>,
    /// Every value that is wrong.
    pub wrong: Vec<Wrong>,
}

impl<'a, 't> Reading<'a, 't> {
    pub(super) fn new(spot: &'a Spot<'t>, ignored_keys: &'a [String]) -> Reading<'a, 't> {
        let (unread, remarks, wrong) = (Vec::new(), Vec::new(), Vec::new());
        Reading { ignored_keys, spot, unread, remarks, wrong }
    }

    /// Keys that bill nothing, as the user says.
    pub(super) fn ignored_keys(&self) -> &'a [String] {
        self.ignored_keys
    }

    /// What is not read, each place once: a key that is left out may be found in two ways.
    pub(super) fn take_unread(&mut self) -> Vec<Unread> {
        let mut once: Vec<Unread> = Vec::new();
        for unread in std::mem::take(&mut self.unread) {
            if once.iter().all(|known| known.path != unread.path) {
                once.push(unread);
            }
        }
        once
    }

    /// Refuses keys that are spelled like one that is read.
    pub(super) fn misspelled(&mut self, object: &Object, level: &Level) {
        let left_out = keys::report_misspelled(object, level, self.ignored_keys, &mut self.wrong);
        self.unread.extend(left_out);
    }

    pub(super) fn tokens(&mut self, usage: &Object, of: Of, also_read: &[&str]) -> Option<Stated> {
        let beside = match of {
            Of::SvgAuthor => Some(&keys::SVG_USAGE),
            _ if !also_read.is_empty() => Some(&keys::USAGE_ALONE),
            _ => None,
        };
        keys::report_misspelled_counts(usage, beside, self.ignored_keys, &mut self.wrong);
        let stated = tokens::read(usage, of, also_read, &mut self.unread, &mut self.wrong)?;
        self.say_not_counted(usage, of, &stated);
        Some(stated)
    }

    /// Says which counts the usage does not have and are taken to be none.
    fn say_not_counted(&mut self, usage: &Object, of: Of, stated: &Stated) {
        let Some(tokens) = stated.tokens().filter(|tokens| tokens.input > 0) else { return };
        let path = Some(usage.path().to_owned()).filter(|path| !path.is_empty());
        if !tokens.states_cached && tokens.cached != Cached::NotStated {
            self.remarks.push(Remark::NoCachedCount(path.clone()));
        }
        if of == Of::Mainline && !tokens::states_cache_writes(usage) {
            self.remarks.push(Remark::NoCacheWriteCount(path));
        }
    }

    /// The day of a time that is written out.
    pub(super) fn day_of_text(&mut self, object: &Object, key: &str) -> Option<NaiveDate> {
        let time = object.text(key, &mut self.wrong)?;
        let day = time.get(..10).and_then(|day| day.parse().ok());
        if day.is_none() {
            self.wrong.push(object.wrong(key, What::NotATime));
        }
        day
    }

    /// Says which of these keys, and of what is under them, are null.
    pub(super) fn say_nulls(&mut self, object: &Object, keys: &[&str]) {
        let mut found = Vec::new();
        for (key, value) in object.entries().filter(|(key, _)| keys.contains(key)) {
            // The images of `data` say so themselves, and other tools do not decide anything.
            if matches!((key, value), ("data" | "tools", Json::List(_))) {
                continue;
            }
            nulls(value, &object.path_of(key), &mut found);
        }
        if !found.is_empty() {
            self.remarks.push(Remark::Null(found));
        }
    }
}

/// Whether a key is that of the tier, which decides every price, in other letters.
pub(super) fn is_other_tier(key: &str) -> bool {
    key != "service_tier" && key.eq_ignore_ascii_case("service_tier")
}
