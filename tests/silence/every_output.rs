//! Every command writes its answer to a file by `--output`, and replaces no file without `--force`: a command that comes
//! later joins by being declared.

use std::fs;

use super::every_flag::samples::{SOURCES, Source};
use super::every_flag::{commands, leaf, takes_day};
use crate::common::TODAY;
use crate::common::cli::run;

/// The commands that have no `--output`, and why.
const WITHOUT: [(&str, &str); 2] = [
    ("prices init", "it writes the files of an owner into the folder of --dir, and replaces none"),
    ("prices pin", "it writes published/ into the folder that it is given"),
];

fn has_output(command: &[&str]) -> bool {
    let found = leaf(command);
    ["output", "force"].iter().all(|id| found.get_arguments().any(|arg| arg.get_id() == id))
}

#[test]
fn every_command_has_an_output_file_but_those_that_write_into_a_folder() {
    let without: Vec<String> = commands()
        .into_iter()
        .filter(|command| !has_output(&command.split(' ').collect::<Vec<_>>()))
        .collect();
    assert_eq!(without, WITHOUT.map(|(command, _)| command));
}

/// The first source of each command that has an output file.
fn sources() -> Vec<&'static Source> {
    let mut all: Vec<&Source> = Vec::new();
    for source in SOURCES.iter().filter(|source| has_output(source.command)) {
        if !all.iter().any(|known| known.command == source.command) {
            all.push(source);
        }
    }
    all
}

#[test]
fn no_command_replaces_a_file_without_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = sources();
    assert_eq!(sources.len() + WITHOUT.len(), commands().len(), "each command is tried");
    for source in sources {
        let file = folder.path().join("ours");
        fs::write(&file, "ours").expect("a file");
        let path = file.to_str().expect("UTF-8");
        let day: &[&str] = if takes_day(source.command) { &["--as-of", TODAY] } else { &[] };
        let has_format = leaf(source.command).get_arguments().any(|arg| arg.get_id() == "format");
        let format: &[&str] = if has_format { &["--format", "csv"] } else { &[] };
        let args = [source.command, source.args, day, format, &["--output", path]].concat();
        let refused = run(&args);
        assert_eq!(refused.code, 2, "{args:?}: {}", refused.stderr);
        assert!(refused.stderr.contains("exists already"), "{args:?}: {}", refused.stderr);
        assert_eq!(fs::read_to_string(&file).expect("still there"), "ours", "{args:?}");
        let forced = run(&[&args[..], &["--force"]].concat());
        assert!(matches!(forced.code, 0 | 1), "{args:?}: {}", forced.stderr);
        let written = fs::read_to_string(&file).expect("a file");
        assert!(written != "ours" && forced.stdout.is_empty(), "{args:?}");
    }
}

/// A page of every command that has formats, and a drawing of those with a chart; the others say what to take in its place.
#[test]
fn every_command_has_a_page_and_a_drawing_or_says_what_to_take() {
    let mut drawn = Vec::new();
    for source in sources() {
        let command = leaf(source.command);
        let format = command.get_arguments().find(|arg| arg.get_id() == "format");
        let is_report = format.is_some_and(|it| {
            it.get_possible_values().iter().any(|value| value.get_name() == "html")
        });
        if !is_report {
            continue;
        }
        let day: &[&str] = if takes_day(source.command) { &["--as-of", TODAY] } else { &[] };
        let with =
            |format: &str| run(&[source.command, source.args, day, &["--format", format]].concat());
        let page = with("html");
        assert!(matches!(page.code, 0 | 1), "{:?}: {}", source.command, page.stderr);
        assert!(page.stdout.starts_with("<!DOCTYPE html>"), "{:?}", source.command);
        assert!(page.stdout.ends_with("</html>\n"), "{:?}", source.command);
        let drawing = with("svg");
        match drawing.code {
            2 => assert!(drawing.stderr.contains("take --format html"), "{}", drawing.stderr),
            _ => drawn.push(source.command.join(" ")),
        }
        assert_eq!(drawing.code != 2, drawing.stdout.starts_with("<svg "), "{:?}", source.command);
    }
    drawn.sort();
    let charted = [
        "budget afford",
        "budget check",
        "budget compare",
        "budget forecast",
        "budget simulate",
        "compare",
        "estimate",
    ];
    assert_eq!(drawn, charted);
}
