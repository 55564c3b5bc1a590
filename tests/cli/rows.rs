//! Rows are the same in every format: the headings of a CSV are terms of the dictionary, and its cells are the values of
//! the JSON row under the same key.

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx, open_workbook};
use imgcost::report::dictionary::terms;
use imgcost::report::outputs::OUTPUTS;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::common::TODAY;
use crate::common::cli::run;

type Row = BTreeMap<String, String>;

const DIFF: [&str; 8] = [
    "prices",
    "diff",
    "openai/gpt-image-2",
    "comfy-org/gpt-image-2",
    "--quality",
    "high",
    "--prompt-tokens",
    "60",
];

/// In place of the key of the rows: the object itself is the one row.
const THE_OBJECT: &str = "";

/// A command, the key of its rows in JSON, and what its CSV needs to have every column.
const COMMANDS: &[(&[&str], &str, &[&str])] = &[
    (&["estimate", "--model", "gpt-image-1.5", "--n", "2"], "lines", &[]),
    (&["estimate", "--prompt-tokens", "60", "--explain"], "lines", &[]),
    (&["estimate", "--request", "fixtures/examples/batch.jsonl"], "rows", &[]),
    (&["estimate", "fixtures/examples/batch.jsonl", "--by", "quality,file"], "summary", &[]),
    (&["compare", "--prompt-tokens", "60", "--failure-rate", "5%", "--images", "9"], "rows", &[]),
    (&["budget", "forecast", "fixtures/budgets/studio.yaml"], "rows", &["--columns", "all"]),
    (&["budget", "check", "fixtures/budgets/studio.yaml"], "findings", &[]),
    (&["budget", "compare", "fixtures/budgets/posters.yaml"], "rows", &[]),
    (&["budget", "compare", "fixtures/budgets/posters.yaml", "--routes", "all"], "rows", &[]),
    (&["budget", "compare", "fixtures/budgets/posters.yaml", "--owners", "all"], "rows", &[]),
    (&["budget", "simulate", "fixtures/budgets/uncertain.yaml", "--runs", "50"], "rows", &[]),
    (&["budget", "afford", "fixtures/budgets/uncertain.yaml", "--limit", "12000"], "rows", &[]),
    (&["budget", "forecast", "fixtures/budgets/studio.yaml", "--by", "month"], "totals", &[]),
    (&["budget", "forecast", "fixtures/budgets/studio.yaml", "--by", "owner"], "totals", &[]),
    (&["budget", "forecast", "fixtures/budgets/studio.yaml", "--by", "workload"], "totals", &[]),
    (&["budget", "forecast", "fixtures/budgets/studio.yaml", "--by", "tag:team"], "totals", &[]),
    (&["sizes", "2048x2048", "--aspect-tolerance", "10%"], "rows", &[]),
    (&["sizes", "1920x1080"], "rows", &[]),
    (&["sizes", "--model", "gpt-image-2.6-flare"], "rows", &[]),
    (&["models"], "rows", &[]),
    (&["models", "gpt-image-2"], "rows", &[]),
    (&["models", "gpt-image-1.5"], "rows", &[]),
    (&["routes", "list", "--owner", "fal"], "rows", &[]),
    (&["routes", "show", "openai/gpt-image-2"], THE_OBJECT, &[]),
    (&["routes", "check", "--owner", "openai"], "rows", &[]),
    (&["routes", "choose", "--for", "batch", "--model", "gpt-image-2"], "rows", &[]),
    (&["prices", "check"], "rows", &[]),
    (&["prices", "list", "--model", "gpt-image-2"], "rows", &[]),
    (&["prices", "list", "--sources"], "rows", &[]),
    (&DIFF, "rows", &[]),
    (&["prices", "diff", "openai/gpt-image-2", "fixtures/price_maps/litellm.json"], "rows", &[]),
    (&["prices", "diff", "pricing", "fixtures/price_maps/litellm.json"], "rows", &[]),
    (&["pilot", "--set", "migration", "--baseline", "openai/gpt-image-1.5"], "rows", &[]),
    (&["usage", "cost", "fixtures/usage/requests.csv"], "summary", &[]),
    (&["usage", "cost", "fixtures/usage/requests.csv", "--by", "day,project,size"], "summary", &[]),
    (&["usage", "cost", "fixtures/usage/requests.csv", "--rows"], "rows", &[]),
    (&["pilot", "read", "fixtures/examples/pilot.csv"], "routes", &[]),
    (&["pilot", "read", "fixtures/examples/pilot.csv"], "rows", &["--rows"]),
    (&["bill", "reconcile", "fixtures/bills/azure_mca.csv"], "rows", &[]),
    (&["bill", "reconcile", "fixtures/bills/openai_costs.json", "--by", "meter,text"], "rows", &[]),
    (
        &[
            "bill",
            "reconcile",
            "fixtures/bills/openai_costs.json",
            "--usage",
            "fixtures/usage/openai-completions.json",
        ],
        "rows",
        &[],
    ),
];

