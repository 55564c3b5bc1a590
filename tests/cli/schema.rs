//! Keys and types of `imgcost.estimate/1`: keys may be added later, and none may change or go.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::cli::estimate;

/// What a value may be.
#[derive(Clone, Copy)]
enum Is {
    Text,
    Count,
    /// Digits and a point, never a JSON number.
    Money,
    List,
    Object,
    OrNull(&'static Is),
}

const TEXT: Is = Is::Text;
const COUNT: Is = Is::Count;
const MONEY: Is = Is::Money;

fn matches(value: &Value, shape: Is) -> bool {
    match shape {
        Is::Text => value.is_string(),
        Is::Count => value.is_u64(),
        Is::Money => value.as_str().is_some_and(is_plain_number),
        Is::List => value.is_array(),
        Is::Object => value.is_object(),
        Is::OrNull(shape) => value.is_null() || matches(value, *shape),
    }
}

fn is_plain_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && Decimal::from_str_exact(text).is_ok()
}

fn check(object: &Value, path: &str, keys: &[(&str, Is)]) {
    for (key, shape) in keys {
        let value =
            object.get(key).unwrap_or_else(|| panic!("{path}.{key} is missing in {object}"));
        assert!(matches(value, *shape), "{path}.{key} is {value}");
    }
}

const TOP: [(&str, Is); 15] = [
    ("schema", Is::Text),
    ("tool", Is::Text),
    ("catalog", Is::Object),
    ("as_of", Is::Text),
    ("request", Is::Object),
    ("route", Is::Object),
    ("price_version", Is::Object),
    ("usage", Is::Object),
    ("usage_range", Is::Object),
    ("lines", Is::List),
    ("total", Is::Object),
    ("attempts", Is::Object),
    ("per_accepted_image", Is::Object),
    ("assumptions", Is::List),
    ("notes", Is::List),
];
const ROUTE: [(&str, Is); 6] = [
    ("id", Is::Text),
    ("owner", Is::Text),
    ("owner_kind", Is::Text),
    ("model", Is::Text),
    ("alias", Is::OrNull(&TEXT)),
    ("group", Is::OrNull(&TEXT)),
];
const PRICE_VERSION: [(&str, Is); 6] = [
    ("from", Is::OrNull(&TEXT)),
    ("until", Is::OrNull(&TEXT)),
    ("seen", Is::OrNull(&TEXT)),
    ("source", Is::Text),
    ("confidence", Is::Text),
    ("basis", Is::Text),
];
const USAGE: [&str; 8] = [
    "text_input_tokens",
    "cached_text_input_tokens",
    "image_input_tokens",
    "cached_image_input_tokens",
    "image_output_tokens",
    "text_output_tokens",
    "images",
    "calls",
];
const LINE: [(&str, Is); 11] = [
    ("meter", Is::Text),
    ("quantity", Is::OrNull(&COUNT)),
    ("unit_price", Is::OrNull(&MONEY)),
    ("per", Is::OrNull(&COUNT)),
    ("unit", Is::Text),
    ("amount", Is::OrNull(&MONEY)),
    ("certainty", Is::Text),
    ("low", Is::OrNull(&MONEY)),
    ("high", Is::OrNull(&MONEY)),
    ("owner", Is::OrNull(&TEXT)),
    ("note", Is::Text),
];
const FIGURE: [(&str, Is); 4] = [
    ("certainty", Is::Text),
    ("low", Is::OrNull(&MONEY)),
    ("expected", Is::OrNull(&MONEY)),
    ("high", Is::OrNull(&MONEY)),
];

fn check_object(json: &Value) {
    check(json, "", &TOP);
    assert_eq!(json["schema"], "imgcost.estimate/1");
    check(&json["catalog"], "catalog", &[("digest", Is::Text)]);
    check(&json["route"], "route", &ROUTE);
    check(&json["price_version"], "price_version", &PRICE_VERSION);
    assert!(["dated", "assumed"].contains(&json["price_version"]["basis"].as_str().expect("text")));
    check(&json["total"], "total", &[("currency", Is::Text)]);
    for figure in [&json["total"], &json["per_accepted_image"]] {
        check_figure(figure);
    }
    check_usage(json);
    json["lines"].as_array().expect("lines").iter().for_each(check_line);
    for note in json["notes"].as_array().expect("notes") {
        check(note, "notes[]", &[("code", Is::Text), ("message", Is::Text)]);
    }
    assert!(json["assumptions"].as_array().expect("assumptions").iter().all(Value::is_string));
}

fn check_figure(figure: &Value) {
    check(figure, "figure", &FIGURE);
    match figure["certainty"].as_str() {
        Some("exact") => {
            assert!(figure["low"].is_string());
            assert!(
                figure["low"] == figure["expected"] && figure["low"] == figure["high"],
                "{figure}"
            );
        }
        Some("range") => {
            assert!(figure["low"].is_string() && figure["high"].is_string(), "{figure}")
        }
        Some("unknown") => {
            assert!(figure["expected"].is_null() && figure["high"].is_null(), "{figure}")
        }
        other => panic!("{other:?} is not a certainty"),
    }
}

