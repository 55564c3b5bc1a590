//! Writing files that a user named.

use std::io::{Error, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::exit::Failure;

/// Writes a file as a whole: whoever reads it finds the old one or the new one.
pub(super) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    let named = |error: Error| Error::new(error.kind(), format!("{}: {error}", path.display()));
    write(path, text).map_err(|error| Failure::Write(named(error)))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let mut file = temporary_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

/// A file without a name of its own yet, in the folder that it is meant for.
pub(super) fn temporary_in(folder: &Path) -> Result<NamedTempFile, Error> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut builder = tempfile::Builder::new();
    // What is written is for everyone who may read the folder; a temporary file is for its owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".imgcost-").tempfile_in(folder)
}
