//! The tier at which a call is served: rates of its own or open lines, and never the standard rates in silence.

use serde_json::{Value, json};

use crate::common::cli::{Run, estimate, estimate_stdin, finished, imgcost, run};
use crate::common::{TODAY, rate_reply};
use crate::replies::{RESPONSES, gpt_image_2, with};

fn body(tier: &str) -> Value {
    json!({
        "model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low",
        "service_tier": tier,
    })
}

fn asked(body: &Value, more: &[&str]) -> Run {
    estimate_stdin(&[&["--request", "-", "--format", "json"], more].concat(), &body.to_string())
}

/// 196 × $30 and 8 × $5 per 1M: of a prompt of 2 tokens the service makes 8.
const STANDARD: &str = "0.00592";

#[test]
fn a_body_is_priced_at_the_tier_that_it_asks_for() {
    for tier in ["default", "standard"] {
        let json = asked(&body(tier), &[]).json();
        assert_eq!(json["cost_expected_usd"], STANDARD, "{tier}");
        assert_eq!(json["request"]["processing"], "standard");
    }
    for (tier, processing) in [("flex", "flex"), ("priority", "priority"), ("fast", "priority")] {
        let json = asked(&body(tier), &[]).json();
        assert_eq!(json["request"]["processing"], processing);
        assert_eq!(json["certainty"], "unknown", "no table has its rates");
        let reason = json["reason"].to_string();
        assert!(reason.contains(&format!("the {processing} rate for")), "{reason}");
    }
    let responses = json!({
        "model": "gpt-6-luna", "input": "A cat", "service_tier": "priority",
        "tools": [{"type": "image_generation", "model": "gpt-image-2", "size": "1024x1024", "quality": "low"}],
    });
    assert_eq!(asked(&responses, &[]).json()["request"]["processing"], "priority");
}

#[test]
fn auto_is_the_tier_of_the_project_and_said() {
    let json = asked(&body("auto"), &[]).json();
    assert_eq!(json["cost_expected_usd"], STANDARD);
    let notes = json["notes"].to_string();
    assert!(notes.contains("`service_tier` is auto, the tier that the project sets"), "{notes}");
}

#[test]
fn a_tier_without_a_word_is_refused_by_name_and_a_batch_takes_none() {
    let run = asked(&body("scale"), &[]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("`service_tier` is `scale`"), "{}", run.stderr);
    let line = |tier| json!({"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": body(tier)});
    let run = asked(&line("flex"), &[]);
    assert_ne!(run.code, 0);
    assert!(run.stderr.contains("a Batch has rates of its own"), "{}", run.stderr);
    let json = asked(&line("default"), &[]).json();
    assert_eq!(json["total"]["cost_expected_usd"], "0.00296", "half of the standard rates");
}

#[test]
fn the_flag_prices_at_the_rates_of_its_kind_alone() {
    let flags = ["--size", "1024x1024", "--quality", "low", "--prompt-tokens", "2"];
    for kind in ["flex", "priority"] {
        let run = estimate(&[&flags[..], &["--processing", kind]].concat());
        let title = format!("1 image, {kind}");
        assert!(run.stdout.contains(&title), "{}", run.stdout);
        assert!(run.stdout.contains(&format!("the {kind} rate for")), "{}", run.stdout);
    }
    let run = estimate(&["--processing", "fast"]);
    assert_ne!(run.code, 0);
    assert!(run.stderr.contains("standard, batch, flex, priority"), "{}", run.stderr);
}

#[test]
fn what_a_reply_says_of_its_tier_is_what_was_billed() {
    let flex = with(RESPONSES, "/service_tier", json!("flex")).to_string();
    let standard = rate_reply(RESPONSES, &gpt_image_2(), TODAY).total;
    let rated = rate_reply(&flex, &gpt_image_2(), TODAY);
    assert_eq!(rated.total.high(), None);
    assert_eq!(rated.by_rule.expect("the standard rates").amount, standard);
    for (tier, asked) in [("flex", "priority"), ("default", "flex"), ("flex", "batch")] {
        let reply = with(RESPONSES, "/service_tier", json!(tier)).to_string();
        let run = estimate_stdin(
            &["--usage", "-", "--model", "gpt-image-2", "--processing", asked],
            &reply,
        );
        assert_eq!(run.code, 2, "{tier}, {asked}: {}", run.stderr);
        let what = format!("served at the tier `{tier}`, and {asked} processing was asked for");
        assert!(run.stderr.contains(&what), "{}", run.stderr);
    }
    // Work in a Batch is served at the standard tier.
    let run = estimate_stdin(
        &["--usage", "-", "--model", "gpt-image-2", "--processing", "batch"],
        RESPONSES,
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_budget_and_a_comparison_price_the_tier_that_they_name() {
    let cost = |kind: &str| {
        let budget = format!(
            "start: 2027-01\nmonths: 1\nworkloads:\n  - name: a\n    request: {{model: gemini-3-pro-image, \
             resolution: 2K, billed_text_tokens: 60, text_output_tokens: 0, processing: {kind}}}\n    \
             route: google/gemini-3-pro-image\n    accepted_images: 1000\n"
        );
        let flags = ["budget", "forecast", "-", "--as-of", "2026-11-28", "--format", "json"];
        let run = finished(imgcost().args(flags).write_stdin(budget));
        run.json()["total"]["cost_high_usd"].clone()
    };
    // 1,120 × 120 and 60 × 2 per 1M; half of it; 1.8 times as much.
    let costs = [("standard", "134.52"), ("flex", "67.26"), ("priority", "242.136")];
    for (kind, expected) in costs {
        assert_eq!(cost(kind), expected, "{kind}");
    }
    let compared = run(&[
        "compare",
        "--as-of",
        TODAY,
        "--routes",
        "openai/gpt-image-2",
        "--processing",
        "flex",
    ]);
    assert!(compared.stdout.contains("the flex rate for"), "{}", compared.stdout);
}
