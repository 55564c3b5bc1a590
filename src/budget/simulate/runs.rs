//! Many runs on several threads, whose results do not depend on how they were shared out.

use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

use super::plan::{LimitPlan, Plan};
use super::run::{Costs, Drawn, run};

/// Runs that one thread takes at a time.
const BLOCK: usize = 256;

/// What all runs cost.
pub(super) struct AllCosts {
    /// The costs of all months of each run, run by run.
    pub totals: Vec<i128>,
    /// The costs of each month, month after month of one run after another.
    months: Vec<i128>,
    /// How many runs exceed each limit.
    pub exceeded: Vec<Exceeded>,
}

/// How many runs exceed a limit.
#[derive(Debug, Clone, Default)]
pub(super) struct Exceeded {
    /// In each period, in the order of the plan's.
    pub periods: Vec<u64>,
    /// In any month that is limited by itself.
    pub any_month: u64,
}

/// What is run, and from where its random numbers start.
#[derive(Clone, Copy)]
pub(super) struct Runs<'a> {
    pub plan: &'a Plan,
    pub seed: u64,
    pub drawn: Drawn,
}

/// Some runs in a row, with the places for what they cost.
struct Block<'a> {
    first: u64,
    totals: &'a mut [i128],
    months: &'a mut [i128],
}

impl Runs<'_> {
    /// So many runs, in blocks that threads take as they come to them: each run has its own place and its own draws, so
    /// that it matters to no figure which thread does it. A thread that the machine does not start is done without.
    pub(super) fn all(
        self,
        number: usize,
        threads: usize,
        progress: &(dyn Fn(u64) + Sync),
    ) -> AllCosts {
        let plan = self.plan;
        let mut totals = vec![0; number];
        let mut months = vec![0; number * plan.months];
        let places = totals.chunks_mut(BLOCK).zip(months.chunks_mut(BLOCK * plan.months));
        let blocks = places.enumerate().map(|(index, (totals, months))| Block {
            first: (index * BLOCK) as u64,
            totals,
            months,
        });
        let blocks = Mutex::new(blocks);
        let next = || blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            let mut exceeded = none_exceeded(plan);
            while let Some(block) = next() {
                let done = block.totals.len() as u64;
                self.run(block, &mut exceeded);
                progress(done);
            }
            exceeded
        };
        let exceeded = std::thread::scope(|scope| {
            let more = (1..threads).map_while(|_| Builder::new().spawn_scoped(scope, work).ok());
            let more: Vec<_> = more.collect();
            let mut exceeded = work();
            for thread in more {
                let part = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                exceeded.iter_mut().zip(part).for_each(|(all, part)| all.add(part));
            }
            exceeded
        });
        AllCosts { totals, months, exceeded }
    }

    fn run(self, block: Block, exceeded: &mut [Exceeded]) {
        let months = block.months.chunks_mut(self.plan.months);
        for (number, (total, months)) in (block.first..).zip(block.totals.iter_mut().zip(months)) {
            let costs = run(self.plan, self.seed, number, self.drawn);
            *total = costs.months.iter().sum();
            months.copy_from_slice(&costs.months);
            count(self.plan, &costs, exceeded);
        }
    }
}

impl AllCosts {
    /// The costs of a month, run by run.
    pub(super) fn month(&self, index: usize) -> Vec<i128> {
        let months = self.months.len() / self.totals.len().max(1);
        self.months.iter().skip(index).step_by(months.max(1)).copied().collect()
    }
}

impl Exceeded {
    fn add(&mut self, more: Exceeded) {
        self.periods.iter_mut().zip(more.periods).for_each(|(sum, more)| *sum += more);
        self.any_month += more.any_month;
    }
}

fn none_exceeded(plan: &Plan) -> Vec<Exceeded> {
    let none = |limit: &LimitPlan| Exceeded { periods: vec![0; limit.periods.len()], any_month: 0 };
    plan.limits.iter().map(none).collect()
}

fn count(plan: &Plan, costs: &Costs, exceeded: &mut [Exceeded]) {
    for ((limit, costs), exceeded) in plan.limits.iter().zip(&costs.limits).zip(exceeded) {
        let mut any_month = false;
        for (period, sum) in limit.periods.iter().zip(&mut exceeded.periods) {
            let is_above = costs[period.months.clone()].iter().sum::<i128>() > period.most;
            *sum += u64::from(is_above);
            any_month |= is_above && period.is_month;
        }
        exceeded.any_month += u64::from(any_month);
    }
}
