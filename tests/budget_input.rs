//! Budgets from files and spreadsheets: the same facts give the same budget, and what is wrong is all said
//! at once, each with its place.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use imgcost::budget::{Assumption, Budget, file, forecast, volumes};
use imgcost::catalog::Catalog;
use imgcost::errors::Errors;
use imgcost::problem::{Problem, ProblemCode};
use imgcost::request::NamedFiles;

use common::cli::{assert_same_for_programs, run};
use common::keys::assert_reads;
use common::{TODAY, day};

const FOLDER: &str = "fixtures/budgets";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a budget file, or a spreadsheet by its ending, by its path from the project folder.
fn read(path: &str) -> Result<Budget, Errors<Problem>> {
    let text: Arc<str> = std::fs::read_to_string(root().join(path)).expect("a fixture").into();
    if path.ends_with(".csv") {
        return volumes::read(path, &text).map(|(budget, _)| budget);
    }
    let folder = root().join(path).parent().map(Path::to_path_buf).unwrap_or_default();
    file::read(path, &text, &NamedFiles::of(&folder, &[]), day(TODAY))
}

fn read_text(text: &str) -> Result<Budget, Errors<Problem>> {
    let files = NamedFiles::of(Path::new(""), &[]);
    file::read("budget.yaml", &text.into(), &files, day(TODAY))
}

fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(FOLDER).join(folder)).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending != "json"))
        .filter_map(|path: PathBuf| path.file_name()?.to_str().map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// What a forecast says, in words that differ if any digit does.
fn rows(budget: &Budget) -> Vec<String> {
    let forecast = forecast(&Catalog::shipped(), budget, day(TODAY)).expect("a forecast");
    let shown = forecast.rows().map(|row| {
        let route = row.route.as_ref().map(|route| route.id.to_string());
        format!(
            "{} {} {:?} {route:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            row.month,
            row.workload,
            row.tags,
            row.wanted,
            row.accepted,
            row.attempts,
            row.billed_calls,
            row.tokens,
            row.cost
        )
    });
    shown.collect()
}

fn in_words(budget: &Budget) -> Vec<String> {
    budget.assumptions.iter().map(ToString::to_string).collect()
}

#[test]
fn a_budget_needs_workloads_only_and_says_every_default() {
    let budget = read("fixtures/budgets/valid/least.yaml").expect("a budget");
    assert_eq!((budget.start.to_string().as_str(), budget.months), ("2026-12", 12));
    let said = [
        "the budget starts in 2026-12, the month after the day of knowledge",
        "the budget has 12 months",
        "fiscal years are calendar years",
        "the margin is 10%",
        "posters: every attempt delivers an image that is accepted",
        "posters: the volume does not grow",
    ];
    assert_eq!(in_words(&budget), said);
    assert_eq!(rows(&budget).len(), 12);
}

#[test]
fn the_example_is_valid_and_forecasts() {
    let budget = read_text(file::EXAMPLE).expect("the example is valid");
    let said = "product shots: failures, blocks and time-outs are the same in every step without its own \
                attempts; acceptance and the maximum are those of the last step";
    assert_eq!(in_words(&budget), [said], "all else is written out");
    assert!(!rows(&budget).is_empty());
    let init = run(&["budget", "init", "--all"]);
    assert_eq!((init.code, init.stdout.as_str()), (0, file::EXAMPLE));
}

#[test]
fn what_init_shows_fits_a_screen_and_is_valid() {
    let budget = read_text(file::START).expect("the start is valid");
    assert_eq!((budget.workloads.len(), budget.scenarios.len()), (2, 1));
    let init = run(&["budget", "init"]);
    assert_eq!((init.code, init.stdout.as_str()), (0, file::START));
    assert!(init.stdout.lines().count() <= 45);
}

#[test]
fn the_spread_that_the_example_shows_is_valid() {
    let lines = ["# spread:", "#   acceptance: {of", "#   block_rate: {low", "#   failed: {free"];
    let stated = lines.iter().fold(file::EXAMPLE.to_owned(), |text, line| {
        assert!(text.contains(line), "{line}");
        text.replace(line, &line.replacen("# ", "", 1))
    });
    let budget = read_text(&stated).unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let spread = &budget.workloads[0].spread;
    assert!(spread.acceptance.is_some() && spread.block_rate.is_some());
    assert_eq!(spread.failed.len(), 2);
}

#[test]
fn init_does_not_replace_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.yaml");
    let path = path.to_str().expect("a path");
    assert_eq!(run(&["budget", "init", "--output", path]).code, 0);
    assert_eq!(std::fs::read_to_string(path).expect("a file"), file::START);
    let again = run(&["budget", "init", "--output", path]);
    assert_eq!(again.code, 2, "{}", again.stderr);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
}

