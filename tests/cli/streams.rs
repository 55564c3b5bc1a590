//! Pipes, standard input, and runs without flags.

use std::process::{Command, Stdio};

use crate::assert_matches_snapshot;
use crate::common::TODAY;
use crate::common::cli::{estimate, estimate_stdin, run};

#[test]
fn a_dash_reads_standard_input() {
    let body = include_str!("../../fixtures/requests/generation.json");
    let reply = include_str!("../../fixtures/replies/edit-3840x2160-high.json");
    let batch = include_str!("../../fixtures/requests/batch.jsonl");
    let json = ["--format", "json"];
    for (args, stdin, total) in [
        (["--request", "-"], body, "0.3294"),
        (["--usage", "-"], reply, "0.413"),
        (["--request", "-"], batch, "0.11727"),
        (["--prompt-file", "-"], "A poster of a red fox\n", "0.05274"),
    ] {
        let args = [&args[..], &["--model", "gpt-image-2"], &json].concat();
        let run = estimate_stdin(&args, stdin);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let found = run.json();
        // A file of several requests has a total beside its rows.
        let cost = found.get("total").unwrap_or(&found);
        assert_eq!(cost["cost_expected_usd"], total, "{args:?}");
    }
}

#[test]
fn wrong_standard_input_is_named() {
    for (args, stdin) in [(["--request", "-"], ""), (["--usage", "-"], "not JSON")] {
        let run = estimate_stdin(&args, stdin);
        assert_eq!(run.code, 3);
        assert!(run.stderr.contains("standard input"), "{}", run.stderr);
    }
}

#[test]
fn a_closed_pipe_is_no_error_in_any_format() {
    let commands: [&[&str]; 4] = [
        &["estimate", "--prompt-tokens", "50"],
        &["compare", "--quality", "high"],
        &["budget", "forecast", "--images", "1000", "--months", "60"],
        &["budget", "forecast", "--images", "1000", "--layout", "wide"],
    ];
    for command in commands {
        for format in ["table", "json", "csv", "markdown"] {
            let args = [command, &["--as-of", TODAY, "--format", format]].concat();
            assert_eq!(into_closed_pipe(&args), (Some(0), String::new()), "{args:?}");
        }
    }
}

/// Exit code and standard error of a run whose reader is gone.
fn into_closed_pipe(args: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let child = Command::new(env!("CARGO_BIN_EXE_imgcost"))
        .args(args)
        .env("IMGCOST_CONFIG", "")
        .stdout(writer)
        .stderr(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()
        .expect("the program starts");
    let output = child.wait_with_output().expect("the program ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn without_a_command_there_is_help_and_exit_code_2() {
    let run = run(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Usage: imgcost [OPTIONS] <COMMAND>"), "{}", run.stderr);
}

#[test]
fn without_flags_an_example_is_priced_that_says_how_to_change_it() {
    assert_matches_snapshot!("no-flags", estimate(&[]).shown());
}

#[test]
fn a_day_far_ahead_is_priced_as_assumed() {
    let run =
        run(&["estimate", "--as-of", "2199-12-31", "--prompt-tokens", "50", "--format", "json"]);
    assert_eq!(run.json()["price_basis"], "assumed");
}

#[test]
fn the_same_question_has_the_same_answer() {
    let args = [
        "--model",
        "gpt-image-1.5",
        "--input-image",
        "1024x1024",
        "--prompt",
        "a fox",
        "--format",
        "json",
    ];
    assert_eq!(estimate(&args).stdout, estimate(&args).stdout);
}
