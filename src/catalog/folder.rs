//! What a folder of tables is: a whole catalogue, or tables of one's own beside the shipped ones.

use std::path::Path;

use super::Catalog;
use super::entry::{TablePath, owner_path};
use super::files::{Origin, TableFile, read_folder};
use super::owner::OwnerKind;
use crate::problem::Problem;

/// The file at the root of a whole catalogue.
const PUBLISHED: &str = "published.yaml";

impl Catalog {
    /// The catalogue of a folder: alone if it is a whole one, else beside the shipped tables.
    ///
    /// # Errors
    /// The problems of all its files.
    pub fn of_folder(folder: &Path) -> Result<Catalog, Vec<Problem>> {
        Catalog::of_files(read_folder(folder)?)
    }

    /// The catalogue that the files of a folder make, by the rule of [`Catalog::of_folder`].
    ///
    /// # Errors
    /// The problems of all files.
    pub fn of_files(mut files: Vec<TableFile>) -> Result<Catalog, Vec<Problem>> {
        let whole = is_whole(&files);
        files.retain(|file| file.path != PUBLISHED);
        if !whole {
            return Catalog::shipped().with_files(files);
        }
        // A whole catalogue is for everyone, as the shipped one is.
        files.iter_mut().for_each(|file| file.origin = Origin::Shipped);
        Catalog::from_files(files)
    }

    /// Whether an owner of this kind has a file.
    pub fn has_owner(&self, kind: OwnerKind, id: &str) -> bool {
        self.contains(&owner_path(kind, id))
    }
}

/// A whole catalogue says so, or holds models and the official owner that an own folder cannot hold.
fn is_whole(files: &[TableFile]) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| files.iter().any(|file| test(&file.path));
    any(&|path| path == PUBLISHED)
        || any(&|path| matches!(TablePath::of(path), Some(TablePath::Model(_))))
            && any(&|path| path == "official/openai/owner.yaml")
}
