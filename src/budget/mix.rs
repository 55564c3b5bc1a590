//! Volume told from mix: what a budget would cost with another's number of images in each month, and its own shares of the
//! workloads in them.
//!
//! A product that is split in two for a switch is then no volume: as many images are made, others of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::images::Images;
use super::month::Month;
use super::workload::{Budget, CostPer};
use crate::figure::Figure;
use crate::fraction;
use crate::money::{self, AmountTooLarge};
use crate::reason::Reasons;

/// The low, the expected and the high case, as far as they are known.
type Cases = [Option<Decimal>; 3];

/// Images by the name of their workload.
type ByName<'a> = BTreeMap<&'a str, [u64; 3]>;

/// What the base costs with the number of images that another budget has in each month, in US dollars: what comes with
/// images times new by old images, other monthly costs as they are. A month in which each workload has its share of before
/// costs what it does in the other, so that no rounding shows as mix; so does one without images before or after.
///
/// `moved` is the base with the other's volumes. Both have the same months.
///
/// # Errors
/// [`AmountTooLarge`] if a number of images or a sum cannot be kept.
pub(super) fn at_own_shares(
    base: (&Budget, &Forecast),
    moved: (&Budget, &Forecast),
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let (from, to) = (base.1.cost()?, moved.1.cost()?);
    let reasons = from.reasons().and(to.reasons());
    if from.high().is_none() || to.high().is_none() {
        return Ok(Figure::Unknown { at_least: Decimal::ZERO, reasons });
    }
    let (mut before, mut after) = (wanted(base.0), wanted(moved.0));
    let mut sum = [Some(Decimal::ZERO); 3];
    for month in base.0.months() {
        let (before, after) = (before(month)?, after(month)?);
        let cost_after = Costs::of(&moved.1.rows_of(month))?;
        let cost_before = Costs::of(&base.1.rows_of(month))?;
        for (case, sum) in sum.iter_mut().enumerate() {
            let cost = match scale(&before, &after, case) {
                None => cost_after.in_all(case)?,
                Some((new, old)) => cost_before.scaled(case, new, old)?,
            };
            *sum = add(*sum, cost)?;
        }
    }
    Ok(figure(sum, reasons))
}

fn figure([low, expected, high]: Cases, reasons: Reasons) -> Figure<Decimal> {
    let (low, high) = (low.unwrap_or_default(), high.unwrap_or_default());
    match reasons.is_empty() {
        true => Figure::Exact(low),
        false => Figure::Range { low, expected, high, reasons },
    }
}

/// The images of all workloads after and before, by which the cost of a month is scaled; `None` where each has its share of
/// before, or there are none before or after.
fn scale(before: &ByName, after: &ByName, case: usize) -> Option<(u64, u64)> {
    let all =
        |images: &ByName| images.values().try_fold(0_u64, |sum, it| sum.checked_add(it[case]));
    let (old, new) = (all(before)?, all(after)?);
    if old == 0 || new == 0 {
        return None;
    }
    let of = |images: &ByName, name: &str| images.get(name).map_or(0, |it| u128::from(it[case]));
    let keeps_its_share =
        |name: &&str| of(before, name) * u128::from(new) == of(after, name) * u128::from(old);
    let names = || before.keys().chain(after.keys());
    (!names().all(keeps_its_share)).then_some((new, old))
}

/// The images that are wanted in each month, asked for in order.
fn wanted<'a>(
    budget: &'a Budget,
) -> impl FnMut(Month) -> Result<ByName<'a>, AmountTooLarge> + use<'a> {
    let each = budget.workloads.iter().map(|it| (it.name.as_str(), it.images_by_month(budget)));
    let mut each: Vec<_> = each.collect();
    move |asked| {
        let mut all = ByName::new();
        for (name, months) in &mut each {
            let Some((month, images)) = months.next() else { continue };
            debug_assert_eq!(month, asked);
            let sum = all.entry(*name).or_default();
            for (sum, images) in sum.iter_mut().zip(cases(images?)) {
                *sum = sum.checked_add(images).ok_or(AmountTooLarge)?;
            }
        }
        Ok(all)
    }
}

/// The images of each case. Where none is expected no cost is expected either, so that it does not count which stands there.
fn cases(Images { low, expected, high }: Images) -> [u64; 3] {
    [low, expected.unwrap_or(low), high]
}

/// What a month costs.
struct Costs {
    with_images: Cases,
    /// Seats, and other costs that come each month: more images make no more of them.
    monthly: Cases,
}

impl Costs {
    fn of(rows: &[ForecastLine]) -> Result<Costs, AmountTooLarge> {
        let zero = [Some(Decimal::ZERO); 3];
        let mut costs = Costs { with_images: zero, monthly: zero };
        for row in rows {
            let is_monthly = row.per == Some(CostPer::Month);
            let sum = if is_monthly { &mut costs.monthly } else { &mut costs.with_images };
            let cost = [Some(row.cost.low()), row.cost.expected(), row.cost.high()];
            for (sum, cost) in sum.iter_mut().zip(cost) {
                *sum = add(*sum, cost)?;
            }
        }
        Ok(costs)
    }

    fn in_all(&self, case: usize) -> Result<Option<Decimal>, AmountTooLarge> {
        add(self.with_images[case], self.monthly[case])
    }

    /// With so many images in place of so many.
    fn scaled(&self, case: usize, new: u64, old: u64) -> Result<Option<Decimal>, AmountTooLarge> {
        let times = fraction::over(&fraction::from_count(new), &fraction::from_count(old));
        let scaled = self.with_images[case].map(|cost| fraction::of_amount(cost, &times));
        add(scaled.transpose()?, self.monthly[case])
    }
}

fn add(a: Option<Decimal>, b: Option<Decimal>) -> Result<Option<Decimal>, AmountTooLarge> {
    a.zip(b).map(|(a, b)| money::add(a, b)).transpose()
}
