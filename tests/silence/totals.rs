//! Talk about the data is not data: rows and columns of totals are no volumes. The sheets are modelled on a printed
//! Total row that was read as a workload (CrestApps.Core, PR 160).

use crate::common::cli::{Run, run};

/// A forecast of a spreadsheet, as CSV unless the flags say otherwise.
fn forecast(sheet: &str, args: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("volumes.csv");
    std::fs::write(&path, sheet).expect("a file");
    let path = path.to_str().expect("UTF-8");
    run(&[&["budget", "forecast", path, "--as-of", "2026-11-21"], args].concat())
}

/// The workloads that a spreadsheet is read as.
fn workloads(sheet: &str) -> Vec<String> {
    let found = forecast(sheet, &["--format", "json"]);
    assert_eq!(found.code, 0, "{sheet}\n{}", found.stderr);
    let rows = found.json()["rows"].as_array().expect("rows").clone();
    let mut names: Vec<String> =
        rows.iter().filter_map(|row| row["workload"].as_str()).map(str::to_owned).collect();
    names.dedup();
    names.sort();
    names.dedup();
    names
}

const POSTERS: &str = "workload,model,size,quality,prompt_tokens,acceptance,2027-01,2027-02
posters,gpt-image-2,1024x1536,high,60,70%,1200,2400
";

#[test]
fn a_total_row_is_left_out_and_named() {
    // The row repeats the 1,200 and 2,400 posters: with it read as a workload, 3,600 images too many were priced.
    let with = forecast(&format!("{POSTERS}Total,,,,,,1200,2400\n"), &["--format", "json"]);
    let without = forecast(POSTERS, &["--format", "json"]);
    assert_eq!(with.json()["total"], without.json()["total"]);
    assert!(with.stderr.contains("row 3, `Total`, is left out"), "{}", with.stderr);
    let table = forecast(&format!("{POSTERS}Total,,,,,,1200,2400\n"), &[]).stdout;
    assert!(table.contains("row 3, `Total`, is left out"), "{table}");
}

#[test]
fn totals_are_known_in_many_languages_and_a_workload_with_a_request_is_none() {
    let names = [
        "Totals",
        "Grand total",
        "Sum:",
        "Gesamt",
        "Summe",
        "Insgesamt",
        "Totale",
        "Totaal",
        "Итого",
        "合計",
        "总计",
        "SUBTOTAL",
    ];
    for name in names {
        assert_eq!(workloads(&format!("{POSTERS}{name},,,,,,1200,2400\n")), ["posters"], "{name}");
    }
    for name in ["total recall", "summer", "sum of parts"] {
        assert_eq!(workloads(&format!("{POSTERS}{name},,,,,,7,8\n")).len(), 2, "{name}");
    }
    let named = format!("{POSTERS}total,gpt-image-2,1024x1024,low,60,70%,5,6\n");
    assert_eq!(workloads(&named), ["posters", "total"], "it says what it asks for");
}

#[test]
fn a_row_that_is_the_sum_of_the_others_is_left_out() {
    let sums = format!(
        "{POSTERS}icons,gpt-image-2,1024x1024,low,60,90%,300,100\nall work,,,,,,1500,2500\n"
    );
    assert_eq!(workloads(&sums), ["icons", "posters"]);
    let not_quite = sums.replace("1500,2500", "1500,2501");
    assert_eq!(workloads(&not_quite), ["all work", "icons", "posters"]);
    // Without any request two months have to agree, and one number alone is chance.
    let plain = "workload,2027-01,2027-02\na,100,10\nb,200,20\nc,300,30\n";
    assert_eq!(workloads(plain), ["a", "b"]);
    assert_eq!(workloads("workload,2027-01\na,100\nb,200\nc,300\n").len(), 3);
    assert_eq!(
        workloads("workload,2027-01,2027-02\na,100,10\nb,100,10\n").len(),
        2,
        "needs two others"
    );
}

#[test]
fn a_column_of_totals_is_left_out_and_an_unknown_one_is_not() {
    let sheet = "workload,2027-01,2027-02,HEADING\na,100,10,110\nb,200,20,220\n";
    let named = forecast(&sheet.replace("HEADING", "Summe").replace("220", "999"), &[]);
    assert!(
        named.code == 0 && named.stderr.contains("the column `Summe` is left out"),
        "{}",
        named.stderr
    );
    let sums = forecast(&sheet.replace("HEADING", "2027"), &[]);
    assert!(
        sums.code == 0 && sums.stderr.contains("the column `2027` is left out"),
        "{}",
        sums.stderr
    );
    let other = forecast(&sheet.replace("HEADING", "2027").replace("220", "221"), &[]);
    assert_eq!(other.code, 3, "a number that is no total is not dropped: {}", other.stderr);
}

#[test]
fn a_row_without_a_request_is_warned_of_where_others_have_one() {
    let sheet = format!("{POSTERS}see sheet 2,,,,,,5,6\n");
    let found = forecast(&sheet, &["--format", "csv"]);
    assert!(found.stderr.contains("row 3, `see sheet 2`, names no model"), "{}", found.stderr);
    assert_eq!(forecast("workload,2027-01\na,5\nb,6\n", &[]).stderr, "", "no row has one");
}

