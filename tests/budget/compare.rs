//! `imgcost budget compare`: a budget beside its scenarios and routes, each difference with its causes.

use imgcost::budget::{
    Axis, BreakEven, Budget, Change, Changes, Comparison, RateChanges, Scenario, Variant,
    VariantCost, compare,
};
use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::comparison::Section;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::acme;
use crate::assert_matches_snapshot;
use crate::builder::*;
use crate::common::{TODAY, day};

/// 1,000 posters of quality high in one month: 66 × $5 ÷ 1M + 7,024 × $30 ÷ 1M = $0.21105 each.
fn posters() -> Budget {
    budget("2027-01", 1, vec![accepted("posters", poster("gpt-image-2", "high"), 1000)])
}

fn compared(catalog: &Catalog, budget: &Budget, axis: Axis) -> Comparison {
    compare(catalog, budget, &axis, day(TODAY)).expect("a comparison")
}

fn under(changes: Changes) -> VariantCost {
    under_of(posters(), changes)
}

fn under_of(mut budget: Budget, changes: Changes) -> VariantCost {
    budget.scenarios = vec![Scenario { name: "changed".into(), changes: vec![changes] }];
    let comparison = compared(&Catalog::shipped(), &budget, Axis::Scenarios);
    let [changed] = &comparison.variants[..] else { panic!("one scenario") };
    (**changed.cost.as_ref().expect("a number")).clone()
}

/// Volume, attempts, tokens, price and the whole difference, all exact.
fn parts(cost: &VariantCost) -> [Decimal; 5] {
    let causes = &cost.causes;
    [&causes.volume, &causes.attempts, &causes.tokens, &causes.price, &causes.difference].map(
        |part| match part {
            Change::Exact(amount) => *amount,
            other => panic!("not exact: {other:?}"),
        },
    )
}

fn on_routes(catalog: &Catalog, budget: &Budget, routes: &[&str]) -> Vec<Variant> {
    let routes = routes.iter().map(|route| (*route).to_owned()).collect();
    compared(catalog, budget, Axis::Routes(routes)).variants
}

/// The shipped tables with a route of acme's: a version's keys, and keys of the route.
fn with_acme(version: &str, route_keys: &str) -> Catalog {
    Catalog::shipped().with_files(acme::files(version, route_keys)).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>())
    })
}

/// Fifteen cents an image.
const FIFTEEN_CENTS: &str = "\n    currency: USD\n    rates: [{meter: images, price: \"0.15\", per: 1}]\n    not_billed: [tokens, calls]";
const HONOURS: &str = "size_honoured: yes\nquality_honoured: yes\n";

#[test]
fn each_cause_is_what_its_replacement_changes_one_after_the_other() {
    // 1,000 × 0.21105 = 211.05 as it is.
    let changes = Changes {
        volume_factor: Some(dec("1.5")),
        rates: RateChanges { acceptance: Some(dec("0.5")), ..RateChanges::default() },
        quality: Some("medium".into()),
        processing: Some(Processing::Batch),
        ..Changes::default()
    };
    let cost = under(changes);
    // Volume: 1,500 × 0.21105 = 316.575.
    // Attempts: 1 ÷ 50% = 2 each, 3,000 × 0.21105 = 633.15.
    // Tokens: medium makes 1,756 × $30 ÷ 1M + 0.00033 = 0.05301, 3,000 × 0.05301 = 159.03.
    // Price: Batch is half, 3,000 × 0.026505 = 79.515.
    let expected = ["105.525", "316.575", "-474.12", "-79.515", "-131.535"].map(dec);
    assert_eq!(parts(&cost), expected);
    assert_eq!(cost.total.exact(), Some(dec("79.515")));
    assert_eq!(cost.causes.not_told_apart, []);
}

#[test]
fn another_model_at_the_same_rates_differs_by_its_tokens_alone() {
    // `high` of 2.5-flare makes 1,756 tokens where gpt-image-2 makes 7,024: 5,268 × $30 ÷ 1M × 1,000.
    let changes = Changes { model: Some("gpt-image-2.5-flare".into()), ..Changes::default() };
    let cost = under(changes);
    assert_eq!(parts(&cost), ["0", "0", "-158.04", "0", "-158.04"].map(dec));
}

#[test]
fn a_supposed_price_change_is_price_and_nothing_else() {
    // 20% less from the second of two months on: 0.2 × 211.05.
    let two_months = Budget { months: 2, ..posters() };
    let month = "2027-02".parse().expect("a month");
    let changes =
        Changes { from: Some(month), price_factor: Some(dec("0.8")), ..Changes::default() };
    let cost = under_of(two_months, changes);
    assert_eq!(parts(&cost), ["0", "0", "0", "-42.21", "-42.21"].map(dec));
}

