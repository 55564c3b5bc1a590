//! Writing new tables: all of them or none, and never over a file that is there.

use std::io::Error;
use std::path::{Path, PathBuf};

use crate::catalog::files::TableFile;
use crate::cli::exit::Failure;
use crate::cli::save;

/// Writes the files below a folder, which is made if it is not there.
pub(super) fn write(dir: &Path, files: &[TableFile]) -> Result<(), Failure> {
    let mut made = Made::default();
    let written = files.iter().try_for_each(|file| made.write(&dir.join(&file.path), &file.text));
    written.map_err(|error| {
        made.undo();
        Failure::Write(error)
    })
}

/// What was made so far, in the order in which it was.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, path: &Path, text: &str) -> Result<(), Error> {
        let named = |error: Error| Error::new(error.kind(), format!("{}: {error}", path.display()));
        let folder = path.parent().unwrap_or(Path::new(""));
        self.make_folder(folder).map_err(named)?;
        save::write_new(path, text).map_err(named)?;
        self.files.push(path.to_owned());
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.exists()).collect();
        for path in missing.into_iter().rev().filter(|path| !path.as_os_str().is_empty()) {
            std::fs::create_dir(path)?;
            self.folders.push(path.to_owned());
        }
        Ok(())
    }

    /// Takes back what was made. What cannot be removed stays: the first error is the one to tell.
    fn undo(&self) {
        self.files.iter().for_each(|path| drop(std::fs::remove_file(path)));
        self.folders.iter().rev().for_each(|path| drop(std::fs::remove_dir(path)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::files::Origin;

    fn file(path: &str) -> TableFile {
        TableFile { path: path.into(), shown: path.into(), text: path.into(), origin: Origin::Own }
    }

    #[test]
    fn if_one_file_is_there_already_none_is_written_and_no_folder_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().join("b/there.yaml");
        std::fs::create_dir(folder.path().join("b")).expect("a folder");
        std::fs::write(&there, "as it was").expect("a file");
        let written = write(folder.path(), &[file("a/new.yaml"), file("b/there.yaml")]);
        assert!(matches!(written, Err(Failure::Write(_))));
        assert!(!folder.path().join("a").exists(), "what was written first is taken back");
        assert_eq!(std::fs::read_to_string(&there).expect("a file"), "as it was");
        assert_eq!(std::fs::read_dir(folder.path().join("b")).expect("a folder").count(), 1);
    }

    #[test]
    fn new_files_come_with_their_folders() {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("not/there/yet");
        write(&dir, &[file("a/one.yaml"), file("a/two.yaml")]).expect("both are written");
        assert_eq!(std::fs::read_to_string(dir.join("a/two.yaml")).expect("a file"), "a/two.yaml");
    }
}
