//! Several requests and replies at once: summed up, one by one, and each that is like another priced once.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::assert_matches_snapshot;
use crate::common::cli::{Run, estimate, run};
use crate::common::{TODAY, dec};

const BATCH: &str = "fixtures/examples/batch.jsonl";

fn json(args: &[&str]) -> Value {
    estimate(&[args, &["--format", "json"]].concat()).json()
}

fn cost(row: &Value) -> Decimal {
    dec(row["cost_expected_usd"].as_str().expect("an exact cost"))
}

fn rows<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key].as_array().expect("rows")
}

fn sum<'a>(rows: impl IntoIterator<Item = &'a Value>) -> Decimal {
    rows.into_iter().map(cost).sum()
}

/// A Batch file of `count` lines that differ in their prompts, and every third in its quality.
fn batch(folder: &Path, count: usize) -> String {
    let line = |index: usize| {
        let quality = if index.is_multiple_of(3) { "low" } else { "high" };
        format!(
            r#"{{"custom_id": "{index}", "method": "POST", "url": "/v1/images/generations", "body": {{"model": "gpt-image-2", "prompt": "Poster {index} of a red fox", "size": "1024x1024", "quality": "{quality}"}}}}"#
        )
    };
    let path = folder.join("batch.jsonl");
    let lines: Vec<String> = (0..count).map(line).collect();
    std::fs::write(&path, lines.join("\n")).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn people_read_a_few_rows_and_a_summary_of_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = batch(folder.path(), 30);
    assert_matches_snapshot!("several__few", estimate(&[BATCH]).shown());
    assert_matches_snapshot!("several__summary", estimate(&[&many]).shown());
    let rows = estimate(&[&many, "--rows"]).stdout;
    assert_eq!(rows.matches("gpt-image-2 1024x1024").count(), 30, "{rows}");
    let by = ["--by", "quality,file"];
    assert_matches_snapshot!("several__by", estimate(&[&[BATCH][..], &by].concat()).shown());
    let csv = [&[BATCH, "--format", "csv"][..], &by].concat();
    assert_matches_snapshot!("several__by-csv", estimate(&csv).shown());
    let markdown = estimate(&[&many, "--format", "markdown"]);
    assert_matches_snapshot!("several__markdown", markdown.shown().replace(&many, "many.jsonl"));
}

#[test]
fn what_is_said_of_several_is_refused_of_one() {
    for args in [
        &["--prompt-tokens", "60", "--by", "size"][..],
        &["fixtures/requests/generation.json", "--by", "model"],
    ] {
        let run = estimate(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains("is of several requests"), "{}", run.stderr);
    }
}

/// However they are grouped, groups and rows add up to the total, and every line is in one group.
#[test]
fn groups_and_rows_add_up_to_the_total() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = batch(folder.path(), 200);
    for by in ["model", "size,quality", "owner", "route", "day", "file", "processing,model"] {
        let found = json(&[&path, BATCH, "--by", by]);
        let total = cost(&found["total"]);
        assert_eq!(sum(rows(&found, "summary")), total, "{by}");
        assert_eq!(sum(rows(&found, "rows")), total, "{by}");
        let counted = rows(&found, "summary").iter().filter_map(|row| row["requests"].as_u64());
        assert_eq!(counted.sum::<u64>(), 203, "{by}");
        assert_eq!((&found["priced"], &found["rejected"]), (&203.into(), &0.into()));
    }
}

/// A line costs what it costs alone: that it is like another one is no difference.
#[test]
fn a_line_costs_what_its_body_costs_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = batch(folder.path(), 24);
    let found = json(&[&path]);
    let text = std::fs::read_to_string(&path).expect("a file");
    for (line, row) in text.lines().zip(rows(&found, "rows")) {
        let body = serde_json::from_str::<Value>(line).expect("JSON")["body"].to_string();
        let file = folder.path().join("body.json");
        std::fs::write(&file, body).expect("a file");
        let file = file.to_str().expect("UTF-8");
        let alone = json(&[file, "--processing", "batch"]);
        assert_eq!(cost(row), cost(&alone), "{line}");
        assert_eq!(row["usage"], alone["usage"], "{line}");
    }
}

