//! One year as a product manager plans it: drafts then finals, a season with growth, Batch, limits of quarters and teams,
//! seats from March, a switch of model in July, a price cut in October and a report in euros; said in YAML, in sheets and in
//! flags alike.
//!
//! At $5 and $30 per 1M tokens, 66 billed tokens of text and 196, 1,756 or 7,024 of an image at 1024x1024, gpt-image-2
//! takes for one image
//!
//! ```text
//! low     66 × 5 + 196 × 30     = $0.00621     in a Batch, at $2.50 and $15: $0.003105
//! medium  66 × 5 + 1,756 × 30   = $0.05301     which is 2.5-flare at high as well
//! high    66 × 5 + 7,024 × 30   = $0.21105
//! ```
//!
//! ```text
//! product shots  four drafts and a final: 4 × 0.00621 + 0.05301 = $0.07785; 1,000 a month: $77.85, $934.20 in the year
//! banners        half are accepted: 2 × 0.21105 = $0.4221 for each; 1,000 in January and 1% more each month,
//!                × 0.7 in July and × 2.2 in November, in whole images:
//!                1,000 1,010 1,020 | 1,030 1,041 1,051 | 743 1,072 1,083 | 1,094 2,430 1,116 = 13,690: $5,778.549
//! thumbnails     10,000 a month in a Batch: $31.05, $372.60 in the year
//! seats          5 × $25 = $125 a month from March on, ten months: $1,250
//! ```
//!
//! | | product shots | banners | thumbnails | seats | together |
//! | --- | --- | --- | --- | --- | --- |
//! | Q1 | 233.55 | 3,030 × 0.4221 = 1,278.963 | 93.15 | 125 | 1,730.663 |
//! | Q2 | 233.55 | 3,122 × 0.4221 = 1,317.7962 | 93.15 | 375 | 2,019.4962 |
//! | Q3 | 233.55 | 2,898 × 0.4221 = 1,223.2458 | 93.15 | 375 | 1,924.9458 |
//! | Q4 | 233.55 | 4,640 × 0.4221 = 1,958.544 | 93.15 | 375 | 2,660.244 |
//! | all | 934.20 | 5,778.549 | 372.60 | 1,250 | 8,335.349 |

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use crate::builder::dec;
use crate::common::TODAY;
use crate::common::cli::run;

const PLAN: &str = "fixtures/budgets/year/plan.yaml";
const SHEET: &str = "fixtures/budgets/year/volumes.csv";
/// The banners as flags say them.
const BANNERS: [&str; 11] = [
    "forecast",
    "--images=1000",
    "--growth=1%",
    "--seasonality=7=0.7,11=2.2",
    "--acceptance=50%",
    "--model=gpt-image-2",
    "--size=1024x1024",
    "--quality=high",
    "--prompt-tokens=60",
    "--start=2027-01",
    "--months=12",
];

fn json(args: &[&str]) -> Value {
    let found = run(&[&["budget"], args, &["--as-of", TODAY, "--format", "json"][..]].concat());
    assert!([0, 1].contains(&found.code), "{args:?}: {}", found.stderr);
    found.json()
}

fn amount(value: &Value) -> Decimal {
    dec(value.as_str().unwrap_or_else(|| panic!("an amount: {value}"))).normalize()
}

/// What each month of a workload, and of seats, costs; all of it exact.
fn rows(found: &Value) -> BTreeMap<(String, String, String), Decimal> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let mut all = BTreeMap::new();
    for row in found["rows"].as_array().expect("rows") {
        assert_eq!(row["certainty"], "exact", "{row}");
        let key = (text(row, "month"), text(row, "cost_kind"), text(row, "workload"));
        *all.entry(key).or_default() += amount(&row["cost_expected_usd"]);
    }
    all
}

