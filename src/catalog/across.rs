//! Checks of one table against others: its model, the labels of the model, whose model it is.

use std::collections::BTreeMap;

use super::check::Checker;
use super::entry::{self, TablePath};
use super::owner::OwnerKind;
use super::raw::{RawRoute, RawVersion, Spanned, Text};
use super::route::{Route, RouteId};
use super::{Catalog, names_of, read_version, yaml};
use crate::long::shortened;
use crate::problem::{Place, Problem, ProblemCode};

impl Catalog {
    /// What a route's table says that only other tables can tell to be wrong.
    pub(super) fn check_route_across(
        &self,
        check: &mut Checker,
        raw: &RawRoute,
        route: Option<&Route>,
    ) {
        if raw.model.place().is_none() {
            return;
        }
        if !self.contains(&entry::model_path(&raw.model.value)) {
            self.report_unknown_model(check, &raw.model);
            return;
        }
        let default = raw.defaults.iter().filter_map(|defaults| defaults.quality.as_ref());
        self.report_unknown_qualities(check, &raw.model.value, &raw.versions, default);
        if let Some(route) = route {
            self.report_owner_kind(check, &route.id, &raw.model);
            self.report_unpriced_mainline_models(check, &route.id, raw);
        }
    }

    /// A mainline model is priced by the same owner, or the bill of its calls could never be told.
    fn report_unpriced_mainline_models(&self, check: &mut Checker, id: &RouteId, raw: &RawRoute) {
        for model in raw.image_tool.iter().flat_map(|tool| &tool.value.mainline_models) {
            let table = entry::route_path(&id.beside(&model.value));
            if model.place().is_some() && !self.contains(&table) {
                let message = format!("no table prices the mainline model `{}`", model.value);
                let help = format!("add {table}, or leave the model out");
                check.report(ProblemCode::UnknownModel, yaml::span(model), message, help);
            }
        }
    }

    /// What the prices of an amendment say that only its route can tell to be wrong.
    pub(super) fn report_unknown_words(
        &self,
        check: &mut Checker,
        id: &RouteId,
        versions: &[Spanned<RawVersion>],
    ) {
        let path = entry::route_path(id);
        // The list itself may wait for this amendment's terms: only its model is asked for.
        if let Some(model) = self.model_of_file(&path) {
            self.report_unknown_qualities(check, &model, versions, std::iter::empty());
        }
    }

    /// A quality in a condition must be a label of the route's model, or its rate would never count; so must
    /// the one that is made by default.
    fn report_unknown_qualities<'a>(
        &self,
        check: &mut Checker,
        model: &str,
        versions: &'a [Spanned<RawVersion>],
        default: impl Iterator<Item = &'a Text>,
    ) {
        let conditions =
            versions.iter().flat_map(|version| read_version::conditions_of(&version.value));
        let named = conditions.filter_map(|when| when.quality.as_ref());
        let named: Vec<&Text> = named.chain(default).collect();
        if named.is_empty() {
            return;
        }
        let Ok(model) = self.model_in_file(&entry::model_path(model)) else { return };
        let labels: Vec<&str> =
            model.rules.iter().flat_map(|rules| rules.labels()).map(String::as_str).collect();
        for quality in named {
            check.name(quality, "quality of the model", &labels);
        }
    }

    fn report_unknown_model(&self, check: &mut Checker, raw: &Text) {
        let ids: Vec<String> = self
            .paths()
            .filter_map(|path| match TablePath::of(path)? {
                TablePath::Model(id) => Some(id),
                _ => None,
            })
            .collect();
        let help = match check.near(&raw.value, ids.iter().map(String::as_str)).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add models/{}.yaml, or correct the id", raw.value),
        };
        let message = format!("there is no model `{}`", raw.value);
        check.report(ProblemCode::UnknownModel, yaml::span(raw), message, help);
    }

    /// Only the maker of a model is official for it, and the maker is nothing else.
    fn report_owner_kind(&self, check: &mut Checker, id: &RouteId, model: &Text) {
        let Ok(made) = self.model_in_file(&entry::model_path(&model.value)) else { return };
        let is_maker = made.maker == id.owner;
        let (message, help) = match id.kind {
            OwnerKind::Official if !is_maker => (
                format!(
                    "{} is made by {}, so that {} is not official for it",
                    made.id, made.maker, id.owner
                ),
                format!("move the file to provider/{0}/ or wrapper/{0}/", id.owner),
            ),
            OwnerKind::Provider if is_maker => (
                format!("{} makes {} itself, so that it is no provider of it", id.owner, made.id),
                format!("move the file to official/{}/", id.owner),
            ),
            _ => return,
        };
        check.report(ProblemCode::OwnerKind, yaml::span(model), message, help);
    }

    /// Two models must not claim the same name: a lookup could then answer with either.
    pub(super) fn alias_problems(&self, found: &[Problem]) -> Vec<Problem> {
        let Ok(models) = self.models_in_files() else { return Vec::new() };
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
        let own = |id: &&str| self.tables.entries.get(&entry::model_path(id))?.own().cloned();
        let place = match models.iter().rev().find_map(own) {
            Some(file) => {
                let start = file.text.find(name).unwrap_or(0);
                let span = start..start + if start > 0 { name.len() } else { 0 };
                Place::within(file.shown, file.text, span)
            }
            None => Place::file(entry::model_path(models[1])),
        };
        Problem {
            code: ProblemCode::DuplicateAlias,
            message: shortened(&format!(
                "`{name}` is claimed by {} and by {}",
                models[0], models[1]
            ))
            .into_owned(),
            place,
            help: "leave the name to one of them".into(),
        }
    }
}
