//! What holds for every budget.

use imgcost::attempts::{self, AttemptRates};
use imgcost::budget::{
    Budget, Case, CostKind, CostPer, Forecast, Images, OtherCost, Total, Volume, Workload,
    amount_to_request, sum,
};
use imgcost::estimate::{Terms, estimate_request};
use imgcost::figure::Figure;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;
use crate::common::terms;

const ROUTES: [&str; 4] = [
    "official/openai/gpt-image-2",
    "provider/therouter/gpt-image-2",
    "provider/laozhang/gpt-image-2@default",
    "provider/replicate/gpt-image-2",
];

fn a_share(least: i64) -> impl Strategy<Value = Decimal> {
    (least * 10..=1000_i64).prop_map(|thousandths| Decimal::new(thousandths, 3))
}

fn up_to(maximum: Option<u64>, rates: AttemptRates) -> AttemptRates {
    maximum.map_or(rates, |maximum| rates.giving_up_after(maximum).expect("a maximum"))
}

prop_compose! {
    fn a_workload()(
        name in "[a-z]{1,8}",
        route in prop::sample::select(&ROUTES[..]),
        quality in prop::sample::select(&["low", "medium", "high"][..]),
        images in 0_u64..5_000,
        more in 0_u64..500,
        growth in -20_i64..30,
        acceptance in a_share(30),
        failed in 0_i64..300,
        maximum in prop::option::of(1_u64..9),
    ) -> Workload {
        let failed = Decimal::new(failed, 3).to_string();
        let rates = up_to(maximum, rates(&acceptance.to_string(), &failed));
        let mut workload = on(
            route,
            workload(&name, request("gpt-image-2", "1024x1024", quality, 60), images, rates),
        );
        let first = Images { low: images, expected: Some(images + more / 2), high: images + more };
        workload.volume = Volume::growing(first, Decimal::new(growth, 2));
        workload
    }
}

prop_compose! {
    fn a_budget()(workloads in prop::collection::vec(a_workload(), 1..4), months in 1_u32..8) -> Budget {
        let mut all = budget("2026-07", months, workloads);
        for (index, workload) in all.workloads.iter_mut().enumerate() {
            workload.name = format!("{}{index}", workload.name);
        }
        all
    }
}

fn total(forecast: &Forecast) -> Figure<Decimal> {
    sum(forecast.rows()).expect("fits")
}

