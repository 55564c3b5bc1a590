//! The currency of a report: amounts in euros beside the total in dollars, the columns for programs in both, by hand.

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;

use common::TODAY;
use common::cli::{Run, run};
use serde_json::Value;

/// 1,000 posters a month at 66 × $5 ÷ 1M + 7,024 × $30 ÷ 1M = $0.21105: $211.05 a month, $422.10 in two months, of
/// €400 × 1.08 = $432. In euros at 1.08 dollars: 211.05 ÷ 1.08 = 195.41666…, 422.10 ÷ 1.08 = 390.8333…
const EUROS: &str = "\
currency: EUR
fx: {EUR/USD: \"1.08\"}
start: 2027-01
months: 2
limits: {total: \"400\", alert_at: [\"50%\"]}
workloads:
  - name: posters
    request: {model: gpt-image-2, size: 1024x1024, quality: high, prompt_tokens: 60}
    accepted_images: 1000
    attempts: {acceptance: \"100%\"}
scenarios:
  - {name: medium, quality: medium}
";

struct Plan {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Plan {
    fn of(text: &str) -> Plan {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.yaml");
        std::fs::write(&path, text).expect("a file");
        Plan { path, _folder: folder }
    }

    fn run(&self, command: &str, more: &[&str]) -> Run {
        let path = self.path.display().to_string();
        run(&[&["budget", command, &path, "--as-of", TODAY], more].concat())
    }

    fn rows(&self, command: &str, more: &[&str]) -> Vec<BTreeMap<String, String>> {
        let found = self.run(command, &[&["--format", "csv"], more].concat());
        let mut reader = csv::Reader::from_reader(found.stdout.as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }
}

#[test]
fn a_report_in_euros_has_the_dollars_beside_its_totals() {
    let shown = Plan::of(EUROS).run("forecast", &[]);
    let has = |text: &str| assert!(shown.stdout.contains(text), "no {text}:\n{}", shown.stdout);
    has("Amounts in EUR: 1 EUR is taken as 1.08 USD.");
    has("€390.83 ($422.10) for 2 months");
    // 422.10 × 1.1 = 464.31, ÷ 1.08 = 429.91666…
    has("€429.92 ($464.31) (€390.83 and a margin of 10%)");
    has("€400.00 in total: margin not covered");
    has("€195.42");
    // In dollars is what stands beside the totals, and nothing else.
    assert_eq!(shown.stdout.matches('$').count(), 2, "{}", shown.stdout);
    let markdown = Plan::of(EUROS).run("forecast", &["--format", "markdown"]).stdout;
    assert!(markdown.contains("€390.83 ($422.10)") && markdown.contains("| €195.42"), "{markdown}");
}

#[test]
fn files_for_programs_keep_dollars_and_have_the_currency_beside_them() {
    let plan = Plan::of(EUROS);
    for row in plan.rows("forecast", &[]) {
        let cell = |key: &str| row[key].as_str();
        assert_eq!(
            (cell("cost_high_usd"), cell("cost_high_in_currency")),
            ("211.05", "195.416666666667")
        );
        assert_eq!(
            (cell("currency"), cell("fx_pair"), cell("fx_rate")),
            ("EUR", "EUR/USD", "1.08")
        );
    }
    let json = plan.run("forecast", &["--format", "json"]).json();
    assert_eq!((&json["currency"], &json["fx_rate"]), (&"EUR".into(), &"1.08".into()));
    assert_eq!(json["total"]["cost_low_usd"], "422.1");
    assert_eq!(json["total"]["cost_low_in_currency"], "390.833333333333");
    let limit = &json["limits"][0];
    assert_eq!((&limit["limit_usd"], &limit["limit_in_currency"]), (&"432".into(), &"400".into()));
    let schema = run(&["schema", "output", "forecast"]).json();
    assert!(jsonschema::is_valid(&schema, &json), "the schema knows the columns in the currency");
    // One column for a month: in the currency that the row names.
    for row in plan.rows("forecast", &["--layout", "wide"]) {
        assert_eq!(
            (row["currency"].as_str(), row["2027-01"].as_str()),
            ("EUR", "195.416666666667")
        );
    }
    // Without another currency there is no such column.
    let dollars = plan.rows("forecast", &["--currency", "USD"]);
    assert!(dollars[0].keys().all(|key| !key.ends_with("_in_currency") && key != "currency"));
}

#[test]
fn a_flag_goes_before_the_file_and_a_missing_rate_says_which_flag() {
    let plan = Plan::of(EUROS);
    let shown = |more: &[&str]| plan.run("forecast", more);
    assert!(shown(&["--currency", "USD"]).stdout.contains("$422.10 for 2 months"));
    // $422.10 × 0.80 = £337.68, as $1 is £0.80.
    let pounds = shown(&["--currency", "GBP", "--fx", "USD/GBP=0.80"]);
    assert!(pounds.stdout.contains("£337.68 ($422.10) for 2 months"), "{}", pounds.stdout);
    assert!(!format!("{}{}", pounds.stdout, pounds.stderr).contains("--fx USD/GBP is"));
    let of_day = ["--fx", "EUR/USD=1.10", "--fx-day", "2026-11-20", "--fx-source", "ECB"];
    let of_day = shown(&of_day).stdout;
    // $422.10 ÷ 1.10 = €383.727…; the limit of €400 is $440 then.
    assert!(of_day.contains("€383.73 ($422.10)"), "{of_day}");
    assert!(of_day.contains("1 EUR is taken as 1.1 USD, a rate of 2026-11-20, ECB."), "{of_day}");
    let missing = shown(&["--currency", "CHF"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("--fx CHF/USD="), "{}", missing.stderr);
    for wrong in [&["--currency", "euro"][..], &["--currency", "USD", "--fx-day", "2026-11-20"]] {
        assert_eq!(shown(wrong).code, 2);
    }
    let said = shown(&["--currency", "EUR"]);
    assert!(said.stdout.contains("--currency is without effect"), "{}", said.stdout);
}

#[test]
fn a_file_says_of_which_day_its_rates_are_and_by_whom() {
    let of_day = EUROS.replace("start:", "fx_day: 2026-11-19\nfx_source: the ECB\nstart:");
    let plan = Plan::of(&of_day);
    let shown = plan.run("forecast", &["--notes"]).stdout;
    assert!(
        shown.contains("1 EUR is taken as 1.08 USD, a rate of 2026-11-19, the ECB."),
        "{shown}"
    );
    assert!(
        shown.contains("the exchange rates under `fx` are of 2026-11-19, stated by the ECB"),
        "{shown}"
    );
    let row = &plan.rows("forecast", &[])[0];
    assert_eq!((row["fx_day"].as_str(), row["fx_source"].as_str()), ("2026-11-19", "the ECB"));
    // A rate of a flag is not the file's.
    let row = &plan.rows("forecast", &["--fx", "EUR/USD=1.2"])[0];
    assert_eq!((row["fx_day"].as_str(), row["fx_source"].as_str()), ("", ""));
    let alone = of_day.replace("currency: EUR\nfx: {EUR/USD: \"1.08\"}\n", "");
    let refused = Plan::of(&alone).run("forecast", &[]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("say whose rates stand under `fx`"), "{}", refused.stderr);
}

#[test]
fn every_command_on_a_budget_is_in_the_currency() {
    let uncertain = std::fs::read_to_string("fixtures/budgets/uncertain.yaml").expect("a fixture");
    let plan = Plan::of(&(uncertain + "scenarios:\n  - {name: medium, quality: medium}\n"));
    let commands: [(&str, &[&str]); 6] = [
        ("forecast", &[]),
        ("compare", &[]),
        ("compare", &["--routes", "openai/gpt-image-2"]),
        ("check", &[]),
        ("simulate", &["--runs", "50"]),
        ("afford", &["--limit", "12000"]),
    ];
    for (command, more) in commands {
        let euros = ["--currency", "EUR", "--fx", "EUR/USD=1.08"];
        let found = plan.run(command, &[&euros, more].concat());
        assert!(matches!(found.code, 0 | 1), "{command}: {}", found.stderr);
        assert!(found.stdout.contains('€'), "{command}: {}", found.stdout);
        let rows = plan.rows(command, &[&euros, more].concat());
        assert!(rows.iter().all(|row| row["currency"] == "EUR"), "{command}");
        let json = plan.run(command, &[&euros, more, &["--format", "json"]].concat()).json();
        assert_eq!(json["fx_rate"], "1.08", "{command}");
        hold_to_the_rate(&json, command);
    }
}

/// Each amount in the currency is that in dollars ÷ 1.08.
fn hold_to_the_rate(value: &Value, command: &str) {
    match value {
        Value::Object(object) => {
            for (key, amount) in object {
                let Some(own) = key.strip_suffix("_in_currency") else {
                    hold_to_the_rate(amount, command);
                    continue;
                };
                let dollars = &object[&format!("{own}_usd")];
                let of = |it: &Value| it.as_str().map(common::dec);
                let expected = of(dollars).map(|it| (it / common::dec("1.08")).round_dp(9));
                assert_eq!(of(amount).map(|it| it.round_dp(9)), expected, "{command}: {key}");
            }
        }
        Value::Array(all) => all.iter().for_each(|it| hold_to_the_rate(it, command)),
        _ => {}
    }
}
