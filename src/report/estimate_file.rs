//! The estimates of a Batch file as a report: a row a line, and a total.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::estimate::{
    blocks as estimate_blocks, json_object as estimate_object, money, notes_of, title, total_json,
};
use super::number;
use super::sheet::{Block, Cell, Column, Report, Sheet};
use crate::catalog::Catalog;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::money::{AmountTooLarge, add};
use crate::note::Note;

/// A line of a Batch file and what became of it.
#[derive(Debug)]
pub struct FileLine {
    /// Its number in the file, from 1.
    pub line: usize,
    /// The caller's own id of it.
    pub custom_id: Option<String>,
    /// Its estimate, or why it was rejected.
    pub outcome: Result<Box<Estimate>, String>,
}

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.estimate_file/1";

/// What the whole file costs, for attempts as given. With a rejected line the total is not known:
/// what is known is a lower bound.
///
/// # Errors
/// [`AmountTooLarge`] if the sum cannot be kept exact.
pub fn total(lines: &[FileLine]) -> Result<Figure<Decimal>, AmountTooLarge> {
    let rejected = lines.iter().filter(|line| line.outcome.is_err()).count();
    let start = match rejected {
        0 => Figure::Exact(Decimal::ZERO),
        count => Figure::unknown(Decimal::ZERO, format!("{count} rejected lines are not priced")),
    };
    let priced = lines.iter().filter_map(|line| line.outcome.as_ref().ok());
    priced.into_iter().try_fold(start, |sum, estimate| sum.try_join(&estimate.total, add))
}

/// The lines of a file as a report.
pub fn report<'a>(
    lines: &'a [FileLine],
    total: &'a Figure<Decimal>,
    catalog: &'a Catalog,
    explain: bool,
) -> Report<'a> {
    Report::new(
        move || blocks(lines, total, explain),
        || rows(lines),
        move || json_object(lines, total, catalog, explain),
    )
}

fn blocks(lines: &[FileLine], total: &Figure<Decimal>, explain: bool) -> Vec<Block> {
    let priced = lines.iter().filter(|line| line.outcome.is_ok()).count();
    let rejected = lines.len() - priced;
    let mut blocks = vec![
        Block::Title(format!("{} requests: {priced} priced, {rejected} rejected", lines.len())),
        Block::Sheet(overview(lines, total)),
    ];
    if explain {
        for estimate in lines.iter().filter_map(|line| line.outcome.as_ref().ok()) {
            blocks.extend(estimate_blocks(estimate, true));
        }
    }
    if let Some(title) = settled_title(lines) {
        blocks.push(Block::List(title, settled(lines).into_iter().map(in_words).collect()));
    }
    for (title, items) in [
        ("Not exact, because:", distinct(total.reasons().map(str::to_owned))),
        ("Assumed:", distinct(estimates(lines).flat_map(|estimate| estimate.assumptions.clone()))),
        ("Notes:", all_notes(lines).into_iter().map(|note| note.message).collect()),
    ] {
        if !items.is_empty() {
            blocks.push(Block::List(title.into(), items));
        }
    }
    blocks
}

fn settled_title(lines: &[FileLine]) -> Option<String> {
    let open = estimates(lines).filter(|estimate| !estimate.settled.is_empty()).count();
    (open > 0).then(|| {
        let requests = if open == 1 { "request" } else { "requests" };
        format!("The whole file, with {open} open {requests} settled by --size and --quality:")
    })
}

/// What the file costs with every open request at one quality, for each quality that settles one. A sum that
/// cannot be kept exact is left out: the total of the file then has the error.
fn settled(lines: &[FileLine]) -> Vec<(String, Figure<Decimal>)> {
    let open = estimates(lines).flat_map(|estimate| &estimate.settled);
    let labels = distinct(open.filter_map(|settled| settled.quality.clone()));
    let total_at = |label: &String| {
        let of_line = |estimate: &Estimate| {
            let at = estimate.settled.iter().find(|one| one.quality.as_ref() == Some(label));
            at.map_or_else(|| estimate.total.clone(), |settled| settled.total.clone())
        };
        let zero = Figure::Exact(Decimal::ZERO);
        estimates(lines).try_fold(zero, |sum, estimate| sum.try_join(&of_line(estimate), add)).ok()
    };
    labels.iter().filter_map(|label| Some((label.clone(), total_at(label)?))).collect()
}

fn in_words((label, total): (String, Figure<Decimal>)) -> String {
    format!("{label}: {}", number::dollar_figure_alone(&total))
}

