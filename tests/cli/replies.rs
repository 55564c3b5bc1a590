//! Pasted API replies.

use crate::assert_matches_snapshot;
use crate::common::cli::{estimate, estimate_stdin, run};

const MODEL: [&str; 2] = ["--model", "gpt-image-2"];

fn usage(file: &str) -> String {
    format!("fixtures/replies/{file}")
}

#[test]
fn a_reply_and_its_batch_price() {
    let file = usage("edit-3840x2160-high.json");
    let run = estimate(&[&MODEL[..], &["--usage", &file]].concat());
    assert_matches_snapshot!("reply__edit", run.shown());
    let total = |more: &[&str]| {
        let args = [&MODEL[..], &["--usage", &file, "--format", "json"], more].concat();
        estimate(&args).json()["cost_expected_usd"].clone()
    };
    assert_eq!(total(&[]), "0.413");
    assert_eq!(total(&["--processing", "batch"]), "0.2065");
    assert_eq!(
        total(&["--cached-text-tokens", "100", "--cached-image-tokens", "1000"]),
        "0.406625"
    );
}

#[test]
fn a_reply_with_cached_tokens() {
    let run = estimate(&[&MODEL[..], &["--usage", &usage("edit-cached.json")]].concat());
    assert_matches_snapshot!("reply__cached", run.shown());
}

#[test]
fn more_cached_tokens_than_the_reply_bills() {
    let file = usage("edit-3840x2160-high.json");
    let run = estimate(&[&MODEL[..], &["--usage", &file, "--cached-text-tokens", "229"]].concat());
    assert_eq!(run.code, 2);
    assert_matches_snapshot!("reply__cached-more-than-billed", run.shown());
}

#[test]
fn a_responses_reply_with_a_known_and_an_unknown_mainline_model() {
    let file = usage("responses.json");
    let known =
        estimate(&[&MODEL[..], &["--usage", &file, "--mainline-model", "gpt-6-sol"]].concat());
    assert_matches_snapshot!("reply__responses-known", known.shown());
    let unknown = estimate(&[&MODEL[..], &["--usage", &file]].concat());
    assert_matches_snapshot!("reply__responses-unknown", unknown.shown());
    let wrong =
        estimate(&[&MODEL[..], &["--usage", &file, "--mainline-model", "gpt-9-nova"]].concat());
    assert_matches_snapshot!("reply__responses-no-table", wrong.shown());
}

#[test]
fn a_streamed_completed_event() {
    let run = estimate(&[&MODEL[..], &["--usage", &usage("completed-event.txt")]].concat());
    assert_matches_snapshot!("reply__completed-event", run.shown());
}

#[test]
fn a_reply_without_a_model_needs_one_and_no_model_is_taken_for_granted() {
    for command in ["estimate", "compare"] {
        let run = run(&[command, "--usage", &usage("text-output.json")]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains("does not name its image model"), "{}", run.stderr);
        assert!(run.stderr.contains("--model"), "{}", run.stderr);
    }
}

#[test]
fn replies_that_cannot_be_rated() {
    let run = estimate(&[&MODEL[..], &["--usage", &usage("not-adding-up.json")]].concat());
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    assert_matches_snapshot!("reply__not-adding-up", run.shown());
    let missing = estimate(&[&MODEL[..], &["--usage", &usage("no-such-reply.json")]].concat());
    assert_eq!(missing.code, 3);
    assert!(missing.stderr.starts_with("error[unreadable]"), "{}", missing.stderr);
}

#[test]
fn an_error_says_what_failed_and_who_pays_by_the_terms() {
    let run = estimate(&[&MODEL[..], &["--usage", &usage("error.json")]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_matches_snapshot!("reply__of-an-error", run.shown());
}

#[test]
fn input_that_is_not_split_lies_between_all_text_and_all_images() {
    let run = estimate(&[&MODEL[..], &["--usage", &usage("without-details.json")]].concat());
    assert_matches_snapshot!("reply__without-details", run.shown());
}

#[test]
fn a_delivered_image_without_usage_is_unknown() {
    let args = [&MODEL[..], &["--usage", &usage("without-usage.json"), "--max-cost", "1000"]];
    let run = estimate(&args.concat());
    assert_matches_snapshot!("reply__without-usage", run.shown());
}

#[test]
fn negative_and_fractional_counts_are_refused() {
    for count in ["-1", "1.5", "\"11\""] {
        let reply = format!(r#"{{"usage":{{"input_tokens":{count},"output_tokens":196}}}}"#);
        let run = estimate_stdin(&["--usage", "-"], &reply);
        assert_eq!(run.code, 3, "{count}");
        assert!(
            run.stderr.contains("`usage.input_tokens` must be a whole number"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_duplicate_key_of_a_reply_is_refused() {
    let reply = r#"{"usage":{"input_tokens":0,"output_tokens":196,"output_tokens":7024}}"#;
    let run = estimate_stdin(&["--usage", "-"], reply);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("the key `output_tokens` stands twice"), "{}", run.stderr);
}