#[test]
fn a_volume_factor_rounds_the_grown_month_once() {
    // 150 growing by 3%: 154.5 in the second month, × 2 = 309, not 154 × 2 = 308.
    let mut budget = Budget { months: 2, ..posters() };
    budget.workloads[0].volume =
        imgcost::budget::Volume::growing(imgcost::budget::Images::exactly(150), dec("0.03"));
    let cost = under_of(budget, Changes { volume_factor: Some(dec("2")), ..Changes::default() });
    assert_eq!(cost.accepted.exact(), Some(dec("609")), "300 + 309");
}

#[test]
fn a_range_changes_case_by_case() {
    // 10% of attempts fail, and who pays is not stated: 1 ÷ 0.9 attempts, of which 0.9 or 1 are paid.
    // As it is 211.05 to 211.05 ÷ 0.9 = 234.5; medium 53.01 to 58.9.
    let mut budget = posters();
    budget.workloads = vec![tried(budget.workloads.remove(0), rates("1", "0.1"))];
    let cost = under_of(budget, Changes { quality: Some("medium".into()), ..Changes::default() });
    let Change::ByCase { low, expected, high, reasons } = &cost.causes.tokens else {
        panic!("{:?}", cost.causes.tokens)
    };
    assert_eq!((*low, *expected, *high), (dec("-158.04"), None, dec("-175.6")));
    assert!(reasons.iter().any(|reason| reason.to_string().contains("not stated")), "{reasons:?}");
}

#[test]
fn routes_stand_in_their_order_and_what_is_not_offered_says_why() {
    let catalog = with_acme(FIFTEEN_CENTS, HONOURS);
    let names =
        ["provider/acme/route", "official/openai/gpt-image-1.5", "official/openai/gpt-image-2"];
    let variants = on_routes(&catalog, &posters(), &names);
    let standing: Vec<(&str, Section)> =
        variants.iter().map(|it| (it.name.as_str(), it.section.expect("a route"))).collect();
    assert_eq!(
        standing,
        [
            ("official/openai/gpt-image-2", Section::Official),
            ("provider/acme/route", Section::Provider),
            ("official/openai/gpt-image-1.5", Section::NotPriced),
        ]
    );
    let why = variants[2].cost.as_ref().expect_err("another model").in_words();
    assert!(why.starts_with("posters: ") && why.contains("gpt-image-1.5"), "{why}");
}

#[test]
fn a_route_by_image_has_its_whole_difference_as_price_and_says_so() {
    let catalog = with_acme(FIFTEEN_CENTS, HONOURS);
    let variants = on_routes(&catalog, &posters(), &["provider/acme/route"]);
    let cost = variants[0].cost.as_ref().expect("a number");
    // 1,000 × (0.15 − 0.21105).
    assert_eq!(parts(cost), ["0", "0", "0", "-61.05", "-61.05"].map(dec));
    let [why] = &cost.causes.not_told_apart[..] else { panic!("{:?}", cost.causes) };
    assert_eq!(why.code(), "counts_not_comparable");
    let words = why.to_string();
    assert!(words.ends_with(" bill by different meters: the rest stands under price"), "{words}");
}

#[test]
fn a_route_that_ignores_the_size_is_not_the_same_product() {
    let catalog = with_acme(FIFTEEN_CENTS, "size_honoured: no\nquality_honoured: yes\n");
    let variants = on_routes(&catalog, &posters(), &["provider/acme/route"]);
    assert_eq!(variants[0].section, Some(Section::NotTheSameProduct));
}

#[test]
fn a_fee_is_earned_back_from_a_volume_on() {
    // $0.15 + 5%, at least $5, against $0.21105: 0.06105 × 81 = 4.945 and × 82 = 5.006.
    let funding = "funding:\n  currency: USD\n  purchase_fee: {percent: \"5\", minimum: \"5\", taken: on_top}\n  evidence: {source: \"made up\", seen: 2026-01-01, confidence: high}\n";
    let catalog = with_acme(FIFTEEN_CENTS, &format!("{HONOURS}{funding}"));
    let variants = on_routes(&catalog, &posters(), &["provider/acme/route"]);
    let cost = variants[0].cost.as_ref().expect("a number");
    assert_eq!(cost.cash.as_ref().and_then(|cash| cash.exact()), Some(dec("157.5")), "150 × 1.05");
    assert_eq!(cost.break_even, Some(BreakEven::From(82)));
}

#[test]
fn a_workload_of_another_model_leaves_no_number_for_a_route() {
    let mut budget = posters();
    budget.workloads.push(accepted("banners", poster("gpt-image-2.5-flare", "high"), 10));
    let variants = on_routes(&Catalog::shipped(), &budget, &["official/openai/gpt-image-2"]);
    let why = variants[0].cost.as_ref().expect_err("two models").in_words();
    assert!(why.starts_with("banners: "), "{why}");
}

#[test]
fn all_routes_are_those_of_the_models_of_the_budget() {
    let comparison = compared(&Catalog::shipped(), &posters(), Axis::Routes(Vec::new()));
    assert!(comparison.variants.len() > 20);
    assert!(
        comparison
            .variants
            .iter()
            .all(|it| it.route.as_ref().expect("a route").model == "gpt-image-2")
    );
    let priced = comparison.variants.iter().filter(|it| it.section == Some(Section::Official));
    assert!(priced.count() >= 1);
}

