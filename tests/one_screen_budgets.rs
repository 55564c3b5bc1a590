//! What each budget command prints by default fits a screen at 80 and 120 columns: at most 45 lines, none of them wider,
//! the answer in the first ones, and what is kept back counted in the last.

mod common;

use common::TODAY;
use common::cli::{Run, run_at};

/// The most lines of a default output.
const SCREEN: usize = 45;

const FORECASTS: [(&str, &[&str]); 8] = [
    ("flags", &["--images", "12000", "--limit", "3000"]),
    ("studio", &["fixtures/budgets/studio.yaml"]),
    ("two_products", &["fixtures/budgets/two-products.yaml"]),
    ("by_quarter", &["fixtures/budgets/two-products.yaml", "--by", "quarter"]),
    ("wide", &["fixtures/budgets/two-products.yaml", "--layout", "wide"]),
    ("sheet", &["--volumes", "fixtures/budgets/valid/volumes.csv"]),
    (
        "unknown",
        &["--images", "1000", "--model", "gpt-image-2.6-flare", "--input-image", "1024x1024"],
    ),
    ("forty_workloads", &["fixtures/budgets/forty-workloads.yaml"]),
];

const OTHERS: [(&str, &[&str]); 12] = [
    ("compare", &["compare", "fixtures/budgets/posters.yaml"]),
    ("compare_two_products", &["compare", "fixtures/budgets/two-products.yaml"]),
    ("compare_routes", &["compare", "fixtures/budgets/posters.yaml", "--routes", "all"]),
    ("compare_owners", &["compare", "fixtures/budgets/two-products.yaml", "--owners", "all"]),
    ("check", &["check", "fixtures/budgets/studio.yaml"]),
    (
        "check_baseline",
        &["check", "fixtures/budgets/posters.yaml", "--baseline", "fixtures/budgets/older.yaml"],
    ),
    ("check_forty_workloads", &["check", "fixtures/budgets/forty-workloads.yaml"]),
    ("simulate", &["simulate", "fixtures/budgets/uncertain.yaml", "--runs", "500"]),
    ("simulate_two_ends", &["simulate", "fixtures/budgets/two-products.yaml", "--runs", "500"]),
    ("afford", &["afford", "fixtures/budgets/posters.yaml", "--limit", "3000"]),
    (
        "afford_month",
        &["afford", "fixtures/budgets/two-products.yaml", "--limit", "3000", "--per", "month"],
    ),
    ("afford_nothing", &["afford", "fixtures/budgets/forty-workloads.yaml", "--limit", "100"]),
];

fn shown(columns: u16, args: &[&str]) -> Run {
    run_at(columns, &[&["budget"], args, &["--as-of", TODAY]].concat())
}

fn fits(name: &str, args: &[&str]) {
    for columns in [80, 120] {
        let run = shown(columns, args);
        let lines: Vec<&str> = run.stdout.lines().collect();
        assert!(run.code <= 1 && !lines.is_empty(), "{name}: {}", run.stderr);
        let wide: Vec<&&str> =
            lines.iter().filter(|line| line.chars().count() > usize::from(columns)).collect();
        assert!(wide.is_empty(), "{name} at {columns}: {wide:#?}");
        if columns == 80 {
            assert!(lines.len() <= SCREEN, "{name}: {} lines\n{}", lines.len(), run.stdout);
        }
        assert_matches_snapshot!(format!("screen_budget_{name}_{columns}"), run.stdout);
    }
}

#[test]
fn a_forecast_fits_a_screen() {
    for (name, args) in FORECASTS {
        fits(&format!("forecast_{name}"), &[&["forecast"], args].concat());
    }
}

#[test]
fn what_is_asked_of_a_budget_fits_a_screen() {
    for (name, args) in OTHERS {
        fits(name, args);
    }
}

#[test]
fn the_first_lines_are_the_answer() {
    let run = shown(80, &["forecast", "--images", "12000", "--limit", "3000"]);
    let first: String = run.stdout.lines().take(7).collect::<Vec<_>>().join("\n");
    // 12,000 × 1,756 tokens × $30 per million = $632.16 a month; at 70%, 1 ÷ 0.7 attempts: $10,837.03 in 12 months.
    for part in [
        "$7,585.92 for 12 months",
        "$8,344.51",
        "$3,000.00 a month: within in every month",
        "at 70%:",
        "$10,837.03",
    ] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let given = shown(80, &["forecast", "--images", "12000", "--acceptance", "70%"]).stdout;
    assert!(given.contains("$10,837.03 for 12 months") && !given.contains("at 70%:"), "{given}");
}

#[test]
fn with_everything_open_nothing_is_kept_back() {
    for args in [
        &["forecast", "fixtures/budgets/forty-workloads.yaml", "--all"][..],
        &["check", "fixtures/budgets/studio.yaml", "--all"],
        &["compare", "fixtures/budgets/posters.yaml", "--routes", "all", "--all"],
        &["afford", "fixtures/budgets/two-products.yaml", "--limit", "3000", "--all"],
    ] {
        let all = shown(120, args).stdout;
        assert!(!all.contains("Not shown:"), "{all}");
    }
}
