//! How much of the month's limits is left for a first route, where a fallback serves what is over.

use rust_decimal::Decimal;

use super::Row;
use super::priced::PricedStep;
use super::row_maker::{Entry, RowMaker};
use crate::budget::legs::Leg;
use crate::budget::month::Month;
use crate::budget::workload::{Budget, FallbackWhen, Workload};
use crate::figure::Figure;
use crate::fraction;
use crate::money::{self, AmountTooLarge, WholeRounding};

/// Images that are not kept, bound by bound.
pub(super) fn rest(images: &Figure<u64>, kept: &Figure<u64>) -> Figure<u64> {
    let reasons = images.reasons().clone();
    let less = |all: u64, kept: u64| all.saturating_sub(kept);
    let low = less(images.low(), kept.low());
    match (images.high(), kept.high()) {
        (Some(all), Some(part)) if reasons.is_empty() => Figure::Exact(less(all, part)),
        (Some(all), Some(part)) => {
            let expected = images.expected().zip(kept.expected()).map(|(a, b)| less(a, b));
            Figure::Range { low, expected, high: less(all, part), reasons }
        }
        _ => Figure::Unknown { at_least: low, reasons },
    }
}

/// How much of the month's limits is left for the first route.
pub(super) struct OverLimit<'a> {
    pub budget: &'a Budget,
    pub rows: &'a [Row],
    pub workload: &'a Workload,
    pub month: Month,
}

impl OverLimit<'_> {
    /// The images that the first route serves within the limits; all of them without such a fallback.
    pub(super) fn kept(
        &self,
        step: &PricedStep,
        maker: &RowMaker,
        images: &Figure<u64>,
        leg: &Leg,
    ) -> Result<Figure<u64>, AmountTooLarge> {
        let fallback = self.workload.fallback.as_ref();
        if !fallback.is_some_and(|it| it.when.contains(&FallbackWhen::OverLimit)) {
            return Ok(images.clone());
        }
        let mut alone = RowMaker::new(self.workload, maker.named, self.month, maker.today);
        let one = Figure::Exact(1_000_000);
        alone.leg(step, &step.on_first, &one, leg, true)?;
        let Some(entry) = alone.entries.first() else { return Ok(images.clone()) };
        let million = entry.row.cost.expected().or(entry.row.cost.high());
        let left = self.left(&entry.route.id.owner, &maker.entries)?;
        let (Some(million), Some(left)) = (million.filter(|cost| !cost.is_zero()), left) else {
            return Ok(images.clone());
        };
        let fits = fraction::from_decimal(left) / fraction::from_decimal(million)
            * fraction::from_count(1_000_000);
        let fits = fraction::to_whole(&fits, WholeRounding::Down)?;
        images.try_map(|images| Ok(images.min(fits)))
    }

    /// The least that any limit of the month leaves; `None` where there is none.
    fn left(&self, owner: &str, own: &[Entry]) -> Result<Option<Decimal>, AmountTooLarge> {
        let mut least: Option<Decimal> = None;
        for limit in &self.budget.limits {
            let Some(most) = limit.per_month else { continue };
            if !limit.scope.holds_for(&self.workload.name, &self.workload.tags, Some(owner)) {
                continue;
            }
            let before = self.rows.iter().filter(|row| row.month == self.month);
            let spent = before.chain(own.iter().map(|entry| &entry.row));
            let mut left = most;
            for row in spent.filter(|row| row.is_in(&limit.scope)) {
                let spent = row.cost.expected().or(row.cost.high()).unwrap_or(row.cost.low());
                left = money::add(left, -spent)?;
            }
            let left = left.max(Decimal::ZERO);
            least = Some(least.map_or(left, |least| least.min(left)));
        }
        Ok(least)
    }
}
