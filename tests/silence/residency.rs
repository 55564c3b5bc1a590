//! Data residency: a factor of the model at its maker, in lines of their own; nothing, where that is stated; and not
//! stated at every other owner.

use serde_json::Value;

use crate::common::cli::{estimate, finished, imgcost, run};

/// 7,024 × $30 and 66 × $5 per 1M: of a prompt of 60 tokens the service makes 66.
const ASKED: [&str; 6] = ["--size", "1024x1024", "--quality", "high", "--prompt-tokens", "60"];

fn estimated(model: &str, more: &[&str]) -> Value {
    let flags = ["--model", model, "--format", "json"];
    estimate(&[&ASKED[..], &flags, more].concat()).json()
}

fn line<'j>(json: &'j Value, meter: &str) -> Option<&'j Value> {
    json["lines"].as_array()?.iter().find(|line| line["meter"] == meter)
}

#[test]
fn what_is_open_of_a_model_is_from_its_least_to_its_most() {
    let json = estimated("gpt-image-2", &["--data-residency"]);
    // 0.21072 + 0.00033 = 0.21105, × 1 to × 1.1.
    assert_eq!(json["cost_low_usd"], "0.21105");
    assert_eq!(json["cost_high_usd"], "0.232155");
    assert_eq!(json["cost_expected_usd"], Value::Null, "no midpoint");
    let output = line(&json, "data_residency").expect("a line of its own");
    assert_eq!(
        (&output["cost_low_usd"], &output["cost_high_usd"]),
        (&"0".into(), &"0.021072".into())
    );
    let input = line(&json, "data_residency_input").expect("and one of what is sent");
    assert_eq!(input["cost_high_usd"], "0.000033");
    assert!(json["reason_codes"].to_string().contains("data_residency_open"), "{json:#}");
    let without = estimated("gpt-image-2", &[]);
    assert_eq!(without["cost_expected_usd"], "0.21105");
    assert!(line(&without, "data_residency").is_none());
}

#[test]
fn a_model_to_which_it_adds_nothing_says_so() {
    for model in ["gpt-image-1.5", "gpt-image-1-mini"] {
        let (with, without) = (estimated(model, &["--data-residency"]), estimated(model, &[]));
        assert_eq!(with["cost_high_usd"], without["cost_high_usd"], "{model}");
        assert!(line(&with, "data_residency").is_none());
        let notes = with["notes"].to_string();
        assert!(notes.contains(&format!("data residency adds nothing to {model}")), "{notes}");
    }
}

#[test]
fn at_another_owner_it_is_not_stated() {
    let at = |route: &str| {
        let flags = ["--route", route, "--format", "json"];
        estimate(&[&ASKED[..], &flags, &["--data-residency"]].concat()).json()
    };
    let provider = at("fal/gpt-image-2");
    assert_eq!(provider["certainty"], "unknown");
    assert!(provider["reason_codes"].to_string().contains("data_residency_not_stated"));
}

#[test]
fn a_comparison_and_a_budget_take_it_too() {
    let flags =
        ["compare", "--as-of", "2026-11-28", "--routes", "openai/gpt-image-2", "--format", "json"];
    let json = run(&[&flags[..], &ASKED, &["--data-residency"]].concat()).json();
    let output = line(&json["rows"][0], "data_residency").expect("a line of its own");
    assert_eq!(output["cost_high_usd"], "0.021072");
    let budget = |key: &str, model: &str| {
        let text = format!(
            "start: 2027-01\nmonths: 1\n{key}workloads:\n  - name: a\n    request: {{model: {model}, size: 1024x1024, \
             quality: high, billed_text_tokens: 66}}\n    accepted_images: 1000\n"
        );
        let flags = ["budget", "forecast", "-", "--as-of", "2026-11-28", "--format", "json"];
        finished(imgcost().args(flags).write_stdin(text))
    };
    let cost = |key: &str| budget(key, "gpt-image-2").json()["total"]["cost_high_usd"].clone();
    assert_eq!(cost(""), "211.05");
    assert_eq!(cost("data_residency: true\n"), "232.155");
}

#[test]
fn the_price_keeps_its_own_source_and_the_factor_has_one_in_a_note() {
    let (with, without) =
        (estimated("gpt-image-2", &["--data-residency"]), estimated("gpt-image-2", &[]));
    for key in ["seen", "confidence", "source", "price_basis"] {
        assert_eq!(with[key], without[key], "{key}");
    }
    let notes = with["notes"].to_string();
    assert!(
        notes.contains("data residency multiplies what gpt-image-2 costs by 1 to 1.1"),
        "{notes}"
    );
    assert!(notes.contains("guides/data-residency"), "{notes}");
    let output = line(&with, "data_residency").expect("a line of its own");
    assert!(output["source"].as_str().expect("a source").contains("data-residency"));
    // So the maker's route is named, by the most that it can cost.
    let flags = ["compare", "--as-of", "2026-11-28", "--owners", "openai", "--data-residency"];
    let shown = run(&[&flags[..], &ASKED].concat()).shown();
    assert!(shown.contains("$0.211 to $0.2322 an accepted image, by the most"), "{shown}");
}

#[test]
fn a_budget_of_flags_takes_it_and_other_commands_say_who_does() {
    let flags = ["budget", "forecast", "--images", "1000", "--months", "1", "--format", "json"];
    let model = ["--model", "gpt-image-2", "--as-of", "2026-11-28"];
    let json = run(&[&flags[..], &model, &ASKED, &["--data-residency"]].concat()).json();
    // 1,000 × 0.21105, × 1 to × 1.1.
    assert_eq!(json["total"]["cost_low_usd"], "211.05");
    assert_eq!(json["total"]["cost_high_usd"], "232.155");
    let refused = run(&["sizes", "--data-residency"]);
    assert!(refused.stderr.contains("estimate, compare and the commands of budgets take it"));
}
