//! Every format of the same estimates, and the help.

use crate::assert_matches_snapshot;
use crate::common::TODAY;
use crate::common::cli::{estimate, finished, imgcost, run};

/// An edit with two reference images, retries and a volume: every part of a report.
const EDIT: [&str; 14] = [
    "--model",
    "gpt-image-2",
    "--size",
    "1024x1536",
    "--quality",
    "high",
    "--prompt-tokens",
    "50",
    "--input-image",
    "1024x1024",
    "--acceptance",
    "70%",
    "--images",
    "12000",
];
/// A model whose text output a request cannot tell: a range.
const RANGE: [&str; 6] =
    ["--model", "gpt-image-1.5", "--input-image", "1024x1024", "--prompt-tokens", "50"];
/// Cached tokens, for which the owner states no rate: an unknown line.
const UNKNOWN: [&str; 6] =
    ["--model", "mai-image-2.6", "--billed-text-tokens", "50", "--cached-text-tokens", "20"];

fn cases() -> [(&'static str, &'static [&'static str]); 3] {
    [("edit", &EDIT), ("range", &RANGE), ("unknown", &UNKNOWN)]
}

#[test]
fn tables_of_100_columns() {
    for (name, args) in cases() {
        assert_matches_snapshot!(format!("table_100__{name}"), estimate(args).shown());
    }
}

#[test]
fn tables_of_80_columns() {
    for (name, args) in cases() {
        let run = finished(
            imgcost().env("COLUMNS", "80").args(["estimate", "--as-of", TODAY]).args(args),
        );
        let widest = run.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{name} is {widest:?} columns wide");
        assert_matches_snapshot!(format!("table_80__{name}"), run.shown());
    }
}

#[test]
fn csv_has_full_precision_and_no_totals() {
    for (name, args) in cases() {
        let run = estimate(&[args, &["--format", "csv"]].concat());
        assert!(!run.stdout.contains("total"), "{}", run.stdout);
        assert_matches_snapshot!(format!("csv__{name}"), run.shown());
    }
}

#[test]
fn markdown() {
    for (name, args) in cases() {
        let run = estimate(&[args, &["--format", "markdown"]].concat());
        assert_matches_snapshot!(format!("markdown__{name}"), run.shown());
    }
}

#[test]
fn json() {
    for (name, args) in cases() {
        let run = estimate(&[args, &["--format", "json"]].concat());
        // The digest changes with every edit of a table, which says nothing about the format.
        let digest = run.json()["catalog_digest"].as_str().expect("a digest").to_owned();
        assert_eq!(digest.len(), 64);
        assert_matches_snapshot!(format!("json__{name}"), run.shown().replace(&digest, "[digest]"));
    }
}

#[test]
fn explanations() {
    for (name, args) in cases() {
        let run = estimate(&[args, &["--explain"]].concat());
        assert_matches_snapshot!(format!("explain__{name}"), run.shown());
    }
}

#[test]
fn an_explanation_is_in_every_format() {
    for format in ["csv", "json", "markdown"] {
        let run = estimate(&[&EDIT[..], &["--explain", "--format", format]].concat());
        // 96 × 64 × (2,000,000 + 1,572,864) ÷ 4,000,000, rounded up = 5,488
        assert!(run.stdout.contains("96 × 64 × "), "{format}: {}", run.stdout);
    }
}

#[test]
fn an_edit_costs_what_its_lines_say() {
    // (56 × 5 + 1,024 × 8 + 5,488 × 30) ÷ 1e6 = 0.173112; ÷ 0.7 × 12,000 = 2,967.634…
    let json = estimate(&[&EDIT[..], &["--format", "json"]].concat()).json();
    assert_eq!(json["cost_expected_usd"], "0.173112");
    assert_eq!(json["per_accepted_image_expected_usd"], "0.247302857143");
    assert_eq!(json["volume_expected_usd"], "2967.634285714286");
}

#[test]
fn failures_of_a_route_that_does_not_say_who_pays_are_a_range() {
    let args =
        ["--quality", "high", "--failure-rate", "2%", "--block-rate", "1%", "--images", "100"];
    assert_matches_snapshot!("table_100__failures", estimate(&args).shown());
}

#[test]
fn help() {
    assert_matches_snapshot!("help", run(&["--help"]).shown());
    assert_matches_snapshot!("help__estimate", run(&["estimate", "--help"]).shown());
}

#[test]
fn help_fits_80_columns() {
    let run = finished(imgcost().env("COLUMNS", "80").args(["estimate", "--help"]));
    let examples = run.stdout.find("Examples:").expect("examples");
    let widest = run.stdout[..examples].lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
}
