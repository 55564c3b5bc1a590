//! From a name to the model or route that has it, as far as it is known on the day of the catalogue.

use std::sync::Arc;

use chrono::NaiveDate;

use super::entry::{self, Parsed, TablePath};
use super::model::Model;
use super::route::{Route, RouteId};
use super::route_index::RouteIndex;
use super::{Catalog, names_of};
use crate::errors::Errors;
use crate::near::{is_slip, meant};
use crate::problem::Problem;

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
    /// It was not known yet on the day of knowledge.
    #[error("{name} was not known on {on}: it is known from {from}")]
    NotKnown {
        /// Its full name.
        name: String,
        /// The day of knowledge.
        on: NaiveDate,
        /// The first day on which it is known.
        from: NaiveDate,
    },
    /// The table is there but wrong.
    #[error("{0}")]
    Broken(Errors<Problem>),
}

impl Catalog {
    /// The model of this id or alias, in whatever case. Names are compared whole: `gpt-5.4-image-2` is not `gpt-image-2`.
    ///
    /// # Errors
    /// [`LookupError`]: no such name, one that was not known on the day of knowledge, or a table that is wrong.
    pub fn model(&self, name: &str) -> Result<Arc<Model>, LookupError> {
        let path = entry::model_path(name);
        if self.contains(&path) {
            return self.model_at(&path);
        }
        self.names.models.of(name, || self.model_called(name))
    }

    /// The model that has this name, which is not the whole name of a file.
    fn model_called(&self, name: &str) -> Result<Arc<Model>, LookupError> {
        let is_called =
            |model: &&Arc<Model>| names_of(model).any(|it| it.eq_ignore_ascii_case(name));
        if let Some(model) = self.models_in_files()?.iter().find(is_called) {
            return self.model_at(&entry::model_path(&model.id));
        }
        let models = self.models()?;
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

    /// Every model that was known on the day of knowledge, by id.
    ///
    /// # Errors
    /// The problems of the first model file that is wrong.
    pub fn models(&self) -> Result<Vec<Arc<Model>>, LookupError> {
        let is_known = |found: &Result<_, _>| !matches!(found, Err(LookupError::NotKnown { .. }));
        self.model_paths().map(|path| self.model_at(path)).filter(is_known).collect()
    }

    /// Every model as its file states it, whenever that became known.
    pub(super) fn models_in_files(&self) -> Result<Vec<Arc<Model>>, LookupError> {
        self.model_paths().map(|path| self.model_in_file(path)).collect()
    }

    fn model_paths(&self) -> impl Iterator<Item = &str> {
        self.paths().filter(|path| matches!(TablePath::of(path), Some(TablePath::Model(_))))
    }

    /// The route of this id; a unique ending of whole path parts is enough (`openai/gpt-image-2`).
    ///
    /// # Errors
    /// [`LookupError`]: no such route, several of them, one whose model was not known on the day of knowledge, or a
    /// table that is wrong.
    pub fn route(&self, name: &str) -> Result<Arc<Route>, LookupError> {
        let wanted = name.trim_matches('/');
        let path = format!("{wanted}.yaml");
        if self.contains(&path) && matches!(TablePath::of(&path), Some(TablePath::Route(_))) {
            return self.route_at(&path);
        }
        let id = self.route_index().ending_with(wanted)?;
        self.route_at(&format!("{id}.yaml"))
    }

    /// The routes whose callers send this name as the model, by id.
    pub fn routes_asked_for_by(&self, name: &str) -> Arc<[Arc<Route>]> {
        let routes = || self.route_ids().iter().filter_map(|id| self.route(&id.to_string()).ok());
        let asked_for = || routes().filter(|route| route.is_asked_for_by(name)).collect();
        self.names.routes.of(name, asked_for)
    }

    /// Up to three routes that may be meant by a name that no route has: of an owner that is named, those of the model
    /// first, and then those that most owners have.
    pub fn routes_like(&self, name: &str, model: Option<&str>) -> Vec<String> {
        self.route_index().near(name.trim_matches('/'), model)
    }

    /// The ids of all routes whose model was known on the day of knowledge, in order.
    pub fn route_ids(&self) -> &[RouteId] {
        let all = self.route_index().ids();
        let Some(view) = &self.view else { return all };
        let is_known = |id: &&RouteId| {
            let found = self.route_at(&entry::route_path(id));
            !matches!(found, Err(LookupError::NotKnown { .. }))
        };
        view.route_ids.get_or_init(|| all.iter().filter(is_known).cloned().collect())
    }

    fn route_index(&self) -> &RouteIndex {
        self.tables.routes.get_or_init(|| RouteIndex::of(self.paths()))
    }

    /// A model as its file states it.
    pub(super) fn model_in_file(&self, path: &str) -> Result<Arc<Model>, LookupError> {
        match self.parsed(path).map_err(LookupError::Broken)? {
            Parsed::Model(model) => Ok(model),
            _ => Err(LookupError::NotFound { near: Vec::new() }),
        }
    }

    /// A model as far as it was known on the day of knowledge.
    pub(super) fn model_at(&self, path: &str) -> Result<Arc<Model>, LookupError> {
        let model = self.model_in_file(path)?;
        match &self.view {
            Some(view) => view.models.of(path, || view.model(self, &model).map(Arc::new)),
            None => Ok(model),
        }
    }

    /// A route as far as it was known on the day of knowledge.
    pub(super) fn route_at(&self, path: &str) -> Result<Arc<Route>, LookupError> {
        let route = match self.parsed(path).map_err(LookupError::Broken)? {
            Parsed::Route(route) => route,
            _ => return Err(LookupError::NotFound { near: Vec::new() }),
        };
        match &self.view {
            Some(view) => view.routes.of(path, || view.route(self, &route).map(Arc::new)),
            None => Ok(route),
        }
    }
}
