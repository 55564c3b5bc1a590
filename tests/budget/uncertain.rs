//! `budget afford` and `budget simulate` as their readers see them: formats, widths, exit codes, refusals.

use std::process::Stdio;

use rust_decimal::Decimal;

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost, run, run_at};

const SHOP: &str = "fixtures/budgets/uncertain.yaml";

fn afford(args: &[&str]) -> Run {
    run(&[&["budget", "afford", "--as-of", TODAY], args].concat())
}

fn simulate(args: &[&str]) -> Run {
    run(&[&["budget", "simulate", "--as-of", TODAY], args].concat())
}

/// The program with a budget on standard input.
fn on_stdin(command: &str, budget: &str, args: &[&str]) -> Run {
    let args = [&["budget", command, "-", "--as-of", TODAY], args].concat();
    finished(imgcost().args(args).write_stdin(budget))
}

fn lines(run: &Run) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(run.stdout.as_bytes());
    let records = reader.records().map(|record| record.expect("a record"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn both_fit_into_80_columns_and_say_the_same_in_markdown() {
    let of = ["--as-of", TODAY, SHOP];
    for (name, args) in [
        ("afford", &["budget", "afford", "--limit", "12000"][..]),
        ("simulate", &["budget", "simulate", "--runs", "1000"][..]),
    ] {
        let narrow = run_at(80, &[args, &of].concat());
        assert_eq!((narrow.code, narrow.stderr.as_str()), (0, ""));
        let longest = narrow.stdout.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(80), "{}", narrow.stdout);
        assert!(!narrow.stdout.contains('\u{1b}'), "plain in a pipe");
        insta::assert_snapshot!(format!("{name}_80"), narrow.stdout);
        let markdown = run(&[args, &of, &["--format", "markdown"]].concat());
        assert_eq!(markdown.code, 0, "{}", markdown.stderr);
    }
    insta::assert_snapshot!("afford_help", run(&["budget", "afford", "--help"]).stdout);
    insta::assert_snapshot!("simulate_help", run(&["budget", "simulate", "--help"]).stdout);
}

#[test]
fn every_record_of_a_csv_has_every_column() {
    for run in [
        afford(&[SHOP, "--limit", "12000", "--format", "csv"]),
        simulate(&[SHOP, "--runs", "300", "--format", "csv"]),
    ] {
        assert_eq!(run.code, 0, "{}", run.stderr);
        let lines = lines(&run);
        assert!(lines.len() > 5 && lines.iter().all(|line| line.len() == lines[0].len()));
    }
}

#[test]
fn json_says_what_the_table_says() {
    let found = afford(&[SHOP, "--limit", "12000", "--most", "--format", "json"]).json();
    assert_eq!(found["schema"], "imgcost.afford/1");
    let rows = found["rows"].as_array().expect("rows");
    let first = rows.iter().find(|row| row["row_kind"] == "images").expect("a choice");
    assert_eq!((&first["as_written"], &first["fits"]), (&true.into(), &"most".into()));
    let by_month = first["images_by_month"].as_array().expect("a list");
    let sum: u64 = by_month.iter().filter_map(|month| month["fitting_images"].as_u64()).sum();
    assert_eq!(Some(sum), first["fitting_images"].as_u64(), "the months add up");

    let found = simulate(&[SHOP, "--runs", "300", "--seed", "7", "--format", "json"]).json();
    assert_eq!((&found["schema"], &found["seed"]), (&"imgcost.simulation/1".into(), &7.into()));
    let rows = found["rows"].as_array().expect("rows");
    assert_eq!(rows.iter().filter(|row| row["row_kind"] == "month").count(), 6);
}

#[test]
fn threads_change_nothing() {
    let of = |threads| simulate(&[SHOP, "--runs", "600", "--threads", threads]).stdout;
    assert!(of("1") == of("2") && of("1") == of("7"));
    let seed = |seed| simulate(&[SHOP, "--runs", "600", "--seed", seed]).stdout;
    assert_ne!(seed("1"), seed("2"));
}

#[test]
fn what_is_refused_says_what_to_write() {
    let refused = [
        ("no spread", simulate(&["fixtures/budgets/posters.yaml"])),
        ("no expected volume", simulate(&["fixtures/budgets/studio.yaml"])),
        ("too many runs", simulate(&[SHOP, "--runs", "4000001"])),
        ("no runs", simulate(&[SHOP, "--runs", "0"])),
        (
            "unknown",
            on_stdin(
                "simulate",
                "workloads: [{name: a, request: {}, route: provider/cloudflare/gpt-image-2, \
                 accepted_images: {low: 1, expected: 2, high: 3}}]",
                &[],
            ),
        ),
        ("no limit", afford(&[SHOP])),
        ("a limit below zero", afford(&[SHOP, "--limit", "-1"])),
        ("no such workload", afford(&[SHOP, "--limit", "1", "--workload", "poster"])),
    ];
    let shown = refused.iter().map(|(name, run)| format!("# {name}\n{}\n", run.shown()));
    assert!(refused.iter().all(|(_, run)| run.code == 2 && run.stdout.is_empty()));
    insta::assert_snapshot!("uncertain_refused", shown.collect::<String>());
}

#[test]
fn what_cannot_be_priced_is_said_at_its_place() {
    let wrong = "workloads:\n  - name: a\n    request: {model: gpt-image-9}\n    \
                 accepted_images: {low: 1, expected: 2, high: 3}\n";
    for (command, args) in [("afford", &["--limit", "9"][..]), ("simulate", &[])] {
        let run = on_stdin(command, wrong, args);
        assert_eq!(run.code, 3, "{}", run.stderr);
        let place =
            run.stderr.contains("standard input:3:14") && run.stderr.contains("gpt-image-9");
        assert!(place, "{}", run.stderr);
    }
}

#[test]
fn what_a_pilot_found_is_simulated_as_it_is_pasted() {
    let log = run(&["pilot", "read", "fixtures/examples/pilot.csv", "--as-of", TODAY]).stdout;
    let pasted: String = log
        .lines()
        .skip_while(|line| !line.starts_with("    attempts:"))
        .take_while(|line| line.starts_with("    "))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(pasted.contains("spread:"), "{log}");
    let budget = format!(
        "workloads:\n  - name: posters\n    request: {{}}\n    accepted_images: 1000\n{pasted}"
    );
    let found = on_stdin("simulate", &budget, &["--runs", "200", "--notes"]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stdout.contains("posters: acceptance"), "{}", found.stdout);
}

#[test]
fn nothing_fits_is_a_finding() {
    // Seats alone are 6 × 120 = 720, and banners as written come on top of that.
    let run = afford(&[SHOP, "--limit", "100"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("Nothing fits."), "{}", run.stdout);
    let unknown = on_stdin(
        "afford",
        "workloads: [{name: a, request: {}, route: provider/cloudflare/gpt-image-2, accepted_images: 3}]",
        &["--limit", "1000"],
    );
    assert_eq!(unknown.code, 1, "not known is not shown to fit");
    assert!(unknown.stdout.contains("No number, because:"), "{}", unknown.stdout);
}

#[test]
fn a_closed_pipe_is_no_error() {
    for args in [&["afford", "--limit", "9"][..], &["simulate", "--runs", "50"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_imgcost"));
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("IMGCOST_CONFIG", "")
            .arg("budget")
            .args(args);
        command.args([SHOP, "--as-of", TODAY]).stdout(writer).stderr(Stdio::piped());
        let ended = command.spawn().expect("it starts").wait_with_output().expect("it ends");
        assert!(!String::from_utf8_lossy(&ended.stderr).contains("panicked"));
        assert!(ended.status.code().is_some_and(|code| code <= 1));
    }
}

#[test]
fn the_amount_at_a_probability_is_the_one_that_the_runs_say() {
    let simulated = simulate(&[SHOP, "--format", "json"]).json();
    let rows = simulated["rows"].as_array().expect("rows");
    let total = rows.iter().find(|row| row["row_kind"] == "total").expect("the total");
    let forecast = |more: &[&str]| {
        let args = ["budget", "forecast", SHOP, "--as-of", TODAY, "--format", "json"];
        run(&[&args[..], more].concat()).json()["amount_to_request"].clone()
    };
    let asked = forecast(&["--probability", "90%"]);
    assert_eq!(asked["amount_high_usd"], total["p90_usd"]);
    assert_eq!((&asked["probability"], &asked["case"]), (&"0.9".into(), &serde_json::Value::Null));
    // Nine tenths of 10,000 runs do not exceed it: at most 1,000 do.
    assert_eq!(asked["amount_exceeded_share"], "0.1");
    // By itself a forecast says how safe its case with the margin is.
    let by_case = forecast(&[]);
    assert_eq!(by_case["probability"], serde_json::Value::Null);
    let share: Decimal =
        by_case["amount_exceeded_share"].as_str().expect("a share").parse().expect("a number");
    assert!(share < Decimal::new(1, 1), "{share}");
    let refused =
        run(&["budget", "forecast", "fixtures/budgets/posters.yaml", "--probability", "90%"]);
    assert_eq!(refused.code, 2, "nothing in it is uncertain");
}
