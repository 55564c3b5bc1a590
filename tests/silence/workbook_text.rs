//! A workbook as text, so that it is held to laws as the other formats are: a line for each cell and each formula.

use std::io::Cursor;

use assert_cmd::Command;
use calamine::{Reader, Xlsx};

use crate::common::cli::Run;

/// What stands before a formula.
pub const FORMULA: &str = "formula:\t";

/// Runs a command to its end; what it writes as a workbook is put into words.
pub fn finished(command: &mut Command) -> Run {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let stdout = match output.stdout.starts_with(b"PK") {
        true => in_words(output.stdout),
        false => text(output.stdout),
    };
    let code = output.status.code().expect("an exit code and no signal");
    Run { code, stdout, stderr: text(output.stderr) }
}

/// The cells and the formulas of a workbook, each on a line; a line break within one is a space.
fn in_words(bytes: Vec<u8>) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut lines = String::new();
    for sheet in book.sheet_names() {
        for (_, _, cell) in book.worksheet_range(&sheet).expect("cells").used_cells() {
            lines += &(cell.to_string().replace('\n', " ") + "\n");
        }
        for (_, _, formula) in book.worksheet_formula(&sheet).expect("formulas").used_cells() {
            lines += &format!("{FORMULA}{formula}\n");
        }
    }
    lines
}
