//! Runs of the program: always in the project folder, with paths relative to it and 100 columns.

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

/// The program as a command, away from the terminal and the environment of whoever runs the tests.
pub fn imgcost() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imgcost"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().env("COLUMNS", "100");
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

/// Compares a text with the snapshot file of this name.
#[macro_export]
macro_rules! assert_matches_snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!($name, $text);
        })
    };
}