/// 200 files, as they lie in a folder of someone who works with the API.
#[test]
fn a_mixed_folder_is_priced_in_one_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let kinds = [
        ("requests/generation.json", "body"),
        ("requests/batch-rejected-lines.jsonl", "batch"),
        ("replies/images-sdk.json", "reply"),
        ("replies/responses.json", "response"),
        ("images/1024x1024.png", "image"),
    ];
    for index in 0..200 {
        let (fixture, name) = kinds[index % kinds.len()];
        let (_, suffix) = fixture.rsplit_once('.').expect("a suffix");
        let target = folder.path().join(format!("{name}-{index:03}.{suffix}"));
        std::fs::copy(Path::new("fixtures").join(fixture), target).expect("a copy");
    }
    let path = folder.path().to_str().expect("UTF-8");
    let found = json(&[path, "--model", "gpt-image-2"]);
    let mut by_file: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(&found, "rows") {
        let name = Path::new(row["file"].as_str().expect("a file")).file_name().expect("a name");
        let name = name.to_string_lossy().split('-').next().expect("a kind").to_owned();
        let outcome = row["outcome"].as_str().expect("an outcome");
        *by_file.entry(format!("{name} {outcome}")).or_default() += 1;
    }
    // 40 files of each kind; of a Batch file one line is priced, and four are rejected.
    let expected = [
        ("batch priced", 40),
        ("batch rejected", 160),
        ("body priced", 40),
        ("image rejected", 40),
        ("reply priced", 40),
        ("response priced", 40),
    ];
    let expected = expected.map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(by_file.into_iter().collect::<Vec<_>>(), expected);
    let alone = |fixture: &str| cost(&json(&[fixture, "--model", "gpt-image-2"]));
    let of_reply = alone("fixtures/replies/images-sdk.json");
    let replies = rows(&found, "rows").iter();
    let mut replies =
        replies.filter(|row| row["file"].as_str().is_some_and(|it| it.contains("/reply-")));
    assert!(replies.all(|row| cost(row) == of_reply));
}

fn said(run: &Run) -> usize {
    run.stderr.matches("error[").count()
}

#[test]
fn what_is_wrong_in_many_lines_is_said_once_with_its_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("batch.jsonl");
    let line = r#"{"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": {"model": "gpt-image-2", "prompt": "x", "size": "7x7"}}"#;
    std::fs::write(&path, [line; 300].join("\n")).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = estimate(&[path]);
    assert_eq!((run.code, said(&run)), (3, 1), "{}", run.stderr);
    let column = line.find("\"7x7\"").expect("the size") + 1;
    let places: Vec<String> = (2..=6).map(|line| format!("{path}:{line}:{column}")).collect();
    let rest = format!("the same at {}", places.join(", "));
    let words = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(&format!("{rest} and 294 places more")), "{words}");
    assert!(words.contains("stands on the lines 1, 2, 3, 4, 5 and 295 more"), "{words}");
    let found = json(&[path]);
    assert_eq!((found["rejected"].as_u64(), rows(&found, "reasons").len()), (Some(300), 1));
    let csv = estimate(&[path, "--format", "csv"]).stdout;
    assert_eq!(csv.matches("7x7 is not a size").count(), 300, "each row has its reason");
}

#[test]
fn a_model_of_the_flags_is_for_replies_that_name_none() {
    let (named, nameless) = ("fixtures/shapes/gemini.json", "fixtures/replies/images-sdk.json");
    let model = ["--model", "gpt-image-2"];
    // Gemini: $0.1369; the reply of the SDK: $0.21105.
    let both = json(&[&[named, nameless][..], &model].concat());
    assert_eq!(cost(&both["total"]), dec("0.34795"));
    let idle = estimate(&[&[named, "fixtures/shapes/openrouter.json"][..], &model].concat());
    assert!(idle.stdout.contains("--model gpt-image-2 is without effect"), "{}", idle.stdout);
}

#[test]
fn what_of_a_folder_is_not_read_and_what_is_read_twice_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir(path("older")).expect("a folder");
    std::fs::copy("fixtures/shapes/gemini.json", path("reply.json")).expect("a copy");
    let of_folder = estimate(&[&path("")]);
    assert!(of_folder.stderr.contains("not read: "), "{}", of_folder.stderr);
    assert!(of_folder.stderr.contains("older; name a folder"), "{}", of_folder.stderr);
    let twice = estimate(&[&path("reply.json"), &path("reply.json")]);
    assert!(twice.stdout.starts_with("2 replies"), "{}", twice.stdout);
    assert!(twice.stderr.contains("named more than once"), "{}", twice.stderr);
}

/// A folder in a folder is not looked into, nor is a file whose name begins with a point.
#[test]
fn a_folder_without_a_file_is_said_to_have_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_string_lossy().into_owned();
    std::fs::create_dir(folder.path().join("older")).expect("a folder");
    std::fs::write(folder.path().join(".reply.json"), "{}").expect("a file");
    for command in [&["estimate", &*path][..], &["pilot", "read", &*path]] {
        let found = run(command);
        assert_eq!(found.code, 3, "{command:?}");
        let wrong = "there is no file in this folder that is read";
        assert!(found.stderr.contains(wrong), "{command:?}: {}", found.stderr);
    }
}

#[test]
fn a_total_and_its_groups_say_what_their_prices_rest_on() {
    // The source of the price of fal carries no date.
    let undated = ["--as-of", TODAY, "--route", "provider/fal/gpt-image-2"];
    for (more, basis) in [
        (&["--as-of", TODAY][..], "dated"),
        (&["--as-of", "2027-03-01"], "assumed"),
        (&undated, "undated"),
    ] {
        let command = ["estimate", BATCH, "--by", "quality", "--quiet", "--format", "json"];
        let found = run(&[&command, more].concat()).json();
        assert_eq!(found["total"]["price_basis"], basis, "{more:?}");
        let groups = rows(&found, "summary");
        assert!(groups.len() > 1 && groups.iter().all(|it| it["price_basis"] == basis), "{more:?}");
    }
}
