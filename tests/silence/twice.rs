//! What is named or sent twice is said, and figures that differ are not shown as one.

use crate::common::cli::{estimate, finished, imgcost, run};

#[test]
fn a_limit_beside_a_cost_has_the_places_in_which_they_differ() {
    // 1,000 × $0.16492 = $164.92.
    let args =
        ["--size", "1024x1536", "--quality", "high", "--prompt-tokens", "50", "--images", "1000"];
    let held = |limit: &str| estimate(&[&args[..], &["--max-cost", limit]].concat());
    let near = held("164.919999");
    assert!(near.stderr.contains("limit: $164.920000 is above $164.919999"), "{}", near.stderr);
    assert!(held("160").stderr.contains("limit: $164.92 is above $160.00"));
    assert_eq!(held("164.92").code, 0);
}

#[test]
fn a_model_that_is_named_twice_is_compared_once() {
    let args =
        ["compare", "--qualities", "high", "--format", "json", "--as-of", "2026-11-21", "--models"];
    let rows = |models: &str| {
        let run = run(&[&args[..], &[models]].concat());
        (run.json()["rows"].as_array().map_or(0, Vec::len), run.stderr)
    };
    let (once, quiet) = rows("gpt-image-2");
    let (twice, said) = rows("gpt-image-2,gpt-image-2");
    assert!(once > 0 && once == twice && !quiet.contains("twice"));
    assert!(said.contains("--models names gpt-image-2 twice"), "{said}");
}

#[test]
fn an_id_of_a_batch_file_that_stands_twice_is_said() {
    let line = r#"{"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": {"model": "gpt-image-2", "prompt": "a fox", "size": "1024x1024", "quality": "low"}}"#;
    let found = finished(
        imgcost().args(["estimate", "--request", "-"]).write_stdin(format!("{line}\n{line}\n")),
    );
    assert!(found.stderr.contains("`custom_id` a stands on the lines 1, 2"), "{}", found.stderr);
}
