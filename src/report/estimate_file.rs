//! The estimates of several requests and replies as a report: a row for each, and a total.

use std::borrow::Cow;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::dictionary::terms;
use super::envelope::{Output, Said, said};
use super::estimate::{EstimateParts, OfEstimate, OfRoute, TotalCost, of_estimate, title, whole};
use super::fold::{Counted, Fold};
use super::number;
use super::record::{Columns, Each, Field, Record, Recorded, Value};
use super::sheet::{Block, Cell, Column, Report, Sheet};
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::estimate::{Estimate, EstimatedFile, FileGroup, FileLine};
use crate::figure::Figure;
use crate::help::View;
use crate::note::Note;
use crate::reason::Pricing;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The lines of a file as a report.
pub fn report<'a>(
    file: &'a EstimatedFile,
    (catalog, as_of): (&'a Catalog, NaiveDate),
    explain: bool,
) -> Report<'a> {
    let columns = Columns { fields: <&FileLine>::fields(), with_ends: false };
    Report::streamed(
        (catalog, Some(as_of)),
        move || blocks(file, explain),
        move |out| columns.write_csv(file.lines.iter(), out),
        move || output(file, explain),
    )
}

/// The most lines that are shown one by one without being asked for.
const FEW: usize = 12;

fn blocks(file: &EstimatedFile, explain: bool) -> Vec<Block> {
    let EstimatedFile { lines, total, .. } = file;
    let priced = lines.iter().filter(|line| line.outcome.is_ok()).count();
    let rejected = lines.len() - priced;
    let what = what_they_are(file);
    let title = format!("{} {what}: {priced} priced, {rejected} rejected", lines.len());
    let cost = number::dollar_figure_alone(total);
    let mut blocks = vec![Block::Title(title), Block::Facts(vec![("Together".to_owned(), cost)])];
    let rows = vec![Block::Sheet(overview(lines, total))];
    match lines.len() {
        0..=FEW => blocks.extend(rows),
        many => blocks.push(Block::Folded(Fold {
            what: Counted::new(many, ("row", "rows")),
            view: View::Rows,
            inside: rows,
            instead: vec![Block::Sheet(summary(file))],
        })),
    }
    if explain {
        for estimate in file.estimates() {
            blocks.extend(whole(estimate, true));
        }
    }
    if let Some(title) = settled_title(file) {
        blocks.push(Block::List(title, file.settled.iter().map(in_words).collect()));
    }
    blocks.extend(Block::open("Not exact, because:", total.reasons().said()));
    let assumed = file.estimates().flat_map(|it| it.assumptions.iter().map(ToString::to_string));
    let assumed = distinct(assumed);
    if !assumed.is_empty() {
        blocks.push(Block::List("Assumed:".into(), assumed));
    }
    let notes: Vec<String> = all_notes(file).into_iter().map(|note| note.message).collect();
    match explain {
        true if !notes.is_empty() => blocks.push(Block::List("Notes:".into(), notes)),
        _ => blocks.extend(Block::notes("Notes:", ("note", "notes"), notes)),
    }
    blocks
}

/// What is priced, after its number.
fn what_they_are(file: &EstimatedFile) -> &'static str {
    let is_reply = |estimate: &Estimate| estimate.subject.request().is_none();
    match (file.estimates().any(is_reply), file.estimates().all(is_reply)) {
        (true, true) if file.lines.len() == 1 => "reply",
        (true, true) => "replies",
        (true, false) => "requests and replies",
        (false, _) if file.lines.len() == 1 => "request",
        (false, _) => "requests",
    }
}

