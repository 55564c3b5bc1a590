//! Logs, opened: files, standard input, and what is packed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::cli::bodies::no_files_in;
use crate::cli::{input, opened};
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};

/// How many bytes are read from the disk at once.
const AT_ONCE: usize = 1 << 16;
/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// What UTF-8 text may begin with.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A log that can be read.
pub(super) struct OpenedLog {
    /// Its name for messages.
    pub name: String,
    /// How many bytes the file has; `None` of a pipe.
    pub length: Option<u64>,
    /// Its bytes, unpacked.
    pub bytes: Box<dyn Read + Send>,
    /// What it begins with, which is not taken off the bytes.
    pub start: Vec<u8>,
}

/// Opens a log; `-` is standard input.
pub(super) fn open(path: &str) -> Result<OpenedLog, Errors<Problem>> {
    if Path::new(path).is_dir() {
        return Err(no_files_in(path));
    }
    let name = if path == "-" { "standard input" } else { path };
    if path == "-" {
        input::standard_input()?;
    }
    opened(path, name).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        let place = Place::file(name);
        let help = "check the path; `-` reads standard input".into();
        vec![Problem { code: ProblemCode::Unreadable, message, place, help }].into()
    })
}

fn opened(path: &str, name: &str) -> io::Result<OpenedLog> {
    let (raw, length): (Box<dyn Read + Send>, _) = match path {
        "-" => (Box::new(io::stdin()), None),
        path => {
            let metadata = std::fs::metadata(Path::new(path))?;
            let file: File = opened::open(path, &metadata)?;
            match metadata.is_file() {
                // What a program adds while the file is read is of the next run.
                true => (Box::new(file.take(metadata.len())), Some(metadata.len())),
                false => (Box::new(file), None),
            }
        }
    };
    let mut raw = BufReader::with_capacity(AT_ONCE, raw);
    let is_packed = raw.fill_buf()?.starts_with(&GZIP);
    let bytes: Box<dyn Read + Send> = match is_packed {
        true => Box::new(MultiGzDecoder::new(raw)),
        false => Box::new(raw),
    };
    let (start, bytes) = begun(bytes)?;
    Ok(OpenedLog { name: name.to_owned(), length, bytes, start })
}

/// What it begins with, and all of it without a byte order mark.
fn begun(mut bytes: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut start = Vec::new();
    bytes.by_ref().take(AT_ONCE as u64).read_to_end(&mut start)?;
    if start.starts_with(BYTE_ORDER_MARK) {
        start.drain(..BYTE_ORDER_MARK.len());
    }
    let whole = Cursor::new(start.clone()).chain(bytes);
    Ok((start, Box::new(whole)))
}
