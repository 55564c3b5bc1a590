//! Months: the periods of a budget.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month: write it as YYYY-MM, such as 2027-01")]
pub struct NotAMonth(pub String);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month { first: day - Days::new(u64::from(day.day0())) }
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The first day of the next month.
    pub fn end(self) -> NaiveDate {
        self.plus(1).first
    }

    /// The calendar month, from 1 to 12.
    pub fn of_year(self) -> u32 {
        self.first.month()
    }

    /// The number of days.
    pub fn days(self) -> u32 {
        u32::try_from((self.end() - self.first).num_days()).unwrap_or(0)
    }

    /// The month that lies so many months later; the last one that a date can hold, if it lies beyond.
    pub fn plus(self, months: u32) -> Month {
        Month { first: self.first.checked_add_months(Months::new(months)).unwrap_or(self.first) }
    }

    /// Whether it lies from one month to another, both included; an end that is left out is open.
    pub fn is_within(self, from: Option<Month>, to: Option<Month>) -> bool {
        from.is_none_or(|from| from <= self) && to.is_none_or(|to| self <= to)
    }

    /// How many months this one lies after another; negative if it lies before.
    pub fn since(self, other: Month) -> i32 {
        let months = |month: Month| month.first.year() * 12 + month.first.month0() as i32;
        months(self) - months(other)
    }

    /// The fiscal year and quarter, where fiscal years begin in a month from 1 to 12. A fiscal year is
    /// named after the calendar year in which it ends.
    pub fn fiscal(self, year_start: u32) -> (i32, u32) {
        let (year, month) = (self.first.year(), self.first.month());
        let into = (month + 12 - year_start) % 12;
        let ends_later = year_start > 1 && month >= year_start;
        (if ends_later { year + 1 } else { year }, into / 3 + 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        let day = (text.len() == 7).then(|| crate::catalog::parse_date(&format!("{text}-01")));
        day.flatten().map(Month::of).ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn a_month_knows_its_days_and_its_neighbours() {
        assert_eq!((month("2028-02").days(), month("2027-02").days()), (29, 28));
        assert_eq!(month("2026-12").plus(1), month("2027-01"));
        assert_eq!(month("2027-03").since(month("2026-11")), 4);
        assert_eq!(month("2026-11").since(month("2027-03")), -4);
        assert_eq!(Month::of("2026-12-31".parse().expect("a day")), month("2026-12"));
        for wrong in ["2027-13", "2027-1", "27-01", "2027-01-01", "", "2027/01"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_fiscal_year_is_named_after_the_year_in_which_it_ends() {
        assert_eq!(month("2027-01").fiscal(1), (2027, 1));
        assert_eq!(month("2027-12").fiscal(1), (2027, 4));
        // A year from April 2026 to March 2027.
        assert_eq!(month("2026-04").fiscal(4), (2027, 1));
        assert_eq!(month("2027-03").fiscal(4), (2027, 4));
        assert_eq!(month("2027-04").fiscal(4), (2028, 1));
        assert_eq!(month("2026-10").fiscal(10), (2027, 1));
    }
}
