//! `imgcost budget forecast` as its reader sees it: what is budgeted, whether it fits, what can go wrong.

mod common;

use std::collections::BTreeMap;

use common::cli::{Run, finished, imgcost, run_at};
use common::{TODAY, dec};
use rust_decimal::Decimal;
use serde_json::Value;

/// 12,000 posters a month, 70% accepted, 3% more each month.
const POSTERS: [&str; 15] = [
    "--images",
    "12000",
    "--start",
    "2027-01",
    "--months",
    "12",
    "--size",
    "1024x1536",
    "--quality",
    "high",
    "--acceptance",
    "70%",
    "--growth",
    "3%",
    "--prompt-tokens=60",
];
const STUDIO: &str = "fixtures/budgets/studio.yaml";

fn forecast_at(columns: u16, args: &[&str]) -> Run {
    run_at(columns, &[&["budget", "forecast", "--as-of", TODAY], args].concat())
}

fn forecast(args: &[&str]) -> Run {
    forecast_at(100, args)
}

fn json(args: &[&str]) -> Value {
    let run = forecast(&[args, &["--format", "json"]].concat());
    let found = run.json();
    assert_eq!((run.code, run.stderr.as_str()), (exit_code(&found), ""), "{args:?}");
    found
}

/// 1 if a limit is exceeded or not shown to hold, whatever the format.
fn exit_code(found: &Value) -> i32 {
    let limits = found["limits"].as_array().expect("limits");
    let holds = |limit: &Value| limit["verdict"] == "within";
    i32::from(!limits.iter().all(holds))
}

/// The records of a CSV by column.
fn csv(args: &[&str]) -> Vec<BTreeMap<String, String>> {
    let run = forecast(&[args, &["--format", "csv"]].concat());
    assert!([0, 1].contains(&run.code), "a limit may be open: {}", run.stderr);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    reader.deserialize().map(|record| record.expect("a record")).collect()
}

fn sum(records: &[BTreeMap<String, String>], column: &str) -> Decimal {
    records
        .iter()
        .map(|record| &record[column])
        .filter(|cell| !cell.is_empty())
        .map(|it| dec(it))
        .sum()
}

fn amount(value: &Value) -> Decimal {
    dec(value.as_str().expect("an amount as text"))
}

fn lever<'a>(found: &'a Value, kind: &str) -> &'a Value {
    let levers = found["levers"].as_array().expect("levers");
    levers.iter().find(|lever| lever["lever"] == kind).unwrap_or_else(|| panic!("no lever {kind}"))
}

#[test]
fn one_line_gives_months_limits_the_amount_and_levers() {
    let args = [&POSTERS[..], &["--limit", "3000", "--total-limit", "50000"]].concat();
    assert_matches_snapshot!("budget_forecast_one_line_80", forecast_at(80, &args).shown());
}

#[test]
fn several_workloads_stand_apart_by_route_and_price_owner() {
    assert_matches_snapshot!("budget_forecast_studio_100", forecast(&[STUDIO]).shown());
    let markdown = forecast(&[STUDIO, "--months", "2", "--format", "markdown"]);
    assert_matches_snapshot!("budget_forecast_studio_markdown", markdown.shown());
}

#[test]
fn with_an_unknown_line_the_amount_is_at_least_and_no_limit_is_held() {
    let edit = ["--images", "1000", "--model", "gpt-image-2.6-flare", "--input-image", "1024x1024"];
    let args = [&edit[..], &["--prompt-tokens", "10", "--limit", "100", "--months", "2"]].concat();
    assert_matches_snapshot!("budget_forecast_unknown_80", forecast_at(80, &args).shown());
    let record = &csv(&args)[0];
    let cells = ["cost_expected_usd", "certainty"].map(|cell| record[cell].as_str());
    assert_eq!(cells, ["", "unknown"]);
    assert!(dec(&record["cost_low_usd"]) > Decimal::ZERO, "the known part is always there");
    assert!(!record["reason"].is_empty() && record["cost_high_usd"].is_empty());
}

#[test]
fn numbers_are_never_wrapped_and_keep_to_the_width() {
    let large =
        ["--images", "3000000", "--quality", "high", "--failure-rate", "2%", "--limit", "7"];
    for args in [&large[..], &[&large[..], &["--months", "36"]].concat(), &[STUDIO]] {
        for columns in [80, 100, 160] {
            let shown = forecast_at(columns, args).stdout;
            let widest = shown.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(columns.into()), "{widest:?} at {columns}: {args:?}\n{shown}");
        }
    }
}

