//! The files of a catalogue: the shipped ones in the binary, and those of the user's own folders.

use std::path::Path;

use rust_embed::RustEmbed;

use super::read_archive::read_archive;
use crate::errors::Errors;
use crate::problem::Problem;

pub use super::read_folder::{read_any, read_folder};
pub use super::table_file::{Origin, TableFile};

#[derive(RustEmbed)]
#[folder = "pricing"]
struct Shipped;

/// The tables of a folder, or of an archive with a whole catalogue.
///
/// # Errors
/// As [`read_folder`]; of an archive the first thing that makes it none of a catalogue.
pub fn read_tables(path: &Path) -> Result<Vec<TableFile>, Errors<Problem>> {
    if path.is_file() { read_archive(path) } else { read_folder(path) }
}

/// The shipped files, by their path. They are read from the binary only when asked for.
pub(super) fn shipped_paths() -> impl Iterator<Item = String> {
    Shipped::iter().filter(|path| path.ends_with(".yaml")).map(|path| path.into_owned())
}

/// One shipped file.
pub(super) fn shipped(path: &str) -> Option<TableFile> {
    let file = Shipped::get(path)?;
    let text = std::str::from_utf8(&file.data).ok()?;
    Some(TableFile {
        path: path.to_owned(),
        shown: format!("pricing/{path}"),
        text: text.into(),
        origin: Origin::Shipped,
    })
}

/// The digest of a shipped file, computed when the program was built.
pub(super) fn shipped_digest(path: &str) -> Option<[u8; 32]> {
    Shipped::get(path).map(|file| file.metadata.sha256_hash())
}
