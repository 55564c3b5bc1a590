//! The places at which tables stand, and what stands there.

use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

use super::amendment::Amendment;
use super::files::{self, Origin, TableFile};
use super::free_keys::FreeKeys;
use super::guidance::GuidanceTable;
use super::model::Model;
use super::owner::{Owner, OwnerKind};
use super::price::Contract;
use super::route::{Route, RouteId};
use crate::errors::Errors;
use crate::problem::Problem;

/// The rules of whom which kind of offer is for.
pub(super) const GUIDANCE: &str = "guidance.yaml";
/// What of API requests and replies bills nothing.
pub(super) const FREE_KEYS: &str = "free_keys.yaml";
/// The folder of the digests of what a whole catalogue has published.
const PUBLISHED: &str = "published/";
const MODELS: &str = "models/";
const AMENDMENTS: &str = "amendments/";
const OWNER: &str = "owner";

/// A table, parsed when first asked for.
#[derive(Clone)]
pub(super) struct Entry {
    pub source: Source,
    pub parsed: OnceLock<Result<Parsed, Errors<Problem>>>,
}

/// Where a table comes from.
#[derive(Clone)]
pub(super) enum Source {
    /// The program.
    Shipped,
    /// A file of the user's own.
    Own(TableFile),
    /// The amendment of a route: the list that it stands beside, and the contract.
    Amendment { list: RouteId, contract: Contract },
}

/// What a table says.
#[derive(Clone)]
pub(super) enum Parsed {
    Model(Arc<Model>),
    Owner(Arc<Owner>),
    Route(Arc<Route>),
    Guidance(Arc<GuidanceTable>),
    FreeKeys(Arc<FreeKeys>),
    Amendment(Arc<Amendment>),
}

impl Entry {
    pub(super) fn shipped() -> Entry {
        Entry::from(Source::Shipped)
    }

    /// Whether it came with the program.
    pub(super) fn is_shipped(&self) -> bool {
        matches!(self.source, Source::Shipped)
    }

    /// Whether it is of the catalogue itself, shipped or in its place, and not of the user's own tables.
    pub(super) fn is_of_catalogue(&self) -> bool {
        self.is_shipped() || self.own().is_some_and(|file| file.origin == Origin::Shipped)
    }

    /// Whether it is a file of the user's own tables.
    pub(super) fn is_users_own(&self) -> bool {
        self.own().is_some_and(|file| file.origin == Origin::Own)
    }

    /// The file that stands here, if it is one that was read.
    pub(super) fn own(&self) -> Option<&TableFile> {
        match &self.source {
            Source::Own(file) => Some(file),
            _ => None,
        }
    }

    /// The digest of the file that stands here; none where no file does.
    pub(super) fn content_digest(&self, path: &str) -> Option<[u8; 32]> {
        match &self.source {
            Source::Shipped => files::shipped_digest(path),
            Source::Own(file) => Some(Sha256::digest(file.text.as_bytes()).into()),
            Source::Amendment { .. } => None,
        }
    }
}

impl From<Source> for Entry {
    fn from(source: Source) -> Entry {
        Entry { source, parsed: OnceLock::new() }
    }
}

/// What the path of a table says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TablePath {
    /// `guidance.yaml`.
    Guidance,
    /// `free_keys.yaml`.
    FreeKeys,
    /// `models/<id>.yaml`.
    Model(String),
    /// `<kind>/<owner>/owner.yaml`.
    Owner(OwnerKind, String),
    /// `<kind>/<owner>/<route>.yaml`.
    Route(RouteId),
    /// `amendments/` and the path of an owner's or a route's table.
    Amendment(Box<TablePath>),
}

impl TablePath {
    /// What may stand at a path; `None` if nothing may.
    pub(super) fn of(path: &str) -> Option<TablePath> {
        if path == GUIDANCE {
            return Some(TablePath::Guidance);
        }
        if path == FREE_KEYS {
            return Some(TablePath::FreeKeys);
        }
        if let Some(amended) = path.strip_prefix(AMENDMENTS) {
            return match TablePath::of(amended)? {
                target @ (TablePath::Owner(..) | TablePath::Route(_)) => {
                    Some(TablePath::Amendment(Box::new(target)))
                }
                _ => None,
            };
        }
        let stem = path.strip_suffix(".yaml")?;
        if let Some(id) = stem.strip_prefix(MODELS) {
            return (!id.is_empty() && !id.contains('/')).then(|| TablePath::Model(id.to_owned()));
        }
        let id = RouteId::from_path(stem)?;
        Some(if id.name == OWNER {
            TablePath::Owner(id.kind, id.owner)
        } else {
            TablePath::Route(id)
        })
    }
}

/// Whether a file pins what has been published.
pub(super) fn is_pins(path: &str) -> bool {
    path.starts_with(PUBLISHED)
}

/// The file that pins the statements of a table: one for each owner, one for all models. Whom a kind of offer is for is
/// advice and is not pinned; nor is an amendment, which is never part of a whole catalogue.
pub(super) fn pins_path(table: &TablePath) -> Option<String> {
    let (kind, owner) = match table {
        TablePath::Model(_) => return Some(format!("{PUBLISHED}models.yaml")),
        TablePath::FreeKeys => return Some(format!("{PUBLISHED}free_keys.yaml")),
        TablePath::Owner(kind, owner) => (*kind, owner),
        TablePath::Route(id) => (id.kind, &id.owner),
        TablePath::Guidance | TablePath::Amendment(_) => return None,
    };
    Some(format!("{PUBLISHED}{}/{owner}.yaml", kind.as_str()))
}

/// The path of a model's table.
pub(super) fn model_path(id: &str) -> String {
    format!("{MODELS}{id}.yaml")
}

/// The path of an owner's table.
pub(super) fn owner_path(kind: OwnerKind, id: &str) -> String {
    format!("{}/{id}/{OWNER}.yaml", kind.as_str())
}

/// The path of a route's table.
pub(super) fn route_path(id: &RouteId) -> String {
    format!("{id}.yaml")
}

/// The path of the amendment of a table.
pub(super) fn amendment_path(table: &str) -> String {
    format!("{AMENDMENTS}{table}")
}
