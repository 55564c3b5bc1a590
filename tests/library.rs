//! The library in three calls writes the same objects as the commands: one contract, whoever asks.

mod common;

use common::cli::{Run, finished, imgcost, run};
use common::outputs::assert_of_schema;
use common::{TODAY, dec, per_million, terms};
use imgcost::estimate::price_request;
use imgcost::figure::Figure;
use imgcost::request::Draft;
use imgcost::sensitivity::Sensitivity;
use imgcost::{Catalog, NaiveDate, ToJson};
use serde_json::Value;

const BODY: &str = r#"{"model": "gpt-image-2", "prompt": "A red fox", "size": "1024x1536", "quality": "high", "n": 2}"#;

fn day() -> NaiveDate {
    TODAY.parse().expect("a day")
}

/// What a call found, as an object that is as its schema says.
fn object(found: &impl ToJson, catalog: &Catalog) -> Value {
    let text = found.to_json(catalog).expect("memory takes it");
    let object = serde_json::from_str(&text).expect("one JSON object");
    assert_of_schema(&object);
    object
}

/// A command that reads the body from standard input.
fn of_body(command: &str) -> Run {
    let args = [command, "--request", "-", "--as-of", TODAY, "--format", "json"];
    finished(imgcost().args(args).write_stdin(BODY))
}

/// What cargo would publish.
#[test]
fn what_is_published_holds_the_tables_and_no_fixture() {
    let mut cargo = std::process::Command::new(env!("CARGO"));
    let list = ["package", "--list", "--allow-dirty", "--offline", "--quiet"];
    let found = cargo.args(list).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    let list = String::from_utf8(found.stdout).expect("UTF-8");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    let has = |start: &str| list.lines().any(|path| path.starts_with(start));
    for needed in ["src/lib.rs", "src/main.rs", "pricing/official/", "examples/", "README.md"] {
        assert!(has(needed), "{needed} is left out");
    }
    for left_out in ["fixtures/", "tests/", "benches/", ".ci/"] {
        assert!(!has(left_out), "{left_out} is published");
    }
}

#[test]
fn an_estimate() {
    let catalog = Catalog::shipped();
    let found = imgcost::price(&catalog, day(), BODY).expect("it is priced");
    assert_eq!(object(&found, &catalog), without_files(of_body("estimate").json()));
}

#[test]
fn a_comparison() {
    let catalog = Catalog::shipped();
    let found = imgcost::compare(&catalog, day(), BODY).expect("it is compared");
    assert_eq!(object(&found, &catalog), without_files(of_body("compare").json()));
}

#[test]
fn a_forecast() {
    const FILE: &str = "fixtures/budgets/studio.yaml";
    let (catalog, text) = (Catalog::shipped(), std::fs::read_to_string(FILE).expect("a budget"));
    let found = imgcost::forecast(&catalog, day(), &text).expect("it is forecast");
    let command = run(&["budget", "forecast", FILE, "--as-of", TODAY, "--format", "json"]);
    assert_eq!(object(&found, &catalog), without_files(command.json()));
}

/// The library is handed texts and reads no files; the program says which it read.
fn without_files(mut object: serde_json::Value) -> serde_json::Value {
    let entries = object.as_object_mut().expect("an object");
    assert!(entries.remove("inputs").is_some());
    object
}

/// What was tried, its cost and by how much that is more, where all of it is exact.
fn tried(it: &Sensitivity) -> (&str, Option<String>, Option<rust_decimal::Decimal>) {
    (it.premise.code(), it.premise.tried(), it.change.as_ref().and_then(Figure::exact))
}

#[test]
fn what_moves_an_estimate_is_what_the_changed_request_costs_more() {
    let catalog = Catalog::shipped();
    let found = price_request(&catalog, &Draft::default(), &terms(TODAY)).expect("it is priced");
    // 1024x1024 medium is 1,756 tokens, high 7,024; 2048x2048 medium is 3,568; $30 a million.
    let [medium, high, larger] = [1_756, 7_024, 3_568].map(|tokens| per_million(tokens, "30"));
    assert_eq!(found.attempts.per_accepted_image, Figure::Exact(medium));
    // At 70%, 1 / 0.7 attempts: 0.05268 / 0.7 - 0.05268 = 0.022577142857.
    let fewer = Some(dec("0.022577142857"));
    let (high, larger) = (Some(high - medium), Some(larger - medium));
    let expected = [
        ("all_accepted", Some("0.7".to_owned()), fewer),
        ("default_quality", Some("high".to_owned()), high),
        ("default_size", Some("2048x2048".to_owned()), larger),
        // A prompt of 100 tokens is billed as 106, at $5 a million.
        ("no_prompt", Some("100".to_owned()), Some(per_million(106, "5"))),
    ];
    let moved: Vec<_> = found.sensitivities.iter().map(tried).collect();
    assert_eq!(moved, expected);
}

#[test]
fn what_moves_a_budget_is_what_the_changed_budget_costs_more() {
    let budget = |more: &str| {
        let text = format!(
            "start: 2027-01\nmonths: 3\nworkloads:\n  - name: posters\n    request: {{model: gpt-image-2, size: \
             1024x1024, quality: medium}}\n    accepted_images: 1000\n{more}"
        );
        imgcost::forecast(&Catalog::shipped(), day(), &text).expect("it is forecast")
    };
    let found = budget("");
    for (code, instead) in [
        ("all_accepted", "    attempts: {acceptance: \"70%\"}\n"),
        ("default_growth", "    growth: \"3%\"\n"),
        ("prices_stay", "    price_changes: [{percent: \"10%\", from: 2027-01}]\n"),
    ] {
        let moved = found.sensitivities.iter().find(|it| it.premise.code() == code);
        let moved = moved.unwrap_or_else(|| panic!("{code}: {:?}", found.sensitivities));
        assert_eq!(moved.cost, budget(instead).whole.cost, "{code}");
    }
    // 3 × 1,000 × $0.05268 = $158.04, and with 3% more each month 1,000 + 1,030 + 1,061 = 3,091 images, $162.83388.
    assert_eq!(found.whole.cost, Figure::Exact(dec("158.04")));
    let growth = found.sensitivities.iter().find(|it| it.premise.code() == "default_growth");
    assert_eq!(growth.map(|it| &it.cost), Some(&Figure::Exact(dec("162.83388"))));
}
