//! A whole catalogue as a .tar.gz: the same bytes for the same tables, on every machine and on every day.

use std::io;

use flate2::{Compression, GzBuilder};
use tar::{Builder, Header};

use super::entry::Entry;
use super::table_file::TableFile;
use super::{Catalog, stamp};

/// Why a catalogue cannot be an archive.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotArchived {
    /// Tables of the user's own stand beside it: an archive holds one whole catalogue.
    #[error("tables of the user's own stand beside the catalogue")]
    OwnTables,
    /// It cannot be written.
    #[error("{0}")]
    Unwritable(#[from] io::Error),
}

/// The catalogue with its pins and its stamp, packed: files in the order of their paths, without owners and times. The
/// day of the stamp is that of the newest pins, so that it does not depend on when it was packed.
///
/// # Errors
/// [`NotArchived`]
pub fn archive(catalog: &Catalog) -> Result<Vec<u8>, NotArchived> {
    if !catalog.tables.entries.values().all(Entry::is_of_catalogue) {
        return Err(NotArchived::OwnTables);
    }
    let mut files: Vec<TableFile> = catalog.table_files().collect();
    files.extend(catalog.published_files());
    let mut texts: Vec<(String, String)> =
        files.into_iter().map(|file| (file.path, file.text.to_string())).collect();
    let day = catalog.pinned().unwrap_or_default();
    texts.push((stamp::FILE.to_owned(), stamp::text(day, catalog.digest())));
    texts.sort();
    let packer =
        GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut packed = Builder::new(packer);
    for (path, text) in texts {
        let mut header = Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        packed.append_data(&mut header, &path, text.as_bytes())?;
    }
    Ok(packed.into_inner()?.finish()?)
}
