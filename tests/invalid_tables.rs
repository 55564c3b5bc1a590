//! Price tables that break one rule each, in a folder named after the rule, and what is said of them.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use imgcost::problem::ProblemCode;

use common::TODAY;
use common::cli::{Run, assert_same_for_programs, estimate, run};

const INVALID: &str = "fixtures/pricing/invalid";

/// Codes of files other than tables.
const NOT_OF_TABLES: [ProblemCode; 14] = [
    ProblemCode::JsonSyntax,
    ProblemCode::BadValue,
    ProblemCode::RejectedLine,
    ProblemCode::BrokenImage,
    ProblemCode::BadMonth,
    ProblemCode::BadShare,
    ProblemCode::BadNumber,
    ProblemCode::EndBeforeStart,
    ProblemCode::EitherOr,
    ProblemCode::DuplicateName,
    ProblemCode::Overflow,
    ProblemCode::Formula,
    ProblemCode::UnevenRow,
    ProblemCode::CannotBePriced,
];

/// Codes of `prices check`, which looks at a whole catalogue.
const OF_WHOLE_CATALOGUES: [ProblemCode; 7] = [
    ProblemCode::NotInShippedTables,
    ProblemCode::FarFromOfficial,
    ProblemCode::PublishedStatementChanged,
    ProblemCode::PublishedStatementGone,
    ProblemCode::StaleSource,
    ProblemCode::UndatedSource,
    ProblemCode::IdleAcknowledgement,
];

fn folders() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(INVALID);
    std::fs::read_dir(folder)
        .expect("the folder of invalid tables")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect()
}

fn with_pricing(folder: &str) -> Run {
    estimate(&["--prompt-tokens", "50", "--pricing", folder])
}

/// What only `prices check` finds: it looks at sources, at figures beside others, and at what has been
/// published.
fn is_of_whole_catalogues(rule: &str) -> bool {
    OF_WHOLE_CATALOGUES.iter().any(|code| code.as_str() == rule)
}

/// Checks the one problem of a folder and compares what is said of it with the snapshot.
fn check(rule: &str) {
    let folder = format!("{INVALID}/{rule}");
    let run = match is_of_whole_catalogues(rule) {
        true => run(&["prices", "check", &folder, "--as-of", "2026-11-21"]),
        false => with_pricing(&folder),
    };
    let warning = ProblemCode::ALL.iter().any(|code| code.as_str() == rule && code.is_warning());
    let level = if warning { "warning" } else { "error" };
    assert_eq!(run.code, if warning { 0 } else { 3 }, "{rule}: {}", run.stderr);
    assert_eq!(run.stdout.is_empty(), !is_of_whole_catalogues(rule), "{rule}");
    assert!(run.stderr.starts_with(&format!("{level}[{rule}]: ")), "{rule}: {}", run.stderr);
    assert_eq!(run.stderr.matches(&format!("{level}[")).count(), 1, "{rule}: {}", run.stderr);
    assert!(run.stderr.contains(&format!("{INVALID}/{rule}/")), "{rule} names no file to open");
    if !is_of_whole_catalogues(rule) {
        let args = ["estimate", "--as-of", TODAY, "--prompt-tokens", "50", "--pricing", &folder];
        assert_same_for_programs(&args, &run);
    }
    assert!(run.stderr.contains("help: "), "{rule} does not say what to do next");
    assert_matches_snapshot!(format!("invalid_table__{rule}"), run.shown());
}

#[test]
fn every_rule_of_tables_has_a_folder() {
    let rules: BTreeSet<String> = ProblemCode::ALL
        .into_iter()
        .filter(|code| !NOT_OF_TABLES.contains(code))
        .map(|code| code.as_str().to_owned())
        .collect();
    assert_eq!(folders(), rules);
}

#[test]
fn every_folder_breaks_exactly_the_rule_it_is_named_after() {
    for rule in folders().iter() {
        check(rule);
    }
}

#[test]
fn a_yaml_syntax_error_is_named_as_such_at_its_place() {
    let run = with_pricing(&format!("{INVALID}/yaml-syntax"));
    assert!(!run.stderr.contains("paint.yaml:1:1"), "the quote opens on line 9: {}", run.stderr);
    check("yaml-syntax");
}

#[test]
fn a_duplicate_alias_is_named_in_the_file_that_the_user_can_change() {
    let run = with_pricing(&format!("{INVALID}/duplicate-alias"));
    assert!(run.stderr.contains("acme-brush.yaml:3:11"), "the alias stands there: {}", run.stderr);
    check("duplicate-alias");
}