/// The lines together by what they ask for.
fn summary(file: &EstimatedFile) -> Sheet {
    let columns = vec![
        Column::of(&terms::MODEL),
        Column::of(&terms::SIZE),
        Column::of(&terms::QUALITY),
        Column::of(&terms::PROCESSING),
        Column::ids(terms::OWNER_NAME.title),
        Column::number("Requests"),
        Column::number("Images"),
        Column::number("Cost"),
    ];
    let row = |group: &FileGroup| {
        let FileGroup { asked, requests, images, total } = group;
        vec![
            Cell::text(asked.model.clone()),
            Cell::text(asked.size.clone()),
            Cell::text(asked.quality.clone()),
            Cell::text(asked.processing.as_str()),
            Cell::text(asked.owner_name.clone()),
            Cell::Count(Figure::Exact(*requests)),
            Cell::Count(Figure::Exact(*images)),
            Cell::Money(total.clone()),
        ]
    };
    let sum =
        |of: fn(&FileGroup) -> u64| Cell::Count(Figure::Exact(file.groups.iter().map(of).sum()));
    let mut total = vec![Cell::text("total"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty];
    total.extend([sum(|it| it.requests), sum(|it| it.images), Cell::Money(file.total.clone())]);
    Sheet { columns, rows: file.groups.iter().map(row).collect(), total: Some(total) }
}

fn settled_title(file: &EstimatedFile) -> Option<String> {
    let open = file.estimates().filter(|estimate| !estimate.settled.is_empty()).count();
    (open > 0).then(|| {
        let requests = if open == 1 { "request" } else { "requests" };
        format!("The whole file, with {open} open {requests} settled by size and quality:")
    })
}

/// What the file costs with every open request at one quality, for each quality that settles one. A sum that
/// cannot be kept exact is left out: the total of the file then has the error.
fn in_words((label, total): &(String, Figure<Decimal>)) -> String {
    format!("{label}: {}", number::dollar_figure_alone(total))
}

/// The notes of all lines, each once.
fn all_notes(file: &EstimatedFile) -> Vec<Note> {
    let mut seen = std::collections::HashSet::new();
    let notes = file.estimates().flat_map(|estimate| estimate.notes.iter());
    notes.filter(|note| seen.insert(note.message.as_str())).cloned().collect()
}

/// Each sentence once, in the order of its first appearance.
fn distinct(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// The lines for people: few columns, the reasons stand below. Of several files each line has its own.
fn overview(lines: &[FileLine], total: &Figure<Decimal>) -> Sheet {
    let several = lines.iter().any(|line| line.file != lines[0].file);
    let file = |cell: Cell| several.then_some(cell);
    let columns = several.then(|| Column::text("File")).into_iter().chain([
        Column::number("Line"),
        Column::text("Id"),
        Column::text("Request"),
        Column::text("Price owner"),
        Column::lines("Total"),
    ]);
    let row = |line: &FileLine| {
        let (request, owner, total) = match &line.outcome {
            Ok(estimate) => {
                (title(estimate), estimate.table.route.owner_name.clone(), estimate.total.clone())
            }
            Err(rejected) => (
                format!("rejected: {}", rejected.problem.message),
                String::new(),
                Figure::unknown(Decimal::ZERO, Pricing::NotPriced),
            ),
        };
        let id = line.custom_id.as_ref().map_or(Cell::Empty, Cell::text);
        let cells = file(Cell::text(&line.file)).into_iter();
        let cells = cells.chain([Cell::text(line.line.to_string()), id, Cell::text(request)]);
        cells.chain([Cell::text(owner), Cell::Money(total)]).collect()
    };
    let total = file(Cell::Empty).into_iter().chain([
        Cell::Empty,
        Cell::text("total"),
        Cell::Empty,
        Cell::Empty,
        Cell::Money(total.clone()),
    ]);
    Sheet {
        columns: columns.collect(),
        rows: lines.iter().map(row).collect(),
        total: Some(total.collect()),
    }
}

/// The estimates of a Batch file.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimateFileOutput<'a> {
    /// What the whole file costs.
    pub total: Record<TotalCost<'a>>,
    /// What it costs with every open request at one quality.
    pub settled: Each<'a, Record<&'a (String, Figure<Decimal>)>>,
    /// The notes of all lines, each once.
    pub notes: Vec<Said>,
    /// A row for each line.
    pub rows: Each<'a, EstimatedLine<'a>>,
}

/// A line and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimatedLine<'a> {
    /// What it costs, or why it was rejected.
    #[serde(flatten)]
    pub line: Record<&'a FileLine>,
    /// What its cost rests on; left out where it was rejected.
    #[serde(flatten)]
    pub parts: Option<EstimateParts<'a>>,
}

impl Output for EstimateFileOutput<'_> {
    const NAME: &'static str = "estimate_file";
    const COMMAND: &'static str = "estimate";
}

fn output(file: &EstimatedFile, explain: bool) -> EstimateFileOutput<'_> {
    let fields: Rc<[_]> = <&FileLine>::fields().into();
    let rows = Each::of(move || {
        let fields = Rc::clone(&fields);
        file.lines.iter().map(move |line| EstimatedLine {
            line: Record::new(&fields, line),
            parts: line.outcome.as_deref().ok().map(|it| EstimateParts::of(it, explain)),
        })
    });
    EstimateFileOutput {
        total: Record::of(TotalCost(Cow::Borrowed(&file.total))),
        settled: Each::row(|| file.settled.iter()),
        notes: said(&all_notes(file)),
        rows,
    }
}

impl Recorded for &(String, Figure<Decimal>) {
    const NAME: &'static str = "settled_file";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::QUALITY, |it| Value::text(Some(it.0.as_str()))),
            Field::new(&terms::COST, |it| Value::figure(&it.1)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.1)),
        ]
    }
}

impl OfEstimate for &FileLine {
    fn estimate(&self) -> Option<&Estimate> {
        self.outcome.as_deref().ok()
    }
}

impl OfRoute for &FileLine {
    fn route(&self) -> Option<&Route> {
        self.estimate().map(|estimate| &*estimate.table.route)
    }
}

impl Recorded for &FileLine {
    const NAME: &'static str = "estimated_line";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            Field::new(&terms::INPUT_FILE, |it| Value::text(Some(it.file.as_str()))),
            Field::new(&terms::LINE, |it| Value::number(Some(it.line))),
            Field::new(&terms::CUSTOM_ID, |it| Value::text(it.custom_id.as_deref())),
            Field::new(&terms::OUTCOME, |it| {
                Value::text(Some(if it.outcome.is_ok() { "priced" } else { "rejected" }))
            }),
        ];
        fields.extend(of_estimate());
        fields.push(Field::new(&terms::CERTAINTY, |it| {
            it.estimate().map_or(Value::text(Some("unknown")), |it| Value::certainty(&it.total))
        }));
        fields.push(Field::new(&terms::REASON, |it| match &it.outcome {
            Ok(estimate) => Value::reasons(&estimate.total),
            Err(rejected) => Value::text(Some(rejected.problem.message.as_str())),
        }));
        fields.push(Field::new(&terms::REASON_CODES, |it| match &it.outcome {
            Ok(estimate) => Value::reason_codes(&estimate.total),
            Err(rejected) => Value::codes(rejected.codes()),
        }));
        fields
    }
}
