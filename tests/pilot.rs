//! Pilots: the plan, the log, and what a filled log shows, worked by hand.

mod common;

use std::fmt::Write as _;
use std::fs;

use common::cli::{Run, finished, imgcost, run};
use common::{TODAY, bounds, day, dec, per_million};
use imgcost::catalog::Catalog;
use imgcost::errors::Errors;
use imgcost::figure::Figure;
use imgcost::pilot::{
    Basis, Difference, Goals, Latency, Logged, Proportion, Results, log, results,
};
use imgcost::problem::Problem;
use imgcost::rating::FxRates;
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;

const LOG: &str = "fixtures/examples/pilot.csv";

fn pilot(arguments: &[&str]) -> Run {
    run(&[&["pilot", "--as-of", TODAY], arguments].concat())
}

fn read_text(text: &str) -> Result<log::Log, Errors<Problem>> {
    log::read(&Catalog::shipped(), "pilot.csv", &text.into(), day(TODAY))
}

/// What a log in the text of a CSV shows, with an interval of 10% wanted.
fn shown(text: &str) -> Results {
    let goals = Goals { width: dec("0.1"), ..Goals::default() };
    let log = read_text(text).expect("a log");
    results(&Catalog::shipped(), log, None, &goals, (&FxRates::new(), None)).expect("results")
}

fn example() -> String {
    fs::read_to_string(LOG).expect("the example")
}

/// Reads a log with `pilot read`, from standard input.
fn read_stdin(text: &str, arguments: &[&str]) -> Run {
    let mut command = imgcost();
    finished(
        command.args(["pilot", "read", "-", "--as-of", TODAY]).args(arguments).write_stdin(text),
    )
}

/// The log in `fixtures/examples/pilot.csv`, on official/openai/gpt-image-2: text input $5, image input $8 and
/// image output $30 per million tokens. OpenAI does not say who pays for a server error.
#[test]
fn the_log_worked_by_hand() {
    let results = shown(&example());
    assert_eq!((results.rows.len(), results.not_run, results.rejected.len()), (10, 1, 0));
    let [api, by_hand] = &results.routes[..] else { panic!("two routes: {:?}", results.routes) };

    // Four squares, an edit, a portrait and a landscape.
    let square = per_million(27, "5") + per_million(1_756, "30"); // 0.052815
    let edit = per_million(44, "5") + per_million(1_024, "8") + per_million(1_756, "30"); // 0.061092
    let portrait = per_million(124, "5") + per_million(1_372, "30"); // 0.04178
    let landscape = per_million(27, "5") + per_million(1_372, "30"); // 0.041295
    let delivered = square * dec("4") + edit + portrait + landscape;
    assert_eq!(delivered, dec("0.355427"));
    // Who pays for the server error is not stated: nothing, or as much as for the square that was asked for.
    let all = api.costs.as_ref().expect("an API route");
    assert_eq!(bounds(&all.rated), (delivered, None, Some(delivered + square)));

    // 8 attempts, 7 delivered, 5 accepted: rejected images are paid for.
    assert_eq!((api.attempts, api.delivered, api.accepted), (8, 7, 5));
    let each = api.per_accepted.as_ref().expect("some were accepted");
    let ends = (dec("0.0710854"), None, Some(dec("0.0816484"))); // 0.355427 ÷ 5 and 0.408242 ÷ 5
    assert_eq!(bounds(&each.rated), ends);
    // Logged: 3 × 0.0528 + 0.0611 + 0.0418 + 0.0413 + 0.06 + 0.0001 = 0.3627.
    assert_eq!(all.logged, Some(Logged { cost: dec("0.3627"), attempts: 8 }));
    assert_eq!(each.logged, Some(dec("0.07254")), "0.3627 ÷ 5");
    assert_eq!(each.known, Figure::Exact(dec("0.07254")), "every cost was logged");

    // 5 of 7: 29.042…% to 96.330…%, rounded outward.
    let interval = api.acceptance().interval().expect("images");
    assert_eq!((interval.low, interval.high), (dec("0.2904"), dec("0.9634")));
    assert_eq!((api.failed().part, api.failed().whole), (1, 8));

    // In order 12.4, 13.8, 14.2, 15.0, 18.9, 21.5, 44.1; ranks ⌈0.5 × 7⌉ = 4 and ⌈0.9 × 7⌉ = 7.
    let latency = Latency { count: 7, median: dec("15"), p90: dec("44.1") };
    assert_eq!(api.latency, Some(latency));

    // $0.06 was logged for a square; 0.0528 is one that was rounded to four places.
    let difference = |row: usize| results.rows[row].difference;
    assert_eq!(difference(6), Difference::By(dec("0.06") - square));
    assert_eq!(difference(0), Difference::Rounding(dec("0.0528") - square));
    assert_eq!(difference(7), Difference::WithinRange);

    // Images by hand have a verdict and no price, which is not $0.00.
    assert_eq!((by_hand.attempts, by_hand.accepted), (2, 1));
    assert_eq!((&by_hand.costs, &by_hand.per_accepted), (&None, &None));
}

