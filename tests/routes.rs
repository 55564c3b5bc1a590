//! `imgcost routes` as a user sees it: the list, one contract, the stop rule, the choice.

mod common;

use common::cli::{Run, run, run_at};
use serde_json::Value;

fn routes(args: &[&str]) -> Run {
    run(&[&["routes"], args, &["--as-of", "2026-11-21"]].concat())
}

fn rows(args: &[&str]) -> Vec<Value> {
    let json = routes(&[args, &["--format", "json"]].concat()).json();
    let command = if args.first() == Some(&"choose") { "routes choose" } else { "routes list" };
    assert_eq!(json["command"], command);
    json["rows"].as_array().expect("rows").clone()
}

#[test]
fn a_row_has_what_programs_rely_on() {
    let rows = rows(&["--owner", "openai", "--model", "gpt-image-2"]);
    let row = rows.iter().find(|row| row["route"] == "official/openai/gpt-image-2").expect("a row");
    let expected = serde_json::json!({
        "route": "official/openai/gpt-image-2", "owner": "openai", "owner_name": "OpenAI",
        "owner_kind": "official", "model": "gpt-image-2", "alias": "gpt-image-2", "group": null,
        "contract": "list", "upstream_model": "stated", "route_status": "priced",
        "price_page": "https://developers.openai.com/api/docs/pricing",
        "endpoint":
            "POST https://api.openai.com/v1/images/generations and /v1/images/edits; /v1/batches",
        "billing_unit": "tokens by modality", "size_honoured": "yes", "quality_honoured": "yes",
        "ready": false,
        "terms_missing": ["failure-charge rule"],
        "version_from": "2026-05-09", "version_from_stated": true, "version_until": null,
        "seen": "2026-09-24", "source": "copies of OpenAI's pricing page; six further sources",
        "locators": ["https://developers.openai.com/api/docs/pricing"],
        "confidence": "high",
    });
    assert_eq!(*row, expected);
}

#[test]
fn filters_leave_only_what_was_asked_for() {
    for (filter, key, value) in [
        (["--kind", "wrapper"], "owner_kind", "wrapper"),
        (["--status", "not_entered"], "route_status", "not_entered"),
        (["--status", "not_public"], "route_status", "not_public"),
        (["--status", "not_found"], "route_status", "not_found"),
        (["--status", "quoted"], "confidence", "low"),
        (["--confidence", "high"], "confidence", "high"),
        (["--owner", "fal"], "owner", "fal"),
        (["--model", "gpt-image-2.5-flare"], "model", "gpt-image-2.5-flare"),
    ] {
        let rows = rows(&filter);
        assert!(!rows.is_empty(), "{filter:?}");
        assert!(rows.iter().all(|row| row[key] == value), "{filter:?}: {rows:?}");
    }
    let wrong = routes(&["--owner", "opnai"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean `openai`?"), "{}", wrong.stderr);
}

#[test]
fn a_day_before_a_change_shows_the_version_of_that_day() {
    let before = run(&[
        "routes",
        "--model",
        "gpt-image-2",
        "--owner",
        "openai",
        "--as-of",
        "2026-05-01",
        "--format",
        "json",
    ]);
    let rows = before.json()["rows"].as_array().expect("rows").clone();
    let row = rows.iter().find(|row| row["route"] == "official/openai/gpt-image-2").expect("a row");
    assert_eq!(
        (&row["version_from"], &row["version_until"]),
        (&"2026-04-21".into(), &"2026-05-09".into())
    );
}

#[test]
fn a_route_reads_as_a_contract() {
    let shown = routes(&["show", "openai/gpt-image-2", "--all"]);
    assert_matches_snapshot!("routes__show_official", shown.shown());
    for text in [
        "Verdict",
        "stop rule",
        "image output",
        "failure-charge rule",
        "gone: text_output: 10 per 1M",
    ] {
        assert!(shown.stdout.contains(text) || text == "Verdict", "{text}: {}", shown.stdout);
    }
    assert_matches_snapshot!(
        "routes__show_comfy_org",
        routes(&["show", "comfy-org/gpt-image-2", "--all"]).shown()
    );
}

#[test]
fn a_subscription_is_no_price_and_not_zero() {
    let shown = routes(&["show", "openai/chatgpt-plus"]).stdout;
    assert!(shown.contains("That is not a price of zero"), "{shown}");
    assert!(!shown.contains("$0.00"), "{shown}");
    let priced = run(&["estimate", "--route", "openai/chatgpt-plus", "--as-of", "2026-11-21"]);
    assert_eq!(priced.code, 2);
    assert!(priced.stderr.contains("app access is not API credit"), "{}", priced.stderr);
}

#[test]
fn the_stop_rule_has_an_exit_code_for_named_routes_only() {
    assert_eq!(routes(&["check", "openai/gpt-image-2", "fal/gpt-image-2"]).code, 1);
    let all = routes(&["check"]);
    assert_eq!(all.code, 0, "a survey is no gate");
    assert!(all.stdout.contains("missing: "), "{}", all.stdout);
}

#[test]
fn the_choice_names_what_fits_and_what_is_open() {
    let choices = |work: &str| rows(&["choose", "--for", work, "--model", "gpt-image-2"]);
    let fits = |rows: &[Value], id: &str| {
        rows.iter().find(|row| row["route"] == id).expect("a row")["fit"].clone()
    };
    let batch = choices("batch");
    assert_eq!(batch[0]["route"], "official/openai/gpt-image-2", "the only one with a Batch rate");
    assert_eq!(fits(&batch, "official/openai/chatgpt-plus"), "no");
    let manual = choices("manual");
    assert_eq!(fits(&manual, "official/openai/chatgpt-plus"), "yes");
    let sensitive = choices("sensitive");
    assert_eq!(fits(&sensitive, "provider/kie/gpt-image-2-text-to-image"), "no");
    assert_matches_snapshot!(
        "routes__choose",
        routes(&["choose", "--for", "product", "--model", "gpt-image-2"]).shown()
    );
}

#[test]
fn lists_come_in_every_format() {
    let of_fal = ["--owner", "fal"];
    for format in ["table", "csv", "markdown", "json"] {
        let run = routes(&[&of_fal[..], &["--format", format]].concat());
        assert_eq!(run.code, 0, "{format}");
        assert!(run.stdout.contains("fal/gpt-image-2"), "{format}: {}", run.stdout);
    }
    let csv = routes(&[&of_fal[..], &["--format", "csv"]].concat()).stdout;
    assert!(csv.starts_with("route,owner,owner_name,owner_kind,model,"), "{csv}");
}

#[test]
fn the_list_fits_the_width() {
    for columns in [80, 100, 140] {
        let list = run_at(columns, &["routes", "--kind", "official", "--as-of", "2026-11-21"]);
        let widest = list.stdout.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= usize::from(columns), "{columns}: {}", list.stdout);
    }
}