fn estimates(lines: &[FileLine]) -> impl Iterator<Item = &Estimate> {
    lines.iter().filter_map(|line| line.outcome.as_deref().ok())
}

/// The notes of all lines, each once.
fn all_notes(lines: &[FileLine]) -> Vec<Note> {
    let mut seen = std::collections::HashSet::new();
    let notes = estimates(lines).flat_map(|estimate| estimate.notes.iter());
    notes.filter(|note| seen.insert(note.message.as_str())).cloned().collect()
}

/// Each sentence once, in the order of its first appearance.
fn distinct(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// The lines for people: few columns, the reasons stand below.
fn overview(lines: &[FileLine], total: &Figure<Decimal>) -> Sheet {
    let columns = vec![
        Column::number("line", "Line"),
        Column::text("custom_id", "Id"),
        Column::text("request", "Request"),
        Column::text("owner", "Price owner"),
        Column::number("total", "Total"),
    ];
    let row = |line: &FileLine| {
        let (request, owner, total) = match &line.outcome {
            Ok(estimate) => {
                (title(estimate), estimate.table.route.owner_name.clone(), estimate.total.clone())
            }
            Err(reason) => (
                format!("rejected: {reason}"),
                String::new(),
                Figure::unknown(Decimal::ZERO, reason),
            ),
        };
        let mut cells = line_cells(line);
        cells.extend([Cell::text(request), Cell::text(owner), Cell::Money(total)]);
        cells
    };
    let total = vec![
        Cell::Empty,
        Cell::text("total"),
        Cell::Empty,
        Cell::Empty,
        Cell::Money(total.clone()),
    ];
    Sheet { columns, rows: lines.iter().map(row).collect(), total: Some(total) }
}

/// A row per line, for files.
fn rows(lines: &[FileLine]) -> Sheet {
    let columns = vec![
        Column::number("line", "Line"),
        Column::text("custom_id", "Id"),
        Column::text("status", "Status"),
        Column::text("route", "Route"),
        Column::text("owner", "Price owner"),
        Column::text("owner_kind", "Owner kind"),
        Column::text("model", "Model"),
        Column::text("request", "Request"),
        Column::text("currency", "Currency"),
        Column::number("total", "Total"),
        Column::text("reason", "Reason"),
    ];
    Sheet { columns, rows: lines.iter().map(row).collect(), total: None }
}

fn line_cells(line: &FileLine) -> Vec<Cell> {
    let id = line.custom_id.as_ref().map_or(Cell::Empty, Cell::text);
    vec![Cell::text(line.line.to_string()), id]
}

fn row(line: &FileLine) -> Vec<Cell> {
    let mut cells = line_cells(line);
    match &line.outcome {
        Ok(estimate) => {
            let route = &estimate.table.route;
            cells.extend([
                Cell::text("priced"),
                Cell::text(route.id.to_string()),
                Cell::text(route.id.owner.clone()),
                Cell::text(route.id.kind.as_str()),
                Cell::text(route.model.clone()),
                Cell::text(title(estimate)),
                Cell::text("USD"),
                Cell::Money(estimate.total.clone()),
                Cell::text(estimate.total.reasons().collect::<Vec<_>>().join("; ")),
            ]);
        }
        Err(reason) => {
            cells.push(Cell::text("rejected"));
            cells.resize(9, Cell::Empty);
            cells.extend([Cell::Money(Figure::unknown(Decimal::ZERO, reason)), Cell::text(reason)]);
        }
    }
    cells
}

fn json_object(
    lines: &[FileLine],
    total: &Figure<Decimal>,
    catalog: &Catalog,
    explain: bool,
) -> Value {
    let row = |line: &FileLine| match &line.outcome {
        Ok(estimate) => json!({
            "line": line.line,
            "custom_id": line.custom_id,
            "status": "priced",
            "total": money(&estimate.total),
            "estimate": estimate_object(estimate, catalog, explain),
        }),
        Err(reason) => json!({
            "line": line.line,
            "custom_id": line.custom_id,
            "status": "rejected",
            "reason": reason,
        }),
    };
    json!({
        "schema": SCHEMA,
        "catalog": {"digest": catalog.digest()},
        "rows": lines.iter().map(row).collect::<Vec<_>>(),
        "total": total_json(total),
        "settled": settled(lines).iter().map(|(quality, total)| {
            json!({"quality": quality, "total": total_json(total)})
        }).collect::<Vec<_>>(),
        "notes": notes_of(&all_notes(lines)),
    })
}
