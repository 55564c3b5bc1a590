//! `imgcost prices list`: the rate card, the sources to read again, and the catalogue as an archive.

mod common;

use std::fs;
use std::path::Path;

use common::cli::{Run, run};
use common::copy_tables;

const DAY: [&str; 2] = ["--as-of", "2026-11-28"];

fn list(more: &[&str]) -> Run {
    run(&[&["prices", "list"], more, &DAY].concat())
}

/// The rows of the rate card of these routes, as programs read it.
fn card(more: &[&str]) -> Vec<serde_json::Value> {
    let listed = list(&[more, &["--format", "json"]].concat());
    assert_eq!(listed.code, 0, "{}", listed.shown());
    listed.json()["rows"].as_array().expect("rows").clone()
}

#[test]
fn every_rate_stands_there_with_its_condition_and_its_own_source() {
    let rows = card(&["official/openai/gpt-image-2"]);
    let priced: Vec<_> = rows.iter().filter(|row| row["rate_state"] == "priced").collect();
    let shown = |row: &&serde_json::Value| {
        let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        let keys = ["meter", "processing", "unit_price", "price_unit", "seen", "confidence"];
        keys.map(text).join(" ")
    };
    let shown: Vec<String> = priced.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "text_input standard 5 USD 2026-09-24 high",
            "cached_text_input standard 1.25 USD 2026-09-24 high",
            "image_input standard 8 USD 2026-09-24 high",
            "cached_image_input standard 2 USD 2026-09-24 high",
            "image_output standard 30 USD 2026-09-24 high",
            "text_input batch 2.5 USD 2026-10-01 high",
            "cached_text_input batch 0.625 USD 2026-10-01 high",
            "image_input batch 4 USD 2026-10-01 high",
            "cached_image_input batch 1 USD 2026-10-01 high",
            "image_output batch 15 USD 2026-10-01 high",
        ]
    );
    let free: Vec<_> = rows.iter().filter(|row| row["rate_state"] == "not_billed").collect();
    assert_eq!(free.len(), 3, "text output, images and calls: {free:?}");
}

#[test]
fn a_credit_has_its_value_and_its_price_in_dollars() {
    let rows = card(&["comfy-org/gpt-image-2"]);
    let output = rows.iter().find(|row| row["meter"] == "image_output").expect("the rate");
    // 7,600 credits ÷ 211 credits for a dollar = 36.018957345971…
    assert_eq!(output["unit_price"], "7600");
    assert_eq!(output["credit_value"], "credit, 211 for $1");
    assert_eq!(output["price_in_usd"], "36.018957345972");
}

#[test]
fn past_versions_are_listed_where_they_are_asked_for() {
    let of = |more: &[&str]| {
        let rows = card(more);
        let mut days: Vec<String> =
            rows.iter().filter_map(|row| row["version_from"].as_str().map(str::to_owned)).collect();
        days.dedup();
        days
    };
    assert_eq!(of(&["comfy-org/gpt-image-2"]), ["2026-08-07"]);
    let all = of(&["comfy-org/gpt-image-2", "--versions"]);
    assert_eq!(all, ["2026-04-22", "2026-06-30", "2026-08-07"]);
}

/// Azure's rates of gpt-image-2 were first read on 2026-04-30: the day before, no price of that route was known.
#[test]
fn a_rate_that_was_not_known_yet_is_not_on_the_card() {
    let of = |known_on: &str| {
        let listed =
            list(&["provider/microsoft/gpt-image-2", "--known-on", known_on, "--format", "json"]);
        assert_eq!(listed.code, 0, "{}", listed.shown());
        let object = listed.json();
        assert_eq!(object["known_on"], known_on);
        object["priced_routes"].as_u64().expect("a count")
    };
    assert_eq!((of("2026-04-29"), of("2026-04-30")), (0, 1));
    let refused = list(&["--sources", "--known-on", "2026-04-29"]);
    assert_eq!(
        refused.code, 2,
        "what is to be read again is what the tables hold: {}",
        refused.stderr
    );
}

#[test]
fn every_source_of_every_table_is_to_be_read_again_and_those_without_a_day_come_first() {
    // On a day on which nothing is over yet, all that stand in the tables are listed.
    let listed = run(&["prices", "list", "--sources", "--as-of", "2020-01-01", "--format", "json"]);
    let rows = listed.json()["rows"].as_array().expect("rows").clone();
    let mut written = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("pricing")];
    while let Some(folder) = folders.pop() {
        for path in
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                let text = fs::read_to_string(path).expect("a table");
                let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
                written += lines.map(|line| line.matches("source: \"").count()).sum::<usize>();
            }
        }
    }
    assert_eq!(rows.len(), written);
    let days: Vec<_> = rows.iter().map(|row| row["seen"].as_str()).collect();
    assert!(days.is_sorted(), "those without a day first, then the oldest");
}

