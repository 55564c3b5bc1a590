//! Whether the sums of a plan fit, however its runs turn out: then nothing needs to be checked in a run.

use super::plan::{Cell, Plan, StepPlan, WorkloadPlan};
use super::run::MOST_ATTEMPTS_EACH;
use crate::budget::workload::CostPer;
use crate::money::AmountTooLarge;

/// # Errors
/// [`AmountTooLarge`] if attempts or amounts may outgrow what can be counted.
pub(super) fn check(plan: &Plan) -> Result<(), AmountTooLarge> {
    let mut sum = Sum(0);
    plan.fixed.iter().try_for_each(|fixed| sum.add(1, *fixed))?;
    for workload in &plan.workloads {
        for (month, volume) in workload.volumes.iter().enumerate() {
            if let Some([.., most]) = volume {
                workload_in(workload, month, *most as u64, &mut sum)?;
            }
        }
    }
    Ok(())
}

fn workload_in(
    workload: &WorkloadPlan,
    month: usize,
    images: u64,
    sum: &mut Sum,
) -> Result<(), AmountTooLarge> {
    let others = || workload.others.iter().filter(|it| it.months.contains(&month));
    let monthly = others().filter(|it| it.per == CostPer::Month);
    monthly.map(|it| it.amount).try_for_each(|amount| sum.add(1, amount))?;
    for step in &workload.steps {
        let attempts = attempts(step, images)?;
        let with_images = others().filter(|it| it.per != CostPer::Month);
        with_images.map(|it| it.amount).try_for_each(|amount| sum.add(attempts, amount))?;
        let months = &step.months[month];
        for cell in months.first.iter().chain(&months.fallback) {
            sum.add(attempts, dearest(cell))?;
        }
    }
    Ok(())
}

/// The most attempts of a month on one route, with room for chance.
fn attempts(step: &StepPlan, images: u64) -> Result<u64, AmountTooLarge> {
    let images = images.checked_add(1).and_then(|it| it.checked_mul(step.per_accepted));
    let attempts = images.and_then(|it| it.checked_mul(2 * MOST_ATTEMPTS_EACH));
    attempts.ok_or(AmountTooLarge)
}

fn dearest(cell: &Cell) -> i128 {
    let Some(unit) = &cell.unit else { return 0 };
    unit.undelivered.iter().flatten().copied().fold(unit.delivered, i128::max)
}

/// A sum of amounts in whole units.
struct Sum(i128);

impl Sum {
    fn add(&mut self, times: u64, amount: i128) -> Result<(), AmountTooLarge> {
        let more = amount.checked_mul(times.into());
        self.0 = more.and_then(|more| self.0.checked_add(more)).ok_or(AmountTooLarge)?;
        Ok(())
    }
}
