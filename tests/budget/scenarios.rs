//! Scenarios of several changes, each of its own months, workloads and steps: by hand, and what holds for all of them.

use imgcost::budget::{
    Axis, Budget, Change, Changes, Limit, Scenario, Scope, Seats, Variant, VariantCost, Volume,
    compare,
};
use imgcost::catalog::conditions::Processing;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;
use crate::common::day;

/// 1,000 posters a month of quality high, at $0.21105: $211.05. Medium is $0.05301: $53.01.
fn posters() -> Budget {
    budget("2027-01", 6, vec![accepted("posters", poster("gpt-image-2", "high"), 1000)])
}

fn under(budget: Budget, changes: Vec<Changes>) -> VariantCost {
    let scenarios = vec![Scenario { name: "changed".into(), changes }];
    let budget = Budget { scenarios, ..budget };
    let found = compare(&SHIPPED, &budget, &Axis::Scenarios, day("2026-11-21")).expect("compared");
    let Variant { cost, .. } = &found.variants[0];
    (**cost.as_ref().expect("a number")).clone()
}

fn exactly(change: &Change) -> Decimal {
    let Change::Exact(change) = change else { panic!("{change:?}") };
    change.normalize()
}

#[test]
fn a_switch_from_april_on_changes_three_of_six_months() {
    // 6 × 211.05 = 1,266.30 as it is; 3 × 211.05 + 3 × 53.01 = 792.18 under it: 474.12 less, 37.44%.
    let medium = Changes {
        quality: Some("medium".into()),
        from: Some(month("2027-04")),
        ..Changes::default()
    };
    let found = under(posters(), vec![medium]);
    assert_eq!(found.total, exact("792.18"));
    assert_eq!(exactly(&found.causes.difference), dec("-474.12"));
    assert_eq!(exactly(&found.causes.volume), dec("0"), "a switch is no volume");
    // At $30 for 1M, 5,268 tokens less of 1,000 images in 3 months: 474.12.
    assert_eq!(exactly(&found.causes.tokens), dec("-474.12"));
    assert_eq!(found.share.map(|it| it.round_dp(4)), Some(dec("-0.3744")));
    assert_eq!(found.accepted, exact("6000"), "as many images as before");
}

#[test]
fn changes_are_worked_in_one_after_the_other_and_a_volume_is_rounded_once() {
    // 150 images, ×1.5 from February to March and ×0.7 from March on: 150; 225; 157.5 → 158; 105.
    let mut all = posters();
    all.workloads[0].volume = Volume::constant(150);
    all.months = 4;
    let times = |factor: &str, from: &str, to: Option<&str>| Changes {
        volume_factor: Some(dec(factor)),
        from: Some(month(from)),
        to: to.map(month),
        ..Changes::default()
    };
    let changes = vec![times("1.5", "2027-02", Some("2027-03")), times("0.7", "2027-03", None)];
    let found = under(all, changes);
    // 150 + 225 + 158 + 105 = 638 × 0.21105 = 134.6499.
    assert_eq!((found.accepted, found.total), (exact("638"), exact("134.6499")));
}

#[test]
fn a_price_cut_and_a_switch_hold_in_their_months_and_steps() {
    // January and February at 211.05, March and April at 211.05 × 0.8 = 168.84: 759.78.
    let cut = Changes {
        price_factor: Some(dec("0.8")),
        from: Some(month("2027-03")),
        ..Changes::default()
    };
    let four = Budget { months: 4, ..posters() };
    assert_eq!(under(four, vec![cut]).total, exact("759.78"));
    // A draft of quality medium ($0.05301) for each final of quality high: in Batch, at half, from the second month on.
    let mut both = accepted("posters", poster("gpt-image-2", "medium"), 1000);
    both.steps.push(accepted("final", poster("gpt-image-2", "high"), 0).steps.remove(0));
    let batch = Changes {
        processing: Some(Processing::Batch),
        steps: [1].into(),
        from: Some(month("2027-02")),
        ..Changes::default()
    };
    let found = under(budget("2027-01", 2, vec![both]), vec![batch]);
    // 211.05 + 53.01 = 264.06; 211.05 + 26.505 = 237.555.
    assert_eq!(found.total, exact("501.615"));
}

#[test]
fn each_scenario_has_its_verdict_on_every_limit_and_says_which_part_it_raises() {
    // Posters in medium save 6 × 158.04 = 948.24; banners, 100 × $0.05301 = 5.301 a month, in high cost 21.105: 94.824 more.
    let mut all = posters();
    all.workloads.push(accepted("banners", poster("gpt-image-2", "medium"), 100));
    all.limits = vec![
        Limit { total: Some(dec("500")), ..Limit::of(Scope::Budget) },
        Limit { per_month: Some(dec("20")), ..Limit::of(Scope::Workload("banners".into())) },
    ];
    let of = |name: &str, quality: &str| Changes {
        workloads: [name.to_owned()].into(),
        quality: Some(quality.into()),
        ..Changes::default()
    };
    let found = under(all, vec![of("posters", "medium"), of("banners", "high")]);
    let raised: Vec<_> =
        found.raised.iter().map(|it| (it.workload.as_str(), exactly(&it.by))).collect();
    assert_eq!(raised, [("banners", dec("94.824"))]);
    // 6 × (53.01 + 21.105) = 444.69 of 500: 489.16 with the margin; banners 21.105 of 20.
    let verdicts: Vec<_> = found.limits.iter().map(|it| it.verdict.as_str()).collect();
    assert_eq!(verdicts, [&["within"][..], &["over"; 6]].concat());
}