fn totals(found: &Value, key: &str) -> Vec<(String, Decimal)> {
    let all = found["totals"].as_array().expect("totals").iter();
    let name = |it: &Value| it[key].as_str().unwrap_or_default().to_owned();
    all.map(|it| (name(it), amount(&it["cost_expected_usd"]))).collect()
}

fn named(expected: &[(&str, &str)]) -> Vec<(String, Decimal)> {
    expected.iter().map(|(name, cost)| ((*name).to_owned(), dec(cost))).collect()
}

#[test]
fn the_year_by_hand() {
    let found = json(&["forecast", PLAN]);
    assert_eq!(amount(&found["total"]["cost_expected_usd"]), dec("8335.349"));
    assert_eq!(found["total"]["certainty"], "exact");
    // The amount to request: 8,335.349 × 1.1 = 9,168.8839.
    assert_eq!(amount(&found["amount_to_request"]["amount_expected_usd"]), dec("9168.8839"));
    let by = |key: &str| json(&["forecast", PLAN, "--by", key]);
    let quarters = [
        ("2027-Q1", "1730.663"),
        ("2027-Q2", "2019.4962"),
        ("2027-Q3", "1924.9458"),
        ("2027-Q4", "2660.244"),
    ];
    assert_eq!(totals(&by("quarter"), "quarter"), named(&quarters));
    let workloads = [
        ("product shots", "934.2"),
        ("banners", "5778.549"),
        ("thumbnails", "372.6"),
        ("", "1250"),
    ];
    assert_eq!(totals(&by("workload"), "workload"), named(&workloads));
    let teams = [("shop", "934.2"), ("web", "6151.149"), ("design", "1250")];
    assert_eq!(totals(&by("tag:team"), "tag_team"), named(&teams));
    assert_eq!(totals(&by("owner"), "owner"), named(&[("openai", "8335.349")]));
    let wanted = found["rows"].as_array().expect("rows").iter();
    let wanted = wanted.filter(|row| row["workload"] == "banners");
    let wanted: Vec<u64> = wanted
        .map(|row| row["wanted_images"].as_str().expect("a count").parse().expect("whole"))
        .collect();
    let by_hand = [1000, 1010, 1020, 1030, 1041, 1051, 743, 1072, 1083, 1094, 2430, 1116];
    assert_eq!(wanted, by_hand);
}

#[test]
fn quarters_and_teams_are_held_against_their_limits() {
    // With the margin of 10%: 1,903.73, 2,221.45 and 2,117.44 of 2,600; Q4 costs 2,660.24 before it. The team web has
    // 6,766.26 of 7,000, and design 1,375 of 1,300 with the margin, 1,250 without.
    let found = json(&["forecast", PLAN]);
    let limits = found["limits"].as_array().expect("limits").iter();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let shown: Vec<String> = limits
        .map(|it| {
            let of = [text(it, "scope_value"), text(it, "quarter"), text(it, "year")].concat();
            format!("{of} {} {}", amount(&it["limit_usd"]), text(it, "verdict"))
        })
        .collect();
    let expected = [
        "2027-Q1 2600 within",
        "2027-Q2 2600 within",
        "2027-Q3 2600 within",
        "2027-Q4 2600 over",
        "design 1300 margin_not_covered",
        "web2027 7000 within",
    ];
    let mut sorted = shown.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
}

#[test]
fn a_switch_in_july_and_a_price_cut_in_october_by_hand() {
    let found = json(&["compare", PLAN]);
    let variants = found["rows"].as_array().expect("variants").iter();
    let cost = |it: &Value| (it["variant"].clone(), amount(&it["cost_expected_usd"]));
    let shown: Vec<_> = variants.filter(|it| it["variant_kind"] != "base").map(cost).collect();
    // July to December have 2,898 + 4,640 = 7,538 banners, each 0.4221 − 2 × 0.05301 = 0.31608 cheaper: 2,382.61104 less.
    // The cut: a fifth of Q4's images, 233.55 + 1,958.544 + 93.15 = 2,285.244: 457.0488 less; seats are not cut.
    let told_apart = |it: &Value| it["not_told_apart"].as_array().is_some_and(Vec::is_empty);
    let all = found["rows"].as_array().expect("variants");
    assert!(all.iter().all(told_apart), "no scenario changes the number of steps");
    let expected =
        [("banners on 2.5-flare from July", "5952.73796"), ("a price cut in October", "7878.3002")];
    assert_eq!(shown, expected.map(|(name, cost)| (name.into(), dec(cost))));
}

