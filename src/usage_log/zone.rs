//! In which time zone the days of a log begin.

use std::fmt;
use std::str::FromStr;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use super::moment::Moment;
use crate::errors::NotAValue;

/// Seconds of Unix time have so many digits from 2001 on, and milliseconds three more.
const SECONDS: usize = 10;
const MILLISECONDS: usize = 13;

/// The time zone in which days begin: UTC, or a distance from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(FixedOffset);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(FixedOffset::east_opt(0).expect("no distance"));

    /// Whether it is UTC.
    pub fn is_utc(self) -> bool {
        self == Zone::UTC
    }

    /// The day of a time in UTC.
    pub fn day(self, time: NaiveDateTime) -> NaiveDate {
        time.and_utc().with_timezone(&self.0).date_naive()
    }

    /// The day of a text: a day, which no zone moves, a time with or without its distance from UTC, or Unix time in seconds
    /// or milliseconds. A time that names no zone is in UTC.
    pub fn day_of(self, text: &str) -> Option<NaiveDate> {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let moment = match text.len() {
            SECONDS if is_number => Moment::of_seconds(text),
            MILLISECONDS if is_number => Moment::of_seconds(&text[..SECONDS]),
            _ => Moment::of_text(text),
        };
        Some(moment?.day(&|time| self.day(time)))
    }
}

/// A distance from UTC: `+02:00`, `-0530`, `+2`.
fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
        None => (rest, "0"),
    };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i32>().ok().filter(|_| is_number && text.len() <= 2)
    };
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

impl FromStr for Zone {
    type Err = NotAValue;

    fn from_str(text: &str) -> Result<Zone, NotAValue> {
        match text {
            "UTC" | "utc" | "Z" => Ok(Zone::UTC),
            _ => offset(text)
                .map(Zone)
                .ok_or_else(|| NotAValue("not UTC or a distance from it such as +02:00".into())),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_utc() { f.write_str("UTC") } else { write!(f, "UTC{}", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_of_the_day_in_the_zone_of_the_reading() {
        let of = |zone: &str, text: &str| {
            let day = zone.parse::<Zone>().expect("a zone").day_of(text);
            day.map(|day| day.to_string())
        };
        let day = |text: &str| Some(text.to_owned());
        // Half past midnight in Berlin is the day before in UTC.
        assert_eq!(of("UTC", "2026-07-02T00:30:00+02:00"), day("2026-07-01"));
        assert_eq!(of("+02:00", "2026-07-01T22:30:00Z"), day("2026-07-02"));
        assert_eq!(of("-08:00", "2026-07-01T07:59:59.999Z"), day("2026-06-30"));
        // A day is taken as it stands; a time without a zone is in UTC.
        assert_eq!(of("-08:00", "2026-07-01"), day("2026-07-01"));
        assert_eq!(of("+02:00", "2026-07-01 23:59:59"), day("2026-07-02"));
        // 1782618417 is 2026-06-28 03:46:57 UTC.
        assert_eq!(of("UTC", "1782618417"), day("2026-06-28"));
        assert_eq!(of("UTC", "1782618417123"), day("2026-06-28"));
        assert_eq!(of("-04:00", "1782618417"), day("2026-06-27"));
        assert_eq!(of("UTC", "12345"), None);
    }

    #[test]
    fn a_zone_is_utc_or_a_distance() {
        for (text, shown) in [("UTC", "UTC"), ("+02:00", "UTC+02:00"), ("-0530", "UTC-05:30")] {
            assert_eq!(text.parse::<Zone>().expect("a zone").to_string(), shown);
        }
        for text in ["", "Berlin", "+25:00", "02:00", "+2:60", "+a"] {
            assert!(text.parse::<Zone>().is_err(), "{text:?}");
        }
    }
}
