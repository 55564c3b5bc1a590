//! `--output`: a file that is written whole or not at all, in the format of its suffix.

use std::fs;

use crate::common::TODAY;
use crate::common::cli::run;

const COMMANDS: [&[&str]; 9] = [
    &["estimate", "--prompt-tokens", "50"],
    &["compare", "--quality", "high", "--owners", "openai,replicate"],
    &["budget", "forecast", "--images", "1000", "--months", "3"],
    &["budget", "check", "fixtures/budgets/posters.yaml"],
    &["routes", "list", "--owner", "openai"],
    &["models"],
    &["sizes", "--max-cost", "0.05"],
    &["prices", "diff", "2026-08-06", "2026-08-07"],
    &["pilot"],
];

fn with_day(command: &[&str], more: &[&str]) -> Vec<String> {
    let dated = !matches!(command, ["prices", ..]);
    let day: &[&str] = if dated { &["--as-of", TODAY] } else { &[] };
    [command, day, more].concat().into_iter().map(str::to_owned).collect()
}

fn ran(args: &[String]) -> crate::common::cli::Run {
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

const SUFFIXES: [(&str, &str); 5] =
    [("txt", "table"), ("csv", "csv"), ("json", "json"), ("md", "markdown"), ("html", "html")];

#[test]
fn a_file_holds_what_standard_output_would_in_the_format_of_its_suffix() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in COMMANDS {
        for (suffix, format) in SUFFIXES {
            let file = folder.path().join(format!("out.{suffix}"));
            let path = file.to_str().expect("a path");
            let printed = ran(&with_day(command, &["--format", format]));
            let written = ran(&with_day(command, &["--output", path, "--force"]));
            assert_eq!((written.code, &*written.stdout), (printed.code, ""), "{command:?}");
            let found = fs::read_to_string(&file).expect("the file is written");
            assert_eq!(found, printed.stdout, "{command:?} {format}");
        }
    }
    let left = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, SUFFIXES.len(), "no temporary file is left");
}

#[test]
fn what_is_there_is_replaced_only_with_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ours.csv");
    fs::write(&file, "ours").expect("written");
    let path = file.to_str().expect("a path");
    let command = ["estimate", "--prompt-tokens", "50", "--output", path];
    let refused = run(&command);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("exists already"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&file).expect("still there"), "ours");
    assert_eq!(run(&[&command[..], &["--force"]].concat()).code, 0);
    assert!(fs::read_to_string(&file).expect("still there").starts_with("route,"));
}

#[test]
fn what_cannot_be_priced_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("none.json");
    let path = file.to_str().expect("a path");
    let run = run(&["estimate", "--size", "1x1", "--prompt-tokens", "50", "--output", path]);
    assert_eq!(run.code, 2);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn a_suffix_of_no_format_asks_for_one() {
    let refused = run(&["estimate", "--prompt-tokens", "50", "--output", "cost.ods"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("no format has the suffix .ods"), "{}", refused.stderr);
    let formats = "--format table|json|csv|markdown|html|svg|xlsx";
    assert!(refused.stderr.contains(formats), "{}", refused.stderr);
}

#[test]
fn an_output_that_cannot_be_written_has_an_exit_code_of_its_own() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_imgcost"))
        .args(["estimate", "--prompt-tokens", "50"])
        .env("IMGCOST_CONFIG", "")
        .stdout(full)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program ends");
    assert_eq!(child.status.code(), Some(4), "{}", String::from_utf8_lossy(&child.stderr));
}
