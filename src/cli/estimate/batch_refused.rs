//! What makes a Batch API refuse a file as a whole, by the rules of the owner whose prices hold: each line is priced as if
//! that was put right.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::batch_files::BatchFiles;
use crate::catalog::dated::in_force;
use crate::catalog::route::RouteId;
use crate::catalog::{Catalog, LookupError};
use crate::cli::exit::Failure;
use crate::cli::message::{self, About};
use crate::estimate::FileLine;
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::number::count;
use crate::request::Endpoint;
use chrono::NaiveDate;

/// How many ids that repeat are named, and how many lines of each.
const MOST_NAMED: usize = 5;

/// The lines of files, as far as a Batch refuses files for them.
#[derive(Default)]
pub(super) struct Batches {
    /// Of each Batch file how many lines go to each endpoint, be they priced or rejected.
    lines: BTreeMap<Arc<str>, BTreeMap<Endpoint, u64>>,
    /// The ids of lines, with the file and the number of each.
    ids: Vec<IdOfLine>,
    /// The route by whose table the first line is priced.
    route: Option<RouteId>,
}

impl Batches {
    /// Adds a line; that of a Batch goes to an endpoint.
    pub(super) fn add(&mut self, line: &FileLine, endpoint: Option<Endpoint>) {
        let file = || Arc::clone(&line.file);
        if let Some(endpoint) = endpoint {
            *self.lines.entry(file()).or_default().entry(endpoint).or_default() += 1;
        }
        self.ids.extend(line.custom_id.clone().map(|id| (file(), id, line.line)));
        if let (None, Ok(estimate)) = (&self.route, &line.outcome) {
            self.route = Some(estimate.table.route.id.clone());
        }
    }

    /// What is wrong with Batch files as a whole; of other files, the ids that stand twice are said.
    pub(super) fn problems(
        mut self,
        known: (&Catalog, NaiveDate),
    ) -> Result<Vec<Problem>, Failure> {
        let rules = self.rules(known)?;
        self.ids.sort_unstable();
        let mut problems = Vec::new();
        for (file, ids) in ids_that_repeat(&self.ids) {
            match &rules {
                Some(rules) if rules.unique_ids && self.lines.contains_key(file) => {
                    let what = format!("`custom_id` {ids}, and no two may have the same");
                    let help = "remove what was copied, or give each line an id of its own";
                    problems.push(refused(file, &what, help, rules));
                }
                _ => message::hint(
                    About::Twice,
                    &format!(
                        "{file}: `custom_id` {ids}, and each of them is priced: remove what was copied\n"
                    ),
                ),
            }
        }
        for (file, by_endpoint) in rules.iter().flat_map(|_| &self.lines) {
            let Some(rules) = &rules else { continue };
            problems.extend(of_endpoints(file, by_endpoint, rules));
            problems.extend(of_lines(file, by_endpoint.values().sum(), rules));
            problems.extend(of_bytes(file, rules));
        }
        Ok(problems)
    }

    /// The rules of the owner by whose table the first line is priced.
    fn rules(&self, (catalog, day): (&Catalog, NaiveDate)) -> Result<Option<BatchFiles>, Failure> {
        let Some(route) = &self.route else { return Ok(None) };
        match catalog.owner(route.kind, &route.owner) {
            Ok(owner) => Ok(in_force(&owner.batch_files, day).ok().cloned()),
            Err(LookupError::Broken(problems)) => Err(Failure::from(problems)),
            Err(_) => Ok(None),
        }
    }
}

fn of_endpoints(
    file: &str,
    by_endpoint: &BTreeMap<Endpoint, u64>,
    rules: &BatchFiles,
) -> Option<Problem> {
    let to =
        |(endpoint, lines): (&Endpoint, &u64)| format!("{} to {}", count(*lines), endpoint.path());
    let used: Vec<String> = by_endpoint.iter().map(to).collect();
    let what = format!("of its lines go {}, and it takes one endpoint", used.join(", "));
    (rules.one_endpoint && used.len() > 1)
        .then(|| refused(file, &what, "make a file for each", rules))
}

fn of_lines(file: &str, lines: u64, rules: &BatchFiles) -> Option<Problem> {
    let what = format!("{} lines, and it takes {}", count(lines), count(rules.max_lines));
    (lines > rules.max_lines).then(|| refused(file, &what, "split it", rules))
}

/// Of standard input the length is that of its lines alone.
fn of_bytes(file: &str, rules: &BatchFiles) -> Option<Problem> {
    let bytes = std::fs::metadata(file).ok()?.len();
    let what = format!("{} bytes, and it takes {}", count(bytes), count(rules.max_bytes));
    (bytes > rules.max_bytes).then(|| refused(file, &what, "split it", rules))
}

fn refused(file: &str, what: &str, help: &str, rules: &BatchFiles) -> Problem {
    Problem {
        code: ProblemCode::BatchRefused,
        message: format!(
            "a Batch refuses this file as a whole: {what} ({})",
            rules.evidence.in_words()
        ),
        place: Place::file(file),
        help: format!("{help}; the lines are priced as if that was done").into(),
    }
}

/// A file, an id of it and the number of the line that has it.
type IdOfLine = (Arc<str>, Box<str>, usize);

/// Of each file the ids that several of its lines have, in words; they come in order.
fn ids_that_repeat(ids: &[IdOfLine]) -> Vec<(&Arc<str>, String)> {
    let is_of_one_file = |a: &IdOfLine, b: &IdOfLine| a.0 == b.0;
    let mut of_files = Vec::new();
    for of_file in ids.chunk_by(is_of_one_file) {
        let same_id = of_file.chunk_by(|a, b| a.1 == b.1).filter(|lines| lines.len() > 1);
        let repeated: Vec<String> = same_id.map(id_and_lines).collect();
        if let Some((file, ..)) = of_file.first().filter(|_| !repeated.is_empty()) {
            let named: Vec<&str> = repeated.iter().take(MOST_NAMED).map(String::as_str).collect();
            of_files.push((file, named.join("; ") + &and_more(repeated.len())));
        }
    }
    of_files
}

/// An id and the lines that have it: "a stands on the lines 1, 2".
fn id_and_lines(lines: &[IdOfLine]) -> String {
    let id = lines.first().map_or("", |(_, id, _)| id);
    let numbers: Vec<String> =
        lines.iter().take(MOST_NAMED).map(|(.., number)| number.to_string()).collect();
    format!("{id} stands on the lines {}{}", numbers.join(", "), and_more(lines.len()))
}

fn and_more(all: usize) -> String {
    match all.saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {} more", count(more as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::owner::OwnerKind;

    fn rules() -> BatchFiles {
        let owner = Catalog::shipped().owner(OwnerKind::Official, "openai").expect("OpenAI");
        let day = "2026-11-21".parse().expect("a day");
        in_force(&owner.batch_files, day).expect("rules of the day").clone()
    }

    #[test]
    fn fifty_thousand_lines_and_200_mb_are_taken_and_no_more() {
        let rules = rules();
        assert_eq!(of_lines("a", 50_000, &rules), None);
        assert!(of_lines("a", 50_001, &rules).is_some());
        let file = tempfile::NamedTempFile::new().expect("a file");
        let path = file.path().to_str().expect("a path");
        file.as_file().set_len(209_715_200).expect("a length");
        assert_eq!(of_bytes(path, &rules), None);
        file.as_file().set_len(209_715_201).expect("a length");
        assert!(of_bytes(path, &rules).is_some());
    }
}
