//! The catalogue: models, owners and routes, read from dated and sourced YAML tables.
//!
//! ```text
//! files (shipped, own folder) ─ yaml ─► raw shapes ─ read_model/owner/route/… ─► Model, Owner, Route
//! catalog.yaml ─ stamp ─► a whole catalogue, from a folder or an archive, in place of the shipped one (pricing)
//! own folder/amendments ─► terms in writing, and routes beside the list (`@ours`, `@correction`)
//! Catalog::known_on(day) ─ view ─► the same catalogue without what was not known by then (known)
//! Catalog::model, Catalog::route ─ dated::in_force(day) ─► rules, price version
//! raw shapes ─ schema ─► JSON Schemas, for editors
//! ```
//!
//! A shipped file is parsed only when something asks for it; the user's own files are all parsed and
//! checked when they are added. The catalogue knows no clock: the day is always an argument.

mod across;
pub mod amendment;
pub mod at_most;
pub mod batch_files;
pub mod broken_rule;
mod canonical;
pub(crate) mod check;
pub mod conditions;
pub mod dated;
mod entry;
pub mod evidence;
pub mod figures;
pub mod files;
mod folder;
pub mod funding;
pub mod guidance;
pub mod image_tool;
pub mod known;
pub mod life_cycle;
pub mod locator;
mod lookup;
mod once;
pub mod model;
pub mod model_rules;
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
mod read_locators;
mod read_model;
mod read_output_tokens;
mod read_owner;
mod read_period;
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
pub mod statements;
mod table_file;
pub mod terms;
mod view;
pub(crate) mod word;
pub(crate) mod words;
pub mod write_archive;
pub(crate) mod yaml;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub(crate) use check::parse_date;

use crate::errors::Errors;
use crate::problem::Problem;
use entry::{Entry, Parsed};
use files::TableFile;
use free_keys::FreeKeys;
use guidance::GuidanceTable;
use model::Model;
use once::Once;
use owner::{Owner, OwnerKind};
use price::Contract;
use route::Route;
use route_index::RouteIndex;
use view::View;

pub use lookup::LookupError;

/// All models, owners and routes.
pub struct Catalog {
    tables: Arc<Tables>,
    /// What of them was known by a day; `None` where it is all that they hold.
    view: Option<View>,
    names: Names,
}

/// What names that are no file's led to.
#[derive(Default)]
struct Names {
    models: Once<Result<Arc<Model>, LookupError>>,
    routes: Once<Arc<[Arc<Route>]>>,
}

/// The files of a catalogue, parsed once for all that look at them.
#[derive(Clone)]
struct Tables {
    entries: BTreeMap<String, Entry>,
    published: Vec<TableFile>,
    /// Listed when a route is first asked for by less than its whole id.
    routes: OnceLock<RouteIndex>,
    digest: OnceLock<String>,
}

impl Catalog {
    /// The catalogue that is compiled into the program.
    pub fn shipped() -> Catalog {
        let entry = |path| (path, Entry::shipped());
        let paths = files::shipped_paths().filter(|path| !entry::is_pins(path));
        Catalog::of(paths.map(entry).collect())
    }

    /// A catalogue of these files alone, all of them checked.
    ///
    /// # Errors
    /// The problems of all files.
    pub fn from_files(files: Vec<TableFile>) -> Result<Catalog, Errors<Problem>> {
        let mut files = files;
        stamp::take(&mut files);
        let published = folder::take_published(&mut files);
        Catalog::empty().pinned_by(published).with_files(files)
    }

    fn empty() -> Catalog {
        Catalog::of(BTreeMap::new())
    }

    fn of(entries: BTreeMap<String, Entry>) -> Catalog {
        let (routes, digest) = (OnceLock::new(), OnceLock::new());
        let tables = Tables { entries, published: Vec::new(), routes, digest };
        Catalog { tables: Arc::new(tables), view: None, names: Names::default() }
    }

    /// The same with the pins of what has been published.
    fn pinned_by(mut self, published: Vec<TableFile>) -> Catalog {
        self.tables_mut().published = published;
        self
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
        if !self.contains(entry::GUIDANCE) {
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
        if !self.contains(entry::FREE_KEYS) {
            return Ok(Arc::default());
        }
        match self.parsed(entry::FREE_KEYS)? {
            Parsed::FreeKeys(list) => Ok(list),
            _ => Ok(Arc::default()),
        }
    }

    /// A digest of all files, the same for the same content in whatever order it was added.
    pub fn digest(&self) -> &str {
        self.tables.digest.get_or_init(|| self.compute_digest())
    }

    fn compute_digest(&self) -> String {
        let mut digest = Sha256::new();
        for (path, entry) in &self.tables.entries {
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
        self.tables.entries.keys().map(String::as_str)
    }

    /// The files that pin what has been published, if this is a whole catalogue with some.
    fn published_files(&self) -> Vec<TableFile> {
        if self.tables.published.is_empty() && self.tables.entries.values().any(Entry::is_shipped) {
            let paths = files::shipped_paths().filter(|path| entry::is_pins(path));
            return paths.filter_map(|path| files::shipped(&path)).collect();
        }
        self.tables.published.clone()
    }

    /// Every file of its tables, in the order of their paths.
    pub(crate) fn table_files(&self) -> impl Iterator<Item = TableFile> + '_ {
        self.paths().filter_map(|path| self.table_file(path))
    }

    /// The file that stands at a path, if one does.
    pub(crate) fn table_file(&self, path: &str) -> Option<TableFile> {
        match &self.tables.entries.get(path)?.source {
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
        let entries = || self.tables.entries.values();
        entries().any(Entry::is_of_catalogue) && entries().any(Entry::is_users_own)
    }

    /// How many files it holds; with tables of the user's own, how many of those.
    pub fn file_count(&self) -> usize {
        match self.has_own_beside_shipped() {
            true => self.tables.entries.values().filter(|entry| entry.is_users_own()).count(),
            false => self.tables.entries.len(),
        }
    }

    /// The tables, to be changed. Nothing that was listed or summed up before holds any longer.
    fn tables_mut(&mut self) -> &mut Tables {
        let tables = Arc::make_mut(&mut self.tables);
        tables.routes = OnceLock::new();
        tables.digest = OnceLock::new();
        self.names = Names::default();
        tables
    }

    fn insert(&mut self, path: String, source: entry::Source) {
        self.tables_mut().entries.insert(path, Entry::from(source));
    }

    fn contains(&self, path: &str) -> bool {
        self.tables.entries.contains_key(path)
    }
}

fn names_of(model: &Model) -> impl Iterator<Item = &str> {
    std::iter::once(model.id.as_str()).chain(model.aliases.iter().map(String::as_str))
}
