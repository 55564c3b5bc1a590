//! Objects for programs: keys and types are those of the schema that `imgcost schema output` prints, which every run
//! is held to; here is what a schema cannot say.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::cli::{estimate, run};
use imgcost::codes;
use imgcost::report::outputs::OUTPUTS;

/// The three ends of a cost agree with its certainty.
fn check_cost(object: &Value) {
    let [low, expected, high] =
        ["low", "expected", "high"].map(|end| &object[format!("cost_{end}_usd")]);
    match object["certainty"].as_str() {
        Some("exact") => {
            assert!(low.is_string() && low == expected && low == high, "{object}");
        }
        Some("range") => assert!(low.is_string() && high.is_string(), "{object}"),
        Some("unknown") => assert!(expected.is_null() && high.is_null(), "{object}"),
        other => panic!("{other:?} is not a certainty"),
    }
    assert_eq!(object["certainty"] == "exact", object["reason"].is_null(), "{object}");
}

fn check_estimate(json: &Value) {
    assert!(
        ["dated", "assumed", "user", "undated"]
            .contains(&json["price_basis"].as_str().expect("a word"))
    );
    check_cost(json);
    for line in json["lines"].as_array().expect("lines") {
        check_cost(line);
        let meter = line["meter"].as_str().expect("a meter");
        let counted = [meter.to_owned(), format!("{meter}_tokens")];
        let is_open = ["open_input", "open_output"].contains(&meter);
        let is_counted = counted.iter().any(|key| json["usage"].get(key).is_some());
        assert!(is_counted || is_open, "{meter}");
    }
}

fn json(args: &[&str]) -> Value {
    let found = estimate(&[args, &["--format", "json"]].concat()).json();
    assert_eq!(found["schema"], "imgcost.estimate/1");
    check_estimate(&found);
    found
}

/// The rows of a schema that have a term without the one that goes with it.
fn rows_without(schema: &Value, title: &str, beside: &str) -> Vec<Value> {
    let titles = |of: &str| {
        let properties = ["properties", "patternProperties"].map(|key| schema[key].as_object());
        properties.into_iter().flatten().flat_map(|it| it.values()).any(|it| it["title"] == of)
    };
    let own = (titles(title) && !titles(beside)).then(|| schema.clone());
    let parts = match schema {
        Value::Object(keys) => keys.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let below = parts.into_iter().flat_map(|part| rows_without(part, title, beside));
    own.into_iter().chain(below).collect()
}

#[test]
fn every_row_with_a_reason_has_its_codes() {
    for output in OUTPUTS {
        let without = rows_without(&output.json_schema(), "Reason", "Reason codes");
        assert!(without.is_empty(), "{}: {without:#?}", output.name);
    }
    let found = run(&["compare", "--size", "auto", "--quality", "high", "--format", "json"]).json();
    for row in found["rows"].as_array().expect("rows") {
        let codes = row["reason_codes"].as_array().expect("codes");
        assert_eq!(row["reason"].is_null(), codes.is_empty(), "{row}");
        let known = |code: &Value| {
            let mut all = codes::of_reasons().chain(codes::of_refusals());
            all.any(|it| it.code == code)
        };
        assert!(codes.iter().all(known), "{row}");
    }
}

#[test]
fn every_output_has_a_schema() {
    let listed = run(&["schema", "output"]).stdout;
    assert_eq!(listed.lines().count(), OUTPUTS.len());
    for output in OUTPUTS {
        assert!(listed.contains(output.command), "{}", output.name);
        let schema: Value = serde_json::from_str(&run(&["schema", "output", output.name]).stdout)
            .expect("a schema");
        assert!(jsonschema::meta::is_valid(&schema), "{}", output.name);
    }
    let unknown = run(&["schema", "output", "forcast"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("forecast"), "{}", unknown.stderr);
}

#[test]
fn an_exact_estimate() {
    let json = json(&["--quality", "high", "--prompt-tokens", "50", "--n", "3"]);
    assert_eq!(json["usage"]["text_input_tokens"], 3 * 56, "usage is for the whole request");
    assert_eq!(json["usage"]["image_output_tokens"], 3 * 7_024);
}

#[test]
fn a_range() {
    let json = json(&["--model", "gpt-image-1.5", "--n", "2", "--partial-images", "1"]);
    assert_eq!(json["certainty"], "range");
    assert_eq!(json["usage"]["text_output_tokens"], Value::Null);
    assert_eq!(json["usage"]["text_output_tokens_low"], 0);
    assert_eq!(json["usage"]["text_output_tokens_high"], 2 * 856);
    assert_eq!(json["usage"]["image_output_tokens"], 2 * (1_056 + 100), "what is expected");
}

#[test]
fn an_unknown() {
    // 30 × 5 + 1,024 × 38 per 1M = 0.00015 + 0.038912, and 20 cached tokens without a rate.
    let cached = json(&[
        "--model",
        "mai-image-2.6",
        "--billed-text-tokens",
        "50",
        "--cached-text-tokens",
        "20",
    ]);
    assert_eq!(
        (&cached["certainty"], &cached["cost_low_usd"]),
        (&"unknown".into(), &"0.039062".into())
    );
    let line = &cached["lines"][1];
    assert_eq!(
        (&line["unit_price"], &line["per"], &line["cost_low_usd"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    json(&["--model", "gpt-image-2.6-flare", "--input-image", "1024x1024", "--prompt-tokens", "5"]);
}

#[test]
fn replies_and_own_tables() {
    json(&["--usage", "fixtures/replies/responses.json", "--model", "gpt-image-2"]);
    let group = json(&["--pricing", "fixtures/pricing/valid", "--route", "gpt-image-2@gold"]);
    assert_eq!((&group["group"], &group["owner"]), (&"gold".into(), &"acme".into()));
    json(&["--model", "chatgpt-image-latest", "--size", "auto", "--quality", "auto"]);
}

#[test]
fn every_row_of_a_batch_file_holds_an_estimate() {
    let request = "fixtures/requests/batch-rejected-lines.jsonl";
    let args = ["--request", request, "--allow-files", "fixtures/images", "--format", "json"];
    let json = estimate(&args).json();
    assert_eq!(json["schema"], "imgcost.estimate_file/1");
    check_cost(&json["total"]);
    for row in json["rows"].as_array().expect("rows") {
        match row["outcome"].as_str() {
            Some("priced") => check_estimate(row),
            _ => assert!(row["reason"].is_string() && row.get("lines").is_none(), "{row}"),
        }
    }
}

#[test]
fn lines_add_up_to_the_total() {
    let json = json(&["--input-image", "1024x1024", "--prompt-tokens", "50", "--n", "3"]);
    let lines = json["lines"].as_array().expect("lines").iter();
    let amounts = lines.map(|line| decimal(&line["cost_expected_usd"]));
    assert_eq!(amounts.sum::<Decimal>(), decimal(&json["cost_expected_usd"]));
}

fn decimal(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().expect("money as text")).expect("a decimal")
}
