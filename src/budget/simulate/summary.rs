//! What runs come to: percentiles, the risk of each limit, and where the spread comes from.

use num_bigint::BigInt;
use rust_decimal::Decimal;

use super::Settings;
use super::plan::Plan;
use super::run::Drawn;
use super::runs::{AllCosts, Runs};
use crate::budget::forecast::Forecast;
use crate::budget::limit::Scope;
use crate::budget::month::Month;
use crate::budget::period::{Period, Unit};
use crate::budget::workload::Budget;
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge, WholeRounding};

/// The most runs with one source alone: the share of a source is then known to about 3% of itself.
pub const RUNS_OF_A_SOURCE: usize = 2_000;

/// What the runs came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostDistribution {
    /// All months together.
    pub total: Percentiles,
    /// Month by month.
    pub months: Vec<(Month, Percentiles)>,
    /// How often each limit is exceeded.
    pub limits: Vec<LimitRisk>,
    /// How much of the spread of the total comes from each source alone; empty if there is none.
    pub sources: Vec<SpreadShare>,
}

/// Costs in US dollars: a tenth of the runs costs at most `p10`, half of them `p50`, nine tenths `p90`; so an amount of `p80`,
/// `p90` or `p95` is safe in 80, 90 or 95% of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentiles {
    /// The 10th percentile.
    pub p10: Decimal,
    /// The 50th percentile.
    pub p50: Decimal,
    /// The 80th percentile.
    pub p80: Decimal,
    /// The 90th percentile.
    pub p90: Decimal,
    /// The 95th percentile.
    pub p95: Decimal,
    /// The mean.
    pub mean: Decimal,
}

/// How often a limit is exceeded. The margin of the budget is not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRisk {
    /// Whose cost.
    pub scope: Scope,
    /// What it is for.
    pub span: LimitSpan,
    /// US dollars.
    pub limit: Decimal,
    /// The share of runs above it.
    pub exceeded: Decimal,
    /// Whether something that it holds for is not made, so that the share is the least that it can be.
    pub at_least: bool,
}

/// What a limit is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSpan {
    /// A month, a quarter, a fiscal year or all months.
    Period(Period),
    /// Any month.
    AnyMonth,
}

/// Where spread comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Source {
    /// The images wanted.
    Volume,
    /// How attempts turn out on average.
    Rates,
    /// Who pays for attempts that deliver nothing.
    Terms,
    /// How attempts turn out one by one.
    Chance,
}

impl Source {
    /// Every source.
    pub const ALL: [Source; 4] = [Source::Volume, Source::Rates, Source::Terms, Source::Chance];

    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Volume => "volume",
            Source::Rates => "rates",
            Source::Terms => "terms not stated",
            Source::Chance => "chance",
        }
    }

    fn alone(self) -> Drawn {
        match self {
            Source::Volume => Drawn { volume: true, ..Drawn::NONE },
            Source::Rates => Drawn { rates: true, ..Drawn::NONE },
            Source::Terms => Drawn { terms: true, ..Drawn::NONE },
            Source::Chance => Drawn { chance: true, ..Drawn::NONE },
        }
    }
}

/// The variance with one source alone, as a share of the variance with all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpreadShare {
    /// The source.
    pub source: Source,
    /// The share. The shares need not add up to 1: sources work on each other.
    pub share: Decimal,
}