#[test]
fn the_plan_is_the_sum_of_its_estimates() {
    // Prompt of 21 tokens + 6: (27 × 5 + 1,756 × 30) ÷ 1,000,000 = 0.052815, twice; the edit 0.061092; the
    // poster (124 × 5 + 1,372 × 30) ÷ 1,000,000 = 0.04178; the landscape 0.041295. Together 0.249797.
    let once = pilot(&["--format", "json"]).json();
    assert_eq!(once["total"]["cost_low_usd"], "0.249797");
    assert_eq!(once["total"]["certainty"], "exact");
    let three = pilot(&["--format", "json", "--trials", "3"]).json();
    assert_eq!(three["total"]["cost_low_usd"], "0.749391", "0.249797 × 3");
    let seats = once["rows"].as_array().expect("a list").iter();
    let seats: Vec<_> = seats.filter(|trial| trial["outcome"] == "seat_only").collect();
    assert_eq!(seats.len(), 3);
    assert!(seats.iter().all(|trial| trial["cost_low_usd"].is_null()), "no price, and not 0");
}

#[test]
fn plans_as_their_readers_see_them() {
    assert_matches_snapshot!("pilot_first_hour", pilot(&[]).shown());
    let migration = ["--set", "migration", "--baseline", "openai/gpt-image-1.5", "--trials", "3"];
    assert_matches_snapshot!("pilot_migration", pilot(&migration).shown());
    assert_matches_snapshot!("pilot_csv", pilot(&["--format", "csv"]).shown());
    let same = ["--format", "markdown", "--model", "gpt-image-2.5-flare", "--quality", "high"];
    assert_matches_snapshot!("pilot_markdown", pilot(&same).shown());
}

#[test]
fn what_no_route_can_be_asked_for_is_refused_once() {
    let mut said = String::new();
    for arguments in [
        &["--set", "migration"][..],
        &["--set", "second-hour"],
        &["--trials", "0"],
        &["--quality", "ultra"],
        &["--route", "openai/gpt-imag-2"],
        &["--reference", "no-such-file.png"],
        &["--set", "migration", "--baseline", "openai/gpt-image-2"],
    ] {
        writeln!(said, "{arguments:?}\n{}", pilot(arguments).shown()).expect("a string");
    }
    assert_matches_snapshot!("pilot_refused", said);
}

#[test]
fn the_template_is_read_back_as_not_run_and_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pilot.csv");
    let file = path.to_str().expect("UTF-8");
    let arguments = ["--log", file, "--trials", "2"];
    assert_eq!(pilot(&arguments).code, 0);
    let written = fs::read_to_string(&path).expect("the log");
    let log = read_text(&written).expect("a log");
    assert_eq!((log.rows.len(), log.not_run, log.rejected.len()), (0, 13, 0), "5 × 2 + 3");
    let again = pilot(&arguments);
    assert_eq!((again.code, again.stdout.as_str()), (2, ""));
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&path).expect("the log"), written);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
}

#[test]
fn logs_as_their_readers_see_them() {
    let goals = ["--max-cost-per-accepted", "0.08", "--min-acceptance", "60%", "--max-p90", "45"];
    let read = |more: &[&str]| run(&[&["pilot", "read", LOG, "--as-of", TODAY], more].concat());
    assert_matches_snapshot!("pilot_read", read(&goals).shown());
    assert_matches_snapshot!("pilot_read_rows", read(&["--rows"]).shown());
    assert_matches_snapshot!("pilot_read_csv", read(&["--format", "csv"]).shown());
    assert_matches_snapshot!("pilot_read_rows_csv", read(&["--rows", "--format", "csv"]).shown());
    let json = read(&[&goals[..], &["--format", "json"]].concat()).shown();
    let digest = Catalog::shipped().digest().to_owned();
    assert_matches_snapshot!("pilot_read_json", json.replace(&digest, "(digest)"));
    assert_matches_snapshot!("pilot_read_markdown", read(&["--format", "markdown"]).shown());
}

#[test]
fn a_goal_is_met_only_where_that_is_shown() {
    let code =
        |goal: &[&str]| run(&[&["pilot", "read", LOG, "--as-of", TODAY], goal].concat()).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--max-cost-per-accepted", "0.07254"]), 0, "the logged cost, the higher one");
    assert_eq!(code(&["--max-cost-per-accepted", "0.07253"]), 1);
    assert_eq!(code(&["--min-acceptance", "29%"]), 0, "the interval begins at 29.04%");
    assert_eq!(code(&["--min-acceptance", "30%"]), 1, "71.4% of seven images prove less");
    assert_eq!(code(&["--max-p90", "44.1"]), 0);
    assert_eq!(code(&["--max-p90", "44"]), 1);
    let baseline = ["--max-p90", "1", "--baseline", "openai/gpt-image-2", "--format", "json"];
    let run = read_stdin(&example(), &baseline);
    assert_eq!(run.json()["routes"][0]["goals"], serde_json::json!([]), "the baseline has none");
    assert_eq!(run.code, 1, "and nothing else was tried that could meet them");
}

