//! Logs of what was used: what is read, priced, rejected and said.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::common::cli::{Run, run};

const LOG: &str = "fixtures/usage/requests.csv";

fn json(args: &[&str]) -> Value {
    let run = run(&[&["usage", "cost"], args, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr))
}

fn cost(args: &[&str]) -> Run {
    run(&[&["usage", "cost"], args].concat())
}

/// 126 × 5/1M + 5,488 × 30/1M                = 0.16527
/// 131 × 5/1M + 5,488 × 30/1M                = 0.165295
/// 96 × 5/1M + 1,024 × 8/1M + 1,756 × 30/1M  = 0.061352
/// 88 × 2.5/1M + 1,756 × 15/1M               = 0.02656     (Batch)
/// 90 × 2.5/1M + 1,756 × 15/1M               = 0.026565    (Batch)
/// 101 × 5/1M + 4,096 × 8/1M + 1,024 × 2/1M + 1,756 × 30/1M = 0.088001
/// 40 × 5/1M + 272 × 32/1M                   = 0.008904    (gpt-image-1.5)
#[test]
fn the_fixture_costs_what_its_rows_cost_by_hand() {
    let found = json(&[LOG]);
    assert_eq!(found["total"]["cost_expected_usd"], "0.541947");
    assert_eq!(
        (&found["read"], &found["rated"], &found["rejected"]),
        (&7.into(), &7.into(), &0.into())
    );
    let summary = found["summary"].as_array().expect("groups");
    let costs: Vec<&Value> = summary.iter().map(|group| &group["cost_expected_usd"]).collect();
    // September 0.16527 + 0.165295 + 0.061352; October gpt-image-1.5, then gpt-image-2.
    assert_eq!(costs, ["0.391917", "0.008904", "0.141126"]);
    assert_eq!(found["rows_in_another_size"], 1, "one was asked for as 1536x1024");
}

/// The last day of September in New York is the first of October in UTC.
#[test]
fn days_begin_in_the_time_zone_that_is_named() {
    let months = |zone: &str| {
        let found = json(&[LOG, "--timezone", zone]);
        let groups = found["summary"].as_array().expect("groups").clone();
        groups
            .iter()
            .map(|group| group["cost_expected_usd"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    // 0.061352 at 23:40 UTC is of October two hours further east.
    assert_eq!(months("+02:00")[0].as_deref(), Some("0.330565"));
    assert_eq!(months("-08:00")[0].as_deref(), Some("0.391917"));
    assert!(cost(&[LOG, "--timezone", "+02:00"]).stdout.contains("UTC+02:00"));
}

#[test]
fn rejected_rows_are_kept_with_their_lines_and_reasons() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (log, rejects) = (path("log.csv"), path("rejects.csv"));
    let mut text = fs::read_to_string(LOG).expect("the fixture");
    text += "2026-10-14T09:01:00Z,r-8,app,gpt-imoge,standard,,,low,1,,1,0,0,0,272,0,ok,\n2026-10-14,r-9";
    fs::write(&log, text).expect("a file");
    let run = cost(&[&log, "--rejects", &rejects]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stdout.contains("9 read: 7 rated, 2 rejected"), "{}", run.stdout);
    assert!(run.stderr.contains("breaks off"), "{}", run.stderr);
    let kept = fs::read_to_string(&rejects).expect("the rejected rows");
    let rows: Vec<&str> = kept.lines().collect();
    assert_eq!(rows.len(), 3, "{kept}");
    assert!(rows[1].contains(",9,") && rows[1].contains("gpt-imoge"), "{kept}");
    assert!(rows[2].contains(",10,") && rows[2].contains("2 cells"), "{kept}");
    // It is not replaced.
    assert_eq!(cost(&[&log, "--rejects", &rejects]).code, 2);
}

#[test]
fn packed_and_piped_logs_are_the_same_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let packed = folder.path().join("log.csv.gz");
    let text = fs::read(LOG).expect("the fixture");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&text).expect("packed");
    let bytes = gzip.finish().expect("packed");
    fs::write(&packed, &bytes).expect("a file");
    let of = |path: &str| json(&[path])["summary"].clone();
    assert_eq!(of(&packed.to_string_lossy()), of(LOG));
    // One that breaks off is priced as far as it goes, and not called whole.
    let broken = folder.path().join("broken.csv.gz");
    fs::write(&broken, &bytes[..bytes.len() - 20]).expect("a file");
    let run = cost(&[&broken.to_string_lossy()]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("cannot be read") || run.stderr.contains("could be read"),
        "{}",
        run.stderr
    );
}