fn bounds(figure: &Figure<Decimal>) -> (Decimal, Option<Decimal>, Option<Decimal>) {
    (figure.low(), figure.expected(), figure.high())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn low_expected_and_high_are_in_order(all in a_budget()) {
        for row in of(&all).rows() {
            for figure in [&row.cost, &row.attempts, &row.accepted, &row.billed_calls, &row.shortfall] {
                let (low, expected, high) = bounds(figure);
                prop_assert!(expected.is_none_or(|it| low <= it), "{figure:?}");
                prop_assert!(high.is_none_or(|it| expected.unwrap_or(low) <= it), "{figure:?}");
            }
        }
    }

    #[test]
    fn months_are_what_their_rows_add_up_to(all in a_budget()) {
        let found = of(&all);
        for (at, month) in all.months().zip(found.months().expect("fits")) {
            let rows = found.rows_of(at);
            prop_assert_eq!(&Total::of(at.to_string(), &rows).expect("fits"), month);
            prop_assert!(rows.iter().all(|row| row.month == at));
        }
        prop_assert_eq!(found.cost().expect("fits"), total(&found));
        for case in Case::ALL {
            let amount = amount_to_request(&all, &found, case).expect("fits");
            for month in &amount.months {
                let of_rows = case.of_rows(found.rows_of(month.month)).expect("fits");
                prop_assert_eq!(&month.cost, &of_rows, "{}", case.as_str());
            }
        }
    }

    #[test]
    fn a_budget_split_by_workload_adds_up_to_the_whole(all in a_budget()) {
        let parts = all.workloads.iter().map(|workload| {
            total(&of(&Budget { workloads: vec![workload.clone()], ..all.clone() }))
        });
        let zero = Figure::Exact(Decimal::ZERO);
        let together = parts.fold(zero, |a, b| {
            a.try_join(&b, |x, y| Ok::<_, ()>(x + y)).expect("adds")
        });
        prop_assert_eq!(bounds(&together), bounds(&total(&of(&all))));
    }

    #[test]
    fn a_budget_split_by_period_adds_up_to_the_whole(all in a_budget(), at in 1_u32..7) {
        let mut whole = all.clone();
        // Growth counts from the workload's own first month, whichever period it is part of.
        whole.workloads.iter_mut().for_each(|workload| workload.from = Some(all.start));
        let at = at.min(whole.months);
        let first = Budget { months: at, ..whole.clone() };
        let mut sum_of_parts = bounds(&total(&of(&first)));
        if at < whole.months {
            let second = Budget { start: whole.start.plus(at), months: whole.months - at, ..whole.clone() };
            let more = bounds(&total(&of(&second)));
            sum_of_parts = (
                sum_of_parts.0 + more.0,
                sum_of_parts.1.zip(more.1).map(|(a, b)| a + b),
                sum_of_parts.2.zip(more.2).map(|(a, b)| a + b),
            );
        }
        prop_assert_eq!(sum_of_parts, bounds(&total(&of(&whole))));
    }

    #[test]
    fn more_images_or_worse_attempts_never_cost_less(all in a_budget(), more in 1_u64..1000, worse in 1_i64..20) {
        let (before, _, before_high) = bounds(&total(&of(&all)));
        let mut dearer = all.clone();
        for workload in &mut dearer.workloads {
            if let Volume::Growing { first, .. } = &mut workload.volume {
                *first = Images { low: first.low + more, expected: first.expected.map(|it| it + more), high: first.high + more };
            }
            let step = &mut workload.steps[0];
            let acceptance = step.rates.acceptance().expect("given") * Decimal::new(100 - worse, 2);
            let failed = step.rates.failures().failure_rate;
            let worse = rates(&acceptance.to_string(), &failed.to_string());
            step.rates = up_to(step.rates.maximum().map(u64::from), worse);
        }
        let (after, _, after_high) = bounds(&total(&of(&dearer)));
        prop_assert!(after >= before && after_high >= before_high);
    }

    #[test]
    fn full_acceptance_and_no_failures_is_the_estimate_times_the_volume(
        route in prop::sample::select(&ROUTES[..]), images in 1_u64..100_000,
        at in prop::sample::select(&["2026-12-15", "2027-02-10"][..]),
    ) {
        let draft = request("gpt-image-2", "1024x1536", "medium", 77);
        let month = &at[..7];
        let found = of(&budget(month, 1, vec![on(route, workload("all", draft.clone(), images, rates("1", "0")))]));
        let terms = Terms { route: Some(route), ..terms(at) };
        let one = estimate_request(&SHIPPED, &draft, &terms).expect("a price").total;
        let all = one.try_map(|amount| imgcost::money::times(images, amount)).expect("fits");
        prop_assert_eq!(bounds(&cost(&found, "all", month)), bounds(&all));
    }

    #[test]
    fn a_budget_of_one_month_is_the_estimate_times_its_attempts(
        route in prop::sample::select(&ROUTES[..]),
        quality in prop::sample::select(&["low", "medium", "high"][..]),
        images in 1_u64..100_000,
        acceptance in a_share(30), failed in 0_i64..300, look in 1_i64..100,
    ) {
        let rates = rates(&acceptance.to_string(), &Decimal::new(failed, 3).to_string());
        let draft = request("gpt-image-2", "1024x1024", quality, 60);
        let look = Decimal::new(look, 3);
        let amount = attempts::review_per_attempt(look, &rates).expect("fits");
        let review = OtherCost::of("review", amount, CostPer::Attempt);
        let all = on(route, workload("all", draft.clone(), images, rates));
        let all = Workload { other_costs: vec![review], ..all };
        let found = of(&budget("2026-12", 1, vec![all]));
        let wanted = (Some(images), Some(look));
        let of_month = Terms {
            route: Some(route), rates, accepted_images: wanted.0, review: wanted.1, ..terms("2026-12-15")
        };
        let estimate = estimate_request(&SHIPPED, &draft, &of_month).expect("a price");
        let volume = estimate.attempts.volume.expect("a volume was asked for");
        let review = estimate.attempts.review.and_then(|it| it.of_volume).expect("a cost was given");
        let row = found.rows().find(|row| &*row.workload == "all").expect("a row");
        // The budget keeps an amount at 12 places for each month, so that its months add up.
        let near = |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(1, 9);
        let [budgeted, estimated] = [bounds(&row.cost), bounds(&volume.billed)];
        prop_assert!(near(budgeted.0, estimated.0), "{budgeted:?} {estimated:?}");
        prop_assert_eq!(budgeted.1.is_some(), estimated.1.is_some());
        prop_assert_eq!(budgeted.2.is_some(), estimated.2.is_some());
        prop_assert!(budgeted.1.zip(estimated.1).is_none_or(|(a, b)| near(a, b)), "{budgeted:?} {estimated:?}");
        prop_assert!(budgeted.2.zip(estimated.2).is_none_or(|(a, b)| near(a, b)), "{budgeted:?} {estimated:?}");
        prop_assert!(near(row.attempts.low(), volume.attempts), "{:?} {:?}", row.attempts, volume.attempts);
        let looked_at = found.rows().find(|row| row.kind == CostKind::Other).expect("a row").cost;
        prop_assert!(near(looked_at.low(), review), "{looked_at:?} {review}");
        prop_assert!(near(volume.total.low(), volume.billed.low() + review), "{volume:?} {review}");
    }
}

#[test]
fn month_rows_sum_to_the_totals() {
    let posters = workload(
        "posters",
        request("gpt-image-2", "1024x1024", "high", 66),
        1000,
        rates("0.7", "0"),
    );
    let found = of(&budget("2027-01", 12, vec![posters]));
    let months = (1..=12).map(|number| {
        cost(&found, "posters", &format!("2027-{number:02}")).exact().expect("exact")
    });
    assert_eq!(total(&found).exact(), Some(months.sum()));
}
