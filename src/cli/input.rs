//! Reading files and standard input, within bounds.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{made_of, opened};
use crate::errors::Errors;
use crate::help::Help;
use crate::input_limits::{BODY_BYTES, InputLimit};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape;

/// Of what is read twice, the second time would find nothing.
static STANDARD_INPUT_IS_READ: AtomicBool = AtomicBool::new(false);

/// A file that was read.
pub(super) struct Input<Text = Arc<str>> {
    /// Its name for messages.
    pub name: String,
    /// Its text, which what is read of it shares where that is to outlive it.
    pub text: Text,
    /// Where relative paths in it start.
    pub folder: PathBuf,
}

impl Input<String> {
    /// The same with a text that can be shared, for which it is copied once.
    fn shared(self) -> Input {
        let Input { name, text, folder } = self;
        Input { name, text: text.into(), folder }
    }
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &str) -> Result<Input, Errors<Problem>> {
    read_within(path, &BODY_BYTES)
}

/// Reads a file of requests or replies: it may be as large as images are, and is not copied.
pub(super) fn read_body(path: &str) -> Result<Input<String>, Errors<Problem>> {
    read_noted(path, &BODY_BYTES, made_of::file)
}

/// Reads a file of no more bytes than that, or standard input for `-`; what is made of it says its digest.
pub(super) fn read_within(path: &str, most: &InputLimit) -> Result<Input, Errors<Problem>> {
    read_noted(path, most, made_of::file).map(Input::shared)
}

/// Reads settings, of which those that are used are said by themselves.
pub(super) fn read_settings(path: &str, most: &InputLimit) -> Result<Input, Errors<Problem>> {
    read_noted(path, most, |_, _| {}).map(Input::shared)
}

fn read_noted(
    path: &str,
    most: &InputLimit,
    note: fn(&str, &[u8]),
) -> Result<Input<String>, Errors<Problem>> {
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
        let bytes = read_bytes("standard input", std::io::stdin().lock(), most)?;
        note("standard input", &bytes);
        let text = text_of("standard input", bytes)?;
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
    let file = opened::open(path, &metadata).map_err(cannot)?;
    let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
    let bytes = read_bytes(path, file, most)?;
    note(path, &bytes);
    let text = text_of(path, bytes)?;
    Ok(Input { name: path.to_owned(), text, folder })
}

fn read_bytes(
    name: &str,
    reader: impl Read,
    limit: &InputLimit,
) -> Result<Vec<u8>, Errors<Problem>> {
    let mut bytes = Vec::new();
    if let Err(error) = reader.take(limit.most + 1).read_to_end(&mut bytes) {
        return Err(vec![problem(
            name,
            format!("the file cannot be read: {error}"),
            "check the file",
        )]
        .into());
    }
    if limit.is_exceeded_by(bytes.len()) {
        return Err(vec![limit.problem(Place::file(name))].into());
    }
    Ok(bytes)
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Errors<Problem>> {
    shape::text(bytes).map_err(|other| vec![problem(name, other.to_string(), other.help())].into())
}

fn problem(name: &str, message: String, help: impl Into<Help>) -> Problem {
    Problem { code: ProblemCode::Unreadable, message, place: Place::file(name), help: help.into() }
}
