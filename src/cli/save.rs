//! Writing files that a user named.

use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::exit::Failure;

/// Writes a file as a whole: whoever reads it finds the old one or the new one.
pub(super) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    whole(path, true, |out| out.write_all(text.as_bytes()))
}

/// Writes a file as a whole at a path below a folder, with the folders that lead to it.
pub(super) fn save_below(folder: &Path, path: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(path);
    let parent = path.parent().unwrap_or(folder);
    create_dir_all(parent).map_err(|error| not_written(parent, &error))?;
    save(&path, text)
}

/// Writes a file that is not there yet: one that someone has edited is not replaced.
pub(super) fn save_new(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    copy_new(path, |out| out.write_all(content.as_ref()))
}

/// The same of what is written as it comes.
pub(super) fn copy_new(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Failure> {
    persisted(path, false, write).map_err(|error| match error.kind() {
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
    // A device or pipe takes what is written and is replaced by nothing: /dev/null would be a file from then on.
    if path.metadata().is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return written(&File::options().write(true).open(path)?, write);
    }
    if !replace && path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let file = temporary_in(path.parent().unwrap_or(Path::new("")))?;
    // Written to the file itself: the errors of its wrapper name the temporary file, which nobody asked for.
    written(file.as_file(), write)?;
    match replace {
        true => file.persist(path)?,
        false => file.persist_noclobber(path)?,
    };
    Ok(())
}

fn written(
    file: &File,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut out = BufWriter::new(file);
    let written = write(&mut out).and_then(|()| out.flush());
    let _ = out.into_parts();
    written
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
pub(super) fn write_new(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Error> {
    persisted(path, false, |out| out.write_all(content.as_ref()))
}

/// Waits until no other run of imgcost adds to a file, and keeps others waiting until what is returned is dropped; whether
/// the file is new. The folder is what is held: the file itself is replaced while it is written.
pub(super) fn held(path: &Path) -> (Option<File>, bool) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    // Where a folder cannot be held, as on Windows or some network file systems, two runs may overtake each other: the
    // file is still replaced as a whole.
    let held = File::open(folder.unwrap_or(Path::new("."))).ok();
    let held = held.filter(|folder| folder.lock().is_ok());
    let is_new = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    (held, is_new)
}

/// A file without a name of its own yet, in the folder that it is meant for.
fn temporary_in(folder: &Path) -> Result<NamedTempFile, Error> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut builder = tempfile::Builder::new();
    // What is written is for everyone who may read the folder; a temporary file is for its owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let made = builder.prefix(".imgcost-").tempfile_in(folder);
    // Its name, which the error has, nobody asked for.
    made.map_err(|error| error.kind().into())
}