/// What the plan says from its limits on.
fn rest_of_the_plan() -> String {
    let plan = std::fs::read_to_string(PLAN).expect("the plan");
    let at = plan.find("limits:\n").expect("limits");
    plan[at..].to_owned()
}

/// The sheet as a workbook with typed cells: months are dates, images numbers, shares numbers shown as percent.
fn workbook(path: &Path) {
    let sheet = std::fs::read_to_string(SHEET).expect("the sheet");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let (date, percent) =
        (Format::new().set_num_format("mmm yyyy"), Format::new().set_num_format("0%"));
    for (row, line) in (0..).zip(sheet.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            let month = cell.strip_prefix("2027-").and_then(|month| month.parse::<u8>().ok());
            let share = cell.strip_suffix('%').and_then(|share| share.parse::<f64>().ok());
            match (month, share, cell.parse::<f64>()) {
                _ if cell.is_empty() => continue,
                (Some(month), ..) => {
                    let day = ExcelDateTime::from_ymd(2027, month, 1).expect("a day");
                    page.write_with_format(row, column, day, &date).map(drop)
                }
                (_, Some(share), _) => {
                    page.write_with_format(row, column, share / 100.0, &percent).map(drop)
                }
                (.., Ok(number)) => page.write(row, column, number).map(drop),
                _ => page.write(row, column, cell).map(drop),
            }
            .expect("a cell");
        }
    }
    book.save(path).expect("a workbook");
}

