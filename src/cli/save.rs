//! Writing files that a user named.

use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::exit::Failure;

/// Writes a file as a whole: whoever reads it finds the old one or the new one.
pub(super) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    write(path, text).map_err(|error| not_written(path, &error))
}

/// Writes a file that is not there yet: one that someone has edited is not replaced.
pub(super) fn save_new(path: &Path, text: &str) -> Result<(), Failure> {
    write_new(path, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(
            format!("{} exists already", path.display()),
            "name a file that does not, or remove this one",
        ),
        _ => not_written(path, &error),
    })
}

fn not_written(path: &Path, error: &Error) -> Failure {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let what =
            format!("{} is not written: there is no folder {}", path.display(), folder.display());
        return Failure::usage(what, "make the folder first, or name another one");
    }
    Failure::Write(Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let mut file = temporary_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

/// Writes a new file as a whole, and never over one that is there.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let mut file = temporary_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// A file without a name of its own yet, in the folder that it is meant for.
fn temporary_in(folder: &Path) -> Result<NamedTempFile, Error> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut builder = tempfile::Builder::new();
    // What is written is for everyone who may read the folder; a temporary file is for its owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".imgcost-").tempfile_in(folder)
}
