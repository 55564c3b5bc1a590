//! `imgcost budget check`: what fails a gate, what warns, and the change from a baseline.

use std::collections::BTreeSet;

use imgcost::budget::check::{
    Baseline, BaselineChange, Check, CheckFinding, Class, Detail, MaxIncrease, Rules, check,
    read_older_forecast,
};
use imgcost::budget::{Budget, Capacity, Change, Limit, Scope, Volume};
use imgcost::catalog::Catalog;
use imgcost::catalog::readiness;
use rust_decimal::Decimal;

use crate::acme;
use crate::assert_matches_snapshot;
use crate::builder::*;
use crate::common::cli::{Run, run};
use crate::common::{TODAY, day};

/// 1,000 posters of quality high a month: 66 × $5 ÷ 1M + 7,024 × $30 ÷ 1M = $0.21105 each, $211.05 a month.
fn posters(months: u32) -> Budget {
    budget("2027-01", months, vec![accepted("posters", poster("gpt-image-2", "high"), 1000)])
}

/// A limit of the whole budget in each month.
fn a_month(dollars: &str) -> Limit {
    Limit { per_month: Some(dec(dollars)), total: None, ..Limit::of(Scope::Budget) }
}

fn rules(fail_on: &[Class]) -> Rules {
    Rules {
        fail_on: fail_on.iter().copied().collect(),
        max_age: 90,
        max_increase: MaxIncrease::Share(Decimal::ZERO),
    }
}

fn checked(budget: &Budget) -> Check {
    check(&Catalog::shipped(), budget, &rules(&Class::DEFAULT), None, day(TODAY)).expect("a check")
}

fn against(budget: &Budget, baseline: &Baseline, max_increase: MaxIncrease) -> Check {
    let rules = Rules { max_increase, ..rules(&Class::DEFAULT) };
    check(&Catalog::shipped(), budget, &rules, Some(baseline), day(TODAY)).expect("a check")
}

fn found(check: &Check, class: Class) -> Vec<&CheckFinding> {
    check.findings.iter().filter(|finding| finding.class == class).collect()
}

fn words(finding: &CheckFinding) -> String {
    match &finding.detail {
        Detail::Open(why) => why.sentence(),
        Detail::Readiness(missing) => readiness::verdict(missing),
        Detail::Source(evidence, why) => format!("{why:?}: {}", evidence.source),
        Detail::Capacity(open) => open.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The shipped tables with a route of acme's at $0.15 an image, and keys of that route.
fn with_acme(route_keys: &str) -> Catalog {
    let version = "\n    currency: USD\n    rates: [{meter: images, price: \"0.15\", per: 1}]\n    not_billed: [tokens, calls]";
    Catalog::shipped().with_files(acme::files(version, route_keys)).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>())
    })
}

#[test]
fn a_limit_fails_that_is_over_or_does_not_cover_the_margin() {
    let over = Budget { limits: vec![a_month("200")], ..posters(3) };
    let check_over = checked(&over);
    let [finding] = found(&check_over, Class::Limit)[..] else { panic!("one limit") };
    assert!(check_over.fails(finding), "211.05 > 200");
    assert!(matches!(finding.detail, Detail::Limit(_, 3)), "in three months: {finding:?}");
    // 211.05 × 1.1 = 232.155.
    let close = Budget { limits: vec![a_month("220")], ..posters(3) };
    assert_eq!(checked(&close).failures().count(), 1);
    let without = rules(&[Class::Limit]);
    let warned = check(&Catalog::shipped(), &close, &without, None, day(TODAY)).expect("a check");
    assert_eq!(warned.failures().count(), 0, "a class that is not named warns");
    assert_eq!(found(&warned, Class::MarginNotCovered).len(), 1);
    let within = Budget { limits: vec![a_month("232.155")], ..posters(3) };
    assert!(found(&checked(&within), Class::MarginNotCovered).is_empty());
}

#[test]
fn a_shutdown_within_the_budget_fails() {
    let budget =
        budget("2026-11", 2, vec![accepted("posters", poster("gpt-image-1.5", "high"), 10)]);
    let check = checked(&budget);
    let [finding] = found(&check, Class::Shutdown)[..] else { panic!("{:?}", check.findings) };
    assert!(check.fails(finding));
    assert_eq!(finding.month, Some("2026-12".parse().expect("a month")));
}

#[test]
fn giving_up_warns_of_the_shortfall() {
    let three = rates("0.7", "0").giving_up_after(3).expect("a maximum");
    let mut budget = posters(1);
    budget.workloads = vec![tried(budget.workloads.remove(0), three)];
    let check = checked(&budget);
    assert_eq!(found(&check, Class::Shortfall).len(), 1);
    assert_eq!(check.failures().count(), 0);
}

