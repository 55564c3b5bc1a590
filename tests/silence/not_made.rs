//! Nothing made is not free: a month in which something wanted cannot be made says so, makes totals "at least" and
//! holds no limit; a month without a planned volume costs nothing and says that.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::cli::{Run, finished, imgcost, run};

const ENDED: [&str; 6] = ["--model", "gpt-image-1.5", "--size", "1024x1024", "--images", "100"];

fn forecast(args: &[&str]) -> Run {
    run(&[&["budget", "forecast", "--as-of", "2026-11-21"], args].concat())
}

fn json(args: &[&str]) -> Value {
    forecast(&[args, &["--format", "json"]].concat()).json()
}

/// Feeds a budget file to a command of the group.
fn fed(command: &str, args: &[&str], budget: &str) -> Run {
    let named = ["budget", command, "-", "--as-of", "2026-11-21"];
    finished(imgcost().args(named).args(args).write_stdin(budget))
}

/// gpt-image-1.5 ends on 2026-12-01: one month of `old` is made, and the other two are not.
const PARTLY: &str = "start: 2026-11
months: 3
limits: {total: \"100\"}
workloads:
  - name: old
    request: {model: gpt-image-1.5, size: 1024x1024, quality: low}
    accepted_images: {low: 90, expected: 100, high: 110}
    assume: {text_output_tokens: 0}
";

#[test]
fn a_budget_of_which_no_month_can_be_made_is_not_priced() {
    let args = [&ENDED[..], &["--start", "2026-12"]].concat();
    for format in ["table", "markdown"] {
        let shown = forecast(&[&args[..], &["--format", format, "--all"]].concat());
        assert_eq!(shown.code, 2, "it cannot be priced as asked");
        assert!(shown.stderr.contains("--replace gpt-image-1.5="), "{}", shown.stderr);
        let first = shown.stdout.lines().take(4).collect::<Vec<_>>().join(" ");
        assert!(first.contains("Not made") && first.contains("2026-12 to 2027-11"), "{first}");
        assert!(!shown.stdout.contains('$'), "no amount is known: {}", shown.stdout);
        assert!(shown.stdout.matches("not made").count() >= 12, "{}", shown.stdout);
    }
    let found = json(&args);
    assert_eq!(
        (&found["total"]["status"], &found["total"]["certainty"]),
        (&"not_made".into(), &"unknown".into())
    );
    assert_eq!(found["total"]["cost_low_usd"], Value::Null);
    let rows = found["rows"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["status"] == "not_made" && row["cost_high_usd"].is_null()));
    let csv = forecast(&[&args[..], &["--format", "csv"]].concat());
    assert_eq!((csv.code, csv.stdout.matches("not made: gpt-image-1.5").count()), (2, 12));
    let all = forecast(&[&args[..], &["--format", "csv", "--columns", "all"]].concat());
    assert_eq!(all.stdout.matches(",not_made,").count(), 12);
    for by in ["month", "workload", "owner"] {
        let totals = forecast(&[&args[..], &["--by", by]].concat());
        assert!(totals.stdout.contains("not made"), "{}", totals.stdout);
    }
    let wide = forecast(&[&args[..], &["--layout", "wide"]].concat());
    assert_eq!(
        wide.stdout.matches("not made").count(),
        27,
        "12 months, their total, the cost and why, with its title"
    );
}

#[test]
fn what_is_made_in_part_costs_at_least_that() {
    let shown = fed("forecast", &[], PARTLY);
    assert_eq!(shown.code, 1, "its limit is not shown to hold: {}", shown.stderr);
    // 100 images of 272 tokens at $32: 100 × 272 × 32 ÷ 1,000,000 = $0.8704, 90 of them $0.78336.
    assert!(
        shown.stdout.contains("Cost               at least $0.7834 for 3 months"),
        "{}",
        shown.stdout
    );
    assert!(shown.stdout.contains("$100.00 in total: unknown"), "no limit is held by leaving out");
    let first = shown.stdout.lines().take(5).collect::<Vec<_>>().join(" ");
    assert!(first.contains("\"at least\": old in 2026-12 to 2027-01"), "{first}");
    let why = "- old in 2026-12 to 2027-01: gpt-image-1.5 is shut down";
    assert!(shown.stdout.contains(why), "{}", shown.stdout);
}

