//! Where the settings are: in the file that a variable names, or in the first of its name from the working folder up.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::file::{self, CONFIG, Config};
use crate::cli::input;
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};

/// The file that is looked for.
const NAME: &str = "imgcost.yaml";

/// The variable that names another file, or none.
const VARIABLE: &str = "IMGCOST_CONFIG";

/// The settings; `None` where there is no file.
///
/// # Errors
/// A file that cannot be read, and everything that is wrong in it: what is there is never passed over.
pub(super) fn read() -> Result<Option<Config>, Errors<Problem>> {
    let path = match std::env::var_os(VARIABLE) {
        Some(named) if named.is_empty() => return Ok(None),
        Some(named) => named_path(named)?,
        None => match upward()? {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let found = input::read_settings(&path, CONFIG.bytes).map_err(with_the_way_out)?;
    file::read(&found.name, &found.text, &found.folder).map(Some).map_err(with_the_way_out)
}

/// A path by which the working folder leads to the file, such as `../imgcost.yaml`.
fn upward() -> Result<Option<String>, Errors<Problem>> {
    let working = std::env::current_dir().map_err(|error| {
        let what =
            format!("the working folder, from which {NAME} is looked for, cannot be read: {error}");
        vec![unreadable(".", what)]
    })?;
    let mut relative = PathBuf::new();
    for folder in working.ancestors() {
        let path = relative.join(NAME);
        match folder.join(NAME).symlink_metadata() {
            Ok(_) => return Ok(Some(path.to_string_lossy().into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => relative.push(".."),
            Err(error) => {
                let what = format!("it cannot be told whether the file is there: {error}");
                return Err(vec![unreadable(&path.to_string_lossy(), what)].into());
            }
        }
    }
    Ok(None)
}

fn named_path(named: OsString) -> Result<String, Errors<Problem>> {
    named.into_string().map_err(|named| {
        let shown = Path::new(&named).display().to_string();
        vec![unreadable(&shown, format!("{VARIABLE} is not UTF-8 text"))].into()
    })
}

fn unreadable(file: &str, message: String) -> Problem {
    let help = "--no-config goes without settings".into();
    Problem { code: ProblemCode::Unreadable, message, place: Place::file(file), help }
}

/// Whoever did not mean to have settings is told how to go without.
fn with_the_way_out(problems: Errors<Problem>) -> Errors<Problem> {
    let told = |problem: Problem| {
        let help = match problem.code {
            ProblemCode::Unreadable => "check its path and its rights".into(),
            _ => problem.help,
        };
        Problem { help: format!("{help}; --no-config goes without settings").into(), ..problem }
    };
    problems.into_iter().map(told).collect()
}
