//! Request files: one Images API body, or a Batch input file with a request a line.

use super::Draft;
use super::api_body::{self, Keys, NoBody, Reading};
use super::json::{Json, Object, read_object};
use crate::catalog::price::Processing;
use crate::errors::Errors;
use crate::note::{Note, NoteCode};
use crate::problem::{Place, Problem, ProblemCode};

/// How many lines are looked at to tell a Batch file from a body.
const LINES_TO_TELL: usize = 10;

/// The keys of a line.
const OF_A_LINE: [&str; 4] = ["custom_id", "method", "url", "body"];

/// What a request file holds.
#[derive(Debug)]
pub enum RequestFile {
    /// One body.
    One(Box<Draft>),
    /// The lines of a Batch input file.
    Batch(Vec<BatchLine>),
}

/// A line of a Batch input file.
#[derive(Debug)]
pub struct BatchLine {
    /// Its number in the file, from 1.
    pub line: usize,
    /// The caller's own id of it, if it could be read.
    pub custom_id: Option<String>,
    /// What it asks for, or why it was rejected.
    pub draft: Result<Draft, Problem>,
}

/// Reads a request file.
///
/// # Errors
/// What is wrong with a file that is no Batch file; the lines of a Batch file carry their own problems.
pub fn read(file: &str, text: &str, reading: &Reading) -> Result<RequestFile, Errors<Problem>> {
    match is_batch(text) {
        true => Ok(RequestFile::Batch(batch_lines(file, text, reading))),
        false => Ok(RequestFile::One(Box::new(one(file, text, reading)?))),
    }
}

/// Reads a body where one is wanted.
///
/// # Errors
/// What is wrong with it, or that it is a Batch file.
pub fn read_one(file: &str, text: &str, reading: &Reading) -> Result<Draft, Errors<Problem>> {
    match is_batch(text) {
        true => Err(vec![several(file)].into()),
        false => one(file, text, reading),
    }
}

/// What is to be said of a Batch file where one request is wanted.
pub(crate) fn several(file: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: "a Batch file holds several requests, and one is wanted".into(),
        place: Place::file(file),
        help: "give one of its bodies".into(),
    }
}

fn one(file: &str, text: &str, reading: &Reading) -> Result<Draft, Errors<Problem>> {
    let entries = read_object(file, text).map_err(|problem| vec![*problem])?;
    let body = Object::new(&entries, "");
    if let Some(NoBody { what, help }) = api_body::no_body(&body, reading) {
        return Err(vec![Problem { help, ..bad_value(file, what) }].into());
    }
    let draft = api_body::draft(&body, false, Keys::new(reading)).map_err(|wrong| {
        wrong.into_iter().map(|message| bad_value(file, message)).collect::<Vec<_>>()
    })?;
    Ok(draft)
}

/// A Batch file has an object with a `body` on a line of its own; no line of a body that is written
/// over several lines is one. The first lines decide, so that a broken one does not.
fn is_batch(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.take(LINES_TO_TELL).any(|line| {
        matches!(serde_json::from_str(line), Ok(Json::Object(entries)) if entries.iter().any(|(key, _)| key == "body"))
    })
}

fn batch_lines(file: &str, text: &str, reading: &Reading) -> Vec<BatchLine> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered.map(|(index, line)| batch_line(file, index + 1, line, reading)).collect()
}

fn batch_line(file: &str, line: usize, text: &str, reading: &Reading) -> BatchLine {
    let entries = match read_object(file, text) {
        Ok(entries) => entries,
        Err(problem) => {
            let place = Place { first_line: line, ..problem.place };
            let draft = Err(Problem { place, ..rejected(file, line, vec![problem.message]) });
            return BatchLine { line, custom_id: None, draft };
        }
    };
    let object = Object::new(&entries, "");
    let mut wrong = Vec::new();
    let custom_id = object.text("custom_id", &mut wrong);
    let draft = batch_draft(&object, reading, wrong).map_err(|wrong| rejected(file, line, wrong));
    BatchLine { line, custom_id, draft }
}

fn batch_draft(
    object: &Object,
    reading: &Reading,
    mut wrong: Vec<String>,
) -> Result<Draft, Vec<String>> {
    let mut keys = Keys::new(reading);
    keys.sort(object, &OF_A_LINE, &OF_A_LINE, &mut wrong);
    let method = object.text("method", &mut wrong);
    if method.as_ref().is_some_and(|method| method != "POST") {
        wrong.push("`method` must be POST".into());
    }
    let url = object.text("url", &mut wrong).unwrap_or_default();
    let edit = match url.trim_end_matches('/').rsplit('/').next() {
        Some("generations") => false,
        Some("edits") => true,
        _ => {
            wrong.push(format!("`url` is `{url}`, not /v1/images/generations or /v1/images/edits"));
            false
        }
    };
    if object.get("body").is_none() {
        wrong.push("`body` is missing".into());
    }
    let Some(body) = object.object("body", &mut wrong) else { return Err(wrong) };
    let mut draft = match api_body::draft(&body, edit, keys) {
        Ok(draft) => draft,
        Err(more) => {
            wrong.extend(more);
            return Err(wrong);
        }
    };
    if draft.edit && url.trim_end_matches('/').ends_with("generations") {
        wrong.push(
            "`body` holds an image, and /v1/images/generations takes none: send it to /v1/images/edits, or \
             leave the image out"
                .into(),
        );
    }
    draft.processing = Some(Processing::Batch);
    draft.notes.extend(missing_note(object));
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// What the Batch API needs of a line besides, and this line lacks.
fn missing_note(object: &Object) -> Option<Note> {
    let lacks = |key: &&str| object.get(key).is_none();
    let missing: Vec<&str> = ["custom_id", "method"].into_iter().filter(lacks).collect();
    (!missing.is_empty()).then(|| {
        let text = format!("the Batch API refuses a line without {}", missing.join(" and "));
        Note::new(NoteCode::NoPriceEffect, text)
    })
}

fn bad_value(file: &str, message: String) -> Problem {
    let help = "see the Images API reference for the parameter".to_owned();
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}

/// A rejected line, as a problem at its place.
pub(crate) fn rejected(file: &str, line: usize, wrong: Vec<String>) -> Problem {
    Problem {
        code: ProblemCode::RejectedLine,
        message: wrong.join("; "),
        place: Place::in_line(file, line, "", 0),
        help: "correct the line; the others are priced without it".into(),
    }
}
