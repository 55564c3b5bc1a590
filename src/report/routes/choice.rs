//! Which route fits a kind of work, as a report.

use chrono::NaiveDate;

use super::{ChosenRoute, RoutesChoiceOutput, fields};
use crate::catalog::Catalog;
use crate::catalog::guidance::{Fit, GuidanceTable, Work};
use crate::help::{Help, Sentence, View};
use crate::report::block::Block;
use crate::report::block::Counted;
use crate::report::document::Report;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::routes::{Lasting, SuitedRoute, Unanswered};

/// The choices for each kind of work as a report; `each` is how many routes are shown of a fit.
pub fn report<'a>(
    choices: &'a [(Work, Vec<SuitedRoute>)],
    guidance: Option<&'a GuidanceTable>,
    day: NaiveDate,
    catalog: &'a Catalog,
    each: usize,
) -> Report<'a> {
    let columns =
        Columns { fields: ChosenRoute::fields(), with_ends: false }.made_of((catalog, Some(day)));
    Report::streamed(
        (catalog, Some(day)),
        move || blocks(choices, guidance, day, each),
        move |out| columns.write_csv(fields::choices(choices), out),
        || RoutesChoiceOutput::of(choices),
    )
}

fn blocks(
    choices: &[(Work, Vec<SuitedRoute>)],
    guidance: Option<&GuidanceTable>,
    day: NaiveDate,
    each: usize,
) -> Vec<Block> {
    let one_work = choices.len() == 1;
    let mut blocks = Vec::new();
    if !one_work {
        blocks.push(Block::Title(format!("Which route for which work, {day}")));
    }
    let fitting = |choices: &[SuitedRoute]| choices.iter().filter(|it| it.fit != Fit::No).count();
    for (work, choices) in choices {
        blocks.push(match one_work {
            true => Block::Title(format!("{}, {day}", heading(*work))),
            false => Block::Text(heading(*work).into()),
        });
        let first: Vec<&SuitedRoute> =
            choices.iter().filter(|it| it.fit != Fit::No).take(each).collect();
        blocks.push(Block::Sheet(routes(&first)));
        if let Some(table) = guidance.filter(|_| !one_work) {
            let sheet = channels(*work, table);
            let what = Counted::new(sheet.rows.len(), ("kind of offer", "kinds of offers"));
            blocks.push(Block::folded(what, View::All, vec![Block::Sheet(sheet)]));
        }
    }
    let counts = choices.iter().map(|(_, choices)| fitting(choices));
    blocks.extend(more(counts.collect(), each));
    // What fits no work with images is the same for each of them.
    blocks.extend(choices.first().and_then(|(_, choices)| apart(choices)));
    if let (Some(table), [(work, _)]) = (guidance, choices) {
        blocks.push(Block::Sheet(channels(*work, table)));
    }
    blocks
}

/// How many routes are not shown, and how all of them are.
fn more(fitting: Vec<usize>, each: usize) -> Option<Block> {
    let more: usize = fitting.iter().map(|count| count.saturating_sub(each)).sum();
    let what = if fitting.len() > 1 { "rows" } else { "routes" };
    let most = fitting.into_iter().max().unwrap_or_default();
    (more > 0).then(|| {
        let text = format!("{more} more {what} leave as much or more open");
        Block::Advice(Sentence::new(text, Help::ShowFirst(most)))
    })
}

/// Routes that fit no work with images, whatever their contract states: counted by why.
fn apart(choices: &[SuitedRoute]) -> Option<Block> {
    let count =
        |of: fn(Lasting) -> bool| choices.iter().filter(|choice| of(choice.entry.lasting)).count();
    let counts = [
        (count(|it| matches!(it, Lasting::ShutDown(_))), "shut down"),
        (count(|it| matches!(it, Lasting::Ending(_))), "ending within 12 months"),
        (count(|it| it == Lasting::NoImages), "of models that make no images"),
    ];
    let words: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
    let text = format!("Not recommended: {}.", words.join(", "));
    (!words.is_empty()).then_some(Block::Text(text))
}

fn heading(work: Work) -> &'static str {
    match work {
        Work::Manual => "Manual work: a person makes images, one at a time",
        Work::Product => "A product: images are made by a program, logged and repeatable",
        Work::Batch => "A batch: many images at once that can wait",
        Work::Sensitive => "Sensitive material: uploads must not leave known hands",
    }
}

/// What the guidance says of each kind of offer.
fn channels(work: Work, table: &GuidanceTable) -> Sheet {
    let columns = vec![Column::text("Offer"), Column::text("Fits"), Column::text("Why")];
    let rows = table.channels.iter().flat_map(|rules| {
        let of_work = rules.fits.iter().filter(|(of, ..)| *of == work);
        of_work.map(|(_, fit, reason)| {
            vec![
                Cell::text(rules.channel.label()),
                Cell::text(in_words(*fit)),
                Cell::text(reason.clone()),
            ]
        })
    });
    Sheet { columns, rows: rows.collect(), total: None }
}

fn in_words(fit: Fit) -> &'static str {
    match fit {
        Fit::Yes => "yes",
        Fit::Conditional => "if",
        Fit::No => "no",
    }
}

fn routes(choices: &[&SuitedRoute]) -> Sheet {
    let columns =
        vec![Column::ids("Route"), Column::text("Fits"), Column::text("Still to be answered")];
    let row = |choice: &&SuitedRoute| {
        let open: Vec<String> = choice.open.iter().map(Unanswered::to_string).collect();
        let open = open.join(", ");
        vec![
            Cell::text(choice.entry.route.id.to_string()),
            Cell::text(in_words(choice.fit)),
            Cell::text(if open.is_empty() { "nothing".into() } else { open }),
        ]
    };
    Sheet { columns, rows: choices.iter().map(row).collect(), total: None }
}