const LIMITS: &str = "rate_limits:\n  tiers: [{tier: \"1\", images_per_minute: 5}, {tier: \"2\", images_per_minute: 10, tokens_per_minute: 100000}]\n  evidence: {source: \"made up\", seen: 2026-10-06, confidence: high}\n";

fn capacity(images: u64, tier: Option<&str>, route_keys: &str) -> Vec<String> {
    let mut budget = posters(1);
    let volume = accepted("posters", poster("gpt-image-2", "high"), images);
    budget.workloads = vec![on("provider/acme/route", volume)];
    budget.capacity = Capacity {
        tier: tier.map(str::to_owned),
        hours_per_day: Some(dec("10")),
        peak_factor: Some(dec("3")),
    };
    let rules = rules(&[]);
    let check = check(&with_acme(route_keys), &budget, &rules, None, day(TODAY)).expect("a check");
    let words = |finding: &&CheckFinding| match &finding.detail {
        Detail::Capacity(open) => open.to_string(),
        Detail::Peak(peak) => format!(
            "{} {} of {}, enough: {}",
            peak.per_minute.low().normalize(),
            peak.counted.as_str(),
            peak.allowed,
            peak.enough.as_deref().unwrap_or("none")
        ),
        other => panic!("{other:?}"),
    };
    found(&check, Class::Capacity).iter().map(words).collect()
}

#[test]
fn the_busiest_minute_is_held_against_the_tier() {
    // 62,000 ÷ 31 days ÷ 10 hours ÷ 60 × 3 = 10 images a minute.
    let tokens = "how many tokens a minute tier 1 allows is not stated";
    assert_eq!(capacity(62_000, Some("1"), LIMITS), ["10 images of 5, enough: 2", tokens]);
    // 10 × (66 + 7,024) = 70,900 tokens a minute.
    assert_eq!(capacity(62_000, Some("2"), LIMITS), Vec::<String>::new(), "10 are allowed");
    // 93,000: 15 images, and 15 × 7,090 = 106,350 tokens.
    assert_eq!(
        capacity(93_000, Some("2"), LIMITS),
        ["15 images of 10, enough: none", "106350 tokens of 100000, enough: none"]
    );
}

#[test]
fn capacity_that_is_not_known_is_unknown_and_never_fine() {
    assert_eq!(capacity(1, None, LIMITS), ["unknown: no account tier is named (known: 1, 2)"]);
    assert_eq!(capacity(1, Some("9"), LIMITS), ["unknown: there is no tier `9` (known: 1, 2)"]);
    assert_eq!(capacity(1, Some("1"), ""), ["unknown: the tables state no limits by account tier"]);
}

#[test]
fn days_without_a_known_price_are_days_of_work_all_the_same() {
    // The price ends on 2027-01-10, the work does not: 62,000 ÷ 31 ÷ 10 ÷ 60 × 3 = 10 a minute.
    let version = "\n    from: 2026-01-01\n    until: 2027-01-11\n    currency: USD\n    rates: [{meter: images, price: \"0.15\", per: 1}]\n    not_billed: [tokens, calls]";
    let catalog = Catalog::shipped().with_files(acme::files(version, LIMITS)).expect("tables");
    let mut budget = posters(1);
    let volume = accepted("posters", poster("gpt-image-2", "high"), 62_000);
    budget.workloads = vec![on("provider/acme/route", volume)];
    budget.capacity.tier = Some("1".into());
    budget.capacity.hours_per_day = Some(dec("10"));
    budget.capacity.peak_factor = Some(dec("3"));
    let check = check(&catalog, &budget, &rules(&[]), None, day(TODAY)).expect("a check");
    let peak =
        found(&check, Class::Capacity).into_iter().find_map(|finding| match &finding.detail {
            Detail::Peak(peak) => Some(peak.per_minute.low().normalize()),
            _ => None,
        });
    assert_eq!(peak, Some(dec("10")));
}

