//! What is billed on another day than it was used on: differences of days in a row that make up for each other.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::money::{self, AmountTooLarge};

/// The most days over which differences are followed: those of a month.
const MOST_DAYS: usize = 31;

/// The difference of a day, and by how much it may be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OfDay {
    pub day: NaiveDate,
    pub difference: Decimal,
    pub rounding: Decimal,
}

/// Runs of days, by their places, whose differences come to nothing: what one day lacks, the next ones have. Days are in
/// order, and each is there once.
pub(super) fn runs(days: &[OfDay]) -> Result<Vec<std::ops::RangeInclusive<usize>>, AmountTooLarge> {
    let mut runs = Vec::new();
    let mut from = 0;
    while from < days.len() {
        match run_from(days, from)? {
            Some(to) => {
                runs.push(from..=to);
                from = to + 1;
            }
            None => from += 1,
        }
    }
    Ok(runs)
}

/// Where a run ends that begins here.
fn run_from(days: &[OfDay], from: usize) -> Result<Option<usize>, AmountTooLarge> {
    let first = days[from];
    if first.difference.abs() <= first.rounding {
        return Ok(None);
    }
    let (mut carried, mut rounding) = (first.difference, first.rounding);
    for to in from + 1..days.len().min(from + MOST_DAYS) {
        let [before, day] = [days[to - 1], days[to]];
        if before.day.succ_opt() != Some(day.day) {
            return Ok(None);
        }
        carried = money::add(carried, day.difference)?;
        rounding = money::add(rounding, day.rounding)?;
        if carried.abs() <= rounding {
            return Ok(Some(to));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(differences: &[(u32, i64)]) -> Vec<OfDay> {
        let of_day = |(day, cents): &(u32, i64)| OfDay {
            day: NaiveDate::from_ymd_opt(2026, 10, *day).expect("a day"),
            difference: Decimal::new(*cents, 2),
            rounding: Decimal::ZERO,
        };
        differences.iter().map(of_day).collect()
    }

    #[test]
    fn what_one_day_lacks_the_next_ones_have() {
        // Batch: all of a day is billed on the next one.
        assert_eq!(runs(&days(&[(14, -209), (15, 209)])), Ok(vec![0..=1]));
        // The edge of a time zone: a part of each day is billed on the next one.
        assert_eq!(runs(&days(&[(1, -50), (2, 20), (3, 30), (4, 7)])), Ok(vec![0..=2]));
        // A gap between them, or sums that do not come to nothing.
        assert_eq!(runs(&days(&[(14, -209), (16, 209)])), Ok(vec![]));
        assert_eq!(runs(&days(&[(14, -209), (15, 208)])), Ok(vec![]));
        assert_eq!(runs(&days(&[(13, 5), (14, -209), (15, 209)])), Ok(vec![1..=2]));
    }
}
