//! What a flag can do about a problem is told with the flag, to people and to programs; the library names none.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::cli::{Run, run};
use crate::common::{TODAY, copy_tables};

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The same run for people and for programs: each tells the cure.
fn assert_told(args: &[&str], cure: &str) -> Run {
    let shown = run(args);
    assert!(shown.stderr.contains(cure), "{cure} is not told:\n{}", shown.stderr);
    let said = run(&[args, &["--format", "json"]].concat());
    let said: Value = serde_json::from_str(&said.stderr).expect("one object");
    let helps: Vec<&str> = said["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["help"].as_str())
        .collect();
    assert!(helps.iter().any(|help| help.contains(cure)), "{cure} is not among {helps:?}");
    shown
}

#[test]
fn a_catalogue_without_its_stamp_is_stamped_by_a_flag() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_tables(folder.path());
    let pricing = folder.path().display().to_string();
    let args = ["estimate", "--prompt-tokens", "50", "--as-of", TODAY, "--pricing", &pricing];
    assert_told(&args, "imgcost prices pin DIR --stamp");
}

#[test]
fn a_statement_that_was_wrong_is_pinned_as_corrected_by_a_flag() {
    let found = run(&["prices", "check", "fixtures/pricing/invalid/published-statement-changed"]);
    let cure = "imgcost prices pin DIR --corrected official/acme/acme-brush";
    assert!(found.stderr.contains(cure), "{}", found.stderr);
    let found = run(&[
        "prices",
        "check",
        "fixtures/pricing/invalid/published-statement-changed",
        "--format",
        "json",
    ]);
    let rows = found.json()["rows"].as_array().expect("rows").clone();
    let helps: Vec<&str> = rows.iter().filter_map(|row| row["help"].as_str()).collect();
    assert!(helps.iter().any(|help| help.contains(cure)), "{helps:?}");
}

#[test]
fn a_key_that_is_no_slip_is_left_out_by_a_flag() {
    let bodies = folder(&[
        ("body.json", r#"{"model": "gpt-image-2", "prompt": "a", "sizes": "1024x1024"}"#),
        ("reply.json", r#"{"usage": {"input_tokens": 5, "output_tokens": 5, "total_token": 9}}"#),
    ]);
    let cure = "--ignore-key sizes leaves it out of the total";
    assert_told(&["estimate", &path(&bodies, "body.json"), "--as-of", TODAY], cure);
    let cure = "--ignore-key usage.total_token leaves it out of the total";
    assert_told(&["estimate", &path(&bodies, "reply.json"), "--as-of", TODAY], cure);
}

#[test]
fn a_file_elsewhere_is_allowed_by_a_flag() {
    let files = folder(&[
        ("image.png", "elsewhere"),
        ("bodies/body.json", r#"{"model": "gpt-image-2", "prompt": "a", "image": "../image.png"}"#),
        (
            "bodies/budget.yaml",
            "start: 2026-12\nmonths: 1\nworkloads:\n  - name: a\n    accepted_images: 10\n    \
             request: {model: gpt-image-2, prompt_tokens: 50, input_images: [../image.png]}\n",
        ),
    ]);
    let cure = "allow its own with --allow-files DIR";
    assert_told(&["estimate", &path(&files, "bodies/body.json"), "--as-of", TODAY], cure);
    let budget = path(&files, "bodies/budget.yaml");
    assert_told(&["budget", "forecast", &budget, "--as-of", TODAY], cure);
}

#[test]
fn other_shapes_other_tables_and_evidence_are_given_by_flags() {
    for (args, cures) in [
        (&["sizes", "2048x2048", "--quality", "high"][..], &["--aspect-tolerance"][..]),
        (&["routes", "check"], &["--pricing DIR"]),
        (
            &["prices", "init", "acme", "--per-call", "0.03"],
            &["--source", "--seen", "--confidence"],
        ),
    ] {
        let mut args = args.to_vec();
        let folder = tempfile::tempdir().expect("a folder");
        let dir = path(&folder, "own");
        match args[0] {
            "prices" => args.extend(["--dir", &dir]),
            _ => args.extend(["--as-of", TODAY]),
        }
        let found = run(&args);
        for cure in cures {
            assert!(found.stdout.contains(cure), "{cure} is not told:\n{}", found.shown());
        }
    }
}
