//! The ids of all routes, listed once, and the look-up of a route by how its id ends.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::LookupError;
use super::entry::TablePath;
use super::route::RouteId;
use crate::near::{MOST_NAMED, meant, near_matches};

/// The routes of a catalogue, in the order of their paths.
#[derive(Clone)]
pub(super) struct RouteIndex {
    ids: Vec<RouteId>,
    /// The ids as they are written, in the same order.
    written: Vec<String>,
}

impl RouteIndex {
    /// The routes among these paths.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a str>) -> RouteIndex {
        let route = |path| match TablePath::of(path)? {
            TablePath::Route(id) => Some(id),
            _ => None,
        };
        let ids: Vec<RouteId> = paths.filter_map(route).collect();
        RouteIndex { written: ids.iter().map(RouteId::to_string).collect(), ids }
    }

    pub(super) fn ids(&self) -> &[RouteId] {
        &self.ids
    }

    /// The one id that ends with these whole path parts.
    ///
    /// # Errors
    /// [`LookupError`]: no such route, or several of them.
    pub(super) fn ending_with(&self, wanted: &str) -> Result<&str, LookupError> {
        let ends =
            |id: &&String| id.strip_suffix(wanted).is_some_and(|before| before.ends_with('/'));
        let matches: Vec<&String> = self.written.iter().filter(ends).collect();
        match matches[..] {
            [id] => Ok(id),
            [] => Err(LookupError::NotFound { near: self.near(wanted, None) }),
            _ => Err(LookupError::Ambiguous { candidates: matches.into_iter().cloned().collect() }),
        }
    }

    /// Routes of an owner that is named; else those that end like what was asked for, by as many parts as it has, or
    /// whose name or owner is spelled like it.
    pub(super) fn near(&self, wanted: &str, model: Option<&str>) -> Vec<String> {
        let parts = wanted.split('/').count();
        let owners: BTreeSet<&str> = self.ids.iter().map(|id| id.owner.as_str()).collect();
        let named = ending(wanted, 1);
        if owners.contains(named.as_str()) {
            return self.of_owner(&named, model);
        }
        let of = |wanted: &str, part: &dyn Fn(&str) -> String| -> Vec<String> {
            let known: BTreeSet<String> = self.written.iter().map(|id| part(id)).collect();
            let known = || known.iter().map(String::as_str);
            let near = meant(wanted, known(), known());
            let ids =
                near.iter().flat_map(|near| self.written.iter().filter(|id| part(id) == **near));
            ids.take(MOST_NAMED).cloned().collect()
        };
        let by_parts = of(wanted, &|id| ending(id, parts));
        let by_name = || of(&named, &|id| ending(id, 1));
        // The last part is an owner's where it stands alone, or after a kind: `provider/replicat`.
        let is_kind = |part: &str| self.ids.iter().any(|id| id.kind.as_str() == part);
        let names_owner = parts == 1 || wanted.split('/').next().is_some_and(is_kind);
        let by_owner = || {
            if !names_owner {
                return Vec::new();
            }
            let near = near_matches(&named, owners.iter().copied());
            near.first().map(|owner| self.of_owner(owner, model)).unwrap_or_default()
        };
        Some(by_parts)
            .into_iter()
            .chain(std::iter::once_with(by_name))
            .chain(std::iter::once_with(by_owner))
            .find(|near| !near.is_empty())
            .unwrap_or_default()
    }

    /// Routes of an owner: of the model that is asked for, else of the one that most owners have; then those of its
    /// generation, whose names go on where its own ends; then by how many owners have one of the same name. What most
    /// offer is more likely meant than a plan of one of them.
    fn of_owner(&self, owner: &str, model: Option<&str>) -> Vec<String> {
        let name =
            |id: &RouteId| ending(&id.name, 1).split('@').next().unwrap_or_default().to_owned();
        let mut offered: BTreeMap<String, usize> = BTreeMap::new();
        self.ids.iter().for_each(|id| *offered.entry(name(id)).or_default() += 1);
        let by = |name: &String| offered.get(name).copied().unwrap_or_default();
        let mut own: Vec<&RouteId> = self.ids.iter().filter(|id| id.owner == owner).collect();
        let most_offered = own.iter().map(|id| name(id)).max_by_key(by).unwrap_or_default();
        let likely = model.unwrap_or(&most_offered);
        let rank = |id: &RouteId| {
            let name = name(id);
            let (is_likely, goes_on) = (name == likely, name.starts_with(likely));
            (Reverse(is_likely), Reverse(goes_on), Reverse(by(&name)))
        };
        own.sort_by_cached_key(|id| rank(id));
        own.into_iter().take(MOST_NAMED).map(RouteId::to_string).collect()
    }
}

/// The last parts of an id.
fn ending(id: &str, parts: usize) -> String {
    let all: Vec<&str> = id.split('/').collect();
    all[all.len().saturating_sub(parts)..].join("/")
}
