//! One run: every uncertain input drawn once, then attempts by chance, summed up in whole units of money.

use super::draw::Draws;
use super::plan::{Cell, MonthPlan, Plan, StepPlan, WorkloadPlan};
use super::quantile::{binomial, failures_before, triangular, whole};
use super::rates;
use crate::budget::workload::CostPer;

/// The most attempts that an image takes in the mean, whatever rates are drawn: else counts would not end.
pub(super) const MOST_ATTEMPTS_EACH: u64 = 1_000_000;
const LEAST: f64 = 1.0 / MOST_ATTEMPTS_EACH as f64;

/// Which inputs are drawn; the others stand at what is stated or to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    pub volume: bool,
    pub rates: bool,
    pub terms: bool,
    pub chance: bool,
}

impl Drawn {
    pub(super) const ALL: Drawn = Drawn { volume: true, rates: true, terms: true, chance: true };
    pub(super) const NONE: Drawn =
        Drawn { volume: false, rates: false, terms: false, chance: false };
}

/// The costs of a run in whole units: all of each month, then for each limit what it holds for.
pub(super) struct Costs {
    pub months: Vec<i128>,
    pub limits: Vec<Vec<i128>>,
}

/// What is drawn once for a workload.
struct Inputs {
    volume: f64,
    rates: [f64; 4],
    charges: [usize; 3],
}

/// How an attempt ends.
struct Odds {
    accepted: f64,
    undelivered: [f64; 3],
}

/// What came of some images on one route.
#[derive(Default)]
struct Counts {
    attempts: u64,
    accepted: u64,
    sent_on: u64,
    undelivered: [u64; 3],
}

/// Runs a plan once.
pub(super) fn run(plan: &Plan, seed: u64, number: u64, drawn: Drawn) -> Costs {
    let [mut inputs, mut chances] = Draws::of_run(seed, number);
    let volumes: Vec<f64> = plan.workloads.iter().map(|_| inputs.share()).collect();
    let mut costs = Costs {
        months: plan.fixed.clone(),
        limits: plan.limits.iter().map(|limit| limit.fixed.clone()).collect(),
    };
    for (workload, volume) in plan.workloads.iter().zip(volumes) {
        let inputs = draw_inputs(workload, volume, &mut inputs, drawn);
        Work { workload, inputs, drawn, chances: &mut chances, parts: 1 }.add_to(&mut costs);
    }
    costs
}

fn draw_inputs(workload: &WorkloadPlan, volume: f64, draws: &mut Draws, drawn: Drawn) -> Inputs {
    // All inputs are drawn in every run, so that the same run with one source alone meets the same numbers.
    let value = rates::drawn(workload.rates, workload.spreads, LEAST, draws);
    let rates = if drawn.rates { value } else { workload.rates };
    let charges = [0, 1, 2].map(|index| {
        let up_to = &workload.charges[index];
        let share = draws.share();
        let place = up_to.iter().position(|up_to| share < *up_to);
        match (up_to.len(), drawn.terms) {
            (0, _) => 0,
            (some, true) => place.unwrap_or(some - 1),
            // The average stands behind the charges.
            (some, false) => some,
        }
    });
    Inputs { volume, rates, charges }
}

/// A workload in a run.
struct Work<'a> {
    workload: &'a WorkloadPlan,
    inputs: Inputs,
    drawn: Drawn,
    chances: &'a mut Draws,
    /// In how many parts an image is counted.
    parts: u64,
}

/// Without chance an image is counted in thousandths where there are few: rounded to whole images, the
/// steps of a small volume would pass for a spread.
const PARTS: u64 = 1_000;
/// As many images as are not few.
const FEW: f64 = 1e6;