pub(super) fn distribution(
    budget: &Budget,
    written: &Forecast,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<CostDistribution, AmountTooLarge> {
    let number = usize::try_from(settings.runs).map_err(|_| AmountTooLarge)?;
    let runs = Runs { plan, seed: settings.seed, drawn: Drawn::ALL };
    let mut all = runs.all(number, settings.threads, progress);
    let limits = limits(budget, written, &all, settings.runs)?;
    let sources = sources(runs, settings.threads, &all.totals)?;
    let months = budget.months().enumerate();
    let months = months.map(|(index, month)| Ok((month, percentiles(&mut all.month(index))?)));
    Ok(CostDistribution {
        months: months.collect::<Result<_, AmountTooLarge>>()?,
        total: percentiles(&mut all.totals)?,
        limits,
        sources,
    })
}

/// By the nearest rank: the 10th percentile of 1,000 costs is the 100th from below.
fn percentiles(costs: &mut [i128]) -> Result<Percentiles, AmountTooLarge> {
    let many = costs.len() as i128;
    if many == 0 {
        return Err(AmountTooLarge);
    }
    let sum = costs.iter().map(|cost| BigInt::from(*cost)).sum::<BigInt>();
    let mean = money::whole_of_fraction(&sum, &BigInt::from(many), WholeRounding::HalfEven);
    let mut at = |percent: usize| {
        let rank = (costs.len() * percent).div_ceil(100).max(1);
        let (_, cost, _) = costs.select_nth_unstable(rank - 1);
        money::from_units(*cost)
    };
    Ok(Percentiles {
        p10: at(10)?,
        p50: at(50)?,
        p80: at(80)?,
        p90: at(90)?,
        p95: at(95)?,
        mean: money::from_units(i128::try_from(mean).map_err(|_| AmountTooLarge)?)?,
    })
}

fn limits(
    budget: &Budget,
    written: &Forecast,
    all: &AllCosts,
    runs: u64,
) -> Result<Vec<LimitRisk>, AmountTooLarge> {
    let mut risks = Vec::new();
    let is_short = written.made().is_short();
    let short = || written.rows().filter(|row| row.made.is_short());
    let short: Vec<_> = is_short.then(short).into_iter().flatten().collect();
    for (limit, exceeded) in budget.limits.iter().zip(&all.exceeded) {
        let mut add = |span: LimitSpan, most: Decimal, above: u64| {
            let share = money::quotient(Decimal::from(above), Decimal::from(runs))?;
            let at_least = short.iter().any(|row| {
                let is_in = match span {
                    LimitSpan::Period(period) => budget.period(period.unit(), row.month) == period,
                    LimitSpan::AnyMonth => true,
                };
                row.is_in(&limit.scope) && is_in
            });
            risks.push(LimitRisk {
                scope: limit.scope.clone(),
                span,
                limit: most,
                exceeded: share,
                at_least,
            });
            Ok::<_, AmountTooLarge>(())
        };
        // What is limited month by month is answered once for any of them, after the months.
        let mut months = None;
        for ((held, most), above) in budget.held(limit).zip(&exceeded.periods) {
            if held.period.unit() == Unit::Month {
                months = months.or(limit.per_month).or(Some(most));
            } else if let Some(most) = months.take() {
                add(LimitSpan::AnyMonth, most, exceeded.any_month)?;
            }
            add(LimitSpan::Period(held.period), most, *above)?;
        }
        if let Some(most) = months {
            add(LimitSpan::AnyMonth, most, exceeded.any_month)?;
        }
    }
    Ok(risks)
}

/// The variance of the first runs with one source alone, as a share of that of the same runs with all of them.
fn sources(
    runs: Runs,
    threads: usize,
    totals: &[i128],
) -> Result<Vec<SpreadShare>, AmountTooLarge> {
    let number = totals.len().min(RUNS_OF_A_SOURCE);
    let whole = variance(&totals[..number]);
    if whole == Fraction::from_integer(0.into()) {
        return Ok(Vec::new());
    }
    let mut shares = Vec::new();
    for source in Source::ALL {
        let alone = Runs { drawn: source.alone(), ..runs }.all(number, threads, &|_| {});
        let share = fraction::to_decimal(&(variance(&alone.totals) / &whole))?;
        shares.push(SpreadShare { source, share });
    }
    Ok(shares)
}

/// The variance of costs: a whole number over a whole number, so that it is the same everywhere.
fn variance(costs: &[i128]) -> Fraction {
    let number = BigInt::from(costs.len());
    let about = costs.first().copied().unwrap_or(0);
    let (mut sum, mut squares) = (BigInt::from(0), BigInt::from(0));
    for cost in costs {
        let off = BigInt::from(cost - about);
        squares += &off * &off;
        sum += off;
    }
    if costs.is_empty() {
        return Fraction::from_integer(0.into());
    }
    Fraction::new(&number * squares - &sum * &sum, &number * &number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_the_nearest_rank() {
        // 1 to 20 units: the 10th percentile is the 2nd, the 50th the 10th, then the 16th, the 18th and the 19th; the mean
        // is 10.5, to even 10.
        let mut costs: Vec<i128> = (1..=20).rev().collect();
        let found = percentiles(&mut costs).expect("fits");
        let units = |cost| money::in_units(cost).expect("fits");
        let all = [found.p10, found.p50, found.p80, found.p90, found.p95, found.mean];
        assert_eq!(all.map(units), [2, 10, 16, 18, 19, 10]);
        let one = percentiles(&mut [7]).expect("fits");
        assert_eq!((units(one.p10), units(one.p90)), (7, 7));
    }

    #[test]
    fn variance_by_hand() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, variance 4.
        assert_eq!(variance(&[2, 4, 4, 4, 5, 5, 7, 9]), Fraction::from_integer(4.into()));
    }
}
