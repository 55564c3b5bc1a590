//! The catalogue: models, owners and routes, read from dated and sourced YAML tables.
//!
//! ```text
//! files (shipped, own folder) ─ yaml ─► raw shapes ─ read_model/owner/route ─► Model, Owner, Route
//! Catalog::model, Catalog::route ─ dated::in_force(day) ─► rules, price version
//! ```
//!
//! A shipped file is parsed only when something asks for it; the user's own files are all parsed and
//! checked when they are added. The catalogue knows no clock: the day is always an argument.

mod check;
pub mod dated;
pub mod evidence;
pub mod files;
pub mod funding;
pub mod model;
pub mod owner;
pub mod price;
mod raw;
mod read_funding;
mod read_model;
mod read_owner;
mod read_route;
mod read_version;
pub mod readiness;
pub mod route;
pub mod sizes;
mod yaml;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub(crate) use check::parse_date;

use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};
use check::Checker;
use files::TableFile;
use model::Model;
use owner::{Owner, OwnerKind};
use route::{Route, RouteId};

const MODELS: &str = "models/";
const OWNER_FILE: &str = "owner.yaml";

/// All models, owners and routes.
pub struct Catalog {
    entries: BTreeMap<String, Entry>,
    digest: OnceLock<String>,
}

/// One table file, parsed when first asked for.
struct Entry {
    own: Option<TableFile>,
    parsed: OnceLock<Result<Parsed, Vec<Problem>>>,
}

#[derive(Clone)]
enum Parsed {
    Model(Arc<Model>),
    Owner(Arc<Owner>),
    Route(Arc<Route>),
}

/// Why a name does not lead to one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupError {
    /// Nothing has this name; these names are near.
    NotFound {
        /// Names that are spelled alike.
        near: Vec<String>,
    },
    /// Several things end with this name.
    Ambiguous {
        /// Their full names.
        candidates: Vec<String>,
    },
    /// The table is there but wrong.
    Broken(Vec<Problem>),
}

impl Catalog {
    /// The catalogue that is compiled into the program.
    pub fn shipped() -> Catalog {
        let entry = |path| (path, Entry { own: None, parsed: OnceLock::new() });
        Catalog { entries: files::shipped_paths().map(entry).collect(), digest: OnceLock::new() }
    }

    /// A catalogue of these files alone, all of them checked.
    ///
    /// # Errors
    /// The problems of all files.
    pub fn from_files(files: Vec<TableFile>) -> Result<Catalog, Vec<Problem>> {
        Catalog { entries: BTreeMap::new(), digest: OnceLock::new() }.with_files(files)
    }

    /// Adds the user's own files. They stand beside the shipped ones and never replace one.
    ///
    /// # Errors
    /// The problems of all added files.
    pub fn with_files(mut self, files: Vec<TableFile>) -> Result<Catalog, Vec<Problem>> {
        self.digest = OnceLock::new();
        let mut problems = Vec::new();
        let mut added = Vec::new();
        for file in files {
            let path = file.path.clone();
            if self.entries.contains_key(&path) || self.is_among_shipped_official(&path) {
                problems.push(shipped_already(&file));
                continue;
            }
            self.entries.insert(path.clone(), Entry { own: Some(file), parsed: OnceLock::new() });
            added.push(path);
        }
        for path in added {
            if let Err(found) = self.parsed(&path) {
                // A broken owner.yaml shows up in each route of its folder; once is enough.
                problems.extend(
                    found
                        .into_iter()
                        .filter(|problem| !problems.contains(problem))
                        .collect::<Vec<_>>(),
                );
            }
        }
        problems.extend(self.alias_problems(&problems));
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    /// Whether a path lies in the folder of an official owner that is shipped: an own table there would
    /// pass itself off as the maker's.
    fn is_among_shipped_official(&self, path: &str) -> bool {
        let official = RouteId::from_path(path).filter(|id| id.kind == OwnerKind::Official);
        official.is_some_and(|id| {
            let owner = format!("{}/{}/{OWNER_FILE}", id.kind.as_str(), id.owner);
            self.entries.get(&owner).is_some_and(|entry| entry.own.is_none())
        })
    }

    /// The model of this id or alias. Names are compared whole: `gpt-5.4-image-2` is not `gpt-image-2`.
    ///
    /// # Errors
    /// [`LookupError`]: no such name, or a table that is wrong.
    pub fn model(&self, name: &str) -> Result<Arc<Model>, LookupError> {
        let path = format!("{MODELS}{name}.yaml");
        if self.entries.contains_key(&path) {
            return self.model_at(&path);
        }
        let models = self.models()?;
        if let Some(model) =
            models.iter().find(|model| model.aliases.iter().any(|alias| alias == name))
        {
            return Ok(model.clone());
        }
        let names: Vec<&str> = models.iter().flat_map(|model| names_of(model)).collect();
        let near = near_matches(name, names.into_iter()).into_iter().map(str::to_owned).collect();
        Err(LookupError::NotFound { near })
    }

    /// Every model, by id.
    ///
    /// # Errors
    /// The problems of the first model file that is wrong.
    pub fn models(&self) -> Result<Vec<Arc<Model>>, LookupError> {
        self.paths()
            .filter(|path| path.starts_with(MODELS))
            .map(|path| self.model_at(path))
            .collect()
    }

    /// The route of this id; a unique ending of whole path parts is enough (`openai/gpt-image-2`).
    ///
    /// # Errors
    /// [`LookupError`]: no such route, several of them, or a table that is wrong.
    pub fn route(&self, name: &str) -> Result<Arc<Route>, LookupError> {
        let ids: Vec<String> = self.route_ids().map(|id| id.to_string()).collect();
        let wanted = name.trim_matches('/');
        let ending = format!("/{wanted}");
        let matches: Vec<&String> = match ids.iter().find(|id| *id == wanted) {
            Some(exact) => vec![exact],
            None => ids.iter().filter(|id| id.ends_with(&ending)).collect(),
        };
        match matches[..] {
            [id] => self.route_at(&format!("{id}.yaml")),
            [] => Err(LookupError::NotFound { near: near_routes(wanted, &ids) }),
            _ => Err(LookupError::Ambiguous { candidates: matches.into_iter().cloned().collect() }),
        }
    }

    /// The ids of all routes, in order.
    pub fn route_ids(&self) -> impl Iterator<Item = RouteId> {
        self.paths()
            .filter(|path| !path.starts_with(MODELS) && !path.ends_with(&format!("/{OWNER_FILE}")))
            .filter_map(|path| RouteId::from_path(path.strip_suffix(".yaml")?))
    }

    /// A digest of all files, the same for the same content in whatever order it was added.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| self.compute_digest())
    }

