//! From which day something is known, and what of it was known by another day.
//!
//! A price holds from one day and is known from another: the first on which anyone could read it. What was not known
//! by a day is not used in a figure of that day, and what ended later was open then.

use chrono::NaiveDate;

use super::dated::Dated;

/// The days that a table states of something that it says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KnownDays {
    /// When it was announced.
    pub announced: Option<NaiveDate>,
    /// When it began, as its source states.
    pub from: Option<NaiveDate>,
    /// Of the earliest of several sources.
    pub first_seen: Option<NaiveDate>,
    /// Of the source that is named.
    pub seen: Option<NaiveDate>,
    /// By which an undated source was stored.
    pub seen_no_later_than: Option<NaiveDate>,
}

impl KnownDays {
    /// The day from which it is known: the first of them. `None` if no day is stated at all.
    pub(super) fn first(self) -> Option<NaiveDate> {
        let KnownDays { announced, from, first_seen, seen, seen_no_later_than } = self;
        [announced, from, first_seen, seen, seen_no_later_than].into_iter().flatten().min()
    }
}

/// Something that became known on a day.
pub trait Known {
    /// The day from which it is known; `None` if no source of it has a day, so that it counts as known ever since.
    fn known_from(&self) -> Option<NaiveDate>;

    /// Whether it was known on a day.
    fn is_known_on(&self, day: NaiveDate) -> bool {
        self.known_from().is_none_or(|from| from <= day)
    }
}

/// Those of dated versions that were known on a day. An end that stands because of a later version was not known before
/// that one: until then the version was open.
pub(super) fn known_versions<T: Dated + Known + Clone>(all: &[T], day: NaiveDate) -> Vec<T> {
    let mut known: Vec<T> = all.iter().filter(|it| it.is_known_on(day)).cloned().collect();
    let unknown: Vec<NaiveDate> =
        all.iter().filter(|it| !it.is_known_on(day)).map(|it| it.period().first).collect();
    for index in 0..known.len() {
        let until = known[index].period().until;
        if until.is_some_and(|until| unknown.contains(&until)) {
            let next = known.get(index + 1).map(|next| next.period().first);
            known[index].period_mut().until = next;
        }
    }
    known
}