#[test]
fn contracts_sources_and_unknown_prices_warn() {
    let mut budget = posters(1);
    budget
        .workloads
        .push(on("provider/acme/route", accepted("banners", poster("gpt-image-2", "low"), 5)));
    budget.workloads.push(on(
        "provider/openrouter/gpt-image-2",
        accepted("cards", poster("gpt-image-2", "low"), 5),
    ));
    let check =
        check(&with_acme(""), &budget, &rules(&Class::DEFAULT), None, day(TODAY)).expect("a check");
    assert_eq!(check.failures().count(), 0);
    let of_acme = |class| {
        let all = found(&check, class);
        all.into_iter()
            .find(|it| it.subject == "provider/acme/route")
            .map(|it| words(it).to_owned())
    };
    assert!(of_acme(Class::Readiness).is_some_and(|text| text.contains("missing: endpoint")));
    // From 2026-01-01 to 2026-11-21: 30 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 21 = 324 days.
    let age = of_acme(Class::SourceAge).expect("an old source");
    assert!(age.starts_with("Old(324): made up"), "{age}");
    let unknown = found(&check, Class::Unknown);
    assert!(unknown.iter().any(|finding| finding.subject == "cards"), "{unknown:?}");
}

fn baseline_of(check: &Check) -> &BaselineChange {
    check.baseline.as_ref().expect("a baseline")
}

#[test]
fn an_older_budget_is_priced_on_the_same_tables_with_price_and_usage_apart() {
    // Before: 1,000 of medium, 66 × 5 ÷ 1M + 1,756 × 30 ÷ 1M = 0.05301 each, from 2026-12 to 2027-02.
    let older =
        budget("2026-12", 3, vec![accepted("posters", poster("gpt-image-2", "medium"), 1000)]);
    // Now: 2,000 of high in 2027-01 to 2027-03; both have 2027-01 and 2027-02.
    let newer =
        budget("2027-01", 3, vec![accepted("posters", poster("gpt-image-2", "high"), 2000)]);
    let baseline = Baseline::Budget(Box::new(older));
    let check = against(&newer, &baseline, MaxIncrease::Share(dec("0.1")));
    let change = baseline_of(&check);
    assert_eq!(change.from.exact(), Some(dec("106.02")), "2 × 1,000 × 0.05301");
    assert_eq!(change.to.exact(), Some(dec("844.2")), "2 × 2,000 × 0.21105");
    let causes = change.causes.as_ref().expect("both are budgets");
    assert_eq!(causes.volume, Change::Exact(dec("106.02")));
    assert_eq!(causes.tokens, Change::Exact(dec("632.16")), "4,000 × 5,268 × 30 ÷ 1M");
    assert_eq!(causes.price, Change::Exact(Decimal::ZERO));
    assert_eq!(found(&check, Class::Increase).len(), 1);
    assert_eq!(check.failures().count(), 1);
}

#[test]
fn an_increase_up_to_what_is_allowed_is_none() {
    // 211.05 → 232.155 is exactly 10%, or $21.105.
    let older = Baseline::Budget(Box::new(posters(1)));
    let newer =
        budget("2027-01", 1, vec![accepted("posters", poster("gpt-image-2", "high"), 1100)]);
    let increases = |most| found(&against(&newer, &older, most), Class::Increase).len();
    assert_eq!(increases(MaxIncrease::Share(dec("0.1"))), 0);
    assert_eq!(increases(MaxIncrease::Share(dec("0.0999"))), 1);
    assert_eq!(increases(MaxIncrease::Amount(dec("21.105"))), 0);
    assert_eq!(increases(MaxIncrease::Amount(dec("21.104"))), 1);
    let same = against(&posters(1), &older, MaxIncrease::Share(Decimal::ZERO));
    assert!(found(&same, Class::Increase).is_empty());
}

#[test]
fn growth_counts_from_where_the_older_budget_began() {
    // 100 growing by 10% from 2026-12: 110 in 2027-01, the one month that both have.
    let growing = |start: &str, first: u64| {
        let mut budget =
            budget(start, 2, vec![accepted("posters", poster("gpt-image-2", "high"), first)]);
        let first = imgcost::budget::Images::exactly(first);
        budget.workloads[0].volume = Volume::growing(first, dec("0.1"));
        budget
    };
    let older = Baseline::Budget(Box::new(growing("2026-12", 100)));
    let check = against(&growing("2027-01", 110), &older, MaxIncrease::Share(Decimal::ZERO));
    assert_eq!(baseline_of(&check).change, Change::Exact(Decimal::ZERO));
}

#[test]
fn a_change_that_cannot_be_told_fails() {
    let later = Baseline::Budget(Box::new(budget("2030-01", 1, posters(1).workloads)));
    let check = against(&posters(1), &later, MaxIncrease::Amount(dec("1000000")));
    assert_eq!(baseline_of(&check).is_too_much, None);
    assert_eq!(check.failures().count(), 1);
}