#[test]
fn sheets_with_limits_seats_and_scenarios_from_yaml_are_the_same_plan() {
    let whole = json(&["forecast", PLAN]);
    let compared = json(&["compare", PLAN]);
    let folder = std::env::temp_dir().join(format!("imgcost-year-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    workbook(&folder.join("volumes.xlsx"));
    for (sheet, saved) in
        [(SHEET.to_owned(), path("of-csv.yaml")), (path("volumes.xlsx"), path("of-xlsx.yaml"))]
    {
        // The sheet by itself is the workloads of the plan.
        let alone = json(&["forecast", &sheet, "--save", &saved]);
        let of_workloads: BTreeMap<_, _> =
            rows(&whole).into_iter().filter(|((_, kind, _), _)| kind == "images").collect();
        assert_eq!(rows(&alone), of_workloads, "{sheet}");
        // Saved as a budget file, it takes what a sheet does not say.
        let text = std::fs::read_to_string(&saved).expect("a budget");
        std::fs::write(&saved, format!("{text}{}", rest_of_the_plan())).expect("written");
        let found = json(&["forecast", &saved]);
        assert_eq!(rows(&found), rows(&whole), "{sheet}");
        for key in ["total", "amount_to_request", "limits", "alerts"] {
            assert_eq!(found[key], whole[key], "{sheet}: {key}");
        }
        let variants = json(&["compare", &saved]);
        let all = compared["rows"].as_array().expect("variants");
        assert_eq!((variants["rows"].as_array(), all.len()), (Some(all), 3), "{sheet}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_budget_file_that_names_the_sheet_is_the_same_plan_and_saves_as_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    std::fs::copy(SHEET, path("volumes.csv")).expect("the sheet");
    workbook(&folder.path().join("volumes.xlsx"));
    let alike = |found: &Value, of: &Value, keys: &[&str], what: &str| {
        for key in keys {
            assert_eq!(found[key], of[key], "{what}: {key}");
        }
    };
    let of_forecast = ["total", "amount_to_request", "limits", "alerts"];
    let (whole, compared) = (json(&["forecast", PLAN]), json(&["compare", PLAN]));
    for sheet in ["volumes.csv", "volumes.xlsx"] {
        let (plan, saved) = (path(&format!("{sheet}.yaml")), path(&format!("{sheet}-saved.yaml")));
        let text = format!("volumes: {sheet}\n{}", rest_of_the_plan());
        std::fs::write(&plan, text).expect("written");
        let found = json(&["forecast", &plan, "--save", &saved]);
        for found in [found, json(&["forecast", &saved])] {
            assert_eq!(rows(&found), rows(&whole), "{sheet}");
            alike(&found, &whole, &of_forecast, sheet);
        }
        for plan in [&plan, &saved] {
            alike(&json(&["compare", plan]), &compared, &["rows"], sheet);
        }
        // The file itself says nothing that the sheet does not.
        assert!(!std::fs::read_to_string(&saved).expect("a budget").contains(sheet));
    }
}

#[test]
fn the_part_of_one_product_is_the_same_in_flags() {
    let of_flags = json(&BANNERS);
    assert_eq!(amount(&of_flags["total"]["cost_expected_usd"]), dec("5778.549"));
    let costs = |found: &Value, name: &str| -> Vec<Decimal> {
        rows(found).into_iter().filter(|((.., it), _)| it == name).map(|(_, cost)| cost).collect()
    };
    assert_eq!(costs(&of_flags, "images"), costs(&json(&["forecast", PLAN]), "banners"));
}

#[test]
fn a_part_of_the_year_is_that_part_in_every_form() {
    // July to September is the third quarter; its limit is held against it, that of the year is not.
    let part = json(&["forecast", PLAN, "--from", "2027-07", "--to", "2027-09"]);
    assert_eq!(amount(&part["total"]["cost_expected_usd"]), dec("1924.9458"));
    let sheet = json(&["forecast", SHEET, "--from", "2027-07", "--to", "2027-09"]);
    // Without the seats of 3 × $125: 1,924.9458 − 375 = 1,549.9458.
    assert_eq!(amount(&sheet["total"]["cost_expected_usd"]), dec("1549.9458"));
}

#[test]
fn a_report_in_euros_is_of_the_same_dollars_in_every_form() {
    // At $1.08 for €1: 8,335.349 ÷ 1.08 = 7,717.915740740741, and 125 ÷ 1.08 = 115.740740740741 of seats a month; of the
    // banners alone 5,778.549 ÷ 1.08 = 5,350.508333333333.
    let in_euros =
        |args: &[&str]| json(&[args, &["--currency", "EUR", "--fx", "EUR/USD=1.08"][..]].concat());
    let both = |found: &Value| {
        let total = &found["total"];
        ["cost_expected_usd", "cost_expected_in_currency"].map(|key| amount(&total[key]))
    };
    let plan = in_euros(&["forecast", PLAN]);
    assert_eq!(both(&plan), [dec("8335.349"), dec("7717.915740740741")]);
    assert_eq!((&plan["currency"], &plan["fx_rate"]), (&"EUR".into(), &"1.08".into()));
    assert_eq!(rows(&plan), rows(&json(&["forecast", PLAN])), "columns of dollars stay");
    let mut seats = plan["rows"].as_array().expect("rows").iter();
    let seats = seats.find(|row| row["cost_kind"] == "seats").expect("a row of seats");
    assert_eq!(amount(&seats["cost_expected_in_currency"]), dec("115.740740740741"));
    // The sheet by itself has no seats: 7,085.349 ÷ 1.08 = 6,560.508333333333.
    let sheet = in_euros(&["forecast", SHEET]);
    assert_eq!(both(&sheet), [dec("7085.349"), dec("6560.508333333333")]);
    assert_eq!(both(&in_euros(&BANNERS)), [dec("5778.549"), dec("5350.508333333333")]);
}