/// What each row of a file says of what it was made of, as the JSON object says it once for all.
const MADE_OF: [&str; 2] = ["as_of", "catalog_digest"];

fn csv(command: &[&str], more: &[&str]) -> Vec<Row> {
    let run = run(&[command, &["--as-of", TODAY, "--format", "csv"], more].concat());
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn object_of(command: &[&str]) -> Value {
    run(&[command, &["--as-of", TODAY, "--format", "json"]].concat()).json()
}

/// A value as a cell has it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(words) => words.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a key is of a term, or of one with an open part such as `tag_NAME`.
fn is_in_the_dictionary(key: &str) -> bool {
    let keys = terms::ALL.iter().flat_map(|term| term.keys());
    let mut keys = keys.map(|known| known.into_owned());
    keys.any(|known| {
        let is_open = |c: char| c.is_ascii_uppercase();
        let before = known.split(is_open).next().unwrap_or_default();
        let after = known.rsplit(is_open).next().unwrap_or_default();
        known == key
            || known.contains(is_open)
                && !(before.is_empty() && after.is_empty())
                && key.starts_with(before)
                && key.ends_with(after)
    })
}

#[test]
fn a_cell_of_a_csv_is_the_value_of_the_json_row() {
    for (command, rows, more) in COMMANDS {
        let cells = csv(command, more);
        let object = object_of(command);
        let values = match *rows {
            THE_OBJECT => vec![object.clone()],
            rows => object[rows].as_array().expect("rows").clone(),
        };
        assert_eq!(cells.len(), values.len(), "{command:?}");
        for (row, value) in cells.iter().zip(&values) {
            for (key, text) in row {
                assert!(is_in_the_dictionary(key), "{command:?}: {key}");
                let of_all = || MADE_OF.contains(&key.as_str()).then(|| &object[key]);
                let value = value.get(key).or_else(of_all);
                let value = value.unwrap_or_else(|| panic!("{command:?}: no {key}"));
                assert_eq!(text.trim_start_matches('\''), cell(value), "{command:?}: {key}");
            }
            for key in MADE_OF {
                assert!(row.contains_key(key), "{command:?}: no {key}");
            }
            assert_eq!(row["catalog_digest"], object["catalog_digest"], "{command:?}");
        }
    }
}

/// The numbers of all cells of a workbook; none of them is an error.
fn numbers_of_workbook(command: &[&str]) -> Vec<f64> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("it.xlsx");
    let args = ["--as-of", TODAY, "--output", path.to_str().expect("UTF-8")];
    let run = run(&[command, &args].concat());
    assert!(run.code < 3, "{command:?}: {}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
    let sheets = book.sheet_names();
    let [first, .., last] = &sheets[..] else { panic!("{command:?}: {sheets:?}") };
    assert_eq!([first, last], ["Summary", "Notes"], "{command:?}");
    let mut numbers = Vec::new();
    for sheet in sheets {
        for (row, column, cell) in book.worksheet_range(&sheet).expect("cells").used_cells() {
            match cell {
                Data::Float(number) => numbers.push(*number),
                Data::Error(error) => panic!("{command:?} {sheet} {row} {column}: {error}"),
                _ => {}
            }
        }
    }
    numbers
}

#[test]
fn every_command_has_a_workbook_and_its_total_is_a_number_in_it() {
    // The sheets of a forecast are gathered in the workbook itself.
    let has_one = |command: &[&str]| !command.contains(&"forecast") || !command.contains(&"--by");
    for (command, rows, _) in COMMANDS.iter().filter(|it| has_one(it.0)) {
        let (numbers, object) = (numbers_of_workbook(command), object_of(command));
        let total = if *rows == "lines" { &object } else { &object["total"] };
        let [low, high] = ["cost_low_usd", "cost_high_usd"].map(|key| amount(&total[key]));
        // What a file costs by groups is said in a sentence above their table.
        let is_number = *rows != "summary" && low == high;
        if let Some(cost) = low.filter(|_| is_number) {
            let cost: f64 = cost.to_string().parse().expect("a double");
            let is_it = |number: &f64| (number - cost).abs() <= 0.0001;
            assert!(numbers.iter().any(is_it), "{command:?}: {cost}");
        }
    }
}

#[test]
fn every_output_of_a_command_is_held_to_these_laws() {
    for output in OUTPUTS.iter().filter(|it| it.name != "problems") {
        let words: Vec<&str> = output.command.split(' ').collect();
        assert!(
            COMMANDS.iter().any(|(command, ..)| command.starts_with(&words)),
            "{}",
            output.name
        );
    }
}

#[test]
fn a_total_has_the_weakest_price_basis_of_its_rows() {
    let weakest_last = ["dated", "assumed", "user", "undated"];
    let is_part_of_a_total = |(command, rows, _): &&(&[&str], &str, &[&str])| {
        command.starts_with(&["budget", "forecast"])
            || command.starts_with(&["pilot", "--set"])
            || command[0] == "estimate" && *rows != "lines"
    };
    for (command, rows, _) in COMMANDS.iter().filter(is_part_of_a_total) {
        let object = object_of(command);
        // Only what has a price has a basis: another cost is the user's, and a month without a volume has none.
        let is_priced = |row: &&Value| row.get("price_versions").is_none_or(|it| *it != json!([]));
        let of_row = |row: &Value| {
            let word = row["price_basis"].as_str()?.to_owned();
            weakest_last.iter().position(|known| **known == word)
        };
        let rows = object[*rows].as_array().expect("rows").iter().filter(is_priced);
        let weakest = rows.filter_map(of_row).max().map(|place| weakest_last[place]);
        assert_eq!(object["total"]["price_basis"].as_str(), weakest, "{command:?}");
    }
}

fn sum(rows: &[Row], key: &str) -> Option<Decimal> {
    let amounts = rows.iter().map(|row| Decimal::from_str_exact(&row[key]).ok());
    amounts.sum()
}

fn amount(value: &Value) -> Option<Decimal> {
    Decimal::from_str_exact(value.as_str()?).ok()
}

#[test]
fn low_ends_add_up_to_the_low_end_of_the_total_and_so_do_high_ones_where_none_is_blank() {
    let is_part_of_a_total =
        |command: &[&str]| command[0] == "estimate" || command.starts_with(&["budget", "forecast"]);
    for (command, rows, more) in COMMANDS.iter().filter(|it| is_part_of_a_total(it.0)) {
        let mut cells = csv(command, more);
        // A low end is blank where nothing is known: it adds nothing.
        for row in &mut cells {
            let low = row.get_mut("cost_low_usd").expect("a column");
            if low.is_empty() {
                "0".clone_into(low);
            }
        }
        let object = object_of(command);
        let total = if *rows == "lines" { &object } else { &object["total"] };
        let low = amount(&total["cost_low_usd"]).unwrap_or_default();
        assert_eq!(sum(&cells, "cost_low_usd"), Some(low), "{command:?}");
        assert_eq!(sum(&cells, "cost_high_usd"), amount(&total["cost_high_usd"]), "{command:?}");
    }
}

#[test]
fn a_matrix_has_the_costs_of_the_rows_under_the_qualities_of_its_headings() {
    let command = ["compare", "--layout", "matrix", "--prompt-tokens", "60"];
    let object = object_of(&command);
    let costs = object["rows"].as_array().expect("rows");
    let sizes = csv(&command, &[]);
    for size in &sizes {
        for key in size.keys() {
            assert!(is_in_the_dictionary(key), "{key}");
        }
        for row in costs.iter().filter(|row| row["size"] == size["size"].as_str()) {
            let quality = row["quality"].as_str().expect("a quality");
            for end in ["low_usd", "expected_usd", "high_usd"] {
                let found = &size[&format!("per_accepted_image_{quality}_{end}")];
                assert_eq!(*found, cell(&row[format!("per_accepted_image_{end}")]), "{quality}");
            }
            assert_eq!(size["route"], cell(&row["route"]));
        }
    }
    assert_eq!((sizes.len(), costs.len()), (5, 15), "three qualities of each size");
}
