//! How safe an amount is: in which share of the runs a budget costs more, and which amount is safe in a share of them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::run::Drawn;
use super::runs::Runs;
use super::{Drawable, Refused, Settings, drawable};
use crate::budget::workload::Budget;
use crate::catalog::Catalog;
use crate::money::{self, AmountTooLarge};

/// How many runs are drawn where nobody says otherwise.
pub const RUNS: u64 = 10_000;
/// What their random numbers start from.
pub const SEED: u64 = 1;
/// The most workloads times months of which a forecast asks by itself how safe its amount is; of more, that would take longer
/// than the forecast.
pub const MOST_CELLS: u64 = 100;

/// What a budget costs in many runs.
#[derive(Debug, Clone)]
pub struct Safety {
    /// How many runs there were, at each end of what is open.
    pub runs: u64,
    /// What a run costs in all, in ascending order; of two ends of what is open each by itself.
    ends: Vec<Vec<i128>>,
}

/// Draws a budget, knowing what is known `today`, in the runs that `simulate` draws with the same settings.
///
/// # Errors
/// Why it cannot be drawn, [`Refused::NoSpread`] where nothing in it is uncertain.
pub fn safety(
    catalog: &Catalog,
    budget: &Budget,
    settings: Settings,
    today: NaiveDate,
) -> Result<Safety, Refused> {
    let Drawable { plans, .. } = drawable(catalog, budget, settings.runs, today)?;
    let number = usize::try_from(settings.runs).map_err(|_| AmountTooLarge)?;
    let of_plan = |plan| {
        let runs = Runs { plan, seed: settings.seed, drawn: Drawn::ALL };
        let mut totals = runs.all(number, settings.threads, &|_| {}).totals;
        totals.sort_unstable();
        totals
    };
    Ok(Safety { runs: settings.runs, ends: plans.iter().map(of_plan).collect() })
}

impl Safety {
    /// The share of the runs that cost more than an amount in US dollars, at the dearest end of what is open.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the amount is beyond what runs are counted in.
    pub fn exceeded(&self, amount: Decimal) -> Result<Decimal, AmountTooLarge> {
        let most = money::in_units(amount)?;
        let above = |totals: &Vec<i128>| totals.len() - totals.partition_point(|it| *it <= most);
        let above = self.ends.iter().map(above).max().unwrap_or_default();
        money::quotient(Decimal::from(above), Decimal::from(self.runs))
    }

    /// The least amount, in US dollars, that so large a share of the runs does not exceed, at the dearest end of what is
    /// open: the cost of the run at that rank, by the nearest rank.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the amount cannot be kept.
    pub fn amount(&self, share: Decimal) -> Result<Decimal, AmountTooLarge> {
        let rank = (share * Decimal::from(self.runs)).ceil().to_usize().ok_or(AmountTooLarge)?;
        let at = |totals: &Vec<i128>| totals.get(rank.max(1) - 1).copied();
        let cost = self.ends.iter().filter_map(at).max().ok_or(AmountTooLarge)?;
        money::from_units(cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_and_its_share_by_hand() {
        // 1 to 10 units, and at the other end of what is open 2 to 20: 90% of ten runs are nine, the ninth of which costs 18;
        // of the two ends 18 is exceeded by one run of ten, 17 by two.
        let ends = vec![(1..=10).collect(), (1..=10).map(|it| 2 * it).collect()];
        let found = Safety { runs: 10, ends };
        let unit = |units: i128| money::from_units(units).expect("fits");
        assert_eq!(found.amount(Decimal::new(9, 1)), Ok(unit(18)));
        assert_eq!(found.amount(Decimal::new(81, 2)), Ok(unit(18)), "no rank between two runs");
        assert_eq!(found.exceeded(unit(18)), Ok(Decimal::new(1, 1)));
        assert_eq!(found.exceeded(unit(17)), Ok(Decimal::new(2, 1)));
    }
}
