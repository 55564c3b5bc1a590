//! The CSV of a forecast opened in LibreOffice: every number is a number, and sums match.
//!
//! Needs `soffice` (Debian: libreoffice-calc-nogui); without it the test says so and passes, unless
//! IMGCOST_LIBREOFFICE=required.

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use common::cli::run;
use common::{TODAY, dec, libreoffice};
use rust_decimal::Decimal;

const STUDIO: &str = "fixtures/budgets/studio.yaml";

/// A cell as LibreOffice keeps it: its type and its value, or the text.
#[derive(Debug, PartialEq)]
enum Kept {
    Number(Decimal),
    Text(String),
    Nothing,
}

/// The rows of a CSV as LibreOffice reads it, converted to its XML without a window.
fn opened(csv: &str) -> Vec<Vec<Kept>> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("forecast.csv"), csv).expect("the CSV");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    // Comma, double quotes, UTF-8, from the first line on, with numbers as US English writes them.
    let filter = "--infilter=CSV:44,34,76,1,,1033,false,true";
    let status = Command::new("soffice")
        .args([&profile, "--headless", filter, "--convert-to", "fods", "--outdir"])
        .arg(folder.path())
        .arg(folder.path().join("forecast.csv"))
        .output()
        .expect("soffice runs");
    assert!(status.status.success(), "{status:?}");
    rows(&std::fs::read_to_string(folder.path().join("forecast.fods")).expect("the converted file"))
}

/// The rows of the first table of a flat OpenDocument file.
fn rows(fods: &str) -> Vec<Vec<Kept>> {
    let table = between(fods, "<table:table ", "</table:table>").expect("a table");
    let rows = table.split("<table:table-row").skip(1);
    let rows = rows.map(|row| row.split("</table:table-row>").next().unwrap_or(row));
    rows.map(|row| row.split("<table:table-cell").skip(1).flat_map(cell).collect()).collect()
}

/// A cell, as often as it is repeated.
fn cell(xml: &str) -> Vec<Kept> {
    let head = xml.split('>').next().unwrap_or(xml);
    let attribute = |name: &str| between(head, &format!("{name}=\""), "\"");
    let repeated =
        attribute("table:number-columns-repeated").map_or(1, |it| it.parse().expect("a count"));
    let kept = || match attribute("office:value-type") {
        Some("float") => Kept::Number(dec(attribute("office:value").expect("a value"))),
        Some(_) => Kept::Text(between(xml, "<text:p>", "</text:p>").unwrap_or_default().to_owned()),
        None => Kept::Nothing,
    };
    // The rest of a sheet is one cell, repeated to its last column.
    (0..if repeated > 1000 { 0 } else { repeated }).map(|_| kept()).collect()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = text.split_once(before)?.1;
    rest.split_once(after).map(|(found, _)| found)
}

/// What the program itself writes, by column.
fn written(csv: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in reader.records() {
        for (name, cell) in head.iter().zip(&record.expect("a record")) {
            columns.entry(name.into()).or_default().push(cell.into());
        }
    }
    columns
}

fn is_number_column(name: &str) -> bool {
    let counted = ["_usd", "_images", "_tokens", "attempts", "billed_calls"];
    let name = ["_low", "_expected", "_high"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    counted.iter().any(|end| name.ends_with(end))
        || name.starts_with("fiscal_")
        || (name.len() == 7 && name.starts_with("20"))
}

fn check(args: &[&str]) {
    let args =
        [&["budget", "forecast", STUDIO, "--as-of", TODAY, "--format", "csv"], args].concat();
    let csv = run(&args).stdout;
    let expected = written(&csv);
    let mut rows = opened(&csv).into_iter();
    let head: Vec<String> = rows
        .next()
        .expect("a head")
        .into_iter()
        .map(|cell| match cell {
            Kept::Text(text) => text,
            other => panic!("a heading that is no text: {other:?}"),
        })
        .collect();
    let rows: Vec<Vec<Kept>> = rows.filter(|row| !row.is_empty()).collect();
    for (index, name) in head.iter().enumerate().filter(|(_, name)| is_number_column(name)) {
        let cells: Vec<&Kept> = rows.iter().filter_map(|row| row.get(index)).collect();
        let texts = cells.iter().filter(|cell| matches!(cell, Kept::Text(_)));
        assert_eq!(texts.count(), 0, "{name} has numbers that LibreOffice takes for text");
        let numbers = cells.iter().filter_map(|cell| match cell {
            Kept::Number(value) => Some(*value),
            _ => None,
        });
        let own = expected[name].iter().filter(|cell| !cell.is_empty());
        let (sum, own): (Decimal, Decimal) = (numbers.sum(), own.map(|cell| dec(cell)).sum());
        // LibreOffice keeps 15 digits of each number.
        let difference = (sum - own).abs();
        assert!(difference <= own.abs() * dec("0.000000000001"), "{name}: {sum} and not {own}");
    }
}

/// The template of volumes, opened and saved by LibreOffice in each of its formats, is still the same budget.
#[test]
fn the_template_survives_being_opened_and_saved() {
    if !libreoffice::is_there("open the CSV with") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let written = run(&["budget", "init", "--output", &path("plan.xlsx")]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let forecast =
        |name: &str| run(&["budget", "forecast", &path(name), "--as-of", TODAY, "--format", "csv"]);
    let expected = forecast("plan.xlsx");
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    // Dates are saved in a CSV as they are shown: Jan 2027. Thousands stand in quotes with their mark, which is open.
    for (suffix, filter) in [
        ("ods", "ods"),
        ("xlsx", "xlsx:Calc MS Excel 2007 XML"),
        ("csv", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,true"),
    ] {
        let into = folder.path().join(suffix);
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
        let status = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
            .arg(&into)
            .arg(path("plan.xlsx"))
            .output()
            .expect("soffice runs");
        assert!(status.status.success(), "{status:?}");
        let name = format!("{suffix}/plan.{suffix}");
        let saved = match suffix {
            "csv" => run(&[
                "budget",
                "forecast",
                &path(&name),
                "--as-of",
                TODAY,
                "--format",
                "csv",
                "--decimal",
                "point",
            ]),
            _ => forecast(&name),
        };
        assert_eq!(saved.code, 0, "{name}: {}", saved.stderr);
        assert_eq!(saved.stdout, expected.stdout, "{name}");
    }
}

#[test]
fn libreoffice_takes_every_number_for_a_number_and_adds_them_up_alike() {
    if libreoffice::is_there("open the CSV with") {
        check(&[]);
        check(&["--layout", "wide"]);
        check(&["--by", "quarter"]);
    }
}