#[test]
fn file_and_spreadsheet_give_the_same_forecast_to_the_last_digit() {
    let from_file = read("fixtures/budgets/valid/volumes.yaml").expect("a budget");
    for sheet in ["volumes.csv", "volumes-semicolons.csv"] {
        let from_sheet = read(&format!("{FOLDER}/valid/{sheet}")).expect("a budget");
        let by_names = |budget: &Budget| {
            let said: BTreeSet<String> = in_words(budget).into_iter().collect();
            (Budget { assumptions: Vec::new(), ..budget.clone() }, said)
        };
        assert_eq!(by_names(&from_file), by_names(&from_sheet), "{sheet}");
        assert_eq!(rows(&from_file), rows(&from_sheet), "{sheet}");
    }
    // 12,000 + 12,360 + 12,731 posters and 500 + 0 + 700 icons: no row for the month without icons.
    assert_eq!(rows(&from_file).len(), 5);
}

/// A budget of which every default is written out, so that none is an assumption any more.
fn stated(budget: Budget) -> Budget {
    // What was said of the file on the way is a line of the written one.
    let line = |it: &Assumption| match it {
        Assumption::OfFile(text) => Assumption::Own(text.clone()),
        it => it.clone(),
    };
    let own = budget.assumptions.iter().filter(|it| !it.is_default()).map(line).collect();
    Budget { assumptions: own, ..budget }
}

#[test]
fn a_budget_that_is_written_and_read_again_is_the_same() {
    let names = files("valid").into_iter().map(|name| format!("{FOLDER}/valid/{name}"));
    for path in names {
        let budget = read(&path).unwrap_or_else(|problems| panic!("{path}:\n{}", shown(&problems)));
        let text = file::write(&budget);
        let again = read_text(&text).unwrap_or_else(|wrong| panic!("{text}\n{}", shown(&wrong)));
        assert_eq!(stated(budget), again, "{path}:\n{text}");
    }
}

#[test]
fn what_is_written_can_be_read_by_people() {
    let budget = read("fixtures/budgets/valid/everything.yaml").expect("a budget");
    assert_matches_snapshot!("budget_written", file::write(&budget));
}

fn shown(problems: &[Problem]) -> String {
    let text: String =
        problems.iter().map(|it| format!("{}\n  help: {}\n", it.one_line(), it.help)).collect();
    // Where the project lies is no part of what is said.
    text.replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), "")
}

#[test]
fn every_value_that_is_wrong_is_said_at_once_with_its_place() {
    for name in files("invalid") {
        let problems = read(&format!("{FOLDER}/invalid/{name}")).expect_err(&name);
        let of_file = |problem: &&Problem| problem.place.file.ends_with(&name);
        for problem in problems.iter().filter(of_file) {
            assert!(problem.place.line_and_column().is_some(), "{name}: {}", problem.one_line());
        }
        assert_matches_snapshot!(format!("budget_invalid__{name}"), shown(&problems));
        let args = ["budget", "forecast", &format!("{FOLDER}/invalid/{name}")];
        assert_same_for_programs(&args, &run(&args));
    }
}

