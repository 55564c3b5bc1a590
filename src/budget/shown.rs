//! A part of a budget: some of its months, each with what the whole budget has in it.

use super::month::Month;
use super::workload::Budget;

/// Months that are no part of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAPart {
    /// A month before the first of the budget, or after its last.
    #[error("{month} is no month of the budget, {first} to {last}")]
    Outside {
        /// The month.
        month: Month,
        /// The first month of the budget.
        first: Month,
        /// Its last one.
        last: Month,
    },
    /// The last month comes before the first.
    #[error("{to} comes before {from}")]
    NotInOrder {
        /// The first month of the part.
        from: Month,
        /// The last one.
        to: Month,
    },
}

impl Budget {
    /// The last month.
    pub fn last(&self) -> Month {
        self.start.plus(self.months.saturating_sub(1))
    }

    /// The budget from one month to another, both included; from its first or to its last where one is left out. No
    /// volume changes: growth counts from where it began, and so do the years that seats are paid for. A limit of a quarter,
    /// of a year or of all months that the part does not have in full is not held against it.
    ///
    /// # Errors
    /// [`NotAPart`] if the months are not all of the budget, or in no order.
    pub fn part(&self, from: Option<Month>, to: Option<Month>) -> Result<Budget, NotAPart> {
        let (first, last) = (self.start, self.last());
        let outside = [from, to].into_iter().flatten().find(|it| !(first..=last).contains(it));
        if let Some(month) = outside {
            return Err(NotAPart::Outside { month, first, last });
        }
        let (from, to) = (from.unwrap_or(first), to.unwrap_or(last));
        let months =
            u32::try_from(to.since(from)).map_err(|_| NotAPart::NotInOrder { from, to })?;
        Ok(self.within(from, months + 1))
    }

    /// The budget in some of its months.
    pub(super) fn within(&self, start: Month, months: u32) -> Budget {
        let whole = self.part_of.unwrap_or([self.start, self.last()]);
        let part_of = Some(whole).filter(|whole| *whole != [start, start.plus(months - 1)]);
        let mut part = Budget { start, months, part_of, ..self.clone() };
        for workload in &mut part.workloads {
            workload.from = workload.from.or(Some(self.start));
        }
        for seats in &mut part.seats {
            seats.from = seats.from.or(Some(self.start));
        }
        part
    }
}
