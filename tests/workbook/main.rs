//! Workbooks, above all that of a forecast: its figures are those of the engine, and formulas keep to it when inputs are changed.
//!
//! What is recalculated needs `soffice` (Debian: libreoffice-calc-nogui); without it the test says so and passes, unless
//! IMGCOST_LIBREOFFICE=required.

#[path = "../common/mod.rs"]
mod common;

mod book;
mod commands;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use book::{Cells, cells, changed, formulas, number, recalculated, recalculates};
use calamine::Data;
use common::cli::run;
use common::{TODAY, dec, libreoffice};
use rust_decimal::Decimal;

const BUDGETS: [&str; 5] = [
    "fixtures/budgets/studio.yaml",
    "fixtures/budgets/posters.yaml",
    "fixtures/budgets/two-products.yaml",
    "fixtures/budgets/uncertain.yaml",
    "fixtures/budgets/year/plan.yaml",
];

/// Two steps that fail, grow and have a season; a maximum of attempts; another cost for each accepted image.
const MIXED: &str = "\
start: 2027-01
months: 5
workloads:
- name: drafts and finals
  steps:
  - request: {model: gpt-image-2, size: 1024x1024, quality: low, prompt_tokens: 50}
    per_accepted: 3
    attempts: {failure_rate: 4%}
  - request: {model: gpt-image-2, size: 1024x1024, quality: high, prompt_tokens: 50}
    attempts: {acceptance: 80%, block_rate: 1%}
  accepted_images: 150
  growth: 3%
  seasonality: {3: 2.2}
  tags: {team: print}
  other_costs: [{name: review, amount: '0.05', per: attempt}]
- name: given up
  request: {model: gpt-image-2, size: 1024x1024, quality: low, prompt_tokens: 50}
  accepted_images: 1000
  attempts: {acceptance: 70%, maximum: 2}
";

/// The workbook of a budget, in a folder.
fn written(folder: &Path, budget: &str, more: &[&str]) -> PathBuf {
    let file = folder.join("plan.xlsx");
    let path = file.to_str().expect("UTF-8");
    let args = ["budget", "forecast", budget, "--as-of", TODAY, "--force", "--output", path];
    let run = run(&[&args[..], more].concat());
    assert!(run.code < 2, "{budget}: {}", run.stderr);
    file
}

/// The place of a cell below a heading, in the row whose first cells begin with these texts.
fn place(cells: &Cells, heading: &str, row: impl Fn(&Cells, u32) -> bool) -> (u32, u32) {
    const HEADER: u32 = 3;
    let column = cells.iter().find_map(|((row, column), cell)| {
        (*row == HEADER && shown(cell) == heading).then_some(*column)
    });
    let rows = cells.keys().map(|(row, _)| *row).filter(|row| *row > HEADER);
    let row = rows.into_iter().find(|at| row(cells, *at));
    (row.expect("a row"), column.unwrap_or_else(|| panic!("no column {heading}")))
}

/// A cell as text, numbers as well.
fn shown(cell: &Data) -> String {
    cell.to_string()
}

fn is(cells: &Cells, (row, column): (u32, u32), text: &str) -> bool {
    cells.get(&(row, column)).is_some_and(|cell| shown(cell) == text)
}

/// Every cost of the months, and of every row, is that of a forecast, to a hundredth of a cent.
fn agrees(book: &BTreeMap<String, Cells>, budget: &str, more: &[&str]) {
    let forecast = |by: &[&str]| {
        let args = ["budget", "forecast", budget, "--as-of", TODAY, "--format", "csv"];
        let run = run(&[&args[..], by, more].concat());
        assert!(run.code < 2, "{}", run.stderr);
        let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
        let head = reader.headers().expect("a head").clone();
        let at = |name: &str| head.iter().position(|it| it == name).expect("a column");
        let [low, high] = ["cost_low_usd", "cost_high_usd"].map(at);
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            [low, high].map(|at| Some(&row[at]).filter(|it| !it.is_empty()).map(dec))
        });
        rows.collect::<Vec<_>>()
    };
    for (sheet, by) in [("Months", &["--by", "month"][..]), ("Workloads", &[])] {
        let cells = &book[sheet];
        for (index, ends) in (4..).zip(forecast(by)) {
            for (what, cost) in ["Cost, low", "Cost, high"].into_iter().zip(ends) {
                let at = (index, place(cells, what, |_, _| true).1);
                let found = number(cells, at);
                let near = match (found, cost) {
                    (Some(found), Some(cost)) => (found - cost).abs() <= dec("0.0001"),
                    (None, None) => true,
                    _ => false,
                };
                assert!(near, "{budget} {sheet} {at:?} {what}: {found:?}, and not {cost:?}");
            }
        }
    }
}

#[test]
fn every_figure_is_that_of_the_forecast_and_none_that_is_unknown_is_0() {
    let folder = tempfile::tempdir().expect("a folder");
    for budget in BUDGETS {
        let file = written(folder.path(), budget, &[]);
        agrees(&cells(&file), budget, &[]);
    }
}