#[test]
fn columns_are_named_by_the_user_and_what_may_bill_is_never_left_out_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.csv");
    let path = log.to_string_lossy().into_owned();
    fs::write(&log, "When;Motor;Count;text_input_tokens;image_output_tokens;audio_tokens\n2026-10-12;gpt-image-2;1;126;5488;7\n").expect("a file");
    let run = cost(&[&path]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("`audio_tokens` may bill"), "{}", run.stderr);
    let named =
        ["--column", "timestamp=When,model=Motor,images=Count", "--ignore-column", "audio_tokens"];
    let found = json(&[&[path.as_str()][..], &named].concat());
    assert_eq!(found["total"]["certainty"], "unknown", "image input is not counted: {found}");
    let found = json(&[&[path.as_str()][..], &named, &["--none", "image_input"]].concat());
    assert_eq!(found["total"]["cost_expected_usd"], "0.16527");
    assert_eq!(found["columns_not_read"][0], "audio_tokens");
    let run = cost(&[&path, "--column", "model=Moter"]);
    assert!(run.stderr.contains("is it `Motor`?"), "{}", run.stderr);
}

/// What stands in a log is data: an empty file, a folder without files and another file are refused in words.
#[test]
fn what_is_no_log_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    for (name, text, said) in [
        ("empty.csv", "", "empty"),
        ("other.csv", "a,b\n1,2\n", "no log of usage"),
        ("nul.csv", "timestamp,model\n\0\0,\0\n", "1 rejected"),
    ] {
        let run = cost(&[&path(name, text)]);
        assert_eq!(run.code, 3, "{name}: {}", run.stderr);
        assert!((run.stderr + &run.stdout).contains(said), "{name}");
    }
    assert_eq!(cost(&["no-such-log.csv"]).code, 3);
}

/// A line of two megabytes is left out, counted, and nothing behind it is lost.
#[test]
fn a_line_that_is_too_long_is_one_rejected_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.csv");
    let text = fs::read_to_string(LOG).expect("the fixture");
    let (head, rows) = text.split_once('\n').expect("a heading");
    fs::write(&log, format!("{head}\n{}\n{rows}", "x".repeat(2 << 20))).expect("a file");
    let found = json(&[&log.to_string_lossy()]);
    assert_eq!((&found["rated"], &found["rejected"]), (&7.into(), &1.into()));
    assert_eq!(found["total"]["cost_low_usd"], "0.541947");
}

/// Rows that were made on fal are compared with the maker's own prices: 126 × 5/1M + 5,488 × 30/1M = 0.16527.
#[test]
fn the_same_rows_are_priced_at_other_prices() {
    let found = json(&[LOG, "--with", "2026-05-01"]);
    let compared = &found["compared"];
    assert_eq!(compared["with"], "2026-05-01");
    // On that day Batch rates were not found, so that the Batch rows are open there.
    let models = compared["models"].as_array().expect("models");
    let newer = models.iter().find(|model| model["model"] == "gpt-image-2").expect("the model");
    assert_eq!(newer["rows"], 6);
    assert_eq!(newer["cost_expected_usd"], "0.533043");
    let same = json(&[LOG, "--with", "official"]);
    assert_eq!(
        same["compared"]["total"]["cost_difference_usd"], "0",
        "each row is of its maker: {same}"
    );
    let meters = same["compared"]["meters"].as_array().expect("meters");
    let output = meters.iter().find(|meter| meter["meter"] == "image_output").expect("a meter");
    assert_eq!(output["per"], 1_000_000);
    let run = cost(&[LOG, "--with", "no-such-owner"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}