#[test]
fn all_value_problems_of_all_files_come_out_in_one_run() {
    let run = with_pricing("fixtures/pricing/invalid-several");
    assert_eq!(run.code, 3);
    for (file, code) in [
        ("brush", "unknown-word"),
        ("brush", "negative-price"),
        ("paint", "bad-date"),
        ("paint", "unknown-meter"),
        ("paint", "unquoted-price"),
        ("typos", "unknown-key"),
    ] {
        let named = run.stderr.split("error[").any(|problem| {
            problem.starts_with(code) && problem.contains(&format!("acme/{file}.yaml:"))
        });
        assert!(named, "{code} in {file}.yaml: {}", run.stderr);
    }
    assert_matches_snapshot!("invalid_tables__several", run.shown());
}

/// Two keys that are mistyped, a word under one of them, a key that is missing and a list that is none: who mends
/// them runs once more, to see it right. A key that was mistyped is read as the one it is like, and is not missing.
#[test]
fn typos_of_all_kinds_in_one_table_come_out_in_one_run() {
    let run = with_pricing("fixtures/pricing/invalid-several");
    let of_typos = run.stderr.split("error[").filter(|problem| problem.contains("typos.yaml:"));
    let first_lines: Vec<&str> = of_typos.filter_map(|problem| problem.lines().next()).collect();
    let expected = [
        "unknown-key]: there is no key `endpont` here",
        "unknown-key]: there is no key `confidance` here",
        "missing-key]: the key `per` is missing",
        "wrong-type]: a list must stand here",
        "unknown-word]: `hihg` is not a level of confidence",
    ];
    assert_eq!(first_lines, expected, "{}", run.stderr);
}

#[test]
fn a_broken_owner_is_reported_once_for_all_its_routes() {
    let folder = tempfile::tempdir().expect("a folder");
    let acme = folder.path().join("provider/acme");
    std::fs::create_dir_all(&acme).expect("a folder");
    std::fs::write(acme.join("owner.yaml"), "name: \"\"\n").expect("a file");
    let route = include_str!("../fixtures/pricing/valid/provider/acme/gpt-image-2.yaml");
    for name in ["a.yaml", "b.yaml"] {
        std::fs::write(acme.join(name), route).expect("a file");
    }
    let run = with_pricing(folder.path().to_str().expect("UTF-8"));
    assert_eq!((run.code, run.stderr.matches("error[").count()), (3, 1), "{}", run.stderr);
}

#[test]
fn a_route_without_an_owner_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let acme = folder.path().join("provider/acme");
    std::fs::create_dir_all(&acme).expect("a folder");
    let route = include_str!("../fixtures/pricing/valid/provider/acme/gpt-image-2.yaml");
    std::fs::write(acme.join("paint.yaml"), route).expect("a file");
    let run = with_pricing(folder.path().to_str().expect("UTF-8"));
    assert_eq!(run.code, 3);
    assert!(
        run.stderr.contains("owner.yaml is missing: every price has an owner"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_of_more_than_a_megabyte_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("models")).expect("a folder");
    let comment = format!("#{}\n", "x".repeat(1_000_000));
    std::fs::write(folder.path().join("models/acme-brush.yaml"), comment).expect("a file");
    let run = with_pricing(folder.path().to_str().expect("UTF-8"));
    assert_eq!(run.code, 3);
    assert!(run.stderr.starts_with("error[too-large]"), "{}", run.stderr);
}

#[test]
fn a_folder_that_is_missing_or_empty_is_refused() {
    let empty = tempfile::tempdir().expect("a folder");
    for folder in ["fixtures/no-such-folder", empty.path().to_str().expect("UTF-8")] {
        let run = with_pricing(folder);
        assert_eq!(run.code, 3, "a missing file is never read as empty");
        assert!(run.stderr.starts_with("error[unreadable]"), "{}", run.stderr);
    }
}

#[test]
fn good_tables_stand_beside_the_shipped_ones() {
    let valid = ["--pricing", "fixtures/pricing/valid", "--prompt-tokens", "50"];
    let on = |more: &[&str]| estimate(&[&valid[..], more].concat());
    assert_matches_snapshot!("valid_tables__route", on(&["--route", "acme/gpt-image-2"]).shown());
    assert_matches_snapshot!("valid_tables__group", on(&["--route", "gpt-image-2@gold"]).shown());
    assert_matches_snapshot!("valid_tables__model", on(&["--model", "acme-brush-1"]).shown());
    let shipped = on(&["--model", "gpt-image-2"]);
    assert!(shipped.stdout.contains("official/openai/gpt-image-2"), "{}", shipped.stdout);
}
