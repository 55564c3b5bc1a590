//! Whether a spreadsheet, which counts in doubles, comes to the same whole images as the forecast.

use rust_decimal::Decimal;

use crate::budget::{ForecastLine, Month, Volume, Workload};
use crate::report::workbook::double;

/// Whether the volume of a row is the same in doubles at each of its ends; one that is given for its month is.
pub(super) fn is_kept(workload: &Workload, start: Month, row: &ForecastLine) -> bool {
    let Volume::Growing { first, growth, season } = &workload.volume else { return true };
    let Some(index) = workload.index(start, row.month) else { return false };
    let season = season.factor(row.month).unwrap_or(Decimal::ONE);
    let is_same =
        |first: u64, wanted: u64| grown_to(first.into(), *growth, index, season) == wanted as f64;
    let expected = first.expected.zip(row.wanted.expected());
    is_same(first.low, row.wanted.low())
        && expected.is_none_or(|(first, wanted)| is_same(first, wanted))
        && row.wanted.high().is_some_and(|wanted| is_same(first.high, wanted))
}

/// What a spreadsheet makes of a volume: in doubles, rounded half to even at six places.
fn grown_to(first: Decimal, growth: Decimal, index: u32, season: Decimal) -> f64 {
    let grown = double(first) * (1.0 + double(growth)).powi(index as i32) * double(season);
    let grown = (grown * 1e6).round() / 1e6;
    grown.round_ties_even()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_to_even_as_in_the_forecast() {
        // 50 × 1.03 = 51.5 → 52; 150 × 1.03 = 154.5 → 154.
        let of = |first: u32| grown_to(first.into(), Decimal::new(3, 2), 1, Decimal::ONE);
        assert_eq!((of(50), of(150)), (52.0, 154.0));
    }
}
