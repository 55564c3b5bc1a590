//! What fits within a limit, for spreadsheets: a row for each choice, and for each quality.

use crate::budget::afford::{Answer, Choice, Fits, Plan, Question};
use crate::report::number::raw;
use crate::report::sheet::{Cell, Column, Sheet};

pub(super) fn sheet(question: &Question, answer: &Answer) -> Sheet {
    let columns = [
        "question",
        "workload",
        "as_written",
        "quality",
        "size",
        "route",
        "result",
        "images",
        "accepted_images",
        "currency",
        "cost",
        "cost_of_one_more",
        "limit",
        "limit_span",
        "case",
        "reason",
    ];
    let number = |key: &str| matches!(key, "images" | "cost" | "cost_of_one_more" | "limit");
    let column = |key: &'static str| match number(key) {
        true => Column::number(key, key),
        false => Column::text(key, key),
    };
    let all = answer.choices.iter().map(|choice| row("images", choice, question));
    let qualities = answer.qualities.iter().flat_map(|found| {
        found.labels.iter().map(move |(label, fits)| {
            let choice = Choice {
                workload: found.workload.clone(),
                as_written: found.as_written.as_ref() == Some(label),
                quality: Some(label.clone()),
                size: None,
                route: None,
                fits: fits.clone(),
            };
            row("quality", &choice, question)
        })
    });
    let whole = Choice {
        workload: String::new(),
        as_written: true,
        quality: None,
        size: None,
        route: None,
        fits: answer.all.clone(),
    };
    let whole = std::iter::once(row("all", &whole, question));
    let columns = columns.into_iter().map(column).collect();
    Sheet { columns, rows: whole.chain(all).chain(qualities).collect(), total: None }
}

fn row(asked: &str, choice: &Choice, question: &Question) -> Vec<Cell> {
    let text = |label: &Option<String>| label.as_ref().map_or(Cell::Empty, Cell::text);
    let (plan, next) = plans(&choice.fits);
    let money = |plan: Option<&Plan>| plan.map_or(Cell::Empty, |plan| Cell::text(raw(plan.cost)));
    let accepted = plan.and_then(|plan| plan.accepted.exact()).map(raw);
    vec![
        Cell::text(asked),
        Cell::text(&choice.workload),
        Cell::text(if choice.as_written { "yes" } else { "no" }),
        text(&choice.quality),
        text(&choice.size),
        text(&choice.route),
        Cell::text(result(&choice.fits)),
        images(&choice.fits).map_or(Cell::Empty, |images| Cell::text(images.to_string())),
        accepted.map_or(Cell::Empty, Cell::text),
        Cell::text("USD"),
        money(plan),
        money(next),
        Cell::text(raw(question.limit)),
        Cell::text(question.span.as_str()),
        Cell::text(question.case.as_str()),
        Cell::text(reason(&choice.fits)),
    ]
}

/// The word for an outcome in files.
pub(super) fn result(fits: &Fits) -> &'static str {
    match fits {
        Fits::Most { .. } => "most",
        Fits::Nothing { .. } => "nothing",
        Fits::Any(_) => "any",
        Fits::Within(_) => "within",
        Fits::Over(_) => "over",
        Fits::Unknown(_) => "unknown",
        Fits::NotOffered(_) => "not_offered",
    }
}

/// The number of images that fit, where there is one.
pub(super) fn images(fits: &Fits) -> Option<u64> {
    match fits {
        Fits::Most { images, .. } => Some(*images),
        Fits::Nothing { .. } => Some(0),
        _ => None,
    }
}

/// The budget that was priced, and the one with one image more.
pub(super) fn plans(fits: &Fits) -> (Option<&Plan>, Option<&Plan>) {
    match fits {
        Fits::Most { with, next, .. } => (Some(with), Some(next)),
        Fits::Nothing { none, one } => (Some(none), Some(one)),
        Fits::Any(plan) | Fits::Within(plan) | Fits::Over(plan) => (Some(plan), None),
        Fits::Unknown(_) | Fits::NotOffered(_) => (None, None),
    }
}

/// Why there is no number.
pub(super) fn reason(fits: &Fits) -> String {
    match fits {
        Fits::Unknown(reasons) => reasons.in_words(),
        Fits::NotOffered(why) => why.clone(),
        _ => String::new(),
    }
}