#[test]
fn the_help_shows_examples_and_the_flags_of_an_estimate() {
    assert_matches_snapshot!("budget_forecast_help", forecast(&["--help"]).shown());
}

#[test]
fn a_limit_that_is_not_kept_is_the_exit_code_in_every_format() {
    // 100 images × 1,756 tokens × $30 per million = $5.268; with the margin of 10% $5.7948.
    for (limit, code) in [("5.80", 0), ("5.50", 1), ("5.00", 1)] {
        for format in ["table", "json", "csv", "markdown"] {
            let args = ["--images", "100", "--months", "1", "--limit", limit, "--format", format];
            assert_eq!(forecast(&args).code, code, "{limit} {format}");
        }
    }
    let open = ["--images", "100", "--model", "gpt-image-2.6-flare", "--input-image", "1024x1024"];
    assert_eq!(forecast(&[&open[..], &["--limit", "1000"]].concat()).code, 1, "not shown to hold");
}

#[test]
fn the_csv_has_one_grain_and_its_sums_are_those_of_the_object() {
    let (records, found) = (csv(&[STUDIO, "--columns", "all"]), json(&[STUDIO]));
    assert_eq!(
        records.len(),
        12 * 4,
        "months × (three workloads on a route each + one other cost)"
    );
    assert_eq!(sum(&records, "cost_low_usd"), amount(&found["total"]["cost_low_usd"]));
    // Banners are not made in any month, so that the most is not known.
    let at_least = amount(&found["amount_to_request"]["amount_low_usd"]);
    assert_eq!(sum(&records, "cost_high_usd") * dec("1.1"), at_least);
    assert_eq!(found["total"]["cost_high_usd"], Value::Null);
    let review = records.iter().find(|it| it["cost_name"] == "review seats").expect("a cost");
    let cells = ["cost_kind", "cost_expected_usd", "owner_kind", "accepted_images", "fiscal_year"];
    assert_eq!(cells.map(|cell| review[cell].as_str()), ["other_cost", "120", "", "", "2027"]);
    let posters = &records[0];
    let cells =
        ["tag_team", "tag_cost_centre", "owner", "owner_kind", "price_basis", "fiscal_quarter"];
    let expected = ["print", "4711", "openai", "official", "assumed", "3"];
    assert_eq!(cells.map(|cell| posters[cell].as_str()), expected);
}