fn a_change() -> impl Strategy<Value = Changes> {
    let quality = proptest::option::of(proptest::sample::select(vec!["low", "medium", "high"]));
    let model = proptest::option::of(proptest::sample::select(vec![
        "gpt-image-2",
        "gpt-image-2.5-flare",
        "gpt-image-2.6-flare",
    ]));
    (quality, model, 0_u32..40, 1_u32..=100, any::<bool>(), any::<bool>()).prop_map(
        |(quality, model, factor, acceptance, batch, changed)| Changes {
            quality: quality.map(str::to_owned),
            model: model.map(str::to_owned),
            volume_factor: Some(Decimal::new(factor.into(), 1)),
            rates: RateChanges {
                acceptance: Some(Decimal::new(acceptance.into(), 2)),
                ..RateChanges::default()
            },
            processing: batch.then_some(Processing::Batch),
            from: changed.then(|| "2027-02".parse().expect("a month")),
            price_factor: changed.then(|| dec("0.9")),
            ..Changes::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_sum_to_the_difference_in_every_case(changes in a_change(), failing in 0_u32..20) {
        let failing = Decimal::new(failing.into(), 2).to_string();
        let mut budget = Budget { months: 3, ..posters() };
        budget.workloads = vec![tried(budget.workloads.remove(0), rates("0.7", &failing))];
        budget.scenarios = vec![Scenario { name: "changed".into(), changes: vec![changes] }];
        let comparison = compared(&Catalog::shipped(), &budget, Axis::Scenarios);
        let Ok(cost) = &comparison.variants[0].cost else { return Ok(()) };
        let causes = &cost.causes;
        let parts = [&causes.volume, &causes.attempts, &causes.tokens, &causes.price];
        let base = &comparison.base.cost.as_ref().expect("a number").total;
        for case in 0..3 {
            let sum: Option<Decimal> = parts.iter().map(|part| part.cases()[case]).sum();
            prop_assert!(sum.is_none() || sum == causes.difference.cases()[case], "{causes:?}");
        }
        prop_assert_eq!(
            causes.difference.cases()[0],
            Some(cost.total.low() - base.low()).filter(|_| cost.total.high().is_some())
        );
    }
}

#[test]
fn a_scenario_that_changes_nothing_gives_nothing() {
    let cost = under(Changes::default());
    assert_eq!(parts(&cost), [Decimal::ZERO; 5]);
    let cost = under(Changes { volume_factor: Some(Decimal::ONE), ..Changes::default() });
    assert_eq!(parts(&cost), [Decimal::ZERO; 5]);
}

#[test]
fn the_same_route_gives_the_same_total() {
    let mut budget = Budget { months: 14, start: "2026-03".parse().expect("a month"), ..posters() };
    budget.workloads.push(on(
        "official/openai/gpt-image-2",
        accepted("banners", poster("gpt-image-2", "low"), 77),
    ));
    let variants = on_routes(&Catalog::shipped(), &budget, &["official/openai/gpt-image-2"]);
    let cost = variants[0].cost.as_ref().expect("a number");
    assert!(
        cost.causes.difference.is_none() || matches!(cost.causes.difference, Change::Unknown(_))
    );
    assert_eq!(
        cost.total,
        compared(&Catalog::shipped(), &budget, Axis::Scenarios).base.cost.expect("a number").total
    );
}

fn command(args: &[&str]) -> crate::common::cli::Run {
    let file = "fixtures/budgets/posters.yaml";
    crate::common::cli::run(&[&["budget", "compare", file, "--as-of", TODAY], args].concat())
}

#[test]
fn scenarios_stand_beside_the_budget_as_it_is() {
    assert_matches_snapshot!("budget_compare_scenarios", command(&[]).shown());
    assert_matches_snapshot!("budget_compare_csv", command(&["--format", "csv"]).shown());
}

#[test]
fn routes_stand_in_sections() {
    let routes = "openai/gpt-image-2,fal/gpt-image-2,openrouter/gpt-image-2,official/openai/gpt-image-1-mini,official/openai/chatgpt-plus";
    assert_matches_snapshot!("budget_compare_routes", command(&["--routes", routes]).shown());
    let all = command(&["--routes", "all", "--quoted", "--format", "json"]);
    assert_eq!((all.code, &all.json()["schema"]), (0, &"imgcost.budget-comparison/1".into()));
    let names =
        |run: &crate::common::cli::Run| run.json()["rows"].as_array().expect("a list").len();
    assert!(names(&all) > 20);
}

#[test]
fn a_budget_without_scenarios_is_told_what_to_do() {
    let run = crate::common::cli::run(&["budget", "compare", "fixtures/budgets/older.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--routes all"), "{}", run.stderr);
}
