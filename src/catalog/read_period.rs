//! The days of a version as written → [`Period`].

use chrono::NaiveDate;
use std::ops::Range;

use super::check::Checker;
use super::dated::{Dated, FirstDay, Period};
use super::known::KnownDays;
use super::raw::Day;
use super::yaml::span;
use crate::problem::ProblemCode;

/// The days that a version states besides that of its source.
#[derive(Default)]
pub(super) struct RawDays<'a> {
    pub from: Option<&'a Day>,
    pub until: Option<&'a Day>,
    pub announced: Option<&'a Day>,
    pub first_seen: Option<&'a Day>,
    pub seen_no_later_than: Option<&'a Day>,
}

impl Checker<'_> {
    /// The earliest day on which a source says so: `first_seen`, where several dated sources agree, else
    /// the day of the source that is named.
    pub(super) fn first_seen(
        &mut self,
        raw: Option<&Day>,
        seen: Option<NaiveDate>,
    ) -> Option<Option<NaiveDate>> {
        let (Some(raw), Some(first)) = (raw, self.optional_date(raw)?) else { return Some(seen) };
        if seen.is_some_and(|seen| first <= seen) {
            return Some(Some(first));
        }
        let message = format!("{first} is not a day before that of the source");
        let help =
            "`first_seen` is the day of the earliest of several sources, `seen` that of the latest";
        self.report(ProblemCode::OutOfRange, span(raw), message, help);
        None
    }

    /// The days of a version: from its first day if stated, else from the day its source was seen.
    pub(super) fn period(
        &mut self,
        raw: &RawDays,
        seen: Option<Option<NaiveDate>>,
        at: Range<usize>,
    ) -> Option<Period> {
        let (known, until) = (self.known_days(raw, seen), self.optional_date(raw.until));
        let (known, until) = (known?, until?);
        let days = [
            (known.from, FirstDay::Stated),
            (known.first_seen.or(known.seen), FirstDay::Seen),
            (known.seen_no_later_than, FirstDay::NoLaterThan),
        ];
        let first = days.into_iter().find_map(|(day, kind)| Some((day?, kind)));
        let Some(((first, first_day), known_from)) = first.zip(known.first()) else {
            let help = "add `from`, or the day of the source as `seen`";
            let message = "the version has no first day, and its source is undated";
            self.report(ProblemCode::VersionWithoutDay, at, message, help);
            return None;
        };
        if until.is_some_and(|until| until <= first) {
            let at = raw.until.map_or(at, span);
            let message = format!("the version ends on or before its first day, {first}");
            let help = "`until` is the first day on which the version no longer holds";
            self.report(ProblemCode::VersionEndsBeforeStart, at, message, help);
            return None;
        }
        Some(Period { first, first_day, known_from, until })
    }

    fn known_days(&mut self, raw: &RawDays, seen: Option<Option<NaiveDate>>) -> Option<KnownDays> {
        let from = self.optional_date(raw.from);
        let announced = self.optional_date(raw.announced);
        let first_seen = seen.and_then(|seen| self.first_seen(raw.first_seen, seen));
        let seen_no_later_than = self.optional_date(raw.seen_no_later_than);
        Some(KnownDays {
            announced: announced?,
            from: from?,
            first_seen: first_seen?,
            seen: seen?,
            seen_no_later_than: seen_no_later_than?,
        })
    }

    /// Versions must follow each other in time without overlap.
    pub(super) fn order<'v, T: Dated + 'v>(
        &mut self,
        versions: impl IntoIterator<Item = (&'v T, Range<usize>)>,
    ) {
        let mut earlier: Option<Period> = None;
        for (version, at) in versions {
            let later = version.period();
            if let Some(earlier) = earlier
                && earlier.until.is_none_or(|until| later.first < until)
            {
                let message = format!(
                    "this version ({}) does not start after the one before it ends ({})",
                    later.in_words(),
                    earlier.in_words()
                );
                let help = "end the earlier version with `until` on the later one's first day, oldest first";
                self.report(ProblemCode::VersionsOverlap, at, message, help);
            }
            earlier = Some(later);
        }
    }
}
