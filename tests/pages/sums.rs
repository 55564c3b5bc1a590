//! The sums of a page are those of the JSON, in full, whatever is shown of them.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::cli::run;
use crate::common::{TODAY, dec};
use crate::reader::{Cell, Table, tables};

/// A plan whose parts are unknown, one of ranges, one that is exact, and one of forty workloads.
pub const BUDGETS: [&str; 4] = [
    "fixtures/budgets/studio.yaml",
    "fixtures/budgets/uncertain.yaml",
    "fixtures/examples/volumes.csv",
    "fixtures/budgets/forty-workloads.yaml",
];

pub fn page(args: &[&str]) -> String {
    let run = run(&[args, &["--as-of", TODAY, "--format", "html"]].concat());
    assert!(matches!(run.code, 0 | 1), "{args:?}: {}", run.stderr);
    run.stdout
}

fn object(args: &[&str]) -> Value {
    run(&[args, &["--as-of", TODAY, "--format", "json"]].concat()).json()
}

/// The ends of an amount of a JSON row.
fn ends(row: &Value, name: &str) -> (Option<Decimal>, Option<Decimal>) {
    let end = |end: &str| row[format!("{name}_{end}_usd")].as_str().map(dec);
    (end("low"), end("high"))
}

fn sum(cells: &[&Cell]) -> (Decimal, Option<Decimal>) {
    let low = cells.iter().filter_map(|cell| cell.low).sum();
    let high = cells.iter().map(|cell| cell.high).sum::<Option<Decimal>>();
    (low, high)
}

fn table<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    let found = tables.iter().find(|table| table.name.starts_with(name));
    found.unwrap_or_else(|| panic!("no table {name}"))
}

#[test]
fn the_months_of_a_page_are_those_of_the_json_and_their_parts_add_up() {
    for budget in BUDGETS {
        let command = ["budget", "forecast", budget];
        let (found, tables) = (object(&command), tables(&page(&command)));
        let months = table(&tables, "Cost of each month");
        let expected = found["totals"].as_array().expect("months");
        assert_eq!(months.rows.len(), expected.len(), "{budget}");
        for (row, month) in months.rows.iter().zip(expected) {
            let [first, parts @ .., cost] = &row[..] else { panic!("{budget}: {row:?}") };
            assert_eq!(first.text, month["month"].as_str().expect("a month"), "{budget}");
            assert_eq!((cost.low, cost.high), ends(month, "cost"), "{budget} {}", first.text);
            let parts: Vec<&Cell> = parts.iter().collect();
            let both = (cost.low.unwrap_or_default(), cost.high);
            assert_eq!(sum(&parts), both, "{budget} {}", first.text);
        }
        let total = months.total.as_ref().and_then(|row| row.last()).expect("a total");
        assert_eq!((total.low, total.high), ends(&found["total"], "cost"), "{budget}");
        // Every other table over all months comes to the same.
        let by_quarter = table(&tables, "By quarter and");
        let costs: Vec<&Cell> = by_quarter.rows.iter().filter_map(|row| row.last()).collect();
        assert_eq!(sum(&costs), (total.low.unwrap_or_default(), total.high), "{budget}");
    }
}

#[test]
fn the_cost_of_an_accepted_image_by_hand() {
    // Two months of 12,000 images, all accepted: the cost of both months over 24,000.
    let page =
        page(&["budget", "forecast", "--images", "12000", "--months", "2", "--quality", "low"]);
    let tables = tables(&page);
    let row = &table(&tables, "Cost of an accepted image").rows[0];
    let [.., accepted, cost, each, certainty] = &row[..] else { panic!("{row:?}") };
    let (cost, accepted) = (cost.low.expect("a cost"), accepted.low.expect("images"));
    assert_eq!(each.low, Some(cost / accepted));
    assert_eq!(certainty.text, "exact");
}

#[test]
fn the_bars_of_a_comparison_are_its_rows() {
    let command = ["compare", "--prompt-tokens", "60"];
    let (found, tables) = (object(&command), tables(&page(&command)));
    let bars = table(&tables, "Cost of an accepted image by route");
    assert!(bars.rows.len() > 1);
    for row in &bars.rows {
        let (route, cost) = (&row[1].text, &row[3]);
        let rows = found["rows"].as_array().expect("rows");
        let known = rows.iter().find(|it| it["route"] == route.as_str()).expect("a row");
        assert_eq!((cost.low, cost.high), ends(known, "per_accepted_image"), "{route}");
    }
}

#[test]
fn the_months_of_a_check_and_the_scenarios_of_a_comparison_are_those_of_the_json() {
    let studio = "fixtures/budgets/studio.yaml";
    let checked = tables(&page(&["budget", "check", studio]));
    let total = table(&checked, "Cost by month").total.as_ref().expect("a total")[1].clone();
    let found = object(&["budget", "check", studio]);
    assert_eq!((total.low, total.high), ends(&found["total"], "cost"));

    let posters = ["budget", "compare", "fixtures/budgets/posters.yaml"];
    let (found, tables) = (object(&posters), tables(&page(&posters)));
    for row in &table(&tables, "Cost as it is").rows {
        let rows = found["rows"].as_array().expect("rows");
        let known = rows.iter().find(|it| it["variant"] == row[0].text.as_str()).expect("a row");
        assert_eq!((row[1].low, row[1].high), ends(known, "cost"), "{}", row[0].text);
    }
}
