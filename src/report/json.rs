//! JSON for programs.

use std::io::{self, Write};

use serde::Serialize;

/// Writes an object, a key a line.
pub(super) fn write(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, object)?;
    out.write_all(b"\n")
}
