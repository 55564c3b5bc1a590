//! The one date rule: which version is in force on a day.
//!
//! Days are UTC. A version holds from its first day (inclusive) until its last (exclusive). One whose
//! first day is not stated holds from the day its source was seen. A day without a version is an
//! error that names the nearest one; there is no fallback.

use chrono::NaiveDate;

/// The days on which a version holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day, inclusive.
    pub first: NaiveDate,
    /// What the first day is.
    pub first_day: FirstDay,
    /// The day from which the version is known.
    pub known_from: NaiveDate,
    /// The day from which it no longer holds; `None` while it is open.
    pub until: Option<NaiveDate>,
}

/// What the first day of a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstDay {
    /// Stated by the source.
    Stated,
    /// The day of the source's own statement.
    Seen,
    /// The day by which an undated source was stored.
    NoLaterThan,
}

impl Period {
    /// Whether the version holds on this day.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && self.until.is_none_or(|until| day < until)
    }

    /// How many days lie between this day and the nearest day of the period; 0 inside it.
    fn distance(&self, day: NaiveDate) -> i64 {
        let before = (self.first - day).num_days();
        let after = self.until.map_or(i64::MIN, |until| (day - until).num_days() + 1);
        before.max(after).max(0)
    }

    /// The period in words: "from 2026-04-21 until 2026-05-09".
    pub fn in_words(&self) -> String {
        let seen = match self.first_day {
            FirstDay::Stated => "",
            FirstDay::Seen => " (first seen)",
            FirstDay::NoLaterThan => " at the latest (the source is undated)",
        };
        match self.until {
            Some(until) => format!("from {}{seen} until {until}", self.first),
            None => format!("from {}{seen}", self.first),
        }
    }
}

/// Something that holds for a period: a price version, the rules of a model.
pub trait Dated {
    /// The days on which it holds.
    fn period(&self) -> Period;

    /// The same, to be changed.
    fn period_mut(&mut self) -> &mut Period;
}

/// The version in force on a day, or the period of the nearest one (`None` if there is no version at all).
///
/// # Errors
/// The nearest period, where no version holds on the day.
pub fn in_force<T: Dated>(versions: &[T], day: NaiveDate) -> Result<&T, Option<Period>> {
    position_in_force(versions, day).map(|position| &versions[position])
}

/// The place in the list of the version in force on a day.
///
/// # Errors
/// As [`in_force`].
pub fn position_in_force<T: Dated>(
    versions: &[T],
    day: NaiveDate,
) -> Result<usize, Option<Period>> {
    versions
        .iter()
        .position(|version| version.period().contains(day))
        .ok_or_else(|| versions.iter().map(Dated::period).min_by_key(|period| period.distance(day)))
}

/// A version that is taken to have held before its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supposed {
    /// The day since which it is taken to have held.
    pub since: NaiveDate,
    /// Its first day, by its source.
    pub first: NaiveDate,
}

/// Why a version cannot be taken to have held before its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSupposed {
    /// No version holds on the day, and none is supposed to; the nearest.
    NoVersion(Option<Period>),
    /// The source of the version that begins next states its first day.
    Stated(NaiveDate),
}

/// The place in the list of the version that holds on a day, if the first one that begins after `since` is taken to
/// have held since then.
///
/// # Errors
/// [`NotSupposed`]: no version holds, or the first day of the one that would is stated.
pub fn position_supposed<T: Dated>(
    versions: &[T],
    day: NaiveDate,
    since: NaiveDate,
) -> Result<(usize, Option<Supposed>), NotSupposed> {
    let next = versions.iter().position(|version| version.period().first > since);
    match next.map(|next| (next, versions[next].period())) {
        Some((next, period)) if since <= day && day < period.first => match period.first_day {
            FirstDay::Stated => Err(NotSupposed::Stated(period.first)),
            FirstDay::Seen | FirstDay::NoLaterThan => {
                Ok((next, Some(Supposed { since, first: period.first })))
            }
        },
        _ => position_in_force(versions, day)
            .map(|position| (position, None))
            .map_err(NotSupposed::NoVersion),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Version(Period);
    impl Dated for Version {
        fn period(&self) -> Period {
            self.0
        }

        fn period_mut(&mut self) -> &mut Period {
            &mut self.0
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn version(first: &str, until: Option<&str>) -> Version {
        let first = day(first);
        let until = until.map(day);
        Version(Period { first, first_day: FirstDay::Stated, known_from: first, until })
    }

    #[test]
    fn the_first_day_counts_and_the_last_does_not() {
        let versions = [version("2026-04-21", Some("2026-05-09")), version("2026-05-09", None)];
        let first_day_of = |text| in_force(&versions, day(text)).map(|v| v.0.first);
        assert_eq!(first_day_of("2026-04-21"), Ok(day("2026-04-21")));
        assert_eq!(first_day_of("2026-05-08"), Ok(day("2026-04-21")), "the day before the change");
        assert_eq!(first_day_of("2026-05-09"), Ok(day("2026-05-09")), "the day of the change");
        assert_eq!(first_day_of("2026-05-10"), Ok(day("2026-05-09")), "the day after");
    }

    #[test]
    fn a_version_is_supposed_between_the_day_that_is_named_and_its_own_first_day() {
        let mut versions = [version("2026-08-21", Some("2026-11-20")), version("2026-11-20", None)];
        versions[1].0.first_day = FirstDay::Seen;
        let (since, first) = (day("2026-09-01"), day("2026-11-20"));
        let at = |text| position_supposed(&versions, day(text), since);
        assert_eq!(at("2026-08-31"), Ok((0, None)), "the day before");
        assert_eq!(at("2026-09-01"), Ok((1, Some(Supposed { since, first }))), "from the day on");
        assert_eq!(at("2026-11-19"), Ok((1, Some(Supposed { since, first }))));
        assert_eq!(at("2026-11-20"), Ok((1, None)), "its own first day needs no supposition");
        versions[1].0.first_day = FirstDay::Stated;
        let refused = position_supposed(&versions, day("2026-09-01"), since);
        assert_eq!(refused, Err(NotSupposed::Stated(first)));
    }

    #[test]
    fn a_day_without_a_version_names_the_nearest() {
        let versions = [version("2026-01-01", Some("2026-02-01")), version("2026-06-01", None)];
        let nearest =
            |text| in_force(&versions, day(text)).err().flatten().map(|period| period.first);
        assert_eq!(nearest("2025-12-31"), Some(day("2026-01-01")));
        assert_eq!(nearest("2026-02-01"), Some(day("2026-01-01")));
        assert_eq!(nearest("2026-05-31"), Some(day("2026-06-01")));
        assert_eq!(nearest("2026-06-01"), None, "in force");
    }
}
