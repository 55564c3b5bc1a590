//! The library in three calls writes the same objects as the commands: one contract, whoever asks.

mod common;

use common::TODAY;
use common::cli::{Run, finished, imgcost, run};
use common::outputs::assert_of_schema;
use imgcost::{Catalog, NaiveDate, ToJson};
use serde_json::Value;

const BODY: &str = r#"{"model": "gpt-image-2", "prompt": "A red fox", "size": "1024x1536", "quality": "high", "n": 2}"#;

fn day() -> NaiveDate {
    TODAY.parse().expect("a day")
}

/// What a call found, as an object that is as its schema says.
fn object(found: &impl ToJson, catalog: &Catalog) -> Value {
    let text = found.to_json(catalog).expect("memory takes it");
    let object = serde_json::from_str(&text).expect("one JSON object");
    assert_of_schema(&object);
    object
}

/// A command that reads the body from standard input.
fn of_body(command: &str) -> Run {
    let args = [command, "--request", "-", "--as-of", TODAY, "--format", "json"];
    finished(imgcost().args(args).write_stdin(BODY))
}

#[test]
fn an_estimate() {
    let catalog = Catalog::shipped();
    let found = imgcost::price(&catalog, day(), BODY).expect("it is priced");
    assert_eq!(object(&found, &catalog), of_body("estimate").json());
}

#[test]
fn a_comparison() {
    let catalog = Catalog::shipped();
    let found = imgcost::compare(&catalog, day(), BODY).expect("it is compared");
    assert_eq!(object(&found, &catalog), of_body("compare").json());
}

#[test]
fn a_forecast() {
    const FILE: &str = "fixtures/budgets/studio.yaml";
    let (catalog, text) = (Catalog::shipped(), std::fs::read_to_string(FILE).expect("a budget"));
    let found = imgcost::forecast(&catalog, day(), &text).expect("it is forecast");
    let command = run(&["budget", "forecast", FILE, "--as-of", TODAY, "--format", "json"]);
    assert_eq!(object(&found, &catalog), command.json());
}
