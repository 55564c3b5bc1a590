//! `docs/limits.md` is the list of the bounds, and each bound is met by the input that it is for.

use imgcost::input_limits::ALL;

use crate::common::cli::run;

#[test]
fn the_page_has_a_row_for_each_bound_with_its_number_and_its_words() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/limits.md"))
        .expect("the page");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| more than")).collect();
    let expected: Vec<String> =
        ALL.iter().map(|limit| format!("| {} | {} |", limit.message(), limit.help)).collect();
    assert_eq!(rows, expected);
}

/// A run with a file of its own, which is refused with the words of a bound.
fn refused(command: &[&str], name: &str, text: &str, words: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    let run = run(&[command, &[path.to_str().expect("UTF-8")]].concat());
    assert_eq!(run.code, 3, "{words}: {}", run.stderr);
    assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
}

#[test]
fn what_is_above_a_bound_is_refused_by_its_name() {
    let forecast = ["budget", "forecast"];
    let tags: String = (0..16_384).map(|n| format!("tag:t{n},")).collect();
    refused(&forecast, "v.csv", &format!("{tags}workload\n"), "more than 16,384 columns in a row");
    let rows = format!("workload,2027-01\n{}", "a,1\n".repeat(10_001));
    refused(&forecast, "v.csv", &rows, "more than 10,000 rows in a spreadsheet of volumes");
    let years: String = (2027..2038)
        .flat_map(|year| (1..=12).map(move |month| format!(",{year}-{month:02}")))
        .collect();
    refused(&forecast, "v.csv", &format!("workload{years}\n"), "more than 120 months in a budget");
    refused(&forecast, "v.csv", &"x".repeat(16_000_001), "bytes in a spreadsheet of volumes");
    refused(&forecast, "b.yaml", &"#".repeat(16_000_001), "more than 16,000,000 bytes in a budget");
    let deep = format!("workloads: {}{}", "[".repeat(33), "]".repeat(33));
    refused(&forecast, "b.yaml", &deep, "more than 32 levels of lists and mappings");
    let many = format!("workloads:\n{}", "- a\n".repeat(500_001));
    refused(&forecast, "b.yaml", &many, "more than 500,000 values in a budget");
    let bill = ["bill", "reconcile"];
    let row = format!("start_time,amount_value,amount_currency\n{}\n", "x".repeat(1_048_577));
    refused(&bill, "b.csv", &row, "more than 1,048,576 bytes in a row of a bill");
    let mapping = ["bill", "reconcile", "fixtures/bills/mapped.csv", "--mapping"];
    refused(&mapping, "m.yaml", &"#".repeat(100_001), "more than 100,000 bytes in a mapping");
    let deep = format!("{{\"prompt\": {}{}}}", "[".repeat(101), "]".repeat(101));
    refused(&["estimate"], "r.json", &deep, "more than 100 levels of lists and objects");
}

/// Of 10,010 unknown keys a program reads 10,000 and the number of the others, people a hundred.
#[test]
fn problems_beyond_those_that_are_said_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.yaml");
    let keys: String = (0..10_010).map(|n| format!("k{n}: 1\n")).collect();
    std::fs::write(&path, format!("workloads: []\n{keys}")).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let people = run(&["budget", "forecast", path]);
    assert!(people.stderr.contains("and 9,9") && people.stderr.contains("problems more"));
    let program = run(&["budget", "forecast", path, "--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&program.stderr).expect("an object");
    let rows = said["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 10_001);
    assert_eq!(rows[10_000]["code"], "more-problems");
    // The line is told of the last as of the first: the key k9 stands on line 11.
    let line_of = |key: &str| {
        let named = format!("`{key}`");
        let of_key = |row: &&serde_json::Value| {
            row["message"].as_str().is_some_and(|message| message.contains(&named))
        };
        rows.iter().find(of_key).map(|row| row["line"].clone())
    };
    assert_eq!(line_of("k9"), Some(11.into()));
    assert_eq!(line_of("k9000"), Some(9_002.into()));
}
