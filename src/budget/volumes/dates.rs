//! Months and days as people write them in spreadsheets → months. The one reader of dates for all kinds of spreadsheets.

use std::str::FromStr;

use chrono::NaiveDate;

use super::settle::Meaning;
use crate::budget::month::Month;

/// In which order days are written with numbers alone: `1/2/2027`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 1 February.
    DayFirst,
    /// January 2.
    MonthFirst,
}

impl DayOrder {
    /// Both.
    pub const ALL: [DayOrder; 2] = [DayOrder::DayFirst, DayOrder::MonthFirst];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            DayOrder::DayFirst => "dmy",
            DayOrder::MonthFirst => "mdy",
        }
    }
}

impl FromStr for DayOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<DayOrder, String> {
        let found = DayOrder::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| "write dmy for 31/1/2027, or mdy for 1/31/2027".into())
    }
}

const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a text says, in one order of days and in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Says {
    day_first: Option<Month>,
    month_first: Option<Month>,
}

impl Says {
    fn one(month: Option<Month>) -> Option<Says> {
        month.map(|month| Says { day_first: Some(month), month_first: Some(month) })
    }

    /// What it may mean by itself.
    pub(super) fn meaning(self) -> Meaning<DayOrder> {
        match (self.day_first, self.month_first) {
            (Some(_), None) => Meaning::Only(DayOrder::DayFirst),
            (None, Some(_)) => Meaning::Only(DayOrder::MonthFirst),
            (day_first, month_first) if day_first == month_first => Meaning::Same,
            _ => Meaning::Either,
        }
    }

    /// The month, where the order is known or makes no difference.
    pub(super) fn month(self, order: Option<DayOrder>) -> Option<Month> {
        match order {
            Some(DayOrder::DayFirst) => self.day_first,
            Some(DayOrder::MonthFirst) => self.month_first,
            None => self.day_first.filter(|month| self.month_first == Some(*month)),
        }
    }

    /// The two months that it may mean.
    pub(super) fn both(self) -> Option<[Month; 2]> {
        Some([self.day_first?, self.month_first?])
    }
}

/// What a text says of a month, if it is a month or a day; years have four digits, or two after the name of a month.
pub(super) fn says(text: &str) -> Option<Says> {
    let text = text.trim();
    // A text that is longer is no date, and may be the text of a whole file behind an open quote.
    if text.len() > 30 || !text.is_ascii() {
        return None;
    }
    let parts: Vec<&str> =
        text.split([' ', '-', '/', '.', ',', '\'']).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [first, second] => Says::one(two(first, second)),
        [first, second, third] => three(first, second, third),
        _ => None,
    }
}

fn two(first: &str, second: &str) -> Option<Month> {
    match (named(first), named(second)) {
        (Some(month), None) => of(year(second).or_else(|| short_year(second))?, month),
        (None, Some(month)) => of(year(first)?, month),
        (None, None) => match year(first) {
            Some(year) => of(year, number(second)?),
            None => of(year(second)?, number(first)?),
        },
        (Some(_), Some(_)) => None,
    }
}

fn three(first: &str, second: &str, third: &str) -> Option<Says> {
    if let Some(year) = year(first) {
        let month = named(second).or_else(|| number(second))?;
        // A time of day may stand behind the day: 2027-01-01T00:00:00 is split at no colon.
        let day = third.split('T').next()?;
        return Says::one(day_of(year, month, number(day)?));
    }
    let year = |names: bool| year(third).or_else(|| short_year(third).filter(|_| names));
    if let Some(month) = named(second) {
        return Says::one(day_of(year(true)?, month, number(first)?));
    }
    if let Some(month) = named(first) {
        return Says::one(day_of(year(true)?, month, number(second)?));
    }
    let (year, first, second) = (year(true)?, number(first)?, number(second)?);
    let says =
        Says { day_first: day_of(year, second, first), month_first: day_of(year, first, second) };
    (says.day_first.is_some() || says.month_first.is_some()).then_some(says)
}

/// A month by its English name, or the first three letters or more of it.
fn named(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| text.len() >= 3 && name.starts_with(&*text))?;
    u32::try_from(at + 1).ok()
}

fn number(text: &str) -> Option<u32> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| is_short)
}

fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && *year >= 1900)
}

/// No plan is of another century.
fn short_year(text: &str) -> Option<i32> {
    let is_short = text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit());
    text.parse::<i32>().ok().filter(|_| is_short).map(|year| 2000 + year)
}

fn of(year: i32, month: u32) -> Option<Month> {
    day_of(year, month, 1)
}

fn day_of(year: i32, month: u32, day: u32) -> Option<Month> {
    NaiveDate::from_ymd_opt(year, month, day).map(Month::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_in_every_way_that_means_one() {
        for text in [
            "2027-01",
            "2027-01-31",
            "2027/01",
            "2027/1/1",
            "Jan 2027",
            "Jan-27",
            "january 2027",
            "JAN. 2027",
            "Jan '27",
            "2027 Jan",
            "01/2027",
            "1.2027",
            "1 Jan 2027",
            "Jan 1, 2027",
            "31-Jan-27",
            "1/1/2027",
            "2027-01-01T00:00:00",
        ] {
            let month = says(text).and_then(|says| says.month(None));
            assert_eq!(month.map(|it| it.to_string()).as_deref(), Some("2027-01"), "{text}");
        }
    }

    #[test]
    fn a_day_in_numbers_may_be_two() {
        let of =
            |text: &str, order| says(text).and_then(|it| it.month(order)).map(|it| it.to_string());
        let (dmy, mdy) = (Some(DayOrder::DayFirst), Some(DayOrder::MonthFirst));
        assert_eq!(of("1/2/2027", None), None);
        assert_eq!(of("1/2/2027", dmy).as_deref(), Some("2027-02"));
        assert_eq!(of("01.02.27", mdy).as_deref(), Some("2027-01"));
        assert_eq!(says("1/2/2027").map(Says::meaning), Some(Meaning::Either));
        assert_eq!(says("31/1/2027").map(Says::meaning), Some(Meaning::Only(DayOrder::DayFirst)));
        assert_eq!(says("1/31/2027").map(Says::meaning), Some(Meaning::Only(DayOrder::MonthFirst)));
    }

    #[test]
    fn what_is_no_month_or_leaves_its_year_open_is_none() {
        for text in [
            "",
            "Jan",
            "27-Jan",
            "2027",
            "13/2027",
            "2027-13",
            "31/2/2027",
            "Q1 2027",
            "27-01",
            "12000",
            "ja 2027",
            "1,000",
            "46388",
        ] {
            assert_eq!(says(text), None, "{text}");
        }
    }
}
