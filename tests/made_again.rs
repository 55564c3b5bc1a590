//! What an answer was made of stands in its JSON: the digest of each file that was read, and the exchange rates.

mod common;

use std::fs;

use common::cli::{estimate_stdin, finished, imgcost, run};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn digest(file: &str) -> String {
    let bytes = fs::read(file).expect("a file");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn object(args: &[&str]) -> Value {
    let run = run(&[args, &["--format", "json"]].concat());
    assert!(matches!(run.code, 0 | 1), "{}", run.shown());
    run.json()
}

#[test]
fn every_file_has_its_digest() {
    let (body, image) = ("fixtures/requests/generation.json", "fixtures/images/1024x1024.png");
    let read = |file: &str| json!({"file": file, "sha256": digest(file)});
    assert_eq!(object(&["estimate", "--request", body])["inputs"], json!([read(body)]));
    assert_eq!(object(&["estimate", "--input-image", image])["inputs"], json!([read(image)]));
    let map = "fixtures/price_maps/litellm.json";
    assert_eq!(object(&["prices", "diff", "2026-11-21", map])["inputs"], json!([read(map)]));
    let bill = "fixtures/bills/azure_mca.csv";
    assert_eq!(object(&["bill", "reconcile", bill])["inputs"], json!([read(bill)]));
    let budget = "fixtures/budgets/posters.yaml";
    for command in ["forecast", "check", "compare"] {
        assert_eq!(
            object(&["budget", command, budget])["inputs"],
            json!([read(budget)]),
            "{command}"
        );
    }
}

#[test]
fn a_file_that_a_budget_names_has_its_digest_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::copy("fixtures/requests/generation.json", path("body.json")).expect("a body");
    let budget = "start: 2027-01\nmonths: 1\nfx: {EUR/USD: \"1.08\", USD/CNY: \"7.2\"}\nworkloads:\n\
                  - name: posters\n  request: {file: body.json}\n  accepted_images: 5\n";
    fs::write(path("plan.yaml"), budget).expect("a budget");
    let found = object(&["budget", "forecast", &path("plan.yaml")]);
    let read = |name: &str| json!({"file": path(name), "sha256": digest(&path(name))});
    assert_eq!(found["inputs"], json!([read("plan.yaml"), read("body.json")]));
    // The rates of the file: $1 is 7.2 yuan, 1 euro is $1.08.
    let rate =
        |pair: &str, rate: &str| json!({"pair": pair, "rate": rate, "day": null, "source": null});
    assert_eq!(found["exchange_rates"], json!([rate("USD/CNY", "7.2"), rate("EUR/USD", "1.08")]));
    // Where the file says whose they are, so do they; a flag that gives another rate says so of its own.
    let said = format!("currency: EUR\nfx_day: 2026-11-20\nfx_source: the ECB\n{budget}");
    fs::write(path("plan.yaml"), said).expect("a budget");
    let of = |flags: &[&str]| {
        let plan = path("plan.yaml");
        object(&[&["budget", "forecast", &plan], flags].concat())["exchange_rates"].clone()
    };
    let whose = |mut rate: Value, day: Option<&str>, source: Option<&str>| {
        (rate["day"], rate["source"]) = (day.into(), source.into());
        rate
    };
    let (day, source) = (Some("2026-11-20"), Some("the ECB"));
    let yuan = whose(rate("USD/CNY", "7.2"), day, source);
    assert_eq!(of(&[]), json!([yuan, whose(rate("EUR/USD", "1.08"), day, source)]));
    let given = ["--fx", "EUR/USD=1.1"];
    assert_eq!(of(&given), json!([yuan, rate("EUR/USD", "1.1")]));
    let given_of = [&given[..], &["--fx-day", "2026-11-19"]].concat();
    assert_eq!(
        of(&given_of),
        json!([yuan, whose(rate("EUR/USD", "1.1"), Some("2026-11-19"), None)])
    );
}

#[test]
fn what_is_piped_in_is_told_as_such_and_where_nothing_is_read_nothing_is_said() {
    let body = fs::read_to_string("fixtures/requests/generation.json").expect("a body");
    let run = estimate_stdin(&["--request", "-", "--format", "json"], &body);
    assert_eq!(run.json()["inputs"][0]["file"], "standard input");
    assert_eq!(run.json()["inputs"][0]["sha256"], digest("fixtures/requests/generation.json"));
    let plain = object(&["estimate"]);
    assert!(plain.get("inputs").is_none() && plain.get("exchange_rates").is_none(), "{plain:#}");
}

#[test]
fn an_exchange_rate_is_told_as_it_was_stated() {
    let given = object(&["compare", "--prompt-tokens", "9", "--fx", "USD/CNY=7.2"]);
    assert_eq!(
        given["exchange_rates"],
        json!([{"pair": "USD/CNY", "rate": "7.2", "day": null, "source": null}])
    );
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("imgcost.yaml"), "fx: {CNY/USD: \"0.14\"}\n").expect("settings");
    let of_settings = |routes: &str| {
        let mut command = imgcost();
        let args = ["compare", "--prompt-tokens", "9", "--routes", routes, "--format", "json"];
        finished(command.current_dir(folder.path()).env_remove("IMGCOST_CONFIG").args(args)).json()
    };
    let needed = of_settings("bananarouter/gpt-image-2@official-token");
    assert_eq!(
        needed["exchange_rates"],
        json!([{"pair": "CNY/USD", "rate": "0.14", "day": null, "source": null}])
    );
    assert!(needed.get("inputs").is_none(), "settings are said by themselves");
    assert!(of_settings("openai/gpt-image-2").get("exchange_rates").is_none());
}
