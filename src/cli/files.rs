//! The flag for files that a file names.

use clap::Args;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::input::Input;
use super::message::About;
use super::{made_of, message};
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::NamedFiles;

/// Where the files that a file names may lie, beside the folder of that file.
#[derive(Debug, Default, Args)]
pub(super) struct FilesArgs {
    /// Folder in which files may lie that a request or budget file names, beside that file's own (repeatable)
    #[arg(long, value_name = "DIR")]
    allow_files: Vec<PathBuf>,
}

impl FilesArgs {
    /// The files that this one may name; of standard input those in or below the working folder.
    pub(super) fn named_in(&self, input: &Input) -> Result<NamedFiles, Failure> {
        Ok(self.allowed()?.in_folder(&input.folder))
    }

    /// The folders that are allowed for files of any folder.
    pub(super) fn allowed(&self) -> Result<NamedFiles, Failure> {
        let missing: Vec<Problem> = self.allow_files.iter().filter_map(no_folder).collect();
        if !missing.is_empty() {
            return Err(Failure::Data(missing));
        }
        let files = NamedFiles::of(Path::new(""), &self.allow_files);
        made_of::named(&files);
        Ok(files)
    }

    /// Refuses the flag where no file is read that could name others; `flag` is how one is given.
    pub(super) fn refuse_without_file(&self, flag: &str) -> Result<(), Failure> {
        if self.allow_files.is_empty() {
            return Ok(());
        }
        let what = "--allow-files has no effect: nothing here names files";
        Err(Failure::usage(what, format!("leave it out, or give {flag}")))
    }
}

/// Says which allowed folders were of no use.
pub(super) fn say_unused(files: &NamedFiles) {
    for folder in files.unused() {
        message::finding(
            About::WithoutEffect,
            &format!(
                "without effect: --allow-files {}: no file that is named lies in it alone",
                folder.display()
            ),
        );
    }
}

fn no_folder(path: &PathBuf) -> Option<Problem> {
    let why = match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return None,
        Ok(_) => "this is not a folder".to_owned(),
        Err(error) => format!("the folder cannot be read: {error}"),
    };
    Some(Problem {
        code: ProblemCode::Unreadable,
        message: why,
        place: Place::file(path.display().to_string()),
        help: "--allow-files takes a folder".into(),
    })
}