/// Runs a command on posters of quality medium, with these scenarios.
fn with_scenarios(command: &str, scenarios: &str, more: &[&str]) -> crate::common::cli::Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.yaml");
    let plan = format!(
        "start: 2027-01\nmonths: 3\nlimits: {{per_quarter: \"400\", alert_at: [\"50%\"]}}\nworkloads:\n  \
         - {{name: posters, request: {{model: gpt-image-2, size: 1024x1024, quality: medium, prompt_tokens: 60}}, \
         accepted_images: 1000, attempts: {{acceptance: \"100%\"}}}}\nscenarios:\n{scenarios}"
    );
    std::fs::write(&path, plan).expect("a file");
    let path = path.display().to_string();
    let args = ["budget", command, &path, "--as-of", "2026-11-21", "--format", "json"];
    crate::common::cli::run(&[&args, more].concat())
}

#[test]
fn a_scenario_or_a_change_that_changes_nothing_is_named() {
    let scenarios = "  - {name: as it is, quality: medium}\n  - {name: batch, processing: batch}\n  \
                     - {name: two, changes: [{quality: medium, from: 2027-02}, {quality: high}]}\n";
    let found = with_scenarios("compare", scenarios, &[]).json();
    let idle = found["flags"]["idle_keys"].as_array().expect("keys");
    let idle: Vec<_> = idle.iter().map(|it| (it["key"].as_str(), it["code"].as_str())).collect();
    let of = |key, code| (Some(key), Some(code));
    assert_eq!(
        idle,
        [
            of("scenario as it is", "scenario_as_it_is"),
            of("change 1 of scenario two", "scenario_as_without"),
        ]
    );
}

#[test]
fn alerts_and_limits_that_are_not_held_stand_where_limits_are_judged() {
    // $53.01 a month: $159.03 in the first quarter, whose 50% of $400 takes more; of high 3 × 211.05 = 633.15, and
    // 211.05 × 1.1 = 232.155 is above $200 in January. The part to February has no whole quarter.
    let scenarios = "  - {name: high, quality: high}\n";
    let compared = with_scenarios("compare", scenarios, &[]).json();
    let alerts = |row: usize| compared["rows"][row]["alerts"].as_array().expect("alerts").clone();
    assert_eq!((alerts(0)[0]["alert"].as_str(), alerts(0).len()), (Some("not_reached"), 1));
    assert_eq!(
        (&alerts(1)[0]["alert"], &alerts(1)[0]["month"]),
        (&"reached".into(), &"2027-01".into())
    );
    let checked = with_scenarios("check", scenarios, &[]).json();
    let forecast = with_scenarios("forecast", scenarios, &[]).json();
    assert_eq!(checked["alerts"], forecast["alerts"]);
    for command in ["forecast", "compare", "check"] {
        let part = with_scenarios(command, scenarios, &["--to", "2027-02"]).json();
        let not_held = part["limits_not_held"].as_array().expect("a list");
        assert_eq!((not_held.len(), &not_held[0]["limit_usd"]), (1, &"400".into()), "{command}");
    }
    let uncertain = "fixtures/budgets/uncertain.yaml";
    let args = ["budget", "simulate", uncertain, "--as-of", "2026-11-21", "--runs", "20"];
    let simulated = crate::common::cli::run(&[&args[..], &["--format", "json"]].concat()).json();
    assert!(simulated["alerts"].is_array() && simulated["limits_not_held"].is_array());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever months, a change of nothing costs what the budget costs, row by row and cause by cause.
    #[test]
    fn a_scenario_without_change_has_no_difference(
        images in 0_u64..2_000,
        growth in -20_i64..30,
        from in 0_u32..6,
        more in 0_u32..6,
    ) {
        let mut all = posters();
        all.workloads[0].volume =
            Volume::growing(imgcost::budget::Images::exactly(images), Decimal::new(growth, 2));
        let start = all.start;
        all.seats = vec![Seats {
            plan: "openai/chatgpt-plus".into(),
            offer: None,
            paid: None,
            number: 3,
            from: Some(start.plus(from)),
            to: None,
            tags: Default::default(),
        }];
        let nothing = Changes {
            volume_factor: Some(Decimal::ONE),
            from: Some(start.plus(from)),
            to: Some(start.plus(from + more)),
            ..Changes::default()
        };
        let whole = of(&all).cost().expect("fits");
        let found = under(all, vec![nothing]);
        prop_assert_eq!(&found.total, &whole);
        let causes = &found.causes;
        for part in [&causes.difference, &causes.volume, &causes.attempts, &causes.tokens, &causes.price] {
            prop_assert!(part.is_none(), "{:?}", part);
        }
        prop_assert!(found.raised.is_empty());
    }
}
