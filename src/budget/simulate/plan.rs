//! A budget made ready for runs: everything that does not change from run to run, priced once.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::units::{AttemptPricing, End, Open, Unit};
use crate::attempts::AttemptRates;
use crate::budget::forecast::{
    Costed, Forecast, ForecastLine, PricedStep, PricedWorkload, days_in,
};
use crate::budget::limit::Limit;
use crate::budget::month::Month;
use crate::budget::periods::Held;
use crate::budget::spread::RateSpread;
use crate::budget::workload::{Budget, CostPer, FallbackWhen, OtherCost, Workload};
use crate::fraction;
use crate::money::{self, AmountTooLarge};

/// A budget, ready for runs.
pub(super) struct Plan {
    pub months: usize,
    pub workloads: Vec<WorkloadPlan>,
    /// What each month costs besides workloads.
    pub fixed: Vec<i128>,
    pub limits: Vec<LimitPlan>,
}

/// A limit in whole units.
pub(super) struct LimitPlan {
    /// What of that each month the limit holds for.
    pub fixed: Vec<i128>,
    /// The periods that are limited, in their order.
    pub periods: Vec<PeriodPlan>,
}

/// What is not to be exceeded in a period, in whole units.
pub(super) struct PeriodPlan {
    /// The places of its months.
    pub months: Range<usize>,
    pub is_month: bool,
    pub most: i128,
}

pub(super) struct WorkloadPlan {
    /// The volume of each month: least, likeliest, most; `None` in months without it.
    pub volumes: Vec<Option<[f64; 3]>>,
    /// Acceptance, then failures, time-outs and blocks, as stated for the last step.
    pub rates: [f64; 4],
    pub spreads: [Option<Draw>; 4],
    /// For failures, time-outs and blocks: the share up to which each charge is drawn.
    pub charges: [Vec<f64>; 3],
    pub steps: Vec<StepPlan>,
    pub others: Vec<OtherPlan>,
}

/// How a rate is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Draw {
    /// How often it was met in how many trials.
    Sample { met: f64, of: f64 },
    /// Least and most about the stated one.
    Range(f64, f64),
}

/// Another cost of a workload, in whole units.
#[derive(Debug)]
pub(super) struct OtherPlan {
    pub per: CostPer,
    pub amount: i128,
    /// The places of its months.
    pub months: Range<usize>,
    /// The limits that hold for it.
    pub limits: Vec<usize>,
}

pub(super) struct StepPlan {
    pub per_accepted: u64,
    /// As [`WorkloadPlan::rates`], of this step.
    pub rates: [f64; 4],
    pub is_last: bool,
    pub maximum: Option<u32>,
    /// Which of failures, time-outs and blocks can happen.
    pub present: [bool; 3],
    /// Which of them send an image to the fallback route.
    pub sent: [bool; 3],
    pub months: Vec<MonthPlan>,
}

pub(super) struct MonthPlan {
    pub days: u64,
    pub first: Vec<Cell>,
    pub fallback: Vec<Cell>,
}

/// A stretch of days of a month on a route.
pub(super) struct Cell {
    pub days: u64,
    /// What an attempt costs; `None` where nothing is made.
    pub unit: Option<Unit>,
    /// The limits that hold for it.
    pub limits: Vec<usize>,
}

