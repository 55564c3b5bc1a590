//! What makes a Batch API refuse a file as a whole, by the rules of the owner whose prices hold: each line is priced as if
//! that was put right.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::batch_files::BatchFiles;
use crate::catalog::dated::in_force;
use crate::catalog::{Catalog, LookupError};
use crate::cli::exit::Failure;
use crate::cli::message::{self, About};
use crate::estimate::{EstimatedFile, FileLine};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::number::count;
use chrono::NaiveDate;

/// How many ids that repeat are named, and how many lines of each.
const MOST_NAMED: usize = 5;

/// The endpoints that make images and that a Batch calls.
const ENDPOINTS: [&str; 3] = ["/v1/images/generations", "/v1/images/edits", "/v1/responses"];

/// The lines of each Batch file, by endpoint as in [`ENDPOINTS`].
pub(super) type Batches = BTreeMap<Arc<str>, [u64; 3]>;

/// What is wrong with Batch files as a whole; of other files, the ids that stand twice are said.
pub(super) fn problems(
    batches: &Batches,
    found: &EstimatedFile,
    (catalog, day): (&Catalog, NaiveDate),
) -> Result<Vec<Problem>, Failure> {
    let rules = rules(found, catalog, day)?;
    let repeated = ids_that_repeat(&found.lines);
    let mut problems = Vec::new();
    for (file, ids) in &repeated {
        match &rules {
            Some(rules) if rules.unique_ids && batches.contains_key(*file) => {
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
    for (file, by_endpoint) in rules.iter().flat_map(|_| batches) {
        let Some(rules) = &rules else { continue };
        problems.extend(of_endpoints(file, by_endpoint, rules));
        problems.extend(of_lines(file, by_endpoint.iter().sum(), rules));
        problems.extend(of_bytes(file, rules));
    }
    Ok(problems)
}

/// The rules of the owner by whose table the first request is priced.
fn rules(
    found: &EstimatedFile,
    catalog: &Catalog,
    day: NaiveDate,
) -> Result<Option<BatchFiles>, Failure> {
    let Some(estimate) = found.estimates().next() else { return Ok(None) };
    let route = &estimate.table.route.id;
    match catalog.owner(route.kind, &route.owner) {
        Ok(owner) => Ok(in_force(&owner.batch_files, day).ok().cloned()),
        Err(LookupError::Broken(problems)) => Err(Failure::from(problems)),
        Err(_) => Ok(None),
    }
}

fn of_endpoints(file: &str, by_endpoint: &[u64; 3], rules: &BatchFiles) -> Option<Problem> {
    let used = ENDPOINTS.iter().zip(by_endpoint).filter(|(_, lines)| **lines > 0);
    let used: Vec<String> =
        used.map(|(endpoint, lines)| format!("{} to {endpoint}", count(*lines))).collect();
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

/// Of each file the ids that several of its lines have, in words.
fn ids_that_repeat(lines: &[FileLine]) -> Vec<(&str, String)> {
    let mut ids: Vec<(&str, &str, usize)> = lines
        .iter()
        .filter_map(|line| Some((&*line.file, line.custom_id.as_deref()?, line.line)))
        .collect();
    ids.sort_unstable();
    let is_of_one_file = |a: &(&str, &str, usize), b: &(&str, &str, usize)| a.0 == b.0;
    let mut of_files = Vec::new();
    for of_file in ids.chunk_by(is_of_one_file) {
        let same_id = of_file.chunk_by(|a, b| a.1 == b.1).filter(|lines| lines.len() > 1);
        let repeated: Vec<String> = same_id.map(id_and_lines).collect();
        if let Some((file, ..)) = of_file.first().filter(|_| !repeated.is_empty()) {
            let named: Vec<&str> = repeated.iter().take(MOST_NAMED).map(String::as_str).collect();
            of_files.push((*file, named.join("; ") + &and_more(repeated.len())));
        }
    }
    of_files
}

/// An id and the lines that have it: "a stands on the lines 1, 2".
fn id_and_lines(lines: &[(&str, &str, usize)]) -> String {
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