/// The example with a cell of one of its rows changed; rows count as in a spreadsheet.
fn changed(row: usize, column: &str, value: &str) -> String {
    with(&example(), row, column, value)
}

/// A log with a cell of one of its rows changed.
fn with(text: &str, row: usize, column: &str, value: &str) -> String {
    let mut rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let index = rows[0].iter().position(|name| name == column).expect("a column");
    rows[row - 1][index] = value.to_owned();
    rows.iter().map(|row| row.join(",") + "\n").collect()
}

#[test]
fn hostile_cells_are_refused_with_row_and_column() {
    let mut said = String::new();
    for (column, value) in [
        ("latency_seconds", "\"14,2\""),
        ("latency_seconds", "-3"),
        ("cost_usd", "$0.05"),
        ("cost_usd", "=A1*2"),
        ("cost_usd", "1e3"),
        ("image_output_tokens", "\"1,756\""),
        ("image_output_tokens", "-1756"),
        ("image_output_tokens", "99999999999999999999"),
        ("images", "4"),
        ("timestamp", "20.11.2026 09:02"),
        ("timestamp", "2026-11-31"),
        ("timestamp", "2027-01-01"),
        ("timestamp", ""),
        ("verdict", "acepted"),
        ("verdict", "=IF(1;2;3)"),
        ("error_stage", "time out"),
        ("error_stage", "timeout"),
        ("route", "openai/gpt-imag-2"),
        ("route", "@SUM(A1)"),
        ("route", ""),
        ("model", "gpt-image-1"),
        ("quality", "hihg"),
        ("processing", "btach"),
        ("delivered_size", "1024"),
        ("attempt", "0"),
        ("request_id", ""),
        ("request_id", "new-repeat-1"),
    ] {
        let log = read_text(&changed(2, column, value)).expect("a log");
        writeln!(said, "{column} {value}").expect("a string");
        let problems = log.rejected.iter().flat_map(|row| &row.problems);
        problems.for_each(|it| {
            writeln!(said, "  {}\n    {}", it.one_line(), it.help).expect("a string")
        });
        assert_eq!(log.rows.len() + log.rejected.len(), 10, "{column} {value}: nothing is lost");
        assert_eq!(log.rejected.len(), 1, "{column} {value}: {said}");
    }
    let seat = read_text(&changed(10, "cost_usd", "0.00")).expect("a log");
    writeln!(said, "a seat\n  {}", seat.rejected[0].problems[0].one_line()).expect("a string");
    assert_matches_snapshot!("pilot_hostile_cells", said);
}

#[test]
fn good_rows_count_although_others_are_rejected_and_no_goal_is_met() {
    let run = read_stdin(&changed(2, "latency_seconds", "\"14,2\""), &["--max-p90", "60"]);
    assert_matches_snapshot!("pilot_read_rejected", run.shown());
    let rows = read_stdin(&changed(2, "verdict", "ok"), &["--rows", "--format", "csv"]);
    assert_eq!(rows.code, 3);
    assert_eq!(rows.stdout.lines().count(), 11, "a heading, 9 good rows and the rejected one");
    assert!(rows.stdout.contains("2,not_read,new-prompt-only-1"), "{}", rows.stdout);
}

#[test]
fn columns_that_are_missing_or_doubled_are_all_named() {
    let text = example()
        .replacen("latency_seconds", "latency_secs", 1)
        .replacen("verdict", "reviewer_verdict", 1)
        .replacen("cost_usd", "route", 1);
    assert_matches_snapshot!("pilot_columns", read_stdin(&text, &[]).shown());
    assert_eq!(read_stdin("\"", &[]).code, 3, "an open quote in the heading");
}

#[test]
fn a_baseline_that_was_not_tried_is_refused_with_the_routes_of_the_log() {
    let refused = |text: &str, baseline: &str| {
        let run = read_stdin(text, &["--baseline", baseline]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        run.stderr
    };
    assert_eq!(
        refused(&example(), "openai/gpt-image-1.5"),
        "error: the log has no attempt on `official/openai/gpt-image-1.5`, the --baseline\n  help: did you mean \
         `official/openai/gpt-image-2`? Its routes are official/openai/gpt-image-2\n"
    );
    let heading = example().lines().next().expect("a heading").to_owned();
    let empty = refused(&heading, "openai/gpt-image-1.5");
    assert!(empty.contains("none of its rows is filled in yet"), "{empty}");
    let unread = changed(2, "latency_seconds", "slow");
    let run = read_stdin(&unread, &["--baseline", "openai/gpt-image-1.5"]);
    assert_eq!(run.code, 3, "its rows may be those that cannot be read");
}

/// gpt-image-2 was launched on 2026-04-21.
#[test]
fn values_that_can_hardly_be_meant_are_named_with_their_rows() {
    let plain = read_stdin(&example(), &[]).stdout;
    assert!(!plain.contains("is the day right?") && !plain.contains("is it in seconds?"));
    let early = example().replace("2026-11-20T09:0", "2026-03-20T09:0");
    let said = read_stdin(&early, &[]).stdout;
    let note = "- rows 2, 3, 4, 5, 6: dated before the first known day of the model or its prices; is the day right?";
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(note), "{said}");
    let slow = read_stdin(&changed(2, "latency_seconds", "14200"), &[]).stdout;
    assert!(slow.contains("- row 2: a latency of more than an hour; is it in seconds?"), "{slow}");
    assert!(slow.contains("14,200 s (n = 7)"), "and it counts: {slow}");
    let hour = read_stdin(&changed(2, "latency_seconds", "3600"), &[]).stdout;
    assert!(!hour.contains("is it in seconds?"), "{hour}");
}