/// The plan at one end of what is open, and what is open.
pub(super) fn plan(
    budget: &Budget,
    (written, priced): (&Forecast, &[PricedWorkload]),
    end: End,
) -> Result<(Plan, Open), AmountTooLarge> {
    let mut open = Open::default();
    let mut workloads = Vec::new();
    for found in priced {
        workloads.push(workload_plan(budget, found, end, &mut open)?);
    }
    let beside: Vec<_> = budget.months().map(|it| written.rows_beside_workloads(it)).collect();
    for row in beside.iter().flatten().filter(|row| row.cost.high().is_none()) {
        open.unknown.add_all(row.cost_name.as_deref().unwrap_or_default(), row.cost.reasons());
    }
    let fixed = |holds: &dyn Fn(&ForecastLine) -> bool| {
        let of_month = |rows: &Vec<ForecastLine>| {
            rows.iter().filter(|row| holds(row)).try_fold(0, |sum, row| whole(sum, row.cost.low()))
        };
        beside.iter().map(of_month).collect::<Result<Vec<i128>, _>>()
    };
    let period = |(held, amount): (Held, Decimal)| {
        let is_month = held.period.month().is_some();
        Ok(PeriodPlan { months: held.months, is_month, most: money::in_units(amount)? })
    };
    let limit = |limit: &Limit| {
        let fixed = fixed(&|row| row.is_in(&limit.scope))?;
        Ok(LimitPlan { fixed, periods: budget.held(limit).map(period).collect::<Result<_, _>>()? })
    };
    let limits = budget.limits.iter().map(limit).collect::<Result<_, _>>()?;
    let months = budget.months as usize;
    Ok((Plan { months, workloads, fixed: fixed(&|_| true)?, limits }, open))
}

fn workload_plan(
    budget: &Budget,
    priced: &PricedWorkload,
    end: End,
    open: &mut Open,
) -> Result<WorkloadPlan, AmountTooLarge> {
    let workload = priced.workload;
    let last = workload.steps.last().map_or(AttemptRates::ONE_ATTEMPT, |step| step.rates);
    let rates = rates(&last);
    let spreads = workload.spread.rates().map(|(_, spread)| spread);
    let mut drawn = [None; 4];
    for (index, spread) in spreads.into_iter().enumerate() {
        drawn[index] = spread.map(|spread| draw(spread, rates[index]));
    }
    let charges = workload.spread.weights().map(|(_, weights)| {
        let mut sum = 0.0;
        let up_to = |weight: &Decimal| {
            sum += float(*weight);
            sum
        };
        weights.values().map(up_to).collect()
    });
    let mut volumes = Vec::new();
    for month in budget.months() {
        let wanted = priced.wanted(budget, month);
        let ends =
            [wanted.low(), wanted.expected().unwrap_or(wanted.low()), wanted.high().unwrap_or(0)];
        volumes.push((ends[2] > 0).then(|| ends.map(|images| images as f64)));
    }
    let mut steps = Vec::new();
    for (index, step) in priced.steps.iter().enumerate() {
        let is_last = index + 1 == priced.steps.len();
        steps.push(step_plan(budget, workload, step, is_last, end, open)?);
    }
    let others = workload.other_costs.iter().map(|cost| other_plan(budget, workload, cost));
    Ok(WorkloadPlan {
        volumes,
        rates,
        spreads: drawn,
        charges,
        steps,
        others: others.collect::<Result<_, _>>()?,
    })
}

fn step_plan(
    budget: &Budget,
    workload: &Workload,
    priced: &PricedStep,
    is_last: bool,
    end: End,
    open: &mut Open,
) -> Result<StepPlan, AmountTooLarge> {
    let rates = rates(&priced.step.rates);
    let spreads = workload.spread.rates().map(|(_, spread)| spread.is_some());
    let present = [1, 2, 3].map(|index| rates[index] > 0.0 || spreads[index]);
    // In the order of the rates: failures, time-outs, blocks.
    let causes = [FallbackWhen::Failed, FallbackWhen::Timeout, FallbackWhen::Blocked];
    let sends = |cause| workload.fallback.as_ref().is_some_and(|it| it.when.contains(&cause));
    let mut sent = causes.map(sends);
    sent.iter_mut().zip(present).for_each(|(sent, present)| *sent &= present);
    let mut months = Vec::new();
    for month in budget.months() {
        let mut cells = |costed: &[Costed]| {
            let cell = |costed: &Costed| {
                let days = u64::try_from(days_in(&costed.stretch, month)).unwrap_or(0);
                let mut pricing = AttemptPricing { workload, month, end, open };
                cell(budget, costed, days, present, &mut pricing)
            };
            costed.iter().map(cell).filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()
        };
        let first = cells(&priced.on_first)?;
        let fallback = if sent.contains(&true) { cells(&priced.on_fallback)? } else { Vec::new() };
        months.push(MonthPlan { days: u64::from(month.days()), first, fallback });
    }
    Ok(StepPlan {
        per_accepted: priced.step.per_accepted,
        rates,
        is_last,
        maximum: priced.step.rates.maximum(),
        present,
        sent,
        months,
    })
}