#[test]
fn the_file_is_the_same_each_time_and_says_what_it_was_made_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), BUDGETS[0], &[]);
    let first = fs::read(&file).expect("a file");
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(fs::read(written(folder.path(), BUDGETS[0], &[])).expect("a file"), first);
    let cells = cells(&file);
    let names: Vec<&str> = cells.keys().map(String::as_str).collect();
    #[rustfmt::skip]
    assert_eq!(names, ["Assumptions", "Call lines", "Calls", "Limits", "Months", "Notes", "Prices used", "Quarters x tags", "Summary", "Workloads"]);
    let notes: String = cells["Notes"].values().map(|cell| cell.to_string() + "\n").collect();
    for said in
        ["imgcost 0.1.0", "as of 2026-11-21", "catalogue ", "studio.yaml (SHA-256", "(not_made)"]
    {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    let formulas: usize = formulas(&file).values().map(Vec::len).sum();
    assert!(formulas > 500, "{formulas}");
}

#[test]
fn what_is_no_product_holds_its_values_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let budget = folder.path().join("mixed.yaml");
    fs::write(&budget, MIXED).expect("written");
    let budget = budget.to_str().expect("UTF-8");
    let file = written(folder.path(), budget, &[]);
    let (cells, formulas) = (cells(&file), formulas(&file));
    let rows = &cells["Workloads"];
    let of = |name: &'static str| move |cells: &Cells, row| is(cells, (row, 2), name);
    let held = place(rows, "Cost, low", of("given up"));
    assert!(!formulas["Workloads"].contains(&held));
    let why = rows[&place(rows, "Why", of("given up"))].to_string();
    assert!(why.starts_with("images are given up after a maximum of attempts"), "{why}");
    let live = place(rows, "Cost, low", of("drafts and finals"));
    assert!(formulas["Workloads"].contains(&live));
    let notes: String = cells["Notes"].values().map(|cell| cell.to_string() + "\n").collect();
    let said = "5 rows hold their values: images are given up after a maximum of attempts (maximum_attempts)";
    assert!(notes.contains(said), "{notes}");
    agrees(&cells, budget, &[]);
}

#[test]
fn recalculated_every_formula_comes_to_what_stands_beside_it() {
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mixed = folder.path().join("mixed.yaml");
    fs::write(&mixed, MIXED).expect("written");
    let mixed = mixed.to_str().expect("UTF-8");
    for budget in BUDGETS.into_iter().chain([mixed]) {
        let file = written(folder.path(), budget, &[]);
        recalculates(&file, budget);
        agrees(&cells(&file.with_file_name("again").join("plan.xlsx")), budget, &[]);
    }
}

/// 150 images a month become 175, 80% accepted become 90%, and $0.04 for an image at Acme Images $0.05.
#[test]
fn three_inputs_changed_come_to_a_fresh_forecast_of_the_same_changes() {
    if !libreoffice::is_there("recalculate the workbook with") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let acme = "fixtures/pricing/amended/provider/acme";
    let table = fs::read_to_string(format!("{acme}/gpt-image-2.yaml")).expect("a table");
    for (prices, table) in [("old", table.clone()), ("new", table.replace("\"0.04\"", "\"0.05\""))]
    {
        let owner = fs::read_to_string(format!("{acme}/owner.yaml")).expect("an owner");
        put(&format!("{prices}/provider/acme/owner.yaml"), &owner);
        put(&format!("{prices}/provider/acme/gpt-image-2.yaml"), &table);
    }
    let old = MIXED
        .replace("low, prompt_tokens: 50}", "low, prompt_tokens: 50}\n    route: acme/gpt-image-2");
    let old = old.replace("    route: acme/gpt-image-2\n  accepted", "  accepted");
    let new = old.replace("accepted_images: 150", "accepted_images: 175").replace("80%", "90%");
    let (old, new) = (put("old.yaml", &old), put("new.yaml", &new));
    let pricing = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let file = written(folder.path(), &old, &["--pricing", &pricing("old")]);
    let before = cells(&file);
    let (plan, prices) = (&before["Assumptions"], &before["Prices used"]);
    let step = |number: &'static str| {
        move |cells: &Cells, row| {
            is(cells, (row, 0), "drafts and finals") && is(cells, (row, 1), number)
        }
    };
    let changes = [
        ("Assumptions", place(plan, "Images in it, low", step("1")), "175"),
        ("Assumptions", place(plan, "Acceptance", step("2")), "0.9"),
        (
            "Prices used",
            place(prices, "Rate", |cells, row| is(cells, (row, 1), "provider/acme/gpt-image-2")),
            "0.05",
        ),
    ];
    let after = cells(&recalculated(&changed(&file, &changes)));
    agrees(&after, &new, &["--pricing", &pricing("new")]);
    let total =
        |cells: &BTreeMap<String, Cells>| number(&cells["Summary"], (4, 1)).expect("the low cost");
    assert!((total(&before) - total(&after)).abs() > Decimal::ONE, "the changes are seen");
}
