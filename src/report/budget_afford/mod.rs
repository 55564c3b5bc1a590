//! What fits within a limit, as a report.

mod handout;
mod most;
mod notes;
mod output;
mod words;

use chrono::NaiveDate;

pub use output::{AffordOutput, FittingMonth, FittingOutput, FittingRow};

use super::block::Block;
use super::document::Report;
use super::forecast::{assumed, not_made_line, why_not_made};
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::budget::Budget;
use crate::budget::afford::{Answer, Choice, Fits, Question};
use crate::catalog::Catalog;
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
    let columns =
        Columns { fields: FittingRow::fields(), with_ends: false }.made_of((catalog, Some(today)));
    let limit = HeldLimit { usd: question.limit, verdict: answer.as_written.verdict() };
    let report = Report::streamed(
        (catalog, Some(today)),
        move || blocks((budget, today), question, answer, catalog),
        move |out| columns.write_csv(output::rows(question, answer), out),
        || output::output(budget, question, answer),
    )
    .handed_on(
        || handout::answer(question, answer),
        move || handout::parts((budget, today), question, answer, catalog),
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
    blocks.push(Block::Text(words::answer(question, answer)));
    blocks.push(Block::Facts(words::facts(question, answer)));
    if answer.choices.iter().any(is_shown) {
        let title = "Each change alone, at the images that are wanted:";
        blocks.push(Block::Text(title.into()));
        let words = ("more change", "more changes");
        blocks.push(changes(question, answer).first(MOST_CHANGES, words, View::All));
    }
    blocks.extend(answer.most.iter().flat_map(|most| most::blocks(question, answer, most)));
    blocks.extend(why_not_made(&answer.not_made));
    let without = notes::without_number(answer).into_iter().map(Sentence::from).collect();
    let (title, words) =
        ("No number, because:", ("choice without a number", "choices without a number"));
    blocks.extend(Block::first_open(title, without, 1, words, View::Notes));
    blocks.extend(assumed(&answer.assumptions));
    let notes = notes::notes(budget, answer, catalog);
    blocks.extend(Block::notes("Notes:", ("note", "notes"), notes));
    blocks
}

/// How many changes are shown at once.
const MOST_CHANGES: usize = 8;

/// What is not offered is no choice.
fn is_shown(choice: &Choice) -> bool {
    matches!(choice.fits, Fits::Within(_) | Fits::Over(_))
}

fn changes(question: &Question, answer: &Answer) -> Sheet {
    let columns = vec![
        Column::text("Workload"),
        Column::text("Change"),
        Column::number("Cost"),
        Column::text("Limit"),
    ];
    let row = |choice: &Choice| {
        let [cost, _] = words::costs(&choice.fits, question);
        let standing = words::standing(&choice.fits, question);
        let doubt = choice.doubt.map(|doubt| format!("; its price {}", doubt.in_words()));
        vec![
            Cell::text(name_in_cell(&choice.workload)),
            Cell::text(choice.change.to_string()),
            cost,
            Cell::text(standing + doubt.as_deref().unwrap_or_default()),
        ]
    };
    let rows = answer.choices.iter().filter(|choice| is_shown(choice)).map(row).collect();
    Sheet { columns, rows, total: None }
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