#[test]
fn thousands_with_a_point_are_refused_once_with_both_readings() {
    let sheet = "workload;quality;2027-01;2027-02\nposters;high;1.200;2.400\nTotal;;1.200;2.400\n";
    let found = forecast(sheet, &[]);
    assert_eq!(found.code, 3);
    let both = "`1.200` is 1.2 with a decimal point, and 1200 with a decimal comma";
    assert!(found.stderr.contains(both), "{}", found.stderr);
    assert!(found.stderr.contains("say --decimal point or --decimal comma"), "{}", found.stderr);
    assert_eq!(found.stderr.matches("error[").count(), 1, "{}", found.stderr);
    let settled = forecast(sheet, &["--decimal", "comma"]);
    assert!(settled.stderr.contains("row 3, `Total`, is left out"), "{}", settled.stderr);
}

#[test]
fn subtotals_of_groups_and_their_grand_total_are_left_out() {
    // Team 1 = 100 + 200 and 10 + 20; Everything = 100 + 200 + 400 and 10 + 20 + 40.
    let sheet = "workload,quality,2027-01,2027-02
a,low,100,10
b,low,200,20
Team 1,,300,30
d,low,400,40
Team 2,,400,40
Everything,,700,70
";
    assert_eq!(workloads(sheet), ["a", "b", "d"]);
    let found = forecast(sheet, &["--format", "csv"]);
    for line in [
        "row 4, `Team 1`, is left out: in every month it is the sum of the 2 rows above it",
        "row 6, `Team 2`, is left out: it repeats the row above it, and other rows add up without it",
        "row 7, `Everything`, is left out: in every month it is the sum of the 3 rows above it",
    ] {
        assert!(found.stderr.contains(line), "{}", found.stderr);
    }
    // Where no row names a request, a row that repeats one other may well be a workload. Here `Everything` adds up only
    // without `Team 2`: 300 + 400, not 300 + 400 + 400.
    let plain = sheet.replace(",quality", "").replace(",low", "").replace(",,", ",");
    let found = forecast(&plain, &["--format", "csv"]);
    assert_eq!(workloads(&plain), ["a", "b", "d"]);
    assert!(found.stderr.contains("row 6, `Team 2`, is left out: it repeats"), "{}", found.stderr);
    // With no sum below that says so, it is kept and named.
    let alone = plain.replace("Everything,700,70\n", "");
    let kept = forecast(&alone, &["--format", "csv"]);
    assert_eq!(workloads(&alone), ["Team 2", "a", "b", "d"]);
    assert!(kept.stderr.contains("row 6, `Team 2`, has in every month"), "{}", kept.stderr);
    // In one month alone a sum may be chance: it is kept and named as well.
    let one = forecast("workload,2027-01\na,100\nb,200\nall,300\n", &["--format", "csv"]);
    assert!(one.stderr.contains("row 4, `all`, is in every month the sum"), "{}", one.stderr);
    let groups = "workload,2027-01,2027-02\na,1,2\nb,3,5\nTeam 1,4,7\nc,6,7\nd,8,9\nTeam 2,14,16\nAll,18,23\n";
    assert_eq!(workloads(groups), ["a", "b", "c", "d"]);
}

#[test]
fn a_column_of_totals_that_disagrees_with_the_months_says_so() {
    let sheet = "workload,2027-01,2027-02,Total\na,100,300,999\nb,1,2,3\nc,1,2,about 3\nd,1,2,\n";
    let found = forecast(sheet, &["--format", "csv"]);
    let line = "it disagrees with them: row 2 has `999`, its months 400; row 4 has `about 3`, its months 3";
    assert!(found.code == 0 && found.stderr.contains(line), "{}", found.stderr);
}

#[test]
fn a_row_with_an_acceptance_or_a_tag_of_its_own_is_no_total() {
    for (own, column) in [("70%", "acceptance"), ("north", "tag:team")] {
        let sheet = format!(
            "workload,quality,{column},2027-01,2027-02\na,low,,100,10\nb,low,,200,20\nc,,{own},300,30\n"
        );
        let found = forecast(&sheet, &["--format", "csv"]);
        assert_eq!(workloads(&sheet), ["a", "b", "c"]);
        assert!(found.stderr.contains("row 4, `c`, is in every month the sum"), "{}", found.stderr);
    }
}

#[test]
fn every_command_says_what_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("volumes.csv");
    std::fs::write(&path, format!("{POSTERS}Total,,,,,,1200,2400\n")).expect("a file");
    let path = path.to_str().expect("UTF-8");
    // A sheet states no spread, so that there is nothing to simulate.
    let commands: [&[&str]; 3] = [
        &["check", path],
        &["compare", path, "--routes", "all"],
        &["afford", path, "--limit", "5"],
    ];
    for command in commands {
        let shown = run(&[&["budget"], command, &["--as-of", "2026-11-21"]].concat());
        assert!(shown.stdout.contains("row 3, `Total`, is left out"), "{}", shown.stdout);
    }
}