#[test]
fn what_the_set_decides_is_not_assumed() {
    let plan = pilot(&[]).stdout;
    assert!(plan.contains("model gpt-image-2, since none was named"), "{plan}");
    assert!(!plan.contains("since none was given"), "{plan}");
}

#[test]
fn what_is_no_log_is_told_as_that_and_not_by_its_columns() {
    let said = |text: &str| {
        let problems = read_text(text).expect_err("no log");
        let shown = problems.iter().map(|it| format!("{}\n  {}\n", it.message, it.help));
        shown.collect::<String>()
    };
    let help = "`imgcost pilot` writes one, with a heading and a row for each trial";
    for empty in ["", "\n\n", "\u{feff}", ",,\n"] {
        assert_eq!(said(empty), format!("the file is empty\n  {help}\n"), "{empty:?}");
    }
    let none = format!("this is no log of a pilot: none of its columns is known\n  {help}\n");
    assert_eq!(said("a,b,c\n1,2,3\n"), none);
    assert!(!said("route,a,b,c\n").contains("is it the column"), "a letter is like no name");
}

#[test]
fn without_a_goal_none_is_met_and_a_seat_logs_no_cost() {
    let json = read_stdin(&example(), &["--format", "json"]).json();
    assert_eq!(json["all_goals_met"], serde_json::Value::Null);
    assert_eq!(json["routes"][1]["logged_usd"], serde_json::Value::Null, "and not 0");
    let met = read_stdin(&example(), &["--max-p90", "45", "--format", "json"]).json();
    assert_eq!(met["all_goals_met"], true);
    let csv = read_stdin(&example(), &["--format", "csv"]).stdout;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let heading = rows.headers().expect("a heading").clone();
    let seat = rows.records().nth(1).expect("a row").expect("cells");
    for name in ["rated_low_usd", "logged_usd", "logged_cost_attempts", "per_accepted_logged_usd"] {
        let column = heading.iter().position(|it| it == name).expect("a column");
        assert_eq!(&seat[column], "", "{name}");
    }
}

#[test]
fn one_is_not_counted_as_many() {
    let first_two: String = example().lines().take(3).map(|line| format!("{line}\n")).collect();
    let one_bad = first_two.replace(",21.5,", ",slow,");
    let shown = read_stdin(&one_bad, &[]).stdout;
    let title = "Pilot log standard input: 1 attempt, 1 row not read, before tax\n";
    assert!(shown.starts_with(title), "{shown}");
    assert!(shown.contains("1 logged cost differs only by its own rounding"), "{shown}");
}

