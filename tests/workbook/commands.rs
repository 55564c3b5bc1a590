//! The workbooks of the other commands: what follows from other cells is a formula, and what is none says why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calamine::Data;

use crate::book::{Cells, cells, changed, formulas, number, recalculated, recalculates};
use crate::common::cli::run;
use crate::common::{TODAY, dec, libreoffice};

/// A command, and how many formulas it has at least.
const COMMANDS: [(&[&str], usize); 8] = [
    (&["estimate", "--prompt-tokens", "60", "--failure-rate", "2%", "--images", "1000"], 10),
    (&["estimate", "--prompt-tokens", "60", "--acceptance", "70%", "--review-cost", "0.02"], 8),
    (&["compare", "--prompt-tokens", "60", "--failure-rate", "5%", "--images", "9"], 300),
    (&["budget", "check", "fixtures/budgets/studio.yaml"], 50),
    (&["budget", "check", "fixtures/budgets/year/plan.yaml"], 10),
    (&["budget", "compare", "fixtures/budgets/posters.yaml"], 30),
    (&["budget", "compare", "fixtures/budgets/posters.yaml", "--routes", "all"], 30),
    (&["budget", "compare", "fixtures/budgets/posters.yaml", "--owners", "all"], 20),
];

fn written(folder: &Path, command: &[&str]) -> PathBuf {
    let file = folder.join("it.xlsx");
    let path = file.to_str().expect("UTF-8");
    let run = run(&[command, &["--as-of", TODAY, "--force", "--output", path]].concat());
    assert!(run.code < 2, "{command:?}: {}", run.stderr);
    file
}

fn heading(cells: &Cells, name: &str) -> u32 {
    let is_it = |cell: &Data| matches!(cell, Data::String(text) if text == name);
    let found = cells.iter().find(|((row, _), cell)| *row == 3 && is_it(cell));
    found.map(|((_, column), _)| *column).unwrap_or_else(|| panic!("no column {name}"))
}

#[test]
fn recalculated_each_formula_of_each_command_comes_to_what_stands_beside_it() {
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (command, least) in COMMANDS {
        let count = recalculates(&written(folder.path(), command), &format!("{command:?}"));
        assert!(count >= least, "{command:?} has {count} formulas");
    }
}

/// 66 tokens at $5 and 1,756 at $30 for a million are $0.05301. At 98% delivered, 70% accepted and $0.04 for each attempt
/// that is delivered: $0.05301 × 0.98 ÷ (0.98 × 0.7) is $0.0757285714 at the low end.
#[test]
fn an_estimate_follows_from_its_lines_and_rates() {
    let command = ["estimate", "--prompt-tokens", "60", "--failure-rate", "2%", "--acceptance"];
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), &[&command[..], &["70%", "--images", "1000"]].concat());
    let book = cells(&file);
    let all = &book["Accepted images"];
    let of = |book: &BTreeMap<String, Cells>, name: &str| {
        let all = &book["Accepted images"];
        number(all, (4, heading(all, name)))
    };
    assert_eq!(of(&book, "A request, low"), Some(dec("0.053010000")));
    assert_eq!(of(&book, "An accepted image, low"), Some(dec("0.075728571")));
    let live = &formulas(&file)["Accepted images"];
    for name in
        ["A request, high", "An attempt, low", "An accepted image, high", "All of them, low"]
    {
        assert!(live.contains(&(4, heading(all, name))), "{name} follows");
    }
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    // Twice the tokens of the image and an acceptance of 80%, against a fresh estimate by hand:
    // (66 × 5 + 3,512 × 30) ÷ 1,000,000 = 0.10569, ÷ 0.8 = 0.1321125.
    let lines = &book["Lines"];
    let low = heading(lines, "Quantity, low");
    let changes =
        [("Lines", (5, low), "3512"), ("Accepted images", (4, heading(all, "Acceptance")), "0.8")];
    let after = cells(&recalculated(&changed(&file, &changes)));
    assert_eq!(of(&after, "An accepted image, low"), Some(dec("0.132112500")));
}

#[test]
fn what_is_no_product_is_a_value_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), &["compare", "--prompt-tokens", "60"]);
    let (book, formulas) = (cells(&file), formulas(&file));
    let lines = &book["Lines"];
    let [cell, why, amount] = ["Cell", "Why", "US dollars, low"].map(|name| heading(lines, name));
    let mut held = 0;
    for ((row, _), word) in lines.iter().filter(|((row, at), _)| *row > 3 && *at == cell) {
        let is_live = formulas["Lines"].contains(&(*row, amount));
        match word {
            Data::String(word) if word == "formula" => assert!(is_live, "{row}"),
            word => {
                held += 1;
                let why = lines.get(&(*row, why)).map(Data::to_string).unwrap_or_default();
                assert!(!is_live && !why.is_empty(), "{row}: {word:?}, {why}");
            }
        }
    }
    assert!(held > 0, "some lines hang on what is not stated");
}

#[test]
fn a_limit_is_held_in_the_workbook_as_in_the_check() {
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), &["budget", "check", "fixtures/budgets/posters.yaml"]);
    let book = cells(&file);
    let limits = &book["Limits"];
    let [limit, status, left] =
        ["Limit", "Status", "Left below the limit"].map(|it| heading(limits, it));
    assert_eq!(limits[&(4, status)].to_string(), "margin not covered");
    // A cost of $2,465.01 with a margin of 10% is $2,711.511: within a limit of $2,712, of which $246.99 are left.
    let after = cells(&recalculated(&changed(&file, &[("Limits", (4, limit), "2712")])));
    assert_eq!(after["Limits"][&(4, status)].to_string(), "within");
    assert_eq!(number(&after["Limits"], (4, left)), Some(dec("246.990000000")));
}

/// $1.25 are a euro: what is asked for is four fifths of the dollars, and at $2 half of them.
#[test]
fn a_plan_in_euros_says_what_is_asked_for_at_a_rate_that_may_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let euros = ["--currency", "EUR", "--fx", "EUR/USD=1.25"];
    let command = ["budget", "forecast", "fixtures/budgets/posters.yaml"];
    let file = written(folder.path(), &[&command[..], &euros].concat());
    let row = |cells: &Cells, name: &str| {
        let is_it = |cell: &Data| matches!(cell, Data::String(text) if text == name);
        let found = cells.iter().find(|((_, column), cell)| *column == 0 && is_it(cell));
        found.map(|((row, _), _)| *row).unwrap_or_else(|| panic!("no row {name}"))
    };
    let book = cells(&file);
    let of = |book: &BTreeMap<String, Cells>, name: &str| {
        let summary = &book["Summary"];
        number(summary, (row(summary, name), 1)).expect("a number")
    };
    let dollars = of(&book, "Amount to request");
    assert_eq!(of(&book, "Amount to request, EUR"), (dollars / dec("1.25")).round_dp(9));
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    recalculates(&file, "a plan in euros");
    let rate = row(&book["Summary"], "US dollars for 1 EUR");
    let after = cells(&recalculated(&changed(&file, &[("Summary", (rate, 1), "2")])));
    assert_eq!(of(&after, "Amount to request, EUR"), (dollars / dec("2")).round_dp(9));
}
