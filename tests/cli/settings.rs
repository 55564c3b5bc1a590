//! `imgcost.yaml`: found upward, used where no flag says otherwise, said where it was used, and never passed over.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost, run};

/// A working folder below one with this `imgcost.yaml`.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(settings: &str) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("work/deep")).expect("folders");
        fs::write(folder.path().join("imgcost.yaml"), settings).expect("a file");
        Place { folder }
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = imgcost();
        command.current_dir(self.folder.path().join("work/deep")).env_remove("IMGCOST_CONFIG");
        finished(command.args(args))
    }
}

/// A file of the project, from anywhere.
fn project(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

fn said(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter(|line| line.starts_with("From ")).collect()
}

const POSTER: [&str; 7] =
    ["estimate", "--quality", "high", "--prompt-tokens", "60", "--as-of", TODAY];

#[test]
fn a_value_holds_where_no_flag_says_otherwise_and_is_said() {
    let place = Place::new("model: gpt-image-1.5\nacceptance: \"70%\"\n");
    let found = place.run(&POSTER);
    assert_eq!(said(&found), ["From ../../imgcost.yaml: model gpt-image-1.5; acceptance 70%."]);
    let by_flags = [&POSTER[..], &["--model", "gpt-image-1.5", "--acceptance", "70%"]].concat();
    let by_flags = place.run(&by_flags);
    assert!(said(&by_flags).is_empty(), "flags go before it");
    let sentence = "From ../../imgcost.yaml: model gpt-image-1.5; acceptance 70%.\n\n";
    let without = found.stdout.replace(sentence, "");
    assert_eq!(without, by_flags.stdout, "and the figures are those of the flags");
    // A route has its model, and a number of attempts says what acceptance would.
    let found =
        place.run(&[&POSTER[..], &["--route", "fal/gpt-image-2", "--attempts", "2"]].concat());
    assert!(said(&found).is_empty(), "{}", found.stdout);
}

#[test]
fn every_format_says_what_was_used() {
    let place = Place::new("acceptance: \"70%\"\n");
    let in_format = |format: &str, more: &[&str]| {
        place.run(&[&POSTER[..], &["--format", format], more].concat())
    };
    let json: Value = in_format("json", &[]).json();
    assert_eq!(json["configuration"]["file"], "../../imgcost.yaml");
    assert_eq!(json["configuration"]["values"][0]["key"], "acceptance");
    assert_eq!(said(&in_format("markdown", &["--quiet"])).len(), 1, "an assumption is no message");
    let csv = in_format("csv", &[]);
    assert!(csv.stderr.starts_with("From ../../imgcost.yaml: acceptance 70%.\n"), "{}", csv.stderr);
    assert_eq!(in_format("csv", &["--quiet"]).stderr, "");
    assert!(in_format("json", &["--acceptance", "80%"]).json()["configuration"].is_null());
}

#[test]
fn what_a_command_does_not_use_is_not_said() {
    let place = Place::new(
        "fx: {CNY/USD: \"0.14\"}\ncurrency: EUR\naccount_tier: 2\nacceptance: \"70%\"\n",
    );
    assert!(said(&place.run(&["routes", "--model", "gpt-image-2"])).is_empty());
    assert!(said(&place.run(&["sizes", "1024x1024"])).is_empty(), "no rate, no acceptance");
    let batch = project("fixtures/examples/batch.jsonl");
    let found = place.run(&["estimate", "--request", &batch, "--as-of", TODAY]);
    assert!(said(&found).is_empty() && found.code == 0, "a Batch file is sent once");
    let offer = place.run(&["prices", "init", "acme", "--per-image", "0.25"]);
    assert!(offer.stdout.contains("currency: EUR"), "{}", offer.stdout);
    assert_eq!(offer.stderr, "From ../../imgcost.yaml: currency EUR.\n");
}

#[test]
fn rates_of_a_budget_go_before_those_of_the_settings() {
    let place = Place::new("fx: {EUR/USD: \"2\", CNY/USD: \"0.14\"}\n");
    let posters = fs::read_to_string(project("fixtures/budgets/posters.yaml")).expect("a fixture");
    let stated = |name: &str, fx: &str| {
        let path = place.folder.path().join(name);
        fs::write(&path, format!("currency: EUR\n{fx}{posters}")).expect("a file");
        place.run(&["budget", "check", &path.display().to_string(), "--as-of", TODAY])
    };
    // 2,600 EUR a month: $5,200.00 at the settings' rate, $2,808.00 at the file's.
    let found = stated("without.yaml", "");
    assert_eq!(said(&found), ["From ../../imgcost.yaml: fx EUR/USD 2."]);
    assert!(found.stdout.contains("passed"), "{}", found.stdout);
    let found = stated("with.yaml", "fx: {EUR/USD: \"1.08\"}\n");
    assert!(said(&found).is_empty(), "{}", found.stdout);
    assert!(found.stdout.contains("1 EUR is taken as 1.08 USD."), "{}", found.stdout);
    assert!(found.stdout.contains("€2,600.00 a month: margin not covered"), "{}", found.stdout);
}

#[test]
fn a_budget_takes_fiscal_years_and_the_tier_where_it_names_none() {
    let place = Place::new(
        "fiscal_year_start: 4\naccount_tier: 1\nacceptance: \"50%\"\nmodel: gpt-image-1.5\n",
    );
    let forecast = |more: &[&str]| {
        let args =
            ["budget", "forecast", "--images", "1000", "--start", "2027-02", "--months", "3"];
        place.run(&[&args[..], &["--as-of", TODAY, "--model", "gpt-image-2"], more].concat())
    };
    let by_quarter = forecast(&["--by", "quarter"]);
    assert!(by_quarter.stdout.contains("FY2027-Q4"), "{}", by_quarter.stdout);
    assert!(by_quarter.stdout.contains("2,000"), "attempts of 1,000 images at 50%");
    assert!(!by_quarter.stdout.contains("fiscal years are calendar years"));
    // A file says itself what is asked for and accepted, and this one names its tier.
    let posters = project("fixtures/budgets/posters.yaml");
    let check = place.run(&["budget", "check", &posters, "--as-of", TODAY]);
    assert_eq!(said(&check), ["From ../../imgcost.yaml: fiscal_year_start 4."]);
    let open = place.folder.path().join("open.yaml");
    let text = fs::read_to_string(&posters).expect("a fixture").replace("tier: 2, ", "");
    fs::write(&open, text).expect("a file");
    let check = place.run(&["budget", "check", &open.display().to_string(), "--as-of", TODAY]);
    assert_eq!(said(&check), ["From ../../imgcost.yaml: fiscal_year_start 4; account_tier 1."]);
    // What is saved needs the settings no more.
    let saved = place.folder.path().join("saved.yaml").display().to_string();
    forecast(&["--save", &saved]);
    let text = fs::read_to_string(&saved).expect("the saved budget");
    assert!(text.contains("fiscal_year_start: 4") && text.contains("50%"), "{text}");
}

#[test]
fn tables_lie_below_the_file() {
    let place = Place::new("pricing: [ours]\n");
    let ours = place.folder.path().join("ours/amendments/official/openai");
    fs::create_dir_all(&ours).expect("folders");
    let fixture = project("fixtures/pricing/amended/amendments/official/openai/gpt-image-2.yaml");
    fs::copy(fixture, ours.join("gpt-image-2.yaml")).expect("a table");
    let found = place.run(&["routes", "show", "gpt-image-2@ours", "--as-of", TODAY]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert_eq!(said(&found), ["From ../../imgcost.yaml: pricing ../../ours."]);
}

#[test]
fn a_file_that_is_wrong_is_not_passed_over() {
    let place = Place::new("modle: gpt-image-1.5\nacceptance: \"170\"\n");
    let wrong = place.run(&POSTER);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (3, ""));
    for said in [
        "../../imgcost.yaml:1:1",
        "did you mean `model`?",
        "../../imgcost.yaml:2:13",
        "--no-config",
    ] {
        assert!(wrong.stderr.contains(said), "{said}: {}", wrong.stderr);
    }
    assert_eq!(place.run(&["schema", "config"]).code, 0, "what mends it works");
    assert_eq!(place.run(&[&["--no-config"], &POSTER[..]].concat()).code, 0);
    let folder = Place::new("");
    assert_eq!(folder.run(&POSTER).code, 3, "an empty file is no settings");
    fs::remove_file(folder.folder.path().join("imgcost.yaml")).expect("the file");
    fs::create_dir(folder.folder.path().join("imgcost.yaml")).expect("a folder");
    assert_eq!(folder.run(&POSTER).code, 3, "nor is a folder");
}

#[test]
fn a_variable_names_another_file_or_none() {
    let place = Place::new("acceptance: \"70%\"\n");
    let other = place.folder.path().join("other.yaml");
    fs::write(&other, "acceptance: \"50%\"\n").expect("a file");
    let with = |value: &str| {
        let mut command = imgcost();
        command.current_dir(place.folder.path()).env("IMGCOST_CONFIG", value);
        finished(command.args(POSTER))
    };
    assert_eq!(said(&with("other.yaml")), ["From other.yaml: acceptance 50%."]);
    assert!(said(&with("")).is_empty());
    assert_eq!(with("missing.yaml").code, 3);
}

#[test]
fn a_setting_that_is_the_reason_of_an_error_is_said_with_it() {
    let place = Place::new("model: gpt-imag-2\n");
    let wrong = place.run(&[&["--quiet"], &POSTER[..]].concat());
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.starts_with("From ../../imgcost.yaml: model gpt-imag-2.\n"),
        "{}",
        wrong.stderr
    );
}

/// The keys of the schema are those that the reader takes.
#[test]
fn the_schema_has_the_keys_that_are_read() {
    let schema: Value = serde_json::from_str(&run(&["schema", "config"]).stdout).expect("JSON");
    let keys: Vec<&str> =
        schema["properties"].as_object().expect("keys").keys().map(String::as_str).collect();
    let unknown = Place::new("strange: 1\n").run(&POSTER);
    let all = format!("the keys are: {}", keys.join(", "));
    assert!(unknown.stderr.contains(&all), "{all}: {}", unknown.stderr);
}
