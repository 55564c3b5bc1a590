//! Runs of the program: always in the project folder, with paths relative to it and 100 columns.

use std::collections::BTreeSet;

use assert_cmd::Command;

use super::TODAY;
use super::outputs::assert_of_schema;

/// How a run ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Exit code and both outputs as one text, for snapshots.
    pub fn shown(&self) -> String {
        let mut shown = format!("exit code {}\n", self.code);
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                shown += &format!("--- {name}\n{text}");
            }
        }
        shown
    }

    /// Standard output as JSON, which is as its schema says.
    pub fn json(&self) -> serde_json::Value {
        let object =
            serde_json::from_str(&self.stdout).expect("one JSON object on standard output");
        assert_of_schema(&object);
        object
    }
}

/// A text with each digest of a catalogue or a file masked: it changes with every edit of a table.
pub fn without_digests(text: &str) -> String {
    const DIGITS: usize = 64;
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(at);
        let length = from.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(from.len());
        masked += before;
        masked += if length == DIGITS { "[digest]" } else { &from[..length] };
        rest = &from[length..];
    }
    masked + rest
}

/// The program as a command, away from the terminal, the settings and the environment of whoever runs the tests.
pub fn imgcost() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imgcost"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("COLUMNS", "100")
        .env("IMGCOST_CONFIG", "");
    command
}

/// Runs `imgcost` with these arguments.
pub fn run(args: &[&str]) -> Run {
    finished(imgcost().args(args))
}

/// Runs `imgcost estimate` on [`TODAY`] with these arguments.
pub fn estimate(args: &[&str]) -> Run {
    run(&[&["estimate", "--as-of", TODAY], args].concat())
}

/// Runs `imgcost` with these arguments at so many columns.
pub fn run_at(columns: u16, args: &[&str]) -> Run {
    finished(imgcost().env("COLUMNS", columns.to_string()).args(args))
}

/// [`estimate`] with a text on standard input.
pub fn estimate_stdin(args: &[&str], stdin: &str) -> Run {
    finished(imgcost().args(["estimate", "--as-of", TODAY]).args(args).write_stdin(stdin))
}

/// Runs a command to its end.
pub fn finished(command: &mut Command) -> Run {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run {
        code: output.status.code().expect("an exit code and no signal"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Runs the same for a program: what stands on standard error is one object, which says what is said to people, at
/// the same places.
pub fn assert_same_for_programs(args: &[&str], people: &Run) -> serde_json::Value {
    let program = run(&[args, &["--format", "json"]].concat());
    let object: serde_json::Value =
        serde_json::from_str(&program.stderr).expect("one JSON object on standard error");
    assert_of_schema(&object);
    assert_eq!(object["schema"], "imgcost.problems/1");
    assert_eq!(
        (program.code, &object["exit_code"]),
        (people.code, &people.code.into()),
        "{args:?}"
    );
    let rows = object["rows"].as_array().expect("rows");
    let is_problem =
        |row: &&serde_json::Value| ["error", "warning"].contains(&text(&row["severity"]));
    // What is the same in several places of a file is said once to people.
    let mut seen = BTreeSet::new();
    let of_place = |row: &serde_json::Value| {
        ["code", "message", "file", "help"].map(|key| row[key].to_string())
    };
    let is_new = |row: &&serde_json::Value| row["file"].is_null() || seen.insert(of_place(row));
    let shown: Vec<String> =
        rows.iter().filter(is_problem).filter(is_new).map(as_people_read).collect();
    let heads = ["error[", "error:", "warning["];
    let lines = people.stderr.lines().map(str::trim_start);
    let is_head =
        |line: &&str| heads.iter().any(|head| line.starts_with(head)) || line.starts_with("--> ");
    assert_eq!(shown.join("\n"), lines.filter(is_head).collect::<Vec<_>>().join("\n"), "{args:?}");
    let words = in_one_line(&people.stderr);
    for row in rows {
        let said = in_one_line(&visible(&row["message"]));
        assert!(words.contains(&said), "{row} is not said to people: {words}");
    }
    object
}

/// The heading of a problem and its place, as people read them.
fn as_people_read(row: &serde_json::Value) -> String {
    let of_file = row["file"].as_str().map(|file| {
        let at = match (&row["line"], &row["column"]) {
            (serde_json::Value::Null, _) => String::new(),
            (line, column) => format!(":{line}:{column}"),
        };
        (format!("[{}]", text(&row["code"])), format!("\n--> {file}{at}"))
    });
    let (code, place) = of_file.unwrap_or_default();
    format!("{}{code}: {}{place}", text(&row["severity"]), visible(&row["message"]))
}

/// A text as a terminal shows it: what is hidden, which JSON carries as it is, becomes a visible sign.
fn visible(value: &serde_json::Value) -> std::borrow::Cow<'_, str> {
    imgcost::report::sheet::plain(text(value))
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("text")
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Compares a text with the snapshot file of this name.
#[macro_export]
macro_rules! assert_matches_snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!($name, $crate::common::cli::without_digests(&$text.to_string()));
        })
    };
}