/// A stretch in a month; `None` if it has no day of it.
fn cell(
    budget: &Budget,
    costed: &Costed,
    days: u64,
    present: [bool; 3],
    pricing: &mut AttemptPricing,
) -> Result<Option<Cell>, AmountTooLarge> {
    if days == 0 {
        return Ok(None);
    }
    let owner = costed.stretch.route.as_ref().map(|route| route.id.owner.as_str());
    let limits = limits_of(budget, pricing.workload, &pricing.workload.tags, owner);
    let unit = match &costed.stretch.price {
        Ok(estimate) => Some(pricing.unit(estimate, present)?),
        Err(why) => {
            // What is not made is told by the forecast.
            if !why.is_not_made() {
                pricing.open.unknown.add(&pricing.workload.name, why.reason());
            }
            None
        }
    };
    Ok(Some(Cell { days, unit, limits }))
}

fn limits_of(
    budget: &Budget,
    workload: &Workload,
    tags: &BTreeMap<String, String>,
    owner: Option<&str>,
) -> Vec<usize> {
    let concerns =
        |place: &usize| budget.limits[*place].scope.holds_for(&workload.name, tags, owner);
    (0..budget.limits.len()).filter(concerns).collect()
}

fn other_plan(
    budget: &Budget,
    workload: &Workload,
    cost: &OtherCost,
) -> Result<OtherPlan, AmountTooLarge> {
    let mut tags = workload.tags.clone();
    tags.extend(cost.tags.clone());
    let is_in = |month: &Month| month.is_within(cost.from, cost.to);
    let before = budget.months().take_while(|month| !is_in(month)).count();
    let many = budget.months().filter(is_in).count();
    Ok(OtherPlan {
        per: cost.per,
        amount: money::in_units(cost.amount)?,
        months: before..before + many,
        limits: limits_of(budget, workload, &tags, None),
    })
}

fn whole(sum: i128, amount: Decimal) -> Result<i128, AmountTooLarge> {
    sum.checked_add(money::in_units(amount)?).ok_or(AmountTooLarge)
}

/// Acceptance of delivered images, then failures, time-outs and blocks.
fn rates(rates: &AttemptRates) -> [f64; 4] {
    let undelivered = rates.undelivered().map(|(share, ..)| float(share));
    let of_attempts = fraction::to_decimal(&rates.accepted_per_attempt()).unwrap_or(Decimal::ONE);
    let acceptance = match rates.acceptance() {
        Some(share) => float(share),
        None => float(of_attempts) / float(rates.delivered()),
    };
    [acceptance, undelivered[0], undelivered[1], undelivered[2]]
}

fn draw(spread: RateSpread, rate: f64) -> Draw {
    match spread {
        RateSpread::Sample { of } => Draw::Sample { met: rate * of as f64, of: of as f64 },
        RateSpread::Range { low, high } => Draw::Range(float(low), float(high)),
    }
}

/// A share for drawing, by one division that every machine rounds alike.
fn float(share: Decimal) -> f64 {
    let share = share.normalize();
    share.mantissa() as f64 / 10_u128.pow(share.scale()) as f64
}

/// The first month in which a volume is a range without a likeliest number.
pub(super) fn without_likeliest(budget: &Budget, priced: &PricedWorkload) -> Option<Month> {
    budget.months().find(|month| priced.wanted(budget, *month).expected().is_none())
}
