//! What the checks of price tables found, as a report: `imgcost.prices-check/1` for programs.

use serde_json::{Value, json};

use super::sheet::{Block, Cell, Column, Report, Sheet};
use crate::catalog::price::Acknowledgement;
use crate::price_checks::Findings;
use crate::problem::Problem;
use crate::report::number::count;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.prices-check/1";

/// The findings as a report; `with_accepted` lists for people what was acknowledged, one by one.
pub fn report(found: &Findings, with_accepted: bool) -> Report<'_> {
    Report::new(move || blocks(found, with_accepted), || rows(found), || object(found))
}

fn blocks(found: &Findings, with_accepted: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Text(summary(found))];
    if with_accepted && !found.accepted.is_empty() {
        blocks.push(Block::Sheet(accepted(found)));
    }
    blocks
}

fn errors(found: &Findings) -> usize {
    found.problems.iter().filter(|problem| !problem.code.is_warning()).count()
}

fn summary(found: &Findings) -> String {
    let errors = errors(found);
    let many = |number: usize, one: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{} {one}{plural}", count(number as u64))
    };
    format!(
        "{} with {} and {}: {}, {}, {} acknowledged.",
        many(found.files, "file"),
        many(found.routes, "route"),
        many(found.versions, "price version"),
        many(errors, "error"),
        many(found.problems.len() - errors, "warning"),
        found.accepted.len()
    )
}

fn accepted(found: &Findings) -> Sheet {
    let columns = vec![
        Column::text("place", "Acknowledged at"),
        Column::ids("code", "Warning"),
        Column::number("on", "On"),
        Column::text("reason", "Reason"),
    ];
    let row = |(problem, by): &(Problem, Acknowledgement)| {
        vec![
            Cell::text(problem.shown_place()),
            Cell::text(problem.code.as_str()),
            Cell::text(by.on.to_string()),
            Cell::text(by.reason.clone()),
        ]
    };
    Sheet { columns, rows: found.accepted.iter().map(row).collect(), total: None }
}

fn severity(problem: &Problem) -> &'static str {
    if problem.code.is_warning() { "warning" } else { "error" }
}

/// A row per finding, accepted ones included, for files.
fn rows(found: &Findings) -> Sheet {
    let columns = vec![
        Column::text("severity", "Severity"),
        Column::text("code", "Code"),
        Column::text("file", "File"),
        Column::text("line", "Line"),
        Column::text("column", "Column"),
        Column::text("message", "Message"),
        Column::text("help", "What to do"),
        Column::text("acknowledged_on", "Acknowledged on"),
        Column::text("reason", "Reason"),
    ];
    let row = |problem: &Problem, by: Option<&Acknowledgement>| {
        let at = problem.place.line_and_column();
        let number = |number: Option<usize>| {
            number.map_or(Cell::Empty, |number| Cell::text(number.to_string()))
        };
        vec![
            Cell::text(if by.is_some() { "acknowledged" } else { severity(problem) }),
            Cell::text(problem.code.as_str()),
            Cell::text(problem.place.file.clone()),
            number(at.map(|(line, _)| line)),
            number(at.map(|(_, column)| column)),
            Cell::text(problem.message.clone()),
            Cell::text(problem.help.clone()),
            by.map_or(Cell::Empty, |by| Cell::text(by.on.to_string())),
            by.map_or(Cell::Empty, |by| Cell::text(by.reason.clone())),
        ]
    };
    let problems = found.problems.iter().map(|problem| row(problem, None));
    let accepted = found.accepted.iter().map(|(problem, by)| row(problem, Some(by)));
    Sheet { columns, rows: problems.chain(accepted).collect(), total: None }
}

fn object(found: &Findings) -> Value {
    let errors = errors(found);
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "files": found.files,
        "routes": found.routes,
        "versions": found.versions,
        "errors": errors,
        "warnings": found.problems.len() - errors,
        "problems": found.problems.iter().map(problem).collect::<Vec<_>>(),
        "acknowledged": found.accepted.iter().map(|(found, by)| {
            let mut value = problem(found);
            value["on"] = json!(by.on.to_string());
            value["reason"] = json!(by.reason);
            value
        }).collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem) -> Value {
    let at = problem.place.line_and_column();
    json!({
        "severity": severity(problem),
        "code": problem.code.as_str(),
        "file": problem.place.file,
        "line": at.map(|(line, _)| line),
        "column": at.map(|(_, column)| column),
        "message": problem.message,
        "help": problem.help,
    })
}