#[test]
fn every_command_of_budgets_says_what_is_not_made_in_its_first_lines() {
    let with_scenario = format!("{PARTLY}scenarios:\n  - {{name: twice, volume: \"×2\"}}\n");
    let commands: [(&str, &[&str]); 5] = [
        ("forecast", &[]),
        ("compare", &[]),
        ("check", &["--fail-on", "quoted"]),
        ("simulate", &["--runs", "50"]),
        ("afford", &["--limit", "5"]),
    ];
    for (command, args) in commands {
        let shown = fed(command, args, &with_scenario);
        // Neither the limit of the file nor the one that is asked about is shown to hold.
        let code = i32::from(["forecast", "afford"].contains(&command));
        assert_eq!(shown.code, code, "{command}: {}", shown.stderr);
        let first = shown.stdout.lines().take(4).collect::<Vec<_>>().join(" ");
        assert!(first.contains("Not made, so that every total over it is"), "{command}: {first}");
        assert!(first.contains("old in 2026-12 to 2027-01"), "{command}: {first}");
        let told = if command == "afford" { "not offered" } else { "at least" };
        assert!(shown.stdout.contains(told), "{command}: {}", shown.stdout);
        let found = fed(command, &[args, &["--format", "json"]].concat(), &with_scenario).json();
        let all = found.to_string();
        assert!(all.contains("is shut down") && all.contains("not_made"), "{command}: {all}");
        assert!(!shown.stdout.contains("$0.00"), "{command}: {}", shown.stdout);
    }
    // The sum of the runs is the least that it can be, and so is the risk.
    let simulated = fed("simulate", &["--runs", "50", "--format", "json"], PARTLY).json();
    let rows = simulated["rows"].as_array().expect("rows");
    let of = |kind: &str| rows.iter().filter(|row| row["row_kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of("month")[1]["status"], "not_made");
    assert_eq!(of("limit")[0]["at_least"], true);
    let compared = fed("compare", &["--format", "json"], &with_scenario).json();
    assert_eq!(compared["rows"][0]["status"], "partly_made");
    // By default it fails a gate, since it was wanted.
    assert_eq!(fed("check", &[], PARTLY).code, 1);
}

#[test]
fn a_month_without_a_version_is_not_made() {
    // gpt-image-2 has rules from 2026-04-21 on: March is before it.
    let args = ["--images", "10", "--quality", "low", "--start", "2026-03", "--months", "3"];
    let found = json(&args);
    let status = |at: usize| found["rows"][at]["status"].as_str().expect("a word").to_owned();
    assert_eq!([status(0), status(1), status(2)], ["not_made", "partly_made", "made"]);
    assert_eq!(found["findings"][0]["finding"], "no_version");
    assert_eq!(found["rows"][0]["accepted_images_high"], "0");
}

#[test]
fn a_month_without_a_volume_is_not_planned_and_listed_once() {
    let volumes = "start: 2027-01
months: 4
workloads:
  - name: posters
    request: {model: gpt-image-2, size: 1024x1024, quality: low}
    accepted_images: {2027-01: 100, 2027-03: 200}
";
    let shown = fed("forecast", &[], volumes);
    assert_eq!(shown.code, 0);
    let listed = "Not planned        posters in 2027-02, 2027-04";
    assert_eq!(shown.stdout.matches(listed).count(), 1, "{}", shown.stdout);
    for month in ["2027-02", "2027-04"] {
        let line = shown.stdout.lines().find(|line| line.starts_with(month)).expect("a month");
        assert!(line.contains("not planned"), "{line}");
    }
    let csv = fed("forecast", &["--format", "csv", "--columns", "all"], volumes).stdout;
    assert_eq!((csv.matches(",not_planned,").count(), csv.matches(",made,").count()), (2, 2));
    for (command, args) in [("check", &[][..]), ("afford", &["--limit", "5"])] {
        let found = fed(command, &[args, &["--format", "json"]].concat(), volumes).json();
        assert_eq!(found["not_planned"][0]["months"], serde_json::json!(["2027-02", "2027-04"]));
    }
    // All in all it costs what is planned: 300 × 196 × 30 ÷ 1,000,000.
    let found = fed("forecast", &["--format", "json"], volumes).json();
    assert_eq!(
        (&found["total"]["cost_high_usd"], &found["total"]["status"]),
        (&"1.764".into(), &"made".into())
    );
}

/// 1,000 images at $0.05268, beside 1,000 of a model that ended a month before.
const BESIDE_ENDED: &str = "start: 2027-01
months: 1
workloads:
  - name: a
    request: {size: 1024x1024, quality: medium, billed_text_tokens: 0}
    accepted_images: 1000
  - name: dead
    request: {model: gpt-image-1.5, quality: medium}
    accepted_images: 1000
";

/// The same in place of the ended model: no exchange rate is given, so that its price is unknown.
fn beside_unknown() -> String {
    let route = "    route: provider/bananarouter/gpt-image-2@basic\n    accepted_images: 1000\n";
    let request = "{size: 1024x1024, quality: medium, resolution: 1K}";
    BESIDE_ENDED
        .replace("{model: gpt-image-1.5, quality: medium}", request)
        .replacen("    accepted_images: 1000\n", "    volume\n", 1)
        .replace("    accepted_images: 1000\n", route)
        .replace("    volume\n", "    accepted_images: 1000\n")
}

#[test]
fn nothing_is_shown_to_fit_beside_what_is_not_made_or_has_no_price() {
    for (budget, why) in
        [(BESIDE_ENDED.to_owned(), "is shut down"), (beside_unknown(), "exchange rate")]
    {
        // Another route of the file has a price for the second workload: only the first one is asked for.
        let shown = fed("afford", &["--limit", "100", "--workload", "a"], &budget);
        assert_eq!(shown.code, 1, "{}", shown.stdout);
        assert!(!shown.stdout.contains("images for $"), "{}", shown.stdout);
        assert!(!shown.stdout.contains("within, $"), "{}", shown.stdout);
        let found =
            fed("afford", &["--limit", "100", "--most", "--format", "json"], &budget).json();
        let rows = found["rows"].as_array().expect("rows");
        for kind in ["all", "fewer"] {
            let all = rows.iter().find(|it| it["row_kind"] == kind).expect("all workloads");
            assert_eq!(all["fits"], "unknown");
            assert!(all["reason"].as_str().is_some_and(|it| it.contains(why)), "{found}");
        }
        let of_a = rows.iter().filter(|it| it["row_kind"] == "images" && it["workload"] == "a");
        let of_a: Vec<&Value> = of_a.collect();
        let none = |it: &&Value| it["fitting_images"].is_null();
        assert!(!of_a.is_empty() && of_a.iter().all(none), "{of_a:?}");
    }
    // Alone it fits: 1,898 × 0.05268 = 99.98664.
    let alone = BESIDE_ENDED.split("  - name: dead").next().expect("the first workload");
    let shown = fed("afford", &["--limit", "100", "--most"], alone);
    assert!(shown.code == 0 && shown.stdout.contains("1,898 images"), "{}", shown.stdout);
}

#[test]
fn every_class_that_what_is_not_made_belongs_to_fails_a_check() {
    for class in ["shutdown", "not_made", "unknown"] {
        let found = fed("check", &["--fail-on", class], BESIDE_ENDED);
        assert_eq!(found.code, 1, "{class}: {}", found.stdout);
    }
    assert_eq!(fed("check", &["--fail-on", "quoted"], BESIDE_ENDED).code, 0);
    let replaced = format!("replace: {{gpt-image-1.5: gpt-image-2}}\n{BESIDE_ENDED}");
    let found = fed("check", &["--fail-on", "not_made,unknown"], &replaced);
    assert_eq!(found.code, 0, "it is made by another model: {}", found.stdout);
}

#[test]
fn a_command_that_priced_nothing_does_not_end_well() {
    let ended = "start: 2026-12
workloads:
  - name: a
    request: {model: gpt-image-1.5}
    accepted_images: 100
scenarios: [{name: lo, quality: low}]
";
    for format in ["table", "markdown", "csv", "json"] {
        for command in ["forecast", "check", "compare"] {
            let found = fed(command, &["--format", format], ended);
            assert_eq!(found.code, 2, "{command} --format {format}");
            assert!(found.stderr.contains("nothing of this budget can be priced"), "{command}");
        }
    }
    // A price is known, and not in US dollars: nothing was checked, whatever fails the check.
    let known = beside_unknown();
    let unknown = known.split("  - name: a\n").next().expect("the head").to_owned()
        + "  - name: dead"
        + known.split("  - name: dead").nth(1).expect("the second workload");
    for args in [&[][..], &["--fail-on", "quoted"]] {
        let found = fed("check", args, &unknown);
        assert_eq!(found.code, 2, "{}", found.stdout);
        assert!(!found.stdout.contains("passed"), "{}", found.stdout);
        assert!(found.stderr.contains("/USD=RATE"), "what to give: {}", found.stderr);
    }
}

#[test]
fn a_share_of_runs_that_is_not_known_is_no_zero_in_a_file() {
    let limited =
        BESIDE_ENDED.replace("workloads:", "limits: {total: \"1000\"}\nworkloads:").replacen(
            "accepted_images: 1000",
            "accepted_images: {low: 800, expected: 1000, high: 1200}",
            1,
        );
    let found = fed("simulate", &["--runs", "50", "--format", "csv"], &limited);
    let mut read = csv::Reader::from_reader(found.stdout.as_bytes());
    let rows: Vec<BTreeMap<String, String>> =
        read.deserialize().map(|row| row.expect("a row")).collect();
    let limit = rows.iter().find(|row| row["row_kind"] == "limit").expect("a limit");
    let of = |key: &str| limit[key].as_str();
    let shown = [of("limit_usd"), of("exceeded_share"), of("at_least"), of("runs")];
    assert_eq!(shown, ["1000", "", "true", "50"]);
}

#[test]
fn a_cost_of_which_nothing_is_known_is_blank_and_not_zero_in_rows() {
    // November is made at a price of that day; from December on the model is gone.
    let run = forecast(
        &[&ENDED[..], &["--start", "2026-11", "--months", "3", "--format", "csv"]].concat(),
    );
    let mut read = csv::Reader::from_reader(run.stdout.as_bytes());
    let heads = read.headers().expect("headings").clone();
    let column = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let ends = ["low", "expected", "high"].map(|end| column(&format!("cost_{end}_usd")));
    let rows: Vec<_> = read.records().map(|row| row.expect("a row")).collect();
    let blank = |row: &csv::StringRecord| ends.iter().all(|end| row[*end].is_empty());
    assert_eq!(rows.iter().map(blank).collect::<Vec<_>>(), [false, true, true], "{rows:?}");
}

#[test]
fn the_wide_layout_says_in_which_months_nothing_is_made() {
    let args = [
        &ENDED[..],
        &["--start", "2026-11", "--months", "3", "--format", "csv", "--layout", "wide"],
    ]
    .concat();
    let found = forecast(&args);
    assert!(
        found.stdout.contains("not made in 2026-12 to 2027-01: gpt-image-1.5"),
        "{}",
        found.stdout
    );
}
