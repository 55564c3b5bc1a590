//! The files of a catalogue: the shipped ones in the binary, and folders of the user's own.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;

use super::yaml::{MAX_FILE_BYTES, too_large};
use crate::problem::{Place, Problem, ProblemCode};

/// How deep an own folder is searched: `<kind>/<owner>/<maker>/<route>.yaml` and one to spare.
const MAX_FOLDER_DEPTH: usize = 5;
/// The most files of an own folder.
const MAX_FILES: usize = 10_000;

#[derive(RustEmbed)]
#[folder = "pricing"]
#[include = "*.yaml"]
struct Shipped;

/// A table file: where it came from and what it says.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// Its path in the catalogue, with `/` on every system, such as `models/gpt-image-2.yaml`.
    pub path: String,
    /// Its name for messages: the path as the user can open it.
    pub shown: String,
    /// Its text.
    pub text: Arc<str>,
    /// Who keeps it.
    pub origin: Origin,
}

/// Who keeps a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It came with the program.
    Shipped,
    /// It stands in the user's own folder.
    Own,
}

/// The shipped files, by their path. They are read from the binary only when asked for.
pub(super) fn shipped_paths() -> impl Iterator<Item = String> {
    Shipped::iter().map(|path| path.into_owned())
}

/// One shipped file.
pub(super) fn shipped(path: &str) -> Option<TableFile> {
    let file = Shipped::get(path)?;
    let text = std::str::from_utf8(&file.data).ok()?;
    Some(TableFile {
        path: path.to_owned(),
        shown: format!("pricing/{path}"),
        text: text.into(),
        origin: Origin::Shipped,
    })
}

/// The digest of a shipped file, computed when the program was built.
pub(super) fn shipped_digest(path: &str) -> Option<[u8; 32]> {
    Shipped::get(path).map(|file| file.metadata.sha256_hash())
}

/// Reads every `.yaml` file below a folder.
///
/// # Errors
/// All files that cannot be read: missing folder, not UTF-8, too large or too many.
pub fn read_folder(folder: &Path) -> Result<Vec<TableFile>, Vec<Problem>> {
    let mut found = BTreeMap::new();
    let mut problems = Vec::new();
    collect(folder, folder, 0, &mut found, &mut problems);
    if found.is_empty() && problems.is_empty() {
        let message = "the folder has no .yaml file";
        let help = "a pricing folder holds provider/<owner>/<route>.yaml and the like; see pricing/README.md";
        problems.push(unreadable(folder, message, help));
    }
    if problems.is_empty() { Ok(found.into_values().collect()) } else { Err(problems) }
}

fn collect(
    root: &Path,
    folder: &Path,
    depth: usize,
    found: &mut BTreeMap<String, TableFile>,
    problems: &mut Vec<Problem>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let help = "give the folder that holds models/, provider/ or wrapper/";
            problems.push(unreadable(folder, &format!("the folder cannot be read: {error}"), help));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth < MAX_FOLDER_DEPTH {
                collect(root, &path, depth + 1, found, problems);
            }
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            if found.len() >= MAX_FILES {
                problems.push(unreadable(
                    folder,
                    "more than 10,000 table files",
                    "give a smaller folder",
                ));
                return;
            }
            match read_file(root, &path) {
                Ok(file) => {
                    found.insert(file.path.clone(), file);
                }
                Err(problem) => problems.push(*problem),
            }
        }
    }
}

fn read_file(root: &Path, path: &Path) -> Result<TableFile, Box<Problem>> {
    let shown = path.display().to_string();
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    if !path.is_file() {
        return Err(Box::new(unreadable(
            path,
            "not a file",
            "keep only table files in the folder",
        )));
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(Box::new(unreadable(
            path,
            &format!("the file cannot be read: {error}"),
            "check its rights",
        )));
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Box::new(too_large(&shown)));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Box::new(unreadable(path, "the file is not UTF-8 text", "save it as UTF-8"))
    })?;
    Ok(TableFile { path: parts.join("/"), shown, text: text.into(), origin: Origin::Own })
}

fn unreadable(path: &Path, message: &str, help: &str) -> Problem {
    Problem {
        code: ProblemCode::Unreadable,
        message: message.to_owned(),
        place: Place::file(path.display().to_string()),
        help: help.to_owned(),
    }
}
