//! Opening a file that may be a pipe with a name: nobody waits for a writer that does not come.

use std::fs::{File, Metadata};
use std::io::{Error, ErrorKind, Result};
use std::sync::mpsc;
use std::time::Duration;

/// How long the writer of a pipe may take to begin: what starts beside this program has begun by then.
const WAIT: Duration = Duration::from_secs(5);

/// Opens a file for reading.
///
/// # Errors
/// What the system says; of a named pipe also that nobody writes to it.
pub(super) fn open(path: &str, metadata: &Metadata) -> Result<File> {
    match is_pipe(metadata) {
        true => open_in_time(path),
        false => File::open(path),
    }
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

/// To open a pipe is to wait for its writer; a thread waits, and is left behind when the program ends.
fn open_in_time(path: &str) -> Result<File> {
    let (sender, opened) = mpsc::channel();
    let named = path.to_owned();
    std::thread::Builder::new().spawn(move || sender.send(File::open(named)))?;
    let nobody = || Error::new(ErrorKind::TimedOut, "nobody writes to this pipe");
    opened.recv_timeout(WAIT).unwrap_or_else(|_| Err(nobody()))
}
