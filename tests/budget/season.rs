//! Seasons: months of the year that differ, beside growth.

use imgcost::budget::{Budget, Images, Season, Volume};
use imgcost::figure::Figure;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;

fn posters(volume: Volume) -> imgcost::budget::Workload {
    let mut posters = accepted("posters", poster("gpt-image-2", "high"), 0);
    posters.volume = volume;
    posters
}

fn season(factors: &[(u32, &str)]) -> Season {
    factors.iter().map(|(month, factor)| (*month, dec(factor))).collect()
}

#[test]
fn a_peak_and_a_lull_beside_growth_add_up_by_hand() {
    // 1,000 posters from October on, 1% more each month, ×2.2 in November and ×0.7 in July:
    //   October 1,000; November 1,000 × 1.01 × 2.2 = 2,222; December 1,000 × 1.01² = 1,020.1 → 1,020;
    //   July, nine months on, 1,000 × 1.01⁹ × 0.7 = 765.58 → 766;
    //   the next November 1,000 × 1.01¹³ × 2.2 = 2,503.8 → 2,504.
    let volume = Volume::growing(Images::exactly(1000), dec("0.01"));
    let volume = volume.in_season(season(&[(11, "2.2"), (7, "0.7")]));
    let found = of(&budget("2027-10", 14, vec![posters(volume)]));
    let wanted = |at| rows(&found, "posters", at)[0].wanted.clone();
    for (at, images) in [
        ("2027-10", 1000),
        ("2027-11", 2222),
        ("2027-12", 1020),
        ("2028-07", 766),
        ("2028-11", 2504),
    ] {
        assert_eq!(wanted(at), Figure::Exact(images), "{at}");
    }
    // 2,222 × $0.21105 = $468.9531.
    assert_eq!(cost(&found, "posters", "2027-11"), exact("468.9531"));
}

#[test]
fn a_range_of_volumes_has_the_season_of_each_end() {
    // 100 to 150, of which 120 are expected, × 1.5 in January: 150, 180 and 225.
    let first = Images { low: 100, expected: Some(120), high: 150 };
    let volume = Volume::growing(first, dec("0")).in_season(season(&[(1, "1.5")]));
    let found = of(&budget("2027-01", 1, vec![posters(volume)]));
    let wanted = &rows(&found, "posters", "2027-01")[0].wanted;
    assert_eq!((wanted.low(), wanted.expected(), wanted.high()), (150, Some(180), Some(225)));
}

#[test]
fn a_factor_of_nothing_is_a_month_without_volume() {
    let volume = Volume::constant(1000).in_season(season(&[(2, "0")]));
    let found = of(&budget("2027-01", 3, vec![posters(volume)]));
    assert_eq!(found.not_planned["posters"], [month("2027-02")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn factors_of_one_change_nothing(
        first in 0_u64..5_000,
        growth in -20_i64..30,
        ones in prop::collection::btree_set(1_u32..=12, 0..12),
    ) {
        let plain = Volume::growing(Images::exactly(first), Decimal::new(growth, 2));
        let ones = ones.into_iter().map(|month| (month, Decimal::ONE)).collect();
        let [plain, seasonal] = [plain.clone(), plain.in_season(ones)]
            .map(|volume| of(&budget("2027-01", 14, vec![posters(volume)])));
        prop_assert_eq!(plain.months().expect("fits"), seasonal.months().expect("fits"));
    }

    /// A month's factor is that of no other month, and one factor for the whole year is a first month of so many times
    /// as many.
    #[test]
    fn a_factor_is_of_its_month_alone(
        first in 0_u64..5_000,
        factor in 0_i64..5_000,
        peak in 1_u32..=12,
    ) {
        let of_volume = |volume| of(&Budget { months: 12, ..budget("2027-01", 12, vec![posters(volume)]) });
        let factor = Decimal::new(factor, 3);
        let alone = Volume::constant(first).in_season([(peak, factor)].into_iter().collect());
        let [plain, alone] = [Volume::constant(first), alone].map(of_volume);
        for (index, (plain, alone)) in plain.months().expect("fits").iter().zip(alone.months().expect("fits")).enumerate() {
            prop_assert!(index + 1 == peak as usize || plain == alone, "month {}", index + 1);
        }
    }
}
