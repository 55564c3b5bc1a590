//! What fits within a limit, as a report.

mod output;
mod words;

use chrono::NaiveDate;

pub use output::{AffordOutput, FittingMonth, FittingOutput, FittingRow};

use super::block::Block;
use super::document::Report;
use super::forecast::{assumed, not_made_line, why_not_made};
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::budget::Budget;
use crate::budget::afford::{Alternative, Answer, Fits, Plan, Question};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::{Sentence, View};
use crate::limit::HeldLimit;
use crate::long::name_in_cell;

/// An answer about a limit as a report.
pub fn report<'a>(
    budget: &'a Budget,
    question: &'a Question,
    answer: &'a Answer,
    (catalog, today): (&'a Catalog, NaiveDate),
) -> Report<'a> {
    let columns = Columns { fields: FittingRow::fields(), with_ends: false };
    let limit = HeldLimit { usd: question.limit, verdict: answer.as_written.verdict() };
    let report = Report::streamed(
        (catalog, Some(today)),
        move || blocks((budget, today), question, answer, catalog),
        move |out| columns.write_csv(output::rows(question, answer), out),
        || output::output(budget, question, answer),
    );
    report.held_against(Some(limit))
}

fn blocks(
    (budget, today): (&Budget, NaiveDate),
    question: &Question,
    answer: &Answer,
    catalog: &Catalog,
) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, question, today))];
    blocks.extend(not_made_line(&answer.not_made));
    let choices = ("more choice", "more choices");
    // What does not fit is no choice; the nearest is named.
    let fits = answer.alternatives.iter().any(|it| it.fits.has_images());
    let shown = if fits { MOST_CHOICES } else { FEW_CHOICES };
    blocks.extend([
        Block::Facts(words::facts(question, answer)),
        Block::Text("Images that fit, each workload by itself, the others as they are:".into()),
        images(question, answer).first(shown, choices, View::All),
    ]);
    blocks.extend(words::nearest(question, answer).map(Block::Text));
    if !answer.qualities.is_empty() {
        let words = ("more quality", "more qualities");
        blocks.push(Block::Text("Quality at the volume as wanted, the others as they are:".into()));
        blocks.push(qualities(question, answer).first(MOST_CHOICES, words, View::All));
        let best = words::best(question, answer).into_iter().map(Sentence::from).collect();
        let (title, words) = ("Best quality, each workload by itself:", ("workload", "workloads"));
        blocks.extend(Block::first_open(title, best, FEW_CHOICES, words, View::All));
    }
    blocks.extend(why_not_made(&answer.not_made));
    let without = words::without_number(answer).into_iter().map(Sentence::from).collect();
    let (title, words) =
        ("No number, because:", ("choice without a number", "choices without a number"));
    blocks.extend(Block::first_open(title, without, 1, words, View::Notes));
    blocks.extend(assumed(&answer.assumptions));
    let notes = words::notes(budget, answer, catalog);
    blocks.extend(Block::notes("Notes:", ("note", "notes"), notes));
    blocks
}

/// How many choices, qualities and workloads are shown at once.
const MOST_CHOICES: usize = 6;
const FEW_CHOICES: usize = 2;

fn images(question: &Question, answer: &Answer) -> Sheet {
    let fewer =
        answer.alternatives.iter().any(|alternative| words::given_up(&alternative.fits).is_some());
    let mut columns = vec![
        Column::text("Workload"),
        Column::text("Image"),
        Column::text("Route"),
        Column::number("Images"),
        Column::number("A month").ranked(2),
    ];
    columns.extend(fewer.then(|| Column::number("Accepted")));
    columns.extend([Column::number("Cost"), Column::number("With\none more").ranked(1)]);
    let row = |alternative: &Alternative| {
        let mut cells = chosen(alternative).to_vec();
        cells.extend(fitting(&alternative.fits));
        if fewer {
            let accepted = words::given_up(&alternative.fits);
            cells.push(accepted.map_or(Cell::Empty, Cell::text));
        }
        cells.extend(costs(&alternative.fits, question));
        cells
    };
    // What is not offered and nobody wrote is said below, each route once.
    let shown = |it: &&Alternative| it.as_written || !matches!(it.fits, Fits::NotOffered(_));
    let rows = answer.alternatives.iter().filter(shown).map(row).collect();
    Sheet { columns, rows: named_once(rows), total: None }
}

/// Rows whose first cell stands only where it differs from the one above.
fn named_once(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    for index in (1..rows.len()).rev() {
        if rows[index].first() == rows[index - 1].first() {
            rows[index][0] = Cell::Empty;
        }
    }
    rows
}

fn chosen(alternative: &Alternative) -> [Cell; 3] {
    let labels: Vec<&str> = [&alternative.quality, &alternative.size]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let of = |text: &str| match text {
        "" => Cell::Missing("default"),
        text => Cell::text(text),
    };
    let route = alternative.route.as_deref().unwrap_or_default();
    [Cell::text(name_in_cell(&alternative.workload)), of(&labels.join(" ")), of(route)]
}

fn fitting(fits: &Fits) -> [Cell; 2] {
    match fits {
        Fits::Most { images, with, .. } => {
            [Cell::Count(Figure::Exact(*images)), Cell::text(words::by_month(with))]
        }
        Fits::Any(_) => [Cell::Missing("no bound"), Cell::Empty],
        Fits::Nothing { .. } => [Cell::Missing("none"), Cell::Empty],
        Fits::NotOffered(_) => [Cell::Missing("not offered"), Cell::Empty],
        Fits::Unknown(_) | Fits::Within(_) | Fits::Over(_) => {
            [Cell::Missing("unknown"), Cell::Empty]
        }
    }
}

fn costs(fits: &Fits, question: &Question) -> [Cell; 2] {
    let money = |plan: Option<&Plan>| {
        plan.map_or(Cell::Empty, |plan| {
            Cell::text(number::dollars_beside(plan.cost, question.limit))
        })
    };
    let (plan, next) = fits.plans();
    [money(plan), money(next)]
}

fn qualities(question: &Question, answer: &Answer) -> Sheet {
    let columns = vec![
        Column::text("Workload"),
        Column::text("Quality"),
        Column::number("Cost"),
        Column::text("Limit"),
    ];
    let rows = answer.qualities.iter().flat_map(|found| {
        found.labels.iter().map(|(label, fits)| {
            let [cost, _] = costs(fits, question);
            let standing = Cell::text(words::standing(fits, question));
            vec![Cell::text(name_in_cell(&found.workload)), Cell::text(label), cost, standing]
        })
    });
    Sheet { columns, rows: named_once(rows.collect()), total: None }
}
