//! The user's own files beside the shipped ones: what they add, and what they cannot touch.

use std::sync::OnceLock;

use super::Catalog;
use super::entry::{self, Entry, Parsed, Source, TablePath};
use super::files::{Origin, TableFile};
use super::owner::OwnerKind;
use super::raw::RawRoute;
use super::route::RouteId;
use super::yaml::{self, Notes, TABLE};
use crate::errors::Errors;
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};

impl Catalog {
    /// Adds the user's own files. They stand beside the shipped ones and never replace one.
    ///
    /// # Errors
    /// The problems of all added files.
    pub fn with_files(self, files: Vec<TableFile>) -> Result<Catalog, Errors<Problem>> {
        let (catalog, problems) = self.adding(files);
        if problems.is_empty() { Ok(catalog) } else { Err(problems.into()) }
    }

    /// The catalogue with these files, and the problems of those that are wrong.
    pub(super) fn adding(mut self, files: Vec<TableFile>) -> (Catalog, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut added = Vec::new();
        for file in files {
            let path = file.path.clone();
            let is_own = file.origin == Origin::Own;
            if self.contains(&path) || is_own && self.is_among_shipped_official(&path) {
                problems.push(shipped_already(&file));
                continue;
            }
            self.insert(path.clone(), Source::Own(file));
            added.push(path);
        }
        // The tables that come with the program claim no name twice: a test reads them all, and not each run.
        if added.is_empty() {
            return (self, problems);
        }
        // What was read before may now have terms in writing.
        self.tables_mut().entries.values_mut().for_each(|entry| entry.parsed = OnceLock::new());
        problems.extend(self.add_amended_routes(&mut added));
        for path in added {
            if let Err(found) = self.parsed(&path) {
                // A broken owner.yaml shows up in each route of its folder; once is enough.
                let new: Vec<Problem> =
                    found.into_iter().filter(|problem| !problems.contains(problem)).collect();
                problems.extend(new);
            }
        }
        problems.extend(self.alias_problems(&problems));
        (self, problems)
    }

    /// Adds a route beside the list for each contract that an amendment has prices for.
    fn add_amended_routes(&mut self, added: &mut Vec<String>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut routes = Vec::new();
        for path in added.iter() {
            let Some(TablePath::Amendment(target)) = TablePath::of(path) else { continue };
            let table = match &*target {
                TablePath::Route(id) => entry::route_path(id),
                TablePath::Owner(kind, owner) => entry::owner_path(*kind, owner),
                _ => continue,
            };
            if !self.contains(&table) {
                problems.extend(self.nothing_to_amend(path, &table));
                continue;
            }
            if let (TablePath::Route(id), Ok(Parsed::Amendment(amendment))) =
                (*target, self.parsed(path))
            {
                let of = |contract| (id.clone(), contract);
                routes.extend(amendment.contracts().map(of));
            }
        }
        for (list, contract) in routes {
            let path = entry::route_path(&list.under(contract));
            match self.tables.entries.get(&path).and_then(Entry::own) {
                Some(file) => problems.push(shipped_already(file)),
                None => {
                    self.insert(path.clone(), Source::Amendment { list, contract });
                    added.push(path);
                }
            }
        }
        problems
    }

    fn nothing_to_amend(&self, path: &str, table: &str) -> Option<Problem> {
        let file = self.tables.entries.get(path)?.own()?;
        let paths = self.paths().filter(|path| !path.starts_with("amendments/"));
        let near = near_matches(table, paths).first().map(|near| format!("did you mean {near}? "));
        Some(Problem {
            code: ProblemCode::UnknownRoute,
            message: format!("there is no {table} that could be amended"),
            place: Place::file(file.shown.clone()),
            help: format!(
                "{}an amendment has the path of the table that it adds to, below amendments/",
                near.unwrap_or_default()
            )
            .into(),
        })
    }

    /// The model of a file, before it is known whether the file is right.
    pub(super) fn model_of_file(&self, path: &str) -> Option<String> {
        let text = match &self.tables.entries.get(path)?.source {
            Source::Own(file) => file.text.clone(),
            Source::Shipped => super::files::shipped(path)?.text,
            Source::Amendment { .. } => return None,
        };
        let mut notes = Notes::new(&TABLE, path, &text);
        let model = yaml::shape::<RawRoute>(&mut notes)?.model;
        model.place().map(|_| model.value.to_string())
    }

    /// Whether a path lies in the folder of an official owner that is shipped: an own table there would
    /// pass itself off as the maker's.
    pub(super) fn is_among_shipped_official(&self, path: &str) -> bool {
        let official = RouteId::from_path(path).filter(|id| id.kind == OwnerKind::Official);
        official.is_some_and(|id| {
            let owner = self.tables.entries.get(&entry::owner_path(id.kind, &id.owner));
            owner.is_some_and(Entry::is_of_catalogue)
        })
    }
}

fn shipped_already(file: &TableFile) -> Problem {
    Problem {
        code: ProblemCode::ShippedAlready,
        message: format!(
            "{} would stand among the shipped tables, which an own folder cannot change or add to",
            file.path
        ),
        place: Place::file(file.shown.clone()),
        help: format!(
            "what you agreed or know of a shipped route goes into amendments/{}; a table of your own \
             into a place of its own, such as provider/<you>/<route>.yaml",
            file.path
        )
        .into(),
    }
}