/// A count is a whole number, or null with low and high in `usage_range`.
fn check_usage(json: &Value) {
    for key in USAGE {
        let (count, range) = (&json["usage"][key], &json["usage_range"][key]);
        assert!(count.is_u64() != range.is_object(), "{key}: {count} and {range}");
        if range.is_object() {
            check(range, key, &[("low", Is::Count), ("high", Is::OrNull(&COUNT))]);
        }
    }
}

fn check_line(line: &Value) {
    check(line, "lines[]", &LINE);
    let meter = line["meter"].as_str().expect("text");
    let named = USAGE.iter().any(|key| key.trim_end_matches("_tokens") == meter);
    let is_open = ["open_input", "open_output"].contains(&meter);
    assert!(named || is_open, "{meter} is not the name of a usage key");
    if line["certainty"] == "exact" {
        assert!(line["amount"] == line["low"] && line["amount"] == line["high"], "{line}");
    } else {
        assert!(line["amount"].is_null() && line["note"] != "", "{line}");
    }
}

fn json(args: &[&str]) -> Value {
    estimate(&[args, &["--format", "json"]].concat()).json()
}

#[test]
fn an_exact_estimate() {
    let json = json(&["--quality", "high", "--prompt-tokens", "50", "--n", "3"]);
    check_object(&json);
    assert_eq!(json["usage"]["text_input_tokens"], 3 * 56, "usage is for the whole request");
    assert_eq!(json["usage"]["image_output_tokens"], 3 * 7_024);
    assert_eq!(json["usage_range"], serde_json::json!({}));
}

#[test]
fn a_range() {
    let json = json(&["--model", "gpt-image-1.5", "--n", "2", "--partial-images", "1"]);
    check_object(&json);
    assert_eq!(json["total"]["certainty"], "range");
    assert_eq!(json["usage"]["text_output_tokens"], Value::Null);
    assert_eq!(json["usage_range"]["text_output_tokens"]["low"], 0);
    assert_eq!(json["usage_range"]["text_output_tokens"]["high"], 2 * 856);
    assert_eq!(json["usage_range"]["image_output_tokens"]["expected"], 2 * (1_056 + 100));
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
    check_object(&cached);
    assert_eq!(
        (&cached["total"]["certainty"], &cached["total"]["low"]),
        (&"unknown".into(), &"0.039062".into())
    );
    let line = &cached["lines"][1];
    assert_eq!(
        (&line["unit_price"], &line["per"], &line["low"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    check_object(&json(&[
        "--model",
        "gpt-image-2.6-flare",
        "--input-image",
        "1024x1024",
        "--prompt-tokens",
        "5",
    ]));
}

#[test]
fn replies_and_own_tables() {
    let responses = json(&["--usage", "fixtures/replies/responses.json", "--model", "gpt-image-2"]);
    check_object(&responses);
    let group = json(&["--pricing", "fixtures/pricing/valid", "--route", "gpt-image-2@gold"]);
    check_object(&group);
    assert_eq!(
        (&group["route"]["group"], &group["route"]["owner"]),
        (&"gold".into(), &"acme".into())
    );
    check_object(&json(&[
        "--model",
        "chatgpt-image-latest",
        "--size",
        "auto",
        "--quality",
        "auto",
    ]));
}

#[test]
fn every_row_of_a_batch_file_holds_an_estimate() {
    let request = "fixtures/requests/batch-rejected-lines.jsonl";
    let json = json(&["--request", request, "--allow-files", "fixtures/images"]);
    assert_eq!(json["schema"], "imgcost.estimate_file/1");
    check(
        &json,
        "",
        &[("catalog", Is::Object), ("rows", Is::List), ("total", Is::Object), ("notes", Is::List)],
    );
    check_figure(&json["total"]);
    for row in json["rows"].as_array().expect("rows") {
        check(
            row,
            "rows[]",
            &[("line", Is::Count), ("custom_id", Is::OrNull(&TEXT)), ("status", Is::Text)],
        );
        match row["status"].as_str() {
            Some("priced") => check_object(&row["estimate"]),
            _ => check(row, "rows[]", &[("reason", Is::Text)]),
        }
    }
}

#[test]
fn lines_add_up_to_the_total() {
    let json = json(&["--input-image", "1024x1024", "--prompt-tokens", "50", "--n", "3"]);
    let amounts =
        json["lines"].as_array().expect("lines").iter().map(|line| decimal(&line["amount"]));
    assert_eq!(amounts.sum::<Decimal>(), decimal(&json["total"]["expected"]));
}

fn decimal(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().expect("money as text")).expect("a decimal")
}