#[test]
fn what_is_delivered_is_looked_at_and_what_fails_is_not() {
    // 1,000 accepted at 80% are 1,250 delivered: 1,250 × $0.05 = $62.50 a month. Of 1,562.5 attempts that fail one
    // time in five, as many are delivered.
    for failures in [&[][..], &["--failure-rate", "20%"]] {
        let args =
            ["--images", "1000", "--acceptance", "80%", "--months", "1", "--review-cost", "0.05"];
        let args = [&args[..], failures, &["--columns", "all"]].concat();
        let records = csv(&args);
        let review = records.iter().find(|it| it["cost_name"] == "review").expect("a row");
        assert_eq!(
            ["cost_kind", "cost_expected_usd"].map(|cell| review[cell].as_str()),
            ["other_cost", "62.5"],
            "{failures:?}"
        );
    }
    let refused = forecast(&[STUDIO, "--review-cost", "0.05"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("`other_costs` of the workload"), "{}", refused.stderr);
}

#[test]
fn a_file_has_18_columns_those_that_are_named_or_all() {
    let of = |args: &[&str]| {
        let run =
            forecast(&[&["--images", "10", "--months", "1", "--format", "csv"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
            .lines()
            .next()
            .expect("headings")
            .split(',')
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&[]).len(), 18);
    assert_eq!(of(&["--columns", "workload,month"]), ["workload", "month"]);
    let cost = ["cost_usd", "cost_low_usd", "cost_expected_usd", "cost_high_usd"];
    assert_eq!(of(&["--columns", "cost_high_usd", "--cost-column", "high"]), cost);
    assert!(of(&["--columns", "all"]).contains(&"attempts_low".to_owned()));
    let unknown = forecast(&["--images", "10", "--format", "csv", "--columns", "atempts"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("attempts"), "{}", unknown.stderr);
    for no_rows in [&["--format", "json"][..], &["--format", "csv", "--by", "month"], &[]] {
        let run = forecast(&[&["--images", "10", "--columns", "all"], no_rows].concat());
        assert_eq!(run.code, 2, "{no_rows:?}: {}", run.stderr);
    }
}

#[test]
fn one_plain_cost_is_asked_for_and_its_blanks_are_counted() {
    let open = ["--images", "100", "--months", "2", "--failure-rate", "2%", "--format", "csv"];
    let run = forecast(&[&open[..], &["--cost-column", "expected"]].concat());
    assert!(run.stderr.contains("cost_usd is blank in 2 of 2 rows"), "{}", run.stderr);
    let high = forecast(&[&open[..], &["--cost-column", "high"]].concat());
    assert_eq!(high.stderr, "", "every row has a high end");
}

#[test]
fn every_way_to_gather_the_rows_gives_the_same_sum() {
    // With what takes the place of a model that is shut down, all is known.
    let studio = [STUDIO, "--replace", "gpt-image-1.5=gpt-image-2.5-flare"];
    let whole = sum(&csv(&studio), "cost_high_usd");
    for by in ["month", "quarter", "workload", "owner", "tag:team"] {
        let totals = csv(&[&studio[..], &["--by", by]].concat());
        assert_eq!(sum(&totals, "cost_high_usd"), whole, "{by}");
        let kinds =
            ["official_high_usd", "provider_high_usd", "wrapper_high_usd", "other_costs_high_usd"];
        let split: Decimal = kinds.into_iter().map(|kind| sum(&totals, kind)).sum();
        assert_eq!(split, whole, "the split of {by}");
    }
    // A column a month: nothing is expected of a range, so that its high end stands there.
    let wide = csv(&[&studio[..], &["--layout", "wide"]].concat());
    let months: Vec<&String> = wide[0].keys().filter(|key| key.starts_with("20")).collect();
    assert_eq!((wide.len(), months.len()), (4, 12));
    let all: Decimal = months.into_iter().map(|month| sum(&wide, month)).sum();
    assert_eq!(all, whole);
    assert_matches_snapshot!(
        "budget_forecast_by_quarter_100",
        forecast(&[STUDIO, "--by", "quarter"])
            .stdout
            .lines()
            .take(12)
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert_matches_snapshot!(
        "budget_forecast_wide_csv",
        forecast(&[STUDIO, "--layout", "wide", "--months", "2", "--format", "csv"]).stdout
    );
}

#[test]
fn the_amount_to_request_is_a_case_with_the_margin() {
    let replace = ["--replace", "gpt-image-1.5=gpt-image-2"];
    let amount_of =
        |case: &str| json(&[&[STUDIO, "--case", case, "--margin", "20%"], &replace[..]].concat());
    let high = amount_of("high");
    let expected = amount(&high["total"]["cost_high_usd"]) * dec("1.2");
    assert_eq!(amount(&high["amount_to_request"]["amount_high_usd"]), expected);
    let low = amount_of("low");
    let expected = amount(&low["total"]["cost_low_usd"]) * dec("1.2");
    assert_eq!(amount(&low["amount_to_request"]["amount_high_usd"]), expected);
    let none = amount_of("expected")["amount_to_request"].clone();
    assert_eq!(none["certainty"], "unknown", "a range without a value to expect has none");
}

#[test]
fn images_that_nothing_makes_leave_the_amount_and_the_limits_open() {
    // gpt-image-1.5 is shut down: what its 36,000 banners will cost elsewhere is in no figure.
    let found = json(&[STUDIO, "--margin", "20%"]);
    let amount_to_request = &found["amount_to_request"];
    assert_eq!(amount_to_request["certainty"], "unknown");
    assert_eq!(
        (&found["total"]["certainty"], &found["total"]["status"]),
        (&"unknown".into(), &"partly_made".into())
    );
    let known = sum(&csv(&[STUDIO]), "cost_high_usd") * dec("1.2");
    assert_eq!(amount(&amount_to_request["amount_low_usd"]), known, "the high case of the rest");
    let without = amount_to_request["without"][0].as_str().expect("a line");
    assert!(without.contains("banners") && without.contains("shut down"), "{without}");
    let limits = found["limits"].as_array().expect("limits");
    assert!(limits.iter().all(|limit| limit["verdict"] != "within"), "{limits:?}");
}

#[test]
fn a_lever_saves_what_the_changed_budget_costs_less() {
    let with = |more: &[&str]| json(&[&POSTERS[..], more].concat());
    let now = with(&[]);
    let cost = |found: &Value| amount(&found["total"]["cost_expected_usd"]);
    // Flags that are given twice are refused, so that the changed ones take the place of the first.
    let changed = |flag: &str, value: &str| {
        let at = POSTERS.iter().position(|it| *it == flag).expect("a flag of the budget");
        let mut args = POSTERS;
        args[at + 1] = value;
        json(&args)
    };
    let saving = |kind: &str| amount(&lever(&now, kind)["saving_expected_usd"]);
    assert_eq!(saving("quality"), cost(&now) - cost(&changed("--quality", "medium")));
    assert_eq!(saving("attempts"), cost(&now) - cost(&changed("--acceptance", "80%")));
    assert_eq!(saving("batch"), cost(&now) - cost(&with(&["--processing", "batch"])));
    // Each of the twelve rows is fixed at twelve places, so that twice the half may miss the last digit.
    let twice = saving("batch") * dec("2");
    assert_eq!(twice.round_dp(9), cost(&now).round_dp(9), "Batch halves every rate");
    let levers = now["levers"].as_array().expect("levers");
    let savings: Vec<Decimal> =
        levers.iter().map(|lever| amount(&lever["saving_low_usd"])).collect();
    assert!(savings.is_sorted_by(|a, b| a >= b) && savings.len() == 5, "{savings:?}");
}

#[test]
fn what_is_not_offered_or_makes_fewer_images_is_no_lever() {
    // One label below the lowest, more than all accepted, and Batch again are none.
    let lowest = json(&["--images", "100", "--quality", "low", "--processing", "batch"]);
    let levers = lowest["levers"].as_array().expect("levers");
    let kinds: Vec<&Value> = levers.iter().map(|lever| &lever["lever"]).collect();
    assert!(
        !kinds.iter().any(|kind| ["quality", "attempts", "batch"].iter().any(|it| kind == it)),
        "{kinds:?}"
    );
}

#[test]
fn a_shutdown_is_a_finding_and_its_replacement_prices_the_tail() {
    let args =
        ["--images", "1000", "--model", "gpt-image-1.5", "--start", "2026-11", "--months", "2"];
    let found = json(&args);
    assert_eq!(found["findings"][0]["finding"], "shutdown");
    let december = &found["rows"][1];
    assert_eq!((&december["month"], &december["status"]), (&"2026-12".into(), &"not_made".into()));
    assert_eq!(
        (&december["cost_low_usd"], &december["cost_high_usd"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(december["shortfall_images_high"], "1000");
    let replaced = json(&[&args[..], &["--replace", "gpt-image-1.5=gpt-image-2.5-flare"]].concat());
    assert_eq!(replaced["findings"], Value::Array(Vec::new()));
    let row = &replaced["rows"][1];
    assert_eq!(
        (&row["model"], &row["accepted_images_high"]),
        (&"gpt-image-2.5-flare".into(), &"1000".into())
    );
}

#[test]
fn a_saved_budget_gives_the_same_forecast() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.yaml");
    let path = path.to_str().expect("UTF-8");
    let args =
        [&POSTERS[..], &["--limit", "3000", "--max-attempts", "3", "--name", "posters"]].concat();
    let run = forecast(&[&args[..], &["--format", "json", "--save", path]].concat());
    assert!(run.stderr.contains("budget.yaml is written"), "{}", run.stderr);
    let again = json(&[path]);
    for key in ["rows", "total", "limits", "amount_to_request", "findings", "levers"] {
        assert_eq!(run.json()[key], again[key], "{key}");
    }
}

#[test]
fn what_does_not_fit_together_is_said_with_what_to_do() {
    let refusals = [
        &[][..],
        &["--images", "10", "--months", "121"],
        &["--images", "10", "--start", "2027-13"],
        &["--images", "10", "--growth", "-101%"],
        &["--images", "10", "--acceptance", "0"],
        &["--images", "10", "--replace", "gpt-image-9=gpt-image-2"],
        &["--images", "10", "--by", "team"],
        &[STUDIO, "--by", "tag:taem"],
        &[STUDIO, "--images", "10"],
        &["--images", "10", "--quality", "ultra"],
    ];
    let shown = refusals.map(|args| {
        let run = forecast(args);
        assert_eq!(run.code, 2, "{args:?}");
        format!("$ {}\n{}", args.join(" "), run.stderr)
    });
    assert_matches_snapshot!("budget_forecast_refused", shown.join("\n"));
}

#[test]
fn the_three_inputs_agree() {
    let file = json(&["fixtures/budgets/valid/volumes.yaml"]);
    let sheet = json(&["--volumes", "fixtures/budgets/valid/volumes.csv"]);
    for key in ["rows", "total", "totals", "levers"] {
        assert_eq!(file[key], sheet[key], "{key}");
    }
    let stdin = std::fs::read_to_string("fixtures/budgets/valid/volumes.yaml").expect("a fixture");
    let arguments = ["budget", "forecast", "--as-of", TODAY, "--format", "json", "-"];
    let read = finished(imgcost().args(arguments).write_stdin(stdin));
    assert_eq!(read.json()["rows"], file["rows"], "from standard input");
}