    fn compute_digest(&self) -> String {
        let mut digest = Sha256::new();
        for (path, entry) in &self.entries {
            let content = match &entry.own {
                Some(file) => Sha256::digest(file.text.as_bytes()).into(),
                None => files::shipped_digest(path).unwrap_or_default(),
            };
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
    pub fn check_all(&self) -> Result<(), Vec<Problem>> {
        let mut problems: Vec<Problem> =
            self.paths().filter_map(|path| self.parsed(path).err()).flatten().collect();
        problems.extend(self.alias_problems(&problems));
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
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

    fn parsed(&self, path: &str) -> Result<Parsed, Vec<Problem>> {
        let Some(entry) = self.entries.get(path) else { return Err(vec![missing_owner(path)]) };
        entry.parsed.get_or_init(|| self.parse(path, entry)).clone()
    }

    fn parse(&self, path: &str, entry: &Entry) -> Result<Parsed, Vec<Problem>> {
        let file = match &entry.own {
            Some(file) => file.clone(),
            None => files::shipped(path).ok_or_else(|| vec![missing_owner(path)])?,
        };
        let unexpected = || vec![unexpected_file(&file)];
        let stem = path.strip_suffix(".yaml").ok_or_else(unexpected)?;
        if let Some(id) = stem.strip_prefix(MODELS) {
            if id.contains('/') {
                return Err(unexpected());
            }
            return self.parse_model(&file, id);
        }
        let id = RouteId::from_path(stem).ok_or_else(unexpected)?;
        if id.name == "owner" { parse_owner(&file, id) } else { self.parse_route(&file, id) }
    }

    fn parse_model(&self, file: &TableFile, id: &str) -> Result<Parsed, Vec<Problem>> {
        let raw = yaml::parse(&file.shown, &file.text).map_err(|problem| vec![*problem])?;
        let mut check = Checker::new(&file.shown, &file.text);
        let model = read_model::model(&mut check, &raw, id);
        check.finish(model).map(|model| Parsed::Model(Arc::new(model)))
    }

    fn parse_route(&self, file: &TableFile, id: RouteId) -> Result<Parsed, Vec<Problem>> {
        let raw: raw::RawRoute =
            yaml::parse(&file.shown, &file.text).map_err(|problem| vec![*problem])?;
        let owner_path = format!("{}/{}/{OWNER_FILE}", id.kind.as_str(), id.owner);
        let owner = match self.parsed(&owner_path)? {
            Parsed::Owner(owner) => owner,
            _ => return Err(vec![missing_owner(&owner_path)]),
        };
        let mut check = Checker::new(&file.shown, &file.text);
        let route = read_route::route(&mut check, &raw, id, &owner);
        if !self.entries.contains_key(&format!("{MODELS}{}.yaml", raw.model.value)) {
            self.report_unknown_model(&mut check, &raw.model);
        }
        self.report_unknown_qualities(&mut check, &raw);
        check.finish(route).map(|route| Parsed::Route(Arc::new(route)))
    }

    /// A quality in a condition must be a label of the route's model, or its rate would never count.
    fn report_unknown_qualities(&self, check: &mut Checker, raw: &raw::RawRoute) {
        let conditions =
            || raw.versions.iter().flat_map(|version| read_version::conditions_of(&version.value));
        if conditions().all(|when| when.quality.is_none()) {
            return;
        }
        let Ok(model) = self.model_at(&format!("{MODELS}{}.yaml", raw.model.value)) else { return };
        let labels: Vec<(&str, ())> = model
            .rules
            .iter()
            .flat_map(|rules| &rules.qualities.labels)
            .map(|label| (label.as_str(), ()))
            .collect();
        for quality in conditions().filter_map(|when| when.quality.as_ref()) {
            check.word(quality, ProblemCode::UnknownWord, "quality of the model", &labels);
        }
    }

    fn report_unknown_model(&self, check: &mut Checker, raw: &raw::Text) {
        let ids = self.paths().filter_map(|path| path.strip_prefix(MODELS)?.strip_suffix(".yaml"));
        let help = match near_matches(&raw.value, ids).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add models/{}.yaml, or correct the id", raw.value),
        };
        let message = format!("there is no model `{}`", raw.value);
        check.report(ProblemCode::UnknownModel, yaml::span(raw), message, help);
    }

    /// Two models must not claim the same name: a lookup could then answer with either.
    fn alias_problems(&self, found: &[Problem]) -> Vec<Problem> {
        let Ok(models) = self.models() else { return Vec::new() };
        if !found.is_empty() {
            return Vec::new();
        }
        let mut claimed: BTreeMap<&str, &str> = BTreeMap::new();
        let mut problems = Vec::new();
        for model in &models {
            for name in names_of(model) {
                if let Some(other) = claimed.insert(name, &model.id) {
                    problems.push(self.claimed_twice(name, [other, &model.id]));
                }
            }
        }
        problems
    }

    /// The problem of a name that two models claim, at the user's own file if it is in one.
    fn claimed_twice(&self, name: &str, models: [&str; 2]) -> Problem {
        let own = |id: &&str| self.entries.get(&format!("{MODELS}{id}.yaml"))?.own.clone();
        let place = match models.iter().rev().find_map(own) {
            Some(file) => {
                let start = file.text.find(name).unwrap_or(0);
                let span = start..start + if start > 0 { name.len() } else { 0 };
                Place { file: file.shown, text: Some(file.text), span }
            }
            None => Place::file(format!("{MODELS}{}.yaml", models[1])),
        };
        Problem {
            code: ProblemCode::DuplicateAlias,
            message: format!("`{name}` is claimed by {} and by {}", models[0], models[1]),
            place,
            help: "leave the name to one of them".into(),
        }
    }
}

fn parse_owner(file: &TableFile, id: RouteId) -> Result<Parsed, Vec<Problem>> {
    let raw = yaml::parse(&file.shown, &file.text).map_err(|problem| vec![*problem])?;
    let mut check = Checker::new(&file.shown, &file.text);
    let owner = read_owner::owner(&mut check, &raw, id.kind, &id.owner);
    check.finish(owner).map(|owner| Parsed::Owner(Arc::new(owner)))
}

fn names_of(model: &Model) -> impl Iterator<Item = &str> {
    std::iter::once(model.id.as_str()).chain(model.aliases.iter().map(String::as_str))
}

/// Routes whose last part is spelled like the last part asked for, or whose whole id is.
fn near_routes(wanted: &str, ids: &[String]) -> Vec<String> {
    let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let lasts: Vec<String> = ids.iter().map(|id| last(id)).collect();
    let near_last = near_matches(&last(wanted), lasts.iter().map(String::as_str));
    let mut near: Vec<String> =
        ids.iter().filter(|id| near_last.contains(&last(id).as_str())).cloned().collect();
    near.truncate(3);
    near
}

fn shipped_already(file: &TableFile) -> Problem {
    Problem {
        code: ProblemCode::ShippedAlready,
        message: format!(
            "{} would stand among the shipped tables, which an own folder cannot change or add to",
            file.path
        ),
        place: Place::file(file.shown.clone()),
        help: "give your table a place of its own, such as provider/<you>/<route>.yaml; a rate that you negotiated can rest on a shipped table with `basis`".into(),
    }
}

fn unexpected_file(file: &TableFile) -> Problem {
    let kinds: Vec<&str> = OwnerKind::ALL.iter().map(|kind| kind.as_str()).collect();
    Problem {
        code: ProblemCode::UnexpectedFile,
        message: format!("no table stands at {}", file.path),
        place: Place::file(file.shown.clone()),
        help: format!(
            "a table is models/<id>.yaml, or <kind>/<owner>/owner.yaml and <kind>/<owner>/<route>.yaml \
             where <kind> is one of {}",
            kinds.join(", ")
        ),
    }
}

fn missing_owner(path: &str) -> Problem {
    Problem {
        code: ProblemCode::MissingKey,
        message: format!("{path} is missing: every price has an owner"),
        place: Place::file(path),
        help: "add it with the owner's name and, where stated, its terms".into(),
    }
}
