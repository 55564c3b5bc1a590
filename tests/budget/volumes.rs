//! Workloads of a spreadsheet that a budget file names, beside what the file says itself: `volumes: plan.csv`.
//!
//! A low image of 1024x1024 with 60 tokens of text costs 66 × $5 + 196 × $30 per 1M tokens = $0.00621, a medium one
//! 66 × 5 + 1,756 × 30 = $0.05301.

use std::fs;

use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::builder::dec;
use crate::common::TODAY;
use crate::common::cli::{Run, run};

/// 1,000 posters in January and 2,000 in February, 500 icons in each.
const SHEET: &str = "workload,team,size,quality,prompt_tokens,2027-01,2027-02
posters,web,1024x1024,medium,60,1000,2000
icons,app,1024x1024,low,60,500,500
";

/// A workload that the budget file has itself.
const OWN: &str = "workloads:
  - name: banners
    request: {model: gpt-image-2, size: 1024x1024, quality: low, prompt_tokens: 60}
    accepted_images: 100
";

/// A folder with this sheet and this budget file.
struct Plan(tempfile::TempDir);

impl Plan {
    fn of(sheet: &str, budget: &str) -> Plan {
        let plan = Plan(tempfile::tempdir().expect("a folder"));
        plan.put("plan.csv", sheet);
        plan.put("budget.yaml", budget);
        plan
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn run(&self, more: &[&str]) -> Run {
        let budget = self.path("budget.yaml");
        run(&[&["budget", "forecast", &budget, "--as-of", TODAY], more].concat())
    }

    fn json(&self) -> Value {
        let found = self.run(&["--format", "json"]);
        assert!([0, 1].contains(&found.code), "{}", found.stderr);
        found.json()
    }

    /// The problems, none of which is said twice.
    fn refused(&self) -> String {
        let found = self.run(&[]);
        assert_eq!(found.code, 3, "{}{}", found.stdout, found.stderr);
        found.stderr
    }
}

fn total(found: &Value) -> Decimal {
    dec(found["total"]["cost_expected_usd"].as_str().expect("an amount")).normalize()
}

fn months(found: &Value) -> Vec<String> {
    let rows = found["rows"].as_array().expect("rows").iter();
    let mut months: Vec<String> =
        rows.map(|row| row["month"].as_str().expect("a month").to_owned()).collect();
    months.dedup();
    months.sort();
    months.dedup();
    months
}

fn idle_keys(found: &Value) -> Vec<&str> {
    let keys = found["flags"]["idle_keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    keys.iter().filter_map(|it| it["key"].as_str()).collect()
}

#[test]
fn workloads_of_sheet_and_file_are_added_and_limits_name_both() {
    let limits = "limits:
  total: \"200\"
  workloads: {posters: {total: \"159\"}, banners: {total: \"2\"}}
  tags: {\"team:app\": {per_month: \"4\"}}
scenarios: [{name: posters low, workloads: [posters], quality: low}]
";
    let found = Plan::of(SHEET, &format!("volumes: plan.csv\n{limits}{OWN}")).json();
    // 3,000 × 0.05301 + 1,000 × 0.00621 + 2 × 100 × 0.00621 = 159.03 + 6.21 + 1.242.
    assert_eq!(total(&found), dec("166.482"));
    assert_eq!(months(&found), ["2027-01", "2027-02"], "the months of the sheet");
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let of = |it: &Value| match text(it, "scope_value") {
        value if value.is_empty() => text(it, "scope_name"),
        value => value,
    };
    let limits = found["limits"].as_array().expect("limits").iter();
    let verdicts: Vec<_> = limits.map(|it| (of(it), text(it, "verdict"))).collect();
    // With the margin of 10%: 183.13 of 200; 174.93 of 159 and 159.03 without it; 1.37 of 2; 3.42 of 4 a month.
    for (of, verdict) in [("posters", "over"), ("banners", "within"), ("app", "within")] {
        let expected = (of.to_owned(), verdict.to_owned());
        assert!(verdicts.contains(&expected), "{expected:?}: {verdicts:?}");
    }
}

#[test]
fn a_workload_in_both_is_refused_with_both_places() {
    let own = OWN.replace("banners", "icons");
    let plan = Plan::of(SHEET, &format!("volumes: plan.csv\n{own}"));
    let said = plan.refused();
    let (yaml, sheet) = (plan.path("budget.yaml"), plan.path("plan.csv"));
    assert!(said.contains(&format!("{yaml}:3:11")), "{said}");
    let other = format!("`icons` is a workload of the spreadsheet as well, at {sheet}:3:1");
    assert!(said.contains(&other), "{said}");
}

#[test]
fn months_that_the_file_does_not_say_are_those_of_the_sheet() {
    let of =
        |said: &str| months(&Plan::of(SHEET, &format!("volumes: plan.csv\n{said}{OWN}")).json());
    assert_eq!(of(""), ["2027-01", "2027-02"]);
    assert_eq!(of("start: 2026-12\n"), ["2026-12", "2027-01", "2027-02"]);
    assert_eq!(of("months: 3\n"), ["2027-01", "2027-02", "2027-03"]);
    assert_eq!(of("start: 2026-12\nmonths: 4\n").len(), 4);
    // What the sheet does not plan is told, and so are months that it has and the budget does not.
    let plan = Plan::of(SHEET, &format!("volumes: plan.csv\nstart: 2026-12\nmonths: 5\n{OWN}"));
    let told = plan.run(&[]).stderr;
    for said in ["no column is 2026-12: ", "no column is 2027-03 to 2027-04: "] {
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_sheet_that_goes_beyond_the_months_of_the_file_is_refused_where_it_does() {
    for (said, place, what) in [
        ("months: 1\n", "plan.csv:1:50", "2027-02 is no month of the budget, 2027-01 to 2027-01"),
        (
            "start: 2027-02\n",
            "plan.csv:1:42",
            "2027-01 is no month of the budget, 2027-02 to 2027-02",
        ),
        (
            "start: 2028-01\n",
            "plan.csv:1:42",
            "2027-01 to 2027-02 are no months of the budget, 2028-01 to 2028-01",
        ),
    ] {
        let refused = Plan::of(SHEET, &format!("volumes: plan.csv\n{said}")).refused();
        assert!(refused.contains(place) && refused.contains(what), "{said}: {refused}");
    }
    let rows = "workload,size,quality,images,from,to
early,1024x1024,low,10,2026-10,2026-12
late,1024x1024,low,10,2028-01,
over,1024x1024,low,10,2026-12,2028-03
";
    let frame = "volumes: plan.csv\nstart: 2027-01\nmonths: 12\n";
    let refused = Plan::of(rows, frame).refused();
    for (place, what) in [
        ("plan.csv:2:32", "2026-12 is before the budget starts, in 2027-01"),
        ("plan.csv:3:23", "2028-01 is after the budget ends, in 2027-12"),
    ] {
        assert!(refused.contains(place) && refused.contains(what), "{refused}");
    }
    let rest = rows.lines().filter(|row| !row.starts_with("early") && !row.starts_with("late"));
    let rest: String = rest.map(|row| format!("{row}\n")).collect();
    let told = Plan::of(&rest, frame).run(&[]).stderr;
    let from = "goes from 2026-12, of which the budget has the months from 2027-01 on; growth counts from 2026-12";
    assert!(told.contains(from), "{told}");
    assert!(
        told.contains("and until 2028-03, of which the budget has the months up to 2027-12"),
        "{told}"
    );
}

#[test]
fn rows_of_one_number_take_the_months_of_the_file() {
    let rows = "workload,size,quality,prompt_tokens,images\nicons,1024x1024,low,60,100\n";
    let found = Plan::of(rows, "volumes: plan.csv\nstart: 2027-01\nmonths: 3\n").json();
    // 3 × 100 × 0.00621.
    assert_eq!(total(&found), dec("1.863"));
    let refused = Plan::of(rows, "volumes: plan.csv\nmonths: 3\n").refused();
    assert!(refused.contains("no row says in which month it begins"), "{refused}");
}

#[test]
fn how_it_is_written_is_said_beside_the_path_and_told_where_it_changes_nothing() {
    let german = "workload;size;quality;prompt_tokens;acceptance;1/1/2027;1/2/2027
icons;1024x1024;low;60;62,5%;1.000;2.000
";
    let dates = Plan::of(german, "volumes: plan.csv\n").refused();
    assert!(dates.contains("`volumes: {file: …, dates: dmy}`"), "{dates}");
    let numbers = Plan::of(german, "volumes: {file: plan.csv, dates: dmy}\n").refused();
    assert!(numbers.contains("`volumes: {file: …, decimal: comma}`"), "{numbers}");
    let written = "volumes: {file: plan.csv, decimal: comma, dates: dmy}\n";
    let found = Plan::of(german, written).json();
    // 3,000 ÷ 0.625 = 4,800 attempts of 0.00621.
    assert_eq!((total(&found), idle_keys(&found)), (dec("29.808"), vec![]));
    let found = Plan::of(SHEET, written).json();
    assert_eq!(idle_keys(&found), ["volumes.decimal", "volumes.dates"]);
    let wrong =
        Plan::of(german, "volumes: {file: plan.csv, decimal: coma, sheet: Plan}\n").refused();
    assert!(wrong.contains("`coma` is not a mark that stands before decimals"), "{wrong}");
    assert!(wrong.contains("plan.csv is no workbook"), "{wrong}");
    // The flags are of a spreadsheet that is given by itself.
    let flag = Plan::of(german, written).run(&["--decimal", "comma"]);
    assert_eq!(flag.code, 2, "{}", flag.stderr);
    assert!(flag.stderr.contains("--decimal has no effect"), "{}", flag.stderr);
}

#[test]
fn problems_of_both_files_come_out_at_once_each_at_its_place() {
    let sheet = SHEET.replace("500,500", "x,-1");
    let budget = format!(
        "volumes: plan.csv\nlimits: {{total: 5, workloads: {{icons: {{total: \"1\"}}}}}}\n{OWN}"
    )
    .replace("100", "\"100\"");
    let plan = Plan::of(&sheet, &budget);
    let said = plan.refused();
    for place in ["plan.csv:3:28", "plan.csv:3:30", "budget.yaml:2:17", "budget.yaml:6:22"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(
        !said.contains("is no workload"),
        "what a broken sheet has is not called unknown: {said}"
    );
    let unknown = budget.replace("icons", "icon").replace("total: 5,", "total: \"5\",");
    let said = Plan::of(SHEET, &unknown.replace("\"100\"", "100")).refused();
    assert!(said.contains("did you mean `icons`?"), "{said}");
}

#[test]
fn what_cannot_be_priced_stands_at_its_row() {
    let sheet = SHEET.replace("app,1024x1024", "app,1000x1000");
    let found = Plan::of(&sheet, &format!("volumes: plan.csv\n{OWN}")).run(&[]);
    assert_eq!(found.code, 3, "{}", found.stdout);
    assert!(found.stderr.contains("plan.csv:3:1"), "{}", found.stderr);
}

#[test]
fn a_sheet_lies_in_or_below_the_folder_of_its_budget_and_ends_as_one() {
    let plan = Plan::of(SHEET, "volumes: below/plan.csv\n");
    fs::create_dir(plan.path("below")).expect("a folder");
    plan.put("below/plan.csv", SHEET);
    assert_eq!(total(&plan.json()), dec("165.24"));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let outside = elsewhere.path().join("plan.csv").to_str().expect("UTF-8").to_owned();
    fs::write(&outside, SHEET).expect("a file");
    plan.put("budget.yaml", &format!("volumes: {outside}\n"));
    let refused = plan.refused();
    assert!(
        refused.contains("lies outside of the folder") && refused.contains("--allow-files"),
        "{refused}"
    );
    let allowed = elsewhere.path().to_str().expect("UTF-8");
    assert_eq!(plan.run(&["--allow-files", allowed]).code, 0);
    plan.put("secret", SHEET);
    for (named, said) in [
        ("secret", "secret does not end as a spreadsheet does"),
        ("none.csv", "none.csv cannot be read"),
        ("below", "below does not end as a spreadsheet does"),
        ("\"\"", "the text is blank"),
        ("[plan.csv]", "the path of a file, or a mapping with it, must stand here"),
        ("{decimal: comma}", "the key `file` is missing"),
        ("{file: plan.csv, sep: \",\"}", "there is no key `sep` here"),
    ] {
        plan.put("budget.yaml", &format!("volumes: {named}\n"));
        assert!(plan.refused().contains(said), "{named}: {}", plan.refused());
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("secret", plan.path("link.csv")).expect("a link");
        plan.put("budget.yaml", "volumes: link.csv\n");
        assert!(plan.refused().contains("link.csv does not end as"), "{}", plan.refused());
    }
}

#[test]
fn a_sheet_of_a_workbook_is_named_and_its_problems_have_cells() {
    let plan = Plan::of(SHEET, "volumes: {file: plan.xlsx, sheet: North}\n");
    let mut book = Workbook::new();
    for (name, posters) in [("North", "1000"), ("South", "many")] {
        let page = book.add_worksheet();
        page.set_name(name).expect("a name");
        for (column, (head, cell)) in (0..).zip([
            ("workload", name),
            ("size", "1024x1024"),
            ("quality", "low"),
            ("2027-01", posters),
        ]) {
            page.write(0, column, head).expect("a cell");
            page.write(1, column, cell).expect("a cell");
        }
    }
    book.save(plan.path("plan.xlsx")).expect("a workbook");
    assert_eq!(months(&plan.json()), ["2027-01"]);
    assert!(plan.run(&[]).stderr.contains("the budget names another: sheet `South`"));
    let of = |volumes: &str| {
        plan.put("budget.yaml", &format!("volumes: {volumes}\n"));
        plan.refused()
    };
    let wrong = of("{file: plan.xlsx, sheet: South}");
    assert!(wrong.contains("plan.xlsx: sheet \"South\", cell D2"), "{wrong}");
    let several = of("plan.xlsx");
    assert!(several.contains("several sheets") && several.contains("sheet: Plan}"), "{several}");
    let none = of("{file: plan.xlsx, sheet: West}");
    assert!(none.contains("has no sheet `West`") && none.contains("`North`, `South`"), "{none}");
}

#[test]
fn a_budget_without_workloads_and_sheet_says_what_lacks() {
    let refused = Plan::of(SHEET, "start: 2027-01\n").refused();
    assert!(refused.contains("the key `workloads` or `volumes` is missing"), "{refused}");
    let empty = Plan::of(SHEET, "volumes: plan.csv\nworkloads: []\n").refused();
    assert!(empty.contains("the list has no workload"), "{empty}");
}
