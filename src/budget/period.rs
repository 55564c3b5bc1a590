//! Stretches of months that are added up: a month, a quarter or a fiscal year, or all months of a budget.

use std::fmt;

use super::month::Month;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A month.
    Month,
    /// A quarter of a fiscal year.
    Quarter,
    /// A fiscal year.
    Year,
    /// All months of a budget.
    Whole,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Unit; 4] = [Unit::Month, Unit::Quarter, Unit::Year, Unit::Whole];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "fiscal_year",
            Unit::Whole => "total",
        }
    }

    /// The period in which a month lies, where fiscal years begin in a month from 1 to 12.
    pub(super) fn of(self, month: Month, year_start: u32) -> Period {
        let (year, quarter) = month.fiscal(year_start);
        let year = FiscalYear { year, year_start };
        match self {
            Unit::Month => Period::Month(month),
            Unit::Quarter => Period::Quarter(year, quarter),
            Unit::Year => Period::Year(year),
            Unit::Whole => Period::Whole,
        }
    }
}

/// A fiscal year, named after the calendar year in which it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    year: i32,
    year_start: u32,
}

impl FiscalYear {
    /// Whether it is a calendar year.
    pub fn is_calendar(self) -> bool {
        self.year_start == 1
    }

    /// The name with the months of it, where it is no calendar year: `FY2027 (2026-04 to 2027-03)`.
    pub fn in_words(self) -> String {
        if self.is_calendar() {
            return self.to_string();
        }
        let (year, start) = (self.year, self.year_start);
        format!("{self} ({:04}-{start:02} to {year:04}-{:02})", year - 1, start - 1)
    }
}

/// `2027`, or `FY2027` where it is no calendar year.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", if self.is_calendar() { "" } else { "FY" }, self.year)
    }
}

/// A stretch of months with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A month.
    Month(Month),
    /// A quarter from 1 to 4 of a fiscal year.
    Quarter(FiscalYear, u32),
    /// A fiscal year.
    Year(FiscalYear),
    /// All months of a budget.
    Whole,
}

impl Period {
    /// How long it is.
    pub fn unit(self) -> Unit {
        match self {
            Period::Month(_) => Unit::Month,
            Period::Quarter(..) => Unit::Quarter,
            Period::Year(_) => Unit::Year,
            Period::Whole => Unit::Whole,
        }
    }

    /// The month, of a month.
    pub fn month(self) -> Option<Month> {
        if let Period::Month(month) = self { Some(month) } else { None }
    }
}

/// `2027-01`, `2027-Q1` or `FY2027-Q4`, `2027` or `FY2027`, `total`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Period::Month(month) => month.fmt(f),
            Period::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Period::Year(year) => year.fmt(f),
            Period::Whole => f.write_str("total"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn a_fiscal_year_is_said_with_its_months() {
        let of = |unit: Unit, start| unit.of(month("2026-04"), start).to_string();
        assert_eq!([of(Unit::Quarter, 1), of(Unit::Quarter, 4)], ["2026-Q2", "FY2027-Q1"]);
        assert_eq!([of(Unit::Year, 1), of(Unit::Year, 4)], ["2026", "FY2027"]);
        let Period::Year(year) = Unit::Year.of(month("2026-04"), 4) else { unreachable!() };
        assert_eq!(year.in_words(), "FY2027 (2026-04 to 2027-03)");
        assert_eq!(of(Unit::Whole, 4), "total");
    }
}
