//! Reading a folder of tables, within bounds: whatever lies in it, the program ends and says what it met.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::table_file::{Origin, TableFile};
use crate::errors::Errors;
use crate::help::Help;
use crate::input_limits::{CATALOG_BYTES, FOLDER_ENTRIES, FOLDER_LEVELS, InputLimit, TABLE_BYTES};
use crate::problem::{Place, Problem, ProblemCode};

/// Reads every `.yaml` file below a folder.
///
/// # Errors
/// All files that cannot be read: missing folder, not a file, not UTF-8, too large or too many.
pub fn read_folder(folder: &Path) -> Result<Vec<TableFile>, Errors<Problem>> {
    let files = read_any(folder)?;
    if files.is_empty() {
        let help = "a pricing folder holds provider/<owner>/<route>.yaml and the like; see pricing/README.md";
        return Err(vec![unreadable(folder, "the folder has no .yaml file", help)].into());
    }
    Ok(files)
}

/// Reads every `.yaml` file below a folder that may still be empty.
///
/// # Errors
/// As [`read_folder`].
pub fn read_any(folder: &Path) -> Result<Vec<TableFile>, Errors<Problem>> {
    let mut reader =
        Reader { root: folder, found: BTreeMap::new(), problems: Vec::new(), entries: 0, bytes: 0 };
    reader.folder(folder, &mut Vec::new());
    if reader.problems.is_empty() {
        Ok(reader.found.into_values().collect())
    } else {
        Err(reader.problems.into())
    }
}

/// What was read so far, and how much of the bounds it took.
struct Reader<'a> {
    root: &'a Path,
    found: BTreeMap<String, TableFile>,
    problems: Vec<Problem>,
    entries: usize,
    bytes: usize,
}

impl Reader<'_> {
    /// Reads a folder; `above` are the real paths of those that it lies in. False once a bound is met.
    fn folder(&mut self, folder: &Path, above: &mut Vec<PathBuf>) -> bool {
        let listed = fs::canonicalize(folder).and_then(|real| Ok((real, list(folder)?)));
        let (real, entries) = match listed {
            Ok(listed) => listed,
            Err(error) => {
                let help = "give the folder that holds models/, provider/ or wrapper/";
                self.report(folder, &format!("the folder cannot be read: {error}"), help);
                return true;
            }
        };
        if above.contains(&real) {
            let message = "the link leads back to a folder that it lies in";
            self.report(folder, message, "remove the link");
            return true;
        }
        if FOLDER_LEVELS.is_exceeded_by(above.len()) {
            self.refuse(folder, &FOLDER_LEVELS);
            return true;
        }
        above.push(real);
        let all_read = entries.iter().all(|path| self.entry(path, above));
        above.pop();
        all_read
    }

    fn entry(&mut self, path: &Path, above: &mut Vec<PathBuf>) -> bool {
        self.entries += 1;
        if FOLDER_ENTRIES.is_exceeded_by(self.entries) {
            self.refuse(self.root, &FOLDER_ENTRIES);
            return false;
        }
        if is_table(path) {
            return self.file(path);
        }
        !path.is_dir() || self.folder(path, above)
    }

    fn file(&mut self, path: &Path) -> bool {
        match self.read(path) {
            Ok(file) => {
                self.bytes += file.text.len();
                self.found.insert(file.path.clone(), file);
            }
            Err(problem) => self.problems.push(*problem),
        }
        let is_too_much = CATALOG_BYTES.is_exceeded_by(self.bytes);
        if is_too_much {
            self.refuse(self.root, &CATALOG_BYTES);
        }
        !is_too_much
    }

    fn read(&self, path: &Path) -> Result<TableFile, Box<Problem>> {
        let refused = |message: &str, help: &'static str| Box::new(unreadable(path, message, help));
        let cannot = |error: std::io::Error| {
            refused(
                &format!("the file cannot be read: {error}"),
                "check that it is there and its rights",
            )
        };
        // A pipe or device would be waited for without end.
        if !fs::metadata(path).map_err(cannot)?.is_file() {
            return Err(refused("this is not a file", "keep only table files under such a name"));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(TABLE_BYTES.most + 1).read_to_end(&mut bytes))
            .map_err(cannot)?;
        let shown = path.display().to_string();
        TABLE_BYTES
            .holds(bytes.len())
            .map_err(|limit| Box::new(limit.problem(Place::file(&*shown))))?;
        let text = text(bytes).map_err(|why| refused(&why, "save the file as UTF-8"))?;
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        let path = parts.ok_or_else(|| refused("the name is not UTF-8 text", "rename the file"))?;
        Ok(TableFile { path: path.join("/"), shown, text: text.into(), origin: Origin::Own })
    }

    fn report(&mut self, path: &Path, message: &str, help: &'static str) {
        self.problems.push(unreadable(path, message, help));
    }

    fn refuse(&mut self, path: &Path, limit: &InputLimit) {
        self.problems.push(limit.problem(Place::file(path.display().to_string())));
    }
}

/// What lies in a folder, by name, so that problems come out in the same order on every machine.
fn list(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    // One more than may be is enough to know that it is too much.
    let most = usize::try_from(FOLDER_ENTRIES.most).unwrap_or(usize::MAX);
    let entries = fs::read_dir(folder)?.take(most.saturating_add(1));
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Whether a file is a table, by its name.
pub(super) fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The text of a file; or what it is instead.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    crate::shape::text(bytes).map_err(|other| other.to_string())
}

pub(super) fn unreadable(path: &Path, message: &str, help: impl Into<Help>) -> Problem {
    Problem {
        code: ProblemCode::Unreadable,
        message: message.to_owned(),
        place: Place::file(path.display().to_string()),
        help: help.into(),
    }
}
