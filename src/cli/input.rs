//! Reading files and standard input, within bounds.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::made_of::Digesting;
use super::{made_of, opened};
use crate::budget::volumes::{self, Sheet};
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
    /// The sheet of a workbook, of which the text shows the rows.
    typed: Option<Sheet>,
}

impl Input<String> {
    /// The same with a text that can be shared, for which it is copied once.
    fn shared(self) -> Input {
        let Input { name, text, folder, typed } = self;
        Input { name, text: text.into(), folder, typed }
    }
}

impl Input {
    /// Whether it came as a workbook.
    pub(super) fn is_workbook(&self) -> bool {
        self.typed.is_some()
    }

    /// What it holds as a spreadsheet.
    pub(super) fn sheet(&self) -> Sheet {
        self.typed.clone().unwrap_or_else(|| Sheet::csv(&self.text))
    }
}

/// What is made of the bytes of a file.
type Content = Result<(String, Option<Sheet>), Errors<Problem>>;

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &str) -> Result<Input, Errors<Problem>> {
    read_within(path, &BODY_BYTES)
}

/// Reads a file of requests or replies: it may be as large as images are, and is not copied.
pub(super) fn read_body(path: &str) -> Result<Input<String>, Errors<Problem>> {
    read_noted(path, &BODY_BYTES, made_of::file, text_of)
}

/// Reads a file of no more bytes than that, or standard input for `-`; what is made of it says its digest.
pub(super) fn read_within(path: &str, most: &InputLimit) -> Result<Input, Errors<Problem>> {
    read_noted(path, most, made_of::file, text_of).map(Input::shared)
}

/// Reads a budget: a file in text, or a workbook; of UTF-16, which spreadsheets save as well, the text.
pub(super) fn read_plan(path: &str) -> Result<Input, Errors<Problem>> {
    read_noted(path, &BODY_BYTES, made_of::file, plan_of).map(Input::shared)
}

/// Reads a file, or standard input for `-`, as it comes: no more of it is held than the reader holds. What is made of it says
/// its digest.
pub(super) fn streamed<T>(
    path: &str,
    read: impl FnOnce(&str, &mut dyn BufRead) -> Result<T, Errors<Problem>>,
) -> Result<T, Errors<Problem>> {
    let (name, file): (&str, Box<dyn Read>) = match path {
        "-" => ("standard input", Box::new(standard_input()?.lock())),
        path => (path, Box::new(open(path)?)),
    };
    let mut input = BufReader::with_capacity(AT_ONCE, Digesting::new(file));
    let found = read(name, &mut input)?;
    // What stands behind the last row is part of the file as well.
    let rest = std::io::copy(&mut input, &mut std::io::sink());
    rest.map_err(|error| {
        vec![problem(name, format!("the file cannot be read: {error}"), "check the file")]
    })?;
    input.into_inner().note(name);
    Ok(found)
}

/// How many bytes are read at once of what is read as it comes.
const AT_ONCE: usize = 1 << 16;

/// Standard input, which can be read once.
pub(super) fn standard_input() -> Result<std::io::Stdin, Errors<Problem>> {
    if STANDARD_INPUT_IS_READ.swap(true, Ordering::Relaxed) {
        let what = "standard input is read already".to_owned();
        return Err(
            vec![problem("standard input", what, "give `-` once, and a file elsewhere")].into()
        );
    }
    Ok(std::io::stdin())
}

/// A file, which is no folder.
fn open(path: &str) -> Result<std::fs::File, Errors<Problem>> {
    let cannot = |error: std::io::Error| {
        let help = "check the path; `-` reads standard input";
        vec![problem(path, format!("the file cannot be read: {error}"), help)]
    };
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if metadata.is_dir() {
        return Err(vec![problem(path, "this is a folder".into(), "give a file")].into());
    }
    Ok(opened::open(path, &metadata).map_err(cannot)?)
}

/// Reads settings, of which those that are used are said by themselves.
pub(super) fn read_settings(path: &str, most: &InputLimit) -> Result<Input, Errors<Problem>> {
    read_noted(path, most, |_, _| {}, text_of).map(Input::shared)
}

fn read_noted(
    path: &str,
    most: &InputLimit,
    note: fn(&str, &[u8]),
    content: fn(&str, Vec<u8>) -> Content,
) -> Result<Input<String>, Errors<Problem>> {
    if path == "-" {
        let bytes = read_bytes("standard input", standard_input()?.lock(), most)?;
        note("standard input", &bytes);
        let (text, typed) = content("standard input", bytes)?;
        return Ok(Input { name: "standard input".into(), text, folder: PathBuf::new(), typed });
    }
    let file = open(path)?;
    let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
    let bytes = read_bytes(path, file, most)?;
    note(path, &bytes);
    let (text, typed) = content(path, bytes)?;
    Ok(Input { name: path.to_owned(), text, folder, typed })
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

fn plan_of(name: &str, bytes: Vec<u8>) -> Content {
    volumes::plan_of(name, bytes, None)
}

fn text_of(name: &str, bytes: Vec<u8>) -> Content {
    let text = shape::text(bytes).map(|text| (text, None));
    text.map_err(|other| vec![problem(name, other.to_string(), other.help())].into())
}

fn problem(name: &str, message: String, help: impl Into<Help>) -> Problem {
    Problem { code: ProblemCode::Unreadable, message, place: Place::file(name), help: help.into() }
}
