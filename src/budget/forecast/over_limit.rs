//! How much of the month's limits is left for a first route, where a fallback serves what is over.

use rust_decimal::Decimal;

use super::line::ForecastLine;
use super::line_maker::LineMaker;
use super::planned::{Plan, PlannedStep};
use crate::budget::limit_places::LimitPlaces;
use crate::budget::month::Month;
use crate::budget::period::Period;
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

impl Plan {
    /// Whether a limit decides on which route anything is made.
    pub(super) fn has_fallback_over_limit(&self) -> bool {
        let mut steps = self.workloads.iter().flat_map(|workload| &workload.steps);
        steps.any(|step| step.over_limit.is_some())
    }
}

/// How much of the month's limits is left for the first route: what the rows so far cost is kept for each limit, so that
/// no workload goes through those before it.
pub(super) struct LeftOfLimits<'a> {
    places: LimitPlaces<'a>,
    /// What is left of each limit; `None` of one that is not for a month.
    left: Vec<Option<Decimal>>,
}

impl<'a> LeftOfLimits<'a> {
    /// The limits of a month of which nothing is spent; of a plan without a fallback for what is over, none.
    pub(super) fn of(plan: &'a Plan, month: Month) -> LeftOfLimits<'a> {
        let limits = if plan.has_fallback_over_limit() { &plan.limits[..] } else { &[] };
        let left = limits.iter().map(|limit| limit.amount(Period::Month(month))).collect();
        LeftOfLimits { places: LimitPlaces::of(limits), left }
    }

    /// Takes what rows cost from the limits that hold for them.
    pub(super) fn spend(&mut self, lines: &[ForecastLine]) -> Result<(), AmountTooLarge> {
        if self.left.is_empty() {
            return Ok(());
        }
        for line in lines {
            for place in self.places.of_row(line) {
                if let Some(left) = &mut self.left[place] {
                    *left = money::add(*left, -spent(line))?;
                }
            }
        }
        Ok(())
    }

    /// The images that the first route of a step serves within the limits; all of them without a fallback for others.
    pub(super) fn kept(
        &self,
        step: &PlannedStep,
        maker: &LineMaker,
        images: &Figure<u64>,
    ) -> Result<Figure<u64>, AmountTooLarge> {
        if step.over_limit.is_none() {
            return Ok(images.clone());
        }
        let mut alone = LineMaker::new(maker.workload, maker.month);
        alone.add(&step.first, &Figure::Exact(1_000_000))?;
        let Some(line) = alone.lines.first() else { return Ok(images.clone()) };
        let million = line.cost.expected().or(line.cost.high());
        let left = self.left(line, &maker.lines)?;
        let (Some(million), Some(left)) = (million.filter(|cost| !cost.is_zero()), left) else {
            return Ok(images.clone());
        };
        let fits = fraction::from_decimal(left) / fraction::from_decimal(million)
            * fraction::from_count(1_000_000);
        let fits = fraction::to_whole(&fits, WholeRounding::Down)?;
        images.try_map(|images| Ok(images.min(fits)))
    }

    /// The least that any limit of the month leaves for a row; `None` where there is none.
    fn left(
        &self,
        line: &ForecastLine,
        own: &[ForecastLine],
    ) -> Result<Option<Decimal>, AmountTooLarge> {
        let mut least: Option<Decimal> = None;
        for place in self.places.of_row(line) {
            let Some(left) = self.left[place] else { continue };
            let own = own.iter().filter(|row| self.places.of_row(row).any(|it| it == place));
            let left = own.map(spent).try_fold(left, |left, spent| money::add(left, -spent))?;
            let left = left.max(Decimal::ZERO);
            least = Some(least.map_or(left, |least| least.min(left)));
        }
        Ok(least)
    }
}

/// What a row takes from a limit.
fn spent(line: &ForecastLine) -> Decimal {
    line.cost.expected().or(line.cost.high()).unwrap_or(line.cost.low())
}
