//! The spread of a month against its limit, in characters that every terminal, file and document shows.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::budget::simulate::Percentiles;

/// How many characters a line has.
const WIDTH: usize = 32;

/// The amount at the right end of every line: the dearest 90th percentile, or a limit that is not far off.
pub(super) fn scale<'a>(
    months: impl Iterator<Item = &'a Percentiles>,
    limit: Option<Decimal>,
) -> Decimal {
    let most = months.map(|month| month.p90).max().unwrap_or_default();
    match limit {
        Some(limit) if limit > most && limit <= most * Decimal::TWO => limit,
        _ => most,
    }
}

/// One line: `....---o----..!.` from the 10th percentile over the median to the 90th, and the limit.
pub(super) fn line(month: &Percentiles, limit: Option<Decimal>, scale: Decimal) -> String {
    let place = |amount: Decimal| {
        let share = (amount * Decimal::from(WIDTH)).checked_div(scale).unwrap_or_default();
        share.floor().to_usize().unwrap_or(WIDTH).min(WIDTH)
    };
    let mut line = vec!['.'; WIDTH + 1];
    let (from, middle, to) = (place(month.p10), place(month.p50), place(month.p90));
    line[from..=to].fill('-');
    line[middle] = 'o';
    if let Some(limit) = limit.filter(|limit| *limit <= scale) {
        line[place(limit)] = '!';
    }
    line.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_hand() {
        // 8, 16 and 24 of 32 are the 8th, 16th and 24th of 32 characters; the limit of 28 the 28th.
        let [p10, p50, p80, p90, p95, mean] = [8, 16, 20, 24, 26, 16].map(Decimal::from);
        let month = Percentiles { p10, p50, p80, p90, p95, mean };
        let limit = Some(Decimal::from(28));
        assert_eq!(line(&month, limit, Decimal::from(32)), "........--------o--------...!....");
        assert_eq!(scale([month].iter(), limit), Decimal::from(28));
        assert_eq!(scale([month].iter(), Some(Decimal::from(100))), Decimal::from(24));
        let zero = Decimal::ZERO;
        let nothing = Percentiles { p10: zero, p50: zero, p80: zero, p90: zero, p95: zero, mean };
        assert!(line(&nothing, None, Decimal::ZERO).starts_with("o."));
    }
}
