//! A time in a log, in any of the ways in which logs write one.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::parse_date;
use crate::json::exact;
use crate::money::multiply;

/// Which day a time in UTC is of, in the time zone of whoever reads.
pub type DayOf<'a> = &'a dyn Fn(NaiveDateTime) -> NaiveDate;

/// The day of a time in UTC.
pub fn utc_day(time: NaiveDateTime) -> NaiveDate {
    time.date()
}

/// The last year that a time can mean; one in milliseconds that is taken for one in seconds lies far beyond it.
const LAST_YEAR: i32 = 9999;

/// From here on a number counts milliseconds.
const MILLISECONDS_FROM: Decimal = Decimal::from_parts(1_215_752_192, 23, 0, false, 0);

/// Times without an offset; fractions of seconds may follow.
const WITHOUT_OFFSET: [&str; 4] =
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
/// Times with an offset, as databases write them.
const WITH_OFFSET: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M:%S%.f%#z"];

/// When something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// On a day, of which nothing more is said: no time zone moves it.
    Day(NaiveDate),
    /// At a time in UTC.
    At(NaiveDateTime),
}

impl Moment {
    /// The moment of a text: a day, or a time with or without its offset. A time without one is UTC.
    pub(crate) fn of_text(text: &str) -> Option<Moment> {
        let text = text.strip_suffix(" UTC").unwrap_or(text);
        let moment = parse_date(text).map(Moment::Day).or_else(|| time(text).map(Moment::At))?;
        moment.is_in_range().then_some(moment)
    }

    /// The moment of a count of seconds since 1970, with or without a fraction.
    pub(crate) fn of_seconds(seconds: &str) -> Option<Moment> {
        let seconds = exact(seconds).filter(|seconds| !seconds.is_sign_negative())?;
        let time = DateTime::from_timestamp(seconds.trunc().to_i64()?, 0)?;
        Some(Moment::At(time.naive_utc())).filter(|moment| moment.is_in_range())
    }

    /// The moment of a count of seconds or of milliseconds since 1970, told by its size: so many seconds are the year 5138,
    /// and so many milliseconds are 1973.
    pub(crate) fn of_number(number: &str) -> Option<Moment> {
        let count = exact(number)?;
        match count < MILLISECONDS_FROM {
            true => Moment::of_seconds(number),
            false => Moment::of_seconds(&multiply(count, Decimal::new(1, 3)).ok()?.to_string()),
        }
    }

    /// Its day.
    pub(crate) fn day(self, day_of: DayOf) -> NaiveDate {
        match self {
            Moment::Day(day) => day,
            Moment::At(time) => day_of(time),
        }
    }

    fn is_in_range(self) -> bool {
        (0..=LAST_YEAR).contains(&self.day(&utc_day).year())
    }
}

fn time(text: &str) -> Option<NaiveDateTime> {
    let rfc3339 = || DateTime::parse_from_rfc3339(text).ok().map(|time| time.naive_utc());
    let with_offset = || {
        let parse = |format: &&str| DateTime::parse_from_str(text, format).ok();
        WITH_OFFSET.iter().find_map(parse).map(|time| time.naive_utc())
    };
    let without = || {
        WITHOUT_OFFSET.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
    };
    rfc3339().or_else(without).or_else(with_offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(moment: Option<Moment>) -> Option<String> {
        moment.map(|moment| moment.day(&utc_day).to_string())
    }

    #[test]
    fn a_time_is_taken_to_its_utc_day_however_it_is_written() {
        for (text, expected) in [
            ("2026-10-12", "2026-10-12"),
            ("2026-10-12T23:59:59Z", "2026-10-12"),
            ("2026-10-12T23:30:00-05:00", "2026-10-13"),
            ("2026-10-12 09:14:33.713", "2026-10-12"),
            ("2026-10-12 00:00:00", "2026-10-12"),
            ("2026-10-12 01:14:33.713+02", "2026-10-11"),
            ("2026-10-12 23:14:33 UTC", "2026-10-12"),
        ] {
            assert_eq!(day(Moment::of_text(text)).as_deref(), Some(expected), "{text}");
        }
        for text in ["12.10.2026", "2026-02-30T10:00:00Z", "", "10/12/2026", "1791763200"] {
            assert_eq!(Moment::of_text(text), None, "{text}");
        }
    }

    /// 1,791,763,200 s = 20,738 days of 86,400 s, and 20,738 days after 1970-01-01 is 2026-10-12.
    #[test]
    fn seconds_since_1970_are_utc() {
        for text in ["1791763200", "1791763200.0", "1791849599.999", "1.7917632e9"] {
            assert_eq!(day(Moment::of_seconds(text)).as_deref(), Some("2026-10-12"), "{text}");
        }
        assert_eq!(MILLISECONDS_FROM, Decimal::from(100_000_000_000_u64));
        for text in ["1791763200", "1791763200000", "1791763200123.5"] {
            assert_eq!(day(Moment::of_number(text)).as_deref(), Some("2026-10-12"), "{text}");
        }
        for text in ["-1", "1791763200000000", "x", "1e400"] {
            assert_eq!(Moment::of_seconds(text), None, "{text}");
        }
    }

    /// One hour before midnight in UTC is the next day two hours further east; a day without a time stays what it is.
    #[test]
    fn the_time_zone_of_the_reader_moves_times_and_no_days() {
        let two_hours_east = |time: NaiveDateTime| (time + chrono::TimeDelta::hours(2)).date();
        let day = |text| Moment::of_text(text).map(|it| it.day(&two_hours_east).to_string());
        assert_eq!(day("2026-10-12T23:00:00Z").as_deref(), Some("2026-10-13"));
        assert_eq!(day("2026-10-12").as_deref(), Some("2026-10-12"));
    }
}
