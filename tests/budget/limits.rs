//! Limits of months, quarters, fiscal years and all months, by hand; and totals by several keys.

use imgcost::budget::{
    Alert, Budget, By, CostPer, Limit, OtherCost, Reached, Scope, Seats, Total, Workload, alerts,
    limits, totals,
};
use imgcost::catalog::funding::Payment;
use imgcost::figure::Figure;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;

/// 1,000 posters of quality medium a month, at $0.05301: $53.01.
fn posters(name: &str, team: &str) -> Workload {
    let mut posters = accepted(name, poster("gpt-image-2", "medium"), 1000);
    posters.tags = [("team".to_owned(), team.to_owned())].into();
    posters
}

/// February to June 2027, in fiscal years that begin in April: two months of FY2027, three of FY2028.
fn limited(limit: Limit) -> Budget {
    let limits = vec![limit];
    let all = budget("2027-02", 5, vec![posters("posters", "shop")]);
    Budget { fiscal_year_start: 4, limits, ..all }
}

/// Each period that is limited, with its cost and how that stands.
fn statuses(budget: &Budget) -> Vec<String> {
    let all = limits(budget, &of(budget)).expect("fits");
    let shown = |it: &imgcost::budget::LimitStatus| {
        let cost = it.cost.exact().expect("an exact cost").normalize();
        format!("{} {} of {}: {}", it.period, cost, it.limit, it.verdict.as_str())
    };
    all.iter().map(shown).collect()
}

#[test]
fn a_quarter_and_a_fiscal_year_are_held_as_far_as_the_budget_has_months_in_them() {
    // With its margin of 10%: 2 × 53.01 × 1.1 = 116.62; 3 × 53.01 × 1.1 = 174.93; 5 × 53.01 × 1.1 = 291.56.
    let limit = Limit {
        per_quarter: Some(dec("160")),
        per_fiscal_year: Some(dec("110")),
        total: Some(dec("300")),
        ..Limit::of(Scope::Budget)
    };
    let expected = [
        "FY2027-Q4 106.02 of 160: within",
        "FY2028-Q1 159.03 of 160: margin_not_covered",
        "FY2027 106.02 of 110: margin_not_covered",
        "FY2028 159.03 of 110: over",
        "total 265.05 of 300: within",
    ];
    assert_eq!(statuses(&limited(limit)), expected);
}

#[test]
fn a_month_of_its_own_takes_the_place_of_the_limit_of_every_month() {
    // 53.01 × 1.1 = 58.31.
    let limit = Limit {
        per_month: Some(dec("60")),
        months: [(month("2027-03"), dec("50")), (month("2027-05"), dec("55"))].into(),
        ..Limit::of(Scope::Tag("team".into(), "shop".into()))
    };
    let expected = [
        "2027-02 53.01 of 60: within",
        "2027-03 53.01 of 50: over",
        "2027-04 53.01 of 60: within",
        "2027-05 53.01 of 55: margin_not_covered",
        "2027-06 53.01 of 60: within",
    ];
    assert_eq!(statuses(&limited(limit)), expected);
    let alone =
        Limit { months: [(month("2027-03"), dec("50"))].into(), ..Limit::of(Scope::Budget) };
    assert_eq!(statuses(&limited(alone)), ["2027-03 53.01 of 50: over"]);
}

#[test]
fn a_part_is_not_held_against_limits_of_months_that_it_does_not_have() {
    let limit = Limit {
        per_month: Some(dec("60")),
        per_quarter: Some(dec("200")),
        per_fiscal_year: Some(dec("200")),
        total: Some(dec("300")),
        ..Limit::of(Scope::Budget)
    };
    let part = limited(limit).part(Some(month("2027-03")), None).expect("a part");
    let expected = [
        "2027-03 53.01 of 60: within",
        "2027-04 53.01 of 60: within",
        "2027-05 53.01 of 60: within",
        "2027-06 53.01 of 60: within",
        "FY2028-Q1 159.03 of 200: within",
        "FY2028 159.03 of 200: within",
    ];
    assert_eq!(statuses(&part), expected);
    let cut: Vec<String> = part.limits_not_held().iter().map(|it| it.period.to_string()).collect();
    assert_eq!(cut, ["FY2027-Q4", "FY2027", "total"]);
}

