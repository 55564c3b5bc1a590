//! The catalogue: models, owners and routes, read from dated and sourced YAML tables.
//!
//! ```text
//! files (shipped, own folder) ─ yaml ─► raw shapes ─ read_model/owner/route/… ─► Model, Owner, Route
//! catalog.yaml ─ stamp ─► a whole catalogue, from a folder or an archive, in place of the shipped one (pricing)
//! own folder/amendments ─► terms in writing, and routes beside the list (`@ours`, `@correction`)
//! Catalog::model, Catalog::route ─ dated::in_force(day) ─► rules, price version
//! raw shapes ─ schema ─► JSON Schemas, for editors
//! ```
//!
//! A shipped file is parsed only when something asks for it; the user's own files are all parsed and
//! checked when they are added. The catalogue knows no clock: the day is always an argument.

mod across;
pub mod amendment;
pub mod batch_files;
pub mod broken_rule;
mod canonical;
pub(crate) mod check;
pub mod dated;
mod entry;
pub mod evidence;
pub mod figures;
pub mod files;
mod folder;
pub mod funding;
pub mod guidance;
pub mod image_tool;
pub mod model;
pub mod no_basis;
mod own_files;
pub mod owner;
pub mod position;
mod parse;
pub mod price;
pub mod published;
pub mod rate_limits;
pub(crate) mod raw;
mod pricing;
mod read_archive;
mod read_basis;
mod read_folder;
mod read_funding;
mod read_image_tool;
mod read_model;
mod read_output_tokens;
mod read_owner;
mod read_route;
mod read_terms;
mod read_version;
pub mod readiness;
pub mod refused;
pub mod free_keys;
pub mod route;
mod route_index;
pub mod schema;
pub mod sizes;
pub mod stamp;
mod statements;
mod table_file;
pub mod terms;
pub(crate) mod word;
pub(crate) mod words;
pub(crate) mod yaml;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub(crate) use check::parse_date;

use crate::errors::Errors;
use crate::near::{is_slip, meant};
use crate::problem::Problem;
use entry::{Entry, Parsed, TablePath};
use files::TableFile;
use free_keys::FreeKeys;
use guidance::GuidanceTable;
use model::Model;
use owner::{Owner, OwnerKind};
use price::Contract;
use route::{Route, RouteId};
use route_index::RouteIndex;

/// All models, owners and routes.
pub struct Catalog {
    entries: BTreeMap<String, Entry>,
    published: Vec<TableFile>,
    /// Listed when a route is first asked for by less than its whole id.
    routes: OnceLock<RouteIndex>,
    digest: OnceLock<String>,
}

/// Why a name does not lead to one table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LookupError {
    /// Nothing has this name; these names are near.
    #[error("there is no such name; near: {}", if near.is_empty() { "none".to_owned() } else { near.join(", ") })]
    NotFound {
        /// Names that are spelled alike.
        near: Vec<String>,
    },
    /// Several things end with this name.
    #[error("several names end so: {}", candidates.join(", "))]
    Ambiguous {
        /// Their full names.
        candidates: Vec<String>,
    },
    /// The table is there but wrong.
    #[error("{0}")]
    Broken(Errors<Problem>),
}

impl Catalog {
    /// The catalogue that is compiled into the program.
    pub fn shipped() -> Catalog {
        let entry = |path| (path, Entry::shipped());
        let paths = files::shipped_paths().filter(|path| !entry::is_pins(path));
        Catalog { entries: paths.map(entry).collect(), ..Catalog::empty() }
    }

    /// A catalogue of these files alone, all of them checked.
    ///
    /// # Errors
    /// The problems of all files.
    pub fn from_files(files: Vec<TableFile>) -> Result<Catalog, Errors<Problem>> {
        let mut files = files;
        stamp::take(&mut files);
        let published = folder::take_published(&mut files);
        Catalog { published, ..Catalog::empty() }.with_files(files)
    }

