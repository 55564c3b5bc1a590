//! What the parts of a budget file are read against.

use super::amounts::Rate;
use crate::budget::month::Month;
use crate::catalog::Catalog;
use crate::request::NamedFiles;

/// What workloads, seats and other costs are read against.
pub(super) struct Frame<'a> {
    /// Where the files that it names may lie.
    pub files: &'a NamedFiles,
    /// The price tables, which know what of a body bills nothing.
    pub catalog: &'a Catalog,
    /// The first and the last month of the budget, if both could be read.
    pub months: Option<[Month; 2]>,
    /// US dollars for one unit of the file's currency.
    pub rate: Rate,
}
