//! Reading files and standard input, within bounds.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};

/// The largest Batch file that OpenAI takes is 200 MB; replies with ten large images stay below it.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The mark of UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Of what is read twice, the second time would find nothing.
static STANDARD_INPUT_IS_READ: AtomicBool = AtomicBool::new(false);

/// A file that was read.
pub(super) struct Input {
    /// Its name for messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where relative paths in it start.
    pub folder: PathBuf,
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &str) -> Result<Input, Errors<Problem>> {
    read_within(path, MOST_BYTES)
}

/// Reads a file of at most so many bytes, or standard input for `-`.
pub(super) fn read_within(path: &str, most: u64) -> Result<Input, Errors<Problem>> {
    if path == "-" {
        if STANDARD_INPUT_IS_READ.swap(true, Ordering::Relaxed) {
            let what = "standard input is read already".to_owned();
            return Err(vec![problem(
                "standard input",
                what,
                "give `-` once, and a file elsewhere",
            )]
            .into());
        }
        let text = read_text("standard input", std::io::stdin().lock(), most)?;
        return Ok(Input { name: "standard input".into(), text, folder: PathBuf::new() });
    }
    let cannot = |error: std::io::Error| {
        let help = "check the path; `-` reads standard input";
        vec![problem(path, format!("the file cannot be read: {error}"), help)]
    };
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if metadata.is_dir() {
        return Err(vec![problem(path, "this is a folder".into(), "give a file")].into());
    }
    let file = std::fs::File::open(path).map_err(cannot)?;
    let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Input { name: path.to_owned(), text: read_text(path, file, most)?, folder })
}

fn read_text(name: &str, reader: impl Read, most: u64) -> Result<String, Errors<Problem>> {
    let mut bytes = Vec::new();
    if let Err(error) = reader.take(most + 1).read_to_end(&mut bytes) {
        return Err(vec![problem(
            name,
            format!("the file cannot be read: {error}"),
            "check the file",
        )]
        .into());
    }
    if bytes.len() as u64 > most {
        let message = format!("larger than {} MB", most / 1024 / 1024);
        return Err(vec![problem(name, message, "split it")].into());
    }
    // Editors of some systems put a byte order mark before the text, of which it is no part.
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let its_start = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let character = String::from_utf8_lossy(its_start).chars().count() + 1;
        let message = format!("line {line}, character {character}: not UTF-8 text");
        Errors(vec![problem(name, message, "save it as UTF-8 (a spreadsheet as \"CSV UTF-8\")")])
    })
}

fn problem(name: &str, message: String, help: &str) -> Problem {
    Problem { code: ProblemCode::Unreadable, message, place: Place::file(name), help: help.into() }
}
