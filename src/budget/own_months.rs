//! The months in which a workload runs, and the images that it wants in each: the one way to the volume of a month.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::images::Images;
use super::month::Month;
use super::season::Season;
use super::workload::{Budget, Workload};
use crate::money::AmountTooLarge;

impl Workload {
    /// The first month, from which growth counts: its own, or that of a budget that starts in `start`.
    pub fn first_month(&self, start: Month) -> Month {
        self.from.unwrap_or(start)
    }

    /// The months of a budget in which it runs, in order.
    pub(super) fn months<'a>(&'a self, budget: &Budget) -> impl Iterator<Item = Month> + use<'a> {
        let start = budget.start;
        budget.months().filter(move |month| self.index(start, *month).is_some())
    }

    /// The calendar months for which its season has a factor and that no month of a budget is in which it runs.
    pub fn idle_season<'a>(&'a self, budget: &Budget) -> impl Iterator<Item = u32> + use<'a> {
        let run: BTreeSet<u32> = self.months(budget).map(Month::of_year).collect();
        let named = self.volume.season().into_iter().flat_map(Season::iter);
        named.map(|(month, _)| month).filter(move |month| !run.contains(month))
    }

    /// How many months a month lies after the first one; `None` of a month in which it does not run.
    pub fn index(&self, start: Month, month: Month) -> Option<u32> {
        let is_over = self.to.is_some_and(|last| month > last);
        u32::try_from(month.since(self.first_month(start))).ok().filter(|_| !is_over)
    }

    /// The images wanted in a month of a budget that starts in `start`, times a factor and rounded once; none in a month
    /// in which it does not run.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if that is beyond what can be counted.
    pub(super) fn images(
        &self,
        start: Month,
        month: Month,
        factor: Decimal,
    ) -> Result<Images, AmountTooLarge> {
        match self.index(start, month) {
            Some(index) => self.volume.times(month, index, factor),
            None => Ok(Images::exactly(0)),
        }
    }

    /// The images wanted in each month of a budget, each grown from the month before.
    ///
    /// # Errors
    /// [`AmountTooLarge`] for the month in which that is beyond what can be counted.
    pub(super) fn images_by_month(
        &self,
        budget: &Budget,
    ) -> impl Iterator<Item = (Month, Result<Images, AmountTooLarge>)> {
        let start = budget.start;
        let mut own = None;
        budget.months().map(move |month| {
            let images = self
                .index(start, month)
                .and_then(|index| own.get_or_insert_with(|| self.volume.from(month, index)).next());
            (month, images.unwrap_or(Ok(Images::exactly(0))))
        })
    }
}
