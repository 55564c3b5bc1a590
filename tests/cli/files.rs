//! Files that a request comes from: images, prompts, API bodies and Batch files.

use crate::assert_matches_snapshot;
use crate::common::cli::{Run, estimate};

/// The reference images of the request files lie beside their folder.
const IMAGES: [&str; 2] = ["--allow-files", "fixtures/images"];

fn json_of(args: &[&str]) -> serde_json::Value {
    let run = estimate(&[args, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()
}

/// The run without the operating system's own words for a missing file.
fn shown(run: &Run) -> String {
    run.shown().replace("No such file or directory (os error 2)", "[os error]")
}

fn refused(name: &str, args: &[&str]) {
    let run = estimate(args);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{name}: {}", run.stderr);
    assert_matches_snapshot!(format!("file__{name}"), shown(&run));
}

#[test]
fn the_size_of_a_reference_image_is_read_from_its_header() {
    for (file, tokens) in [("1024x1024.png", 1_024), ("1024x1536.jpg", 1_536)] {
        let image = format!("fixtures/images/{file}");
        let json = json_of(&["--prompt-tokens", "5", "--input-image", &image]);
        assert_eq!(json["usage"]["image_input_tokens"], tokens, "{file}");
    }
}

#[test]
fn the_size_of_a_webp_file_is_read_from_its_header() {
    let image = "fixtures/images/256x256.webp";
    let json = json_of(&["--prompt-tokens", "5", "--input-image", image]);
    assert_eq!(json["usage"]["image_input_tokens"], 16 * 16);
}

#[test]
fn images_that_cannot_be_used() {
    for (name, file) in [
        ("image-missing", "no-such-image.png"),
        ("image-cut-off", "cut-off.png"),
        ("image-gif", "1x1.gif"),
        ("image-not-an-image", "not-an-image.png"),
    ] {
        refused(
            name,
            &["--prompt-tokens", "5", "--input-image", &format!("fixtures/images/{file}")],
        );
    }
    refused("image-folder", &["--input-image", "fixtures/images"]);
}

#[test]
fn prompt_files() {
    let json = json_of(&["--prompt-file", "fixtures/requests/prompt.txt"]);
    assert_eq!(
        json["usage"]["text_input_tokens"],
        6 + 6,
        "the line break at the end is no part of it"
    );
    refused("prompt-missing", &["--prompt-file", "fixtures/requests/no-such-prompt.txt"]);
    refused("prompt-folder", &["--prompt-file", "fixtures/requests"]);
    let empty = estimate(&["--prompt-file", "fixtures/requests/empty-prompt.txt"]);
    assert_eq!(empty.code, 3, "the file is wrong, and not what is asked");
    assert_matches_snapshot!("file__prompt-empty", empty.shown());
}

#[test]
fn a_generation_body() {
    let run = estimate(&["--request", "fixtures/requests/generation.json"]);
    assert_matches_snapshot!("request__generation", run.shown());
}

#[test]
fn an_edit_body_with_files_beside_it_and_a_data_url() {
    // 1,024 for the PNG, 1,536 for the JPEG, 16 × 16 for the 256x256 data URL.
    let request = [&["--request", "fixtures/requests/edit.json"][..], &IMAGES].concat();
    assert_matches_snapshot!("request__edit", estimate(&request).shown());
    let json = json_of(&request);
    assert_eq!(json["usage"]["image_input_tokens"], 1_024 + 1_536 + 16 * 16);
}

#[test]
fn an_edit_body_whose_images_are_elsewhere() {
    let request = ["--request", "fixtures/requests/edit-by-address.json"];
    assert_matches_snapshot!("request__edit-by-address", estimate(&request).shown());
    let sizes = ["--input-image=1024x1024"; 2];
    let sized = json_of(&[&request[..], &sizes].concat());
    assert_eq!(sized["usage"]["image_input_tokens"], 2 * 1_024, "sizes by flag go before the body");
}

#[test]
fn flags_go_before_the_values_of_a_body() {
    let json = json_of(&[
        "--request",
        "fixtures/requests/generation.json",
        "--n",
        "1",
        "--quality",
        "low",
    ]);
    assert_eq!((&json["request"]["n"], &json["request"]["quality"]), (&1.into(), &"low".into()));
    assert_eq!(json["request"]["size"], "1536x1024");
}

#[test]
fn parameters_without_effect_and_unknown_ones_are_named() {
    let run = estimate(&["--request", "fixtures/requests/unknown-parameters.json"]);
    assert_matches_snapshot!("request__unknown-parameters", run.shown());
    let json = json_of(&["--request", "fixtures/requests/unknown-parameters.json"]);
    let codes: Vec<&str> = json["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .filter_map(|note| note["code"].as_str())
        .collect();
    assert_eq!(codes[0], "no_price_effect");
    assert_eq!(json["certainty"], "unknown", "what `seed` costs is not known");
}

#[test]
fn request_files_that_cannot_be_read() {
    for (name, file) in [
        ("request-missing", "no-such-request.json"),
        ("request-broken", "broken.json"),
        ("request-duplicate-key", "duplicate-key.json"),
        ("request-wrong-values", "wrong-values.json"),
    ] {
        refused(name, &["--request", &format!("fixtures/requests/{file}")]);
    }
}

#[test]
fn a_batch_file_is_priced_at_batch_rates_a_row_a_line() {
    let files = ["fixtures/requests/batch.jsonl", "fixtures/requests/batch-edits.jsonl"];
    let request = [&files[..], &IMAGES].concat();
    assert_matches_snapshot!("batch__table", estimate(&request).shown());
    assert_matches_snapshot!(
        "batch__csv",
        estimate(&[&request[..], &["--format", "csv"]].concat()).shown()
    );
    let json = json_of(&request);
    // (12 × 2.50 + 7,024 × 15) + 4 × (12 × 2.50 + 196 × 15) + (12 × 2.50 + 1,024 × 4 + 1,372 × 15)
    assert_eq!(json["total"]["cost_expected_usd"], "0.141976");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_rejected_line_of_a_batch_file_leaves_the_others_priced() {
    let request =
        [&["--request", "fixtures/requests/batch-rejected-lines.jsonl"][..], &IMAGES].concat();
    let run = estimate(&request);
    assert_eq!(run.code, 3);
    assert_matches_snapshot!("batch__rejected-lines", run.shown());
    let json = estimate(&[&request[..], &["--format", "json"]].concat()).json();
    assert_eq!(
        json["total"]["certainty"], "unknown",
        "a total without some lines is at least that much"
    );
    let status: Vec<&str> = json["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["outcome"].as_str())
        .collect();
    assert_eq!(status, ["priced", "rejected", "priced", "rejected", "rejected"]);
}

#[test]
fn a_rejected_line_names_the_nearest_legal_sizes() {
    let run = estimate(&["--request", "fixtures/requests/batch-rejected-lines.jsonl"]);
    assert!(run.stderr.contains("1920x1072"), "{}", run.stderr);
}

#[test]
fn what_rejected_lines_leave_open_is_open_at_another_acceptance_too() {
    let run = estimate(&["--request", "fixtures/requests/batch-rejected-lines.jsonl"]);
    let line = |name: &str| run.stdout.lines().find(|line| line.starts_with(name));
    assert!(line("Together").is_some_and(|it| it.contains("at least $")), "{}", run.stdout);
    assert!(line("Holds").is_some_and(|it| it.contains("at 70%: at least $")), "{}", run.stdout);
}

#[test]
fn a_broken_first_line_of_a_batch_file_is_a_rejected_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("batch.jsonl");
    let good = include_str!("../../fixtures/examples/batch.jsonl");
    std::fs::write(&file, format!("{{\"custom_id\": \"cut-off\", \"body\": {{\n{good}"))
        .expect("a file");
    let run = estimate(&["--request", file.to_str().expect("UTF-8")]);
    assert_eq!(run.code, 3);
    assert!(
        run.stderr.contains("error[json-syntax]") && run.stdout.contains("3 priced, 1 rejected"),
        "{}",
        run.stderr
    );
}
