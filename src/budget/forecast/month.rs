//! One month of a budget: of each workload the rows of its routes and of the costs that come with it, then seats and the
//! costs of the whole budget.

use rust_decimal::Decimal;

use super::line::{FindingKind, ForecastLine};
use super::line_maker::LineMaker;
use super::month_days::MonthDays;
use super::other_cost::PlannedCost;
use super::over_limit::{LeftOfLimits, rest};
use super::planned::{Plan, PlannedStep, PlannedWorkload};
use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::CostPer;
use crate::figure::Figure;
use crate::fraction;
use crate::money::AmountTooLarge;
use crate::reason::{Budgeting, Reason};

/// What a month comes to.
#[derive(Debug, Default)]
pub(super) struct MadeMonth {
    /// The rows, by workload and route.
    pub lines: Vec<ForecastLine>,
    /// What stands in the way, each with the place of its workload.
    pub findings: Vec<(usize, FindingKind, Reason)>,
    /// The places of the workloads of which nothing is wanted.
    pub not_planned: Vec<usize>,
}

/// A workload of which a month cannot be made, by its place: an amount in it is too large to be kept exact.
#[derive(Debug)]
pub(super) struct TooLargeFor(pub usize);

impl Plan {
    /// The months in order.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let start = self.start;
        (0..self.months).map(move |index| start.plus(index))
    }

    /// Makes a month. It depends on nothing but the plan, so that it can be made as often as it is asked for.
    pub(super) fn month(&self, month: Month) -> Result<MadeMonth, TooLargeFor> {
        let days = MonthDays::of(month, self.today);
        let mut made = MadeMonth::default();
        let mut left = LeftOfLimits::of(self, month);
        made.lines.reserve(self.workloads.len() + self.seats.len() + self.other_costs.len());
        for (at, workload) in self.workloads.iter().enumerate() {
            let wanted = workload.wanted.in_month(self.start, month);
            if wanted == Figure::Exact(0) {
                made.not_planned.push(at);
                continue;
            }
            let lines = of_workload(workload, days, &wanted, &left);
            let (lines, findings) = lines.map_err(|_| TooLargeFor(at))?;
            left.spend(&lines).map_err(|_| TooLargeFor(at))?;
            made.lines.extend(lines);
            made.findings.extend(findings.into_iter().map(|(kind, why)| (at, kind, why)));
        }
        made.lines.extend(self.beside_workloads(days));
        Ok(made)
    }

    /// The rows of a month that are of no workload: seats, then costs of the whole budget.
    pub(super) fn beside_workloads(&self, days: MonthDays) -> impl Iterator<Item = ForecastLine> {
        let seats = self.seats.iter().filter_map(move |seats| seats.line(days));
        let costs = self.other_costs.iter().filter(move |cost| cost.is_in(days.month));
        let of_budget = move |cost: &PlannedCost| cost.line(days.month, Figure::Exact(cost.amount));
        seats.chain(costs.map(of_budget))
    }
}

type Findings = Vec<(FindingKind, Reason)>;

/// A row for each route of a workload, and for each of its other costs.
fn of_workload(
    workload: &PlannedWorkload,
    days: MonthDays,
    wanted: &Figure<u64>,
    left: &LeftOfLimits,
) -> Result<(Vec<ForecastLine>, Findings), AmountTooLarge> {
    let mut maker = LineMaker::new(workload, days);
    for step in &workload.steps {
        add_step(&mut maker, step, wanted, left)?;
    }
    let LineMaker { mut lines, mut findings, .. } = maker;
    set_shortfall(&mut lines, wanted)?;
    if let Some(maximum) = workload.maximum
        && lines.iter().any(|line| line.shortfall.low() > Decimal::ZERO)
    {
        findings.push((FindingKind::Shortfall, Budgeting::GivenUp(maximum).into()));
    }
    let others = with_work(workload, days.month, &lines)?;
    lines.extend(others);
    Ok((lines, findings))
}

/// Adds what a step does on its first route, and what the fallback does for the rest.
fn add_step(
    maker: &mut LineMaker,
    step: &PlannedStep,
    wanted: &Figure<u64>,
    left: &LeftOfLimits,
) -> Result<(), AmountTooLarge> {
    let images =
        wanted.try_map(|images| images.checked_mul(step.per_accepted).ok_or(AmountTooLarge))?;
    let kept = left.kept(step, maker, &images)?;
    maker.add(&step.first, &kept)?;
    if let Some(fallback) = &step.sent_on {
        maker.add(fallback, &kept)?;
    }
    if let Some(fallback) = &step.over_limit {
        let rest = rest(&images, &kept);
        if rest != Figure::Exact(0) {
            maker.add(fallback, &rest)?;
        }
    }
    Ok(())
}

/// Sets what is wanted and not accepted, on the row of the first route.
fn set_shortfall(lines: &mut [ForecastLine], wanted: &Figure<u64>) -> Result<(), AmountTooLarge> {
    let mut accepted = Figure::Exact(Decimal::ZERO);
    for line in lines.iter() {
        accepted = add(&accepted, &line.accepted)?;
    }
    let Some(first) = lines.first_mut() else { return Ok(()) };
    let less =
        |wanted: u64, accepted: Decimal| (Decimal::from(wanted) - accepted).max(Decimal::ZERO);
    let reasons = wanted.reasons().clone();
    let low = less(wanted.low(), accepted.low());
    first.wanted = wanted.clone();
    first.shortfall = match (wanted.high(), accepted.high()) {
        // A volume that is a range and served in full has no shortfall, whichever it is.
        (Some(most), Some(high)) if low.is_zero() && less(most, high).is_zero() => {
            Figure::Exact(Decimal::ZERO)
        }
        (Some(wanted), Some(accepted)) if reasons.is_empty() => {
            Figure::Exact(less(wanted, accepted))
        }
        (Some(most), Some(high)) => {
            let expected = wanted.expected().zip(accepted.expected()).map(|(a, b)| less(a, b));
            Figure::Range { low, expected, high: less(most, high), reasons }
        }
        _ => Figure::Unknown { at_least: low, reasons },
    };
    Ok(())
}

/// The other costs that come with a workload in a month.
fn with_work(
    workload: &PlannedWorkload,
    month: Month,
    lines: &[ForecastLine],
) -> Result<Vec<ForecastLine>, AmountTooLarge> {
    let sum = |of: fn(&ForecastLine) -> &Figure<Decimal>| {
        lines.iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, line| add(&sum, of(line)))
    };
    let of_cost = |cost: &PlannedCost| {
        let times = match cost.per {
            CostPer::Month => Figure::Exact(Decimal::ONE),
            CostPer::AcceptedImage => sum(|line| &line.accepted)?,
            CostPer::Attempt => sum(|line| &line.attempts)?,
        };
        let each = fraction::from_decimal(cost.amount);
        let amount = times.try_map(|times| fraction::to_add_up(times, 1, &each))?;
        Ok(cost.line(month, amount))
    };
    workload.other_costs.iter().filter(|cost| cost.is_in(month)).map(of_cost).collect()
}
