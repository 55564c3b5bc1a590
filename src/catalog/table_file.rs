//! A file of a catalogue: where it came from and what it says.

use std::sync::Arc;

/// A table file: where it came from and what it says.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// Its path in the catalogue, with `/` on every system, such as `models/gpt-image-2.yaml`.
    pub path: String,
    /// Its name for messages: the path as the user can open it.
    pub shown: String,
    /// Its text.
    pub text: Arc<str>,
    /// Who keeps it.
    pub origin: Origin,
}

/// Who keeps a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It came with the program.
    Shipped,
    /// It stands in the user's own folder.
    Own,
}
