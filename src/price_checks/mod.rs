//! Checks of price tables beyond what makes them readable: is a source old, a rate implausible, a
//! published figure changed?
//!
//! ```text
//! catalogue ─ sources, plausible, published ─► findings ─ acknowledgements ─► problems | accepted
//! ```

mod plausible;
mod published;
mod sources;

use chrono::{Days, NaiveDate};
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::catalog::files::Origin;
use crate::catalog::position::Position;
use crate::catalog::price::{Acknowledgement, PriceVersion};
use crate::catalog::route::Route;
use crate::help::Help;
use crate::problem::{Place, Problem, ProblemCode};

pub use published::{NotPinned, Pins, pin};

/// How strictly to check.
#[derive(Debug, Clone, Copy)]
pub struct Strictness {
    /// The day whose versions are checked for their age.
    pub day: NaiveDate,
    /// How old a source, or an acknowledgement of its age, may be, in days.
    pub max_age: u64,
}

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// What is wrong or to be looked at.
    pub problems: Vec<Problem>,
    /// What was found and accepted, with the reason.
    pub accepted: Vec<(Problem, Acknowledgement)>,
    /// How many files were read.
    pub files: usize,
    /// How many routes they hold.
    pub routes: usize,
    /// How many price versions the routes have.
    pub versions: usize,
}

/// A finding at a version, before it is known whether it is accepted there.
struct Finding {
    code: ProblemCode,
    at: Position,
    message: String,
    help: Help,
}

/// Checks every table that is readable; `unreadable` are the problems of the others. Of tables of the
/// user's own beside the shipped ones, only the own are looked at.
pub fn check(catalog: &Catalog, unreadable: Vec<Problem>, how: Strictness) -> Findings {
    let mut found =
        Findings { problems: unreadable, files: catalog.file_count(), ..Findings::default() };
    for problem in catalog.check_all().err().into_iter().flatten() {
        if !found.problems.contains(&problem) {
            found.problems.push(problem);
        }
    }
    let own_only = catalog.has_own_beside_shipped();
    let routes = catalog.route_ids().iter().filter_map(|id| catalog.route(&id.to_string()).ok());
    for route in routes.filter(|route| !own_only || route.origin == Origin::Own) {
        found.routes += 1;
        found.versions += route.versions.len();
        // The prices of a route that has ended change no more, so that their source does not grow old.
        let model = catalog.model(&route.model);
        let ended = model.is_ok_and(|model| model.ended(&route, how.day).is_some());
        for version in &route.versions {
            let mut findings = if ended { Vec::new() } else { sources::findings(version, how) };
            findings.extend(plausible::findings(catalog, &route, version, how.day));
            settle(catalog, &route, version, findings, how, &mut found);
        }
    }
    if own_only {
        return found;
    }
    match published::changed(catalog) {
        Ok(changed) => found.problems.extend(changed.into_iter().map(|changed| changed.problem)),
        Err(problems) => found.problems.extend(problems),
    }
    found
}

/// Findings that are acknowledged are accepted; an acknowledgement of nothing is found as well.
fn settle(
    catalog: &Catalog,
    route: &Arc<Route>,
    version: &PriceVersion,
    findings: Vec<Finding>,
    how: Strictness,
    found: &mut Findings,
) {
    let idle = version
        .acknowledged
        .iter()
        .filter(|it| !findings.iter().any(|finding| finding.code == it.warning));
    for idle in idle {
        let finding = Finding {
            code: ProblemCode::IdleAcknowledgement,
            at: idle.position.clone(),
            message: format!("`{}` is acknowledged and is not the case", idle.warning.as_str()),
            help: "take the line out".into(),
        };
        found.problems.push(problem(catalog, route, finding));
    }
    for finding in findings {
        let same = version.acknowledged.iter().find(|it| it.warning == finding.code);
        let accepted = same.filter(|it| holds(it, how)).cloned();
        let problem = problem(catalog, route, finding);
        match accepted {
            Some(acknowledgement) => found.accepted.push((problem, acknowledgement)),
            None => found.problems.push(problem),
        }
    }
}

/// That the age of a source was accepted once does not make it young: the source is to be read again.
fn holds(acknowledgement: &Acknowledgement, how: Strictness) -> bool {
    if acknowledgement.warning == ProblemCode::FarFromOfficial {
        return true;
    }
    let end = acknowledgement.on.checked_add_days(Days::new(how.max_age));
    end.is_none_or(|end| how.day <= end)
}

fn problem(catalog: &Catalog, route: &Route, finding: Finding) -> Problem {
    let Finding { code, at, message, help } = finding;
    let place = match catalog.file_of(route) {
        Some(file) => Place::within(file.shown, file.text, at.bytes()),
        None => Place::file(route.id.to_string()),
    };
    Problem { code, message: format!("{}: {message}", route.id), place, help }
}
