//! A file that a budget file names → its bytes, within a bound.

use std::path::Path;

use crate::input_limits::InputLimit;

/// The bytes of a file, of which there are no more than that; else why it cannot be read.
pub(super) fn bytes_of(path: &Path, most: &InputLimit) -> Result<Vec<u8>, String> {
    let found = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if found.len() > most.most {
        return Err(most.to_string());
    }
    if !found.is_file() {
        return Err("it is not a file".to_owned());
    }
    std::fs::read(path).map_err(|error| error.to_string())
}