    fn empty() -> Catalog {
        Catalog {
            entries: BTreeMap::new(),
            published: Vec::new(),
            routes: OnceLock::new(),
            digest: OnceLock::new(),
        }
    }

    /// The model of this id or alias, in whatever case. Names are compared whole: `gpt-5.4-image-2` is not `gpt-image-2`.
    ///
    /// # Errors
    /// [`LookupError`]: no such name, or a table that is wrong.
    pub fn model(&self, name: &str) -> Result<Arc<Model>, LookupError> {
        let path = entry::model_path(name);
        if self.entries.contains_key(&path) {
            return self.model_at(&path);
        }
        let models = self.models()?;
        let is_called =
            |model: &&Arc<Model>| names_of(model).any(|it| it.eq_ignore_ascii_case(name));
        if let Some(model) = models.iter().find(is_called) {
            return Ok(model.clone());
        }
        let ids = models.iter().map(|model| model.id.as_str());
        let names = || models.iter().flat_map(|model| names_of(model));
        // A text model is meant where its name is misspelled by a letter or two, not where it is only alike.
        let makes_images = models.iter().filter(|model| !model.rules.is_empty());
        let of_images = makes_images.flat_map(|model| names_of(model)).collect::<Vec<_>>();
        let near = match names().any(|it| is_slip(name, it)) {
            true => meant(name, ids, names()),
            false => meant(name, ids, of_images.into_iter()),
        };
        Err(LookupError::NotFound { near: near.into_iter().map(str::to_owned).collect() })
    }

    /// Every model, by id.
    ///
    /// # Errors
    /// The problems of the first model file that is wrong.
    pub fn models(&self) -> Result<Vec<Arc<Model>>, LookupError> {
        self.paths()
            .filter(|path| matches!(TablePath::of(path), Some(TablePath::Model(_))))
            .map(|path| self.model_at(path))
            .collect()
    }

    /// The route of this id; a unique ending of whole path parts is enough (`openai/gpt-image-2`).
    ///
    /// # Errors
    /// [`LookupError`]: no such route, several of them, or a table that is wrong.
    pub fn route(&self, name: &str) -> Result<Arc<Route>, LookupError> {
        let wanted = name.trim_matches('/');
        let path = format!("{wanted}.yaml");
        if self.contains(&path) && matches!(TablePath::of(&path), Some(TablePath::Route(_))) {
            return self.route_at(&path);
        }
        let id = self.route_index().ending_with(wanted)?;
        self.route_at(&format!("{id}.yaml"))
    }

    /// Up to three routes that may be meant by a name that no route has: of an owner that is named, those of the model
    /// first, and then those that most owners have.
    pub fn routes_like(&self, name: &str, model: Option<&str>) -> Vec<String> {
        self.route_index().near(name.trim_matches('/'), model)
    }

    /// The ids of all routes, in order.
    pub fn route_ids(&self) -> &[RouteId] {
        self.route_index().ids()
    }

    fn route_index(&self) -> &RouteIndex {
        self.routes.get_or_init(|| RouteIndex::of(self.paths()))
    }

    /// An owner in what it is to its models.
    ///
    /// # Errors
    /// [`LookupError`]: no such owner, or a table that is wrong.
    pub fn owner(&self, kind: OwnerKind, id: &str) -> Result<Arc<Owner>, LookupError> {
        match self.parsed(&entry::owner_path(kind, id)).map_err(LookupError::Broken)? {
            Parsed::Owner(owner) => Ok(owner),
            _ => Err(LookupError::NotFound { near: Vec::new() }),
        }
    }

    /// For whom which kind of offer is; `None` in a catalogue without such a table.
    ///
    /// # Errors
    /// The problems of the table.
    pub fn guidance(&self) -> Result<Option<Arc<GuidanceTable>>, Errors<Problem>> {
        if !self.entries.contains_key(entry::GUIDANCE) {
            return Ok(None);
        }
        match self.parsed(entry::GUIDANCE)? {
            Parsed::Guidance(table) => Ok(Some(table)),
            _ => Ok(None),
        }
    }

