//! What is handed on of a check: the cost, what changed against the baseline, and the months against their limit.

use chrono::NaiveDate;

use super::{blocks, words};
use crate::budget::check::Check;
use crate::budget::{LimitStatus, Made, Scope, Total};
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind, Line};
use crate::report::forecast::{amounts, cost_cell, not_made_sentence};
use crate::report::handout::{Answer, Part};
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

/// What it costs, and against a baseline by how much that is more.
pub(super) fn answer(check: &Check, today: NaiveDate) -> Answer {
    let facts = words::facts(check, today);
    let said = ["Budget", "Baseline", "By usage", "By price"];
    let sentences = facts.iter().filter(|(name, _)| said.contains(&name.as_str()));
    let sentences = sentences.map(|(name, text)| format!("{name}: {text}."));
    (None, not_made_sentence(&check.not_made).into_iter().chain(sentences).collect())
}

pub(super) fn parts(check: &Check, today: NaiveDate) -> Vec<Part> {
    // What is not made stands in the answer.
    let above = 1 + usize::from(!check.not_made.is_empty());
    let rest = blocks(check, today).split_off(above);
    [Part::of("", rest), Some(by_month(check))].into_iter().flatten().collect()
}

fn by_month(check: &Check) -> Part {
    let categories = check.by_month.iter().map(|month| {
        let planned = month.made != Made::NotPlanned;
        (month.key().to_owned(), planned.then(|| month.cost.clone()))
    });
    let lines = limits(check).into_iter().collect();
    let chart = Chart::of(Kind::Columns, "Cost by month", categories).with_lines(lines);
    Part::charted("Cost by month", chart, vec![Block::Sheet(sheet(check))])
}

fn limit_of<'a>(check: &'a Check, month: &Total) -> Option<&'a LimitStatus> {
    let is_it = |it: &&LimitStatus| {
        it.scope == Scope::Budget && it.month().is_some_and(|it| it.to_string() == month.key())
    };
    check.limits.iter().find(is_it)
}

/// The limit of each month on the whole budget.
fn limits(check: &Check) -> Option<Line> {
    let amounts = check.by_month.iter().map(|month| limit_of(check, month).map(|it| it.limit));
    let amounts: Vec<_> = amounts.collect();
    let first = amounts.iter().flatten().next()?;
    let name = match amounts.iter().flatten().all(|it| it == first) {
        true => format!("limit of {} a month", number::dollars(*first)),
        false => "limits a month".to_owned(),
    };
    Some(Line { name, amounts })
}

fn sheet(check: &Check) -> Sheet {
    let costs: Vec<_> = check.by_month.iter().map(|month| &month.cost).collect();
    let row = |month: &Total| {
        let limit = limit_of(check, month);
        vec![
            Cell::text(month.key().to_owned()),
            cost_cell(&month.cost, month.made),
            limit.map_or(Cell::Empty, |it| Cell::text(it.verdict.in_words())),
        ]
    };
    Sheet {
        columns: vec![Column::ids("Month"), amounts("Cost", &costs), Column::text("Limit")],
        rows: check.by_month.iter().map(row).collect(),
        total: Some(vec![Cell::text("total"), cost_cell(&check.total, check.made), Cell::Empty]),
    }
}
