//! A limit that was given is in every object for programs, and rejected lines of a file do not hide it.

use serde_json::{Value, json};

use crate::common::cli::{estimate, estimate_stdin, finished, imgcost, run};

fn limit(args: &[&str]) -> (i32, Value) {
    let found = run(&[args, &["--as-of", "2026-11-21", "--format", "json"]].concat());
    (found.code, found.json()["limit"].clone())
}

#[test]
fn every_object_carries_the_limit_and_its_verdict() {
    let asked = ["--quality", "high", "--size", "1024x1024", "--prompt-tokens", "50"];
    for command in ["estimate", "compare"] {
        let of = |usd: &str| limit(&[&[command], &asked[..], &["--max-cost", usd]].concat());
        assert_eq!(of("9"), (0, json!({"limit_usd": "9", "verdict": "within"})), "{command}");
        let (code, held) = of("0.0001");
        assert_eq!(code, 1, "{command}");
        assert!(
            held["verdict"] == "over" || command == "compare" && held["verdict"] == "unknown",
            "{held}"
        );
    }
    let none = estimate(&[&asked[..], &["--format", "json"]].concat()).json();
    assert_eq!(none["limit"], Value::Null, "none was given");
    // Who pays for a failed attempt is open: from $0.21 to a tenth more, and $0.22 is between.
    let open = ["--failure-rate", "10%", "--images", "100", "--max-cost", "22"];
    let (code, held) = limit(&[&["estimate"], &asked[..], &open[..]].concat());
    assert_eq!((code, &held["verdict"]), (1, &json!("unknown")));
    assert_eq!(limit(&["sizes", "1024x1024", "--max-cost", "5"]).1["verdict"], "within");
    assert_eq!(
        limit(&["sizes", "1024x1024", "--max-cost", "0.000001"]),
        (1, json!({"limit_usd": "0.000001", "verdict": "over"}))
    );
    assert_eq!(limit(&["sizes", "--max-cost", "0.000001"]).1["verdict"], "over");
    let budget =
        ["budget", "forecast", "--images", "100", "--total-limit", "1", "--as-of", "2026-11-21"];
    let found = run(&[&budget[..], &["--format", "json"]].concat()).json();
    let limit = &found["limits"][0];
    assert_eq!((&limit["limit_usd"], &limit["verdict"]), (&json!("1"), &json!("over")));
}

#[test]
fn rejected_lines_do_not_hide_the_limit() {
    let good = r#"{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"fox","size":"1024x1024","quality":"high"}}"#;
    let bad = good.replace("1024x1024", "17x17").replace("\"a\"", "\"b\"");
    let lines = format!("{good}\n{bad}\n");
    let held = |usd: &str| {
        estimate_stdin(&["--request", "-", "--max-cost", usd, "--format", "json"], &lines)
    };
    for (usd, verdict) in [("9", "unknown"), ("0.0001", "over")] {
        let found = held(usd);
        assert_eq!(found.code, 3, "the file is wrong: {}", found.stderr);
        assert_eq!(found.json()["limit"]["verdict"], verdict);
        assert!(found.stderr.contains("limit: at least"), "{}", found.stderr);
    }
}

#[test]
fn every_command_of_budgets_tells_how_its_limits_stand() {
    // 100 × $0.05268 is $5.268, a tenth more $5.79: within 6, not within 5.5 with its margin, over 5.
    for (usd, verdict) in [("6", "within"), ("5.5", "margin_not_covered"), ("5", "over")] {
        let budget = format!(
            "start: 2027-01\nmonths: 1\nlimits: {{total: \"{usd}\"}}\nworkloads:\n  - name: a\n    \
             request: {{size: 1024x1024, quality: medium, billed_text_tokens: 0}}\n    accepted_images: 100\n\
             scenarios: [{{name: more, volume: \"×2\"}}]\n"
        );
        let of = |command: &str, args: &[&str]| {
            let named = ["budget", command, "-", "--as-of", "2026-11-21", "--format", "json"];
            finished(imgcost().args(named).args(args).write_stdin(budget.clone())).json()
        };
        let held = |found: &Value| {
            let limit = &found["limits"][0];
            assert_eq!((&limit["limit_usd"], &limit["verdict"]), (&json!(usd), &json!(verdict)));
        };
        held(&of("check", &[]));
        let compared = of("compare", &[]);
        held(&compared["rows"][0]);
        assert_eq!(compared["rows"][1]["limits"][0]["verdict"], "over");
    }
    let afforded = run(&[
        "budget",
        "afford",
        "fixtures/budgets/valid/least.yaml",
        "--limit",
        "0.01",
        "--format",
        "json",
    ]);
    assert_eq!(afforded.json()["limit"], json!({"limit_usd": "0.01", "verdict": "over"}));
}
