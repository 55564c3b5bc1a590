//! Bills beside the rated usage: what is explained, by which causes, and when CI fails.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::common::cli::{Run, run};

const BILL: &str = "fixtures/bills/openai_costs.json";
const USAGE: &str = "fixtures/usage/openai-completions.json";

fn beside(bill: &str, usage: &str, more: &[&str]) -> Run {
    run(&[&["bill", "reconcile", bill, "--usage", usage, "--as-of", "2026-11-21"], more].concat())
}

fn object(bill: &str, usage: &str) -> Value {
    beside(bill, usage, &["--format", "json"]).json()
}

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a fixture")).expect("JSON")
}

fn put(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path.to_string_lossy().into_owned()
}

/// Of the sample pair the 12th: 40 posters, 0.0252 + 6.5856 = 6.6108.
fn of_the_12th(folder: &Path, change: impl Fn(&mut Value)) -> (String, String) {
    let (mut bill, mut usage) = (read(BILL), read(USAGE));
    bill["data"].as_array_mut().expect("days").truncate(1);
    usage[0]["data"].as_array_mut().expect("days").truncate(1);
    usage.as_array_mut().expect("pages").truncate(1);
    (usage[0]["has_more"], usage[0]["next_page"]) = (json!(false), Value::Null);
    change(&mut bill["data"][0]["results"]);
    let [bill, usage] = [("bill.json", bill), ("usage.json", usage)]
        .map(|(name, it)| put(folder, name, &it.to_string()));
    (bill, usage)
}

/// Rated 10.16114, billed 8.91114: an adjustment of −1.25, Batch of the 14th (0.0315 + 2.058 = 2.0895) billed on the 15th, and
/// nothing of price.
#[test]
fn the_sample_pair_reconciles_to_the_last_digit() {
    let found = object(BILL, USAGE);
    let of = |key: &str| found[key].as_str().expect("an amount").to_owned();
    assert_eq!(
        ["rated_low_usd", "rated_high_usd", "billed_usd", "difference_usd"].map(of),
        ["10.16114", "10.16114", "8.91114", "-1.25"]
    );
    assert_eq!(["coverage", "unexplained_usd"].map(of), ["1", "0"]);
    assert_eq!(
        found["causes"],
        json!([
            {"cause": "day_shift", "difference_usd": "0"},
            {"cause": "fee_credit_adjustment", "difference_usd": "-1.25"},
        ])
    );
    let rows = found["rows"].as_array().expect("rows");
    let shifted: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row["bill_cause"] == "day_shift")
        .map(|row| (&row["day"], &row["bill_difference_usd"]))
        .map(|(day, amount)| (day.as_str().expect("a day"), amount.as_str().expect("an amount")))
        .collect();
    let (used, billed) = ("2026-10-14", "2026-10-15");
    assert_eq!(
        shifted,
        [(used, "-0.0315"), (used, "-2.058"), (billed, "0.0315"), (billed, "2.058")]
    );
    let shown = beside(BILL, USAGE, &["--tolerance", "0.5%"]);
    assert_eq!(shown.code, 0);
    let first = shown.stdout.lines().next().expect("a title");
    assert!(first.contains("100% explained; $8.91 billed, $10.16 rated, -$1.25"), "{first}");
    assert!(shown.stdout.contains("$2.0895"), "{}", shown.stdout);
}

#[test]
fn a_bill_equal_to_its_usage_reconciles_to_zero() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bill, usage) = of_the_12th(folder.path(), |_| {});
    let found = object(&bill, &usage);
    assert_eq!(
        (&found["billed_usd"], &found["rated_low_usd"]),
        (&json!("6.6108"), &json!("6.6108"))
    );
    assert_eq!((&found["difference_usd"], &found["causes"]), (&json!("0"), &json!([])));
    assert_eq!((&found["coverage"], &found["rows"]), (&json!("1"), &json!([])));
    assert_eq!(beside(&bill, &usage, &["--tolerance", "0USD"]).code, 0);
}

/// 0.5 more than 6.5856 are billed, and no quantity: 0.5 of 6.6108 + 0.5 = 7.1108 is unexplained, 7.03%.
#[test]
fn more_than_the_tolerance_is_exit_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bill, usage) = of_the_12th(folder.path(), |lines| {
        lines[1]["amount"]["value"] = json!(7.0856);
        lines[1]["quantity"] = Value::Null;
    });
    let found = object(&bill, &usage);
    assert_eq!(found["causes"], json!([{"cause": "unexplained", "difference_usd": "0.5"}]));
    for (tolerance, code) in [("7%", 1), ("8%", 0), ("0.49USD", 1), ("0.5USD", 0)] {
        let run = beside(&bill, &usage, &["--tolerance", tolerance]);
        assert_eq!(run.code, code, "{tolerance}: {}", run.stderr);
        let word = if code == 1 { "over" } else { "within" };
        assert!(run.stdout.contains(&format!("$0.50 unexplained, {word} ")), "{}", run.stdout);
    }
    assert_eq!(beside(&bill, &usage, &[]).code, 0, "nothing was asked for");
}

/// Of two rows one has no model: what is rated is at least the other one, 1,000 × 0.00003 = 0.03.
#[test]
fn rejected_rows_of_the_usage_are_said_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = "timestamp,model,project,requests,images,text_input_tokens,image_input_tokens,image_output_tokens\n\
               2026-10-12,gpt-image-2,proj_posters,1,1,0,0,1000\n2026-10-12,,proj_posters,1,1,0,0,1000\n";
    let log = put(folder.path(), "log.csv", log);
    let run = beside(BILL, &log, &["--format", "json"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("\"line\": 3"), "{}", run.stderr);
    let found = run.json();
    assert_eq!((&found["usage_rows"], &found["usage_rows_rejected"]), (&json!(2), &json!(1)));
    assert_eq!((&found["rated_low_usd"], &found["rated_high_usd"]), (&json!("0.03"), &Value::Null));
    let shown = beside(BILL, &log, &[]).stdout;
    assert!(shown.contains("2 rows of 1 file, 1 rejected, and in none of these sums"), "{shown}");
    assert!(shown.lines().next().expect("a title").contains("at least $0.03"), "{shown}");
}

#[test]
fn what_says_how_logs_are_read_is_named_without_them() {
    let run = run(&["bill", "reconcile", BILL, "--timezone", "+02:00", "--fx", "EUR/USD=1.08"]);
    for flag in ["--timezone", "--fx"] {
        let is_named = |line: &str| line.contains(flag) && line.contains("no --usage is given");
        assert!(run.stdout.lines().any(is_named), "{flag}: {}", run.stdout);
    }
}