#[test]
fn goals_that_cannot_be_are_refused_as_what_they_are() {
    let refused = |goal: &[&str]| {
        let run = run(&[&["pilot", "read", LOG], goal].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        run.stderr
    };
    assert!(refused(&["--max-p90", "-4"]).contains("a time cannot be negative"));
    assert!(refused(&["--max-p90", "45s"]).contains("not a plain number of seconds such as 45"));
    assert!(refused(&["--max-cost-per-accepted", "-4"]).contains("a price cannot be negative"));
}

#[test]
fn a_spreadsheet_may_save_its_csv_in_its_own_way() {
    let plain = shown(&example());
    let semicolons = format!("\u{feff}{}", example().replace(',', ";").replace('\n', "\r\n"));
    let tabs = example().replace(',', "\t");
    let padded = format!("{}{}\n", example(), ",".repeat(27));
    for text in [semicolons, tabs, padded] {
        let other = shown(&text);
        assert_eq!(other.rejected.len(), 0, "{:?}", other.rejected);
        assert_eq!(other.routes[0].costs, plain.routes[0].costs);
        assert_eq!((other.rows.len(), other.not_run), (10, 1));
    }
}

#[test]
fn an_unquoted_comma_and_an_open_quote_reject_their_rows_only() {
    let comma = example().replacen(",14.2,", ",14,2,", 1);
    let log = read_text(&comma).expect("a log");
    assert_eq!((log.rows.len(), log.rejected.len()), (9, 1));
    assert!(log.rejected[0].problems[0].message.contains("29 cells, and the heading has 28"));
    let quote = example().replacen("one line misspelled", "\"one line misspelled", 1);
    let log = read_text(&quote).expect("a log");
    let problem = &log.rejected[0].problems[0];
    assert_eq!((log.rows.len(), log.rejected.len()), (2, 1), "the rest stands in one cell");
    assert!(
        problem.message.contains("takes in what stands below it, lines: 8"),
        "{}",
        problem.message
    );
    let heading = example().replacen("rights_note", "\"rights_note", 1);
    assert_eq!(
        read_text(&heading).expect_err("no columns").len(),
        1,
        "the heading takes in every row"
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does_where_a_prompt_has_several_lines() {
    let text = changed(2, "prompt", "\"one\ntwo\nthree\"").replace("15.0", "slow");
    let log = read_text(&text).expect("a log");
    let message = &log.rejected[0].problems[0].message;
    assert!(message.starts_with("row 8, column `latency_seconds`"), "{message}");
    let place = log.rejected[0].problems[0].shown_place();
    assert_eq!(place, "pilot.csv:10:165", "line and column of the file");
}

#[test]
fn thousands_of_rows_are_read_and_only_the_first_problems_shown() {
    let text = example();
    let (heading, rows) = text.split_once('\n').expect("rows");
    let first = rows.lines().next().expect("a row");
    let mut many = format!("{heading}\n");
    for row in 0..6_000 {
        let verdict = if row % 3 == 0 { "maybe" } else { "accepted" };
        let row = first.replace("new-prompt-only-1", &format!("r{row}"));
        many += &(row.replace("accepted", verdict) + "\n");
    }
    let run = read_stdin(&many, &["--format", "json"]);
    let json = run.json();
    assert_eq!((run.code, json["attempts"].as_u64()), (3, Some(4_000)));
    assert_eq!(json["not_read"], 2_000);
    // Programs read all problems, people the first hundred.
    let said: serde_json::Value = serde_json::from_str(&run.stderr).expect("problems");
    assert_eq!(said["rows"].as_array().map(Vec::len), Some(2_000));
    let shown = read_stdin(&many, &[]).stderr;
    assert!(shown.contains("and 1,900 problems more"), "{}", &shown[shown.len() - 200..]);
    let total = json["routes"][0]["rated_low_usd"].as_str();
    assert_eq!(total, Some("211.26"), "4,000 × 0.052815");
}

#[test]
fn counts_that_are_left_out_are_unknown_and_not_zero() {
    let results = shown(&changed(2, "image_output_tokens", ""));
    let rated = results.rows[0].rated.as_ref().expect("an API route");
    assert_eq!((rated.low(), rated.high()), (per_million(27, "5"), None));
    let each = results.routes[0].per_accepted.as_ref().expect("some were accepted");
    assert!(matches!(each.rated, Figure::Unknown { .. }));
    let goal = ["--max-cost-per-accepted", "0.08"];
    let logged = read_stdin(&changed(2, "image_output_tokens", ""), &goal);
    assert_eq!(logged.code, 0, "every attempt has its logged cost, which settles it");
}

/// Row 2, a square, has no logged cost, and row 3, the edit, no output tokens: each has one of the two.
#[test]
fn what_was_logged_counts_and_else_what_is_rated() {
    let text = with(&changed(2, "cost_usd", ""), 3, "image_output_tokens", "");
    let results = shown(&text);
    let route = &results.routes[0];
    let costs = route.costs.as_ref().expect("an API route");
    assert_eq!(costs.rated.high(), None, "the edit");
    // 0.3627 without the 0.0528 of row 2, and in its place (27 × 5 + 1,756 × 30) ÷ 1,000,000.
    assert_eq!(costs.logged, Some(Logged { cost: dec("0.3099"), attempts: 7 }));
    assert_eq!(costs.known, Figure::Exact(dec("0.3099") + dec("0.052815")));
    assert_eq!(costs.basis, Basis { logged: 7, rated: 1, neither: 0 });
    let each = route.per_accepted.as_ref().expect("some were accepted");
    assert_eq!((each.logged, &each.known), (None, &Figure::Exact(dec("0.072543"))), "0.362715 ÷ 5");

    let goal = |limit: &str| read_stdin(&text, &["--max-cost-per-accepted", limit]);
    assert_eq!((goal("0.072543").code, goal("0.0725").code), (0, 1));
    assert_matches_snapshot!("pilot_read_mixed", goal("0.08").shown());
    let json = read_stdin(&text, &["--max-cost-per-accepted", "0.08", "--format", "json"]).json();
    assert_eq!(json["routes"][0]["goals"][0]["held_against"], "logged_and_rated");

    let neither = with(&text, 3, "cost_usd", "");
    let known = shown(&neither).routes[0].per_accepted.clone().expect("some were accepted");
    assert_eq!(known.known.high(), None, "of the edit neither is known");
    assert_eq!(known.basis, Basis { logged: 6, rated: 1, neither: 1 });
    let said = read_stdin(&neither, &["--max-cost-per-accepted", "0.08"]);
    assert_eq!(said.code, 1, "{}", said.stdout);
    assert!(said.stdout.contains("- row 3: neither a logged cost nor all that it is rated by"));
}

/// OpenAI does not say who pays for a server error. Row 9 asked for a square: free, or (27 × $5 + 1,756 × $30) ÷
/// 1,000,000 = $0.052815. A cost above zero says what was charged; a gateway logs a zero for what it does not know.
#[test]
fn only_a_cost_above_zero_settles_who_pays_for_a_failure() {
    let rated = |cost: &str| {
        let row = shown(&changed(9, "cost_usd", cost)).rows[7].clone();
        let rated = row.rated.clone().expect("an API route");
        let known = row.known().expect("an API route");
        (rated.low(), rated.high(), row.difference, known.low(), known.high())
    };
    let (none, all, charged) = (Decimal::ZERO, Some(dec("0.052815")), dec("0.0001"));
    assert_eq!(rated("0"), (none, all, Difference::ZeroLogged, none, all));
    assert_eq!(rated(""), (none, all, Difference::NotLogged, none, all));
    assert_eq!(rated("0.0001"), (none, all, Difference::WithinRange, charged, Some(charged)));
    let said = read_stdin(&changed(9, "cost_usd", "0"), &[]).stdout;
    assert!(said.contains("- row 9: a cost of $0 is logged"), "{said}");
}

/// Row 2, which was accepted, has no verdict: 4 accepted of 6 that were reviewed, and 7 delivered.
#[test]
fn an_image_without_a_verdict_is_delivered_and_not_reviewed() {
    let text = changed(2, "verdict", "");
    let results = shown(&text);
    let route = &results.routes[0];
    assert_eq!((results.rejected.len(), route.delivered, route.not_reviewed), (0, 7, 1));
    assert_eq!(route.acceptance(), Proportion { part: 4, whole: 6 });
    let costs = route.costs.as_ref().expect("an API route");
    assert_eq!(costs.logged.map(|it| it.cost), Some(dec("0.3627")), "it is paid for");
    let each = route.per_accepted.as_ref().expect("some were accepted");
    assert_eq!(each.logged, Some(dec("0.077475")), "(0.3627 − 0.0528) ÷ 4");
    let goals = ["--max-cost-per-accepted", "0.077475", "--min-acceptance", "22%"];
    let run = read_stdin(&text, &goals);
    assert_eq!(run.code, 0, "4 of 6: the interval begins at 22.27%");
    let note = "- 1 image is not reviewed yet: delivered, and in neither acceptance nor cost per accepted image; \
                goals for both are held against what is reviewed";
    let words = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(note), "{}", run.stdout);

    // Nothing says that there is an image: then it is an error stage that is missing.
    let columns = ["delivered_size", "output_file", "images", "image_output_tokens"];
    let none = columns.into_iter().fold(text, |text, column| with(&text, 2, column, ""));
    let log = read_text(&none).expect("a log");
    assert!(log.rejected[0].problems[0].message.ends_with("`verdict`: is empty"));
    let unreviewed = example().replace(",accepted,", ",,").replace(",rejected,", ",,");
    let run = read_stdin(&unreviewed, &["--min-acceptance", "10%"]);
    assert!(run.stdout.contains("not shown: no image is reviewed yet"), "{}", run.stdout);
}

/// Batch halves the rates of gpt-image-2: (27 × $2.50 + 1,756 × $15) ÷ 1,000,000 = $0.0264075.
#[test]
fn a_row_is_rated_as_it_was_processed() {
    let batch = shown(&changed(2, "processing", "batch"));
    let rated = batch.rows[0].rated.as_ref().and_then(Figure::exact);
    assert_eq!(rated, Some(per_million(27, "2.5") + per_million(1_756, "15")));
    // What does not say so is rated at standard prices, and the report says that.
    let open = changed(2, "processing", "");
    assert_eq!(shown(&open).routes[0].costs, shown(&example()).routes[0].costs);
    let note = "rows that name no processing are rated at standard prices";
    assert!(read_stdin(&open, &[]).stdout.contains(note));
    assert!(!read_stdin(&example(), &[]).stdout.contains(note));
}

/// What `pilot read` prints for a budget makes 5 accepted images of 8 attempts again: 5 ÷ (71.4286% × 87.5%).
#[test]
fn the_rates_can_be_pasted_into_a_budget() {
    let json = read_stdin(&example(), &["--format", "json"]).json();
    let yaml = json["routes"][0]["budget_yaml"].as_str().expect("rates");
    let (attempts, spread) = yaml.split_once("    spread:\n").expect("two keys");
    let samples = [
        "acceptance: {of: 7}",
        "failure_rate: {of: 8}",
        "block_rate: {of: 8}",
        "timeout_rate: {of: 8}",
    ];
    assert_eq!(spread, samples.map(|line| format!("      {line}\n")).concat());
    let budget = format!(
        "start: 2027-01\nmonths: 1\nworkloads:\n  - name: posters\n    request: {{model: gpt-image-2, size: \
         1024x1024, quality: medium, prompt_tokens: 21}}\n    accepted_images: 5\n{attempts}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.yaml");
    fs::write(&path, budget).expect("a file");
    let file = path.to_str().expect("UTF-8");
    let forecast = run(&["budget", "forecast", file, "--as-of", TODAY, "--format", "csv"]);
    assert_eq!(forecast.code, 0, "{}", forecast.stderr);
    let mut rows = csv::Reader::from_reader(forecast.stdout.as_bytes());
    let column = rows.headers().expect("a heading").iter().position(|name| name == "attempts");
    let row = rows.records().next().expect("a row").expect("cells");
    let found = dec(&row[column.expect("the column")]);
    assert!((found - dec("8")).abs() < dec("0.0001"), "{found}");
}

#[test]
fn without_an_accepted_image_there_are_no_rates_for_a_budget() {
    let none = example().replace(",accepted,", ",rejected,");
    let run = read_stdin(&none, &["--max-cost-per-accepted", "1"]);
    assert_eq!(run.code, 1, "no accepted image shows that the goal is met");
    assert!(run.stdout.contains("was accepted: it says no rates"), "{}", run.stdout);
    assert!(!run.stdout.contains("attempts:\n"), "{}", run.stdout);
}

#[test]
fn a_log_that_would_fill_the_memory_is_refused() {
    let cell = read_text(&changed(2, "prompt", &"x".repeat(1_000_000))).expect("a log");
    let message = &cell.rejected[0].problems[0].message;
    let said = "row 2, column `prompt`: more than 32,767 characters in a cell";
    assert_eq!(message, said);
    let rows = format!("{}{}", example(), "x\n".repeat(50_001));
    let problems = read_text(&rows).expect_err("too long");
    assert_eq!(problems[0].message, "more than 50,000 rows in a log");
    let large = read_stdin(&"x".repeat(32 * 1024 * 1024 + 1), &[]);
    assert!(large.stderr.contains("more than 33,554,432 bytes in a log"), "{}", large.stderr);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever a log holds: every row is in one figure, shares are of what they say, and sums are those of rows.
    #[test]
    fn figures_are_the_sums_of_rows(
        endings in vec((0..6_usize, 1..5_000_u64, prop::option::of(0..90_u32)), 1..60),
    ) {
        let text = example();
        let heading = text.lines().next().expect("a heading");
        let mut log = format!("{heading}\n");
        for (row, (ending, tokens, cost)) in endings.iter().enumerate() {
            let (stage, verdict) = [
                ("", "accepted"),
                ("", "rejected"),
                ("server_error", ""),
                ("block_at_output", ""),
                ("timeout", ""),
                ("", ""),
            ][*ending];
            let cost = cost.map(|cents| format!("0.{cents:02}")).unwrap_or_default();
            log += &format!(
                "2026-11-20,r{row},,,,openai/gpt-image-2,,1024x1024,,medium,standard,0,27,,,,{tokens},,1,,,,1,{stage},,{cost},\
                 {verdict},\n"
            );
        }
        let results = shown(&log);
        prop_assert_eq!((results.rows.len(), results.rejected.len()), (endings.len(), 0));
        let route = &results.routes[0];
        let count = |which: usize| endings.iter().filter(|(ending, ..)| *ending == which).count() as u64;
        prop_assert_eq!((route.attempts, route.accepted), (endings.len() as u64, count(0)));
        prop_assert_eq!(route.delivered, count(0) + count(1) + count(5));
        prop_assert_eq!(route.acceptance(), Proportion { part: count(0), whole: count(0) + count(1) });
        let undelivered = route.failed().part + route.blocked().part + route.timed_out().part;
        prop_assert_eq!(route.delivered + undelivered, route.attempts);
        let rated = &route.costs.as_ref().expect("an API route").rated;
        let each = || results.rows.iter().filter_map(|row| row.rated.as_ref());
        prop_assert_eq!(rated.low(), each().map(Figure::low).sum::<Decimal>());
        prop_assert_eq!(rated.high(), each().map(Figure::high).sum::<Option<Decimal>>());
        let known = &route.costs.as_ref().expect("an API route").known;
        let each = || results.rows.iter().filter_map(|row| row.known());
        prop_assert_eq!(known.low(), each().map(|it| it.low()).sum::<Decimal>());
        prop_assert_eq!(known.high(), each().map(|it| it.high()).sum::<Option<Decimal>>());
        if let (Some(each), accepted @ 1..) = (&route.per_accepted, route.accepted) {
            // A quotient that does not end is fixed at 12 places.
            let reviewed = results.rows.iter().filter(|row| row.row.ending != log::Ending::NotReviewed);
            let cost: Decimal = reviewed.filter_map(|row| row.rated.as_ref()).map(Figure::low).sum();
            prop_assert!((each.rated.low() * Decimal::from(accepted) - cost).abs() < dec("0.0000000001"));
        }
        if let (Some(share), Some(interval)) = (route.acceptance().value(), route.acceptance().interval()) {
            prop_assert!(interval.low <= share && share <= interval.high);
        }
    }
}

/// The example, with the same attempts on gpt-image-1.5 as the route of today.
fn two_routes() -> String {
    let other = example()
        .replace("new-", "baseline-")
        .replace("gpt-image-2,gpt-image-2", "gpt-image-1.5,gpt-image-1.5");
    let rows = other.split_once('\n').expect("rows").1.lines().filter(|row| row.contains("1.5"));
    example() + &rows.map(|row| format!("{row}\n")).collect::<String>()
}

#[test]
fn two_routes_stand_side_by_side_with_the_baseline_first() {
    let run = read_stdin(&two_routes(), &["--baseline", "openai/gpt-image-1.5", "--max-p90", "45"]);
    assert_matches_snapshot!("pilot_read_two_routes", run.shown());
}

/// Only the new route makes the final size, for $0.1072: without it its other eight attempts cost $0.3627, as they
/// do on the baseline, and $0.07254 for each of 5 accepted images. With it, it is 0.4699 ÷ 6 = $0.0783166….
#[test]
fn samples_of_one_route_alone_are_left_out_of_the_comparison() {
    let both = two_routes();
    let square = both.lines().nth(1).expect("a row");
    let last = square
        .replace("new-prompt-only-1,prompt-only", "new-final-size-1,final-size")
        .replace("0.0528", "0.1072");
    let text = format!("{both}{last}\n");
    let baseline = ["--baseline", "openai/gpt-image-1.5"];
    let json =
        |text: &str| read_stdin(text, &[&baseline[..], &["--format", "json"]].concat()).json();
    let found = json(&text);
    let only =
        serde_json::json!([{"sample": "final-size", "routes": ["official/openai/gpt-image-2"]}]);
    assert_eq!(found["not_tried_on_every_route"], only);
    for route in 0..2 {
        let same = &found["routes"][route]["same_samples"];
        assert_eq!(
            (same["attempts_made"].as_u64(), same["images_accepted"].as_u64()),
            (Some(8), Some(5))
        );
        assert_eq!(same["logged_or_rated_low_usd"], "0.3627");
        assert_eq!(same["per_accepted_logged_or_rated_low_usd"], "0.07254");
    }
    assert_eq!(found["routes"][2]["same_samples"], serde_json::Value::Null, "by hand");
    let goal = |limit: &'static str| {
        read_stdin(&text, &[&baseline[..], &["--max-cost-per-accepted", limit]].concat())
    };
    assert_eq!((goal("0.0784").code, goal("0.0783").code), (0, 1), "on all of its own rows");
    assert_matches_snapshot!("pilot_read_one_sided", goal("0.0784").shown());

    let same = json(&both);
    assert_eq!(same["not_tried_on_every_route"], serde_json::json!([]));
    assert_eq!(
        same["routes"][0]["same_samples"],
        serde_json::Value::Null,
        "there is no difference"
    );
}

/// gpt-image-1.5 makes no 2048x2048: the new route costs $1.0723 with it, and 1.0723 − 0.3216 without.
#[test]
fn a_plan_compares_what_both_routes_make() {
    let migration = ["--set", "migration", "--baseline", "openai/gpt-image-1.5", "--trials", "3"];
    let plan = pilot(&[&migration[..], &["--format", "json"]].concat()).json();
    let [all, same] = ["cost", "same_samples"].map(|key| {
        let amount =
            |side: &str| dec(plan["by_route"][side][key]["cost_low_usd"].as_str().expect("text"));
        (amount("baseline"), amount("new"))
    });
    assert_eq!(all.0, same.0, "the baseline makes nothing that the new route does not");
    let trials = plan["rows"].as_array().expect("a list");
    let last = trials.last().expect("a trial");
    assert_eq!((&last["sample"], &last["role"]), (&"final-size".into(), &"new".into()));
    assert_eq!(all.1 - same.1, dec(last["cost_low_usd"].as_str().expect("text")));
    let one_sided = serde_json::json!([{"sample": "final-size", "role": "new"}]);
    assert_eq!(plan["by_route"]["one_sided"], one_sided);
    let alone = pilot(&["--format", "json"]).json();
    assert_eq!(alone["by_route"], serde_json::Value::Null);
}

/// OpenAI's price is dated; the source of fal's is not.
#[test]
fn the_total_of_a_pilot_has_the_weakest_basis_of_its_routes() {
    let routes = ["official/openai/gpt-image-2", "provider/fal/gpt-image-2"];
    let args = ["--set", "migration", "--baseline", routes[0], "--route", routes[1]];
    let found = pilot(&[&args[..], &["--format", "json"]].concat()).json();
    let by_route = &found["by_route"];
    for (total, basis) in [
        (&found["total"], "undated"),
        (&by_route["baseline"]["cost"], "dated"),
        (&by_route["baseline"]["same_samples"], "dated"),
        (&by_route["new"]["cost"], "undated"),
        (&by_route["new"]["same_samples"], "undated"),
    ] {
        assert_eq!(total["price_basis"], basis, "{total}");
    }
}