#[test]
fn the_month_in_which_a_share_of_a_limit_is_reached_has_the_margin_added() {
    // Month by month with the margin: 58.31, 116.62, 174.93, 233.24, 291.56. Of $300: 50% is 150, reached in April; 80% is
    // 240 and 95% is 285, both reached in June. Of $60 a month: 95% is 57, reached at once, and 98% is 58.8, never.
    let shares = |all: &[&str]| all.iter().map(|share| dec(share)).collect::<Vec<_>>();
    let reached = |limit: Limit| -> Vec<Reached> {
        let budget = limited(limit);
        let all = alerts(&budget, &of(&budget)).expect("fits");
        all.iter().map(|it: &Alert| it.reached).collect()
    };
    let total = Limit {
        total: Some(dec("300")),
        alert_at: shares(&["0.5", "0.8", "0.95"]),
        ..Limit::of(Scope::Budget)
    };
    let [april, june] = ["2027-04", "2027-06"].map(|text| Reached::In(month(text)));
    assert_eq!(reached(total), [april, june, june]);
    let monthly = Limit {
        per_month: Some(dec("60")),
        alert_at: shares(&["0.95", "0.98"]),
        ..Limit::of(Scope::Owner("openai".into()))
    };
    assert_eq!(reached(monthly), [Reached::In(month("2027-02")), Reached::Never]);
}

#[test]
fn totals_by_quarter_and_team_are_each_team_of_each_quarter() {
    let mut late = posters("banners", "web");
    late.from = Some(month("2027-04"));
    let all = budget("2027-02", 5, vec![posters("posters", "shop"), late]);
    let of_both = totals(&all, &of(&all), &[By::Quarter, By::Tag("team".into())]).expect("fits");
    let shown = |it: &Total| format!("{} {}", it.keys.join(" "), it.cost.low().normalize());
    let shown: Vec<String> = of_both.iter().map(shown).collect();
    assert_eq!(shown, ["2027-Q1 shop 106.02", "2027-Q2 shop 159.03", "2027-Q2 web 159.03"]);
    let by_model = totals(&all, &of(&all), &[By::Year, By::Model, By::Route]).expect("fits");
    let keys = ["2027", "gpt-image-2", "official/openai/gpt-image-2"];
    assert_eq!(by_model[0].keys, keys);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever rows are gathered by, what they come to is the whole; and a period is the sum of its months.
    #[test]
    fn months_quarters_years_and_parts_add_up(
        images in prop::collection::vec(0_u64..3_000, 1..4),
        months in 1_u32..16,
        year_start in 1_u32..=12,
    ) {
        let named = images.iter().enumerate().map(|(at, images)| {
            let team = if at % 2 == 0 { "shop" } else { "web" };
            let mut workload = posters(&format!("posters{at}"), team);
            workload.volume = imgcost::budget::Volume::constant(*images);
            workload
        });
        let all = budget("2026-12", months, named.collect());
        // Seats of a year paid in advance, and a cost of some months: each in one month or several, and in every sum once.
        let from = Some(month("2026-12").plus(images[0] as u32 % months));
        let design: std::collections::BTreeMap<_, _> = [("team".to_owned(), "design".to_owned())].into();
        let seats = vec![Seats {
            plan: "openai/chatgpt-business".into(),
            offer: None,
            paid: Some(Payment::ALL[images.len() % 2]),
            number: 2,
            from,
            to: None,
            tags: design.clone(),
        }];
        let fonts = OtherCost::of("fonts", dec("40"), CostPer::Month);
        let other_costs = vec![OtherCost { to: from, tags: design, ..fonts }];
        let all = Budget { fiscal_year_start: year_start, seats, other_costs, ..all };
        let found = of(&all);
        let whole = found.cost().expect("fits");
        let tag = || By::Tag("team".into());
        for by in [
            vec![By::Month], vec![By::Quarter], vec![By::Year], vec![By::Model], vec![By::Route],
            vec![By::Quarter, tag()], vec![tag(), By::Year, By::Workload],
        ] {
            let totals = totals(&all, &found, &by).expect("fits");
            let sum: Decimal = totals.iter().map(|total| total.cost.low()).sum();
            prop_assert_eq!(Figure::Exact(sum), whole.clone(), "{:?}", by);
            prop_assert!(totals.iter().all(|total| total.keys.len() == by.len()));
        }
    }
}
