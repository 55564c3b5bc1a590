//! Hostile texts in a workbook: each is a text in its cell, no formula has a word of one, and nothing is linked to. What no reader sees is refused in a budget.

use std::fs::{self, File};
use std::io::Read;

use calamine::{Data, Reader, Xlsx, open_workbook};
use zip::ZipArchive;

use super::hostile_texts::{SEEN, quoted};
use super::terminal::{on_a_terminal, passed};
use crate::common::TODAY;
use crate::common::cli::run;

const MARK: &str = "m4rk";

fn budget() -> String {
    let mut text = "start: 2027-01\nmonths: 2\nworkloads:\n".to_owned();
    for hostile in SEEN {
        let (name, tag) = (quoted(&format!("{hostile}{MARK}")), quoted(hostile));
        text += &format!(
            "- name: {name}\n  request: {{quality: low, prompt_tokens: 9}}\n  accepted_images: 5\n"
        );
        text += &format!(
            "  tags: {{team: {tag}}}\n  other_costs: [{{name: {tag}, amount: '1', per: month}}]\n"
        );
    }
    text
}

#[test]
fn hostile_texts_stay_text_in_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    fs::write(path("b.yaml"), budget()).expect("written");
    let (from, to) = (path("b.yaml"), path("b.xlsx"));
    let run = run(&["budget", "forecast", &from, "--as-of", TODAY, "--output", &to]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(&to).expect("a workbook");
    let mut seen = 0;
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("formulas");
        for (row, column, formula) in formulas.used_cells() {
            assert!(!formula.contains(MARK), "{sheet} {row} {column}: {formula}");
        }
        for (row, column, cell) in book.worksheet_range(&sheet).expect("cells").used_cells() {
            let Data::String(text) = cell else { continue };
            assert_eq!(passed(text), [""; 0], "{sheet} {row} {column}: {text}");
            seen += usize::from(text.ends_with(MARK));
        }
    }
    // Each workload stands in two months, with an other cost each, and with its assumptions, call and two lines of it.
    assert!(seen >= SEEN.len() * 8, "{seen}");
    let mut archive = ZipArchive::new(File::open(&to).expect("a file")).expect("an archive");
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        assert!(!text.contains("Target=\"http://x.example"), "nothing of a text is linked to");
    }
}

#[test]
fn a_sheet_or_a_sum_of_a_workbook_is_not_asked_for_in_vain() {
    for flag in [&["--by", "quarter"][..], &["--layout", "wide"]] {
        let args = [
            "budget",
            "forecast",
            "fixtures/budgets/posters.yaml",
            "--as-of",
            TODAY,
            "--format",
            "xlsx",
        ];
        let refused = run(&[&args[..], flag].concat());
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        assert!(refused.stderr.contains(flag[0]), "{}", refused.stderr);
    }
}

#[test]
fn a_workbook_is_not_written_to_a_terminal() {
    let said = on_a_terminal(&["budget", "forecast", "--images", "9", "--format", "xlsx"]);
    assert!(
        said.contains("a workbook is no text for a terminal") && said.contains("--output"),
        "{said}"
    );
    assert!(!said.contains("PK"), "{said}");
}
