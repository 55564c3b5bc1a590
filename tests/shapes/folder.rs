//! A folder of what people have, of every shape: priced in one command, as the sum of its files.

use rust_decimal::Decimal;

use crate::common::cli::estimate;
use crate::common::dec;

/// Files that say all that they need.
const MIXED: [&str; 10] = [
    "fixtures/shapes/responses-stream.txt",
    "fixtures/shapes/replies-list.json",
    "fixtures/shapes/openrouter.json",
    "fixtures/shapes/gemini.json",
    "fixtures/shapes/ai-sdk.json",
    "fixtures/shapes/seedream.json",
    "fixtures/requests/generation.json",
    "fixtures/shapes/gemini.json",
    "fixtures/shapes/sdk/python-edit.form",
    "fixtures/shapes/sdk/node-edits.form",
];

fn total(path: &str) -> Decimal {
    let run = estimate(&[path, "--format", "json"]);
    assert_eq!(run.code, 0, "{path}: {}", run.stderr);
    let json = run.json();
    json.get("total").unwrap_or(&json)["cost_low_usd"].as_str().map(dec).expect("a cost")
}

#[test]
fn a_mixed_folder_of_200_files_is_priced_in_one_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for index in 0..200 {
        let name = MIXED[index % MIXED.len()];
        std::fs::copy(name, folder.path().join(format!("{index:03}.txt"))).expect("copied");
    }
    let by_hand: Decimal = MIXED.iter().map(|file| total(file)).sum();
    assert_eq!(total(folder.path().to_str().expect("a path")), by_hand * dec("20"));
}
