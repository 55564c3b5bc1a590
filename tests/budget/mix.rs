//! The change from a baseline: other numbers of images apart from other shares of the workloads in them.
//!
//! An image of quality high costs 66 × $5 ÷ 1M + 7,024 × $30 ÷ 1M = $0.21105, one of medium
//! 66 × $5 ÷ 1M + 1,756 × $30 ÷ 1M = $0.05301.

use imgcost::budget::check::{Baseline, MaxIncrease, Rules, check};
use imgcost::budget::{Budget, Causes, Change, CostPer, OtherCost, Workload};
use imgcost::catalog::Catalog;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;
use crate::common::{TODAY, day};

fn images(name: &str, quality: &str, images: u64) -> Workload {
    accepted(name, poster("gpt-image-2", quality), images)
}

/// The causes of the change from one month to another plan of it.
fn causes(older: Vec<Workload>, newer: Vec<Workload>) -> Causes {
    of_budgets(budget("2027-01", 1, older), &budget("2027-01", 1, newer))
}

fn of_budgets(older: Budget, newer: &Budget) -> Causes {
    let max_increase = MaxIncrease::Share(Decimal::ZERO);
    let rules = Rules { fail_on: [].into(), max_age: 90, max_increase };
    let older = Baseline::Budget(Box::new(older));
    let found = check(&Catalog::shipped(), newer, &rules, Some(&older), day(TODAY));
    found.expect("a check").baseline.expect("a baseline").causes.expect("both are budgets")
}

fn exactly(change: &Change) -> Decimal {
    let Change::Exact(change) = change else { panic!("{change:?}") };
    *change
}

fn volume_and_mix(causes: &Causes) -> [Decimal; 2] {
    [exactly(&causes.volume), exactly(causes.mix.as_ref().expect("a mix"))]
}

#[test]
fn a_product_split_in_two_for_a_switch_is_no_volume() {
    // 1,000 × 0.21105 = 211.05. Then 600 × 0.21105 + 400 × 0.05301 = 126.63 + 21.204 = 147.834 for as many images.
    let before = vec![images("posters", "high", 1000)];
    let split = vec![images("posters", "high", 600), images("posters, new", "medium", 400)];
    let found = causes(before, split);
    assert_eq!(volume_and_mix(&found), [Decimal::ZERO, dec("-63.216")]);
    assert_eq!(exactly(&found.difference), dec("-63.216"));
}

#[test]
fn volume_is_the_net_change_of_all_images_of_a_month_at_their_old_shares() {
    // 1,000 high and 1,000 medium: 211.05 + 53.01 = 264.06. 3,000 images in place of 2,000 at the old shares:
    // 264.06 × 1.5 = 396.09, which is 132.03 more. But all of the new ones are medium: 211.05 + 106.02 = 317.07.
    let before = vec![images("posters", "high", 1000), images("drafts", "medium", 1000)];
    let after = vec![images("posters", "high", 1000), images("drafts", "medium", 2000)];
    let found = causes(before, after);
    assert_eq!(volume_and_mix(&found), [dec("132.03"), dec("-79.02")], "317.07 - 396.09");
    assert_eq!(exactly(&found.difference), dec("53.01"));
}

#[test]
fn a_monthly_cost_does_not_grow_with_the_images() {
    // 264.06 and $100 a month; half as many images: 132.03 less, and the $100 stay.
    let review = OtherCost::of("review", dec("100"), CostPer::Month);
    let with = |high, medium| {
        let mut posters = images("posters", "high", high);
        posters.other_costs.push(review.clone());
        vec![posters, images("drafts", "medium", medium)]
    };
    // 200 × 0.21105 + 800 × 0.05301 = 42.21 + 42.408 = 84.618, against 132.03 at the old shares.
    let found = causes(with(1000, 1000), with(200, 800));
    assert_eq!(volume_and_mix(&found), [dec("-132.03"), dec("-47.412")]);
}

#[test]
fn the_first_images_of_a_month_are_volume() {
    let found = causes(vec![images("posters", "high", 0)], vec![images("posters", "high", 10)]);
    assert_eq!(volume_and_mix(&found), [dec("2.1105"), Decimal::ZERO]);
}

#[test]
fn months_that_change_places_are_volume_month_by_month() {
    // All in January, then all in February: each month alone is volume, and they cancel.
    let month = |first: u64, second: u64| {
        let mut budget = budget("2027-01", 2, Vec::new());
        for (name, month, images) in [("a", "2027-01", first), ("b", "2027-02", second)] {
            let mut workload = self::images(name, "high", images);
            let month = month.parse().expect("a month");
            (workload.from, workload.to) = (Some(month), Some(month));
            budget.workloads.push(workload);
        }
        budget
    };
    let found = of_budgets(month(30, 10), &month(10, 30));
    assert_eq!(volume_and_mix(&found), [Decimal::ZERO, Decimal::ZERO]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_parts_add_up_to_the_difference(
        before in [0_u64..500, 0_u64..500], after in [0_u64..500, 0_u64..500], fresh in 0_u64..500,
    ) {
        let plan = |[high, medium]: [u64; 2]| vec![images("a", "high", high), images("b", "medium", medium)];
        let mut newer = plan(after);
        newer.push(images("c", "low", fresh));
        let found = causes(plan(before), newer);
        let mix = found.mix.as_ref().expect("a mix");
        let parts = [&found.volume, mix, &found.attempts, &found.tokens, &found.price];
        prop_assert_eq!(parts.map(exactly).iter().sum::<Decimal>(), exactly(&found.difference));
        if before[0] + before[1] == after[0] + after[1] + fresh && before[0] + before[1] > 0 {
            prop_assert_eq!(exactly(&found.volume), Decimal::ZERO);
        }
    }

    #[test]
    fn as_many_times_of_everything_is_no_mix(a in 1_u64..100, b in 1_u64..100, times in [1_u64..30, 1_u64..30]) {
        let plan = |times: u64| vec![images("a", "high", a * times), images("b", "medium", b * times)];
        let found = causes(plan(times[0]), plan(times[1]));
        prop_assert_eq!(volume_and_mix(&found), [exactly(&found.difference), Decimal::ZERO]);
    }
}
