//! What a folder of tables is: a whole catalogue, or tables of one's own beside the shipped ones.

use std::path::Path;

use super::entry::{TablePath, is_pins, owner_path};
use super::files::{Origin, TableFile, read_folder, read_tables};
use super::owner::OwnerKind;
use super::{Catalog, stamp};
use crate::errors::Errors;
use crate::problem::Problem;

impl Catalog {
    /// The catalogue of a folder or archive: alone if it is a whole one, else beside the shipped tables.
    ///
    /// # Errors
    /// The problems of all its files.
    pub fn of_folder(folder: &Path) -> Result<Catalog, Errors<Problem>> {
        Catalog::of_files(read_tables(folder)?)
    }

    /// The catalogue that the files of a folder make, by the rule of [`Catalog::of_folder`].
    ///
    /// # Errors
    /// The problems of all files.
    pub fn of_files(files: Vec<TableFile>) -> Result<Catalog, Errors<Problem>> {
        let (catalog, problems) = Catalog::as_far_as_right(files);
        if problems.is_empty() { Ok(catalog) } else { Err(problems.into()) }
    }

    /// The catalogue of files by the rule of [`Catalog::of_folder`], with the problems of those that
    /// are wrong, so that checks can go on with the others.
    pub fn as_far_as_right(mut files: Vec<TableFile>) -> (Catalog, Vec<Problem>) {
        if let Some(stamp) = stamp::take(&mut files) {
            return Catalog::stamped(files, &stamp);
        }
        let whole = is_whole(&files);
        let published = take_published(&mut files);
        if whole { Catalog::whole(files, published) } else { Catalog::shipped().adding(files) }
    }

    /// A whole catalogue with its stamp, held against it.
    pub(super) fn stamped(mut files: Vec<TableFile>, stamp: &TableFile) -> (Catalog, Vec<Problem>) {
        let published = take_published(&mut files);
        let (catalog, mut problems) = Catalog::whole(files, published);
        problems.extend(stamp::broken(stamp, catalog.digest()));
        (catalog, problems)
    }

    /// The catalogue of a folder by itself, whatever it holds.
    ///
    /// # Errors
    /// The problems of all its files.
    pub fn of_whole_folder(folder: &Path) -> Result<Catalog, Errors<Problem>> {
        let mut files = read_folder(folder)?;
        stamp::take(&mut files);
        let published = take_published(&mut files);
        let (catalog, problems) = Catalog::whole(files, published);
        if problems.is_empty() { Ok(catalog) } else { Err(problems.into()) }
    }

    fn whole(mut files: Vec<TableFile>, published: Vec<TableFile>) -> (Catalog, Vec<Problem>) {
        // A whole catalogue is for everyone, as the shipped one is.
        files.iter_mut().for_each(|file| file.origin = Origin::Shipped);
        let (catalog, problems) = Catalog::empty().adding(files);
        (catalog.pinned_by(published), problems)
    }

    /// Whether an owner of this kind has a file.
    pub fn has_owner(&self, kind: OwnerKind, id: &str) -> bool {
        self.contains(&owner_path(kind, id))
    }

    /// Whether an official owner came with the program, so that an own folder cannot add to its tables.
    pub fn is_shipped_official(&self, owner: &str) -> bool {
        self.is_among_shipped_official(&owner_path(OwnerKind::Official, owner))
    }
}

/// Takes the pins of a whole catalogue out of its files: they are no table.
pub(super) fn take_published(files: &mut Vec<TableFile>) -> Vec<TableFile> {
    files.extract_if(.., |file| is_pins(&file.path)).collect()
}

/// A whole catalogue says so, or holds models and the official owner that an own folder cannot hold.
pub(super) fn is_whole(files: &[TableFile]) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| files.iter().any(|file| test(&file.path));
    any(&is_pins)
        || any(&|path| matches!(TablePath::of(path), Some(TablePath::Model(_))))
            && any(&|path| path == "official/openai/owner.yaml")
}