#[test]
fn every_rule_of_budgets_is_shown_by_a_file() {
    let found: BTreeSet<ProblemCode> = files("invalid")
        .iter()
        .flat_map(|name| read(&format!("{FOLDER}/invalid/{name}")).expect_err(name))
        .map(|problem| problem.code)
        .collect();
    let of_budgets = [
        ProblemCode::BadMonth,
        ProblemCode::BadShare,
        ProblemCode::BadNumber,
        ProblemCode::EndBeforeStart,
        ProblemCode::EitherOr,
        ProblemCode::DuplicateName,
        ProblemCode::Overflow,
        ProblemCode::Formula,
        ProblemCode::UnevenRow,
    ];
    for code in of_budgets {
        assert!(found.contains(&code), "{}", code.as_str());
    }
}

#[test]
fn what_cannot_be_priced_is_said_at_its_workload() {
    let folder = tempfile::tempdir().expect("a folder");
    let yaml = "workloads:
  - name: posters
    request: {size: 1000x1000, quality: high}
    accepted_images: 100
  - name: icons
    request: {size: 1024x1024, quality: low}
    route: replicat/gpt-image-2
    accepted_images: 100
";
    let sheet = "workload,size,2027-01\nposters,1000x1000,100\n";
    for (name, text, flag, place) in [
        ("budget.yaml", yaml, None, "budget.yaml:3:14"),
        ("budget.yaml", yaml, None, "budget.yaml:6:14"),
        ("volumes.csv", sheet, Some("--volumes"), "volumes.csv:2:1"),
        ("volumes.csv", sheet, None, "volumes.csv:2:1"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        let path = path.to_str().expect("a path");
        let args = ["budget", "forecast"].into_iter().chain(flag).chain([path]);
        let run = run(&args.collect::<Vec<_>>());
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(
            run.stderr.contains("error[cannot-be-priced]: posters: 1000x1000"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
}

#[test]
fn every_command_takes_a_spreadsheet_in_the_place_of_a_budget_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Volumes.CSV");
    std::fs::write(&path, "workload,size,quality,2027-01\nicons,1024x1024,low,100\n")
        .expect("written");
    let path = path.to_str().expect("a path");
    for args in [
        &["forecast", path][..],
        &["check", path, "--baseline", path],
        &["compare", path, "--routes", "openai/gpt-image-2"],
        &["afford", path, "--limit", "10"],
    ] {
        let run = run(&[&["budget"], args].concat());
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    }
    let simulated = run(&["budget", "simulate", path]);
    assert_eq!(simulated.code, 2, "a spreadsheet states no spread: {}", simulated.stderr);
}

#[test]
fn files_are_bounded() {
    let rows = "a,1\n".repeat(10_001);
    let sheet: Arc<str> = format!("workload,2027-01\n{rows}").into();
    let problems = volumes::read("long.csv", &sheet).expect_err("too long");
    assert_eq!(problems[0].code, ProblemCode::TooLarge);
    let large = format!("# {}\n", "x".repeat(16_000_000));
    assert_eq!(read_text(&large).expect_err("too large")[0].code, ProblemCode::TooLarge);
}

/// Each key is compared with those that are known, never with each other: if it were, this test would take minutes.
#[test]
fn a_hundred_thousand_keys_take_no_more_work_for_each_than_ten() {
    let budget = |keys: usize, line: &str| -> String {
        let lines = (0..keys).map(|index| line.replace('#', &index.to_string()));
        lines.collect::<Vec<_>>().concat()
    };
    let unknown = read_text(&budget(100_000, "key#: 5\n")).expect_err("unknown keys");
    assert_eq!(unknown.len(), 100_001, "each of them, and that `workloads` is missing");
    let replaced = format!("workloads: []\nreplace:\n{}", budget(100_000, "  old#: new#\n"));
    assert_eq!(read_text(&replaced).expect_err("no workload").len(), 1);
}

#[test]
fn a_sheet_of_a_thousand_workloads_over_sixty_months_can_be_saved_and_read_again() {
    let months: Vec<String> =
        (0..60).map(|i| format!("{}-{:02}", 2027 + i / 12, i % 12 + 1)).collect();
    let row = |index: usize| format!("w{index},1024x1024,low{}\n", ",100".repeat(60));
    let rows: String = (0..1000).map(row).collect();
    let sheet: Arc<str> = format!("workload,size,quality,{}\n{rows}", months.join(",")).into();
    let (budget, _) = volumes::read("sheet.csv", &sheet).expect("a budget");
    assert_eq!(read_text(&file::write(&budget)), Ok(stated(budget)));
}

#[test]
fn the_reader_takes_the_keys_of_the_schema_and_misses_those_that_it_requires() {
    let schema = serde_json::from_str(&file::schema()).expect("a schema");
    let compared =
        assert_reads(&schema, &|text| read_text(text).err().map_or_else(Vec::new, Vec::from));
    assert!(compared > 12, "{compared} mappings");
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let schema = serde_json::from_str(&file::schema()).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let json = |path: &str| {
        let text = std::fs::read_to_string(root().join(path)).expect("a fixture");
        serde_saphyr::from_str::<serde_json::Value>(&text).expect("YAML")
    };
    for name in files("valid").iter().filter(|name| name.ends_with(".yaml")) {
        let errors: Vec<String> = validator
            .iter_errors(&json(&format!("{FOLDER}/valid/{name}")))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    for name in ["values.yaml", "unknown-key.yaml", "missing-key.yaml", "empty-value.yaml"] {
        assert!(!validator.is_valid(&json(&format!("{FOLDER}/invalid/{name}"))), "{name}");
    }
}

#[test]
fn a_budget_above_a_limit_names_it() {
    let posters = std::fs::read_to_string("fixtures/budgets/posters.yaml").expect("a budget");
    let (start, _) = posters.split_once("scenarios:").expect("its scenarios");
    let scenarios = |count: usize| {
        let each = (0..count).map(|it| format!("  - {{name: s{it}, quality: low}}\n"));
        format!("{start}scenarios:\n{}", each.collect::<String>())
    };
    let said = |text: &str| {
        let files = NamedFiles::of(Path::new(""), &[]);
        let text = Arc::from(text);
        let read = file::read("budget.yaml", &text, &files, day(TODAY));
        read.err().map(|problems| problems[0].message.clone())
    };
    assert_eq!(said(&scenarios(1_000)), None);
    assert_eq!(said(&scenarios(1_001)).as_deref(), Some("more than 1,000 scenarios in a budget"));
}

/// Of the key `user` the shipped list knows that it bills nothing; a catalogue without the list does not know it.
#[test]
fn what_of_a_body_bills_nothing_is_known_by_the_tables_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = r#"{"model": "gpt-image-2", "prompt": "a", "size": "1024x1024", "quality": "low", "user": "u"}"#;
    std::fs::write(folder.path().join("body.json"), body).expect("a body");
    let text: Arc<str> =
        "months: 1\nworkloads:\n- name: a\n  request: {file: body.json}\n  accepted_images: 1\n"
            .into();
    let open = |catalog: &Catalog| {
        let files = NamedFiles::of(folder.path(), &[]);
        let fx = imgcost::rating::FxRates::new();
        let rates = file::Rates { before: &fx, after: &fx };
        let read = file::read_at_rates("budget.yaml", &text, (&files, catalog), day(TODAY), rates);
        let budget = read.expect("a budget").budget;
        let keys = budget.workloads[0].steps[0].draft.unread.open.iter();
        keys.map(|it| it.key.clone()).collect::<Vec<_>>()
    };
    assert!(open(&Catalog::shipped()).is_empty());
    assert_eq!(open(&Catalog::from_files(Vec::new()).expect("no files")), ["user"]);
}