/// Whoever reads prices again needs the address of each; a source whose address nobody kept is counted.
#[test]
fn every_rate_and_every_source_says_where_to_look_again() {
    let rows = card(&["openai/gpt-image-2"]);
    let locators = |processing: &str| {
        let is_it = |row: &&serde_json::Value| {
            row["meter"] == "image_output" && row["processing"] == processing
        };
        rows.iter().find(is_it).expect("the rate")["locators"].clone()
    };
    let page = "https://developers.openai.com/api/docs/pricing";
    assert_eq!(locators("standard"), serde_json::json!([page]));
    // The Batch rates were read in a file of a repository, at one of its commits.
    let file = locators("batch")[0].as_str().expect("an address").to_owned();
    assert!(file.contains("/blob/4174162a439b") && file.ends_with("/pricing.rs"), "{file}");

    let listed = list(&["--sources", "--format", "json"]).json();
    let rows = listed["rows"].as_array().expect("rows");
    let not_recorded = serde_json::json!(["not_recorded"]);
    let counted = rows.iter().filter(|row| row["locators"] == not_recorded).count();
    assert_eq!(listed["not_recorded"], counted);
    let people = list(&["--sources"]).stdout.replace('\n', " ");
    assert!(people.contains(&format!("{counted} whose address")), "{people}");
    let csv = list(&["--sources", "--format", "csv"]).stdout;
    assert!(csv.starts_with("seen,age_days,source,locators,confidence,table,"), "{csv:.100}");
    assert!(csv.contains(",https://docs.bfl.ai/quick_start/pricing,"), "the address, whole");
}

/// A stamped copy of the shipped tables.
fn stamped(folder: &Path) -> String {
    copy_tables(folder);
    let folder = folder.display().to_string();
    assert_eq!(run(&["prices", "pin", &folder, "--stamp"]).code, 0);
    folder
}

fn archive(pricing: Option<&str>, file: &Path) -> Run {
    let file = file.display().to_string();
    let of = pricing.map_or_else(Vec::new, |pricing| vec!["--pricing", pricing]);
    run(&[&["prices", "list", "--archive", &file], &of[..]].concat())
}

#[test]
fn last_months_forecast_is_made_again_to_the_byte_after_a_table_was_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let tables = stamped(&folder.path().join("prices"));
    let file = folder.path().join("october.tar.gz");
    assert_eq!(archive(Some(&tables), &file).code, 0);
    let forecast = |pricing: &str| {
        let budget =
            ["budget", "forecast", "fixtures/budgets/posters.yaml", "--as-of", "2026-10-31"];
        let made = run(&[&budget[..], &["--format", "json", "--pricing", pricing]].concat());
        assert_eq!(made.code, 1, "its limit is not held: {}", made.shown());
        made.stdout
    };
    let in_october = forecast(&tables);
    let table = Path::new(&tables).join("official/openai/gpt-image-2.yaml");
    let text = fs::read_to_string(&table).expect("a table");
    fs::write(&table, text.replace("\"30.00\"", "\"60.00\"")).expect("a table");
    let changed =
        ["prices", "pin", &tables, "--stamp", "--corrected", "official/openai/gpt-image-2"];
    assert_eq!(run(&changed).code, 0);
    assert_ne!(forecast(&tables), in_october, "the table was changed");
    assert_eq!(forecast(&file.display().to_string()), in_october);
}

#[test]
fn an_archive_is_the_same_bytes_each_time_and_replaces_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two] = ["one.tar.gz", "two.tar.gz"].map(|name| folder.path().join(name));
    assert_eq!((archive(None, &one).code, archive(None, &two).code), (0, 0));
    let bytes = fs::read(&one).expect("an archive");
    assert_eq!(bytes, fs::read(&two).expect("an archive"));
    assert_eq!(archive(None, &one).code, 2, "it is there");
    // Packed again from what was packed, nothing changes.
    let again = folder.path().join("again.tar.gz");
    assert_eq!(archive(Some(&one.display().to_string()), &again).code, 0);
    assert_eq!(bytes, fs::read(&again).expect("an archive"));
    let own = archive(Some("fixtures/pricing/amended"), &folder.path().join("own.tar.gz"));
    assert_eq!(own.code, 2, "{}", own.shown());
    assert!(own.stderr.contains("tables of your own stand beside it"), "{}", own.stderr);
}
