//! Stretches of months that are added up: a month, a quarter or a fiscal year, or all months of a budget.

use std::fmt;
use std::ops::Range;

use super::month::Month;
use super::workload::Budget;

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
    fn of(self, month: Month, year_start: u32) -> Period {
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

/// A period, as far as a budget has months in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The period.
    pub period: Period,
    /// The places of its months among those of the budget.
    pub months: Range<usize>,
    /// Whether the months of the budget are all that the whole budget has in it, of which this may be a part.
    pub is_whole: bool,
}

impl Budget {
    /// The period in which a month lies.
    pub fn period(&self, unit: Unit, month: Month) -> Period {
        unit.of(month, self.fiscal_year_start)
    }

    /// The periods of a budget in order.
    pub fn periods(&self, unit: Unit) -> Vec<Held> {
        let mut all: Vec<Held> = Vec::new();
        for (at, month) in self.months().enumerate() {
            let period = self.period(unit, month);
            match all.last_mut().filter(|last| last.period == period) {
                Some(last) => last.months.end = at + 1,
                None => all.push(Held { period, months: at..at + 1, is_whole: true }),
            }
        }
        let outside = self.months_beside().map(|month| self.period(unit, month));
        for cut in outside {
            all.iter_mut().filter(|held| held.period == cut).for_each(|held| held.is_whole = false);
        }
        all
    }

    /// The months right before and after those of a part, where the whole budget has them.
    fn months_beside(&self) -> impl Iterator<Item = Month> {
        let [first, last] = self.part_of.unwrap_or([self.start, self.last()]);
        let before = u32::try_from(self.start.since(first)).ok().filter(|months| *months > 0);
        let before = before.map(|months| first.plus(months - 1));
        let after = Some(self.last().plus(1)).filter(|month| *month <= last);
        before.into_iter().chain(after)
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

    #[test]
    fn a_part_has_the_periods_in_full_of_which_it_has_all_months_of_the_budget() {
        // Five months from February on: the first quarter has two of them, and is whole with these two.
        let whole = Budget { months: 5, ..Budget::of(month("2027-02"), Vec::new()) };
        let held = |budget: &Budget, unit| -> Vec<(String, bool)> {
            budget
                .periods(unit)
                .into_iter()
                .map(|it| (it.period.to_string(), it.is_whole))
                .collect()
        };
        let quarters = |first, second| vec![("2027-Q1".into(), first), ("2027-Q2".into(), second)];
        assert_eq!(held(&whole, Unit::Quarter), quarters(true, true));
        let part = whole.part(None, Some(month("2027-05"))).expect("a part");
        assert_eq!(held(&part, Unit::Quarter), quarters(true, false));
        assert_eq!(held(&part, Unit::Whole), [("total".to_owned(), false)]);
        let part = whole.part(Some(month("2027-03")), None).expect("a part");
        assert_eq!(held(&part, Unit::Quarter), quarters(false, true));
        assert!(part.periods(Unit::Month).iter().all(|held| held.is_whole));
    }
}
