//! Writing files that a user named.

use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::exit::Failure;

/// Writes a file as a whole: whoever reads it finds the old one or the new one.
pub(super) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    whole(path, true, |out| out.write_all(text.as_bytes()))
}

/// Writes a file that is not there yet: one that someone has edited is not replaced.
pub(super) fn save_new(path: &Path, text: &str) -> Result<(), Failure> {
    write_new(path, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            let help = "name a file that does not, or remove this one";
            Failure::usage(format!("{} exists already", path.display()), help)
        }
        _ => not_written(path, &error),
    })
}

/// Writes a file under a temporary name, and gives it its own once it is whole; over one that is there only if `replace`.
pub(super) fn whole(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Failure> {
    persisted(path, replace, write).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(
            format!("{} exists already", path.display()),
            "name another file, or give --force to replace it",
        ),
        _ => not_written(path, &error),
    })
}

fn persisted(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    if !replace && path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let file = temporary_in(path.parent().unwrap_or(Path::new("")))?;
    // Written to the file itself: the errors of its wrapper name the temporary file, which nobody asked for.
    let mut out = BufWriter::new(file.as_file());
    let written = write(&mut out).and_then(|()| out.flush());
    let _ = out.into_parts();
    written?;
    match replace {
        true => file.persist(path)?,
        false => file.persist_noclobber(path)?,
    };
    Ok(())
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

/// Writes a new file as a whole, and never over one that is there.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    persisted(path, false, |out| out.write_all(text.as_bytes()))
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
