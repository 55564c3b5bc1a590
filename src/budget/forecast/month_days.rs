//! A month as rows are made of it: its days, and what dated prices rest on in it.

use chrono::NaiveDate;
use num_traits::One;

use crate::budget::month::Month;
use crate::estimate::PriceBasis;
use crate::fraction::{self, Fraction};

/// A month of which rows are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthDays {
    pub month: Month,
    /// The first day, and the day after the last.
    days: [NaiveDate; 2],
    /// What dated prices rest on at its end.
    pub price_basis: PriceBasis,
}

impl MonthDays {
    /// A month as it is seen `today`.
    pub(super) fn of(month: Month, today: NaiveDate) -> MonthDays {
        let end = month.end();
        let price_basis = PriceBasis::of_day(end, today.succ_opt().unwrap_or(today));
        MonthDays { month, days: [month.first_day(), end], price_basis }
    }

    /// The share of the month that lies in a stretch of days.
    pub(super) fn share_in(&self, stretch: [NaiveDate; 2]) -> Fraction {
        let days = |[from, until]: [NaiveDate; 2]| (until - from).num_days().max(0);
        let [first, end] = self.days;
        if stretch[0] <= first && end <= stretch[1] {
            return Fraction::one();
        }
        let common = [stretch[0].max(first), stretch[1].min(end)];
        fraction::of_counts(days(common), days(self.days))
    }
}
