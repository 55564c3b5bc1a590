//! The Responses image tool: a mainline model that calls the image model.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::assert_matches_snapshot;
use crate::common::cli::{estimate, run};

/// gpt-image-2 at high, called by gpt-6.1-sol: 3,000 tokens read, 1,000 of them cached, and 200 written.
const ASKED: [&str; 12] = [
    "--quality",
    "high",
    "--prompt-tokens",
    "60",
    "--mainline-model",
    "gpt-6.1-sol",
    "--mainline-input-tokens",
    "3000",
    "--mainline-cached-tokens",
    "1000",
    "--mainline-output-tokens",
    "200",
];

#[test]
fn one_turn() {
    assert_matches_snapshot!("responses__one-turn", estimate(&ASKED).shown());
}

#[test]
fn a_conversation_of_three_turns() {
    let more = ["--turns", "3", "--acceptance", "80%", "--images", "100"];
    let run = estimate(&[&ASKED[..], &more].concat());
    assert_matches_snapshot!("responses__three-turns", run.shown());
}

#[test]
fn an_explanation_names_the_turns_and_the_unit() {
    let run = estimate(&[&ASKED[..], &["--turns", "3", "--explain"]].concat());
    assert_matches_snapshot!("responses__explained", run.shown());
}

#[test]
fn nothing_given_of_the_mainline_model() {
    let run = estimate(&["--route", "openai/responses/gpt-image-2", "--prompt-tokens", "60"]);
    assert_matches_snapshot!("responses__nothing-given", run.shown());
}

#[test]
fn a_flag_alone_picks_the_route_and_names_the_others() {
    for flag in [["--turns", "2"], ["--mainline-input-tokens", "3000"]] {
        let run = estimate(&flag);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("official/openai/responses/gpt-image-2"), "{}", run.stdout);
        assert!(run.stdout.contains("--mainline-output-tokens"), "{}", run.stdout);
        assert!(!run.stderr.contains("this is an example"), "{}", run.stderr);
    }
}

#[test]
fn the_json_has_the_conversation_and_a_route_for_each_line() {
    let json = |more: &[&str]| estimate(&[&ASKED[..], more, &["--format", "json"]].concat()).json();
    let conversation = json(&["--turns", "3"]);
    let request = &conversation["request"];
    assert_eq!(request["turns"], 3);
    assert_eq!(request["mainline_model"], "gpt-6.1-sol");
    let tokens = json!({"input": 3000, "cached": 1000, "output": 200});
    assert_eq!(request["mainline_tokens_per_turn"], tokens);
    let lines = conversation["lines"].as_array().expect("lines");
    let of =
        |line: &Value| format!("{} {}", line["route"].as_str().unwrap_or("none"), line["meter"]);
    assert_eq!(
        lines.iter().map(of).collect::<Vec<_>>(),
        [
            "official/openai/responses/gpt-image-2 \"text_input\"",
            "official/openai/responses/gpt-image-2 \"image_input\"",
            "official/openai/responses/gpt-image-2 \"image_output\"",
            "official/openai/gpt-6.1-sol \"text_input\"",
            "official/openai/gpt-6.1-sol \"cached_text_input\"",
            "official/openai/gpt-6.1-sol \"text_output\"",
        ]
    );
    // 0.673534 with nothing cached; 3 × 1,000 tokens cost 0.10 and not 2.00 per million.
    assert_eq!(conversation["cost_expected_usd"], "0.667834");
    let single = estimate(&["--quality", "high", "--format", "json"]).json();
    assert_eq!(single["request"]["turns"], 1);
    assert_eq!(single["request"]["mainline_tokens_per_turn"], Value::Null);
}

#[test]
fn a_limit_is_held_against_both_models() {
    let code = |limit| estimate(&[&ASKED[..], &["--max-cost", limit]].concat()).code;
    // 0.21105 for the image, 2,000 × 2 + 1,000 × 0.10 + 200 × 10 for gpt-6.1-sol: 0.21715.
    assert_eq!((code("0.21715"), code("0.2171")), (0, 1));
    let open = estimate(&["--mainline-model", "gpt-6.1-sol", "--max-cost", "100"]);
    assert_eq!(open.code, 1, "what is unknown is not within any limit");
}

#[test]
fn an_images_api_body_can_be_asked_of_a_mainline_model() {
    let body = ["--request", "fixtures/requests/generation.json"];
    let total = |args: &[&str]| {
        let args = [&body[..], args, &["--format", "json"]].concat();
        estimate(&args).json()["cost_expected_usd"].as_str().expect("exact").to_owned()
    };
    let money = |args: &[&str]| Decimal::from_str_exact(&total(args)).expect("a decimal");
    // 2,000 × 2 + 1,000 × 0.10 + 200 × 10 for gpt-6.1-sol, ÷ 1,000,000, come on top.
    assert_eq!(money(&ASKED[4..]) - money(&[]), Decimal::new(61, 4));
}

#[test]
fn the_route_shows_which_models_call_the_image_model() {
    let show = |more: &[&str]| {
        let args = ["routes", "show", "openai/responses/gpt-image-2", "--as-of", "2026-11-21"];
        run(&[&args[..], more].concat())
    };
    let text = show(&[]).stdout;
    assert!(text.contains("Called by     gpt-6-luna, gpt-6-sol"), "{text}");
    assert!(text.contains("Not counted   a later turn"), "{text}");
    let tool = &show(&["--format", "json"]).json()["image_tool"];
    assert_eq!(tool["mainline_models"][3], "gpt-6-astra");
    assert_eq!(tool["not_counted"].as_array().map(Vec::len), Some(2));
}
