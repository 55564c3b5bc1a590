//! What is handed on of a limit: the answer, and what the budget costs with each change beside it.

use super::{blocks, changes, is_shown, words};
use crate::budget::Budget;
use crate::budget::afford::{Answer as Found, Fits, Question, Span};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::long::name_in_cell;
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind, Line};
use crate::report::forecast::not_made_sentence;
use crate::report::handout::{Answer, Part};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// How many changes are drawn.
const MOST_BARS: usize = 11;

pub(super) fn answer(question: &Question, found: &Found) -> Answer {
    let not_made = not_made_sentence(&found.not_made);
    (None, not_made.into_iter().chain([words::answer(question, found)]).collect())
}

pub(super) fn parts(
    (budget, today): (&Budget, NaiveDate),
    question: &Question,
    found: &Found,
    catalog: &Catalog,
) -> Vec<Part> {
    // The title and the answer stand above.
    let above = 2 + usize::from(!found.not_made.is_empty());
    let rest = blocks((budget, today), question, found, catalog).split_off(above);
    chart(question, found).into_iter().chain(Part::of("", rest)).collect()
}

/// The cost as it is written and with each change alone, against the limit.
fn chart(question: &Question, found: &Found) -> Option<Part> {
    let of = |fits: &Fits| match fits {
        Fits::Within(plan) | Fits::Over(plan) => Some(Figure::Exact(plan.cost)),
        _ => None,
    };
    let written = ("as written".to_owned(), of(&found.as_written)?);
    let choices = found.choices.iter().filter(|it| is_shown(it)).take(MOST_BARS);
    let choices = choices.filter_map(|choice| {
        let name = format!("{} {}", name_in_cell(&choice.workload), choice.change);
        Some((name, of(&choice.fits)?))
    });
    let bars: Vec<(String, Figure<Decimal>)> = std::iter::once(written).chain(choices).collect();
    if bars.len() == 1 {
        return None;
    }
    let line = Line {
        name: format!(
            "limit of {}{}",
            words::dollars(question.limit),
            match question.span {
                Span::Total => " in total",
                Span::Month => " a month",
            }
        ),
        amounts: vec![Some(question.limit); bars.len()],
    };
    let title = match question.span {
        Span::Total => "Cost as written and with each change alone",
        Span::Month => "Cost of the month that costs most, as written and with each change alone",
    };
    let bars = bars.into_iter().map(|(name, cost)| (name, Some(cost)));
    let chart = Chart::of(Kind::Bars, title, bars).with_lines(vec![line]);
    Some(Part::charted("", chart, vec![Block::Sheet(changes(question, found))]))
}