    /// What of API requests and replies bills nothing; nothing in a catalogue without such a list.
    ///
    /// # Errors
    /// The problems of the list.
    pub fn free_keys(&self) -> Result<Arc<FreeKeys>, Errors<Problem>> {
        if !self.entries.contains_key(entry::FREE_KEYS) {
            return Ok(Arc::default());
        }
        match self.parsed(entry::FREE_KEYS)? {
            Parsed::FreeKeys(list) => Ok(list),
            _ => Ok(Arc::default()),
        }
    }

    /// A digest of all files, the same for the same content in whatever order it was added.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| self.compute_digest())
    }

    fn compute_digest(&self) -> String {
        let mut digest = Sha256::new();
        for (path, entry) in &self.entries {
            let Some(content) = entry.content_digest(path) else { continue };
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(content);
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Parses every file, for checks over the whole catalogue.
    ///
    /// # Errors
    /// The problems of all files.
    pub fn check_all(&self) -> Result<(), Errors<Problem>> {
        let mut problems: Vec<Problem> =
            self.paths().filter_map(|path| self.parsed(path).err()).flatten().collect();
        problems.extend(self.alias_problems(&problems));
        if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The files that pin what has been published, if this is a whole catalogue with some.
    fn published_files(&self) -> Vec<TableFile> {
        if self.published.is_empty() && self.entries.values().any(Entry::is_shipped) {
            let paths = files::shipped_paths().filter(|path| entry::is_pins(path));
            return paths.filter_map(|path| files::shipped(&path)).collect();
        }
        self.published.clone()
    }

    /// The file that stands at a path, if one does.
    pub(crate) fn table_file(&self, path: &str) -> Option<TableFile> {
        match &self.entries.get(path)?.source {
            entry::Source::Shipped => files::shipped(path),
            entry::Source::Own(file) => Some(file.clone()),
            entry::Source::Amendment { .. } => None,
        }
    }

    /// The file in which the prices of a route stand.
    pub fn file_of(&self, route: &Route) -> Option<TableFile> {
        let path = match route.contract {
            Contract::List => entry::route_path(&route.id),
            _ => entry::amendment_path(&entry::route_path(&route.id.list())),
        };
        self.table_file(&path)
    }

    /// Whether tables of the user's own stand beside the shipped ones.
    pub fn has_own_beside_shipped(&self) -> bool {
        let entries = || self.entries.values();
        entries().any(Entry::is_of_catalogue) && entries().any(Entry::is_users_own)
    }

    /// How many files it holds; with tables of the user's own, how many of those.
    pub fn file_count(&self) -> usize {
        match self.has_own_beside_shipped() {
            true => self.entries.values().filter(|entry| entry.is_users_own()).count(),
            false => self.entries.len(),
        }
    }

    /// Puts a table at its path. Nothing that was listed or summed up before holds any longer.
    fn insert(&mut self, path: String, source: entry::Source) {
        self.routes = OnceLock::new();
        self.digest = OnceLock::new();
        self.entries.insert(path, Entry::from(source));
    }

    fn contains(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    fn model_at(&self, path: &str) -> Result<Arc<Model>, LookupError> {
        match self.parsed(path).map_err(LookupError::Broken)? {
            Parsed::Model(model) => Ok(model),
            _ => Err(LookupError::NotFound { near: Vec::new() }),
        }
    }

    fn route_at(&self, path: &str) -> Result<Arc<Route>, LookupError> {
        match self.parsed(path).map_err(LookupError::Broken)? {
            Parsed::Route(route) => Ok(route),
            _ => Err(LookupError::NotFound { near: Vec::new() }),
        }
    }
}

fn names_of(model: &Model) -> impl Iterator<Item = &str> {
    std::iter::once(model.id.as_str()).chain(model.aliases.iter().map(String::as_str))
}
