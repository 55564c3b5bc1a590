//! From the files of a catalogue to its models, owners, routes and amendments, each when it is asked for.

use std::sync::Arc;

use super::amendment::{self, Amendment};
use super::check::Checker;
use super::entry::{self, Entry, Parsed, Source, TablePath};
use super::files::{self, TableFile};
use super::owner::{Owner, OwnerKind};
use super::price::Contract;
use super::raw::{RawAmendment, RawRoute};
use super::route::{Route, RouteId};
use super::terms::Terms;
use super::{Catalog, free_keys, guidance, read_model, read_owner, read_route};
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};

impl Catalog {
    /// What stands at a path.
    pub(super) fn parsed(&self, path: &str) -> Result<Parsed, Errors<Problem>> {
        let Some(entry) = self.tables.entries.get(path) else {
            return Err(vec![missing_owner(path)].into());
        };
        entry.parsed.get_or_init(|| self.parse(path, entry)).clone()
    }

    fn parse(&self, path: &str, entry: &Entry) -> Result<Parsed, Errors<Problem>> {
        let file = match &entry.source {
            Source::Own(file) => file.clone(),
            Source::Shipped => files::shipped(path).ok_or_else(|| vec![missing_owner(path)])?,
            Source::Amendment { list, contract } => return self.amended_route(list, *contract),
        };
        match TablePath::of(path) {
            Some(TablePath::Model(id)) => parse_model(&file, &id),
            Some(TablePath::Owner(kind, id)) => parse_owner(&file, kind, &id),
            Some(TablePath::Route(id)) => self.parse_route(&file, id),
            Some(TablePath::Guidance) => parse_guidance(&file),
            Some(TablePath::FreeKeys) => parse_free_keys(&file),
            Some(TablePath::Amendment(of)) => self.parse_amendment(&file, &of),
            None => Err(vec![unexpected_file(&file)].into()),
        }
    }

    fn parse_route(&self, file: &TableFile, id: RouteId) -> Result<Parsed, Errors<Problem>> {
        let mut check = Checker::new(file);
        let Some(raw) = check.raw::<RawRoute>() else { return check.finish(None) };
        let (owner, in_writing) = match self.contract_of(&id) {
            Ok(contract) => contract,
            Err(problems) => {
                check.extend(problems.into());
                return check.finish(None);
            }
        };
        let route = read_route::route(&mut check, &raw, id, &owner);
        self.check_route_across(&mut check, &raw, route.as_ref());
        let route = check.finish(route)?;
        let terms = in_writing.over(&route.terms);
        Ok(Parsed::Route(Arc::new(Route { terms, ..route })))
    }

    /// Whose route it is, and what the user has in writing of it.
    fn contract_of(&self, id: &RouteId) -> Result<(Arc<Owner>, Terms), Errors<Problem>> {
        let owner_path = entry::owner_path(id.kind, &id.owner);
        match self.parsed(&owner_path)? {
            Parsed::Owner(owner) => Ok((owner, self.terms_in_writing(id)?)),
            _ => Err(vec![missing_owner(&owner_path)].into()),
        }
    }

    /// What the user has in writing of a route, and of its owner where the route's own is silent.
    fn terms_in_writing(&self, id: &RouteId) -> Result<Terms, Errors<Problem>> {
        let of_route = self.amendment_of(&entry::route_path(id))?;
        let of_owner = self.amendment_of(&entry::owner_path(id.kind, &id.owner))?;
        let terms = |found: Option<Arc<Amendment>>| {
            found.map_or_else(Terms::default, |amendment| amendment.terms.clone())
        };
        Ok(terms(of_route).over(&terms(of_owner)))
    }

    fn amendment_of(&self, table: &str) -> Result<Option<Arc<Amendment>>, Errors<Problem>> {
        let path = entry::amendment_path(table);
        if !self.contains(&path) {
            return Ok(None);
        }
        match self.parsed(&path)? {
            Parsed::Amendment(amendment) => Ok(Some(amendment)),
            _ => Ok(None),
        }
    }

    fn parse_amendment(&self, file: &TableFile, of: &TablePath) -> Result<Parsed, Errors<Problem>> {
        let mut check = Checker::new(file);
        let Some(raw) = check.raw::<RawAmendment>() else { return check.finish(None) };
        let of_owner = matches!(of, TablePath::Owner(..));
        let amendment = amendment::amendment(&mut check, &raw, of_owner);
        if let TablePath::Route(id) = of {
            self.report_unknown_words(&mut check, id, &raw.versions);
        }
        check.finish(amendment).map(|amendment| Parsed::Amendment(Arc::new(amendment)))
    }

    /// The route that stands beside a list by a contract of the user's own.
    fn amended_route(&self, list: &RouteId, contract: Contract) -> Result<Parsed, Errors<Problem>> {
        let path = entry::route_path(list);
        let Parsed::Route(route) = self.parsed(&path)? else {
            return Err(vec![missing_owner(&path)].into());
        };
        let amendment = self.amendment_of(&path)?.ok_or_else(|| vec![missing_owner(&path)])?;
        Ok(Parsed::Route(Arc::new(amendment.route(&route, contract))))
    }
}

fn parse_model(file: &TableFile, id: &str) -> Result<Parsed, Errors<Problem>> {
    let mut check = Checker::new(file);
    let model = check.raw().and_then(|raw| read_model::model(&mut check, &raw, id));
    check.finish(model).map(|model| Parsed::Model(Arc::new(model)))
}

fn parse_owner(file: &TableFile, kind: OwnerKind, id: &str) -> Result<Parsed, Errors<Problem>> {
    let mut check = Checker::new(file);
    let owner = check.raw().and_then(|raw| read_owner::owner(&mut check, &raw, kind, id));
    check.finish(owner).map(|owner| Parsed::Owner(Arc::new(owner)))
}

fn parse_guidance(file: &TableFile) -> Result<Parsed, Errors<Problem>> {
    let mut check = Checker::new(file);
    let table = check.raw().and_then(|raw| guidance::table(&mut check, &raw));
    check.finish(table).map(|table| Parsed::Guidance(Arc::new(table)))
}

fn parse_free_keys(file: &TableFile) -> Result<Parsed, Errors<Problem>> {
    let mut check = Checker::new(file);
    let list = check.raw().and_then(|raw| free_keys::lists(&mut check, &raw));
    check.finish(list).map(|list| Parsed::FreeKeys(Arc::new(list)))
}

fn unexpected_file(file: &TableFile) -> Problem {
    let kinds: Vec<&str> = OwnerKind::ALL.iter().map(|kind| kind.as_str()).collect();
    Problem {
        code: ProblemCode::UnexpectedFile,
        message: format!("no table stands at {}", file.path),
        place: Place::file(file.shown.clone()),
        help: format!(
            "a table is models/<id>.yaml, or <kind>/<owner>/owner.yaml and <kind>/<owner>/<route>.yaml \
             where <kind> is one of {}; amendments/ holds the same paths",
            kinds.join(", ")
        )
        .into(),
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