impl Work<'_> {
    fn add_to(mut self, costs: &mut Costs) {
        let odds: Vec<Odds> = self.workload.steps.iter().map(|step| self.odds(step)).collect();
        for month in 0..costs.months.len() {
            let Some([low, mode, high]) = self.workload.volumes[month] else { continue };
            let wanted = match self.drawn.volume {
                true => whole(triangular(low, mode, high, self.inputs.volume)),
                false => whole(mode),
            };
            self.parts = if self.drawn.chance || high >= FEW { 1 } else { PARTS };
            let wanted = wanted * self.parts;
            let (mut attempts, mut accepted) = (0, 0);
            for (step, odds) in self.workload.steps.iter().zip(&odds) {
                let counts = self.step(step, odds, month, wanted * step.per_accepted, costs);
                attempts += counts.attempts;
                accepted = counts.accepted;
            }
            for other in self.workload.others.iter().filter(|it| it.months.contains(&month)) {
                let times = match other.per {
                    CostPer::Month => self.parts,
                    CostPer::AcceptedImage => accepted,
                    CostPer::Attempt => attempts,
                };
                let cost = other.amount * i128::from(times) / i128::from(self.parts);
                costs.add(month, cost, &other.limits);
            }
        }
    }

    /// The odds of a step. What is drawn for the last step holds in proportion for the others.
    fn odds(&self, step: &StepPlan) -> Odds {
        let mut undelivered = [0.0; 3];
        for (index, share) in undelivered.iter_mut().enumerate() {
            let (stated, drawn) = (self.workload.rates[index + 1], self.inputs.rates[index + 1]);
            let own = step.rates[index + 1];
            *share = if stated > 0.0 { own * drawn / stated } else { own.max(drawn) };
        }
        let sum: f64 = undelivered.iter().sum();
        let acceptance = if step.is_last { self.inputs.rates[0] } else { step.rates[0] };
        let acceptance = acceptance.max(LEAST);
        // What is drawn leaves enough; what is put in proportion for another step may not.
        let most = 1.0 - LEAST / acceptance;
        if sum > most {
            undelivered.iter_mut().for_each(|share| *share *= most / sum);
        }
        Odds { accepted: (1.0 - sum.min(most)) * acceptance, undelivered }
    }

    /// One step of a month on its routes: attempts of both, accepted images of both.
    fn step(
        &mut self,
        step: &StepPlan,
        odds: &Odds,
        month: usize,
        images: u64,
        costs: &mut Costs,
    ) -> Counts {
        let MonthPlan { days, first, fallback } = &step.months[month];
        let mut all = Counts::default();
        let mut sent_on = 0;
        for (cell, images) in over_days(first, *days, images) {
            let counts = self.leg(step, odds, step.sent, images);
            // Where nothing is made, nothing is sent on either: the forecast has it so.
            if self.pay(cell, month, &counts, costs) {
                sent_on += counts.sent_on;
                all.attempts += counts.attempts;
                all.accepted += counts.accepted;
            }
        }
        for (cell, images) in over_days(fallback, *days, sent_on) {
            let counts = self.leg(step, odds, [false; 3], images);
            if self.pay(cell, month, &counts, costs) {
                all.attempts += counts.attempts;
                all.accepted += counts.accepted;
            }
        }
        all
    }

    /// Books what attempts cost; `false` where nothing is made.
    fn pay(&self, cell: &Cell, month: usize, counts: &Counts, costs: &mut Costs) -> bool {
        let Some(unit) = &cell.unit else { return false };
        let missed: u64 = counts.undelivered.iter().sum();
        let mut cost = unit.delivered * i128::from(counts.attempts - missed);
        for (index, missed) in counts.undelivered.into_iter().enumerate() {
            let by_charge = &unit.undelivered[index];
            // A share that cannot happen has one charge, of nothing.
            let charge = by_charge.get(self.inputs.charges[index]).or(by_charge.first());
            cost += charge.copied().unwrap_or(0) * i128::from(missed);
        }
        costs.add(month, cost / i128::from(self.parts), &cell.limits);
        true
    }

    /// What comes of so many images on a route. It takes the same draws whatever their number.
    fn leg(&mut self, step: &StepPlan, odds: &Odds, sent: [bool; 3], images: u64) -> Counts {
        let sent_odds: f64 =
            (0..3).filter(|index| sent[*index]).map(|index| odds.undelivered[index]).sum();
        let end = (odds.accepted + sent_odds).min(1.0);
        let (attempts, ended) = match step.maximum {
            None => (images + self.failures(images, end), images),
            Some(maximum) => self.up_to(maximum, images, end),
        };
        let mut counts = Counts { attempts, accepted: ended, ..Counts::default() };
        if sent.contains(&true) {
            counts.accepted = self.among(ended, odds.accepted / end);
        }
        counts.sent_on = ended - counts.accepted;
        // What is tried again was rejected or one of the others; what is sent on is one of those that send.
        let (mut again, mut again_odds) = (attempts - ended, 1.0 - end);
        let (mut left, mut left_odds) = (counts.sent_on, sent_odds);
        for index in (0..3).filter(|index| step.present[*index]) {
            let (rest, rest_odds) = match sent[index] {
                true => (&mut left, &mut left_odds),
                false => (&mut again, &mut again_odds),
            };
            let own = odds.undelivered[index];
            let share = if *rest_odds > 0.0 { (own / *rest_odds).min(1.0) } else { 0.0 };
            let last_that_sends = sent[index] && !sent[index + 1..].contains(&true);
            let drawn = self.among(*rest, share);
            let found = if last_that_sends { *rest } else { drawn };
            counts.undelivered[index] = found;
            *rest -= found;
            *rest_odds -= own;
        }
        counts
    }

    /// Attempts and images that end where each is given up after so many attempts.
    fn up_to(&mut self, maximum: u32, images: u64, end: f64) -> (u64, u64) {
        let (mut attempts, mut left) = (0, images);
        for _ in 0..maximum {
            attempts += left;
            left -= self.among(left, end);
        }
        (attempts, images - left)
    }

    fn among(&mut self, trials: u64, share: f64) -> u64 {
        let chance = self.chances.share();
        match self.drawn.chance {
            true => binomial(trials, share, chance),
            false => whole(trials as f64 * share).min(trials),
        }
    }

    fn failures(&mut self, successes: u64, share: f64) -> u64 {
        let chance = self.chances.share();
        match self.drawn.chance {
            true => failures_before(successes, share, chance),
            false => whole(successes as f64 * (1.0 - share) / share),
        }
    }
}

impl Costs {
    fn add(&mut self, month: usize, cost: i128, limits: &[usize]) {
        self.months[month] += cost;
        for limit in limits {
            self.limits[*limit][month] += cost;
        }
    }
}

/// Whole images over the stretches of a month, in proportion to their days.
fn over_days(cells: &[Cell], days: u64, images: u64) -> impl Iterator<Item = (&Cell, u64)> {
    let up_to = move |day: u64| (u128::from(images) * u128::from(day) / u128::from(days)) as u64;
    let mut day = 0;
    cells.iter().map(move |cell| {
        let before = up_to(day);
        day += cell.days;
        (cell, up_to(day) - before)
    })
}