#[test]
fn an_older_forecast_holds_results_only() {
    let json = r#"{"schema": "imgcost.forecast/1", "start": "2027-01", "months": 1, "rows": [
        {"month": "2027-01", "workload": "posters", "cost_low_usd": "200", "cost_expected_usd": "200", "cost_high_usd": "200"},
        {"month": "2027-01", "workload": "gone", "cost_low_usd": "30", "cost_expected_usd": null, "cost_high_usd": "40"}]}"#;
    let older = Baseline::Forecast(read_older_forecast("older.json", json).expect("a forecast"));
    let check = against(&posters(3), &older, MaxIncrease::Amount(dec("50")));
    let change = baseline_of(&check);
    assert_eq!(change.from.low(), dec("230"));
    assert_eq!(change.to.exact(), Some(dec("211.05")), "2027-01 alone");
    assert!(change.causes.is_none());
    let rows: Vec<(&str, [Option<Decimal>; 3])> =
        change.rows.iter().map(|row| (row.workload.as_str(), row.change.cases())).collect();
    assert_eq!(
        rows,
        [
            ("gone", [Some(dec("-30")), None, Some(dec("-40"))]),
            ("posters", [Some(dec("11.05")); 3]),
        ]
    );
    assert!(found(&check, Class::Increase).is_empty(), "it costs less");
}

#[test]
fn what_is_wrong_with_an_older_forecast_is_said_at_once() {
    let json = r#"{"schema": "imgcost.estimate/1", "rows": [
        {"month": "2027-13", "cost_low_usd": "1", "cost_high_usd": "1"}, {"month": "2027-01", "cost_low_usd": 1}, 7]}"#;
    let problems = read_older_forecast("older.json", json).expect_err("wrong");
    let texts: BTreeSet<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(texts.len(), 4, "{texts:#?}");
    assert!(texts.contains("`schema` is not imgcost.forecast/1"));
    assert!(texts.contains("`rows[1].cost_low_usd` must be text"));
    assert!(texts.contains("`rows[2]` must be an object, and is a number"));
    let older = r#"{"schema": "imgcost.forecast/1", "start": "2027-01", "months": 1, "rows": [
        {"month": "2027-01", "workload": "posters", "cost": {"low": "200", "high": "200"}}]}"#;
    let problems = read_older_forecast("older.json", older).expect_err("of another version");
    let texts: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(texts, ["`rows[0].cost` is a key of an imgcost before 0.1.0: forecast it again"]);
}

#[test]
fn every_class_has_a_word_of_its_own() {
    let words: BTreeSet<&str> = Class::ALL.into_iter().map(Class::as_str).collect();
    assert_eq!(words.len(), Class::ALL.len());
}

fn command(args: &[&str]) -> Run {
    let file = "fixtures/budgets/posters.yaml";
    run(&[&["budget", "check", file, "--as-of", TODAY], args].concat())
}

#[test]
fn the_report_leads_with_the_verdict() {
    let run = command(&[]);
    assert_eq!(run.code, 1, "a limit is over: {}", run.shown());
    assert_matches_snapshot!("budget_check_table", run.shown());
    let markdown = command(&["--format", "markdown", "--baseline", "fixtures/budgets/older.yaml"]);
    assert_matches_snapshot!("budget_check_markdown", markdown.shown());
    let results = command(&["--baseline", "fixtures/budgets/older-forecast.json"]);
    assert_matches_snapshot!("budget_check_older_forecast", results.shown());
}

#[test]
fn the_classes_are_in_the_json() {
    let run = command(&["--format", "json", "--fail-on", "source-age,shortfall"]);
    let json = run.json();
    assert_eq!(json["schema"], "imgcost.budget-check/1");
    assert_eq!(json["classes"]["source_age"]["fails"], true);
    assert_eq!(json["classes"]["limit"]["fails"], false);
    assert_eq!(json["classes"]["limit"]["findings"], 1);
    let failing = json["findings"].as_array().expect("a list").iter();
    let failing = failing.filter(|finding| finding["result"] == "fails").count();
    assert_eq!(run.code, i32::from(failing > 0));
    assert_eq!(json["verdict"], if failing > 0 { "failed" } else { "passed" });
}

#[test]
fn exit_codes_tell_findings_from_mistakes() {
    assert_eq!(command(&["--fail-on", "capacities"]).code, 2);
    assert_eq!(command(&["--max-increase", "10%"]).code, 2, "of what?");
    let with =
        |most| command(&["--baseline", "fixtures/budgets/older.yaml", "--max-increase", most]);
    assert_eq!(with("10").code, 2, "neither a share nor dollars");
    assert_eq!(with("50USD").code, 1);
    assert_eq!(command(&["--baseline", "fixtures/budgets/none.yaml"]).code, 3);
    assert_eq!(run(&["budget", "check", "fixtures/budgets/older-forecast.json"]).code, 3);
}