/// What a spreadsheet is read as, and what is said of its rows.
fn read(sheet: &str) -> (Vec<String>, String) {
    (workloads(sheet), forecast(sheet, &["--format", "csv"]).stderr)
}

#[test]
fn a_row_equal_to_one_other_is_kept_and_named() {
    // 4 × 1,000 medium images at 1024x1024: a row that repeats the one above it is no sum of two or more.
    let sheet =
        "workload,quality,2027-01,2027-02\nposters,medium,1000,1000\nhero shots,,1000,1000\n";
    let (names, said) = read(sheet);
    assert_eq!(names, ["hero shots", "posters"]);
    assert!(
        said.contains("row 3, `hero shots`, has in every month the images of the row above"),
        "{said}"
    );
    // 4,000 × 1,756 output tokens × $30 a million: $105.36 a month, above $60.
    let found = forecast(sheet, &["--format", "json", "--limit", "60"]);
    assert_eq!(found.json()["total"]["cost_high_usd"], "210.72");
    assert_eq!(found.json()["limits"][0]["verdict"], "over");
    assert_eq!(found.code, 1, "{}", found.stderr);
}

#[test]
fn subtotals_are_known_by_their_names_and_the_total_of_all_by_its_sum() {
    let teams = "workload,2027-01\na,1000\nSubtotal A,1000\nb,500\nc,200\nSubtotal B,700\nAll together,1700\n";
    assert_eq!(workloads(teams), ["a", "b", "c"]);
    let kinds = "workload,2027-01\nprint a,1000\nprint b,300\nSubtotal print,1300\nweb a,500\nweb b,200\n\
                 Subtotal web,700\nGrand total,2000\n";
    let (names, said) = read(kinds);
    assert_eq!(names, ["print a", "print b", "web a", "web b"]);
    assert_eq!(said.matches("is left out").count(), 3, "{said}");
    // c is the sum of all above it by chance: it is kept and named.
    let chance = "workload,2027-01\na,100\nSubtotal A,100\nb,50\nc,150\nSubtotal B,200\n";
    let (names, said) = read(chance);
    assert_eq!(names, ["a", "b", "c"]);
    assert!(
        said.contains("row 5, `c`, is in every month the sum of the other rows, and is kept"),
        "{said}"
    );
    // A group begins behind a subtotal that is known by its name.
    let mixed = "workload,2027-01,2027-02\na,100,1\nb,200,2\nSubtotal A,300,3\nc,50,5\nd,60,6\nWeb,110,11\n";
    assert_eq!(workloads(mixed), ["a", "b", "c", "d"]);
}

#[test]
fn a_row_called_total_with_request_cells_is_left_out_where_it_adds_others_up() {
    let sheet = "workload,quality,2027-01,2027-02\na,medium,1000,1000\nb,medium,500,500\nTotal,medium,1500,1500\n";
    let (names, said) = read(sheet);
    assert_eq!(names, ["a", "b"]);
    assert!(said.contains("row 4, `Total`, is left out: in every month"), "{said}");
    let (names, said) = read(&sheet.replace("1500,1500", "1500,1501"));
    assert_eq!(names, ["Total", "a", "b"]);
    assert!(said.contains("row 4, `Total`, is called a total and is kept"), "{said}");
}

#[test]
fn a_total_of_something_is_left_out_where_it_is_near_the_sum() {
    let sheet = "workload,quality,2027-01\na,medium,1000\nb,medium,500\nNAME,,1500\n";
    for name in ["Total images", "Total 2027", "Total (all)", "Total EMEA"] {
        let named = sheet.replace("NAME", name);
        assert_eq!(workloads(&named), ["a", "b"], "{name}");
        assert_eq!(workloads(&named.replace(",,1500", ",,1497")), ["a", "b"], "{name}");
        let (names, said) = read(&named.replace(",,1500", ",medium,1497"));
        assert_eq!(names, [name, "a", "b"]);
        assert!(said.contains("is called a total and is kept"), "{said}");
    }
    let (names, said) = read(&sheet.replace("NAME,,1500", "Total EMEA,,90"));
    assert_eq!(names, ["Total EMEA", "a", "b"]);
    assert!(said.contains("row 4, `Total EMEA`, is called a total and is kept"), "{said}");
}

#[test]
fn totals_that_stand_above_what_they_add_up_are_found() {
    let (names, said) =
        read("workload,quality,2027-01\nEverything,,1500\na,medium,1000\nb,medium,500\n");
    assert_eq!(names, ["a", "b"]);
    assert!(said.contains("row 2, `Everything`, is left out"), "{said}");
    // One number alone, where nothing else tells workloads from totals, may be so by chance.
    let (names, said) = read("workload,2027-01\nEverything,1500\na,1000\nb,500\n");
    assert_eq!(names, ["Everything", "a", "b"]);
    assert!(
        said.contains(
            "row 2, `Everything`, is in every month the sum of the other rows, and is kept"
        ),
        "{said}"
    );
    let groups =
        "workload,2027-01,2027-02\nPrint,300,30\na,100,10\nb,200,20\nWeb,70,7\nc,30,3\nd,40,4\n";
    assert_eq!(workloads(groups), ["a", "b", "c", "d"]);
}
