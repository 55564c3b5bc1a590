//! Files that a file names: read in or below its own folder, or in folders that the user allows.
//!
//! A budget or a body that comes from elsewhere could otherwise name any file of the machine, and messages
//! and figures would tell what is in it.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use crate::help::{Help, Sentence};

/// Where the files that a file names may lie.
#[derive(Debug, Clone)]
pub struct NamedFiles {
    folder: PathBuf,
    allowed: Rc<[Allowed]>,
    reached: bool,
    /// What was found, by its names, and where it lies.
    found: Rc<RefCell<Vec<(String, PathBuf)>>>,
}

/// A folder that the user allows, and whether anything was read in it.
#[derive(Debug)]
struct Allowed {
    folder: PathBuf,
    used: Cell<bool>,
}

/// Why a named file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotFound {
    /// It lies elsewhere. Whether there is such a file is not told.
    #[error("it lies outside of the folder of the file that names it")]
    Outside,
    /// The system cannot find it.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
}

impl NamedFiles {
    /// Of a file in this folder; an empty path is the working folder. `allowed` are further folders.
    pub fn of(folder: &Path, allowed: &[PathBuf]) -> NamedFiles {
        let allow = |folder: &PathBuf| Allowed { folder: folder.clone(), used: Cell::new(false) };
        let allowed = allowed.iter().map(allow).collect();
        NamedFiles { folder: folder.to_owned(), allowed, reached: false, found: Rc::default() }
    }

    /// Of a file in another folder, with the same further folders.
    pub fn in_folder(&self, folder: &Path) -> NamedFiles {
        NamedFiles {
            folder: folder.to_owned(),
            allowed: self.allowed.clone(),
            reached: self.reached,
            found: self.found.clone(),
        }
    }

    /// Of a file that was itself found here, in its own folder.
    pub fn of_found(&self, file: &Path) -> NamedFiles {
        let folder = file.parent().unwrap_or(file).to_owned();
        let (allowed, found) = (self.allowed.clone(), self.found.clone());
        NamedFiles { folder, allowed, reached: true, found }
    }

    /// Whether the file was reached through another one, so that nothing of its text may be shown.
    pub fn is_reached(&self) -> bool {
        self.reached
    }

    /// The path of a name as it is from the working folder, for messages.
    pub fn shown(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    /// The file of a name, with links resolved.
    ///
    /// # Errors
    /// It lies outside of the folders, or there is none.
    pub fn find(&self, name: &str) -> Result<PathBuf, NotFound> {
        let path = self.folder.join(name);
        let real = match std::fs::canonicalize(&path) {
            Ok(real) => real,
            Err(error) if self.covers(&lexical(&path)) => return Err(NotFound::Unreadable(error)),
            Err(_) => return Err(NotFound::Outside),
        };
        if !self.covers(&real) {
            return Err(NotFound::Outside);
        }
        let of_name = (path.to_string_lossy().into_owned(), real.clone());
        let mut found = self.found.borrow_mut();
        if !found.contains(&of_name) {
            found.push(of_name);
        }
        Ok(real)
    }

    /// The files that were found so far, each as it is named from the working folder, and where it lies.
    pub fn found(&self) -> Vec<(String, PathBuf)> {
        self.found.borrow().clone()
    }

    /// Allowed folders in which nothing was read.
    pub fn unused(&self) -> impl Iterator<Item = &Path> {
        self.allowed.iter().filter(|it| !it.used.get()).map(|it| it.folder.as_path())
    }

    fn covers(&self, path: &Path) -> bool {
        let is_in = |folder: &Path| {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            std::fs::canonicalize(folder).is_ok_and(|real| path.starts_with(real))
        };
        if is_in(&self.folder) {
            return true;
        }
        let found = self.allowed.iter().find(|it| is_in(&it.folder));
        found.iter().for_each(|it| it.used.set(true));
        found.is_some()
    }
}

impl NotFound {
    /// The reason, for messages; `name` as it was written.
    pub fn sentence(&self, name: &str) -> Sentence {
        match self {
            NotFound::Outside => Sentence::new(
                format!("{name} lies outside of the folder of the file that names it"),
                Help::AllowFiles,
            ),
            NotFound::Unreadable(error) => format!("{name} cannot be read: {error}").into(),
        }
    }
}

/// The absolute path with `.` and `..` worked in by its words alone: what is not there has no links.
fn lexical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    // The folder itself may be a link, and is compared by where it leads.
    let there =
        plain.ancestors().find_map(|above| Some((above, std::fs::canonicalize(above).ok()?)));
    match there {
        Some((above, real)) => real.join(plain.strip_prefix(above).unwrap_or(&plain)),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `plans/` with a file, a link out of it and one within; `secret` beside it.
    fn folders() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(root.path().join("plans/below")).expect("folders");
        for file in ["secret", "plans/body.json", "plans/below/body.json"] {
            std::fs::write(root.path().join(file), "{}").expect("a file");
        }
        root
    }

    #[test]
    fn in_and_below_the_folder_a_file_is_found_and_elsewhere_it_is_not() {
        let root = folders();
        let plans = root.path().join("plans");
        let files = NamedFiles::of(&plans, &[]);
        let absolute = plans.join("body.json").display().to_string();
        for name in ["body.json", "below/body.json", "below/../body.json", "./body.json", &absolute]
        {
            assert!(files.find(name).is_ok(), "{name}");
        }
        let outside = root.path().join("secret").display().to_string();
        for name in ["../secret", "below/../../secret", "../no-such-file", &outside, "/etc/passwd"]
        {
            assert!(matches!(files.find(name), Err(NotFound::Outside)), "{name}");
        }
        assert!(matches!(files.find("no-such-file"), Err(NotFound::Unreadable(_))));
        assert!(matches!(files.find("no/such/file"), Err(NotFound::Unreadable(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_counts_by_where_it_leads() {
        let root = folders();
        let plans = root.path().join("plans");
        std::os::unix::fs::symlink("../secret", plans.join("out.json")).expect("a link");
        std::os::unix::fs::symlink("below/body.json", plans.join("in.json")).expect("a link");
        let files = NamedFiles::of(&plans, &[]);
        assert!(matches!(files.find("out.json"), Err(NotFound::Outside)));
        assert!(files.find("in.json").is_ok());
    }

    #[test]
    fn an_allowed_folder_adds_to_it_and_tells_whether_it_was_of_use() {
        let root = folders();
        let plans = root.path().join("plans");
        let files = NamedFiles::of(&plans.join("below"), &[root.path().into(), plans.clone()]);
        assert_eq!(files.unused().count(), 2);
        assert!(files.find("../../secret").is_ok());
        assert_eq!(files.unused().collect::<Vec<_>>(), [plans.as_path()]);
        let of_body = files.of_found(&plans.join("body.json"));
        assert!(of_body.is_reached() && of_body.find("../secret").is_ok());
    }
}
