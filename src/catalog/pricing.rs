//! The catalogue that a user prices with: the shipped one, or a whole one in its place, and own tables beside it.

use std::path::{Path, PathBuf};

use super::files::{TableFile, read_tables};
use super::folder::is_whole;
use super::{Catalog, stamp};
use crate::errors::Errors;
use crate::help::Help;
use crate::problem::{Place, Problem, ProblemCode};

impl Catalog {
    /// The catalogue of these folders and archives: a whole one with its stamp in place of the shipped one, and the
    /// tables of the others beside it.
    ///
    /// # Errors
    /// The problems of all files; a second whole catalogue; a digest that is not that of the stamp.
    pub fn of_pricing(paths: &[PathBuf]) -> Result<Catalog, Errors<Problem>> {
        let mut whole: Option<Catalog> = None;
        let mut own: Vec<TableFile> = Vec::new();
        let mut problems = Vec::new();
        for path in paths {
            let mut files = match read_tables(path) {
                Ok(files) => files,
                Err(found) => {
                    problems.extend(found);
                    continue;
                }
            };
            match stamp::take(&mut files) {
                Some(_) if whole.is_some() => problems.push(second(path)),
                Some(stamp) => {
                    let (catalog, found) = Catalog::stamped(files, &stamp);
                    problems.extend(found);
                    whole = Some(catalog);
                }
                None if is_whole(&files) => problems.push(not_stamped(path)),
                None => own.extend(files),
            }
        }
        if !problems.is_empty() {
            return Err(problems.into());
        }
        whole.unwrap_or_else(Catalog::shipped).with_files(own)
    }
}

fn second(path: &Path) -> Problem {
    Problem {
        code: ProblemCode::UnexpectedFile,
        message: "this is a second whole catalogue".into(),
        place: Place::file(path.display().to_string()),
        help: "give one whole catalogue, and folders with tables of your own".into(),
    }
}

/// A whole catalogue that nothing vouches for, or own tables that hold models and the official owner.
fn not_stamped(path: &Path) -> Problem {
    Problem {
        code: ProblemCode::MissingKey,
        message: "this is a whole catalogue without its stamp, catalog.yaml".into(),
        place: Place::file(path.display().to_string()),
        help: Help::Stamp { packed: false },
    }
}
