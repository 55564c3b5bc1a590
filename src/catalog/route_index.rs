//! The ids of all routes, listed once, and the look-up of a route by how its id ends.

use std::collections::BTreeSet;

use super::LookupError;
use super::entry::TablePath;
use super::route::RouteId;
use crate::near::near_matches;

/// The routes of a catalogue, in the order of their paths.
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
            [] => Err(LookupError::NotFound { near: self.near(wanted) }),
            _ => Err(LookupError::Ambiguous { candidates: matches.into_iter().cloned().collect() }),
        }
    }

    /// Routes that end like what was asked for, by as many parts as it has; or whose name or owner is spelled like it.
    fn near(&self, wanted: &str) -> Vec<String> {
        let ending = |id: &str, parts: usize| {
            let all: Vec<&str> = id.split('/').collect();
            all[all.len().saturating_sub(parts)..].join("/")
        };
        let owner = |id: &str| id.split('/').nth(1).unwrap_or_default().to_owned();
        let parts = wanted.split('/').count();
        let of = |wanted: &str, part: &dyn Fn(&str) -> String| -> Vec<String> {
            let known: BTreeSet<String> = self.written.iter().map(|id| part(id)).collect();
            let near = near_matches(wanted, known.iter().map(String::as_str));
            let ids =
                near.iter().flat_map(|near| self.written.iter().filter(|id| part(id) == **near));
            ids.take(3).cloned().collect()
        };
        let by_parts = of(wanted, &|id| ending(id, parts));
        let by_name = of(&ending(wanted, 1), &|id| ending(id, 1));
        let by_owner = of(wanted, &owner);
        [by_parts, by_name, by_owner].into_iter().find(|near| !near.is_empty()).unwrap_or_default()
    }
}
