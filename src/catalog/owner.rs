//! Owners of prices: the parties whose contracts set them.

use std::sync::Arc;

use super::at_most::AtMostStandard;
use super::batch_files::BatchFiles;
use super::funding::Funding;
use super::locator::Located;
use super::terms::Terms;

/// What an owner is to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// Makes the model.
    Official,
    /// Resells or hosts another's model.
    Provider,
    /// Sells a finished product around a model.
    Wrapper,
}

impl OwnerKind {
    /// Every kind, in the order in which comparisons show them.
    pub const ALL: [OwnerKind; 3] = [OwnerKind::Official, OwnerKind::Provider, OwnerKind::Wrapper];

    /// The word in ids, folders and output.
    pub fn as_str(self) -> &'static str {
        match self {
            OwnerKind::Official => "official",
            OwnerKind::Provider => "provider",
            OwnerKind::Wrapper => "wrapper",
        }
    }
}

/// The party whose contract sets a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The id, which is the name of its folder.
    pub id: String,
    /// What it is to the models of the tables in its folder.
    pub kind: OwnerKind,
    /// The name for people.
    pub name: String,
    /// Other names that gateways and SDKs put before a model, such as `azure`.
    pub also_called: Vec<String>,
    /// Where its API is reached; `None` if not stated.
    pub base_url: Option<String>,
    /// Where its prices are read.
    pub price_page: Located,
    /// The terms common to its routes.
    pub terms: Terms,
    /// How the unit of its prices is bought, where that holds for all its routes.
    pub funding: Option<Funding>,
    /// What its Batch API takes as one file, by date; empty where it is not stated.
    pub batch_files: Vec<BatchFiles>,
    /// Kinds of processing that cost no more than standard processing, by its own word.
    pub at_most_standard: Arc<[AtMostStandard]>,
}

impl Owner {
    /// Whether this is a name of the owner, in any case: its id or another one that is entered.
    pub fn is_called(&self, name: &str) -> bool {
        let names = std::iter::once(&self.id).chain(&self.also_called);
        names.into_iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}
