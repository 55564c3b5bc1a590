//! Problems for programs: with `--format json`, standard error is one object or nothing, and says what people read.
//!
//! `errors` and the tests of tables and budgets hold each of their samples to the same.

use serde_json::Value;

use crate::assert_matches_snapshot;
use crate::common::TODAY;
use crate::common::cli::{Run, assert_same_for_programs, estimate, finished, imgcost, run};

fn rows(object: &Value) -> Vec<[&str; 2]> {
    let rows = object["rows"].as_array().expect("rows");
    let words = |row: &'_ Value, key: &str| row[key].as_str().map(str::len);
    assert!(rows.iter().all(|row| words(row, "severity").is_some()), "{object:#}");
    rows.iter()
        .map(|row| ["severity", "code"].map(|key| row[key].as_str().expect("a word")))
        .collect()
}

fn same(args: &[&str]) -> Value {
    assert_same_for_programs(args, &run(args))
}

#[test]
fn where_nothing_is_said_nothing_is_written() {
    let found = estimate(&["--prompt-tokens", "50", "--format", "json"]);
    assert_eq!((found.code, found.stderr.as_str()), (0, ""));
}

#[test]
fn findings_and_hints_are_rows_of_their_own_kind() {
    let day = ["estimate", "--as-of", TODAY];
    let over = same(&[&day[..], &["--max-cost", "0.001"]].concat());
    assert_eq!(rows(&over), [["hint", "example"], ["finding", "limit"]]);
    assert_eq!(over["exit_code"], 1);
    let quiet = same(&[&day[..], &["--max-cost", "0.001", "--quiet"]].concat());
    assert_eq!(rows(&quiet), [["finding", "limit"]]);
    let ready = same(&["routes", "check", "--as-of", TODAY, "replicate/gpt-image-2"]);
    assert_eq!(rows(&ready), [["finding", "not-ready"]]);
}

#[test]
fn a_wrong_line_among_others_says_what_becomes_of_them() {
    let path = "fixtures/requests/batch-rejected-lines.jsonl";
    let helps = |command: &str| {
        let run = run(&[command, path, "--as-of", TODAY]);
        assert_eq!(run.code, 3, "{}", run.stderr);
        let is_said = |help: &str| run.stderr.contains(help);
        [is_said("the others are priced without it"), is_said("none of the others is used until")]
    };
    assert_eq!(helps("estimate"), [true, false]);
    assert_eq!(helps("compare"), [false, true], "a comparison is made of all or of none");
}

#[test]
fn lines_that_are_rejected_have_their_line() {
    let path = "fixtures/requests/batch-rejected-lines.jsonl";
    let said = same(&["estimate", "--as-of", TODAY, "--request", path]);
    let rows = said["rows"].as_array().expect("rows");
    let places: Vec<_> =
        rows.iter().map(|row| (row["file"].as_str(), row["line"].as_u64())).collect();
    // Lines 2, 4, 5 and 6 by themselves, and the file as a whole: line 4 goes to another endpoint, rejected as it is.
    let expected = [Some(2), Some(4), Some(5), Some(6), None];
    assert_eq!(places, expected.map(|line| (Some(path), line)));
    assert_eq!(rows[4]["code"], "batch-refused");
    assert_eq!(said["exit_code"], 3);
}

#[test]
fn files_that_cannot_be_read_are_rows_as_well() {
    for args in [
        &["estimate", "--request", "fixtures/requests/broken.json"][..],
        &["estimate", "--request", "fixtures/requests/duplicate-key.json"],
        &["estimate", "--request", "fixtures/requests/wrong-values.json"],
        &["estimate", "--request", "no-such-file.json"],
        &["estimate", "--usage", "fixtures/replies/not-adding-up.json", "--model", "gpt-image-2"],
        &["compare", "--request", "fixtures/requests/broken.json"],
        &["pilot", "read", "no-such-log.csv"],
    ] {
        assert_eq!(same(args)["exit_code"], 3, "{args:?}");
    }
}

/// What is wrong with arguments comes from another place than all else, and is said in the same form.
#[test]
fn arguments_that_cannot_be_read_are_rows_as_well() {
    let row = |args: &[&str]| -> (Run, Value) {
        let run = run(args);
        let said: Value = serde_json::from_str(&run.stderr).expect("one object");
        assert_eq!((run.code, &said["exit_code"]), (2, &2.into()), "{args:?}");
        assert_eq!(said["rows"].as_array().map(Vec::len), Some(1), "{args:?}");
        (run, said["rows"][0].clone())
    };
    for (code, args) in [
        ("unknown-argument", &["estimate", "--sise", "7x7", "--format=json"][..]),
        ("unknown-argument", &["--format", "json"]),
        ("unknown-command", &["estmate", "--format", "json"]),
        ("invalid-value", &["estimate", "--format", "json", "--max-cost", "1e3"]),
        ("invalid-value", &["compare", "--format", "json", "--sort", "beauty"]),
        ("missing-argument", &["budget", "afford", "--format", "json"]),
        (
            "argument-conflict",
            &["estimate", "--format=json", "--prompt", "x", "--prompt-tokens", "1"],
        ),
    ] {
        let (run, row) = row(args);
        assert_eq!(row["code"], code, "{row:#}");
        assert!(row["help"].is_string() && !run.stderr.contains("error: "), "{row:#}");
    }
    // What is alike in a few letters alone, such as --replace, is not meant.
    let (_, unlike) = row(&["budget", "forecast", "--explain", "--format=json"]);
    assert_eq!(unlike["help"], "see --help of the command");
    let (_, row) = row(&["estimate", "--sise", "7x7", "--format=json"]);
    assert_eq!(row["help"], "did you mean --size?");
    let people = run(&["budget", "forecast", "--explain"]);
    assert!(people.stderr.contains("'--explain' found"), "{}", people.stderr);
    assert!(!people.stderr.contains("--replace"), "{}", people.stderr);
    let words = run(&["estimate", "--prompt", "--format json", "--sise", "7x7"]);
    assert!(words.stderr.starts_with("error: "), "the prompt is no flag: {}", words.stderr);
}

#[test]
fn colours_are_for_people_alone() {
    let always = ["estimate", "--size", "7x7", "--as-of", TODAY, "--color", "always"];
    let said = finished(imgcost().args(always).args(["--format", "json"]));
    assert!(!said.stderr.contains('\u{1b}'), "{}", said.stderr);
    assert_matches_snapshot!("problems__json", said.shown());
}
