//! The periods that a budget has months in.

use std::ops::Range;

use super::month::Month;
use super::period::{Period, Unit};
use super::workload::Budget;

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
